package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func talk(pairs ...string) (out []Comment) {
	for n := 0; n < len(pairs); n += 2 {
		out = append(out, Comment{Author: Person{Name: pairs[n]}, Body: pairs[n+1]})
	}
	return out
}

// L9: two people who disagree, with no decision after it, leave a question open.
func TestDisputes(t *testing.T) {
	t.Parallel()
	const (
		view   = "The reminder fee should stand in the first reminder letter."
		object = "I don't think the fee should stand in the first reminder."
	)
	for _, c := range []struct {
		name     string
		comments []Comment
		found    bool
	}{
		{"nobody decides", talk("Dana", view, "Ivo", object), true},
		{"talk goes on without a decision", talk("Dana", view, "Ivo", object, "Noor", "Legal has never been asked about the letter."), true},
		{"somebody decides", talk("Dana", view, "Ivo", object, "Dana", "Decided: no fee in the first one."), false},
		{"the other one gives in", talk("Dana", view, "Ivo", object, "Dana", "Fair enough."), false},
		{"the objection ends in a yes", talk("Dana", view, "Ivo", object+" But fine with me."), false},
		{"it was built meanwhile", talk("Dana", view, "Ivo", object, "Noor", "Fixed and merged."), false},
		{"the talk has moved on", talk("Dana", view, "Ivo", object, "A", "The letter is printed in Bonn.", "B", "The paper there is thin.", "C", "Stamps became dearer."), false},
		{"one person alone", talk("Dana", view, "Dana", object), false},
		{"about something else", talk("Dana", "Printing happens in Bonn.", "Ivo", object), false},
		{"nobody knows who", talk("", view, "", object), false},
		{"a question", talk("Dana", view, "Ivo", "I don't think the fee should stand in the first reminder, or do we?"), false},
	} {
		i := clearIssue()
		i.Comments = c.comments
		r := judgedBy(i, ruled())
		f, found := r.dispute()
		require.Equal(t, c.found, found, c.name)
		if found {
			assert.False(t, r.ready(), c.name)
			assert.Equal(t, []string{"comment by Dana", "comment by Ivo"}, []string{f.Evidence[0].Where, f.Evidence[1].Where})
		}
		assert.Empty(t, Gate(Build(Input{Session: testSession("x"), Issues: []Issue{i}})), c.name)
	}
}

// L9: a question in a comment is open as long as nobody else speaks.
func TestQuestionsInComments(t *testing.T) {
	t.Parallel()
	const asks = "Who pays the fee if the letter comes back?"
	for _, c := range []struct {
		name     string
		comments []Comment
		found    bool
	}{
		{"the last word", talk("Dana", asks), true},
		{"the asker goes on", talk("Dana", asks, "Dana", "The envelope has a window."), true},
		{"the asker answers", talk("Dana", asks, "Dana", "The payer pays the fee if the letter comes back."), false},
		{"somebody speaks after it", talk("Dana", asks, "Ivo", "The envelope has a window."), false},
		{"nobody knows who speaks", talk("", asks, "", "The envelope has a window."), false},
		{"a question that leans on what is not there", talk("Dana", "Is that coming as well?"), false},
		{"said back to somebody", talk("Dana", "So you're saying the letter goes out on Mondays only?"), false},
	} {
		i := clearIssue()
		i.Comments = c.comments
		assert.Equal(t, c.found, judgedBy(i, ruled()).found(ruleOpenQuestion), c.name)
	}
}
