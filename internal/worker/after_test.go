package worker_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// Once a session is over, the run that writes it back shows on its page what became
// ready, also where the run before it died in between, and no run does so twice.
func TestARunShowsWhatASessionCameTo(t *testing.T) { // L8 C6 O1 O5
	t.Parallel()
	for name, options := range on(t.Name()) {
		for _, dies := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				wiki := new(understudy)
				w := newWorld(t, append([]option{wiki.option}, options...)...)
				w.team.Pictures, w.team.Criteria = true, outcome.DescriptionField
				page := w.publish(t, ticket.Selection{}).Page.ID
				w.agrees(t, page, "PAY-4", "The mail names sum and due date in its first line")
				w.now = w.now.Add(2 * 24 * time.Hour)
				run := func(dry bool) []worker.Job {
					jobs, err := w.Run(t.Context(), []worker.Team{w.team}, dry)
					require.NoError(t, err)
					return jobs
				}
				shown := func() int {
					p, _ := w.Confluence.Page(page)
					return strings.Count(p.Body, "Before and after</h2>")
				}
				dry := run(true)
				require.Len(t, dry, 2)
				assert.Equal(t, worker.Updated, dry[1].Published.Action)
				if dies {
					wiki.play(func(rw http.ResponseWriter, r *http.Request) bool {
						searches := strings.Contains(r.URL.Path, "/search") && strings.HasPrefix(r.URL.Path, "/rest/api/2")
						if searches && r.Method == http.MethodPost && len(w.commented(t)) > 0 {
							rw.WriteHeader(http.StatusForbidden)
							return true
						}
						return false
					})
					assert.Len(t, run(false), 1)
					assert.Zero(t, shown())
					wiki.play(nil)
				}
				jobs := run(false)
				require.Len(t, jobs, 2)
				assert.Equal(t, 1, shown())
				assert.Contains(t, w.files(page), "refine-before-after.png")
				saves := w.saves()
				require.Len(t, run(false), 1)
				assert.Equal(t, saves, w.saves())
			})
		}
	}
}
