package ticket

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLinksThatWait(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		phrase        string
		needs, needed bool
	}{
		{"is blocked by", true, false},
		{"Depends on", true, false},
		{"is dependent on", true, false},
		{"has to be done after", true, false},
		{"requires", true, false},
		{"blocks", false, true},
		{"is dependent of", false, true},
		{"is depended on by", false, true},
		{"is required by", false, true},
		{"has to be done before", false, true},
		{"relates to", false, false},
		{"is cloned into", false, false},
	} {
		l := Link{Phrase: c.phrase}
		assert.Equal(t, c.needs, l.Needs(), c.phrase)
		assert.Equal(t, c.needed, l.NeededBy(), c.phrase)
	}
}
