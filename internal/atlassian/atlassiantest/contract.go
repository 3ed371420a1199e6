// Package atlassiantest holds a client and a fake service to Atlassian's own
// OpenAPI documents. An http.Handler goes in, a handler that answers the same
// comes out; a request or an answer the document does not allow fails the test.
// It never changes either of them, and it is for tests only.
package atlassiantest

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// Contract returns next with every request to it and every answer of it passed
// through the document called spec, a file name such as "jira-dc.json". Where
// the documents are absent it returns next itself and the test's log says so.
//
// Contracts nest: what the outer document does not describe is left to the
// inner one, and what no document describes is a failure.
// Paths outside of the products' APIs are not checked.
func Contract(t testing.TB, spec string, next http.Handler) http.Handler {
	t.Helper()
	router, err := load(spec)
	if err != nil {
		t.Fatalf("loading the contract %s: %v", spec, err)
	}
	if router == nil {
		t.Logf("the contract %s is not checked: the documents are not here", spec)
		return next
	}
	return &contract{t: t, spec: spec, router: router, next: next}
}

type contract struct {
	t      testing.TB
	spec   string
	router routers.Router
	next   http.Handler
}

// ServeHTTP reads, decides which document speaks for the request, and checks
// what goes in and what comes out.
func (c *contract) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !isAPI(r.URL.Path) {
		c.next.ServeHTTP(w, r)
		return
	}
	route, params, err := c.router.FindRoute(r)
	if err != nil {
		c.undescribed(r, err)
		c.next.ServeHTTP(w, r)
		return
	}
	r = r.WithContext(context.WithValue(r.Context(), describedKey{}, true))
	in := c.checkRequest(r, route, params)
	if in == nil {
		c.next.ServeHTTP(w, r)
		return
	}
	answer := httptest.NewRecorder()
	c.next.ServeHTTP(answer, r)
	c.checkAnswer(in, answer)
	forward(w, answer)
}

// isAPI tells the products' APIs from their pages for people.
func isAPI(path string) bool {
	return strings.HasPrefix(path, "/rest/") || strings.HasPrefix(path, "/wiki/rest/") || strings.HasPrefix(path, "/wiki/api/")
}

// describedKey marks a request that an outer document speaks for.
type describedKey struct{}

func (c *contract) undescribed(r *http.Request, err error) {
	_, nests := c.next.(*contract)
	if nests || r.Context().Value(describedKey{}) != nil {
		return
	}
	c.t.Errorf("%s: %s %s is not described: %v", c.spec, r.Method, r.URL.Path, err)
}

// checkRequest leaves the body of r to be read again. It returns nil when the
// body itself cannot be read, which is the handler's to answer.
func (c *contract) checkRequest(r *http.Request, route *routers.Route, params map[string]string) *openapi3filter.RequestValidationInput {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), failing{err}))
		return nil
	}
	copied := r.Clone(r.Context())
	copied.Body = io.NopCloser(bytes.NewReader(body))
	r.Body = io.NopCloser(bytes.NewReader(body))
	in := &openapi3filter.RequestValidationInput{
		Request:    copied,
		PathParams: params,
		Route:      route,
		Options:    options,
	}
	if err := openapi3filter.ValidateRequest(r.Context(), in); err != nil {
		c.t.Errorf("%s: the request %s breaks the contract: %v", c.spec, operation(in), err)
	}
	return in
}

func (c *contract) checkAnswer(in *openapi3filter.RequestValidationInput, answer *httptest.ResponseRecorder) {
	out := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in,
		Status:                 answer.Code,
		Header:                 answer.Header(),
		Body:                   io.NopCloser(bytes.NewReader(answer.Body.Bytes())),
		Options:                options,
	}
	if err := openapi3filter.ValidateResponse(in.Request.Context(), out); err != nil {
		c.t.Errorf("%s: the answer %d to %s breaks the contract: %v", c.spec, answer.Code, operation(in), err)
	}
}

func operation(in *openapi3filter.RequestValidationInput) string {
	return in.Request.Method + " " + in.Route.Path + " (" + in.Route.Operation.OperationID + ")"
}

func forward(w http.ResponseWriter, answer *httptest.ResponseRecorder) {
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes()) // a client that has gone is not our failure
}

// failing hands on the error that cut a body off.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
