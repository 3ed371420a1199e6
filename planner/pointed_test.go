package planner

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// What tickets wait for and what their texts name is at hand in the session.
func TestHaveOpen(t *testing.T) { // L14
	t.Parallel()
	bank := Link{Type: "Blocks", Phrase: "is blocked by", Ref: Ref{Key: "OPS-4", Summary: "Reach the bank"}}
	p := Build(Input{Session: testSession("x"), Issues: []Issue{
		{Key: "PAY-1", Summary: "Pay by card", Description: "As PAY-77 says, and with UTF-8 and ISO-8859 names. LEDGER-204 settled the fees.", Links: []Link{bank}},
		{Key: "PAY-2", Summary: "Pay back", Description: "Like PAY-1, and OPS-4.", Links: []Link{bank}},
	}})
	n := slices.IndexFunc(p.Before, func(l string) bool { return strings.HasPrefix(l, "Have open") })
	if assert.GreaterOrEqual(t, n, 0) {
		assert.Equal(t, "Have open, because the tickets point there: OPS-4 “Reach the bank” (for PAY-1 and PAY-2), PAY-77 (for PAY-1), LEDGER-204 (for PAY-1).", p.Before[n])
	}
}
