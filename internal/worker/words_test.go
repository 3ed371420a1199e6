package worker_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"
	"refine/planner"

	"refine/planner/ticket"
)

// model words the plan's own questions anew, and counts how often it is asked.
type model struct {
	asked   int
	refuses bool
	silent  bool // gives no answer at all
	fails   error
}

func (m *model) Requests() int64 { return int64(m.asked) }

func (m *model) Draft(_ context.Context, p planner.Plan) (planner.Plan, planner.DraftRecord, bool, error) {
	m.asked++
	record := planner.DraftRecord{Input: planner.DraftInput(p), Model: "m-1"}
	switch {
	case m.fails != nil:
		return p, record, false, m.fails
	case m.silent:
		record.Reason = "the server did not answer"
		return planner.WithoutDraft(p, "m-1", record.Reason), record, false, nil
	case m.refuses:
		record.Reason = "it broke the rule quotes"
		return planner.WithoutDraft(p, "m-1", record.Reason), record, true, nil
	}
	d := worded(p)
	next, broken := planner.WithDraft(p, d, "m-1")
	if len(broken) > 0 {
		return p, record, false, errors.New(broken[0].String())
	}
	record.Answer = &d
	return next, record, true, nil
}

// worded is a draft that holds, of whatever the plan is about.
func worded(p planner.Plan) (d planner.Drafted) {
	guide := []string{"Define the core problem", "Clarify assumptions", "Identify affected stakeholders"}
	tails := []string{"Ask whose it is.", "Hear who has seen it otherwise.", "Find who is not in the room."}
	asks := []string{"Who meets the word “%s” in their work, and what do they expect of it?", "What did people do without “%s” the last time?", "Whose day looks different with “%s”, and why?"}
	for n, i := range p.Items[:3] {
		title := i.Issue.Summary
		word := strings.Trim(title[strings.LastIndexByte(title, ' ')+1:], ".,")
		d.KeyPoints = append(d.KeyPoints, planner.KeyPoint{Guide: guide[n], Keys: []string{i.Issue.Key}, Text: i.Issue.Key + " is called “" + title + "”. " + tails[n]})
		d.Questions = append(d.Questions, planner.DraftedQuestion{Key: i.Issue.Key, Quote: title, Ask: strings.NewReplacer("“%s”", word, "the word ", "").Replace(asks[n])})
	}
	d.Closing = "What is open about " + p.Items[0].Issue.Key + " is found out together. Next, " + p.Items[1].Issue.Key + " gets a result that can be seen."
	return d
}

// L13 C3: a model's words stay on the page while the tickets stay as they are,
// and a rerun asks nothing.
func TestAModelIsAskedOncePerState(t *testing.T) {
	t.Parallel()
	for name, loop := range loops(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, loop.options...)
			m := &model{}
			w.Model = m
			first := w.publish(t, loop.sel)
			require.Equal(t, worker.Created, first.Action)
			assert.Equal(t, planner.Draft{By: planner.ByModel, Model: "m-1"}, first.Plan.Draft)
			assert.Contains(t, w.body(t, first.Page.ID), "language model m-1 wrote key points")
			w.unchangedRerun(t, loop.sel)
			assert.Equal(t, 1, m.asked)

			w.edited(t, first.Plan.Items[0].Issue.Key, map[string]any{"summary": "Something else that nobody asked for before"})
			w.publish(t, loop.sel)
			assert.Equal(t, 2, m.asked, "other tickets are another question")

			w.now = first.Plan.Session.Start.Add(time.Minute)
			w.edited(t, first.Plan.Items[0].Issue.Key, map[string]any{"summary": "Once more"})
			w.publish(t, loop.sel)
			assert.Equal(t, 2, m.asked, "from the session's start nobody is asked")
		})
	}
}

// L13: a draft that is refused is not asked for again; one that did not come is.
// Both leave the built-in words, and the page says why.
func TestAModelThatIsOfNoUse(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		model model
		asked int
	}{
		"refused": {model{refuses: true}, 1},
		"silent":  {model{silent: true}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.Model = &c.model
			sel := ticket.Selection{Kind: ticket.Backlog}
			p := w.publish(t, sel)
			assert.Equal(t, planner.BuiltIn, p.Plan.Draft.By)
			assert.Contains(t, w.body(t, p.Page.ID), "The language model m-1 was asked for one that is not used")
			w.unchangedRerun(t, sel)
			assert.Equal(t, c.asked, c.model.asked)
		})
	}
}

// L13: a cancel while the model thinks writes nothing.
func TestCancelWhileTheModelThinks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Model = &model{fails: context.Canceled}
	w.requests(t)
	_, err := w.Publish(t.Context(), worker.Request{Team: w.team, Selection: ticket.Selection{Kind: ticket.Backlog}})
	require.ErrorIs(t, err, context.Canceled)
	_, writes := w.requests(t)
	assert.Zero(t, writes)
}

// C3: a run without a model keeps the words that a page has, for as long as they
// hold; --no-model does not.
func TestWordsOutliveTheirModel(t *testing.T) { // L13
	t.Parallel()
	w := newWorld(t)
	sel := ticket.Selection{Kind: ticket.Backlog}
	w.Model = &model{}
	first := w.publish(t, sel)
	w.Model = nil
	again := w.publish(t, sel)
	assert.Equal(t, worker.Unchanged, again.Action)
	assert.Equal(t, first.Plan.Closing, again.Plan.Closing)
	assert.Equal(t, planner.ByModel, again.Plan.Draft.By)

	w.BuiltIn = true
	plain := w.publish(t, sel)
	assert.Equal(t, worker.Updated, plain.Action)
	assert.Equal(t, planner.BuiltIn, plain.Plan.Draft.By)
	assert.NotContains(t, w.body(t, first.Page.ID), "language model m-1")
}

// rival is a model during whose answer another run publishes the session.
type rival struct {
	model
	meanwhile func()
}

func (r *rival) Draft(ctx context.Context, p planner.Plan) (planner.Plan, planner.DraftRecord, bool, error) {
	r.meanwhile()
	return r.model.Draft(ctx, p)
}

// L13: a run that is overtaken decides anew and does not ask anew.
func TestAnOvertakenRunAsksOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	sel := ticket.Selection{Kind: ticket.Backlog}
	first := w.publish(t, sel)
	w.renames(t, first.Plan.Items[0].Issue.Key, "Something else that nobody asked for before")
	other := w.connect(t)
	r := &rival{meanwhile: func() {
		_, err := other.Publish(t.Context(), worker.Request{Team: w.team, Selection: sel})
		require.NoError(t, err)
	}}
	w.Model = r
	p := w.publish(t, sel)
	assert.Equal(t, worker.Updated, p.Action)
	assert.Equal(t, planner.ByModel, p.Plan.Draft.By)
	assert.Equal(t, 1, r.asked)
}
