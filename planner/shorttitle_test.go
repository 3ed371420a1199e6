package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// An agenda line has no room for a whole story.
func TestShortTitle(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"As a clerk, I want to see open invoices so that I can remind their payers.": "See open invoices",
		"As a clerk I want a list of open invoices":                                  "A list of open invoices",
		"iOS: Show the sum of a month":                                               "Show the sum of a month",
		"Invoice list":                                                               "Invoice list",
		"Export: PDF":                                                                "Export: PDF",
		"Send a reminder to every payer of the list, also to those who have paid in part and are late with the rest of it": "Send a reminder to every payer of the list",
		"Reminders, late ones": "Reminders, late ones",
		"":                     "",
	} {
		assert.Equal(t, want, ShortTitle(Issue{Summary: title}))
	}
}
