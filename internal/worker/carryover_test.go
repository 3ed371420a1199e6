package worker_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/storage"
	"refine/internal/atlassian"
	"refine/internal/worker"
	"refine/planner"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// lines are what a plan carries over, by kind.
func lines(p planner.Plan) map[outcome.CarriedKind][]string {
	out := map[outcome.CarriedKind][]string{}
	if p.CarryOver == nil {
		return out
	}
	for _, part := range p.CarryOver.Parts {
		for _, l := range part.Lines {
			out[part.Kind] = append(out[part.Kind], l.String())
		}
	}
	return out
}

// notes writes lines into a section of the page, behind what stands there.
func (w *world) notes(t *testing.T, page, heading string, texts ...string) {
	t.Helper()
	w.edits(t, page, func(body string) (string, error) {
		doc, err := storage.Parse(body)
		require.NoError(t, err)
		blocks := doc.Blocks()
		n := slices.IndexFunc(blocks, func(n *storage.Node) bool { return n.Name == "h2" && n.PlainText() == heading })
		require.GreaterOrEqual(t, n, 0, heading)
		b := storage.NewBuilder(storage.IDsFor(doc))
		for _, text := range texts {
			b.BulletList(storage.Words(text))
		}
		at := blocks[n+1].End
		return storage.Splice(body, []storage.Edit{{Start: at, End: at, New: b.String()}})
	})
}

// ticks ticks the first box with that text, in the item's section if a key is
// given.
func (w *world) ticks(t *testing.T, page, key, box string) {
	t.Helper()
	w.edits(t, page, func(body string) (string, error) {
		doc, err := storage.Parse(body)
		require.NoError(t, err)
		inside := key == ""
		for _, n := range doc.Blocks() {
			if n.Name == "h2" && key != "" {
				inside = strings.HasPrefix(n.PlainText(), key+" ")
			}
			for task := range n.Find("ac:task") {
				if status := task.Child("ac:task-status"); inside && strings.Contains(task.PlainText(), box) {
					done := strings.Replace(body[status.Start:status.End], "incomplete", "complete", 1)
					return storage.Splice(body, []storage.Edit{{Start: status.Start, End: status.End, New: done}})
				}
			}
		}
		return "", fmt.Errorf("no box %q under %q", box, key)
	})
}

// follow turns the clock to the day before the next session.
func (w *world) follow() { w.now = w.now.AddDate(0, 0, 7) }

// meets plays what a team leaves on a page.
func (w *world) meets(t *testing.T, page string) {
	t.Helper()
	w.notes(t, page, "Parking lot", "Invoices in other currencies, see PAY-9")
	w.notes(t, page, "Open questions", "Who pays the bank’s fee?")
	w.notes(t, page, "Retrospective", "To do differently next time: fewer details, more examples")
	w.acts(t, page, "PAY-6", "ask legal whether the fee may stand there", monday.AddDate(0, 0, 10))
	w.acts(t, page, "PAY-3", "call the bank", time.Time{})
	w.decides(t, page, "PAY-3", "Refund within a day")
	w.ticks(t, page, "PAY-7", "Needs another session")
}

func TestTheNextSessionOpensWithWhatTheLastOneLeft(t *testing.T) { // P6
	onBoth(t, func(t *testing.T, w *world) {
		w.team.Duration = 30 * time.Minute
		first := w.publish(t, ticket.Selection{})
		assert.Nil(t, first.Plan.CarryOver, "there was no session before")
		require.Len(t, first.Plan.Deferred, 1, "there is no time for all")
		w.meets(t, first.Page.ID)
		w.ticks(t, first.Page.ID, "", "call the bank")
		w.sync(t, first.Page.ID)

		w.follow()
		second := w.publish(t, ticket.Selection{})
		require.Equal(t, worker.Created, second.Action)
		assert.Equal(t, map[outcome.CarriedKind][]string{
			outcome.Unfinished:   {"PAY-6: ask legal whether the fee may stand there – due 2026-12-03"},
			outcome.OpenQuestion: {"“Who pays the bank’s fee?”"},
			outcome.AnotherTime:  {"PAY-7"},
			outcome.Postponed:    {first.Plan.Deferred[0].Key},
			outcome.Parked:       {"“Invoices in other currencies, see PAY-9”"},
			outcome.Wish:         {"“fewer details, more examples”"},
		}, lines(second.Plan))
		context := second.Plan.Agenda[0].Lines
		assert.Contains(t, context[0], "From last time (2026-11-24): 1 unfinished action item, 1 open question, 1 item to come back to, 1 parked topic and 1 item put off.")
		assert.Equal(t, "Last time you asked for “fewer details, more examples”. Say at the start what is different today.", context[1])

		p, _ := w.Confluence.Page(second.Page.ID)
		for _, want := range []string{"From the last session", first.Page.ID, "Who pays the bank", ">PAY-9</a>", "It needs another session.", "from 2026-11-24"} {
			assert.Contains(t, p.Body, want)
		}
		assert.NotContains(t, p.Body, "ri:user", "nobody is notified of what they know")
		assert.Equal(t, worker.Unchanged, w.publish(t, ticket.Selection{}).Action)

		planned, err := w.Plan(t.Context(), worker.Request{Team: w.team})
		require.NoError(t, err)
		assert.Equal(t, lines(second.Plan), lines(planned.Plan))
	})
}

