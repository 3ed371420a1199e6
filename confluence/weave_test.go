package confluence_test

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/storage"
	"refine/internal/people"
)

var (
	weaves    = flag.Int("weaves", 10000/sample, "how many random interleavings of people, tickets, publishes and syncs are played")
	weaveSeed = flag.Uint64("weave-seed", 0, "play only the interleaving with this seed")
)

// A weave is a page that people, publishes and syncs write on in turn while its
// tickets change. internal/worker plays the same with whole plans and over
// requests; here thousands are cheap.
type weave struct {
	hands    *people.Hands
	ledger   *people.Ledger
	body     string
	sheet    people.Sheet // the body of, as it was looked at last
	of       string
	state    confluence.State
	facts    map[string]int  // which of its facts a region's tickets have now
	selected map[string]bool // the items
	begun    bool
	comments comments
	log      []string
	count    map[string]int
}

var weaveRegions = []string{"agenda", "key-points", "item/PAY-1", "item/PAY-2", "item/PAY-3", "closing"}

func newWeave(seed uint64, others []string) *weave {
	rng := rand.New(rand.NewPCG(seed, 0))
	return &weave{
		hands: &people.Hands{Rand: rng, Native: rng.IntN(2) == 0, Others: others},
		facts: map[string]int{}, selected: map[string]bool{"item/PAY-1": true, "item/PAY-2": true, "item/PAY-3": rng.IntN(2) == 0},
		comments: comments{}, count: map[string]int{},
	}
}

// regions are the page as the tickets are now: each fact is worded in a way of
// its own, and an item comes with a place for people.
func (w *weave) regions() (out []confluence.Region) {
	for _, id := range weaveRegions {
		key, isItem := strings.CutPrefix(id, "item/")
		if isItem && !w.selected[id] {
			continue
		}
		n := w.facts[id]
		body := fmt.Sprintf("<h2>%s</h2><p>fact %d of %s</p>", key, n, id)
		switch {
		case id == "agenda":
			body = fmt.Sprintf("<h2>Agenda</h2><table><tbody><tr><td>1%d:00</td><td>row %d</td></tr></tbody></table><p>note %d</p>", n, n, n)
		case n == 2:
			body += fmt.Sprintf("<ul><li>point %d of %s</li><li>and one more of %s</li></ul>", n, id, id)
		}
		out = append(out, confluence.Region{ID: id, Body: body, Generated: true})
		if isItem {
			out = append(out, confluence.Region{ID: id + "/text", Body: "<h3>Talk of " + key + "</h3><p>type here</p>"})
		}
	}
	return out
}

// texts are what regions show, by their body: there are only so many.
var texts = map[string][]string{}

// seen are the regions as a reader sees them.
func seen(regions []confluence.Region) (out []people.Region, err error) {
	for _, r := range regions {
		if texts[r.Body] == nil {
			sheet, err := people.Look(r.Body)
			if err != nil {
				return nil, err
			}
			texts[r.Body] = sheet.Texts()
		}
		out = append(out, people.Region{ID: r.ID, Texts: texts[r.Body], Generated: r.Generated})
	}
	return out, nil
}

func (w *weave) did(kind, what string) {
	w.count[kind]++
	w.log = append(w.log, strings.TrimSpace(kind+" "+what))
}

// play is a page's life: it is created, and then anything happens.
func (w *weave) play() error {
	if err := w.create(); err != nil {
		return err
	}
	steps := 5 + w.hands.Rand.IntN(7)
	for n := range steps {
		if w.begun = n > steps*3/4; w.begun && n == steps*3/4+1 {
			w.did("session", "begins")
		}
		if err := w.step(); err != nil {
			return err
		}
	}
	return cmp.Or(w.publish(), w.sync())
}

func (w *weave) step() error {
	switch w.hands.Rand.IntN(8) {
	case 0, 1, 2:
		body, what, err := w.hands.Act(w.body)
		w.did("people", what)
		w.body = body
		return err
	case 3, 4:
		w.ticketChanges()
		return nil
	case 5, 6:
		return w.publish()
	default:
		return w.sync()
	}
}

func (w *weave) create() (err error) {
	regions := w.regions()
	w.body = confluence.Assemble(regions)
	if w.state.Regions, err = confluence.Fingerprints(regions); err != nil {
		return err
	}
	now, err := seen(regions)
	w.ledger = people.NewLedger(now)
	return err
}

