package brief_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/brief"
	"refine/planner/ticket"
)

func TestTwoValues(t *testing.T) {
	t.Parallel()
	titled := func(title, description string, said ...ticket.Comment) ticket.Issue {
		i := comments(described("LIB-1", description), said...)
		i.Summary = title
		return i
	}
	for name, c := range map[string]struct {
		issue ticket.Issue
		want  []string
		thing string
	}{
		"title and text":        {titled("Remind 14 days after the due date", "The reader is reminded 10 days after the due date."), []string{"Remind 14 days after the due date", "The reader is reminded 10 days after the due date"}, "… days after the due"},
		"text and comment":      {titled("Fees", "It names the late fee of 40 EUR.", by(eli, "Our terms say a late fee of 25 EUR.")), []string{"It names the late fee of 40 EUR", "Our terms say a late fee of 25 EUR"}, "late fee … eur"},
		"the same value":        {titled("Remind 14 days after the due date", "The reader is reminded 14 days after the due date."), nil, ""},
		"two cases":             {titled("Fees", "Adults pay a late fee of 40 EUR. Students pay a late fee of 25 EUR."), nil, ""},
		"two things":            {titled("Remind 14 days after the due date", "The loan ends 10 days after the holiday starts."), nil, ""},
		"numbers of nothing":    {titled("Item at index 3 is shown", "Item at index 1 is shown."), nil, ""},
		"releases":              {titled("Runs on Desk 4.2 of the city", "Runs on Desk 4.4 of the city."), nil, ""},
		"a comment on progress": {titled("Fees", "It names the late fee of 40 EUR.", by(eli, "PR merged, a late fee of 25 EUR was wrong.")), nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := of(made(c.issue), brief.TwoValues)
			assert.Equal(t, c.want, quotes(found))
			if c.want != nil {
				require.Len(t, found, 1)
				assert.Equal(t, c.thing, found[0].Thing)
				assert.True(t, found[0].Blocks)
			}
		})
	}
	other := described("LIB-2", "A demo has to be running within 10 minutes.")
	found := of(made(described("LIB-1", "The demo has to be running within 15 minutes."), other), brief.TwoValues)
	require.Len(t, found, 1)
	assert.Equal(t, []string{"LIB-1", "LIB-2"}, found[0].Keys)
	agreed := titled("Remind 14 days after the due date", "The reader is reminded 10 days after the due date.")
	agreed.Agreed = []ticket.Agreed{{On: ticket.Date{Year: 2026, Month: 11, Day: 2}, Decisions: []string{"the reader is reminded 14 days after the due date"}}}
	assert.Empty(t, of(made(agreed), brief.TwoValues), "an earlier session decided it")
}
