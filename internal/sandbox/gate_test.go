package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A counter is a service that counts what took effect.
type counter struct{ handled atomic.Int64 }

func (c *counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.handled.Add(1)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	io.WriteString(w, `{"id":"10001"}`)
}

func faults(t *testing.T, specs ...string) []Fault {
	t.Helper()
	f, err := ParseFaults(specs)
	require.NoError(t, err)
	return f
}

func post(t *testing.T, url string) (*http.Response, string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader("{}"))
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp, string(body), nil
}

func TestWhatEachFaultDoes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		kind    string
		status  int // that the client sees, 0 for a broken connection
		body    string
		handled int64
	}{
		{"429", 429, `{"errorMessages":["Too Many Requests"],"errors":{}}`, 0},
		{"500", 500, `{"errorMessages":["Internal Server Error"],"errors":{}}`, 0},
		{"503", 503, "<html>", 0},
		{"html", 200, "<!DOCTYPE html>", 0},
		{"reset", 0, "", 0},
		{"lost", 0, "", 1},
		{"truncate", 201, `{"id":"`, 1},
	}
	for _, tt := range tests {
		t.Run(tt.kind, func(t *testing.T) {
			t.Parallel()
			service := &counter{}
			srv := httptest.NewServer(newGate(Options{Faults: faults(t, "1:"+tt.kind)}).guard(service))
			defer srv.Close()

			resp, body, err := post(t, srv.URL+"/rest/api/2/issue")
			if tt.status == 0 {
				assert.Error(t, err)
			} else {
				require.NoError(t, err)
				assert.Equal(t, tt.status, resp.StatusCode)
				assert.Equal(t, tt.kind == "429", resp.Header.Get("Retry-After") == "1")
				assert.Contains(t, body, tt.body)
				assert.NotContains(t, body, "10001")
			}
			assert.Equal(t, tt.handled, service.handled.Load())

			resp, _, err = post(t, srv.URL+"/rest/api/2/issue")
			require.NoError(t, err, "only the first one fails")
			assert.Equal(t, http.StatusCreated, resp.StatusCode)
		})
	}
}

// Time passes at once in the bubble: latency and slowness are what they say.
func TestDelays(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var lines bytes.Buffer
		g := newGate(Options{Latency: 50 * time.Millisecond, Faults: faults(t, "2:slow"), Journal: &lines})
		for range 2 {
			w := httptest.NewRecorder()
			g.guard(&counter{}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/rest/x", nil))
			assert.Equal(t, http.StatusCreated, w.Code)
		}
		entries := journalled(t, &lines)
		assert.EqualValues(t, 50, entries[0].MS)
		assert.EqualValues(t, 3050, entries[1].MS)
	})
}

// A client that gave up while it waited has written nothing.
func TestGivingUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := &counter{}
		g := newGate(Options{Latency: time.Minute})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/rest/x", nil)
		assert.PanicsWithValue(t, http.ErrAbortHandler, func() {
			g.guard(service).ServeHTTP(httptest.NewRecorder(), r)
		})
		assert.Zero(t, service.handled.Load())
	})
}

func TestJournal(t *testing.T) {
	t.Parallel()
	var lines bytes.Buffer
	g := newGate(Options{Journal: &lines, Faults: faults(t, "2:lost", "3:reset")})
	srv := httptest.NewServer(g.guard(&counter{}))
	defer srv.Close()

	for _, path := range []string{
		"/rest/api/2/search?jql=a%3Db&os_password=pw", // 1
		"/wiki/api/v2/pages",                          // 2
		"/wiki/rest/api/search",                       // 3
		"/browse/PAY-1",                               // for people: not counted
		"/rest/agile/1.0/epic/PAY-1",                  // 4
	} {
		post(t, srv.URL+path)
	}
	want := []entry{
		{N: 1, Method: "POST", Path: "/rest/api/2/search", Query: "jql=a%3Db&os_password=[redacted]", Status: 201, Bytes: 14},
		{N: 2, Method: "POST", Path: "/wiki/api/v2/pages", Status: 201, Fault: Lost},
		{N: 3, Method: "POST", Path: "/wiki/rest/api/search", Fault: Reset},
		{N: 4, Method: "POST", Path: "/rest/agile/1.0/epic/PAY-1", Status: 201, Bytes: 14},
	}
	got := journalled(t, &lines)
	for i := range got {
		got[i].MS = 0
	}
	assert.Equal(t, want, got)
}

