package jira

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/outcome"
)

func TestACommentIsUpdatedInPlace(t *testing.T) { // S1, S8
	t.Parallel()
	lost := 0
	c, s := serve(t, "datacenter", map[string]any{
		"GET /issue/PAY-1/comment/11": written("11", "bot", "bot", ""),
		"PUT /issue/PAY-1/comment/11": func(r *http.Request, body string) any {
			if lost++; lost == 1 {
				return drop(r, body)
			}
			assert.True(t, strings.HasPrefix(body, `{"body":"h4. Refinement session: [2026-11-24`))
			return object{"id": "11"}
		},
		"PUT /comment/11/properties/refine": func(_ *http.Request, body string) any {
			var m outcome.Mark
			assert.NoError(t, json.Unmarshal([]byte(body), &m))
			assert.Equal(t, "acme", m.Owner)
			return object{}
		},
	})
	require.NoError(t, c.Apply(t.Context(), commentChange("11", agreed)))
	assert.Equal(t, 2, s.count("GET /issue/PAY-1/comment/11"), "it looks before it writes again")
	assert.Equal(t, 1, s.count("PUT /comment/11/properties/refine"))
}

// Where Data Center stores a comment's mark with its new text, it is not written once
// more: that shows at the first comment. What does not show it says nothing of the
// site: a mark that stood there before, and a look that failed.
func TestWhetherASiteTakesTheMarkWithTheText(t *testing.T) { // S5, S8
	t.Parallel()
	const property = "/comment/11/properties/refine"
	mark := note(agreed).Mark()
	other := mark
	other.Entries = []outcome.Entry{{Kind: outcome.Decision, ID: "another", Text: agreed.Text}}
	for name, test := range map[string]struct {
		stored       any // the property after the write
		was          string
		looks, marks int // of three comments
	}{
		"it does":              {object{"key": "refine", "value": mark}, "", 1, 0},
		"it leaves it":         {object{"key": "refine", "value": other}, "", 1, 3},
		"there is none":        {http.StatusNotFound, "", 1, 3},
		"it was the same mark": {object{"key": "refine", "value": mark}, note(agreed).Hash(), 0, 3},
		"nobody can tell":      {http.StatusForbidden, "", 3, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := serve(t, "datacenter", map[string]any{
				"GET /issue/PAY-1/comment/11": written("11", "bot", "bot", ""),
				"PUT /issue/PAY-1/comment/11": object{"id": "11"}, "GET " + property: test.stored, "PUT " + property: object{},
			})
			change := commentChange("11", agreed)
			change.Was = test.was
			for range 3 {
				require.NoError(t, c.Apply(t.Context(), change))
			}
			assert.Equal(t, test.looks, s.count("GET "+property))
			assert.Equal(t, test.marks, s.count("PUT "+property))
		})
	}
}
