package worker_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"refine/internal/atlassian"
	"refine/internal/sandbox"
	"refine/internal/sandbox/sandboxtest"
	"refine/internal/worker"
	"refine/planner/ticket"
)

// An understudy answers in a service's place while it has an answer.
type understudy struct {
	mu     sync.Mutex
	answer func(http.ResponseWriter, *http.Request) bool
}

func (u *understudy) play(answer func(http.ResponseWriter, *http.Request) bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.answer = answer
}

func (u *understudy) option(o *sandbox.Options) {
	o.Instead = func(w http.ResponseWriter, r *http.Request) bool {
		u.mu.Lock()
		answer := u.answer
		u.mu.Unlock()
		return answer != nil && answer(w, r)
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(code)
		io.WriteString(w, `{"errorMessages":["no"],"message":"no"}`)
	}
}

func document(mediaType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mediaType)
		io.WriteString(w, body)
	}
}

// A lookup is a request that only reads.
type lookup struct{ method, path string }

// lookups are those that the journal has seen since the last call and before a
// write, each once.
func (w *world) lookups(t *testing.T) (list []lookup) {
	t.Helper()
	seen, written := map[lookup]bool{}, false
	for dec := json.NewDecoder(w.journal); ; {
		var line struct{ Method, Path string }
		err := dec.Decode(&line)
		if err == io.EOF {
			return list
		}
		require.NoError(t, err)
		l := lookup{line.Method, line.Path}
		written = written || !l.reads()
		if !written && !seen[l] {
			seen[l] = true
			list = append(list, l)
		}
	}
}

func (l lookup) reads() bool {
	for _, search := range []string{"/search", "/search/jql", "/bulkfetch", "/comment/list"} {
		if strings.HasSuffix(l.path, search) {
			return true
		}
	}
	return l.method == http.MethodGet
}

// replaceable lookups have an answer of their own: a page that the search index
// names and that is gone is looked for by its title; a previous session's page
// that cannot be read is left out of the plan, which says so (P6 L6); where
// tickets, or the marks of comments, cannot be read together, they are read one by
// one; a comment without our property is none of ours; comments on the page that the
// account may not read are only not listed; and where Data Center lists no pages by
// their title, the search index is asked.
func (l lookup) replaceable(job, failure string) bool {
	gone := failure == "404"
	if pageComments.MatchString(l.path) || l.path == "/rest/api/content" {
		return gone || failure == "403"
	}
	if gone && undoable.MatchString(l.path) || (gone || failure == "403") && strings.Contains(job, "actions") && oneIssue.MatchString(l.path) {
		return true
	}
	return onePage.MatchString(l.path) && (gone || job == "next") ||
		gone && (strings.HasSuffix(l.path, "/bulkfetch") || strings.HasSuffix(l.path, "/comment/list") || strings.HasSuffix(l.path, "/properties/refine"))
}

// What an undo, or the issue of an action, asks of one ticket: a link that is not
// there is taken back, and what the site does not offer is told for that line alone.
var undoable = regexp.MustCompile(`/issue/[A-Z]+-[0-9]+/remotelink$|/mypermissions$|/issue/createmeta/`)

// An action's issue may be gone, or hidden from the account.
var oneIssue = regexp.MustCompile(`^/rest/api/2/issue/[A-Z]+-[0-9]+$`)

var pageComments = regexp.MustCompile(`/(content/[0-9]+/(child|descendant)/comment|pages/[0-9]+/(footer|inline)-comments)$`)

var onePage = regexp.MustCompile(`/(content|pages)/[0-9]+(/|$)`)