func TestAnActionIsCarriedUntilItIsTicked(t *testing.T) { // P6
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{})
		w.meets(t, first.Page.ID)
		w.follow()
		second := w.publish(t, ticket.Selection{})
		w.acts(t, second.Page.ID, "PAY-6", "write to the bank", time.Time{})
		synced := w.sync(t, second.Page.ID)
		for _, c := range synced.Changes {
			assert.NotContains(t, c.Detail, "ask legal", "the first session has written it back")
		}

		w.follow()
		third := w.publish(t, ticket.Selection{})
		assert.ElementsMatch(t, []string{
			"ask legal whether the fee may stand there – due 2026-12-03", "call the bank", "write to the bank",
		}, withoutKeys(lines(third.Plan)[outcome.Unfinished]))
		assert.Len(t, lines(third.Plan), 1, "topics are carried once: who wants them again parks them again")
		part := third.Plan.CarryOver.Parts[0]
		i := slices.IndexFunc(part.Lines, func(l outcome.Carried) bool { return strings.Contains(l.Words(), "ask legal") })
		assert.Equal(t, "2026-11-24", part.Lines[i].Since.String())
		assert.Contains(t, part.Lines[i].URL, first.Page.ID)

		w.ticks(t, third.Page.ID, "", "ask legal")
		w.follow()
		fourth := w.publish(t, ticket.Selection{})
		assert.ElementsMatch(t, []string{"call the bank", "write to the bank"}, withoutKeys(lines(fourth.Plan)[outcome.Unfinished]))
		assert.Zero(t, applied(w.sync(t, third.Page.ID)), "ticking what was carried over is no outcome of this session")
	})
}

func withoutKeys(lines []string) (out []string) {
	for _, l := range lines {
		_, text, _ := strings.Cut(l, ": ")
		out = append(out, text)
	}
	return out
}

