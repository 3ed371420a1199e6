package brief_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/brief"
	"refine/planner/ticket"
)

// read is when the tickets of these tests were read.
var read = time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC)

var (
	dana = ticket.Person{ID: "d", Name: "Dana"}
	eli  = ticket.Person{ID: "e", Name: "Eli"}
)

// made is the brief of some tickets, in a session of their keys.
func made(issues ...ticket.Issue) *brief.Brief {
	return brief.Make(brief.Input{Session: ticket.Session{Start: read, Selection: ticket.Selection{Kind: ticket.Keys}}, Issues: issues, At: read})
}

// described is an open ticket with enough of a text for nothing to be absent.
func described(key, description string) ticket.Issue {
	return ticket.Issue{Key: key, Summary: "Renew loans from the phone " + key, Description: description, Status: "Open", StatusCategory: "new", Reporter: dana, Assignee: eli}
}

func comments(i ticket.Issue, said ...ticket.Comment) ticket.Issue {
	i.Comments = said
	return i
}

func by(p ticket.Person, body string) ticket.Comment {
	return ticket.Comment{Author: p, Body: body}
}

// of are the doubts of one kind.
func of(b *brief.Brief, kind brief.Kind) (all []brief.Doubt) {
	for _, d := range b.Doubts {
		if d.Kind == kind {
			all = append(all, d)
		}
	}
	return all
}

// quotes are what doubts quote.
func quotes(all []brief.Doubt) (out []string) {
	for _, d := range all {
		for _, q := range d.Quotes {
			out = append(out, q.Quote)
		}
	}
	return out
}

// P7, P2: an issue is never dropped silently, and of a restricted one only the
// key is kept.
func TestMakeAccountsForEveryIssue(t *testing.T) {
	t.Parallel()
	secret, epic := described("LIB-2", "The vault"), described("LIB-3", "All of it")
	secret.Restricted, epic.Epic = true, true
	one := described("LIB-1", "A reader renews from the phone.")
	b := brief.Make(brief.Input{Session: ticket.Session{Start: read}, Issues: []ticket.Issue{one, secret, epic, one}, At: read})
	require.Len(t, b.Tickets, 1)
	assert.Equal(t, "LIB-1", b.Tickets[0].Issue.Key)
	assert.Equal(t, []string{"LIB-2"}, b.Withheld)
	require.Len(t, b.Aside, 1)
	assert.Equal(t, "LIB-3", b.Aside[0].Key)
	assert.Equal(t, 1, b.Repeated)
	assert.Nil(t, b.Ticket("LIB-2"))

	hidden := secret
	b = brief.Make(brief.Input{Session: ticket.Session{Start: read}, Epic: &hidden, Issues: []ticket.Issue{one}, At: read})
	assert.Empty(t, b.Epic.Issue.Summary)
	assert.Empty(t, b.Epic.Issue.Description)
}

// The heaviest doubt comes first, ids follow the order, and no sentence of a
// ticket stands in two of them.
func TestDoubtsAreOrderedAndQuoteEachSentenceOnce(t *testing.T) {
	t.Parallel()
	i := described("LIB-1", "Readers renew from the phone. TBD: what happens with a loan that LIB-9 has reserved? Need to decide how often. It has to wait until LIB-8 is done.")
	b := made(i, described("LIB-2", "Fine."))
	require.NotEmpty(t, b.Doubts)
	seen := map[string]bool{}
	for n, d := range b.Doubts {
		if n > 0 {
			assert.LessOrEqual(t, d.Weight, b.Doubts[n-1].Weight)
		}
		got, ok := b.Doubt(d.ID)
		assert.True(t, ok)
		assert.Equal(t, d, got)
		assert.LessOrEqual(t, len(d.Quotes), 2)
		for _, q := range d.Quotes {
			assert.False(t, seen[q.Key+q.Quote], q.Quote)
			seen[q.Key+q.Quote] = true
			assert.True(t, b.Ticket(q.Key).Reading.Holds(q.Quote, q.Where), q.Quote)
		}
	}
	assert.Len(t, b.Of("LIB-1"), 2)
	assert.Empty(t, b.Of("LIB-7"))
	assert.Equal(t, b.Doubts, made(i, described("LIB-2", "Fine.")).Doubts, "equal input makes an equal brief")
}

func TestProblem(t *testing.T) {
	t.Parallel()
	for description, want := range map[string]string{
		"The desk opens at nine. Renewing fails with an error on old phones.": "Renewing fails with an error on old phones",
		"The desk opens at nine. Readers should see the new day at once.":     "Readers should see the new day at once",
		"First the phone failed with\n{code}\nERR 7\n{code}\n":                "Renew loans from the phone LIB-1",
		"Pages:\n* Loans need a list\n* Fees\n\nReaders must see both.":       "Readers must see both",
		"The desk opens at nine.":                                             "Renew loans from the phone LIB-1",
		"":                                                                    "Renew loans from the phone LIB-1",
	} {
		assert.Equal(t, want, made(described("LIB-1", description)).Tickets[0].Problem.Quote)
	}
}

// A11: tickets of any size are read in time in proportion to it. Before, 1 MB took
// over 100 seconds.
func TestHugeTickets(t *testing.T) {
	t.Parallel()
	var long strings.Builder
	for n := range 15_000 {
		fmt.Fprintf(&long, "Does the loan number %d count as renewed by the desk? ", n)
		if n%3 == 0 {
			long.WriteString("\n\n")
		}
	}
	many := described("LIB-2", "A reader renews a loan.")
	for n := range 5_000 {
		many.Comments = append(many.Comments, by(dana, fmt.Sprintf("Does loan %d of desk %d count? And who pays for card %d at last? LIB-%d is like it.", n, n, n, n)))
	}
	start := time.Now()
	b := made(described("LIB-1", long.String()), many, described("LIB-3", strings.Repeat("Q: who renews the loan at last?\n", 30_000)))
	assert.Less(t, time.Since(start), 30*time.Second)
	assert.Less(t, len(b.Doubts), 20)
}

// A set of 1,000 tickets, each linked to others.
func BenchmarkMake(b *testing.B) {
	var issues []ticket.Issue
	for n := range 1_000 {
		i := described(fmt.Sprintf("LIB-%d", n), fmt.Sprintf("A reader renews loan %d from the phone. The fee is TBD. See LIB-%d, too.\n\nDoes a reserved loan count as renewed?\n\n* the desk sees the new day\n* a loan is renewed once\n", n, n+7))
		for m := range 5 {
			i.Links = append(i.Links, ticket.Link{Phrase: "depends on", Ref: ticket.Ref{Key: fmt.Sprintf("LIB-%d", (n+7*m+1)%1_000), Status: "Open"}})
		}
		issues = append(issues, comments(i, by(eli, "Students renew twice."), by(dana, "It is best to wait until the new desk opens.")))
	}
	for b.Loop() {
		made(issues...)
	}
}
