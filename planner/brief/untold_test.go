package brief_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/brief"
	"refine/planner/ticket"
)

// L14: an entry of the epic's list that no ticket names is told where titles name others
// of it; what a text names, and a list that the tickets are not about, is not.
func TestUntold(t *testing.T) {
	t.Parallel()
	titled := func(key, title string) ticket.Issue { return ticket.Issue{Key: key, Summary: title} }
	both := []ticket.Issue{titled("LIB-1", "Renewals from the phone"), titled("LIB-2", "Reserve a book")}
	for name, c := range map[string]struct {
		epic   string
		issues []ticket.Issue
		want   []string
	}{
		"bullets":                 {"A reader can\n* renew\n* reserve\n* pay fees", both, []string{"pay fees"}},
		"before a dash":           {"Requests:\n* Desk\n** renew - /loan\n** reserve - /book\n** pay - /fee", both, []string{"pay"}},
		"one with a dash":         {"A reader can\n* renew\n* reserve\n* pay fees - as a pilot", both, []string{"pay fees"}},
		"in brackets":             {"Each request (renew, reserve, pay fees) is answered at once.", both, []string{"pay fees"}},
		"named by a text":         {"A reader can\n* renew\n* reserve\n* pay fees", append([]ticket.Issue{{Key: "LIB-3", Summary: "Till", Description: "Readers pay their fees."}}, both...), nil},
		"one title alone":         {"A reader can\n* renew\n* pay fees\n* borrow", both, nil},
		"two entries":             {"A reader can\n* renew\n* reserve", both, nil},
		"two lists":               {"Done:\n* renew\n* reserve\n\nLater:\n* pay fees\n* borrow", both, nil},
		"examples that go on":     {"Each request (renew, reserve, pay etc.) is answered at once.", both, nil},
		"sentences, no entries":   {"* renew\n* reserve\n* readers who have lost their cards come to the desk", both, nil},
		"the same list, all told": {"A reader can\n* renew\n* reserve\n* renew by phone", both, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := brief.Make(brief.Input{Epic: &ticket.Issue{Key: "LIB-0", Epic: true, Summary: "Loans", Description: c.epic}, Issues: c.issues, At: read})
			var got []string
			for _, e := range b.Untold {
				got = append(got, e.Quote)
			}
			assert.Equal(t, c.want, got)
		})
	}
}
