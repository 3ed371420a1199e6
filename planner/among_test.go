package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Keys that are the whole session, or nearly, are not read out one by one.
func TestKeysAmongTheSession(t *testing.T) {
	t.Parallel()
	whole := []string{"PAY-1", "PAY-2", "PAY-3", "PAY-4", "PAY-5", "PAY-6", "PAY-7"}
	for want, keys := range map[string][]string{
		"all 7 tickets":           whole,
		"all but PAY-7":           whole[:6],
		"all but PAY-1 and PAY-2": whole[2:],
		"PAY-1, PAY-2 and PAY-3":  whole[:3],
		"OPS-1, PAY-1, PAY-2, PAY-3, PAY-4 and 3 others": append([]string{"OPS-1"}, whole...), // not an item
	} {
		assert.Equal(t, want, among(whole, keys))
	}
	assert.Equal(t, "PAY-1 and PAY-2", among(whole[:2], whole[:2]), "two are as short as both")
	assert.Equal(t, "PAY-1", among(whole[:3], whole[:1]))
}

func TestKeysOfTheSessionWithItsEpic(t *testing.T) {
	t.Parallel()
	epic := read(Issue{Key: "PAY-9", Epic: true, Summary: "Customers pay on time"})
	var items []*reading
	for _, i := range asking(7) {
		items = append(items, read(i))
	}
	keys := append([]string{"PAY-9"}, keysOf(items)...)
	assert.Equal(t, "PAY-9 and all 7 tickets", withinSession(epic, items, keys))
	assert.Equal(t, "PAY-9 and 6 of its tickets", withinSession(epic, items, keys[:7]))
	assert.Equal(t, "PAY-9 and PAY-1", withinSession(epic, items, keys[:2]))
	assert.Equal(t, "PAY-9", withinSession(epic, items, keys[:1]))
	assert.Equal(t, "all 7 tickets", withinSession(epic, items, keys[1:]))
	assert.Equal(t, "all 7 tickets", withinSession(nil, items, keys[1:]))
}
