package confluence_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/confluencetest"
)

func TestPagesAreReadTogether(t *testing.T) { // O3, P3
	t.Parallel()
	for _, deployment := range []confluencetest.Deployment{confluencetest.Cloud, confluencetest.DataCenter} {
		t.Run(string(deployment), func(t *testing.T) {
			t.Parallel()
			fake, c := service(t, deployment)
			var ids []string
			for i := range 26 {
				id, err := fake.Create("Dana", "", fmt.Sprint("Page ", i), "<p>words</p>")
				require.NoError(t, err)
				ids = append(ids, id)
			}
			_, err := c.CreateProperty(t.Context(), ids[0], state("s", ids[0]))
			require.NoError(t, err)
			require.NoError(t, fake.SetProperty(ids[1], confluence.PropertyKey, json.RawMessage(`"nonsense"`)))
			require.NoError(t, fake.Trash(ids[2]))
			before := c.Requests()
			seen, err := c.Together(t.Context(), append(ids, "99999999"))
			require.NoError(t, err)
			assert.EqualValues(t, 2, c.Requests()-before)
			require.Len(t, seen, 25, "what is gone is missing")

			alone, err := c.Page(t.Context(), ids[0])
			require.NoError(t, err)
			together := *seen[ids[0]].Page
			// version 1 of Cloud tells these of no page, or in another place
			together.ParentID, together.Property.ID = alone.ParentID, alone.Property.ID
			assert.WithinDuration(t, alone.Created, together.Created, 0)
			together.Created, together.Saved = alone.Created, alone.Saved
			assert.Equal(t, *alone, together)
			assert.ErrorContains(t, seen[ids[1]].Err, "does not hold what refine writes there")
			assert.Contains(t, seen[ids[1]].Page.Body, "words")
			assert.Nil(t, seen[ids[3]].Page.Property)

			none, err := c.Together(t.Context(), nil)
			require.NoError(t, err)
			assert.Empty(t, none)
		})
	}
}

func TestHeld(t *testing.T) { // O3
	t.Parallel()
	task := func(status, text string) string {
		return "<ac:task-list><ac:task><ac:task-status>" + status + "</ac:task-status><ac:task-body>" + text + "</ac:task-body></ac:task></ac:task-list>"
	}
	for body, want := range map[string]bool{
		task("complete", "Session held: write back to Jira"):                                                           true,
		task("incomplete", "Session held: write back to Jira"):                                                         false,
		task("complete", `<span class="placeholder-inline-tasks">Session&nbsp;held: write back to <b>Jira</b></span>`): true,
		task("complete", "Session held"):                                                                               false,
		task("complete", "<s>Session held: write back to Jira</s>"):                                                    false,
		"<p>Session held: write back to Jira</p>":                                                                      false,
		"<p>broken": false,
		"":          false,
	} {
		assert.Equal(t, want, confluence.Held(body), body)
	}
}