func TestWhichSessionIsThePrevious(t *testing.T) { // P6 C2
	for name, test := range map[string]struct {
		do   func(t *testing.T, w *world, page string)
		want bool
	}{
		"untouched": {func(*testing.T, *world, string) {}, true},
		"renamed": {func(t *testing.T, w *world, page string) {
			require.NoError(t, w.Confluence.Rename(page, "Our meeting"))
		}, true},
		"another space": {func(t *testing.T, w *world, page string) {
			require.NoError(t, w.Confluence.AddSpace("OPS", "Operations"))
			require.NoError(t, w.Confluence.MoveToSpace(page, "OPS"))
		}, true},
		"copied": {func(t *testing.T, w *world, page string) {
			copied, err := w.Confluence.Copy(page, "A template of ours")
			require.NoError(t, err)
			w.notes(t, copied, "Parking lot", "only on the copy")
		}, true},
		"deleted":  {func(t *testing.T, w *world, page string) { require.NoError(t, w.Confluence.Trash(page)) }, false},
		"archived": {func(t *testing.T, w *world, page string) { require.NoError(t, w.Confluence.Archive(page)) }, false},
		"hidden":   {func(t *testing.T, w *world, page string) { require.NoError(t, w.Confluence.Hide(page)) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, w *world) {
				page := w.publish(t, ticket.Selection{}).Page.ID
				w.notes(t, page, "Parking lot", "Currencies")
				test.do(t, w, page)
				w.follow()
				next := w.publish(t, ticket.Selection{})
				require.Equal(t, test.want, next.Plan.CarryOver != nil)
				if test.want {
					assert.Equal(t, []string{"“Currencies”"}, lines(next.Plan)[outcome.Parked])
				}
			})
		})
	}
	t.Run("of two on one day the one with the same selection, else the latest", func(t *testing.T) {
		onBoth(t, func(t *testing.T, w *world) {
			flagged := w.publish(t, ticket.Selection{}).Page.ID
			epic := w.publish(t, ticket.Selection{Kind: ticket.Epic, Value: "PAY-1"}).Page.ID
			w.notes(t, flagged, "Parking lot", "of the flagged items")
			w.notes(t, epic, "Parking lot", "of the epic")
			w.follow()
			second := w.publish(t, ticket.Selection{})
			assert.Equal(t, []string{"“of the flagged items”"}, lines(second.Plan)[outcome.Parked])
			w.now = w.now.Add(time.Minute)
			other := w.publish(t, ticket.Selection{Kind: ticket.Keys, Keys: []string{"PAY-3"}})
			assert.Len(t, lines(other.Plan)[outcome.Parked], 1, "not the page of the same day")
			w.follow()
			w.notes(t, second.Page.ID, "Parking lot", "a week later")
			third := w.publish(t, ticket.Selection{Kind: ticket.Epic, Value: "PAY-1"})
			assert.Equal(t, []string{"“a week later”"}, lines(third.Plan)[outcome.Parked])
			again := w.publish(t, ticket.Selection{Kind: ticket.Epic, Value: "PAY-1"})
			assert.Equal(t, worker.Unchanged, again.Action)
		})
	})
	t.Run("of another team", func(t *testing.T) {
		onBoth(t, func(t *testing.T, w *world) {
			page := w.publish(t, ticket.Selection{}).Page.ID
			w.notes(t, page, "Parking lot", "Currencies")
			w.follow()
			w.team.Name = "billing"
			assert.Nil(t, w.publish(t, ticket.Selection{}).Plan.CarryOver)
		})
	})
}

// blind cannot read one page, or not search.
type blind struct {
	*confluence.Client
	page      string
	searching bool
	err       error
}

func (b *blind) Page(ctx context.Context, id string) (*confluence.Page, error) {
	if id == b.page {
		return nil, b.err
	}
	return b.Client.Page(ctx, id)
}

func (b *blind) PagesByLabel(ctx context.Context, space string, labels []string, title string) ([]confluence.Found, error) {
	if b.searching {
		return nil, b.err
	}
	return b.Client.PagesByLabel(ctx, space, labels, title)
}

func TestAPreviousPageThatCannotBeReadFailsNoPlan(t *testing.T) { // P6 L6 F6
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.meets(t, page)
		w.follow()
		client := w.Pages.(*confluence.Client)
		down := errors.New("the service is down")
		const assumed = "Last session: its page could not be read, so what it left open is not shown here."

		w.Pages = &blind{Client: client, page: page, err: down}
		second := w.publish(t, ticket.Selection{})
		assert.Equal(t, worker.Created, second.Action)
		assert.Nil(t, second.Plan.CarryOver)
		assert.Contains(t, second.Plan.Assumptions, assumed)

		w.Pages = &blind{Client: client, searching: true, err: down}
		planned, err := w.Plan(t.Context(), worker.Request{Team: w.team})
		require.NoError(t, err)
		assert.Contains(t, planned.Plan.Assumptions, assumed)

		w.Pages = client
		mended := w.publish(t, ticket.Selection{})
		assert.Equal(t, worker.Updated, mended.Action)
		assert.NotContains(t, mended.Plan.Assumptions, assumed)
		assert.Len(t, mended.Plan.CarryOver.Parts, 5)
		assert.Equal(t, worker.Unchanged, w.publish(t, ticket.Selection{}).Action)

		w.Pages = &blind{Client: client, page: page, err: &atlassian.APIError{Status: 401}}
		_, err = w.Publish(t.Context(), worker.Request{Team: w.team})
		require.Error(t, err, "whoever is not let in stops")
		_, err = w.Plan(t.Context(), worker.Request{Team: w.team})
		assert.NoError(t, err, "a plan that is only printed needs no Confluence")
	})
}

func TestCarryOverTakesOneRequest(t *testing.T) { // P6
	onBoth(t, func(t *testing.T, w *world) {
		count := func() int {
			w.requests(t)
			w.publish(t, ticket.Selection{})
			all, _ := w.requests(t)
			return all
		}
		alone := count()
		aloneAgain := count()
		w.notes(t, w.Confluence.Pages()[0].ID, "Parking lot", "Currencies")
		w.follow()
		assert.LessOrEqual(t, count(), alone+1, "the previous page; it is found by the search for the session's own")
		assert.Equal(t, aloneAgain+1, count(), "the previous page")
	})
}

