package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func onProvider(comments ...string) *reading {
	i := Issue{Key: "PAY-7", Summary: "Pay from the invoice", Description: "Depends on the contract with the payment provider."}
	for _, body := range comments {
		i.Comments = append(i.Comments, Comment{Author: Person{Name: "Priya"}, Body: body})
	}
	r := read(i)
	r.judge(standard{})
	return r
}

// What a comment tells of the thing that a ticket leans on is quoted, not asked.
func TestNewsOfADependency(t *testing.T) {
	t.Parallel()
	const naming, waiting = "Depends on the contract with the payment provider", "The provider's contract is still with procurement"
	for _, c := range []struct {
		name, comment, quote string
		blocks               bool
	}{
		{"pending", waiting + ".", waiting, true},
		{"settled", "The contract with the provider was signed in May.", "The contract with the provider was signed in May", false},
		{"a question", "Is the contract with the provider still pending?", naming, false},
		{"another thing", "The designer is still on holiday.", naming, false},
		{"no news", "The contract of the provider has twelve pages.", naming, false},
	} {
		r := onProvider(c.comment, "The colour is fine.")
		n := 0
		for _, f := range r.findings {
			if f.Rule != ruleDependency {
				continue
			}
			n++
			assert.Equal(t, c.quote, f.Evidence[0].Quote, c.name)
			if c.quote != naming {
				assert.Equal(t, c.blocks, f.Blocks, c.name)
				assert.Equal(t, naming, f.Evidence[1].Quote, c.name)
			}
		}
		assert.Equal(t, 1, n, c.name)
	}
}

// L14: remarks that a ticket is more than one, and what only looks so.
func TestSize(t *testing.T) {
	t.Parallel()
	for remark, found := range map[string]bool{
		"This is at least three stories. Direct debit needs mandates.":  true,
		"This is really two tickets.":                                   true,
		"This is too big.":                                              true,
		"The story is too big for me to grasp.":                         true,
		"That is too much for one sprint.":                              true,
		"We should split this.":                                         true,
		"Let's split it into two smaller stories.":                      true,
		"I've split this into two tickets.":                             false,
		"The file is too big to be sent by mail.":                       false,
		"Split it into words before the search begins.":                 false,
		"There are at least three issues with the sums on page two.":    false,
		"This is too big to fit on the screen of an old phone.":         false,
		"At least three stories were read aloud at the last gathering.": false,
	} {
		r := onProvider(remark)
		assert.Equal(t, found, r.found(ruleSize), remark)
		if found {
			require.True(t, r.findings[0].Blocks)
			assert.Contains(t, remark, r.findings[0].Evidence[0].Quote)
		}
	}
}
