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
	resp.Body = &read{bytes.NewReader(body), body}
	return err
}

// A read body is all there.
type read struct {
	*bytes.Reader
	all []byte
}

func (*read) Close() error { return nil }

// fits judges the body of a success.
func fits(ctx context.Context, resp *http.Response, body []byte) error {
	shared, _ := ctx.Value(allowanceKey{}).(*allowance)
	switch {
	case len(body) > maxAnswer:
		return &oversizeError{mebibytes(maxAnswer)}
	case shared != nil && !shared.take(int64(len(body))):
		return &oversizeError{mebibytes(maxRead) + " together with the pages before it"}
	}
	values, whole := scan(body)
	switch {
	case len(body) > 0 && isJSON(resp) && !whole:
		return errIncomplete
	case values > maxValues:
		return &oversizeError{fmt.Sprintf("%d values", maxValues)}
	}
	return nil
}

func mebibytes(n int64) string { return fmt.Sprintf("%d MiB", n>>20) }

// scan goes through a JSON text: how many values it holds, near enough, since every one but
// the first follows a comma or an opening bracket; and whether it ends where its first value
// does, which one that was cut off does not. What else is wrong with it shows when it is
// decoded.
func scan(body []byte) (values int, whole bool) {
	text := bytes.TrimSpace(body)
	if len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return 0, json.Valid(text)
	}
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			end := quoted(text[i+1:])
			if end < 0 {
				return values, false
			}
			i += 1 + end
		case ',':
			values++
		case '{', '[':
			values++
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return values, i == len(text)-1
			}
		}
	}
	return values, false
}

// quoted is where a string of a JSON text ends, -1 if it does not.
func quoted(text []byte) int {
	for i := 0; ; {
		at := bytes.IndexByte(text[i:], '"')
		if at < 0 {
			return -1
		}
		i += at
		escapes := 0
		for escapes < i && text[i-1-escapes] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return i
		}
		i++
	}
}

func isJSON(resp *http.Response) bool {
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return media == "application/json" || strings.HasSuffix(media, "+json")
}

func isHTML(resp *http.Response) bool {
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return media == "text/html" || media == "application/xhtml+xml"
}
