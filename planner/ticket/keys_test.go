package ticket

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestIssueKeys(t *testing.T) {
	t.Parallel()
	for said, want := range map[string][]string{
		"":                            nil,
		"PAY-1, (PAY-2) and PAY-1.":   {"PAY-1", "PAY-2"},
		"PAY-3/PAY-4, A_1-10é":        {"PAY-3", "PAY-4", "A_1-10"},
		"/browse/PAY-7 x.PAY-7":       nil,
		"PAY-7-8 PAY-7a PAY-07 PAY-x": nil,
		"aPAY-7 1PAY-7 P-7 pay-7":     nil,
		"PAY--7 -PAY-7 PAY-7":         {"PAY-7"},
	} {
		assert.Equal(t, want, IssueKeys(said), said)
	}
}
