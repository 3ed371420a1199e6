package planner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/guide"
)

func finished(key, summary string, p float64) Issue {
	return Issue{Key: key, Summary: summary, StatusCategory: "done", StoryPoints: points(p)}
}

func pastIssues() []Issue {
	return []Issue{
		finished("PAY-90", "Invoice list on iOS", 3),
		finished("PAY-91", "Invoice list for clerks", 5),
		finished("PAY-92", "Sort the invoice list", 2),
		finished("PAY-93", "Refund a card", 13),
		{Key: "PAY-94", Summary: "Invoice list on the web"}, // without points
		{Key: "PAY-95", Summary: "Secret invoice list", StoryPoints: points(8), Restricted: true},
	}
}

// L17: the spread of similar finished items is a hint; others are not named, and
// what has a security level never is.
func TestSizeHint(t *testing.T) {
	t.Parallel()
	item := Issue{Key: "PAY-2", Summary: "Invoice list on Android"}
	s := Sizing{Sizes: usualSizes(ScalePoints)}
	assert.Equal(t, "similar finished items: 2 to 5, with 3 in the middle: PAY-90 (3), PAY-91 (5) and PAY-92 (2)", s.sizeHint(item, pastIssues()))
	shirts := Sizing{Sizes: []Size{{"S", 2}, {"M", 3}, {"L", 5}}}
	assert.Equal(t, "similar finished items: S to L, with M in the middle: PAY-90 (M), PAY-91 (L) and PAY-92 (S)", shirts.sizeHint(item, pastIssues()))
	assert.Empty(t, s.sizeHint(item, pastIssues()[:2]), "two are no spread")
	assert.Empty(t, s.sizeHint(Issue{Key: "PAY-3", Summary: "Tax statement"}, pastIssues()))
	same := []Issue{finished("A-1", "Invoice list", 3), finished("A-2", "Invoice list", 3), finished("A-3", "Invoice list", 3)}
	assert.Contains(t, s.sizeHint(item, same), "all had 3: A-1 (3)")
}

// L17: a format that agrees on sizes says which ones, where, and what is taken
// for granted; no question asks for them.
func TestEstimationInThePlan(t *testing.T) {
	t.Parallel()
	in := formatInput(guide.BuiltIn(guide.POPM), 0)
	in.Estimation = Estimation{Scale: ScaleTShirt, Sizes: []Size{{"S", 2}, {"M", 3}, {"L", 5}}, Poker: "https://poker.example/acme", Past: pastIssues()}
	p := Build(in)
	require.Empty(t, Gate(p))
	assert.Contains(t, p.Agenda[1].Lines, "Sizes, relative to items that are known: S (2), M (3) or L (5). Planning poker: https://poker.example/acme")
	assert.Contains(t, p.Agenda[1].Items[0].Note, "then agree on a size")
	hints := map[string]string{}
	for _, i := range p.Items {
		hints[i.Issue.Key] = i.SizeHint
	}
	assert.Contains(t, hints["PAY-2"], "S to L, with M in the middle")
	assert.Empty(t, hints["PAY-4"])
	text := strings.Join(p.Assumptions, "\n")
	assert.Contains(t, text, "Sizes: S (2), M (3) or L (5), as configured. Past sizes are a hint for 1 ticket")
	for _, q := range questionTexts(p) {
		assert.NotRegexp(t, aboutSolution, q)
	}

	in.Estimation = Estimation{}
	p = Build(in)
	require.Empty(t, Gate(p))
	assert.Contains(t, strings.Join(p.Assumptions, "\n"), "Sizes: none were configured; 1, 2, 3, 5, 8 or 13 are taken. No spread of past sizes is shown")
	in.Estimation.Scale = ScaleTShirt
	assert.Contains(t, strings.Join(Build(in).Assumptions, "\n"), "XS, S, M, L or XL are taken, without story points for them")
}

// L17: the guide's own format leaves sizes out, whatever is configured.
func TestGuideLeavesSizesOut(t *testing.T) {
	t.Parallel()
	for _, format := range []string{guide.Default, guide.Weekly} {
		in := formatInput(guide.BuiltIn(format), 0)
		plain := Build(in)
		in.Estimation = Estimation{Poker: "https://poker.example/acme", Past: pastIssues()}
		p := Build(in)
		assert.Nil(t, p.Sizing)
		assert.Equal(t, View(plain), View(p), format)
	}
}
