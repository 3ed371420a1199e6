package worker_test

import (
	"cmp"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/confluencetest"
	"refine/internal/atlassian"
	"refine/internal/sandbox"
	"refine/internal/worker"
	"refine/jira"
	"refine/jira/jiratest"
	"refine/planner/ticket"
)

// A metered service takes so many requests per second and this many at once,
// and turns away the rest.
type metered struct {
	service http.Handler
	rate    float64
	burst   float64
	latency time.Duration
	headers map[string]string // of a refusal

	mu            sync.Mutex
	tokens        float64
	at            time.Time
	taken, turned int
}

// take is whether the bucket had a token.
func (m *metered) take() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	if m.at.IsZero() {
		m.tokens = m.burst
	} else {
		m.tokens = min(m.burst, m.tokens+now.Sub(m.at).Seconds()*m.rate)
	}
	m.at = now
	if m.tokens < 1 {
		m.turned++
		return false
	}
	m.tokens--
	m.taken++
	return true
}

// RoundTrip is the network without one, so that waiting costs nothing.
func (m *metered) RoundTrip(req *http.Request) (*http.Response, error) {
	time.Sleep(m.latency)
	if m.take() {
		return answer(m.service, req), nil
	}
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "application/json")
	for name, value := range m.headers {
		w.Header().Set(name, value)
	}
	w.WriteHeader(http.StatusTooManyRequests)
	io.WriteString(w, `{"errorMessages":["Rate limit exceeded."]}`)
	return w.Result(), nil
}

// answer is a service's answer without a network between.
func answer(service http.Handler, req *http.Request) *http.Response {
	w := httptest.NewRecorder()
	served := req.Clone(req.Context()) // a service is never handed a nil body
	served.Body, served.RequestURI = cmp.Or[io.ReadCloser](req.Body, http.NoBody), req.URL.RequestURI()
	service.ServeHTTP(w, served)
	return w.Result()
}

// least is the time in which the limit itself lets so many requests through.
func (m *metered) least(requests int) time.Duration {
	return time.Duration((float64(requests) - m.burst) / m.rate * float64(time.Second))
}

// hundred is a backlog of a hundred tickets below an epic.
func hundred() (backlog string, keys []string) {
	var b strings.Builder
	for n := range 100 {
		key := fmt.Sprintf("BIG-%d", n+1)
		keys = append(keys, key)
		fmt.Fprintf(&b, `{"key":%q,"fields":{"summary":"Show what group %d owes","description":"Clerks cannot see what group %d owes.","flagged":true}}`+"\n", key, n, n)
	}
	return b.String(), keys
}

// TestASyncKeepsPaceWithTheLimit holds a sync of a hundred tickets against the
// time that the limit itself allows for its requests, in virtual time.
func TestASyncKeepsPaceWithTheLimit(t *testing.T) { // F2
	t.Parallel()
	for name, test := range map[string]struct {
		deployment string
		headers    map[string]string
	}{
		"cloud, a second at a time":      {"cloud", map[string]string{"Retry-After": "1", "RateLimit-Reason": "jira-burst-based"}},
		"cloud, which does not say when": {"cloud", nil},
		"datacenter, which tells its pace": {"datacenter", map[string]string{"Retry-After": "0", "X-RateLimit-Limit": "10", "X-RateLimit-Remaining": "0",
			"X-RateLimit-FillRate": "10", "X-RateLimit-Interval-Seconds": "1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				const perSecond = 10
				backlog, keys := hundred()
				j := jiratest.New(jiratest.Options{Deployment: jiratest.Deployment(test.deployment)})
				require.NoError(t, j.Load(strings.NewReader(backlog)))
				wiki := confluencetest.New(confluencetest.Options{Deployment: confluencetest.Deployment(test.deployment), SpaceKey: "PAY"})
				meters := []*metered{}
				api := func(product, base string, service http.Handler) *atlassian.Client {
					m := &metered{service: service, rate: perSecond, burst: perSecond, latency: 40 * time.Millisecond, headers: test.headers}
					meters = append(meters, m)
					c, err := atlassian.New(atlassian.Options{Product: product, BaseURL: base, Network: m,
						Auth: atlassian.Auth{User: "refine@example.com", Token: atlassian.NewSecret("token")}})
					require.NoError(t, err)
					return c
				}
				client, err := jira.New(t.Context(), jira.Options{Atlassian: api("Jira", "https://jira.example.com", j)})
				require.NoError(t, err)
				w := &worker.Worker{Jira: client, Pages: confluence.New(api("Confluence", "https://wiki.example.com", wiki), client.Cloud()),
					Owner: "acme", Now: time.Now, Log: slog.New(slog.DiscardHandler)}
				team := worker.Team{Name: "payments", Backlog: ticket.BacklogQuery{Flagged: true}, Hour: 10, Zone: time.UTC, Space: "PAY"}
				published, err := w.Publish(t.Context(), worker.Request{Team: team})
				require.NoError(t, err)
				person := sandbox.Person{Native: test.deployment == "cloud"}
				first := published.Plan.Items[0].Issue.Key
				require.NoError(t, wiki.Edit(published.Page.ID, "Dana", func(body string) string {
					var typed []string
					for _, key := range keys {
						typed = append(typed, key+": look at it")
					}
					body, err = person.ActsOnEach(body, first, typed)
					require.NoError(t, err)
					return body
				}))
				m := meters[0]
				time.Sleep(time.Hour) // the bucket is full again
				m.taken, m.turned, m.at = 0, 0, time.Time{}

				start := time.Now()
				synced, err := w.Sync(t.Context(), worker.SyncRequest{Team: team, Page: published.Page.ID})
				require.NoError(t, err)
				took := time.Since(start)
				assert.Equal(t, 200, applied(synced), "a comment and a link for each of a hundred tickets")
				for _, key := range keys {
					assert.Len(t, j.Comments(key), 1, key)
					assert.Len(t, j.RemoteLinks(key), 1, key)
				}
				least := m.least(m.taken)
				t.Logf("%d requests taken, %d turned away, %.1f s, %.2f times the %.1f s that the limit allows",
					m.taken, m.turned, took.Seconds(), took.Seconds()/least.Seconds(), least.Seconds())
				assert.LessOrEqual(t, took, least*115/100)
			})
		})
	}
}
