package planner

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"refine/planner/guide"
	"refine/planner/ticket"
)

// L3 L4 L5 L6 L7: whatever is and is not known of tickets, their plan breaks no rule. The
// real ones, of which somebody has told much, do not show it: one bug without a
// description was refused.
func TestAnySessionHasItsPlan(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for n := range 2000 / sample {
		in := anySession(r)
		require.Empty(t, Gate(Build(in)), "%d: %s of %+v below %+v", n, in.Session.Format, in.Issues, in.Epic)
	}
}

// anySession draws a session of tickets of which any part may be missing.
func anySession(r *rand.Rand) Input {
	in := Input{Session: sessionOf(oneOf(r, guide.Default, guide.POPM, guide.Weekly))}
	n := 1 + r.IntN(6)
	for i := range n {
		in.Issues = append(in.Issues, anyIssue(r, i+1, n))
	}
	if r.IntN(3) == 0 {
		epic := anyIssue(r, 20, n)
		epic.Epic, epic.Type, epic.Restricted = true, "Epic", false
		in.Epic = &epic
	}
	if in.Issues[0].Restricted = false; r.IntN(2) == 0 {
		in.Presenters = []string{"Dana", "Robin"}
	}
	return in
}

func anyIssue(r *rand.Rand, number, others int) ticket.Issue {
	key := func(n int) string { return fmt.Sprintf("PAY-%d", n) }
	when := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	people := []ticket.Person{{}, {ID: "1", Name: "Dana"}, {ID: "2", Name: "Robin"}}
	i := ticket.Issue{
		Key:                key(number),
		Type:               oneOf(r, "", "Bug", "Story", "Task", "Spike"),
		Summary:            oneOf(r, "", "Fee", "Show the open amount", "As a clerk, I want to see the fee so that I can tell it", "Fee: “no” list", "Gebühren anzeigen", "Show “the” amount (of March"),
		AcceptanceCriteria: oneOf(r, "", "", "", "* The fee is shown", "TBD"),
		Priority:           oneOf(r, "", "", "High", "Low", "Blocker"),
		Status:             oneOf(r, "", "Open", "In Progress"),
		Restricted:         r.IntN(10) == 0,
		Reporter:           oneOf(r, people...), Assignee: oneOf(r, people...),
		Created: oneOf(r, time.Time{}, when, when.AddDate(-3, 0, 0)),
		Due:     oneOf(r, ticket.Date{}, ticket.Date{}, ticket.DateOf(when.AddDate(0, 2, 0))),
		Description: oneOf(r, "", "", "TBD", "Fee", "see https://wiki.example.com/fees", "The list shows the wrong fee.", "Clerks cannot see what is open. Should reminder fees be in it?",
			"* show it\n* tell it\n* print it", "h3. Acceptance criteria\n* The fee is shown within a second", "Test case:\n{code}\nfee()\n{code}", "We probably need another list.",
			"See PAY-1 and PAY-77 for the rest of it, which nobody has written down.", "Waiting for legal. Put on hold until March.", "{code}\nx\n{code}", "Die Mahnung zeigt nicht, was offen ist. Noch nicht entschieden, ob die Gebühr dazu gehört."),
	}
	for range r.IntN(3) {
		i.Comments = append(i.Comments, ticket.Comment{Author: oneOf(r, people...), Created: oneOf(r, time.Time{}, when), Body: oneOf(r,
			"I cannot reproduce this with the list of March.", "dup of PAY-3", "Closing as fixed.", "Who decides on the fee?", "Expected result: the fee is shown.", "Perhaps another list is needed.")})
	}
	i.CommentTotal = len(i.Comments)
	for range r.IntN(3) {
		other := oneOf(r, 1+r.IntN(others), 70, 71)
		if other == number {
			continue
		}
		i.Links = append(i.Links, ticket.Link{Type: "Blocks", Phrase: oneOf(r, "is blocked by", "blocks", "relates to", "duplicates", "is duplicated by"),
			Ref: ticket.Ref{Key: key(other), Summary: oneOf(r, "", "Another list"), Status: oneOf(r, "", "Open")}})
	}
	if r.IntN(4) == 0 {
		points := float64(r.IntN(9))
		i.StoryPoints = &points
	}
	if r.IntN(4) == 0 {
		i.FixVersions = []ticket.Version{{Name: oneOf(r, "4.7", "2024 Q1", "Fees"), Released: r.IntN(2) == 0, Release: oneOf(r, ticket.Date{}, ticket.DateOf(when.AddDate(0, 1, 0)))}}
	}
	return i
}

func oneOf[T any](r *rand.Rand, all ...T) T { return all[r.IntN(len(all))] }
