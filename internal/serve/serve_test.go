package serve

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/internal/recur"
	"refine/internal/worker"
)

// fake does nothing and remembers it.
type fake struct {
	did  []string
	held []string
	fail error
}

func (f *fake) Publish(_ context.Context, _ *slog.Logger, t worker.Team, start time.Time) worker.Job {
	f.did = append(f.did, "publish "+t.Name+" "+start.UTC().Format("01-02 15:04"))
	return worker.Job{Team: t.Name, Published: &worker.Published{Action: worker.Created, Page: confluence.Page{URL: "page of " + t.Name}}, Err: f.fail}
}

func (f *fake) Sync(_ context.Context, _ *slog.Logger, t worker.Team) []worker.Job {
	f.did = append(f.did, "sync "+t.Name)
	return []worker.Job{{Team: t.Name, Err: f.fail}}
}

func (f *fake) Held(_ context.Context, _ *slog.Logger, pages []string) ([]string, error) {
	f.did = append(f.did, "look at "+strings.Join(pages, ", "))
	return f.held, f.fail
}

func (f *fake) Hinted(_ context.Context, _ *slog.Logger, _ []worker.Team, page string) (worker.Job, string) {
	f.did = append(f.did, "hint "+page)
	return worker.Job{Err: f.fail}, ""
}

// A bench is a server with its store, whose jobs are done by hand, one after the
// other.
type bench struct {
	*server
	*fake
	log *strings.Builder
	now time.Time
}

func newBench(t *testing.T, teams ...worker.Team) *bench {
	t.Helper()
	b := &bench{fake: new(fake), log: new(strings.Builder), now: time.Date(2026, time.November, 30, 12, 0, 0, 0, time.UTC)}
	b.server = newServer(Options{
		Store: "sqlite:" + filepath.Join(t.TempDir(), "store.db"), Teams: teams, Now: func() time.Time { return b.now },
		Connect: func(context.Context) (Runs, error) { return b.fake, nil },
		Log:     slog.New(slog.NewTextHandler(b.log, nil)),
		HintOf:  func(error) string { return "mend it" }, Rejected: func(err error) bool { return strings.Contains(err.Error(), "401") },
	})
	var err error
	b.store, b.engine, err = openStore(t.Context(), b.server)
	require.NoError(t, err)
	t.Cleanup(b.store.close)
	b.opened.Store(true)
	return b
}

// passes lets a minute's tick happen and does what is queued.
func (b *bench) passes(t *testing.T) (did []string) {
	t.Helper()
	require.NoError(t, b.tick(t.Context()))
	for _, r := range b.rows(t) {
		if r.state == queued || r.state == retrying {
			b.work(t.Context(), &river.Job[workArgs]{Args: r.args()}) // what it returns is the engine's business
		}
	}
	did, b.did = b.did, nil
	return did
}

func (b *bench) rows(t *testing.T) []row {
	t.Helper()
	rows, err := b.store.rows(t.Context())
	require.NoError(t, err)
	return rows
}

func (b *bench) row(t *testing.T, what string) row {
	t.Helper()
	for _, r := range b.rows(t) {
		if r.what == what {
			return r
		}
	}
	t.Fatalf("no %s", what)
	return row{}
}

// weekly meets on Tuesdays at ten, for 90 minutes.
func weekly(t *testing.T) worker.Team {
	t.Helper()
	next, err := recur.Cron("0 10 * * TUE", time.UTC)
	require.NoError(t, err)
	return worker.Team{Name: "Pay", Zone: time.UTC, Duration: 90 * time.Minute, Schedule: &worker.Schedule{Next: next}}
}

