package model

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner"
	"refine/planner/draft"
	"refine/planner/ticket"
)

// A script answers as a model would, one line of it for each request.
type script struct {
	answers []func(draft.Prompt) (answer, error)
	asked   []draft.Prompt
}

func (s *script) ask(_ context.Context, p draft.Prompt) (answer, error) {
	s.asked = append(s.asked, p)
	if len(s.asked) > len(s.answers) {
		return answer{}, &failure{reason: "it was asked too often"}
	}
	return s.answers[len(s.asked)-1](p)
}

func says(v any) func(draft.Prompt) (answer, error) {
	return func(draft.Prompt) (answer, error) {
		text, err := json.Marshal(v)
		return answer{text: string(text), tokens: 100}, err
	}
}

func fails(draft.Prompt) (answer, error) {
	return answer{}, &failure{reason: "it did not answer in time"}
}

// reads answers a request for a second reading: unsupported are lines with those
// words, supported all others.
func reads(unsupported ...string) func(draft.Prompt) (answer, error) {
	return func(p draft.Prompt) (answer, error) {
		var lines []draft.Remark
		for _, line := range linesOf(p) {
			place, text, _ := strings.Cut(line, " (about")
			r := draft.Remark{Place: place, Verdict: draft.Supported}
			for _, words := range unsupported {
				if strings.Contains(text, words) {
					r.Verdict, r.Reason = draft.Unsupported, "nobody said so"
				}
			}
			lines = append(lines, r)
		}
		return says(map[string]any{"lines": lines})(p)
	}
}

// linesOf are the lines that a request for a second reading shows.
func linesOf(p draft.Prompt) []string {
	_, rest, _ := strings.Cut(p.User, "BEGIN lines")
	shown, _, _ := strings.Cut(rest, "END lines")
	_, shown, _ = strings.Cut(strings.TrimSpace(shown), "\n")
	return strings.Split(strings.TrimSpace(shown), "\n")
}

func loans() *planner.Preparation {
	return planner.Prepare(planner.Input{
		Session: ticket.Session{ID: "s", Team: "Library", Topic: "Loans", Start: time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC), Duration: 90 * time.Minute},
		Issues: []ticket.Issue{
			{Key: "LIB-1", Summary: "Renew a loan from the phone", Description: "Readers forget to renew and pay late fees."},
			{Key: "LIB-2", Summary: "Remind readers two days ahead", Description: "A reminder is sent."},
		},
	})
}

func closing(lines ...string) draft.Draft {
	var d draft.Draft
	for _, l := range lines {
		d.Closing = append(d.Closing, draft.Line{Text: l, Keys: []string{"LIB-1"}})
	}
	return d
}

func drafted(t *testing.T, review bool, answers ...func(draft.Prompt) (answer, error)) (planner.Words, draft.Record, *script) {
	t.Helper()
	s := &script{answers: answers}
	d := &Drafter{model: "m-1", review: review, timeout: time.Minute, service: s, log: slog.New(slog.DiscardHandler)}
	w, record, settled, err := d.Words(t.Context(), loans())
	require.NoError(t, err)
	assert.True(t, settled)
	return w, record, s
}

const (
	fees     = "LIB-1 is worth it if “late fees” are told with one case."
	reminder = "After it LIB-2 says what a reminder is to bring."
	invented = "LIB-1 was asked for by three branches that threaten to leave."
	board    = "LIB-2 has been approved by the board already."
)

// L13: a second reading, in a request of its own, sends back what no rule sees; the
// repair is read again, and nothing more is asked.
func TestSecondReading(t *testing.T) {
	t.Parallel()
	w, record, s := drafted(t, true,
		says(closing(fees, board)), reads("approved"), says(closing(fees, reminder)), reads())
	assert.Equal(t, []string{fees, reminder}, texts(w.Draft.Closing))
	assert.True(t, w.Repaired && w.Reviewed && record.Reviewed)
	assert.Equal(t, 4, w.Requests)
	assert.Equal(t, 400, w.Tokens)
	assert.Contains(t, s.asked[1].User, "Readers forget to renew", "the reader sees the tickets")
	assert.NotContains(t, s.asked[1].User, "BEGIN doubts", "and nothing else")
	assert.Contains(t, s.asked[2].User, "nobody said so", "the repair hears why")
	assert.Len(t, linesOf(s.asked[3]), 1, "only what is new is read again")
}

// L13: both kinds of refusals are in the one repair, and what a reader refused does
// not come back.
func TestRefusedTwice(t *testing.T) {
	t.Parallel()
	w, _, s := drafted(t, true,
		says(closing(fees, board, invented)), reads("approved"), says(closing(fees, board, reminder)), reads())
	assert.Contains(t, s.asked[2].User, "nothing gives the number three")
	assert.Contains(t, s.asked[2].User, "nobody said so")
	assert.Equal(t, []string{fees, reminder}, texts(w.Draft.Closing))
}

// L13: without a second reading the checked draft is used, and the plan says so.
func TestNotReadTwice(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		review  bool
		answers []func(draft.Prompt) (answer, error)
		asked   int
	}{
		"the reading fails":        {true, []func(draft.Prompt) (answer, error){says(closing(fees, reminder)), fails}, 2},
		"the reading is no answer": {true, []func(draft.Prompt) (answer, error){says(closing(fees, reminder)), says("fine")}, 2},
		"it passes lines over":     {true, []func(draft.Prompt) (answer, error){says(closing(fees, reminder)), says(map[string]any{"lines": []any{}})}, 2},
		"it is left out":           {false, []func(draft.Prompt) (answer, error){says(closing(fees, reminder))}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, _, s := drafted(t, tt.review, tt.answers...)
			assert.Len(t, s.asked, tt.asked)
			assert.False(t, w.Reviewed)
			assert.Equal(t, []string{fees, reminder}, texts(w.Draft.Closing))
			plan, _ := loans().With(w)
			assert.Contains(t, strings.Join(plan.Assumptions, "\n"), "by the language model m-1, held against the tickets by the program's rules and not read a second time")
		})
	}
}

// L13: requests are bounded whatever a model answers.
func TestFourRequestsAtMost(t *testing.T) {
	t.Parallel()
	wrong := says(closing(fees, board))
	w, _, s := drafted(t, true, wrong, reads("approved"), wrong, reads("approved"), wrong, wrong)
	assert.LessOrEqual(t, len(s.asked), mostRequests)
	assert.Equal(t, []string{fees}, texts(w.Draft.Closing))
}

func texts(lines []draft.Line) (all []string) {
	for _, l := range lines {
		all = append(all, l.Text)
	}
	return all
}