// TestALookupThatFailsStopsTheRun fails each lookup that stands before a write,
// in each way, for as long as the run lasts: nothing is written.
func TestALookupThatFailsStopsTheRun(t *testing.T) { // F6 F3
	t.Parallel()
	failures := map[string]http.HandlerFunc{
		"500": status(500), "403": status(403), "404": status(404), "401": status(401),
		"a login page":   document("text/html", "<html>log in</html>"),
		"half an answer": document("application/json", `{"results":[`),
		"a redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://sso.example.com/login?continue=secret", http.StatusFound)
		},
	}
	for jobName, j := range jobs() {
		for name, options := range on(jobName) {
			t.Run(name+"/"+jobName, func(t *testing.T) {
				t.Parallel()
				set := append(append([]option{}, options...), few...)
				calm := newWorld(t, set...)
				require.NoError(t, j.before(t, calm, calm.Worker))
				calm.lookups(t)
				require.NoError(t, j.run(t, calm, calm.Worker))
				group, cases, played := errgroup.Group{}, 0, picks(jobName)
				group.SetLimit(8) // they mostly wait
				for _, l := range calm.lookups(t) {
					for _, failure := range slices.Sorted(maps.Keys(failures)) {
						if l.replaceable(jobName, failure) || !played() {
							continue
						}
						cases++
						group.Go(apart(t, failure+" at "+l.path, func(t *testing.T) {
							require.NoError(t, stops(t, set, j, l, failure, failures[failure]))
						}))
					}
				}
				require.NoError(t, group.Wait())
				require.Positive(t, cases)
				t.Logf("%d cases", cases)
			})
		}
	}
}

// stops reports an error unless the failed lookup ends the job with one clear
// error and nothing written.
func stops(t *testing.T, set []option, j job, l lookup, failure string, answer http.HandlerFunc) error {
	u, met := new(understudy), atomic.Bool{}
	w := newWorld(t, append(append([]option{}, set...), u.option)...)
	if err := j.before(t, w, w.Worker); err != nil {
		return err
	}
	before, err := sandboxtest.Snapshot(w.Sandbox)
	if err != nil {
		return err
	}
	u.play(func(rw http.ResponseWriter, r *http.Request) bool {
		if r.Method != l.method || r.URL.Path != l.path {
			return false
		}
		met.Store(true)
		answer(rw, r)
		return true
	})
	what := fmt.Sprintf("%s at %s %s", failure, l.method, l.path)
	err = j.run(t, w, w.Worker)
	if !met.Load() { // comments are written side by side: this one has another id here
		return nil
	}
	after, problem := sandboxtest.Snapshot(w.Sandbox)
	if err == nil || problem != nil {
		return fmt.Errorf("%s: the run went on (%v)", what, problem)
	}
	assert.Equal(t, before, after, what)
	assert.NotContains(t, err.Error(), "secret", what)
	if atlassian.StatusOf(err) > 0 {
		assert.NotEmpty(t, atlassian.HintOf(err), "%s: %v", what, err)
		assert.Contains(t, err.Error(), l.method+" ", what)
	}
	return nil
}

// A token may expire in the middle: what was written is said, and the next run
// finishes it.
func TestATokenExpiresInTheMiddle(t *testing.T) { // F3 S5
	t.Parallel()
	for name, options := range on(t.Name()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := new(understudy)
			w := newWorld(t, append([]option{u.option}, options...)...)
			page := w.publish(t, ticket.Selection{}).Page.ID
			w.decides(t, page, "PAY-3", "Refund within a day")
			w.decides(t, page, "PAY-6", "Fourteen days")
			w.decides(t, page, "PAY-7", "By card")
			var mu sync.Mutex
			writes := 0
			u.play(func(rw http.ResponseWriter, r *http.Request) bool {
				mu.Lock()
				defer mu.Unlock()
				if r.Method == http.MethodPost && strings.Contains(r.URL.Path, "/issue/PAY-") {
					writes++
				}
				if writes < 3 {
					return false
				}
				status(401)(rw, r)
				return true
			})
			synced, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
			partly := new(worker.PartlyError)
			require.ErrorAs(t, err, &partly)
			assert.ErrorContains(t, err, "401")
			assert.NotEmpty(t, atlassian.HintOf(err))
			assert.Equal(t, 2, applied(synced), "what was written is said")
			u.play(nil)
			w.now = w.now.Add(3 * time.Minute) // the hold, which could not be ended, runs out
			w.sync(t, page)
			for _, key := range []string{"PAY-3", "PAY-6", "PAY-7"} {
				assert.Len(t, w.commented(t)[key], 1, key)
				assert.Len(t, w.Sandbox.Jira.RemoteLinks(key), 1, key)
			}
		})
	}
}
