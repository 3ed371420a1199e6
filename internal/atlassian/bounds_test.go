package atlassian

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/sampled"
)

// endless repeats itself for ever.
type endless string

func (e endless) Read(p []byte) (int, error) {
	for n := 0; ; n += len(e) {
		if copy(p[n:], e) < len(e) {
			return len(p), nil
		}
	}
}

// drip gives a byte a second until its request is given up.
type drip struct{ ctx context.Context }

func (d drip) Read(p []byte) (int, error) {
	select {
	case <-d.ctx.Done():
		return 0, d.ctx.Err()
	case <-time.After(time.Second):
		p[0] = ' '
		return 1, nil
	}
}

// methods are a read and a write; where a sample is enough, one of them, by the case's
// name.
func methods(name string) []string {
	both := []string{"GET", "POST"}
	if sampled.One(2, 2) == 1 {
		return both
	}
	return both[len(name)%2:][:1]
}

func TestAnAnswerHasABound(t *testing.T) { // F8, A12
	blank := endless(strings.Repeat(" ", 1<<15))
	var member bytes.Buffer // packed once: packing it again and again would take longer than the time-out
	packer := gzip.NewWriter(&member)
	_, _ = io.CopyN(packer, blank, 1<<20)
	require.NoError(t, packer.Close())
	many := `{"issues":[{}` + strings.Repeat(",{}", 2*maxValues) + `]}`
	for name, test := range map[string]struct {
		answer func(http.ResponseWriter)
		want   string
	}{
		"announced, 200 MB": {func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", strconv.Itoa(200<<20))
			_, _ = io.CopyN(w, blank, 200<<20)
		}, "larger than 64 MiB"},
		"not announced, 200 MB": {func(w http.ResponseWriter) { _, _ = io.CopyN(w, blank, 200<<20) }, "larger than 64 MiB"},
		"without end":           {func(w http.ResponseWriter) { _, _ = io.Copy(w, blank) }, "larger than 64 MiB"},
		"packed, without end": {func(w http.ResponseWriter) {
			w.Header().Set("Content-Encoding", "gzip")
			for err := error(nil); err == nil; {
				_, err = w.Write(member.Bytes())
			}
		}, "larger than 64 MiB"},
		"of millions of values": {func(w http.ResponseWriter) { _, _ = io.WriteString(w, many) }, "larger than 1048576 values"},
	} {
		for _, method := range methods(name) {
			t.Run(name+", "+method, func(t *testing.T) { // not in parallel: it measures memory
				srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Content-Type", "application/json")
					test.answer(w)
				}))
				defer srv.Close()
				c, err := New(Options{Product: "Jira", BaseURL: srv.URL + "/ctx", Auth: Auth{Token: NewSecret("hunter2")}})
				require.NoError(t, err)
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				var out any
				err = c.JSON(t.Context(), method, "/rest/x", nil, nil, &out)
				runtime.ReadMemStats(&after)
				require.ErrorContains(t, err, "Jira: "+method+" /ctx/rest/x: the answer is "+test.want)
				assert.NotRegexp(t, `(?i)network|proxy|reached|address`, err.Error()+HintOf(err))
				assert.NotEmpty(t, HintOf(err))
				assert.EqualValues(t, 1, c.Requests(), "it would be the same again")
				assert.Equal(t, method == "POST", Ambiguous(err), "a write has happened")
				// What a buffer takes as it grows to the bound; the race detector takes a quarter more.
				assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(6*maxAnswer), "bytes, all that was ever taken")
			})
		}
	}
}

func TestALargeAnswerIsRead(t *testing.T) { // F8: the bound is beyond what a site gives
	t.Parallel()
	text := strings.Repeat("x", 20<<20)
	c := client(t, script(reply(200, `{"text":"`+text+`"}`)))
	var out struct{ Text string }
	require.NoError(t, c.JSON(t.Context(), "GET", "/rest/x", nil, nil, &out))
	assert.Len(t, out.Text, len(text))
}

func TestARefusalIsReadInPart(t *testing.T) { // F8, A12: its status says enough
	t.Parallel()
	for _, status := range []int{400, 404, 502} {
		synctest.Test(t, func(t *testing.T) {
			c := client(t, network(func(*http.Request) (*http.Response, error) {
				h := http.Header{"Content-Type": {"application/json"}}
				return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(endless("no ")), ContentLength: -1}, nil
			}))
			err := c.JSON(t.Context(), "GET", "/rest/x", nil, nil, nil)
			assert.Equal(t, status, StatusOf(err))
		})
	}
}

