package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"refine/confluence/storage"
	"refine/internal/sandbox"
)

// scriptTypes is a person typing on the session's page:
//
//	types decision KEY TEXT
//	types action KEY TEXT [DUE]
//	types over OLD NEW
func scriptTypes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: types decision|action KEY TEXT, or types over OLD NEW")
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
			if edited = strings.ReplaceAll(body, args[1], args[2]); edited == body {
				err = fmt.Errorf("%q is not on the page", args[1])
			}
		}
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

// scriptObstacle takes rights away from the account, or puts a page in its way:
//
//	obstacle readonly jira|confluence
//	obstacle page TITLE
func scriptObstacle(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: obstacle readonly jira|confluence, or obstacle page TITLE")
	}
	s := *box(ts)
	switch args[0] + " " + args[1] {
	case "readonly jira":
		s.Jira.DenyWrites()
	case "readonly confluence":
		s.Confluence.ReadOnly(true)
	default:
		_, err := s.Confluence.Create("Dana", "", args[1], "<p>Dana's own page.</p>")
		ts.Check(err)
	}
}
