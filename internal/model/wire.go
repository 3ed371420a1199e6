package model

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"sync/atomic"
	"time"

	"refine/internal/atlassian"
)

// mostAnswer bounds, in bytes, what is read of an answer.
const mostAnswer = 1 << 20

// A wire sends requests as they are and hands on complete answers alone: what
// comes back otherwise is a [*failure] in words of our own, since servers repeat
// keys and tickets in theirs.
type wire struct {
	http      *http.Client
	userAgent string
	log       *slog.Logger
	requests  atomic.Int64
	diet      *diet
}

// newWire follows no redirect: another host must not see key or tickets.
func newWire(transport http.RoundTripper, userAgent string, optional map[string]string, log *slog.Logger) *wire {
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &wire{http: &http.Client{Transport: transport, CheckRedirect: stay}, userAgent: userAgent, log: log, diet: newDiet(optional)}
}

// Do sends a request, without what its server has refused. The body of the answer is in memory.
func (w *wire) Do(req *http.Request) (*http.Response, error) {
	req.Header.Set("User-Agent", w.userAgent)
	start := time.Now()
	resp, err := w.send(req)
	if err != nil {
		f := unsent(err)
		w.log.DebugContext(req.Context(), "request failed", "product", "model", "method", req.Method, "path", req.URL.Path, "ms", time.Since(start).Milliseconds(), "error", f.reason)
		return nil, f
	}
	defer resp.Body.Close()
	f := judge(resp)
	w.log.DebugContext(req.Context(), "request", "product", "model", "method", req.Method, "path", req.URL.Path, "ms", time.Since(start).Milliseconds(), "status", resp.StatusCode)
	if f != nil {
		return nil, f
	}
	return resp, nil
}

// judge reads the answer and says why it is none.
func judge(resp *http.Response) *failure {
	if f := refused(resp); f != nil {
		return f
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, mostAnswer+1))
	switch {
	case err != nil:
		return unsent(err)
	case len(body) > mostAnswer:
		return &failure{reason: fmt.Sprintf("its answer was larger than %d KiB", mostAnswer>>10), hint: "check that model.provider fits what listens at model.base_url"}
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return nil
}

// refused judges status and kind of an answer.
func refused(resp *http.Response) *failure {
	f := &failure{reason: fmt.Sprintf("its server answered %d", resp.StatusCode)}
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	switch status := resp.StatusCode; {
	case status >= 300 && status < 400:
		f.reason, f.hint = "its server redirects elsewhere", "give the address that it redirects to as model.base_url"
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		f.hint = "check model.key, and that it may use model.model"
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed:
		f.absent, f.hint = true, "check model.base_url and model.model"
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable, status == 529: // Anthropic's "overloaded"
		f.again, f.after, f.hint = true, atlassian.RetryAfter(resp.Header, time.Now()), "run again later"
	case status >= 500, status == http.StatusRequestTimeout:
		f.again, f.hint = true, "run again later"
	case status != http.StatusOK:
		f.hint = "check that model.model takes a JSON schema for its answer"
	case media == "text/html":
		f.reason, f.hint = "its server answered with a web page", "check model.base_url and the proxy"
	default:
		return nil
	}
	return f
}
