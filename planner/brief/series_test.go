package brief_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/brief"
	"refine/planner/ticket"
)

// L14: tickets whose titles say the same but for a name are the same work on several things;
// titles that begin alike, or have two words in common, are not.
func TestSeries(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		titles []string
		want   brief.Series
	}{
		"a name in between": {[]string{"Print the card of a reader in the hall", "Close the door", "Print the card of a clerk in the hall", "Print the card of a school class in the hall"},
			brief.Series{Keys: []string{"LIB-1", "LIB-3", "LIB-4"}, Before: "Print the card of a", After: "in the hall"}},
		"at the beginning": {[]string{"Readers pay fees at the desk", "Clerks pay fees at the desk", "Schools pay fees at the desk"},
			brief.Series{Keys: []string{"LIB-1", "LIB-2", "LIB-3"}, After: "pay fees at the desk"}},
		"two of them":              {[]string{"Print the card of a reader in the hall", "Print the card of a clerk in the hall"}, brief.Series{}},
		"they only begin alike":    {[]string{"As a reader I want to pay", "As a reader I want to renew", "As a reader I want to reserve"}, brief.Series{}},
		"too little in common":     {[]string{"Print all cards", "Print old cards", "Print new cards"}, brief.Series{}},
		"each has much of its own": {[]string{"Print the card of the oldest and best readers in the hall", "Print the card of all clerks that we know in the hall", "Print the card of no school that is away in the hall"}, brief.Series{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var issues []ticket.Issue
			for n, title := range c.titles {
				issues = append(issues, ticket.Issue{Key: "LIB-" + string(rune('1'+n)), Summary: title})
			}
			assert.Equal(t, c.want, brief.Make(brief.Input{Issues: issues, At: read}).Series)
		})
	}
}
