package atlassian

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// An APIError is a request that did not succeed.
type APIError struct {
	Product      string   // "Jira"
	Method, Path string   // never the query or headers: secrets live there
	Status       int      // 0 when no answer came
	Messages     []string // of the service, sorted
	// Hint says what to try; empty where the messages say it all.
	Hint string
	// RetryAfter is how long the service asked to wait.
	RetryAfter time.Duration

	ambiguous bool
	nobody    bool // see Unauthenticated
	unsent    bool // because of a wait, and so no failure of its own
	cause     error
}

// Error names what failed, where, and what the service said.
func (e *APIError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s %s", e.Product, e.Method, e.Path)
	if e.Status != 0 {
		fmt.Fprintf(&b, ": %d %s", e.Status, http.StatusText(e.Status))
	}
	if len(e.Messages) > 0 {
		b.WriteString(": " + strings.Join(e.Messages, "; "))
	}
	return b.String()
}

// Unwrap is the network's or the context's error, if there is one.
func (e *APIError) Unwrap() error { return e.cause }

// StatusOf is the HTTP status of an error, 0 if it has none.
func StatusOf(err error) int {
	if e, ok := errors.AsType[*APIError](err); ok {
		return e.Status
	}
	return 0
}

// HintOf is what an error suggests to try, empty if nothing.
func HintOf(err error) string {
	if e, ok := errors.AsType[*APIError](err); ok {
		return e.Hint
	}
	return ""
}

// Ambiguous reports whether a write that failed with err may have taken effect:
// the connection broke after it was sent, the service failed, or its answer was
// cut or not its own. The caller has to look before it writes again.
func Ambiguous(err error) bool {
	e, ok := errors.AsType[*APIError](err)
	return ok && e.ambiguous
}

// Unauthenticated reports whether err says that the service does not take our
// credentials: no other request will fare better, and more of them may lock the
// account.
func Unauthenticated(err error) bool {
	e, ok := errors.AsType[*APIError](err)
	return ok && (e.nobody || e.Status == http.StatusUnauthorized)
}

// SameFault reports whether b is the failure of a again: the same service gave the
// same status, or no answer, for the same reason, or was not asked any more.
func SameFault(a, b error) bool {
	first, ok := errors.AsType[*APIError](a)
	second, ok2 := errors.AsType[*APIError](b)
	if !ok || !ok2 || first.Product != second.Product {
		return false
	}
	return second.unsent || first.Status == second.Status && slices.Equal(first.Messages, second.Messages)
}

func (c *Client) newError(req *http.Request) *APIError {
	return &APIError{Product: c.product, Method: req.Method, Path: c.secrets.hide(req.URL.Path)}
}

// say makes messages of what came from outside: without our secrets, on one line
// each, sorted, the empty ones left out.
func (c *Client) say(texts ...string) []string {
	var out []string
	for _, text := range texts {
		if text = shorten(c.secrets.hide(text)); text != "" {
			out = append(out, text)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// unsent is a request that its context ended before it left.
func (c *Client) unsent(req *http.Request, err error) *APIError {
	e := c.newError(req)
	e.Messages, e.cause, e.unsent = []string{"not sent: " + err.Error()}, err, true
	return e
}

// unanswered is a request without a complete answer.
func (c *Client) unanswered(req *http.Request, state *call, err error) *APIError {
	// A url.Error repeats the address with its query.
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	// Of two reasons the one that ended the attempt counts: a write in flight
	// does not end with the context.
	if ctx := req.Context(); errors.Is(err, ctx.Err()) {
		err = context.Cause(ctx)
	}
	e := c.newError(req)
	e.cause = err
	e.Messages, e.Hint = c.say(networkMessage(err)), networkHint(err, c.base.Host)
	e.ambiguous = !state.read && state.sent.Load()
	return e
}

// refused judges a complete answer: nil when it is a success of the service.
func (c *Client) refused(req *http.Request, state *call, resp *http.Response) error {
	if resp.StatusCode < 300 && !isHTML(resp) && login(resp) == taken {
		return nil
	}
	e := c.refusal(req, resp)
	e.ambiguous = !state.read && (resp.StatusCode < 300 || transient(resp.StatusCode))
	return e
}

// refusal is what a complete answer that is no success says.
func (c *Client) refusal(req *http.Request, resp *http.Response) *APIError {
	body, _ := io.ReadAll(resp.Body) // in memory, cannot fail
	resp.Body = io.NopCloser(bytes.NewReader(body))
	e := c.newError(req)
	e.Status = resp.StatusCode
	e.RetryAfter = RetryAfter(resp.Header, time.Now())
	e.Messages = c.say(c.messages(resp, body)...)
	e.nobody = login(resp) != taken
	e.Hint = c.hint(resp, e)
	return e
}

// impatient is the refusal when the wait that it asked for was cut short.
func (e *APIError) impatient(cause error) *APIError {
	e.cause = cause
	e.Messages = append(e.Messages, "the wait before another attempt was cut short: "+cause.Error())
	return e
}

// unexpected is an answer in JSON that is not what the operation documents.
func (c *Client) unexpected(req *http.Request, status int, err error) *APIError {
	e := c.newError(req)
	e.Status, e.cause, e.ambiguous = status, err, !isRead(req)
	if errors.Is(err, io.EOF) {
		err = errors.New("it is empty")
	}
	e.Messages = c.say("the answer is not what this operation should give: " + err.Error())
	e.Hint = "check that the address is that of " + c.product + " and not of a proxy or another product"
	return e
}
