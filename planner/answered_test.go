package planner

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// L14: which questions are open, and what is quoted of them.
func TestOpenQuestions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, description string
		comments          []string
		quote             string // "" if nothing is open
	}{
		{"nobody answers", "Who may see the export of a colleague?", nil, "Who may see the export of a colleague?"},
		{"a number behind it", "", []string{"How many customers quote the number? I only know of one."}, ""},
		{"no behind it", "", []string{"Should the payer see the fee before? No, the fee stays hidden."}, ""},
		{"the asker does not know", "", []string{"What is wrong with them today? I would not know where to start."}, "What is wrong with them today?"},
		{"more about the question", "", []string{"And customers outside the EU? They have no such number."}, "And customers outside the EU?"},
		{"answered in a comment", "Who may see the export of a colleague?", []string{"Only the team lead may see the export of a colleague."}, ""},
		{"put off in a comment", "Who may see the export of a colleague?", []string{"The export of a colleague: good question, I will ask legal."}, "Who may see the export of a colleague?"},
		{"leans on what stands before", "", []string{"Some customers order by the draft number. How many customers do that?"}, "Some customers order by the draft number. How many customers do that?"},
		{"leans on nothing here", "", []string{"How many customers do that?"}, ""},
		{"answered in a list of questions", "Q: Who may see the export of a colleague?\nA: (/) The team lead.\n\nQ: And the auditors of the bank?\nA: TBD", nil, "Q: And the auditors of the bank?"},
		{"answered by a list", "How does a cache help the clerks who wait?\n* The overview opens in a second\n* The ledger rests\n", nil, ""},
		{"a list to choose from", "Who may see the export of a colleague?\n* The team lead\n* Nobody\n", nil, "Who may see the export of a colleague?"},
		{"answered on one line", "Q: Who may see the export of a colleague?  A: (/) Yes, the team lead.", nil, ""},
		{"names what it is about", "", []string{"Will an alert tell a user that the type of an issue has changed under them?"}, "Will an alert tell a user that the type of an issue has changed under them?"},
	} {
		i := Issue{Key: "PAY-10", Summary: "Numbers have gaps", Description: c.description}
		for _, body := range c.comments {
			i.Comments = append(i.Comments, Comment{Author: Person{Name: "Ivo"}, Body: body})
		}
		got := ""
		for _, h := range read(i).hits {
			if h.cue == &questionCue {
				got = h.ev.Quote
			}
		}
		assert.Equal(t, c.quote, got, c.name)
	}
}

// L14: what an earlier session decided answers a question; what this one decides
// does not change its own plan.
func TestDecisionsOfEarlierSessionsAnswer(t *testing.T) {
	t.Parallel()
	asks := func(agreed ...Agreed) bool {
		p := Build(Input{Session: testSession("x"), Issues: []Issue{{
			Key: "PAY-1", Summary: "Limit reservations", Agreed: agreed,
			Description: "Readers reserve too many books. How many reservations may a reader hold at the same time?",
		}}})
		return slices.ContainsFunc(p.Items[0].Findings, func(f Finding) bool { return f.Rule == ruleOpenQuestion })
	}
	const answer, other = "A reader may hold three reservations at the same time.", "Librarians go home at five."
	decided := func(day int, text string) Agreed {
		return Agreed{On: Date{Year: 2026, Month: 11, Day: day}, Decisions: []string{text}}
	}
	assert.True(t, asks())
	assert.False(t, asks(decided(10, answer)))
	assert.True(t, asks(decided(10, other)))
	both := []Agreed{decided(24, answer), decided(10, other)}
	kept := slices.Clone(both)
	assert.True(t, asks(both...), "its own session's")
	assert.Equal(t, kept, both, "nothing is changed in place")
}