func TestADripEndsInTime(t *testing.T) { // F8, A12
	t.Parallel()
	for name, body := range map[string]func(context.Context) io.Reader{
		"from the start":  func(ctx context.Context) io.Reader { return drip{ctx} },
		"after the half":  func(ctx context.Context) io.Reader { return io.MultiReader(strings.NewReader(`{"a":`), drip{ctx}) },
		"after its value": func(ctx context.Context) io.Reader { return io.MultiReader(strings.NewReader(`{}`), drip{ctx}) },
		"in a refusal":    func(ctx context.Context) io.Reader { return drip{ctx} },
	} {
		for _, method := range methods(name) {
			t.Run(name+", "+method, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					c := client(t, network(func(req *http.Request) (*http.Response, error) {
						status := 200
						if name == "in a refusal" {
							status = 500
						}
						return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(body(req.Context())), ContentLength: -1}, nil
					}))
					start := time.Now()
					err := c.JSON(t.Context(), method, "/rest/x", nil, nil, nil)
					assert.LessOrEqual(t, time.Since(start), 30*time.Second, "http.timeout")
					require.ErrorContains(t, err, "Jira: "+method+" /ctx/rest/x: the answer began and had not ended in time")
					assert.Contains(t, HintOf(err), "http.timeout")
					assert.Equal(t, method == "POST", Ambiguous(err))
				})
			})
		}
	}
}

func TestPagesEnd(t *testing.T) { // F8, A10
	t.Parallel()
	type read = func(n int, cursor string) Page[string]
	item := func(n int) []string { return []string{strconv.Itoa(n)} }
	for name, test := range map[string]struct {
		read read
		want string
		most int // requests
	}{
		"other items, other tokens": {func(n int, _ string) Page[string] { return Page[string]{Items: item(n), Next: strconv.Itoa(n)} }, "no site has as many", maxPages},
		"the same item, other tokens": {func(n int, _ string) Page[string] {
			return Page[string]{Items: item(1), Next: strconv.Itoa(n)}
		}, "hold nothing new", maxBarren + 1},
		"no items, other tokens": {func(n int, _ string) Page[string] { return Page[string]{Next: strconv.Itoa(n)} }, "hold nothing new", maxBarren},
		"something new now and then": {func(n int, _ string) Page[string] {
			return Page[string]{Items: item(n / 5), Next: strconv.Itoa(n)}
		}, "no site has as many", maxPages},
		"the same token": {func(n int, _ string) Page[string] { return Page[string]{Items: item(n), Next: "a"} }, "repeats a page", 2},
		"a circle of tokens": {func(n int, _ string) Page[string] {
			return Page[string]{Items: item(n), Next: string("abc"[n%3])}
		}, "repeats a page", 4},
		"items without an id": {func(n int, _ string) Page[string] { return Page[string]{Items: []string{""}, Next: strconv.Itoa(n)} }, "no site has as many", maxPages},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			requests := 0
			var err error
			for _, e := range Pages(t.Context(), func(s string) string { return s }, func(_ context.Context, cursor string) (Page[string], error) {
				requests++
				return test.read(requests, cursor), nil
			}) {
				err = e
			}
			require.ErrorContains(t, err, test.want)
			e, ok := errors.AsType[*EndlessError](err)
			require.True(t, ok)
			assert.NotEmpty(t, e.Hint())
			assert.Equal(t, test.most, requests)
		})
	}
}

func TestPagesOfASiteAreAllRead(t *testing.T) { // P3, F8
	t.Parallel()
	var got []string
	for p, err := range Pages(t.Context(), func(s string) string { return s }, func(_ context.Context, cursor string) (Page[string], error) {
		n, _ := strconv.Atoi(cursor)
		p := Page[string]{Items: []string{fmt.Sprint(n), fmt.Sprint(n + 1)}} // each page begins with the last one's end
		if n%7 == 3 {
			p.Items = nil // and some are empty
		}
		if n < maxPages-1 {
			p.Next = strconv.Itoa(n + 1)
		}
		return p, nil
	}) {
		require.NoError(t, err)
		got = append(got, p.Items...)
	}
	assert.Len(t, got, maxPages+1)
}

func TestPagesTakeSoMuchMemoryTogether(t *testing.T) { // F8, A10
	t.Parallel()
	page := bytes.Repeat([]byte(" "), 20<<20)
	c := client(t, script(reply(200, `{}`+string(page))))
	requests := 0
	var err error
	for _, e := range Pages(t.Context(), func(s string) string { return s }, func(ctx context.Context, _ string) (Page[string], error) {
		requests++
		return Page[string]{Items: []string{""}, Next: strconv.Itoa(requests)}, c.JSON(ctx, "GET", "/rest/x", nil, nil, nil)
	}) {
		err = e
	}
	require.ErrorContains(t, err, "larger than 256 MiB together with the pages before it")
	assert.Equal(t, 13, requests)
}
