package confluence_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/planner/outcome"
)

// A box with a note is either what became of the item, to the sync and to the update
// alike, or listed and to both nothing.
func TestABoxWithANoteIsOneTruth(t *testing.T) { // S3 S10 S11
	t.Parallel()
	for label, want := range map[string]string{
		"Needs another session: UX input":  "Needs another session (UX input)",
		"needs another session – UX input": "Needs another session (UX input)",
		"Parked (legal is asked)":          "Parked (legal is asked)",
		"Dropped, nobody asks for it":      "Dropped (nobody asks for it)",
		"Split":                            "Split",
		"Ready.":                           "Ready",
		"Ready: if legal agrees":           "",
		"Ready for the sprint":             "",
		"Parked if legal says no":          "",
	} {
		t.Run(label, func(t *testing.T) {
			t.Parallel()
			read, err := confluence.State{}.Outcomes(`<h2>PAY-7 Pay at once</h2><h3>Outcome</h3><ac:task-list><ac:task><ac:task-id>1</ac:task-id>` +
				`<ac:task-status>complete</ac:task-status><ac:task-body>` + label + `</ac:task-body></ac:task></ac:task-list>`)
			require.NoError(t, err)
			if want == "" {
				assert.Empty(t, read.Entries)
				assert.Empty(t, read.Ticked)
				require.Len(t, read.Suggestions, 1)
				return
			}
			require.Len(t, read.Entries, 1)
			require.Len(t, read.Ticked, 1)
			e, b := read.Entries[0], read.Ticked[0]
			told, counted := e.Text.String(), string(b.Box)
			if len(e.Reason) > 0 {
				told += " (" + e.Reason.String() + ")"
			}
			if b.Note != "" {
				counted += " (" + b.Note + ")"
			}
			assert.Equal(t, want, told)
			assert.Equal(t, want, counted)
			assert.Equal(t, outcome.Result, e.Kind)
			assert.Empty(t, read.Suggestions)
		})
	}
}
