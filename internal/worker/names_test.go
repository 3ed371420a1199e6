package worker_test

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence/storage"
	"refine/planner/ticket"
)

// withUnderstudy is [onBoth] for a test in which a service fails at times.
func withUnderstudy(t *testing.T, test func(*testing.T, *world, *understudy)) {
	t.Helper()
	t.Parallel()
	for name, options := range on(t.Name()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := new(understudy)
			test(t, newWorld(t, append(slices.Clone(options), u.option)...), u)
		})
	}
}

// noNames lets the look-up of people fail.
func noNames(code int) func(http.ResponseWriter, *http.Request) bool {
	return func(rw http.ResponseWriter, r *http.Request) bool {
		lookUp := strings.HasSuffix(r.URL.Path, "/users-bulk") || strings.HasSuffix(r.URL.Path, "/rest/api/user")
		if lookUp {
			status(code)(rw, r)
		}
		return lookUp
	}
}

// dana is how the page mentions somebody whom the site knows.
func (w *world) dana() storage.User {
	for _, u := range w.Confluence.People() {
		if u.Display == "Dana Whitfield" && w.person.Native {
			return storage.User{AccountID: u.AccountID}
		} else if u.Display == "Dana Whitfield" {
			return storage.User{Key: u.Key}
		}
	}
	return storage.User{}
}

var danasID = regexp.MustCompile(`@dana\b|[0-9a-f]{24}`)

// A name that cannot be looked up is replaced by the id, and comes with the next
// sync; once it is there it stays, whatever later look-ups say.
func TestANameComesWithTheNextSync(t *testing.T) { // A9, R11
	tests := map[string]func(t *testing.T, w *world, page string, dana storage.User){
		"the owner of an action": func(t *testing.T, w *world, page string, dana storage.User) {
			w.edits(t, page, func(body string) (string, error) {
				return w.person.Acts(body, "PAY-3", "call the bank", dana, time.Time{})
			})
		},
		"somebody in an action": func(t *testing.T, w *world, page string, dana storage.User) {
			w.mentions(t, page, "Action items", func(b *storage.Builder) {
				b.TaskList(storage.Todo(storage.Mention(storage.User{Key: "f00dfeedf00dfeedf00dfeedf00dfeed"}), storage.Plain(" asks "), storage.Mention(dana)))
			})
		},
		"somebody in a decision": func(t *testing.T, w *world, page string, dana storage.User) {
			w.mentions(t, page, "Decisions", func(b *storage.Builder) {
				b.Paragraph(storage.Plain("Decision: "), storage.Mention(dana), storage.Plain(" decides the fee"))
			})
		},
		"somebody in a reason": func(t *testing.T, w *world, page string, dana storage.User) {
			w.mentions(t, page, "Decisions", func(b *storage.Builder) {
				b.Paragraph(storage.Plain("Decision: no fee"))
				b.Paragraph(storage.Plain("Reason: "), storage.Mention(dana), storage.Plain(" said so"))
			})
		},
	}
	withUnderstudy(t, func(t *testing.T, w *world, u *understudy) {
		for _, name := range slices.Sorted(maps.Keys(tests)) {
			w.team.Name = name // a session of its own
			page := w.publish(t, ticket.Selection{}).Page.ID
			tests[name](t, w, page, w.dana())
			u.play(noNames(http.StatusBadRequest))
			w.sync(t, page)
			first := w.comment(t, "PAY-3")
			assert.NotContains(t, first, "@somebody", name)
			assert.Regexp(t, danasID, first, name)
			w.requests(t)
			w.sync(t, page)
			_, writes := w.requests(t)
			assert.Zero(t, writes, "%s: still no name, nothing to write", name)

			u.play(nil)
			w.sync(t, page)
			second := w.comment(t, "PAY-3")
			assert.Regexp(t, `@Dana Whitfield|\[~accountid:[0-9a-f]{24}\]|\[~dana(\.whitfield)?\]`, second, name)
			u.play(noNames(http.StatusBadRequest))
			w.notes(t, page, "Parking lot", "Something else")
			w.decides(t, page, "PAY-3", "One thing more")
			w.sync(t, page)
			third := w.comment(t, "PAY-3")
			assert.Contains(t, third, "One thing more", name)
			assert.Equal(t, strings.Count(second, "Dana Whitfield"), strings.Count(third, "Dana Whitfield"), name)
			u.play(nil)
			require.NoError(t, w.Confluence.Trash(page))
			for _, c := range w.Sandbox.Jira.Comments("PAY-3") {
				require.NoError(t, w.Sandbox.Jira.DeleteComment("PAY-3", c.ID))
			}
		}
	})
}

// comment is the one comment of ours on a ticket.
func (w *world) comment(t *testing.T, key string) string {
	t.Helper()
	require.Len(t, w.commented(t)[key], 1)
	return w.commented(t)[key][0]
}

// mentions writes blocks below a heading of PAY-3's section.
func (w *world) mentions(t *testing.T, page, heading string, write storage.Body) {
	t.Helper()
	w.edits(t, page, func(body string) (string, error) {
		doc, err := storage.Parse(body)
		require.NoError(t, err)
		blocks := doc.Blocks()
		n := slices.IndexFunc(blocks, func(n *storage.Node) bool { return n.Name == "h2" && strings.HasPrefix(n.PlainText(), "PAY-3 ") })
		for blocks[n].PlainText() != heading {
			n++
		}
		b := storage.NewBuilder(storage.IDsFor(doc))
		write(b)
		return storage.Splice(body, []storage.Edit{{Start: blocks[n].End, End: blocks[n].End, New: b.String()}})
	})
}
