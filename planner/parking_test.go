package planner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// L14: talk of how is parked before it begins, by what the tickets themselves
// leave to whoever builds them.
func TestParkedFromTheStart(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		issues []Issue
		want   string
	}{
		"machinery": {[]Issue{{Summary: "Cache the list", Description: "The list of fees is implemented as a linked list in memory."}},
			"“The list of fees is implemented as a linked list in memory” (PAY-1)"},
		"means to choose from": {[]Issue{{Summary: "Explain the desk", Description: "Clerks need a text.", Comments: []Comment{{Body: "Candidate tools include:\n\n* Pagemaker\n* Writer (old)\n* Quill\n* Inkpot"}}}},
			"the choice between Pagemaker, Writer and the others listed (PAY-1)"},
		"a tool to be named": {[]Issue{{Summary: "Explain the desk", Description: "The texts should be read with the TBD reading tool."}},
			"which reading tool it becomes (PAY-1)"},
		"a version": {[]Issue{{Summary: "Update the ledger to 5.2.1 version", Description: "Clerks cannot see fees in the old one."}},
			"which version of ledger it becomes (PAY-1)"},
		"a version that is asked about": {[]Issue{{Summary: "Update the ledger to 5.2.1 version", Description: "Fees are wrong in the old one. It is unclear why we wouldn't just pick the latest stable version."}}, ""},
		"nothing":                       {[]Issue{{Summary: "Show what is owed", Description: "Clerks cannot see what a customer owes."}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for n := range test.issues {
				test.issues[n].Key = "PAY-1"
			}
			p := Build(Input{Session: testSession("x"), Issues: test.issues})
			require.Empty(t, Gate(p))
			said := strings.Join(p.Throughout, "\n")
			if test.want == "" {
				assert.NotContains(t, said, "Parked")
				return
			}
			assert.Contains(t, said, "Parked from the start, as a matter of how: ")
			assert.Contains(t, said, test.want)
		})
	}
}

// A person whom somebody talked to about a ticket can answer for it.
func TestWhoWasTalkedToIsInvited(t *testing.T) {
	t.Parallel()
	talked := Issue{Key: "PAY-1", Summary: "Go through the letters", Description: "Per conversations with Frederike, we should look at the mix of letters."}
	before := strings.Join(Build(Input{Session: testSession("x"), Issues: []Issue{talked}}).Before, "\n")
	assert.Contains(t, before, "Frederike (PAY-1)")
	product := Issue{Key: "PAY-2", Summary: "Letters in Frederike", Description: "The product Frederike cannot print letters."}
	before = strings.Join(Build(Input{Session: testSession("x"), Issues: []Issue{talked, product}}).Before, "\n")
	assert.NotContains(t, before, "Frederike (PAY-1)", "a name that others have is a product's")
}
