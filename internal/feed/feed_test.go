package feed_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/feed"
)

// direct answers requests in this process.
type direct func(*http.Request) *http.Response

func (d direct) RoundTrip(r *http.Request) (*http.Response, error) { return d(r), nil }

func answering(h http.HandlerFunc) func() (http.RoundTripper, error) {
	return func() (http.RoundTripper, error) {
		return direct(func(r *http.Request) *http.Response {
			w := httptest.NewRecorder()
			h(w, r)
			resp := w.Result()
			resp.Request = r
			return resp
		}), nil
	}
}

const address = "https://calendar.example/private-5ecret/team.ics?token=t0psecret"

func TestACalendarIsAskedForOnce(t *testing.T) { // O2
	t.Parallel()
	var asked atomic.Int32
	r := feed.Reader{Network: answering(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		fmt.Fprint(w, "BEGIN:VCALENDAR")
	})}
	for range 3 {
		data, err := r.Read(t.Context(), strings.Replace(address, "https:", "webcal:", 1))
		require.NoError(t, err)
		assert.Equal(t, "BEGIN:VCALENDAR", string(data))
	}
	assert.EqualValues(t, 1, asked.Load())
}

func TestACalendarIsFollowedAsItWasForADay(t *testing.T) { // O2
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		down, unchanged := false, 0
		var log bytes.Buffer
		r := feed.Reader{Keep: 15 * time.Minute, Log: slog.New(slog.NewTextHandler(&log, nil)), Network: answering(func(w http.ResponseWriter, req *http.Request) {
			switch {
			case down:
				w.WriteHeader(http.StatusBadGateway)
			case req.Header.Get("If-None-Match") == `"1"`:
				unchanged++
				w.WriteHeader(http.StatusNotModified)
			default:
				w.Header().Set("ETag", `"1"`)
				fmt.Fprint(w, "dates")
			}
		})}
		read := func(want string) error {
			t.Helper()
			time.Sleep(16 * time.Minute)
			data, err := r.Read(t.Context(), address)
			assert.Equal(t, want, string(data))
			return err
		}
		require.NoError(t, read("dates"))
		require.NoError(t, read("dates"))
		assert.Equal(t, 1, unchanged)
		down = true
		require.NoError(t, read("dates"))
		assert.Contains(t, log.String(), "is followed as it was")
		assert.NotContains(t, log.String(), "ecret")
		time.Sleep(24 * time.Hour)
		require.ErrorContains(t, read(""), "the calendar at calendar.example: answered 502 Bad Gateway")
		down = false
		require.NoError(t, read("dates"))
	})
}

func TestWhatACalendarMayNotBe(t *testing.T) { // F8 F4
	t.Parallel()
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		says   string
	}{
		"gone":      {http.NotFound, "answered 404"},
		"too large": {func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 8<<20+1)) }, "holds more than 8 MiB"},
		"in the open": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://calendar.example/5ecret", http.StatusFound)
		}, "leads from https to an address without"},
		"in a circle": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, address, http.StatusFound) }, "leads from one address to the next"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := (&feed.Reader{Network: answering(c.answer)}).Read(t.Context(), address)
			require.ErrorContains(t, err, c.says)
			assert.NotContains(t, err.Error(), "ecret", "its address is one")
		})
	}
	_, err := new(feed.Reader).Read(t.Context(), filepath.Join(t.TempDir(), "none.ics"))
	assert.ErrorIs(t, err, os.ErrNotExist)
}

// Where a calendar stood is not told to where it has moved.
func TestAMovedCalendar(t *testing.T) { // F4
	t.Parallel()
	data, err := (&feed.Reader{Network: answering(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Host == "calendar.example" {
			http.Redirect(w, r, "https://elsewhere.example/x", http.StatusFound)
			return
		}
		assert.Empty(t, r.Referer())
		fmt.Fprint(w, "dates")
	})}).Read(t.Context(), address)
	require.NoError(t, err)
	assert.Equal(t, "dates", string(data))
}
