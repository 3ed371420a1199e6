package worker_test

import (
	"encoding/json"
	"errors"
	cli "flag"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"refine/internal/sampled"
	"refine/internal/sandbox"
	"refine/internal/worker"
	"refine/jira/jiratest"
	"refine/planner/outcome"
)

var (
	// whole are ten thousand steps, in a minute or two
	fieldWeaves    = cli.Int("field-weaves", 720/sampled.One(100, 100), "how many random sessions of ticks, criteria, edits in Jira, syncs and undos are played")
	fieldWeaveSeed = cli.Uint64("field-weave-seed", 0, "play only the session with this seed")
)

// A fieldWeave is a session in which people tick boxes, agree on criteria and estimates
// and split items on the page, change the same fields in Jira, and two machines sync,
// and now and then take all of it back, within each other's runs as well.
type fieldWeave struct {
	*weave
	person sandbox.Person
	// What people last wrote into a ticket, by its key.
	points map[string]float64
	text   map[string]string // the description but for what was agreed
	labels map[string]bool   // whether they took the label of a ready item off
	typed  map[string]string // the estimate on the page
	ranks  map[string]string // until an undo, after which a sync sets anew what is agreed
	had    map[string]bool   // the ranks that each was found with, by its key
}

const fieldHeading = "Acceptance criteria agreed on 2026-11-24"

func newFieldWeave(t *testing.T, seed uint64) *fieldWeave {
	w := &fieldWeave{weave: newWeave(t, seed), points: map[string]float64{}, text: map[string]string{}, labels: map[string]bool{}, typed: map[string]string{}, ranks: map[string]string{}, had: map[string]bool{}}
	w.person.Native = w.hands.Native
	w.within = w.meanwhile
	w.team.Effects = map[outcome.Box]outcome.Effect{
		outcome.BoxReady:  {RemoveFlag: true, AddLabel: "refined", Transition: "In Progress", Rank: outcome.RankFirst},
		outcome.BoxParked: {AddLabel: "parked", Transition: "Open", Rank: outcome.RankLast},
	}
	w.team.Criteria, w.team.SetEstimate, w.team.LinkBlockers, w.team.SetRank, w.team.Split.Create = outcome.DescriptionField, true, true, true, true
	w.jira.Allow(jiratest.DeleteIssues)
	return w
}

func (w *fieldWeave) play() error {
	first, err := w.machines[0].Publish(w.t.Context(), w.request())
	if err != nil {
		return err
	}
	w.page = first.Page.ID
	for _, key := range w.jira.Keys() {
		i, _ := w.jira.Issue(key)
		w.text[key], w.had[key+i.Rank] = i.Description, true
	}
	for range 8 + w.hands.Rand.IntN(8) {
		if err := w.step(); err != nil {
			return err
		}
	}
	for _, m := range w.machines { // the second has nothing left to do
		m.writes = nil
		if err := w.syncs(m); err != nil {
			return err
		}
	}
	if writes := w.machines[1].writes; len(writes) > 0 {
		return fmt.Errorf("a sync right after another wrote: %s", strings.Join(writes, ", "))
	}
	return nil
}

// meanwhile is what happens within a run.
func (w *fieldWeave) meanwhile(during *machine) error {
	key := w.pick("PAY-1", "PAY-2", "PAY-3")
	other := w.machines[0]
	if other == during {
		other = w.machines[1]
	}
	switch w.hands.Rand.IntN(3) {
	case 0:
		return w.onPage(key)
	case 1:
		return w.inJira(key)
	default:
		return w.syncs(other)
	}
}

func (w *fieldWeave) pick(of ...string) string { return of[w.hands.Rand.IntN(len(of))] }

func (w *fieldWeave) step() error {
	key := w.pick("PAY-1", "PAY-2", "PAY-3")
	switch kind := w.hands.Rand.IntN(7); kind {
	case 0, 1:
		return w.onPage(key)
	case 2, 3:
		return w.inJira(key)
	default:
		m := w.machines[w.hands.Rand.IntN(len(w.machines))]
		if w.hands.Rand.IntN(2) == 0 {
			m.interruptAt = 1 + w.hands.Rand.IntN(6)
		}
		defer func() { m.interruptAt = 0 }()
		if kind == 6 {
			return w.undoes(m)
		}
		return w.syncs(m)
	}
}

