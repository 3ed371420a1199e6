package confluence

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner"
)

// L8: before a session only that was ready which was called so: nothing without criteria, and
// nothing that is unsure of something.
func TestWereReady(t *testing.T) {
	t.Parallel()
	s := State{Items: map[string]planner.Facts{
		"LIB-1": {Ready: true}, "LIB-2": {Ready: true, Bare: true}, "LIB-3": {Ready: true, Unsure: true}, "LIB-4": {}, "LIB-5": {Ready: true, Gone: true},
	}}
	assert.Equal(t, map[string]bool{"LIB-1": true, "LIB-2": false, "LIB-3": false, "LIB-4": false}, s.WereReady())
}
