package draft

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/ticket"
)

// L6: a day that a ticket's own text gives is told as a reason for now, and that it is past;
// what a test or a log says is none.
func TestADayInATextIsAReason(t *testing.T) {
	t.Parallel()
	says := func(words string) ticket.Issue {
		return ticket.Issue{Key: "LIB-1", Summary: "Fees", Description: words}
	}
	for words, want := range map[string]string{
		"The city gives up the old cards by the end of 2027.":           "LIB-1 says “The city gives up the old cards by the end of 2027”. The product owner says what follows; no field gives a day that is to come.",
		"\"'Starting March 1, 2020, all desks take the new cards only.": "LIB-1 says “Starting March 1, 2020, all desks take the new cards only”, which is past. The product owner says what follows; no field gives a day that is to come.",
		"The desk has had 2020 readers.":                                "The product owner brings the reason; no field of the tickets gives a day that is to come.",
		"The cards are old.\n{code}\nvalid until 2027\n{code}":          "The product owner brings the reason; no field of the tickets gives a day that is to come.",
	} {
		assert.Equal(t, want, writerOf(nil, says(words)).whyNow().Text)
	}
	dated := says("The city gives up the old cards by the end of 2027.")
	dated.Due = ticket.Date{Year: 2027, Month: 3, Day: 1}
	assert.Equal(t, "LIB-1 says “The city gives up the old cards by the end of 2027”. By the fields, LIB-1 is due 1 March 2027. The product owner says what follows.", writerOf(nil, dated).whyNow().Text)
}
