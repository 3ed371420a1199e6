package worker_test

import (
	"bytes"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"

	"refine/planner/ticket"
)

// What a setting names is looked for by its title first, since people call pages
// "2026", and by its id where no page has such a title.
func TestTheParentIsFoundByItsTitleFirst(t *testing.T) { // R14
	onBoth(t, func(t *testing.T, w *world) {
		create := func(title string) string {
			id, err := w.Confluence.Create("", "", title, "<p>Here.</p>")
			require.NoError(t, err)
			return id
		}
		plain := create("Refinement sessions")
		// one is called like the other's id
		year, number := create("2026"), create(plain)
		lone := create("Archive 7")
		day := 1
		for parent, want := range map[string]string{
			"2026":                year,
			"Refinement sessions": plain,
			plain:                 number,
			lone:                  lone,
		} {
			for _, lag := range []bool{false, true} {
				w.Confluence.LagSearch(lag)
				w.team.Parent = parent
				day++
				published, err := w.Publish(t.Context(), worker.Request{Team: w.team, Date: ticket.Date{Year: 2026, Month: 12, Day: day}})
				require.NoError(t, err)
				page, _ := w.Confluence.Page(published.Page.ID)
				assert.Equal(t, want, page.ParentID, "%s, with an index that lags: %v", parent, lag)
			}
		}
	})
}

func TestAParentThatIsNotThereIsNamedBySetting(t *testing.T) { // R14
	onBoth(t, func(t *testing.T, w *world) {
		gone, err := w.Confluence.Create("", "", "Gone", "<p>Here.</p>")
		require.NoError(t, err)
		require.NoError(t, w.Confluence.Trash(gone))
		for parent, says := range map[string]string{
			"2026":     "the page “2026”, which session pages go under, is not in the space PAY, nor is there one with that id",
			"99999999": "nor is there one with that id",
			"Twenty":   "the page “Twenty”, which session pages go under, is not in the space PAY",
			gone:       "which session pages go under, is ", // trashed, or not in the space: so Data Center
		} {
			w.team.Parent = parent
			for _, dry := range []bool{true, false} {
				_, err := w.Publish(t.Context(), worker.Request{Team: w.team, DryRun: dry})
				require.ErrorContains(t, err, says)
				hint, ok := err.(interface{ Hint() string })
				require.True(t, ok)
				assert.Contains(t, hint.Hint(), "page.parent")
			}
		}
		assert.Len(t, w.Confluence.Pages(), 1, "nothing was published")
	})
}

func TestObjectivesAreFoundByTitleFirst(t *testing.T) { // R14, L16
	onBoth(t, func(t *testing.T, w *world) {
		create := func(title, item string) string {
			id, err := w.Confluence.Create("", "", title, "<ul><li>"+item+"</li></ul>")
			require.NoError(t, err)
			return id
		}
		other := create("Objectives", "Fewer calls")
		create("2026", "Faster invoices")
		create(other, "Called like an id")
		lone := create("Of the quarter", "Happier clerks")
		for name, want := range map[string]string{"2026": "Faster invoices", "Objectives": "Fewer calls", other: "Called like an id", lone: "Happier clerks"} {
			w.team.ObjectivePages = []string{name}
			planned, err := w.Plan(t.Context(), worker.Request{Team: w.team})
			require.NoError(t, err)
			assert.Equal(t, []string{want}, planned.Plan.Objectives, name)
		}
		var log bytes.Buffer
		w.Log = slog.New(slog.NewTextHandler(&log, nil))
		w.team.ObjectivePages = []string{"2025"}
		planned, err := w.Plan(t.Context(), worker.Request{Team: w.team})
		require.NoError(t, err)
		assert.NotContains(t, planned.Plan.Objectives, "Faster invoices")
		assert.Contains(t, log.String(), "session.objectives: the page “2025” is not in the space PAY, nor is there one with that id")
	})
}