func TestEachThingIsDoneWhenItIsDueAndOnce(t *testing.T) { // O1 O2
	t.Parallel()
	b := newBench(t, weekly(t))
	at := func(day, hour, minute int) { b.now = time.Date(2026, time.December, day, hour, minute, 0, 0, time.UTC) }

	at(0, 9, 59) // the day before the 1st
	assert.Equal(t, []string{"sync Pay"}, b.passes(t), "a first look at what may be over")
	assert.Contains(t, b.log.String(), `publishes="Mon 2026-11-30 10:00 UTC" meets="Tue 2026-12-01 10:00 UTC"`)
	at(0, 10, 0)
	assert.Equal(t, []string{"publish Pay 12-01 10:00"}, b.passes(t))
	at(0, 10, 1)
	assert.Equal(t, []string{"look at page of Pay"}, b.passes(t), "the team may meet before its hour")
	at(0, 11, 1)
	assert.ElementsMatch(t, []string{"publish Pay 12-01 10:00", "look at page of Pay"}, b.passes(t), "brought up to date each hour")
	at(1, 10, 1)
	assert.NotContains(t, b.passes(t), "publish Pay 12-01 10:00", "not while people meet")
	at(1, 11, 29)
	b.passes(t)
	at(1, 11, 30)
	assert.Equal(t, []string{"sync Pay"}, b.passes(t))
	at(1, 11, 31)
	assert.Empty(t, b.passes(t))
	at(1, 23, 30)
	assert.Equal(t, []string{"sync Pay"}, b.passes(t), "what was typed later")
	assert.Equal(t, done, b.row(t, publishing).state)
	assert.Equal(t, done, b.row(t, syncing).state)
}

// Until a session is over, the pages are looked at once a minute, all together: the box
// that ends a session has it synced at once, and once more at its end by the clock.
func TestASessionThatWasHeldIsSyncedAtOnce(t *testing.T) { // O3
	t.Parallel()
	second := weekly(t)
	second.Name = "Ship"
	b := newBench(t, weekly(t), second)
	b.passes(t)
	at := func(hour, minute int) []string {
		b.now = time.Date(2026, time.December, 1, hour, minute, 0, 0, time.UTC)
		b.server.sweepLater(t)
		return b.passes(t)
	}
	assert.Equal(t, []string{"look at page of Pay, page of Ship"}, at(10, 0))
	b.held = []string{"page of Ship"}
	assert.Equal(t, []string{"look at page of Pay, page of Ship"}, at(10, 40))
	b.held = nil
	assert.ElementsMatch(t, []string{"sync Ship", "look at page of Pay"}, at(10, 41))
	assert.Equal(t, []string{"look at page of Pay"}, at(10, 42))
	assert.ElementsMatch(t, []string{"sync Ship", "sync Pay"}, at(11, 30), "people may have typed since")
	assert.Empty(t, at(11, 31))
}

// sweepLater keeps what looks for later edits out of a test that is not about it.
func (s *server) sweepLater(t *testing.T) {
	t.Helper()
	require.NoError(t, s.store.within(t.Context(), func(q queries, _ insert) error {
		_, err := q.exec(t.Context(), "UPDATE refine_work SET due = $1 WHERE what = $2 OR (what = $3 AND start > $4)", s.Now().Add(time.Hour).Unix(), sweeping, publishing, s.Now().Unix())
		return err
	}))
}

func TestWhatWasMissedIsDoneOrTold(t *testing.T) { // O2
	t.Parallel()
	b := newBench(t, weekly(t))
	b.now = time.Date(2026, time.November, 29, 0, 0, 0, 0, time.UTC)
	b.passes(t)

	b.now = time.Date(2026, time.December, 1, 10, 40, 0, 0, time.UTC)
	assert.Contains(t, b.passes(t), "publish Pay 12-01 10:00", "people sit there without a page")

	b.now = time.Date(2026, time.December, 10, 0, 0, 0, 0, time.UTC)
	assert.Equal(t, []string{"sync Pay", "sync Pay"}, b.passes(t), "both sessions are over")
	assert.Contains(t, b.log.String(), `a session was missed" team=Pay session=2026-12-08 why="nothing ran between Tue 1 Dec 10:40 and Thu 10 Dec 00:00`)

	b.now = time.Date(2027, time.March, 1, 0, 0, 0, 0, time.UTC)
	b.passes(t)
	assert.NotContains(t, b.log.String(), "2026-12-15", "what is long past is nobody's business")
}

