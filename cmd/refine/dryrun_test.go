package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence/storage"
	"refine/internal/sampled"
	"refine/internal/sandbox"
	"refine/internal/sandbox/sandboxtest"
	"refine/jira/jiratest"
)

// A rehearsal is a command that is run dry and then in earnest, after what
// people have done since the one before it.
type rehearsal struct {
	name   string
	people func(t *testing.T, s *stage)
	args   []string
	code   int    // of both runs
	says   string // the dry run: of a page what becomes of it, of a sync its summary
	// fails names the ticket that cannot be written, which only a real run finds out.
	fails string
}

// rehearsals are one story, from the first publication to a sync in which a
// ticket fails.
var rehearsals = []rehearsal{
	{name: "nothing to publish", args: []string{"publish", "--jql", "labels = nowhere"}, says: "page none"},
	{name: "a first publication", args: []string{"publish"}, says: "page created"},
	{name: "a page as it should be", args: []string{"publish"}, says: "page unchanged"},
	{name: "a refresh", people: renames("PAY-7", "Pay from the invoice by card"), args: []string{"publish"}, says: "page updated"},
	{name: "a refresh around what people changed", people: func(t *testing.T, s *stage) {
		s.replaces(t, "Parking lot", "Parked by us")
		renames("PAY-6", "Remind late payers")(t, s)
	}, args: []string{"publish"}, says: "page updated, without [parking-lot]"},
	{name: "a title that is taken", people: func(t *testing.T, s *stage) {
		_, err := s.Confluence.Create("Dana", "", "2026-12-01 Refinement – PAY – Flagged items", "<p>Mine.</p>")
		require.NoError(t, err)
	}, args: []string{"publish", "--date", "2026-12-01"}, code: 1},
	{name: "nothing typed", args: []string{"sync"}, says: "0 changes planned"},
	{name: "a first sync, with lines that nobody can place", people: func(t *testing.T, s *stage) {
		s.types(t)
		s.edits(t, func(_ sandbox.Person, body string) (string, error) {
			return body + "<h2>Notes</h2><p>Decision: we meet every week</p><p>Decision: PAY-99 is dropped</p><p>Action: book a room</p>", nil
		})
	}, args: []string{"sync"}, says: "4 changes planned (2 comments, 2 links to the page), 3 lines not written"},
	{name: "all is written", args: []string{"sync"}, says: "0 changes planned, 3 lines not written"},
	{name: "an edited and a removed line", people: func(t *testing.T, s *stage) {
		s.replaces(t, "Fees included", "Fees shown apart")
		s.replaces(t, "ask legal", "")
		s.edits(t, func(p sandbox.Person, body string) (string, error) { return p.Decides(body, "PAY-7", "By card only") })
	}, args: []string{"sync"}, says: "4 changes planned (3 comments, 1 link to the page), 3 lines not written"},
	{name: "a line that moved to another ticket", people: func(t *testing.T, s *stage) { // A16
		s.replaces(t, "By card only", "PAY-12: By card only")
	}, args: []string{"sync"}, says: "3 changes planned (2 comments, 1 link to the page), 3 lines not written"},
	{name: "and back", people: func(t *testing.T, s *stage) {
		s.replaces(t, "PAY-12: By card only", "By card only")
	}, args: []string{"sync"}, says: "2 changes planned, 3 lines not written"},
	{name: "a comment that people deleted", people: func(t *testing.T, s *stage) { // A15
		for _, c := range s.Jira.Comments("PAY-12") {
			require.NoError(t, s.Jira.DeleteComment("PAY-12", c.ID))
		}
	}, args: []string{"sync"}, says: "0 changes planned, 3 lines not written"},
	{name: "a page that was synced, refreshed", people: renames("PAY-3", "Show who owes what"), args: []string{"publish"}, says: "page updated, without [parking-lot]"},
	{name: "a comment that a person changed", people: func(t *testing.T, s *stage) {
		comments := s.Jira.Comments("PAY-3")
		require.NoError(t, s.Jira.EditComment("PAY-3", comments[len(comments)-1].ID, s.Jira.AddPerson(jiratest.Person{DisplayName: "Ivo Marek"}), "Ivo's own words"))
		s.replaces(t, "Fees shown apart", "Fees left out")
		s.replaces(t, "By card only", "By card and debit")
	}, args: []string{"sync"}, says: "1 change planned, 1 conflict, 3 lines not written", code: 3},
	{name: "a conflict that stands", args: []string{"sync"}, says: "0 changes planned, 1 conflict, 3 lines not written", code: 3},
	{name: "a ticket that cannot be written", people: func(t *testing.T, s *stage) {
		s.edits(t, func(p sandbox.Person, body string) (string, error) {
			return p.Acts(body, "PAY-9", "call them", storage.User{}, s.now())
		})
		s.edits(t, func(p sandbox.Person, body string) (string, error) { return p.Decides(body, "PAY-10", "No gaps") })
		s.plays(func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, "/issue/PAY-9/comment") {
				return false
			}
			refuses(http.StatusForbidden, "No permission.")(s, w, r)
			return true
		})
	}, args: []string{"sync"}, says: "4 changes planned (2 comments, 2 links to the page), 1 conflict, 3 lines not written", code: 3, fails: "PAY-9"},
	{name: "the ticket again", people: func(_ *testing.T, s *stage) { s.plays(nil) }, args: []string{"sync"}, says: "2 changes planned (1 comment, 1 link to the page), 1 conflict, 3 lines not written", code: 3},
}

