package storage

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A page is read once although each of its regions is read between two looks at it, and
// what is kept of all that was read has a bound.
func TestABodyIsParsedOnce(t *testing.T) {
	t.Parallel()
	var k kept
	read := func(body string) *Document {
		if d := k.find(body); d != nil {
			return d
		}
		d, err := parse(body)
		require.NoError(t, err)
		k.keep(d)
		return d
	}
	page := read("<p>" + strings.Repeat("long ", keptBytes/10) + "</p>")
	for n := range 500 {
		region := read(fmt.Sprintf("<p>%d</p>", n))
		assert.Same(t, region, read(region.Source))
	}
	assert.Same(t, page, read(page.Source))
	last := read("<p>" + strings.Repeat("wide ", keptBytes/10) + "</p>")
	assert.Nil(t, k.find(page.Source), "both have no room")
	assert.Same(t, last, k.find(last.Source))
	read("<p>" + strings.Repeat("x", keptBytes) + "</p>")
	assert.Same(t, last, k.find(last.Source), "what has no room pushes nothing out")
	assert.LessOrEqual(t, k.bytes, keptBytes)
	assert.Len(t, k.docs, len(k.order))
}
