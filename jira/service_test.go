package jira

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
)

// A service answers each route with what a test says and remembers what it was
// asked. The stateful fake shows that the client works; this shows what it does
// with answers that a well-behaved service seldom gives.
type service struct {
	t      *testing.T
	mu     sync.Mutex
	routes map[string]any // by "METHOD /path", a value, a status, or a func of the body
	asked  []string
	turn   sync.Mutex // one func at a time: tests count in them
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	assert.NoError(s.t, err)
	route := r.Method + " " + strings.TrimPrefix(r.URL.Path, "/rest/api/2")
	s.mu.Lock()
	s.asked = append(s.asked, route)
	answer, ok := s.routes[route]
	s.mu.Unlock()
	if !ok {
		answer = http.StatusNotFound
	}
	if compute, ok := answer.(func(*http.Request, string) any); ok {
		answer = func() any {
			s.turn.Lock()
			defer s.turn.Unlock()
			return compute(r, string(body))
		}()
	}
	w.Header().Set("Content-Type", "application/json")
	if status, ok := answer.(int); ok {
		w.WriteHeader(status)
		answer = map[string]any{"errorMessages": []string{"no"}}
	}
	if message, ok := answer.(refusal); ok {
		w.WriteHeader(http.StatusBadRequest)
		answer = map[string]any{"errorMessages": []string{string(message)}}
	}
	assert.NoError(s.t, json.NewEncoder(w).Encode(answer))
}

// refusal is an answer with the status 400 and a message.
type refusal string

// count is how often a route was asked.
func (s *service) count(route string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, a := range s.asked {
		if a == route {
			n++
		}
	}
	return n
}

type object = map[string]any

func serve(t *testing.T, deployment string, routes map[string]any) (*Client, *service) {
	t.Helper()
	s := &service{t: t, routes: map[string]any{
		"GET /field": []any{}, "GET /myself": object{"accountId": "bot", "key": "bot", "displayName": "bot"},
	}}
	maps.Copy(s.routes, routes)
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	c, err := New(t.Context(), Options{Atlassian: dial(t, srv.URL), Deployment: deployment})
	require.NoError(t, err)
	return c, s
}

func dial(t *testing.T, url string) *atlassian.Client {
	t.Helper()
	a, err := atlassian.New(atlassian.Options{
		Product: "Jira", BaseURL: url,
		Auth: atlassian.Auth{User: "refine@example.com", Token: atlassian.NewSecret("token")},
	})
	require.NoError(t, err)
	return a
}

func stub(n int) object {
	return object{"id": fmt.Sprint(1000 + n), "key": fmt.Sprintf("PAY-%d", n), "fields": object{"comment": object{"comments": []any{}, "total": 0}}}
}

func stubs(from, to int) []object {
	var out []object
	for n := from; n <= to; n++ {
		out = append(out, stub(n))
	}
	return out
}
