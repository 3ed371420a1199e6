package atlassiantest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// witness is a test that keeps what would have failed it.
type witness struct {
	testing.TB
	faults []string
}

func (w *witness) Helper() {}

func (w *witness) Errorf(format string, args ...any) {
	w.faults = append(w.faults, fmt.Sprintf(format, args...))
}

func answering(status int, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	})
}

func ask(h http.Handler, method, target, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestContract(t *testing.T) {
	t.Parallel()
	requireDocuments(t, "jira-dc.json")
	for _, tc := range []struct {
		name, method, target, request string
		status                        int
		answer, fault                 string
	}{
		{"an exchange as documented", "GET", "/rest/api/2/serverInfo", "", 200, `{"version":"10.3.24"}`, ""},
		{"a page for people is not checked", "GET", "/browse/PAY-1", "", 200, `<html>`, ""},
		{"an answer of the wrong type", "GET", "/rest/api/2/myself", "", 200, `{"active":"yes"}`, "the answer 200 to GET /rest/api/2/myself"},
		{"a status nobody documented", "GET", "/rest/api/2/serverInfo", "", 299, `{}`, "the answer 299"},
		{"a request body of the wrong type", "POST", "/rest/api/2/search", `{"jql":7}`, 400, `{}`, "the request POST /rest/api/2/search"},
		{"a path nobody documented", "GET", "/rest/api/2/search/jql", "", 404, `{}`, "is not described"},
		{"a method nobody documented", "DELETE", "/rest/api/2/serverInfo", "", 405, `{}`, "is not described"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			seen := &witness{TB: t}
			h := Contract(seen, "jira-dc.json", answering(tc.status, tc.answer))

			got := ask(h, tc.method, tc.target, tc.request)

			assert.Equal(t, tc.status, got.Code, "the answer is handed on as it is")
			assert.Equal(t, tc.answer, got.Body.String())
			if tc.fault == "" {
				assert.Empty(t, seen.faults)
				return
			}
			require.Len(t, seen.faults, 1)
			assert.Contains(t, seen.faults[0], tc.fault)
		})
	}
}

func TestContractsNest(t *testing.T) {
	t.Parallel()
	requireDocuments(t, "confluence-cloud-v1.json", "confluence-cloud-v2.json")
	seen := &witness{TB: t}
	inner := Contract(seen, "confluence-cloud-v2.json", answering(200, `{"results":[]}`))
	h := Contract(seen, "confluence-cloud-v1.json", inner)

	ask(h, "GET", "/wiki/api/v2/spaces", "")
	assert.Empty(t, seen.faults, "the outer document leaves to the inner one what it does not know")

	ask(h, "GET", "/wiki/api/v2/nowhere", "")
	assert.Len(t, seen.faults, 1, "what neither knows is one fault")
}

func TestUnknownDocument(t *testing.T) {
	t.Parallel()
	requireDocuments(t)
	_, err := load("no-such-document.json")
	assert.ErrorContains(t, err, "no-such-document.json")
}

// requireDocuments skips the test where the documents are not there, and fails
// it where one of them is not what it should be.
func requireDocuments(t *testing.T, specs ...string) {
	t.Helper()
	for _, spec := range append([]string{"jira-cloud-v2.json"}, specs...) {
		router, err := load(spec)
		require.NoError(t, err)
		if router == nil {
			t.Skip("the documents are not here")
		}
	}
}
