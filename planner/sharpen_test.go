package planner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// L8 L14: a ticket that looks ready by itself is not while its title and another
// one's count the same in different numbers, and both are told so.
func TestWhatTicketsShareKeepsThemFromBeingReady(t *testing.T) {
	t.Parallel()
	p := Build(Input{Session: testSession("x"), Issues: []Issue{
		{Key: "PAY-1", Summary: "The desk should have under 10 open warnings", Description: "Clerks should see under 10 warnings in a day."},
		{Key: "PAY-2", Summary: "The desk should have 0 open warnings", Description: "Clerks should see 0 warnings in a day."},
		{Key: "PAY-3", Summary: "Print labels", Description: "Clerks print labels by hand. The printer should print 40 labels in a minute."},
	}})
	require.Empty(t, Gate(p))
	verdicts := map[string]Item{}
	for _, i := range p.Items {
		verdicts[i.Issue.Key] = i
	}
	for key, quote := range map[string]string{"PAY-1": "The desk should have under 10 open warnings", "PAY-2": "The desk should have 0 open warnings"} {
		i := verdicts[key]
		require.False(t, i.Ready, key)
		assert.Equal(t, "it is open which of the two numbers holds", i.Findings[0].Message)
		assert.Equal(t, []Evidence{{Where: "summary", Quote: quote}}, i.Findings[0].Evidence)
	}
	assert.True(t, verdicts["PAY-3"].Ready)
}

// A doubt of two tickets is talked about once, with both.
func TestASharedDoubtIsTalkedAboutOnce(t *testing.T) { // L11
	t.Parallel()
	warnings := func(key, count string) Issue {
		return Issue{Key: key, Summary: "The desk should have " + count + " open warnings", Description: "Clerks should see " + count + " warnings in a day."}
	}
	p := Build(Input{Session: testSession("x"), Issues: []Issue{warnings("PAY-1", "10"), warnings("PAY-2", "0")}})
	require.Empty(t, Gate(p))
	var notes []string
	for _, s := range p.Agenda[1].Items {
		notes = append(notes, s.Key+": "+s.Note)
	}
	assert.Contains(t, strings.Join(notes, "\n"), "PAY-1: one doubt, so one talk: find out which of the two numbers holds")
}

func TestVerdictsThatAreAlikeAreSaidOnce(t *testing.T) {
	t.Parallel()
	same := Finding{Rule: ruleCriteria, Message: "no line says so", Evidence: []Evidence{}}
	item := func(key string, f ...Finding) Item {
		return Item{Issue: Issue{Key: key}, Ready: len(f) == 0, Findings: f}
	}
	var said []string
	for _, v := range grouped([]Item{item("PAY-1", same), item("PAY-2"), item("PAY-3", same)}, Item.key, Item.verdict) {
		said = append(said, enumerate(v.keys)+": "+v.name)
	}
	assert.Equal(t, []string{"PAY-1 and PAY-3: not ready, no line says so", "PAY-2: ready"}, said)
}

// An epic's thing is nowhere only if its tickets are not all of one thing that
// they call otherwise.
func TestOneSubjectByAnotherName(t *testing.T) {
	t.Parallel()
	epic := read(Issue{Key: "PAY-9", Summary: "A letter script", Description: "Clerks write letters by hand."})
	named := readings(Issue{Key: "PAY-1", Summary: "Letter maker has no date"}, Issue{Key: "PAY-2", Summary: "Letter maker prints twice"}, Issue{Key: "PAY-3", Summary: "Letter maker in French"})
	assert.Empty(t, ownThing(epic, named))
	apart := readings(Issue{Key: "PAY-1", Summary: "Printer has no date"}, Issue{Key: "PAY-2", Summary: "Envelope is torn"}, Issue{Key: "PAY-3", Summary: "Stamps in French"})
	assert.Len(t, ownThing(epic, apart), 1)
}

func TestAnEpicsPreambleIsNoProblem(t *testing.T) {
	t.Parallel()
	line := func(description string) string {
		p := Build(Input{Session: testSession("x"), Epic: &Issue{Key: "PAY-9", Epic: true, Summary: "Letters without a clerk", Description: description},
			Issues: []Issue{{Key: "PAY-1", Summary: "Print labels"}}})
		return strings.Join(p.Agenda[0].Lines, "\n")
	}
	assert.Contains(t, line("This epic gathers all tickets about letters."), "starts from PAY-9, “Letters without a clerk”")
	assert.Contains(t, line("Every clerk writes forty letters by hand."), "starts from PAY-9, “Every clerk writes forty letters by hand”")
}

// A doubt that all share and that has no slot of its own is talked about with
// the ticket that carries it.
func TestASharedDoubtWithoutASlotIsItsTickets(t *testing.T) { // L11
	t.Parallel()
	p := Build(Input{Session: testSession("x"), Issues: []Issue{
		{Key: "PAY-1", Summary: "Tell customers about fees", Description: "Perhaps print the yearly letter with all fees, or a page."},
		{Key: "PAY-2", Summary: "Print the yearly letter with all fees"},
	}})
	require.Empty(t, Gate(p))
	var notes []string
	for _, s := range p.Agenda[1].Items {
		assert.Empty(t, s.Topic)
		notes = append(notes, s.Note)
	}
	assert.Contains(t, strings.Join(notes, "\n"), "find out whether PAY-2 is decided, or one of the ways that PAY-1 weighs")
}