// ticketChanges gives a region another fact, perhaps one that it had before, or
// takes an item into the selection or out of it.
func (w *weave) ticketChanges() {
	id := weaveRegions[w.hands.Rand.IntN(len(weaveRegions))]
	if id == "item/PAY-3" && w.hands.Rand.IntN(2) == 0 {
		w.selected[id] = !w.selected[id]
		w.did("ticket", fmt.Sprintf("%s selected: %t", id, w.selected[id]))
		return
	}
	w.facts[id] = w.hands.Rand.IntN(3)
	w.did("ticket", fmt.Sprintf("%s says fact %d", id, w.facts[id]))
}

// publish brings the page up to date and holds it to its promises.
func (w *weave) publish() error {
	w.did("publish", "")
	regions := w.regions()
	merged, err := w.merge(regions)
	if err != nil {
		return err
	}
	before, err := w.look()
	if err != nil {
		return err
	}
	after, err := people.Look(merged.Body)
	if err != nil {
		return fmt.Errorf("the page is broken: %w", err)
	}
	now, err := seen(regions)
	if err != nil {
		return err
	}
	if err := w.ledger.Published(before, after, now, w.begun); err != nil {
		return err
	}
	w.body, w.state.Regions = merged.Body, merged.Regions
	w.sheet, w.of = after, w.body
	again, err := w.merge(regions)
	if err == nil && (again.Body != w.body || !maps.Equal(again.Regions, merged.Regions)) { // C3 S5
		return fmt.Errorf("publishing again changes the page:\n%s\nand then\n%s", w.body, again.Body)
	}
	return err
}

// look reads the page as it is, once.
func (w *weave) look() (people.Sheet, error) {
	if w.of == w.body {
		return w.sheet, nil
	}
	sheet, err := people.Look(w.body)
	if err == nil {
		w.sheet, w.of = sheet, w.body
	}
	return sheet, err
}

func (w *weave) merge(regions []confluence.Region) (confluence.Merged, error) {
	if w.begun {
		return confluence.Extend(w.body, w.state.Known(), regions)
	}
	return confluence.Merge(w.body, w.state.Known(), regions)
}

// otherBodies are bodies of other pages that people paste: a few, and real ones
// where they are.
func otherBodies() []string {
	bodies := []string{
		"<p>pasted</p>", "<h2>A heading</h2><ol><li>one</li></ol>",
		`<ac:structured-macro ac:name="info"><ac:rich-text-body><p>in a panel</p></ac:rich-text-body></ac:structured-macro>`,
	}
	files, _ := filepath.Glob("../../shared/data/confluence/*.xml")
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil || len(b) >= 4000 {
			continue
		}
		if _, err := storage.Parse(string(b)); err == nil {
			bodies = append(bodies, strings.TrimSpace(string(b)))
		}
	}
	return bodies
}

// Whatever people do between publishes and syncs, and whatever happens to the
// tickets: every byte that is not ours stays, what nobody touched is brought up
// to date, each decision and task is read once wherever it stands and stays on
// its ticket, and a rerun changes nothing.
func TestInterleavingsOfPeopleAndPublishes(t *testing.T) { // C3 C4 S1 S5 S7 S8
	t.Parallel()
	others := otherBodies()
	total := map[string]int{}
	play := func(seed uint64) {
		w := newWeave(seed, others)
		if err := w.play(); err != nil {
			t.Fatalf("%v\n\nseed %d: go test ./confluence -run Interleaving -weave-seed %d\n%s", err, seed, seed, strings.Join(w.log, "\n"))
		}
		w.count["region refreshed"], w.count["region left to people"] = w.ledger.Refreshed, w.ledger.Touched
		w.count["region added"], w.count["region retired"] = w.ledger.Added, w.ledger.Retired
		for kind, n := range w.count {
			total[kind] += n
		}
	}
	if *weaveSeed != 0 {
		play(*weaveSeed)
		return
	}
	for seed := range uint64(*weaves) {
		play(seed + 1)
	}
	for _, kind := range slices.Sorted(maps.Keys(total)) {
		t.Logf("%8d %s", total[kind], kind)
	}
	for _, kind := range []string{"region refreshed", "region left to people", "region added", "region retired", "outcome read", "comment written"} {
		require.Positive(t, total[kind], "no %s: nothing was tested", kind)
	}
}
