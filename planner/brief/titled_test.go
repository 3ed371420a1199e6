package brief_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/brief"
	"refine/planner/ticket"
)

// L18: a phrase that the titles of a few tickets share is told, one for each ticket; what most
// titles or the epic's name, the product, a role, and what every team speaks of is not.
func TestTitled(t *testing.T) {
	t.Parallel()
	titles := func(all ...string) (issues []ticket.Issue) {
		for n, title := range append(all, "Opening hours", "Parking") {
			issues = append(issues, ticket.Issue{Key: []string{"LIB-1", "LIB-2", "LIB-3", "LIB-4", "LIB-5"}[n], Summary: title})
		}
		return issues
	}
	both := []brief.Titled{{Phrase: "reader card", Keys: []string{"LIB-1", "LIB-2"}}}
	for name, c := range map[string]struct {
		issues []ticket.Issue
		want   []brief.Titled
	}{
		"two titles":         {titles("Print a reader card", "Reader cards for schools"), both},
		"plural first":       {titles("Reader cards for schools", "Print a reader card"), both},
		"another form":       {titles("Report the loan status", "Loaning status"), nil},
		"most of them":       {titles("Print a reader card", "Reader cards for schools", "Lose a reader card"), nil},
		"parted by a comma":  {titles("Print a reader card", "For the reader, cards are free"), nil},
		"the product":        {titles("Library cards in print", "Lose library cards"), nil},
		"of every team":      {titles("Write test cases", "More test cases"), nil},
		"also of every team": {titles("Release notes of the desk", "Read release notes"), nil},
		"that names nothing": {titles("The next card", "On the next card"), nil},
		"a role":             {titles("As a school reader I want a door so that I can leave", "A school reader pays"), nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := made(c.issues...)
			assert.ElementsMatch(t, c.want, b.Titled)
			if len(c.want) > 0 {
				assert.Equal(t, []string{"LIB-2"}, b.Tied("LIB-1", []string{"LIB-2", "LIB-3"}, 2))
			}
		})
	}
}