// renames gives a ticket another summary.
func renames(key, summary string) func(t *testing.T, s *stage) {
	return func(t *testing.T, s *stage) {
		require.NoError(t, s.Jira.Edit(key, s.Jira.Me(), map[string]any{"summary": summary}))
	}
}

// replaces is a person typing over words of the page.
func (s *stage) replaces(t *testing.T, old, new string) {
	t.Helper()
	s.edits(t, func(_ sandbox.Person, body string) (string, error) {
		if !strings.Contains(body, old) {
			return "", fmt.Errorf("the page has no %q", old)
		}
		return strings.ReplaceAll(body, old, new), nil
	})
}

// TestADryRunSaysWhatARealRunDoes holds, key by key, the JSON of every dry run to
// that of the real run after it, and the latter to the journal. The dry run
// itself writes nothing.
func TestADryRunSaysWhatARealRunDoes(t *testing.T) { // O5 S5 S6 S7 S8
	t.Parallel()
	for _, deployment := range sampled.Deployments(t.Name()) {
		t.Run(deployment, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				journal := new(watched)
				s := newStage(t, deployment, func(o *sandbox.Options) { o.Journal = journal })
				s.journal = journal
				for _, r := range rehearsals {
					s.rehearses(t, r)
				}
				t.Logf("%d commands, dry and in earnest", len(rehearsals))
			})
		})
	}
}

func (s *stage) rehearses(t *testing.T, r rehearsal) {
	t.Helper()
	if r.people != nil {
		r.people(t, s)
	}
	before, saves := s.left(t), s.saves()
	dry := s.result(t, r.code, r.name, append(r.args, "--dry-run"))
	for _, seen := range dry.requests {
		assert.False(t, seen.Writes(), "%s: a dry run sends %s %s", r.name, seen.Method, seen.Path)
	}
	assert.Equal(t, before, s.left(t), r.name)
	assert.Equal(t, saves, s.saves(), r.name)

	made := s.result(t, r.code, r.name, r.args)
	written := sandboxtest.Written(made.requests)
	if dry.json == nil || made.json == nil {
		assert.Equal(t, dry.json, made.json, r.name)
		assert.Equal(t, dry.stderr, made.stderr, "%s: both fail alike", r.name)
		assert.Empty(t, written, r.name)
		return
	}
	if r.args[0] == "publish" {
		r.samePage(t, dry.json, made.json, written)
	} else {
		r.sameChanges(t, dry.json, made.json, written)
	}
	assert.Equal(t, dry.json, made.json, r.name)
}

// A ran is what a command line printed, and what it asked the services for.
type ran struct {
	json     map[string]any // nil if it printed nothing
	stderr   string
	requests []sandboxtest.Request
}

