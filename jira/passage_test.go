package jira

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/outcome"
)

// A passage that is taken back leaves what stood there before it came, to the byte or
// the node.
func TestAPassageLeavesNothing(t *testing.T) { // S3 S9
	t.Parallel()
	const heading = "Agreed on 2026-11-24"
	for _, text := range []wikiText{"", "One", "One\n", "One\n\n", "One\r\nTwo\r\n", "h3. Other\n* a", "h3. Agreed on 2026-10-01\n* old"} {
		with, err := text.with(heading, []string{"Fees are shown", "* Dates"})
		require.NoError(t, err)
		require.Equal(t, []string{"Fees are shown", "* Dates"}, with.lines(heading))
		left := with.without(heading)
		assert.Equal(t, string(text), fmt.Sprint(orNothing(left)), "%q", text)
	}
	for _, content := range []string{`[]`, `[{"type":"paragraph","content":[{"type":"text","text":"One"}]},{"type":"panel","attrs":{"panelType":"info"},"content":[]}]`} {
		text := docText{Version: 1, Type: "doc"}
		require.NoError(t, json.Unmarshal([]byte(content), &text.Content))
		with, err := text.with(heading, []string{"Fees are shown"})
		require.NoError(t, err)
		left := with.without(heading)
		if content == `[]` {
			assert.Nil(t, left, "the field is emptied")
			continue
		}
		assert.Equal(t, text, left)
	}
}

func orNothing(t richText) richText {
	if t == nil {
		return wikiText("")
	}
	return t
}

// A size is read as it is typed, whatever kind of field holds it.
func TestSizesAreRead(t *testing.T) { // S3
	t.Parallel()
	for raw, want := range map[string]string{`3`: "3", `0.5`: "0.5", `13.0`: "13", `"M"`: "M", `{"self":"x","value":"XL","id":"1"}`: "XL", `null`: "", ``: ""} {
		assert.Equal(t, want, readEstimate(json.RawMessage(raw)), raw)
	}
}

// A flag is raised again by the value that the site has for it.
func TestAFlagIsRaisedAgain(t *testing.T) { // S9
	deployments(t, func(t *testing.T, w *world) {
		require.NoError(t, w.jira.Unflag("PAY-2"))
		c := w.setting(t, outcome.Setting{Field: outcome.FlagField}, "", outcome.Flagged)
		c.Back, c.Set.Option = true, "Impediment"
		require.NoError(t, w.Apply(t.Context(), c))
		i, _ := w.jira.Issue("PAY-2")
		assert.True(t, i.Flagged)
	})
}
