package ready

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"refine/planner/ticket"
)

// heavy are issues with more text than people write, by what is much of it.
func heavy() map[string]ticket.Issue {
	question := "Should we pay the fee of the third month before the bank asks? "
	comments := func(n int, body string) (all []ticket.Comment) {
		for i := range n {
			all = append(all, ticket.Comment{Author: ticket.Person{Name: fmt.Sprintf("User %d", i%7)}, Body: body})
		}
		return all
	}
	of := func(description string) ticket.Issue {
		return ticket.Issue{Key: "PAY-1", Type: "Story", Summary: "Pay the fees of the month", Description: description}
	}
	talk := of("The fees are late.")
	talk.Comments = comments(5000, "We talked to the bank, and the letter of the fee is not sure to arrive in time for the clerks.")
	asked := of("The fees are late.")
	asked.Comments = comments(10, strings.Repeat("Who pays it? ", 32<<10/13))
	return map[string]ticket.Issue{
		"a description of 1 MB":               of(strings.Repeat("The clerk sees the fee of each payer, and it is not decided who pays. ", 1<<20/70)),
		"questions of 250 KB":                 of(strings.Repeat(question, 250<<10/len(question))),
		"ten comments full of questions":      asked,
		"5,000 comments":                      talk,
		"one word of 1 MB":                    of(strings.Repeat("x", 1<<20)),
		"one sentence of 1 MB":                of(strings.Repeat("fee or fine and ", 1<<20/16)),
		"open macros":                         of(strings.Repeat("{code:", 1<<20/6)),
		"open brackets":                       of(strings.Repeat("[a](", 1<<20/4)),
		"emphasis that never ends":            of(strings.Repeat("*a _b ", 1<<20/6)),
		"rulers":                              of(strings.Repeat("--\nDana\n", 1<<20/8)),
		"open fences":                         of(strings.Repeat("```\n", 1<<20/4)),
		"rows of a table":                     of(strings.Repeat("|a|b|\n", 1<<20/6)),
		"entries of a list":                   of(strings.Repeat("* add the fee to the list\n", 1<<20/26)),
		"a story without an end":              of("As a clerk, I want " + strings.Repeat("to see and pay, ", 1<<20/16)),
		"roles without a wish":                of(strings.Repeat("As a clerk, ", 1<<20/12)),
		"commas":                              of(strings.Repeat("a, ", 1<<20/3)),
		"abbreviations":                       of(strings.Repeat("e.g. ", 1<<20/5)),
		"full stops":                          of(strings.Repeat(". ", 1<<20/2)),
		"labels":                              of(strings.Repeat("Acceptance criteria: ", 1<<20/21)),
		"a phrase that always nearly matches": of(strings.Repeat("not sure that ", 1<<20/14)),
	}
}

// A11: whatever is written takes time in proportion to its size, and well under a
// second in all; what was too long to be read is told.
func TestReadingIsLinear(t *testing.T) {
	for name, issue := range heavy() {
		start := time.Now()
		j := Judge([]ticket.Issue{issue}, Definition{}, today)[0]
		took := time.Since(start)
		t.Logf("%-40s %v", name, took.Round(time.Millisecond))
		assert.Less(t, took, 10*time.Second, name) // under the race detector, beside other work
		if len(issue.Description) > 512<<10 {
			assert.Equal(t, []string{Description}, j.Reading.Cut(), name)
		}
	}
}