// Who is too late to finish what another process began says who does that.
func TestAPageThatMayBeUnfinishedIsTold(t *testing.T) { // O2
	t.Parallel()
	b := newBench(t, weekly(t))
	require.NoError(t, b.tick(t.Context()))
	job := &river.Job[workArgs]{Args: b.row(t, publishing).args()}
	_, begun, err := b.store.begin(t.Context(), job.Args, b.now.Unix())
	require.NoError(t, err)
	require.True(t, begun) // and the process is killed

	b.now = time.Date(2026, time.December, 2, 0, 0, 0, 0, time.UTC)
	require.NoError(t, b.work(t.Context(), job))
	assert.Empty(t, b.did)
	r := b.row(t, publishing)
	assert.Equal(t, missed, r.state)
	assert.Contains(t, r.says, "the session's sync finishes it")
	assert.Contains(t, b.passes(t), "sync Pay")
}

func TestWhatFailedIsTriedAgainAndTold(t *testing.T) { // O2
	t.Parallel()
	b := newBench(t, weekly(t))
	b.fail = errors.New("the service answers 401")
	b.passes(t)
	r := b.row(t, publishing)
	assert.Equal(t, []any{retrying, "the service answers 401", "mend it"}, []any{r.state, r.says, r.hint})
	assert.Nil(t, b.runs, "the credentials are fetched anew")

	b.fail = &worker.HeldError{Holder: "another"}
	b.passes(t)
	assert.Equal(t, queued, b.row(t, publishing).state)

	b.fail = &worker.PartlyError{}
	b.passes(t)
	assert.Equal(t, failed, b.row(t, sweeping).state)
	assert.Empty(t, b.passes(t), "not again at once")
	b.fail = nil
	b.now = b.now.Add(time.Hour)
	assert.Contains(t, b.passes(t), "sync Pay")
	assert.Equal(t, done, b.row(t, sweeping).state)
}

// What was done and is told to be done again, because the engine had not heard of
// it, is not done again.
func TestADoneRoundIsOver(t *testing.T) { // S5 O2
	t.Parallel()
	b := newBench(t, weekly(t))
	b.passes(t)
	require.NoError(t, b.work(t.Context(), &river.Job[workArgs]{Args: b.row(t, publishing).args()}))
	assert.Empty(t, b.did)
}

// A calendar that cannot be read is one team's trouble.
func TestACalendarThatIsGone(t *testing.T) { // O2
	t.Parallel()
	lost := weekly(t)
	lost.Name, lost.Schedule = "Lost", &worker.Schedule{Read: func(context.Context) (recur.Next, error) { return nil, errors.New("gone") }}
	b := newBench(t, lost, weekly(t))
	assert.Contains(t, b.passes(t), "publish Pay 12-01 10:00")
	b.now = b.now.Add(time.Minute)
	b.passes(t)
	assert.Equal(t, 1, strings.Count(b.log.String(), "team=Lost error=gone"), "told once")
	page := b.status(t.Context())
	require.Len(t, page.Failed, 1)
	assert.Equal(t, "Lost", page.Failed[0].Team)
}

// A session that was moved or cancelled is not refreshed under its old day.
func TestAMovedSession(t *testing.T) { // O2
	t.Parallel()
	team := weekly(t)
	b := newBench(t, team)
	require.Contains(t, b.passes(t), "publish Pay 12-01 10:00")
	team.Schedule.Next = recur.Starts(time.Date(2026, time.December, 1, 11, 0, 0, 0, time.UTC)) // the same pointer
	b.dated = map[string]*dates{}
	b.now = b.now.Add(2 * time.Minute)
	assert.Contains(t, b.passes(t), "publish Pay 12-01 11:00", "moved within its day")
	team.Schedule.Next = recur.Starts(time.Date(2026, time.December, 3, 15, 0, 0, 0, time.UTC))
	b.dated = map[string]*dates{}
	b.now = b.now.Add(2 * time.Hour)
	assert.NotContains(t, b.passes(t), "publish Pay 12-01 11:00")
}
