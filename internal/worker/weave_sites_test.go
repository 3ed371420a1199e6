package worker_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/confluencetest"
	"refine/internal/atlassian"
	"refine/internal/sandbox/sandboxtest"
	"refine/internal/worker"
	"refine/jira"
	"refine/jira/jiratest"
	"refine/planner"
)

// A machine is a worker with clients of its own, whose requests are watched.
type machine struct {
	*worker.Worker
	name        string
	mu          sync.Mutex // guards writes
	writes      []string   // "PUT page"
	saves       []save     // of the page, since the run began
	interruptAt int        // the request to Confluence before which something happens, 0 for none
	failed      error      // what came of that

	plan planner.Plan // of the last publish
	body string       // of the page, as the last publish knew it
}

// A save is one by a run: the page as it was in that moment, and as it became.
type save struct{ before, after string }

// run makes a run and returns what it saved.
func (m *machine) run(do func() error) ([]save, error) {
	m.saves, m.failed = nil, nil
	err := do()
	if m.failed != nil {
		err = m.failed
	}
	return m.saves, err
}

// A wire carries a machine's requests to a service.
type wire func(*http.Request) *http.Response

func (w wire) RoundTrip(req *http.Request) (*http.Response, error) { return w(req), nil }

// connect makes the two sites and the machines.
func (w *weave) connect(deployment string) {
	clock := func() time.Time { return w.now }
	w.jira = jiratest.New(jiratest.Options{Deployment: jiratest.Deployment(deployment), Now: clock})
	require.NoError(w.t, w.jira.Load(strings.NewReader(weaveBacklog)))
	if deployment == string(jiratest.DataCenter) && w.hands.Rand.IntN(2) == 0 {
		w.jira.TextAlone()
	}
	w.dana = w.jira.AddPerson(jiratest.Person{Name: "dana", DisplayName: "Dana"})
	w.wiki = confluencetest.New(confluencetest.Options{Deployment: confluencetest.Deployment(deployment), SpaceKey: "PAY", Now: clock})
	for _, name := range []string{"one", "two"} {
		m := &machine{name: name}
		api := func(product, base string, carry wire) *atlassian.Client {
			c, err := atlassian.New(atlassian.Options{Product: product, BaseURL: base, Network: carry,
				Auth: atlassian.Auth{User: "refine@example.com", Token: atlassian.NewSecret("token")}})
			require.NoError(w.t, err)
			return c
		}
		client, err := jira.New(w.t.Context(), jira.Options{Atlassian: api("Jira", "https://jira.example.com", w.toJira(m))})
		require.NoError(w.t, err)
		pages := confluence.New(api("Confluence", "https://wiki.example.com", w.toWiki(m)), client.Cloud())
		m.Worker = &worker.Worker{Jira: client, Pages: pages, Owner: "acme", Now: clock, Log: slog.New(slog.DiscardHandler)}
		w.style = pages.Style()
		w.machines = append(w.machines, m)
	}
}

// toJira carries requests side by side, in any order.
func (w *weave) toJira(m *machine) wire {
	return func(req *http.Request) *http.Response {
		m.watch(req)
		return answer(w.jira, req)
	}
}

// toWiki carries one request after another, so that what happens before one of
// them is the same for a seed.
func (w *weave) toWiki(m *machine) wire {
	return func(req *http.Request) *http.Response {
		if m.interruptAt--; m.interruptAt == 0 {
			m.failed = w.within(m)
		}
		m.watch(req)
		if req.Method != http.MethodPut || !strings.HasSuffix(req.URL.Path, "/"+w.page) || w.page == "" {
			return answer(w.wiki, req)
		}
		before, _ := w.wiki.Page(w.page)
		resp := answer(w.wiki, req)
		if after, _ := w.wiki.Page(w.page); after.Version > before.Version {
			m.saves = append(m.saves, save{before.Body, after.Body})
		}
		return resp
	}
}

func (m *machine) watch(req *http.Request) {
	if r := (sandboxtest.Request{Method: req.Method, Path: req.URL.Path}); r.Writes() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.writes = append(m.writes, r.Method+" "+r.What())
	}
}

var weaveBacklog = strings.Join([]string{
	`{"key":"PAY-1","fields":{"summary":"Refund customers within a day","description":"Decision: as the ticket says. How many are late?","flagged":true}}`,
	`{"key":"PAY-2","fields":{"summary":"Export invoices for the auditor","description":"As an auditor, I want all invoices, so that I can check them.","flagged":true}}`,
	`{"key":"PAY-3","fields":{"summary":"Remind customers who pay late","flagged":true}}`,
	`{"key":"PAY-4","fields":{"summary":"Show what a customer owes","description":"Clerks cannot see who owes what."}}`,
}, "\n")

// ticketChanges is somebody working in Jira. What a ticket says may come back.
func (w *weave) ticketChanges() error {
	keys := w.jira.Keys()
	key := keys[w.hands.Rand.IntN(len(keys))]
	pick := func(of ...string) string { return of[w.hands.Rand.IntN(len(of))] }
	issue, _ := w.jira.Issue(key)
	switch kind := w.hands.Rand.IntN(5); kind {
	case 0:
		summary := pick("Refund whoever asks", "Export credit notes", "Call customers who pay late")
		w.did("ticket", key+" summary "+summary)
		return w.jira.Edit(key, w.dana, map[string]any{"summary": summary})
	case 1:
		text := pick("", "It is slow today and 12 customers complain.", "As a clerk, I want a list, so that I can call.\n\nh3. Acceptance criteria\n* Paid invoices are hidden.")
		w.did("ticket", key+" description "+text)
		return w.jira.Edit(key, w.dana, map[string]any{"description": text})
	case 2:
		w.did("ticket", key+" comment")
		_, err := w.jira.Comment(key, w.dana, pick("The bank answered.", "Who decides?"))
		return err
	case 3:
		name := pick("Low", "High")
		w.did("ticket", key+" priority "+name)
		return w.jira.Edit(key, w.dana, map[string]any{"priority": map[string]any{"name": name}})
	default:
		return w.flags(key, !issue.Flagged)
	}
}

// flags puts a ticket into the session or takes it out; one stays.
func (w *weave) flags(key string, raise bool) error {
	w.did("ticket", fmt.Sprintf("%s flagged %t", key, raise))
	if raise {
		return w.jira.Flag(key)
	}
	if !slices.ContainsFunc(w.jira.Keys(), func(other string) bool {
		issue, _ := w.jira.Issue(other)
		return other != key && issue.Flagged
	}) {
		return nil
	}
	return w.jira.Unflag(key)
}

// rewritesComment is a person changing what a comment of ours says, if there is
// one.
func (w *weave) rewritesComment() error {
	keys := slices.DeleteFunc(w.jira.Keys(), func(key string) bool { return len(ours(w.jira.Comments(key))) == 0 })
	if len(keys) == 0 {
		return nil
	}
	key := keys[w.hands.Rand.IntN(len(keys))]
	c := ours(w.jira.Comments(key))[0]
	w.did("comment", "of "+key+" rewritten")
	if err := w.jira.EditComment(key, c.ID, w.dana, c.Body+"\nDana adds a line."); err != nil {
		return err
	}
	w.theirs[c.ID] = ours(w.jira.Comments(key))[0].Body
	return nil
}

// ours are the comments that carry our mark.
func ours(comments []jiratest.Comment) []jiratest.Comment {
	return slices.DeleteFunc(comments, func(c jiratest.Comment) bool { return c.Properties["refine"] == nil })
}
