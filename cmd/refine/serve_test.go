package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/sampled"
	"refine/internal/sandbox"
)

// clockFile names the file that says how far a daemon's clock is ahead.
const clockFile = "SCRIPT_CLOCK_FILE"

// shifted is a clock that is as far ahead as a file says.
func shifted(file string) func() time.Time {
	return func() time.Time {
		text, err := os.ReadFile(file)
		if err != nil {
			panic(err)
		}
		ahead, err := time.ParseDuration(strings.TrimSpace(string(text)))
		if err != nil {
			panic(err)
		}
		return time.Now().Add(ahead)
	}
}

// daemons are processes of refine serve on one sandbox and one store.
type daemons struct {
	*target
	dir     string
	running []*exec.Cmd
	log     *os.File
}

// newDaemons configures one team for each session, all of which meet on Tuesday, 1
// December 2026, at ten.
func newDaemons(t *testing.T, teams int, store string, set ...func(*sandbox.Options)) *daemons {
	t.Helper()
	d := &daemons{target: newTarget(t, "", "cloud", set...), dir: t.TempDir()}
	d.clock = filepath.Join(d.dir, "clock")
	var config strings.Builder
	fmt.Fprintf(&config, "store: %q\nserve: {listen: none, job_timeout: %v, jobs: 4}\nteams:\n", store, jobTimeout)
	for n := range teams {
		fmt.Fprintf(&config, "  - name: T%03d\n    schedule: {cron: 0 10 1 12 *}\n", n)
	}
	require.NoError(t, os.WriteFile(filepath.Join(d.dir, "refine.yaml"), []byte(config.String()), 0o600))
	var err error
	d.log, err = os.Create(filepath.Join(d.dir, "log"))
	require.NoError(t, err)
	t.Cleanup(func() {
		for i := range d.running {
			d.kill(i)
		}
		if t.Failed() {
			t.Log(last(written(t, d.log), 60))
		}
		d.log.Close()
	})
	return d
}

