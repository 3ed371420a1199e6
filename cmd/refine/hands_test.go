package main

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"refine/confluence"
	"refine/confluence/storage"
	"refine/internal/sandbox"
	"refine/jira/jiratest"
)

// scriptTypes is a person typing on the session's page:
//
//	types decision KEY TEXT
//	types action KEY TEXT [DUE]
//	types below HEADING TEXT
//	types over OLD NEW
func scriptTypes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: types decision|action KEY TEXT, types below HEADING TEXT, or types over OLD NEW")
	}
	s := *box(ts)
	person := sandbox.Person{Native: strings.HasSuffix(s.Site.Confluence, "/wiki")}
	pages := s.Confluence.Pages()
	page := pages[len(pages)-1]
	ts.Check(s.Confluence.Edit(page.ID, "Dana", func(body string) (edited string) {
		var err error
		switch args[0] {
		case "decision":
			edited, err = person.Decides(body, args[1], args[2])
		case "action":
			var due time.Time
			if len(args) > 3 {
				due, err = time.Parse(time.DateOnly, args[3])
				ts.Check(err)
			}
			edited, err = person.Acts(body, args[1], args[2], storage.User{}, due)
		default:
			old, replacement := args[1], args[2]
			if args[0] == "below" {
				old = args[1] + "</h2>"
				replacement = old + "<p>" + html.EscapeString(args[2]) + "</p>"
			}
			if edited = strings.ReplaceAll(body, old, replacement); edited == body {
				err = fmt.Errorf("%q is not on the page", args[1])
			}
		}
		ts.Check(err)
		return edited
	}))
}

// scriptTicks is a person ticking a box of an item.
func scriptTicks(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: ticks KEY BOX")
	}
	s := *box(ts)
	ts.Check(s.Confluence.Edit(s.Confluence.Pages()[0].ID, "Dana", func(body string) string {
		edited, err := sandbox.Person{}.Ticks(body, args[0], args[1], true)
		ts.Check(err)
		return edited
	}))
}

// scriptTicket prints what a sync left on a ticket.
func scriptTicket(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: ticket KEY")
	}
	s := *box(ts)
	fmt.Fprintf(ts.Stdout(), "%s\n", args[0])
	for _, c := range s.Jira.Comments(args[0]) {
		if _, ours := c.Properties["refine"]; ours {
			fmt.Fprintf(ts.Stdout(), "comment %d by %s\n%s\n", c.ID, c.Author.DisplayName, c.Body)
		}
	}
	for _, l := range s.Jira.RemoteLinks(args[0]) {
		fmt.Fprintf(ts.Stdout(), "link %s\n", l.Title)
	}
}

// scriptPages prints the pages that stand in the space, and their bodies.
func scriptPages(ts *testscript.TestScript, neg bool, args []string) {
	pages := (*box(ts)).Confluence.Pages()
	fmt.Fprintf(ts.Stdout(), "%d pages\n", len(pages))
	for _, p := range pages {
		fmt.Fprintf(ts.Stdout(), "page %s version %d: %s\n%s\n", p.ID, p.Version, p.Title, p.Body)
	}
}

// scriptObstacle takes rights away from the account, or puts something in its
// way: a page, a person's edit of our comment, another run's hold on the session.
//
//	obstacle readonly jira|confluence
//	obstacle page TITLE
//	obstacle edit KEY
//	obstacle hold HOST
func scriptObstacle(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: obstacle readonly jira|confluence, page TITLE, edit KEY or hold HOST")
	}
	s := *box(ts)
	switch args[0] + " " + args[1] {
	case "readonly jira":
		s.Jira.DenyWrites()
	case "readonly confluence":
		s.Confluence.ReadOnly(true)
	case "edit " + args[1]:
		comment := s.Jira.Comments(args[1])[len(s.Jira.Comments(args[1]))-1]
		ts.Check(s.Jira.EditComment(args[1], comment.ID, s.Jira.AddPerson(jiratest.Person{DisplayName: "Ivo"}), "Ivo's own words"))
	case "hold " + args[1]:
		ts.Check(holdFrom(s, args[1]))
	default:
		_, err := s.Confluence.Create("Dana", "", args[1], "<p>Dana's own page.</p>")
		ts.Check(err)
	}
}

// holdFrom makes a run on another machine hold the session for a minute.
func holdFrom(s *sandbox.Sandbox, host string) error {
	page := s.Confluence.Pages()[0]
	var state confluence.State
	if err := json.Unmarshal(page.Properties["refine"], &state); err != nil {
		return err
	}
	now := time.Now()
	state.Lock = &confluence.Lock{Holder: host + ", process 7, started just now", Run: "theirs", Since: now, Until: now.Add(time.Minute)}
	value, err := json.Marshal(state)
	if err != nil {
		return err
	}
	return s.Confluence.SetProperty(page.ID, "refine", value)
}

// scriptBacklog writes N flagged issues to a file for the sandbox.
func scriptBacklog(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: backlog FILE N")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"key":"BIG-%d","fields":{"summary":"Item %d","flagged":true,"issuetype":{"name":"Story"}}}`+"\n", i+1, i+1)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o644))
}