// onPage is somebody ticking or typing.
func (w *fieldWeave) onPage(key string) error {
	var failed error
	edit := func(do func(body string) (string, error)) error {
		err := w.wiki.Edit(w.page, "Dana", func(body string) string {
			edited, err := do(body)
			failed = err
			if err != nil {
				return body
			}
			return edited
		})
		if err == nil {
			err = failed
		}
		return err
	}
	switch w.hands.Rand.IntN(6) {
	case 5:
		line := "Rank: " + w.pick("first", "before PAY-4", "after PAY-2")
		w.did("page", key+" "+line)
		return edit(func(body string) (string, error) { return w.person.Agrees(body, key, "Acceptance criteria", line) })
	case 0:
		box, done := w.pick("Ready", "Parked"), w.hands.Rand.IntN(3) > 0
		w.did("page", fmt.Sprintf("%s %s %t", key, box, done))
		w.labels[key] = false // it may be asked for anew
		return edit(func(body string) (string, error) { return w.person.Ticks(body, key, box, done) })
	case 1:
		line := fmt.Sprintf("Criterion %d is met", w.hands.Rand.IntN(100))
		w.did("page", key+" "+line)
		return edit(func(body string) (string, error) { return w.person.Agrees(body, key, "Acceptance criteria", line) })
	case 2:
		line := "Blocked by " + w.pick("PAY-4", "PAY-2")
		w.did("page", key+" "+line)
		return edit(func(body string) (string, error) { return w.person.Agrees(body, key, "Acceptance criteria", line) })
	case 3:
		line := "Split into: Story " + w.pick("one", "two", "three")
		w.did("page", key+" "+line)
		return edit(func(body string) (string, error) { return w.person.Agrees(body, key, "Acceptance criteria", line) })
	default:
		size := w.pick("1", "2", "3", "5", "8")
		w.did("page", key+" estimate "+size)
		was := w.typed[key]
		w.typed[key] = map[string]string{"PAY-1": "Estimate: ", "PAY-2": "Size: ", "PAY-3": "Points: "}[key] + size
		return edit(func(body string) (string, error) {
			if was != "" {
				return strings.Replace(body, was, w.typed[key], 1), nil
			}
			return w.person.Agrees(body, key, "Acceptance criteria", w.typed[key])
		})
	}
}

// inJira is somebody changing what a sync may set.
func (w *fieldWeave) inJira(key string) error {
	switch i, _ := w.jira.Issue(key); w.hands.Rand.IntN(6) {
	case 5:
		beside := w.pick("PAY-4", "PAY-2", "PAY-1")
		w.did("jira", key+" is dragged before "+beside)
		w.had[key+i.Rank] = true
		err := w.jira.Rank(w.dana, key, beside)
		i, _ = w.jira.Issue(key)
		if w.ranks[key] = i.Rank; w.had[key+i.Rank] { // back where it was: nobody can tell
			delete(w.ranks, key)
		}
		w.had[key+i.Rank] = true
		return err
	case 0:
		w.points[key] = float64(20 + w.hands.Rand.IntN(50))
		w.did("jira", fmt.Sprintf("%s points %g", key, w.points[key]))
		return w.jira.Edit(key, w.dana, map[string]any{w.jira.FieldID("Story Points"): w.points[key]})
	case 1:
		passage := i.Description[len(withoutPassage(i.Description)):]
		if passage != "" {
			passage = "\n\n" + strings.TrimLeft(passage, "\n")
		}
		w.text[key] = fmt.Sprintf("Written anew, %d", w.hands.Rand.IntN(100))
		w.did("jira", key+" "+w.text[key])
		return w.jira.Edit(key, w.dana, map[string]any{"description": w.text[key] + passage})
	case 2:
		w.labels[key] = slices.Contains(i.Labels, "refined")
		w.did("jira", key+" no label")
		return w.jira.Edit(key, w.dana, map[string]any{"labels": []string{"mine"}})
	case 3:
		w.did("jira", key+" flag")
		return w.jira.Flag(key)
	default:
		w.did("jira", key+" status")
		return w.jira.Transition(w.pick("Open", "Done", "In Progress"), key)
	}
}

// withoutPassage is a description up to what was agreed.
func withoutPassage(s string) string {
	before, _, _ := strings.Cut(s, "h3. "+fieldHeading)
	return strings.TrimRight(before, "\n")
}

// syncs writes back, and holds the tickets to what people wrote.
func (w *fieldWeave) syncs(m *machine) error {
	w.did("sync", m.name)
	_, err := m.run(func() error {
		_, err := m.Sync(w.t.Context(), worker.SyncRequest{Team: w.team, Page: w.page})
		return err
	})
	if err := w.onlyTold(err); err != nil {
		return err
	}
	return w.checkAll()
}

// undoes takes back what was written, and holds the tickets to the same.
func (w *fieldWeave) undoes(m *machine) error {
	w.did("undo", m.name)
	clear(w.ranks)
	disturbed := m.interruptAt > 0
	_, err := m.run(func() error {
		_, err := m.Undo(w.t.Context(), worker.SyncRequest{Team: w.team, Page: w.page})
		return err
	})
	if err := w.onlyTold(err); err != nil {
		return err
	}
	if err == nil && !disturbed { // nobody had changed anything
		for _, key := range w.jira.Keys() {
			if i, _ := w.jira.Issue(key); strings.Contains(i.Description, fieldHeading) || i.Properties["refine"] != nil {
				return fmt.Errorf("%s still has what was taken back:\n%s", key, i.Description)
			}
		}
	}
	return w.checkAll()
}