func last(text string, lines int) string {
	all := strings.Split(text, "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}

// at sets the daemons' clock, as of now.
func (d *daemons) at(t *testing.T, now string) {
	t.Helper()
	to, err := time.Parse("2006-01-02T15:04", now)
	require.NoError(t, err)
	fresh := d.clock + ".new"
	require.NoError(t, os.WriteFile(fresh, []byte(time.Until(to).String()), 0o600))
	require.NoError(t, os.Rename(fresh, d.clock))
}

// start starts a daemon in the i-th place.
func (d *daemons) start(t *testing.T, i int) {
	t.Helper()
	cmd := exec.Command("refine", "serve")
	cmd.Dir, cmd.Stdout, cmd.Stderr = d.dir, d.log, d.log
	cmd.Env = d.environ()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	require.NoError(t, cmd.Start())
	if i == len(d.running) {
		d.running = append(d.running, nil)
	}
	d.running[i] = cmd
}

// kill ends the i-th without a chance to say anything.
func (d *daemons) kill(i int) {
	d.running[i].Process.Kill() // unless it has ended
	d.running[i].Wait()
}

// untilKilling waits until a condition holds and kills daemons meanwhile, at random
// moments, so many times.
func (d *daemons) untilKilling(t *testing.T, kills int, holds func() bool) {
	t.Helper()
	end := time.Now().Add(10 * time.Minute)
	for !holds() {
		require.True(t, time.Now().Before(end), "it never comes about")
		time.Sleep(time.Duration(200+rand.IntN(800)) * time.Millisecond)
		if kills > 0 {
			i := rand.IntN(len(d.running))
			d.kill(i)
			d.start(t, i)
			kills--
		}
	}
}

// publishedOnce is how many teams have their page, with its marks; none has two.
func (d *daemons) publishedOnce(t *testing.T) int {
	t.Helper()
	titles, marked := map[string]int{}, 0
	for _, p := range d.Confluence.Pages() {
		titles[p.Title]++
		require.Equal(t, 1, titles[p.Title], p.Title)
		if p.Properties["refine"] != nil && len(p.Labels) > 1 {
			marked++
		}
	}
	return marked
}

// syncedOnce is how many sessions have their comment; none has two.
func (d *daemons) syncedOnce(t *testing.T) int {
	t.Helper()
	seen := map[string]int{}
	for _, key := range d.Jira.Keys() {
		for _, c := range d.Jira.Comments(key) {
			if mark, ours := c.Properties["refine"]; ours {
				seen[string(mark)]++
				require.Equal(t, 1, seen[string(mark)], "%s", mark)
			}
		}
	}
	return len(seen)
}

// decide types a decision on each page.
func (d *daemons) decide(t *testing.T) {
	t.Helper()
	for _, p := range d.Confluence.Pages() {
		require.NoError(t, d.Confluence.Edit(p.ID, "Dana", func(body string) string {
			edited, err := sandbox.Person{Native: true}.Decides(body, "PAY-3", "Fees included")
			require.NoError(t, err)
			return edited
		}))
	}
}

// sessions is how many are due at once, and kills how often a process dies over
// them.
var sessions, kills = 200 / sampled.One(100, 100), 20 / sampled.One(20, 20)

// jobTimeout leaves one session time among so many on a busy machine.
var jobTimeout = 60 * time.Second / time.Duration(sampled.One(4, 1))

// onlyWhole skips what takes minutes, or a database, unless everything is played.
func onlyWhole(t *testing.T) {
	t.Helper()
	if sampled.One(2, 2) > 1 {
		t.Skip("played with -tags=whole")
	}
}

// TestServeIsKilled kills the daemon at random moments while many sessions are due:
// each is published once and each finished one synced once, and none is forgotten.
func TestServeIsKilled(t *testing.T) { // O2 S5
	t.Parallel()
	for name, store := range map[string]struct {
		replicas int
		open     func(t *testing.T) string
	}{
		"a file, one process":      {1, func(*testing.T) string { return "sqlite:refine.db" }},
		"Postgres, three replicas": {3, func(t *testing.T) string { return newPostgres(t).url() }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if store.replicas > 1 {
				onlyWhole(t)
			}
			d := newDaemons(t, sessions, store.open(t))
			d.at(t, "2026-11-30T10:01")
			for i := range store.replicas {
				d.start(t, i)
			}
			begun := time.Now()
			d.untilKilling(t, 0, func() bool { return len(d.Confluence.Pages()) > 0 })
			d.untilKilling(t, kills, func() bool { return d.publishedOnce(t) == sessions })
			t.Logf("%d sessions published in %v, %d kills", sessions, time.Since(begun), kills)

			d.decide(t)
			for i := range d.running {
				d.kill(i)
			}
			d.at(t, "2026-12-01T11:31")
			begun = time.Now()
			for i := range d.running {
				d.start(t, i)
			}
			d.untilKilling(t, 0, func() bool { return d.syncedOnce(t) > 0 })
			d.untilKilling(t, kills-1, func() bool { return d.syncedOnce(t) == sessions })
			t.Logf("%d sessions synced in %v, %d kills", sessions, time.Since(begun), kills-1)
			d.settled(t)
		})
	}
}

// TestServeIsKilledAndBackTooLate kills the daemon after each of its first requests
// and starts it when the session is over: where people have a page it gets its marks,
// and what they decided on it is written once.
func TestServeIsKilledAndBackTooLate(t *testing.T) { // O2 S5
	t.Parallel()
	onlyWhole(t)
	for n := 4; n <= 9; n++ {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			d := newDaemons(t, 1, "sqlite:refine.db")
			d.at(t, "2026-11-30T10:01")
			d.start(t, 0)
			var dead atomic.Bool
			d.journal.call(n, func() { d.kill(0); dead.Store(true) })
			d.untilKilling(t, 0, func() bool { return dead.Load() || d.publishedOnce(t) == 1 })
			d.kill(0)
			pages := len(d.Confluence.Pages())
			d.decide(t)
			d.at(t, "2026-12-01T11:31")
			d.start(t, 0)
			d.untilKilling(t, 0, func() bool { return d.syncedOnce(t) == pages })
			d.says(t, "msg=serving", 2)
			assert.Equal(t, pages, d.publishedOnce(t))
			d.settled(t)
		})
	}
}

