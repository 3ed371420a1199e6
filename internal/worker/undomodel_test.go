package worker_test

import (
	cli "flag"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"refine/confluence/storage"
	"refine/internal/sandbox"
	"refine/jira/jiratest"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

var undoLives = cli.Int("undo-lives", max(2, 6/sample), "how many random sessions are synced, taken back and synced again")

// Whatever people type, change and take off between syncs: taken back and synced
// again, a session leaves what one that is synced but now leaves.
func TestSyncUndoSyncIsSync(t *testing.T) { // S9 S5
	t.Parallel()
	for seed := range uint64(*undoLives) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			once, again := newLife(t, seed), newLife(t, seed)
			for range 4 {
				what := once.live(t)
				require.Equal(t, what, again.live(t))
				if again.rng.IntN(2) == 0 {
					again.sync(t, again.page)
				}
				if again.rng.IntN(4) == 0 {
					again.undo(t, again.page)
				}
			}
			again.sync(t, again.page)
			again.undo(t, again.page)
			again.requests(t)
			again.undo(t, again.page)
			_, writes := again.requests(t)
			require.Zero(t, writes, "there is nothing left to take back")
			again.sync(t, again.page)
			once.sync(t, once.page)
			require.Equal(t, hashed.ReplaceAllString(once.snapshot(t), ""), hashed.ReplaceAllString(again.snapshot(t), ""))
		})
	}
}

// hashed is a comment's hash, which counts the keys of the issues that were made,
// and those are given once.
var hashed = regexp.MustCompile(`"hash":"[0-9a-f]+"`)

// A life is a session on which people do random things.
type life struct {
	*world
	page   string
	people *rand.Rand // what people do
	rng    *rand.Rand // what runs in between
	typed  []string
}

func newLife(t *testing.T, seed uint64) *life {
	t.Helper()
	deployment := func(*sandbox.Options) {}
	if seed%2 == 1 {
		deployment = dataCenter
	}
	w := newWorld(t, append([]option{deployment}, few...)...)
	w.team.Actions.As = []outcome.ActionsAs{outcome.ActionsAsSubtask, outcome.ActionsAsTask, outcome.ActionsInComment}[seed%3]
	w.Sandbox.Jira.Allow(jiratest.DeleteIssues)
	w.team.Criteria, w.team.Effects = outcome.DescriptionField, map[outcome.Box]outcome.Effect{
		outcome.BoxReady:  onReady[outcome.BoxReady],
		outcome.BoxParked: {AddLabel: "parked", RemoveLabel: "refined", Transition: "Open"},
	}
	l := &life{
		world: w, page: w.publish(t, ticket.Selection{}).Page.ID,
		people: rand.New(rand.NewPCG(seed, 1)), rng: rand.New(rand.NewPCG(seed, 2)),
	}
	l.decides(t, l.page, "PAY-7", "What stays on the page, which else has no account")
	return l
}

// live is one thing that people do on the page.
func (l *life) live(t *testing.T) (what string) {
	t.Helper()
	key := []string{"PAY-3", "PAY-6", "PAY-7"}[l.people.IntN(3)]
	text := fmt.Sprintf("word%d of line %d", l.people.IntN(1000), len(l.typed))
	kind := l.people.IntN(7)
	if len(l.typed) == 0 {
		kind = kind % 2
	}
	switch kind {
	case 0:
		l.decides(t, l.page, key, text)
	case 1:
		l.edits(t, l.page, func(body string) (string, error) {
			return l.person.Acts(body, key, text, storage.User{}, time.Time{})
		})
	case 5:
		box, done := []string{"Ready", "Parked"}[l.people.IntN(2)], l.people.IntN(3) > 0
		l.edits(t, l.page, func(body string) (string, error) { return l.person.Ticks(body, key, box, done) })
		return fmt.Sprint(kind, key, box, done)
	case 6:
		l.agrees(t, l.page, key, text)
	default:
		old := l.typed[l.people.IntN(len(l.typed))]
		if kind == 2 {
			text = "" // it is taken off
		}
		l.edits(t, l.page, func(body string) (string, error) {
			theirs, ours, _ := strings.Cut(body, "Written back to Jira")
			return strings.ReplaceAll(theirs, old, text) + body[len(theirs):len(body)-len(ours)] + ours, nil
		})
	}
	if text != "" {
		l.typed = append(l.typed, text)
	}
	return fmt.Sprint(kind, key, text)
}
