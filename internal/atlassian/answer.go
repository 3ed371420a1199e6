package atlassian

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"sync"
)

// What one answer may be. The largest that a site gives, a hundred issues with
// all their comments and changes, stays far below.
const (
	maxAnswer  = 64 << 20 // bytes, unpacked
	maxRefusal = 1 << 20  // bytes that are read of an answer that is no success
	maxValues  = 1 << 20  // JSON values: each takes many times its bytes once it is decoded
)

var (
	// errIncomplete is an answer that ends early.
	errIncomplete = errors.New("the answer was cut off")
	// errUnended is an answer that began and drips on. Asking again would take as
	// long once more.
	errUnended = errors.New("the answer began and had not ended in time")
)

// An oversizeError is an answer that is not read to its end. It tells nothing of
// the network, and would be the same again.
type oversizeError struct{ most string }

func (e *oversizeError) Error() string {
	return "the answer is larger than " + e.most + ", the most that is read of one"
}

// An allowance is shared by the answers of one read.
type allowance struct {
	mu   sync.Mutex
	left int64
}

// take lowers what is left by an answer's size, and reports whether it was that
// much.
func (a *allowance) take(n int64) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.left -= n
	return a.left >= 0
}

// buffer replaces the body by what it holds. A proxy that gives up may close
// the connection cleanly, so JSON is checked to be complete, too. Of a refusal
// only the beginning counts.
func buffer(ctx context.Context, resp *http.Response) error {
	defer resp.Body.Close()
	most, success := int64(maxRefusal), resp.StatusCode < 300
	if success {
		most = maxAnswer
	}
	if success && resp.ContentLength > most {
		return &oversizeError{mebibytes(most)}
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	switch {
	case err != nil && errors.Is(err, io.ErrUnexpectedEOF):
		return errIncomplete
	case err != nil:
		return err
	case !success:
		body = body[:min(int64(len(body)), most)]
	default:
		err = fits(ctx, resp, body)
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return err
}

// fits judges the body of a success.
func fits(ctx context.Context, resp *http.Response, body []byte) error {
	shared, _ := ctx.Value(allowanceKey{}).(*allowance)
	switch {
	case len(body) > maxAnswer:
		return &oversizeError{mebibytes(maxAnswer)}
	case shared != nil && !shared.take(int64(len(body))):
		return &oversizeError{mebibytes(maxRead) + " together with the pages before it"}
	case len(body) > 0 && isJSON(resp) && !json.Valid(body):
		return errIncomplete
	case len(body) > maxValues && values(body) > maxValues:
		return &oversizeError{fmt.Sprintf("%d values", maxValues)}
	}
	return nil
}

func mebibytes(n int64) string { return fmt.Sprintf("%d MiB", n>>20) }

// values counts what a JSON text holds, near enough: every value but the first
// follows a comma or an opening bracket.
func values(body []byte) int {
	n, quoted := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ',' || c == '[' || c == '{'):
			n++
		}
	}
	return n
}

func isJSON(resp *http.Response) bool {
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return media == "application/json" || strings.HasSuffix(media, "+json")
}

func isHTML(resp *http.Response) bool {
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return media == "text/html" || media == "application/xhtml+xml"
}
