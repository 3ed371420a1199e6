package brief

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/ticket"
)

// L8: what a ticket says itself is open is found by few words; what is answered, linked,
// asked of a person or said of a program is none.
func TestSigns(t *testing.T) {
	t.Parallel()
	by := func(name, body string) ticket.Comment {
		return ticket.Comment{Author: ticket.Person{Name: name}, Body: body}
	}
	for name, c := range map[string]struct {
		i    ticket.Issue
		want Kind
	}{
		"to look into":         {ticket.Issue{Description: "We need to investigate a way to show loans."}, Undecided},
		"a release":            {ticket.Issue{Description: "Switch to the new reader as soon as available."}, Waits},
		"a key":                {ticket.Issue{Description: "The page of loans is blocked by LIB-7."}, Waits},
		"a key that is linked": {ticket.Issue{Description: "The page of loans is blocked by LIB-7.", Links: []ticket.Link{{Phrase: "relates to", Ref: ticket.Ref{Key: "LIB-7"}}}}, ""},
		"advice":               {ticket.Issue{Description: "Loans end early. Any recommendation on the settings would be appreciated."}, Asked},
		"a last question":      {ticket.Issue{Comments: []ticket.Comment{by("Dana", "Maybe this is simply a question of the card?"), by("Max", "PR: https://github.com/lib/loans/pull/7")}}, Asked},
		"an answered one":      {ticket.Issue{Comments: []ticket.Comment{by("Dana", "Maybe this is simply a question of the card?"), by("Max", "It is the card.")}}, ""},
		"a favour":             {ticket.Issue{Comments: []ticket.Comment{by("Dana", "Can you please look at the card of this reader?")}}, ""},
		"later":                {ticket.Issue{Description: "The loans will be available on the phone."}, ""},
	} {
		c.i.Key, c.i.Summary = "LIB-1", "Loans"
		var found []Kind
		for _, d := range Make(Input{Issues: []ticket.Issue{c.i}}).Doubts {
			if len(d.Quotes) > 0 && d.Kind != Unlinked {
				found = append(found, d.Kind)
			}
		}
		if c.want == "" {
			assert.Empty(t, found, name)
		} else {
			assert.Equal(t, []Kind{c.want}, found, name)
		}
	}
}
