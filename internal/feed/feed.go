// Package feed reads calendars: an address or a file's name comes in, the calendar's
// bytes go out. What a feed may be is bounded in size and time. Its address is a
// secret: whoever knows it reads the calendar, so errors name the host alone. It
// never sends credentials, and keeps what it read for as long as it is told.
package feed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"refine/internal/files"
)

const (
	// most is how large a calendar may be, in bytes: that of a department with ten
	// years of meetings has two million.
	most = 8 << 20
	// patience is how long one may take, redirects included.
	patience = 30 * time.Second
)

// A Reader reads calendars and keeps them. Its zero value uses the machine's
// network and reads each calendar once.
type Reader struct {
	// Network makes the connections; nil: the machine's.
	Network func() (http.RoundTripper, error)
	// Keep is for how long a calendar is not asked for again; 0: for good.
	Keep time.Duration
	// Agent is what the reader calls itself.
	Agent string
	// Log hears of a calendar that can only be followed as it was; nil: nobody.
	Log *slog.Logger

	mu   sync.Mutex
	kept map[string]*calendar
}

// A calendar is what is known of one source. Its lock is held while it is read, so
// that many teams with one calendar ask for it once.
type calendar struct {
	mu       sync.Mutex
	data     []byte
	err      error
	read     time.Time // when it was asked for last
	got      time.Time // when it last answered
	etag     string
	modified string
}

// stale is how long a calendar is followed that cannot be read any more.
const stale = 24 * time.Hour

// Read gives the calendar of a source: an https, http or webcal address, else a
// file. One that was read before and cannot be read now is followed for a day as it
// was.
func (r *Reader) Read(ctx context.Context, source string) ([]byte, error) {
	r.mu.Lock()
	if r.kept == nil {
		r.kept = map[string]*calendar{}
	}
	c := r.kept[source]
	if c == nil {
		c = new(calendar)
		r.kept[source] = c
	}
	r.mu.Unlock()

	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.read.IsZero() && (r.Keep == 0 || time.Since(c.read) < r.Keep) {
		return c.data, c.err
	}
	err := r.refresh(ctx, c, source)
	if ctx.Err() != nil {
		return nil, err // the next one asks again
	}
	c.read = time.Now()
	switch {
	case err == nil:
		c.got = c.read
	case c.data != nil && c.read.Sub(c.got) < stale:
		if r.Log != nil {
			r.Log.Warn("a calendar cannot be read, and is followed as it was", "read", c.got.UTC().Format(time.RFC3339), "error", err)
		}
		err = nil
	default:
		c.data, c.etag, c.modified = nil, "", ""
	}
	c.err = err
	return c.data, err
}

func (r *Reader) refresh(ctx context.Context, c *calendar, source string) error {
	if !strings.Contains(source, "://") {
		data, err := files.Read(source, most)
		if err == nil {
			c.data = data
		}
		return err
	}
	u, err := url.Parse(source)
	if err != nil {
		return errors.New("the address is none")
	}
	if u.Scheme == "webcal" {
		u.Scheme = "https"
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := r.fetch(ctx, c, u); err != nil {
		return fmt.Errorf("the calendar at %s: %w", u.Host, hidden(err))
	}
	return nil
}

func (r *Reader) fetch(ctx context.Context, c *calendar, u *url.URL) error {
	client, err := r.client()
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return err
	}
	req.Header.Set("Accept", "text/calendar, */*;q=0.1")
	req.Header.Set("User-Agent", r.Agent)
	for header, value := range map[string]string{"If-None-Match": c.etag, "If-Modified-Since": c.modified} {
		if value != "" {
			req.Header.Set(header, value)
		}
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotModified && c.data != nil:
		return nil
	case resp.StatusCode != http.StatusOK:
		return fmt.Errorf("answered %s", resp.Status)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	switch {
	case err != nil:
		return err
	case len(data) > most:
		return fmt.Errorf("holds more than %d MiB", most>>20)
	}
	c.data, c.etag, c.modified = data, resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")
	return nil
}

func (r *Reader) client() (*http.Client, error) {
	c := &http.Client{CheckRedirect: redirect}
	if r.Network != nil {
		network, err := r.Network()
		if err != nil {
			return nil, err
		}
		c.Transport = network
	}
	return c, nil
}

// redirect follows a calendar that has moved. Where it stood before is nobody's
// business, and it is not fetched in the open that was not before.
func redirect(req *http.Request, via []*http.Request) error {
	req.Header.Del("Referer")
	switch {
	case len(via) > 5:
		return errors.New("leads from one address to the next")
	case via[0].URL.Scheme == "https" && req.URL.Scheme != "https":
		return errors.New("leads from https to an address without")
	}
	return nil
}

// hidden is an error without the address that it is about.
func hidden(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		err = e.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("did not answer within %v", patience)
	}
	return err
}
