package check_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner"
	"refine/planner/draft"
)

// TestDraftsFromThePromptAlone holds what somebody wrote who saw the prompt for six
// epics of four projects and nothing else: it stands at once. The long ones were
// written before the prompt asked for lengths; two lines of theirs have to be worded
// anew (L13, L20, L21).
func TestDraftsFromThePromptAlone(t *testing.T) {
	t.Parallel()
	const maven = "no ticket names Maven"
	for name, want := range map[string][]string{
		"ALOY-974": nil, "DAEMON-231": nil, "TIMOB-18450": nil, "DAEMON-74": nil, "CONN-1063": nil,
		"TIMOB-18923":   nil,
		"ALOY-974-long": nil, "DAEMON-231-long": nil, "TIMOB-18450-long": nil, "TIMOB-18923-long": nil,
		"CONN-1063-long": {"it has 63 words, more than 60", maven},
		"DAEMON-74-long": nil,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(filepath.Join("testdata", "drafts", name+".json"))
			require.NoError(t, err)
			d, err := draft.Read(string(text))
			require.NoError(t, err)
			plan, refused := prepared(t, strings.TrimSuffix(name, "-long")).With(planner.Words{Draft: d, By: planner.ByPerson})
			var reasons []string
			for _, r := range refused {
				reasons = append(reasons, r.Reason)
			}
			assert.Equal(t, want, reasons)
			assert.Empty(t, planner.Gate(plan))
			lines := 0
			for _, p := range d.Parts() {
				lines += len(p.Lines)
			}
			assert.Equal(t, lines, plan.Draft.Lines+len(refused), "what stands reaches the plan")
		})
	}
}
