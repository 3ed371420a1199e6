package confluence_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/planner/outcome"
)

// TestRenamedHeadings types below a heading that people gave another name: what
// stands there is listed, wherever the other places show what it was (S11).
func TestRenamedHeadings(t *testing.T) {
	t.Parallel()
	item := region("item/PAY-7", "<h2>PAY-7 Refunds</h2><p>facts of it</p>")
	state := confluence.State{Regions: prints(t, []confluence.Region{item})}
	const actions = "<h3>Action items</h3><ul><li>ask the bank</li></ul>"
	for _, test := range []struct{ name, below, listed string }{
		{"an unknown name", "<h3>決定事項</h3><p>refund at once</p>" + actions, "it is not certain that it is a decision"},
		{"a slip", "<h3>Descisions</h3><ul><li>refund at once</li></ul>" + actions, "it is not certain that it is a decision"},
		{"beside a heading with a name", "<h3>Questions</h3><p>why?</p><h3>What we settled on</h3><p>refund at once</p>" + actions, "it is not certain that it is a decision"},
		{"two of them: which was it?", "<h3>Chat</h3><p>refund at once</p><h3>More</h3>" + actions, ""},
		{"a heading of their own beside ours", "<h3>Decisions</h3><h3>Chat</h3><p>refund at once</p>" + actions, ""},
		{"the one for actions", "<h3>Decisions</h3><h3>Bob's list</h3><p>refund at once</p><h3>Acceptance criteria</h3>", "it is not certain that it is an action"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			out, err := state.Outcomes(item.Body + test.below)
			require.NoError(t, err)
			reason := ""
			for _, s := range out.Suggestions {
				if s.Text == "refund at once" {
					reason = s.Reason
				}
			}
			assert.Equal(t, test.listed, reason)
			for _, e := range out.Entries {
				assert.NotEqual(t, "refund at once", e.Text.String())
			}
		})
	}
}

// TestOwnerOnALineOfItsOwn types who and when below an action, as people do in a
// hurry: they belong to it (S2, S11).
func TestOwnerOnALineOfItsOwn(t *testing.T) {
	t.Parallel()
	const mention = `<ac:link><ri:user ri:account-id="5b10:ab" /></ac:link>`
	for _, test := range []struct {
		name, typed string
		want        []string
		listed      int
	}{
		{"a name", "<ul><li>ask the bank</li><li>Owner: Noor</li></ul>", []string{"ask the bank – Owner: Noor"}, 0},
		{"a mention and a day", "<p>ask the bank</p><p>Owner: " + mention + `</p><p>Due: <time datetime="2026-12-01" /></p>`, []string{"ask the bank @ 2026-12-01"}, 0},
		{"a day in words", "<p>ask the bank</p><p>Bis: nächsten Freitag</p>", []string{"ask the bank – Bis: nächsten Freitag"}, 0},
		{"nothing to belong to", "<p>Owner: Noor</p>", nil, 1},
		{"a task that only begins so", "<ul><li>ask the bank</li><li>Name: find a better one for the field</li></ul>", []string{"ask the bank", "Name: find a better one for the field"}, 0},
		{"an action among decisions", "<h3>Decisions</h3><ul><li>refund at once</li><li>Action: ask the bank</li></ul>", []string{"refund at once", "ask the bank"}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			out, err := confluence.State{}.Outcomes("<h2>PAY-7</h2><h3>Action items</h3>" + test.typed)
			require.NoError(t, err)
			var got []string
			for _, e := range out.Entries {
				got = append(got, said(e))
			}
			assert.Equal(t, test.want, got)
			assert.Len(t, out.Suggestions, test.listed)
		})
	}
}

// said is an action with a sign for an owner that is known, and its day.
func said(e outcome.Entry) string {
	s := e.Text.String()
	if e.Owner != nil {
		s += " @"
	}
	if !e.Due.IsZero() {
		s += " " + e.Due.String()
	}
	return s
}
