package talks

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/ticket"
)

func finished(key, summary string, p float64) ticket.Issue {
	return ticket.Issue{Key: key, Summary: summary, StatusCategory: "done", StoryPoints: points(p)}
}

var past = []ticket.Issue{
	finished("PAY-90", "Invoice list on iOS", 3),
	finished("PAY-91", "Invoice list for clerks", 5),
	finished("PAY-92", "Sort the invoice list", 2),
	finished("PAY-93", "Refund a card", 13),
	{Key: "PAY-94", Summary: "Invoice list on the web"}, // without points
	{Key: "PAY-95", Summary: "Secret invoice list", StoryPoints: points(8), Restricted: true},
}

// L17: the spread of similar finished items is a hint; others are not named, and
// what has a security level never is.
func TestSizeHint(t *testing.T) {
	t.Parallel()
	item := ticket.Issue{Key: "PAY-2", Summary: "Invoice list on Android"}
	s := Estimation{}.Sizing()
	assert.Equal(t, "similar finished items: 2 to 5, with 3 in the middle: PAY-90 (3), PAY-91 (5), PAY-92 (2)", s.Hint(item, past))
	shirts := Sizing{Sizes: []Size{{"S", 2}, {"M", 3}, {"L", 5}}}
	assert.Equal(t, "similar finished items: S to L, with M in the middle: PAY-90 (M), PAY-91 (L), PAY-92 (S)", shirts.Hint(item, past))
	assert.Empty(t, s.Hint(item, past[:2]), "two are no spread")
	assert.Empty(t, s.Hint(ticket.Issue{Key: "PAY-3", Summary: "Tax statement"}, past))
	same := []ticket.Issue{finished("A-1", "Invoice list", 3), finished("A-2", "Invoice list", 3), finished("A-3", "Invoice list", 3)}
	assert.Contains(t, s.Hint(item, same), "all had 3: A-1 (3)")
}

// L17 L6: sizes are named with what they count, and what was not settled is said.
func TestSizing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		from         Estimation
		hinted       int
		line, states string
	}{
		{"settled", Estimation{Scale: ScaleTShirt, Sizes: []Size{{"S", 2}, {"M", 3}, {"L", 5}}, Poker: "https://poker.example/acme"}, 1,
			"Sizes, relative to items that are known: S (2), M (3) or L (5). Planning poker: https://poker.example/acme",
			"Sizes: S (2), M (3) or L (5), as configured. Past sizes are a hint for one ticket, by the words that tickets share, and bind nobody."},
		{"nothing settled", Estimation{}, 0, "Sizes, relative to items that are known: 1, 2, 3, 5, 8 or 13.",
			"Sizes: none were configured; 1, 2, 3, 5, 8 or 13 are taken. No spread of past sizes is shown: too few similar finished tickets with points are known."},
		{"only the scale settled", Estimation{Scale: ScaleTShirt}, 3, "Sizes, relative to items that are known: XS, S, M, L or XL.",
			"Sizes: none were configured; XS, S, M, L or XL are taken, without story points for them. Past sizes are a hint for 3 tickets, by the words that tickets share, and bind nobody."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := c.from.Sizing()
			assert.Equal(t, c.line, s.Line())
			assert.Equal(t, c.states, s.Assumed(c.from, c.hinted))
		})
	}
}