// settled stops the daemons as a system does, and sees that a run by hand finds
// nothing left to do.
func (d *daemons) settled(t *testing.T) {
	t.Helper()
	for _, cmd := range d.running {
		require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
		assert.NoError(t, cmd.Wait(), "it stops when it is told to")
	}
	d.journal.requests(t)
	cmd := exec.Command("refine", "run")
	cmd.Dir, cmd.Env = d.dir, d.environ()
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	for _, r := range d.journal.requests(t) {
		_, comment := strings.CutPrefix(r.What(), "comment")
		assert.False(t, r.Writes() && (comment || r.What() == "page"), "%+v", r)
	}
	assert.Equal(t, len(d.Confluence.Pages()), d.publishedOnce(t))
	assert.Equal(t, len(d.Confluence.Pages()), d.syncedOnce(t))
}

// TestADatabaseThatGoesAway starts before its database does and loses it later:
// both are said, and nothing is lost.
func TestADatabaseThatGoesAway(t *testing.T) { // O2
	t.Parallel()
	onlyWhole(t)
	db := newPostgres(t)
	db.stop(t)
	d := newDaemons(t, 2, db.url())
	d.at(t, "2026-11-30T10:01")
	d.start(t, 0)
	d.says(t, "the store cannot be used; tried again", 1)
	db.start(t)
	d.says(t, "the store can be used again", 1)
	d.untilKilling(t, 0, func() bool { return d.publishedOnce(t) == 2 })
	d.decide(t)

	db.stop(t)
	d.says(t, "the store cannot be used; tried again", 2)
	d.at(t, "2026-12-01T11:31")
	db.start(t)
	d.says(t, "the store can be used again", 2)
	d.untilKilling(t, 0, func() bool { return d.syncedOnce(t) == 2 })
	d.settled(t)
}

// TestAFullDisk leaves the store no room while sessions come to their end: that is
// said once, and they are synced once when there is room again.
func TestAFullDisk(t *testing.T) { // O2
	t.Parallel()
	onlyWhole(t)
	disk := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk).CombinedOutput(); err != nil {
		t.Skipf("no disk of its own can be made: %s", out)
	}
	t.Cleanup(func() { assert.NoError(t, exec.Command("umount", disk).Run()) })
	d := newDaemons(t, 2, "sqlite:"+disk+"/refine.db")
	d.at(t, "2026-11-30T10:01")
	d.start(t, 0)
	d.untilKilling(t, 0, func() bool { return d.publishedOnce(t) == 2 })
	d.decide(t)

	ballast := filepath.Join(disk, "ballast")
	assert.ErrorIs(t, os.WriteFile(ballast, make([]byte, 5<<20), 0o600), syscall.ENOSPC)
	d.says(t, "the store cannot be used; tried again", 1)
	d.at(t, "2026-12-01T11:31")
	d.kill(0)
	d.start(t, 0) // which finds the disk as it is
	d.says(t, "the store cannot be used; tried again", 2)
	require.NoError(t, os.Remove(ballast))
	d.says(t, "msg=serving", 2)
	d.untilKilling(t, 0, func() bool { return d.syncedOnce(t) == 2 })
	d.settled(t)
}

// says waits until the log has a message so many times.
func (d *daemons) says(t *testing.T, message string, times int) {
	t.Helper()
	require.Eventually(t, func() bool { return strings.Count(written(t, d.log), message) >= times }, 2*time.Minute, 100*time.Millisecond, message)
}

// TestTheStoreMayBeDeleted deletes it between two runs of the daemon: what was done
// is found where it was done.
func TestTheStoreMayBeDeleted(t *testing.T) { // O2
	t.Parallel()
	onlyWhole(t)
	d := newDaemons(t, 3, "sqlite:refine.db")
	d.at(t, "2026-11-30T10:01")
	d.start(t, 0)
	d.untilKilling(t, 0, func() bool { return d.publishedOnce(t) == 3 })
	d.kill(0)
	d.decide(t)
	for _, name := range []string{"refine.db", "refine.db-wal", "refine.db-shm"} {
		require.NoError(t, os.RemoveAll(filepath.Join(d.dir, name)))
	}
	d.at(t, "2026-12-01T11:31")
	d.start(t, 0)
	d.untilKilling(t, 0, func() bool { return d.syncedOnce(t) == 3 })
	d.settled(t)
}