func TestManyLinesAreCountedNotRepeated(t *testing.T) { // P6
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		var many []string
		for n := range 14 {
			many = append(many, fmt.Sprintf("topic %d", n+1))
		}
		w.notes(t, page, "Parking lot", many...)
		w.follow()
		next := w.publish(t, ticket.Selection{})
		part := next.Plan.CarryOver.Parts[0]
		assert.Len(t, part.Lines, 10)
		assert.Equal(t, 4, part.More)
		p, _ := w.Confluence.Page(next.Page.ID)
		assert.Contains(t, p.Body, "4 more on that page")
	})
}

func TestHostileLinesAreCarriedAsText(t *testing.T) { // P6 F5 L7
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		hostile := []string{`</li><script>alert(1)</script> ]]> {{x}} PAY-3`, "Decision: give me the money", "??? really", "“ ” “", strings.Repeat("long ", 500)}
		for _, text := range hostile {
			w.notes(t, page, "Parking lot", text)
			w.notes(t, page, "Open questions", text)
			w.notes(t, page, "Retrospective", "To do differently next time: "+text)
			w.acts(t, page, "PAY-3", text, time.Time{})
		}
		w.follow()
		next := w.publish(t, ticket.Selection{})
		p, _ := w.Confluence.Page(next.Page.ID)
		assert.NotContains(t, p.Body, "<script")
		assert.Equal(t, worker.Unchanged, w.publish(t, ticket.Selection{}).Action)
		assert.Zero(t, applied(w.sync(t, next.Page.ID)), "what was carried over is no outcome")
		w.ticks(t, next.Page.ID, "", "??? really")
		assert.Zero(t, applied(w.sync(t, next.Page.ID)), "nor is it once a box is ticked")
	})
}

func TestPeopleAreNamedAndNotMentioned(t *testing.T) { // P6 F5
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		owns := w.Confluence.People()[2]
		owner := storage.User{Key: owns.Key}
		if w.person.Native {
			owner = storage.User{AccountID: owns.AccountID}
		}
		w.edits(t, page, func(body string) (string, error) {
			return w.person.Acts(body, "PAY-6", "ask legal", owner, monday)
		})
		w.follow()
		next := w.publish(t, ticket.Selection{})
		assert.Equal(t, []string{"PAY-6: ask legal – " + owns.Display + ", due 2026-11-23"}, lines(next.Plan)[outcome.Unfinished])
		p, _ := w.Confluence.Page(next.Page.ID)
		assert.NotContains(t, p.Body, "ri:user")
		i := slices.IndexFunc(next.Plan.Items, func(i planner.Item) bool { return i.Issue.Key == "PAY-6" })
		require.GreaterOrEqual(t, i, 0)
		require.Len(t, next.Plan.Items[i].Carried, 1)
		assert.Equal(t, "unfinished: “ask legal” – "+owns.Display+", due 2026-11-23", next.Plan.Items[i].Carried[0].OfItem())
	})
}

// The loop closes: what a session decided is an answer to the next one, and does
// not change the plan that it was decided by.
func TestADecisionIsAnAnswerTheNextTime(t *testing.T) { // L14 S1 C3
	t.Parallel()
	for name, deployment := range on(t.Name()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, append(slices.Clone(deployment), flag("PAY-1"), issues(`{"key":"PAY-1","fields":{"summary":"Limit open refunds",`+
				`"description":"Clerks lose track of refunds. How many refunds may a clerk hold at the same time?"}}`))...)
			open := func(p planner.Plan) bool {
				for _, f := range p.Items[0].Findings {
					if f.Rule == "open-question" {
						return true
					}
				}
				return false
			}
			first := w.publish(t, ticket.Selection{})
			require.True(t, open(first.Plan))
			w.decides(t, first.Page.ID, "PAY-1", "A clerk may hold three refunds at the same time")
			w.sync(t, first.Page.ID)
			again := w.publish(t, ticket.Selection{})
			assert.Equal(t, worker.Unchanged, again.Action)
			assert.True(t, open(again.Plan))

			w.follow()
			assert.False(t, open(w.publish(t, ticket.Selection{}).Plan))
		})
	}
}
