package sandbox

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
)

// An answer is held back until it is known what becomes of it.
type answer struct {
	status  int
	header  http.Header
	body    bytes.Buffer
	dropped bool // the client gets none of it
}

// handle lets h answer the request.
func handle(h http.Handler, r *http.Request) *answer {
	a := &answer{header: http.Header{}}
	h.ServeHTTP(a, r)
	a.WriteHeader(http.StatusOK)
	return a
}

// Header, Write and WriteHeader make an answer what a handler writes to.
func (a *answer) Header() http.Header { return a.header }

func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

// sent is how many bytes of the body reach the client.
func (a *answer) sent() int {
	if a.dropped {
		return 0
	}
	return a.body.Len()
}

// send writes the answer, or closes the connection without one.
func (a *answer) send(w http.ResponseWriter) {
	if a.dropped {
		panic(http.ErrAbortHandler)
	}
	for name, values := range a.header {
		w.Header()[name] = values
	}
	w.Header().Del("Content-Length") // of the whole body; the server counts what is left
	w.WriteHeader(a.status)
	w.Write(a.body.Bytes()) // fails when the client has gone
}

func newAnswer(status int, mediaType, body string) *answer {
	a := &answer{status: status, header: http.Header{"Content-Type": {mediaType}}}
	a.body.WriteString(body)
	return a
}

// refusal is a failure that the service or what stands before it reports.
func refusal(kind Kind, path string) *answer {
	switch kind {
	case TooMany:
		a := newAnswer(http.StatusTooManyRequests, "application/json", errorBody(path, http.StatusTooManyRequests))
		a.header.Set("Retry-After", "1")
		return a
	case ServerError:
		return newAnswer(http.StatusInternalServerError, "application/json", errorBody(path, http.StatusInternalServerError))
	}
	return newAnswer(http.StatusServiceUnavailable, "text/html",
		"<html><head><title>503 Service Temporarily Unavailable</title></head><body></body></html>")
}

// errorBody has the shape of the errors of Confluence's two APIs, or of Jira's.
func errorBody(path string, status int) string {
	text := http.StatusText(status)
	switch {
	case strings.HasPrefix(path, "/wiki/api/"):
		code := strings.ToUpper(strings.ReplaceAll(text, " ", "_"))
		return fmt.Sprintf(`{"errors":[{"status":%d,"code":%q,"title":%q,"detail":null}]}`, status, code, text)
	case strings.HasPrefix(path, "/wiki/"), strings.HasPrefix(path, "/rest/api/") && !strings.HasPrefix(path, "/rest/api/2/") && !strings.HasPrefix(path, "/rest/api/3/"):
		return fmt.Sprintf(`{"statusCode":%d,"message":%q}`, status, text)
	}
	return fmt.Sprintf(`{"errorMessages":[%q],"errors":{}}`, text)
}

// loginPage is what single sign-on answers instead of the service.
func loginPage() *answer {
	return newAnswer(http.StatusOK, "text/html; charset=utf-8",
		`<!DOCTYPE html><html><head><title>Log in</title></head><body><form method="post" action="/login">`+
			`<input name="user"><input name="password" type="password"><button>Log in</button></form></body></html>`)
}
