package worker_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"
	"refine/planner"
	"refine/planner/draft"
	"refine/planner/ticket"
)

// model words the closing, and counts how often it is asked.
type model struct {
	asked   int
	refuses bool
	silent  bool // gives no answer at all
	fails   error
}

func (m *model) Requests() int64 { return int64(m.asked) }

func (m *model) Words(_ context.Context, p *planner.Preparation) (planner.Words, draft.Record, bool, error) {
	m.asked++
	record := draft.Record{Input: draft.Shown(p.Input), Model: "m-1"}
	switch {
	case m.fails != nil:
		return planner.Words{}, record, false, m.fails
	case m.silent:
		record.Reason = "it did not answer in time"
	case m.refuses:
		record.Reason = "it declined to answer"
	default:
		key := p.Talks.Order[0]
		record.Answer = &draft.Draft{Closing: []draft.Line{
			{Keys: []string{key}, Text: "What is open about " + key + " is found out together."},
			{Keys: []string{key}, Text: "Next, " + key + " gets a result that can be seen."},
		}}
	}
	return planner.Recall(record), record, !m.silent, nil
}

// L13 C3: a model's words stay on the page while the tickets stay as they are, and
// a rerun asks nothing; from the session's start nobody is asked.
func TestAModelIsAskedOncePerState(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		m := &model{}
		w.Model = m
		first := w.publish(t, ticket.Selection{})
		require.Equal(t, worker.Created, first.Action)
		assert.Equal(t, planner.ByModel, first.Plan.Draft.By)
		assert.Contains(t, w.body(t, first.Page.ID), "is found out together.")
		assert.Contains(t, w.body(t, first.Page.ID), "language model m-1")
		again := w.publish(t, ticket.Selection{})
		assert.Equal(t, worker.Unchanged, again.Action)
		assert.Equal(t, 1, m.asked)

		w.renames(t, first.Plan.Items[0].Issue.Key, "Something else that nobody asked for before")
		w.publish(t, ticket.Selection{})
		assert.Equal(t, 2, m.asked, "other tickets are another question")

		w.now = first.Plan.Session.Start.Add(time.Minute)
		w.renames(t, first.Plan.Items[0].Issue.Key, "Once more")
		_, err := w.Publish(t.Context(), worker.Request{Team: w.team, Date: first.Plan.Session.Date()})
		require.NoError(t, err)
		assert.Equal(t, 2, m.asked, "from the session's start nobody is asked")
	})
}

// L13: what is settled is not asked again, what did not come is; both leave the
// built-in words, and the page says why.
func TestAModelThatIsOfNoUse(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		model  model
		reason string
		asked  int
	}{
		"refused": {model{refuses: true}, "it declined to answer", 1},
		"silent":  {model{silent: true}, "it did not answer in time", 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.Model = &c.model
			p := w.publish(t, ticket.Selection{})
			assert.Equal(t, planner.BuiltIn, p.Plan.Draft.By)
			assert.Contains(t, w.body(t, p.Page.ID), c.reason)
			assert.Equal(t, worker.Unchanged, w.publish(t, ticket.Selection{}).Action)
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
	_, err := w.Publish(t.Context(), worker.Request{Team: w.team})
	require.ErrorIs(t, err, context.Canceled)
	_, writes := w.requests(t)
	assert.Zero(t, writes)
}

// C3 L13: a run without a model keeps the words that a page has, for as long as
// they hold; --no-model does not.
func TestWordsOutliveTheirModel(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Model = &model{}
	first := w.publish(t, ticket.Selection{})
	w.Model = nil
	again := w.publish(t, ticket.Selection{})
	assert.Equal(t, worker.Unchanged, again.Action)
	assert.Equal(t, first.Plan.Closing, again.Plan.Closing)
	assert.Equal(t, planner.ByModel, again.Plan.Draft.By)

	w.BuiltIn = true
	plain := w.publish(t, ticket.Selection{})
	assert.Equal(t, worker.Updated, plain.Action)
	assert.Equal(t, planner.BuiltIn, plain.Plan.Draft.By)
	assert.NotContains(t, w.body(t, first.Page.ID), "language model m-1")
}

// rival is a model during whose answer another run publishes the session.
type rival struct {
	model
	meanwhile func()
}

func (r *rival) Words(ctx context.Context, p *planner.Preparation) (planner.Words, draft.Record, bool, error) {
	r.meanwhile()
	return r.model.Words(ctx, p)
}

// L13: a run that is overtaken decides anew and does not ask anew.
func TestAnOvertakenRunAsksOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.publish(t, ticket.Selection{})
	w.renames(t, first.Plan.Items[0].Issue.Key, "Something else that nobody asked for before")
	other := w.connect(t)
	r := &rival{meanwhile: func() {
		_, err := other.Publish(t.Context(), worker.Request{Team: w.team})
		require.NoError(t, err)
	}}
	w.Model = r
	p := w.publish(t, ticket.Selection{})
	assert.Equal(t, worker.Updated, p.Action)
	assert.Equal(t, planner.ByModel, p.Plan.Draft.By)
	assert.Equal(t, 1, r.asked)
}
