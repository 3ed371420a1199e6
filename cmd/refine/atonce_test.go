package main

import (
	"errors"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/sampled"
	"refine/internal/sandbox"
	"refine/internal/sandbox/sandboxtest"
)

var heldBy = regexp.MustCompile(`refine: another run holds this session: .+, process \d+, since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ; its hold ends at `)

// processes is how many are started at once.
const processes = 8

// gathered holds back the first request for the session's hold until every
// process has sent its own: all have decided on the same state.
func gathered(o *sandbox.Options) {
	var (
		mu      sync.Mutex
		arrived int
		all     = make(chan struct{})
	)
	o.Instead = func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPut || !strings.Contains(r.URL.Path, "/propert") {
			return false
		}
		mu.Lock()
		if arrived++; arrived == processes {
			close(all)
		}
		mu.Unlock()
		select {
		case <-all:
		case <-r.Context().Done():
		}
		return false
	}
}

// TestProcessesAtOnce starts several processes at once on one session: one
// writes, and the others have nothing to do or say who holds the session and
// since when. Many more runs are started at once in package worker.
func TestProcessesAtOnce(t *testing.T) { // S5 O6
	t.Parallel()
	binary := installed(t)
	for _, deployment := range sampled.Deployments(t.Name()) {
		t.Run(deployment, func(t *testing.T) {
			t.Parallel()
			g := newTarget(t, binary, deployment, gathered)
			g.prepare(t, "publish")
			g.types(t)
			g.journal.requests(t)
			var (
				wg   sync.WaitGroup
				errs [processes]error
			)
			for i := range processes {
				wg.Go(func() { errs[i] = g.run(t.Context(), "sync") })
			}
			wg.Wait()
			held := 0
			for _, err := range errs {
				if err == nil {
					continue
				}
				held++
				exit, ok := errors.AsType[*exec.ExitError](err)
				require.True(t, ok, "%v", err)
				assert.Equal(t, 5, exit.ExitCode())
				assert.Regexp(t, heldBy, err.Error())
			}
			seen := g.journal.requests(t)
			assert.Equal(t, map[string]int{
				"POST comment PAY-3": 1, "POST remotelink PAY-3": 1,
				"POST comment PAY-6": 1, "POST remotelink PAY-6": 1,
				"PUT issue PAY-6": 3, "PUT issue rank": 2, "POST transitions PAY-6": 1, "POST issue link": 1, // criteria, flag, label
				"POST new issue": 1, // whose key the account on the page names, which is announced anew
				"PUT page":       1, "PUT property": 3,
			}, sandboxtest.Written(seen))
			assert.Equal(t, map[string]int{"PUT property": processes - 1}, sandboxtest.Refused(seen))
			t.Logf("%d processes, %d of them were told who holds the session", processes, held)
		})
	}
}
