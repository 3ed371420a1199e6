package jira

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"refine/internal/files"
)

// What the fields of some sites meant the last time, the latest first, as a file of its
// own holds it: ids and names, and of a site no more than a hash.
type lastTimes []lastTime

type lastTime struct {
	Site   string          `json:"site"`
	Fields json.RawMessage `json:"fields"`
}

// How many sites the file tells of, and how large it may be.
const (
	mostSites     = 16
	mostRemembers = 1 << 20
)

// A LastTime is a client to which a site's fields mean what they meant the last time.
// Issues can be read with it while the site is asked for its fields; what it reads counts
// if that [LastTime.Holds].
type LastTime struct {
	*Client
	of *Client
}

// Remembered is the client of the last time; nil where nothing is known of that, or the
// fields are known by now.
func (c *Client) Remembered() *LastTime {
	if c.learnt.Load() {
		return nil
	}
	last := c.recall()
	if last == nil {
		return nil
	}
	guess := &Client{
		http: c.http, jira: c.jira, configured: c.configured, at: c.at, browse: c.browse,
		concurrency: c.concurrency, log: c.log, takes: takes{turn: make(chan struct{}, 1)}, known: last,
	}
	guess.be(c.cloud)
	return &LastTime{guess, c}
}

// Holds waits for the site's fields and reports whether they mean what they meant.
func (l *LastTime) Holds(ctx context.Context) (bool, error) {
	if err := l.of.Learn(ctx); err != nil {
		return false, err
	}
	is, err := json.Marshal(l.of.fields())
	was, err2 := json.Marshal(l.fields())
	return bytes.Equal(is, was), errors.Join(err, err2)
}

// recall reads what was kept, nil for nothing. A file that cannot be read is as good as none.
func (c *Client) recall() (last fields) {
	for _, l := range c.lastTimes() {
		if l.Site == c.siteHash() && json.Unmarshal(l.Fields, &last) == nil {
			return last
		}
	}
	return nil
}

// keep writes down what the fields mean, unless that stands there.
func (c *Client) keep(ctx context.Context) {
	if c.memory == "" {
		return
	}
	now, err := json.Marshal(c.known)
	if err != nil {
		return // of fields nothing else can come
	}
	all, site := c.lastTimes(), c.siteHash()
	if slices.ContainsFunc(all, func(l lastTime) bool { return l.Site == site && bytes.Equal(l.Fields, now) }) {
		return
	}
	all = slices.DeleteFunc(all, func(l lastTime) bool { return l.Site == site })
	all = append(lastTimes{{site, now}}, all...)
	err = os.MkdirAll(filepath.Dir(c.memory), 0o700)
	if err == nil {
		err = files.Replace(c.memory, 0o600, func(w io.Writer) error { return json.NewEncoder(w).Encode(all[:min(len(all), mostSites)]) })
	}
	if err != nil {
		c.log.DebugContext(ctx, "the fields are not remembered for the next run", "error", err)
	}
}

func (c *Client) lastTimes() (all lastTimes) {
	if c.memory == "" {
		return nil
	}
	data, err := files.Read(c.memory, mostRemembers)
	if err != nil || json.Unmarshal(data, &all) != nil {
		return nil
	}
	return all
}

// siteHash tells sites and configurations apart.
func (c *Client) siteHash() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %q", c.at, c.configured))
	return hex.EncodeToString(sum[:8])
}
