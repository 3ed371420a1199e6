package confluence

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/outcome"
)

// S11: what is not looked at for a label has none with words behind it, whatever stands in
// front of the label, in it and behind it.
func TestNoLabelIsOverlooked(t *testing.T) {
	t.Parallel()
	found := 0
	for _, front := range []string{"", "- ", "1. ", "(2) ", "2026-11-24 ", "10:30 ", "[x] ", "☐ ", ":tada: ", "-> ", "“", "@", "PAY-9 ", "PAY-9: ", "[PAY-9] – ", "PAY‑9, ", "2026-11-24 PAY-9: ", "See: "} {
		for _, label := range []string{"Decision", "decision 2", "Action item", "AC", "Acceptance criteria", "Outcome", "Estimate", "Blocked by", "Entscheidung", "Décision", "決定", "Reason", "Not a label", "We keep SEPA"} {
			for _, end := range []string{":", "：", " - ", " – ", "—", " | ", " → ", " ➡️ ", " => ", "->", "", " ", "\t:", " :"} {
				for _, rest := range []string{"", "fees are kept", "ask PAY-7 at 10:30", "3", "“yes”"} {
					line := outcome.Text{{Text: front + label + end + rest}}
					for _, bold := range []string{"", label} {
						if l, ok := leadOf(line, bold); ok && len(l.rest) > 0 {
							found++
							assert.True(t, mayLead(line, bold), "%q with %q in bold", flat(line), bold)
						}
					}
				}
			}
		}
	}
	assert.Greater(t, found, 5000, "most have one")
}