// result runs a command line. How many requests it took is no result to compare.
func (s *stage) result(t *testing.T, want int, name string, args []string) (o ran) {
	t.Helper()
	s.journal.requests(t)
	code, stdout, stderr := s.execute(t, append([]string{"--output", "json"}, args...)...)
	require.Equal(t, want, code, "%s: %s: %s", name, args, stderr)
	if stdout != "" {
		require.NoError(t, json.Unmarshal([]byte(stdout), &o.json), name)
		delete(o.json, "requests")
	}
	o.stderr, o.requests = stderr, s.journal.requests(t)
	return o
}

// samePage takes out of both results what only a run that writes can know: of a
// new page its address, of an old one the version it gets.
func (r rehearsal) samePage(t *testing.T, dry, made map[string]any, written map[string]int) {
	t.Helper()
	planned, page := dry["page"].(map[string]any), made["page"].(map[string]any)
	says := fmt.Sprintf("page %s", planned["action"])
	if dry["kept"] != nil {
		says += fmt.Sprintf(", without %s", dry["kept"])
	}
	assert.Equal(t, r.says, says, r.name)
	saved := map[string]int{}
	switch planned["action"] {
	case "created":
		saved["POST page"] = 1
		for _, key := range []string{"id", "url", "version"} {
			assert.Zero(t, planned[key], "%s: %s", r.name, key)
			assert.NotZero(t, page[key], "%s: %s", r.name, key)
			delete(planned, key)
			delete(page, key)
		}
	case "updated":
		saved["PUT page"] = 1
		assert.InDelta(t, planned["version"].(float64)+1, page["version"], 0, r.name)
		delete(planned, "version")
		delete(page, "version")
	default:
		assert.Empty(t, written, r.name)
	}
	for _, what := range []string{"POST page", "PUT page"} {
		assert.Equal(t, saved[what], written[what], "%s: %s", r.name, what)
	}
	pictures, _ := planned["pictures"].([]any) // the same in both, or the results differ
	uploads := len(pictures)
	if planned["action"] == "created" {
		uploads = min(uploads, 1) // all of a new page's go together
	}
	assert.Equal(t, uploads, written["POST picture"]+written["PUT picture"], "%s: pictures", r.name)
}

// sameChanges holds the planned changes to what became of them and to the
// journal, and takes the difference out of the results.
func (r rehearsal) sameChanges(t *testing.T, dry, made map[string]any, written map[string]int) {
	t.Helper()
	assert.Equal(t, r.says, dry["summary"], r.name)
	if r.fails == "" {
		assert.Equal(t, strings.Replace(r.says, " planned", "", 1), made["summary"], r.name)
	}
	delete(dry, "summary")
	delete(made, "summary")

	tickets := maps.Clone(written)
	maps.DeleteFunc(tickets, func(what string, _ int) bool { return !strings.Contains(what, " PAY-") })
	assert.Len(t, tickets, r.became(t, dry["changes"].([]any), made["changes"].([]any), tickets), "%s: written, and not said", r.name)

	receipts := 0
	if dry["receipt"] == "planned" {
		receipts = 1
		assert.Equal(t, "written", made["receipt"], r.name)
		made["receipt"] = "planned"
		page := made["page"].(map[string]any)
		page["version"] = page["version"].(float64) - 1
	}
	assert.Equal(t, receipts, written["PUT page"], r.name)
}

// became holds each planned change to having been applied, with one write, or to
// having failed where it had to; then it calls it planned again. It returns how
// many were applied. All others have to be equal as they are.
func (r rehearsal) became(t *testing.T, planned, changes []any, written map[string]int) (applied int) {
	t.Helper()
	require.Len(t, changes, len(planned), r.name)
	for i := range planned {
		p, c := planned[i].(map[string]any), changes[i].(map[string]any)
		if p["status"] != "planned" {
			continue
		}
		what := fmt.Sprintf("%s %s", strings.Replace(c["kind"].(string), "-", "", 1), c["issue"]) // as the journal has it
		if c["issue"] == r.fails {
			assert.Equal(t, "failed", c["status"], "%s: %s", r.name, what)
			assert.NotEmpty(t, c["reason"], "%s: %s", r.name, what)
			c["reason"] = p["reason"]
		} else {
			applied++
			assert.Equal(t, "applied", c["status"], "%s: %s", r.name, what)
			assert.Equal(t, 1, written["POST "+what]+written["PUT "+what], "%s: %s", r.name, what)
		}
		c["status"] = "planned"
	}
	return applied
}