func (w *fieldWeave) checkAll() error {
	made := map[string]string{}
	for _, key := range w.jira.Keys() {
		i, _ := w.jira.Issue(key)
		if raw, ours := i.Properties["refine"]; ours {
			var m outcome.ActionMark
			if err := json.Unmarshal(raw, &m); err != nil {
				return err
			}
			if other := made[m.Ticket+i.Summary]; other != "" {
				return fmt.Errorf("%q of %s was made twice, as %s and as %s", i.Summary, m.Ticket, other, key)
			}
			made[m.Ticket+i.Summary] = key
			w.count["story made"]++
			continue
		}
		if err := w.check(key); err != nil {
			return err
		}
	}
	return w.checkSite()
}

// onlyTold reports what made a sync fail but for conflicts, which it is to tell, and
// another run that kept it out.
func (w *fieldWeave) onlyTold(err error) error {
	if held, err := w.held(err, nil); held || err == nil {
		return nil
	}
	partly, ok := errors.AsType[*worker.PartlyError](err)
	if !ok || slices.ContainsFunc(partly.Failed, func(c outcome.Change) bool { return c.Status != outcome.Conflict }) {
		return err
	}
	w.did("conflict", "")
	return nil
}

// check holds a ticket to what people wrote into it last, and to what is there once.
func (w *fieldWeave) check(key string) error {
	i, _ := w.jira.Issue(key)
	if want, wrote := w.points[key]; wrote && (i.StoryPoints == nil || *i.StoryPoints != want) {
		return fmt.Errorf("a person estimated %s with %g, and that is gone", key, want)
	}
	if text := withoutPassage(i.Description); text != w.text[key] {
		return fmt.Errorf("a person wrote %q into %s, and now it says %q", w.text[key], key, i.Description)
	}
	if n := strings.Count(i.Description, fieldHeading); n > 1 {
		return fmt.Errorf("%s has its criteria %d times:\n%s", key, n, i.Description)
	}
	if w.labels[key] && slices.Contains(i.Labels, "refined") {
		return fmt.Errorf("a person took the label off %s, and it is back", key)
	}
	switch rank, dragged := w.ranks[key]; {
	case dragged && i.Rank != rank:
		return fmt.Errorf("a person ranked %s, and it was moved again", key)
	case !dragged && !w.had[key+i.Rank]:
		w.count["rank set"]++
	}
	w.had[key+i.Rank] = true
	if links := w.jira.Links(key); len(slices.Compact(slices.Clone(links))) < len(links) {
		return fmt.Errorf("%s has a link twice: %v", key, links)
	}
	if i.StoryPoints != nil && *i.StoryPoints < 20 {
		w.count["estimate set"]++
	}
	if strings.Contains(i.Description, fieldHeading) {
		w.count["criteria written"]++
	}
	return nil
}

// Whenever people tick, agree, and change the same fields in Jira, and whenever two
// machines sync or undo: what people wrote in Jira stays, nothing is there twice, and a
// second sync writes nothing.
func TestFieldsOfPeopleAndRuns(t *testing.T) { // S3 S4 S5 S6 S9
	t.Parallel()
	var mu sync.Mutex
	total := map[string]int{}
	play := func(t *testing.T, seed uint64) {
		w := newFieldWeave(t, seed)
		if err := w.play(); err != nil {
			t.Fatalf("%v\n\nseed %d: go test ./internal/worker -run FieldsOfPeople -field-weave-seed %d\n%s", err, seed, seed, strings.Join(w.log, "\n"))
		}
		mu.Lock()
		defer mu.Unlock()
		for kind, n := range w.count {
			total[kind] += n
		}
	}
	if *fieldWeaveSeed != 0 {
		play(t, *fieldWeaveSeed)
		return
	}
	played := t.Run("seeds", func(t *testing.T) {
		for seed := range uint64(*fieldWeaves) {
			t.Run(fmt.Sprint(seed+1), func(t *testing.T) { // whose world is gone with it
				t.Parallel()
				play(t, seed+1)
			})
		}
	})
	require.True(t, played)
	t.Logf("%d steps: %v", total["page"]+total["jira"]+total["sync"]+total["undo"], total)
	for _, kind := range []string{"estimate set", "criteria written", "rank set", "story made", "conflict", "undo"} {
		require.Positive(t, total[kind], "no %s: nothing was tested", kind)
	}
}
