package main

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"refine/internal/sandbox"
)

var (
	scale     = flag.Int("scale", 0, "how many teams TestAtScale has; it measures a daemon for several minutes, and is skipped at 0")
	scaleRate = flag.Int("scale.rate", 20, "how many requests a second each service grants them")
)

// TestAtScale measures a daemon with many teams, which all meet at the same hour, on
// services that take 50 ms for each answer and limit its rate:
//
//	go test ./cmd/refine -run TestAtScale -v -timeout 60m -scale 1000
func TestAtScale(t *testing.T) { // O2, the figures
	if *scale == 0 {
		t.Skip("measures for minutes: -scale 1000")
	}
	rate, err := sandbox.ParseRate(strconv.Itoa(*scaleRate), "cloud")
	require.NoError(t, err)
	d := newDaemons(t, *scale, "sqlite:refine.db", func(o *sandbox.Options) { o.Latency, o.Rate = 50*time.Millisecond, rate })
	requests := func() int { return len(d.journal.requests(t)) }
	until := func(what string, holds func() bool) time.Duration {
		begun := time.Now()
		for !holds() {
			require.Less(t, time.Since(begun), 30*time.Minute, what)
			time.Sleep(250 * time.Millisecond)
		}
		return time.Since(begun)
	}
	log := func(says string) int { return strings.Count(written(t, d.log), says) }

	d.at(t, "2026-11-30T06:30")
	d.start(t, 0)
	took := until("a first look at each team", func() bool { return log("job=sweep") == *scale })
	t.Logf("the first look at %d teams: %d requests, %v; %s", *scale, requests(), took.Round(time.Second), d.memory(t))
	time.Sleep(2 * time.Minute)
	t.Logf("idle: %.1f requests a minute; %s", float64(requests())/2, d.memory(t))

	d.at(t, "2026-11-30T10:01")
	requests()
	before := d.journal.count()
	until("the minute's look", func() bool { return d.journal.count() > before })
	took = until("all pages", func() bool { return log("page created") == *scale })
	n := d.journal.requests(t)
	jira := 0
	for _, r := range n {
		if strings.Contains(r.Path, "/rest/api/2/") {
			jira++
		}
	}
	busier := max(jira, len(n)-jira)
	allowed := time.Duration(busier) * time.Second / time.Duration(*scaleRate)
	t.Logf("%d sessions due at once: %d requests (%d to Jira), %v; the limit of the busier service allows %v: %.2f; %s",
		*scale, len(n), jira, took.Round(time.Second), allowed.Round(time.Second), took.Seconds()/allowed.Seconds(), d.memory(t))
	require.Equal(t, *scale, d.publishedOnce(t))

	d.at(t, "2026-12-01T10:05")
	until("a look at each team, a day later", func() bool { return log("job=sweep") == 2**scale })
	look := func() int { // the requests from the end of the one before to the end of the next
		before := d.journal.count()
		until("the minute's look", func() bool { return d.journal.count() > before })
		time.Sleep(30 * time.Second) // less than to the next
		return requests()
	}
	look()
	t.Logf("%d sessions under way: %d requests a look, which is once a minute", *scale, look())
	page := d.Confluence.Pages()[*scale/2].ID
	require.NoError(t, d.Confluence.Edit(page, "Dana", func(body string) string {
		person := sandbox.Person{Native: true}
		body, err := person.Decides(body, "PAY-3", "Fees included")
		require.NoError(t, err)
		before, after, found := strings.Cut(body, "Session held: write back to Jira")
		require.True(t, found)
		at := strings.LastIndex(before, "incomplete")
		return before[:at] + "complete" + before[at+len("incomplete"):] + "Session held: write back to Jira" + after
	}))
	t.Logf("from the tick of “Session held” to the comment on the ticket: %v", until("the comment", func() bool { return d.syncedOnce(t) == 1 }).Round(100*time.Millisecond))
}

// memory is what the daemon has of it.
func (d *daemons) memory(t *testing.T) string {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", d.running[0].Process.Pid))
	if err != nil {
		return "memory not told here"
	}
	var said []string
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "VmRSS") || strings.HasPrefix(line, "VmHWM") {
			said = append(said, strings.Join(strings.Fields(line), " "))
		}
	}
	return strings.Join(said, ", ")
}
