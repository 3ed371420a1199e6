package worker_test

import (
	"errors"
	cli "flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/confluencetest"
	"refine/internal/people"
	"refine/internal/sampled"
	"refine/internal/worker"
	"refine/jira/jiratest"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

var (
	weaves    = cli.Int("weaves", 80/sampled.One(16, 16), "how many random sessions of people and runs are played over requests")
	weaveSeed = cli.Uint64("weave-seed", 0, "play only the session with this seed")
)

// A weave is a session that people and two machines work on in turn, and now and
// then within each other's runs, over real requests but for the network.
// confluence plays thousands of the same without requests and with small pages.
type weave struct {
	t        *testing.T
	hands    *people.Hands
	ledger   *people.Ledger
	jira     *jiratest.Server
	wiki     *confluencetest.Server
	machines []*machine
	team     worker.Team
	style    confluence.Style
	now      time.Time
	page     string // its id
	dana     jiratest.Person
	theirs   map[int64]string // comments that people rewrote, by id
	was      map[int64]outcome.Mark
	within   func(during *machine) error // what happens within a run
	log      []string
	count    map[string]int
}

// play is a session's life: its page is published, and then anything happens.
func (w *weave) play() error {
	first, err := w.machines[0].Publish(w.t.Context(), w.request())
	if err != nil {
		return err
	}
	w.page = first.Page.ID
	regions, err := w.regions(save{before: first.Page.Body, after: first.Page.Body}, first.Plan)
	if err != nil {
		return err
	}
	w.ledger = people.NewLedger(regions)
	steps := 6 + w.hands.Rand.IntN(8)
	start := steps/2 + w.hands.Rand.IntN(steps)
	for n := range steps {
		if w.now = w.now.Add(7 * time.Minute); n == start {
			w.now = first.Plan.Session.Start.Add(time.Minute)
			w.did("session", "begins")
		}
		if err := w.step(); err != nil {
			return err
		}
	}
	return w.settle()
}

func (w *weave) step() error {
	m := w.machines[w.hands.Rand.IntN(len(w.machines))]
	if w.hands.Rand.IntN(2) == 0 {
		m.interruptAt = 1 + w.hands.Rand.IntN(7)
	}
	defer func() { m.interruptAt = 0 }()
	switch w.hands.Rand.IntN(10) {
	case 0, 1, 2, 3:
		return w.peopleAct()
	case 4, 5:
		return w.ticketChanges()
	case 6, 7:
		return w.publish(m)
	default:
		return w.sync(m)
	}
}

// meanwhile is what happens within a run.
func (w *weave) meanwhile(during *machine) error {
	w.did("meanwhile", "")
	other := w.machines[0]
	if other == during {
		other = w.machines[1]
	}
	switch w.hands.Rand.IntN(6) {
	case 0, 1:
		return w.peopleAct()
	case 2:
		return w.ticketChanges()
	case 3:
		return w.publish(other)
	default:
		return w.sync(other)
	}
}

// settle ends with runs that nobody disturbs, and then once more, to which
// nothing is left to do.
func (w *weave) settle() error {
	one, two := w.machines[0], w.machines[1]
	for _, run := range []func() error{
		func() error { return w.publish(one) }, func() error { return w.sync(two) },
		func() error { return w.idle(two, w.publish) }, func() error { return w.idle(one, w.sync) },
	} {
		if err := run(); err != nil {
			return err
		}
	}
	return nil
}

// idle holds a run to writing nothing.
func (w *weave) idle(m *machine, run func(*machine) error) error { // S5
	m.writes = nil
	if err := run(m); err != nil {
		return err
	}
	if len(m.writes) > 0 {
		return fmt.Errorf("a run right after another wrote: %s", strings.Join(m.writes, ", "))
	}
	return nil
}

func (w *weave) did(kind, what string) {
	w.count[kind]++
	w.log = append(w.log, strings.TrimSpace(kind+" "+what))
}

func (w *weave) peopleAct() error {
	if w.hands.Rand.IntN(8) == 0 {
		return w.rewritesComment()
	}
	var what string
	var failed error
	act := w.hands.Act
	if w.hands.Rand.IntN(3) == 0 { // what a session is for
		act = w.hands.Outcome
	}
	err := w.wiki.Edit(w.page, "Dana", func(body string) (edited string) {
		edited, what, failed = act(body)
		return edited
	})
	w.did("people", what)
	return errors.Join(failed, err)
}

func (w *weave) request() worker.Request {
	return worker.Request{Team: w.team, Date: ticket.Date{Year: 2026, Month: time.November, Day: 24}}
}

// publish publishes, and holds every page that it saved to its promises.
func (w *weave) publish(m *machine) error {
	w.did("publish", m.name)
	disturbed := m.interruptAt > 0
	saves, err := m.run(func() error {
		p, err := m.Publish(w.t.Context(), w.request())
		m.plan, m.body = p.Plan, p.Page.Body
		return err
	})
	if held, err := w.held(err, saves); held || err != nil {
		return err
	}
	if len(saves) == 0 && !disturbed { // it says that all is as it should be
		saves = []save{{m.body, m.body}}
	}
	for _, s := range saves {
		if err := w.checkPublished(s, m.plan); err != nil {
			return err
		}
	}
	return w.checkSite()
}

// sync writes back, and holds what it wrote to what the page says.
func (w *weave) sync(m *machine) error {
	w.did("sync", m.name)
	disturbed := m.interruptAt > 0
	var synced worker.Synced
	saves, err := m.run(func() (err error) {
		synced, err = m.Sync(w.t.Context(), worker.SyncRequest{Team: w.team, Page: w.page})
		return err
	})
	if partly, ok := errors.AsType[*worker.PartlyError](err); ok && w.onlyTheirs(partly.Failed) {
		err = nil
	}
	if held, err := w.held(err, saves); held || err != nil {
		return err
	}
	for _, s := range saves {
		if err := w.checkAccount(s); err != nil {
			return err
		}
	}
	if !disturbed {
		if err := w.checkWritten(synced); err != nil {
			return err
		}
	}
	return w.checkSite()
}

// held tells a run that another kept out, and so wrote nothing on the page, from
// one that failed.
func (w *weave) held(err error, saves []save) (bool, error) {
	if _, ok := errors.AsType[*worker.HeldError](err); !ok {
		return false, err
	}
	w.did("held", "")
	if len(saves) > 0 {
		return true, errors.New("a run that was kept out wrote on the page")
	}
	return true, nil
}

// Whatever people do on the page, to tickets and to comments, and whenever two
// machines publish and sync: nothing that people wrote is lost, what nobody
// touched is brought up to date, each ticket has one comment that says what the
// page says, and a rerun writes nothing.
func TestSessionsOfPeopleAndRuns(t *testing.T) { // C3 C4 C5 S1 S4 S5 S7 S8
	t.Parallel()
	total := map[string]int{}
	play := func(t *testing.T, seed uint64) {
		w := newWeave(t, seed)
		if err := w.play(); err != nil {
			t.Fatalf("%v\n\nseed %d: go test ./internal/worker -run SessionsOfPeople -weave-seed %d\n%s", err, seed, seed, strings.Join(w.log, "\n"))
		}
		w.count["region refreshed"], w.count["region left to people"] = w.ledger.Refreshed, w.ledger.Touched
		w.count["region added"], w.count["region retired"], w.count["account written"] = w.ledger.Added, w.ledger.Retired, w.ledger.Accounts
		for kind, n := range w.count {
			total[kind] += n
		}
	}
	if *weaveSeed != 0 {
		play(t, *weaveSeed)
		return
	}
	for seed := range uint64(*weaves) {
		t.Run(fmt.Sprint(seed+1), func(t *testing.T) { play(t, seed+1) }) // whose world is gone with it
	}
	for _, kind := range slices.Sorted(maps.Keys(total)) {
		t.Logf("%8d %s", total[kind], kind)
	}
	for _, kind := range []string{"region refreshed", "region left to people", "account written", "comment checked"} {
		require.Positive(t, total[kind], "no %s: nothing was tested", kind)
	}
}

func newWeave(t *testing.T, seed uint64) *weave {
	rng := rand.New(rand.NewPCG(seed, 1))
	deployment := "cloud"
	if seed%2 == 0 {
		deployment = "datacenter"
	}
	w := &weave{
		t: t, now: monday, theirs: map[int64]string{}, was: map[int64]outcome.Mark{}, count: map[string]int{},
		hands: &people.Hands{Rand: rng, Native: deployment == "cloud", Others: pasted, Keys: []string{"PAY-1", "PAY-2", "PAY-4", "PAY-99"}},
		team:  worker.Team{Name: "payments", Backlog: ticket.BacklogQuery{Flagged: true}, Hour: 10, Zone: time.UTC, Space: "PAY"},
	}
	w.within = w.meanwhile
	w.connect(deployment)
	return w
}

// pasted are bodies of other pages.
var pasted = []string{
	"<p>pasted</p>", "<h2>A heading</h2><ol><li>one</li></ol>",
	`<ac:structured-macro ac:name="info"><ac:rich-text-body><h3>Note</h3><p>in a panel</p></ac:rich-text-body></ac:structured-macro>`,
}