// Two services have one count, in the order of arrival, and no number is given
// twice.
func TestCountIsShared(t *testing.T) {
	t.Parallel()
	var lines bytes.Buffer
	service := &counter{}
	g := newGate(Options{Journal: &lines, Faults: faults(t, "every=4:500")})
	h := g.guard(service)
	var wg sync.WaitGroup
	for range 40 {
		wg.Go(func() {
			h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/rest/x", nil))
		})
	}
	wg.Wait()
	assert.EqualValues(t, 30, service.handled.Load())
	seen := map[int]bool{}
	for _, e := range journalled(t, &lines) {
		seen[e.N] = true
		assert.Equal(t, e.N%4 == 0, e.Status == 500, e.N)
	}
	assert.Len(t, seen, 40)
}

func TestReplacingFaults(t *testing.T) {
	t.Parallel()
	var lines bytes.Buffer
	g := newGate(Options{Journal: &lines, Faults: faults(t, "every=1:500")})
	h := g.guard(&counter{})
	set := func(body string) int {
		w := httptest.NewRecorder()
		g.control(http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/_sandbox/faults", strings.NewReader(body)))
		return w.Code
	}
	call := func() int {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/rest/x", nil))
		return w.Code
	}
	assert.Equal(t, 500, call())
	assert.Equal(t, 400, set(`{"faults":["1:nonsense"]}`), "refused, and the old ones stay")
	assert.Equal(t, 500, call())
	assert.Equal(t, 204, set(`{"faults":["2:503"]}`))
	assert.Equal(t, 201, call())
	assert.Equal(t, 503, call(), "counted anew")
	assert.Equal(t, 204, set(`{"faults":[]}`))
	assert.Equal(t, 201, call())
	assert.Equal(t, 400, set(`{"fault":[]}`))
	assert.Len(t, journalled(t, &lines), 5)
}

func TestParseFaults(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []Fault{{3, false, Lost}, {5, true, TooMany}}, faults(t, "3:lost", "every=5:429"))
	for _, spec := range []string{"", "3", "lost", "0:lost", "-1:lost", "x:lost", "3:", "3:gone", "every=:429", "every=0:429"} {
		_, err := ParseFaults([]string{spec})
		assert.Error(t, err, spec)
	}
}

func TestErrorsHaveTheShapeOfTheirAPI(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"/rest/api/2/issue":     `{"errorMessages":["Too Many Requests"],"errors":{}}`,
		"/rest/agile/1.0/epic":  `{"errorMessages":["Too Many Requests"],"errors":{}}`,
		"/rest/api/content":     `{"statusCode":429,"message":"Too Many Requests"}`,
		"/wiki/rest/api/search": `{"statusCode":429,"message":"Too Many Requests"}`,
		"/wiki/api/v2/pages":    `{"errors":[{"status":429,"code":"TOO_MANY_REQUESTS","title":"Too Many Requests","detail":null}]}`,
	}
	for path, want := range tests {
		assert.JSONEq(t, want, errorBody(path, http.StatusTooManyRequests), path)
	}
}

func TestJournalReportsItsFailure(t *testing.T) {
	t.Parallel()
	j := &journal{w: failing{}}
	j.write(entry{})
	assert.ErrorIs(t, j.failure(), io.ErrClosedPipe)
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func journalled(t *testing.T, r io.Reader) (entries []entry) {
	t.Helper()
	dec := json.NewDecoder(r)
	for dec.More() {
		var e entry
		require.NoError(t, dec.Decode(&e))
		entries = append(entries, e)
	}
	return entries
}
