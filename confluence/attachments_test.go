package confluence_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/confluencetest"
	"refine/confluence/draw"
	"refine/planner/picture"
)

// C6: both products take a picture, give it its next version under the same name, and
// tell which one they have; as their own documents say it.
func TestAttachments(t *testing.T) {
	t.Parallel()
	for _, deployment := range []confluencetest.Deployment{confluencetest.Cloud, confluencetest.DataCenter} {
		t.Run(string(deployment), func(t *testing.T) {
			t.Parallel()
			fake, c := service(t, deployment)
			ctx := t.Context()
			page, err := fake.Create("Priya Nair", "", "Session", "<p>One</p>")
			require.NoError(t, err)
			drawing := func(first, second string) confluence.Drawing {
				w := picture.Waits{Layers: [][]string{{second}, {first}}, Edges: []picture.Edge{{Issue: first, For: second}}, Items: []string{first, second}}
				return confluence.Drawing{Picture: w, Region: "glance", Print: draw.Print(w)}
			}
			one, two := drawing("PAY-1", "PAY-2"), drawing("PAY-2", "PAY-1")

			none, err := c.Attachment(ctx, page, one.File())
			require.NoError(t, err)
			assert.Nil(t, none)
			id, err := c.Attach(ctx, page, "", one)
			require.NoError(t, err)
			require.NotEmpty(t, id)
			for version, known := range []string{"", id, "att1"} { // not known, known, taken off the page
				_, err = c.Attach(ctx, page, known, two)
				if known == "att1" && deployment == confluencetest.DataCenter {
					assert.Error(t, err, "the name is another attachment's")
					continue
				}
				require.NoError(t, err)
				assert.Equal(t, version+2, fake.Files(page)[0].Version)
			}
			got, err := c.Attachment(ctx, page, one.File())
			require.NoError(t, err)
			assert.Equal(t, id, got.ID)
			assert.True(t, got.Shows(two))
			assert.False(t, got.Shows(one))
			require.Len(t, fake.Files(page), 1)

			fake.RemoveFile(page, one.File())
			_, err = c.Attach(ctx, page, id, one)
			require.NoError(t, err, "a person has deleted the one that was known")
			assert.Equal(t, 1, fake.Files(page)[0].Version)
		})
	}
}

// C6: both products take several new files in one form, each with its own comment.
func TestAttachmentsTogether(t *testing.T) {
	t.Parallel()
	for _, deployment := range []confluencetest.Deployment{confluencetest.Cloud, confluencetest.DataCenter} {
		t.Run(string(deployment), func(t *testing.T) {
			t.Parallel()
			fake, c := service(t, deployment)
			page, err := fake.Create("Priya Nair", "", "Session", "<p>One</p>")
			require.NoError(t, err)
			grid := picture.Grid{Rules: []string{"problem"}, Rows: []picture.Row{{Key: "PAY-1", Marks: []picture.Mark{{Now: picture.Open}}}}}
			waits := picture.Waits{Layers: [][]string{{"PAY-2"}, {"PAY-1"}}, Edges: []picture.Edge{{Issue: "PAY-1", For: "PAY-2"}}, Items: []string{"PAY-1", "PAY-2"}}
			drawings := []confluence.Drawing{{Picture: grid, Print: draw.Print(grid)}, {Picture: waits, Print: draw.Print(waits)}}

			ids, err := c.AttachAll(t.Context(), page, drawings)
			require.NoError(t, err)
			require.Len(t, ids, 2)
			for _, d := range drawings {
				a, err := c.Attachment(t.Context(), page, d.File())
				require.NoError(t, err)
				require.NotNil(t, a)
				assert.Equal(t, ids[d.File()], a.ID)
				assert.True(t, a.Shows(d))
			}
		})
	}
}
