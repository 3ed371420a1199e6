package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Test steps are not the problem, whether a heading says so or not.
func TestScriptsAreSetAside(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, wiki string
		aside      bool
	}{
		{"steps without a heading", "# New list\n# Open the list\n# Drag one entry up\n# Refresh the page", true},
		{"steps beneath a heading", "Steps to reproduce:\n# Pay\n# Wait", true},
		{"replication", "*Replication instructions:*\n# Pay\n# Wait", true},
		{"too few", "# Open the list\n# Drag one entry up", false},
		{"wishes", "* Sort the list\n* Show who has paid\n* Open it for guests", false},
		{"agreed tests", "Acceptance test:\n# Open the list\n# Drag one entry up\n# Press pay", false},
	} {
		for _, l := range locate(newSource("description", c.wiki)) {
			if l.kind == bullet {
				assert.Equal(t, c.aside, l.aside, "%s: %s", c.name, l.text)
			}
		}
	}
}
