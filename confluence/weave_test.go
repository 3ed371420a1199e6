package confluence_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/storage"
)

var (
	weaves    = flag.Int("weaves", 10000, "how many random interleavings of people and publishes are played")
	weaveSeed = flag.Uint64("weave-seed", 0, "play only the interleaving with this seed")
)

// weave is a page that people and publishes write on in turn. What it expects of
// a publish it finds by comparing strings, not by fingerprints.
type weave struct {
	rng     *rand.Rand
	body    string
	written map[string]string // each generated region as last written
	facts   map[string]int    // how often a region's tickets have changed
	known   []map[string]string
	typed   int
	theirs  []string // whole bodies of other pages, to paste
	log     []string
}

var weaveRegions = []string{"agenda", "key-points", "item/PAY-1", "item/PAY-2", "item/PAY-3", "closing"}

func (w *weave) region(id string) confluence.Region {
	n := w.facts[id]
	body := fmt.Sprintf("<h2>%s</h2><p>fact %d of %s</p>", id, n, id)
	switch {
	case id == "agenda":
		body = fmt.Sprintf("<h2>Agenda</h2><table><tbody><tr><td>1%d:00</td><td>row %d</td></tr></tbody></table><p>note %d</p>", n%10, n, n)
	case n%3 == 2:
		body += fmt.Sprintf("<ul><li>point %d of %s</li><li>and one more of %s</li></ul>", n, id, id)
	}
	return confluence.Region{ID: id, Body: body, Generated: true}
}

func (w *weave) regions() (out []confluence.Region) {
	for _, id := range weaveRegions {
		out = append(out, w.region(id))
		if strings.HasPrefix(id, "item/") {
			out = append(out, confluence.Region{ID: id + "/text", Body: "<h3>Decisions of " + id + "</h3><p>type here</p>"})
		}
	}
	return out
}

// people do one thing to the page.
func (w *weave) people(t *testing.T) {
	doc, err := storage.Parse(w.body)
	require.NoError(t, err)
	blocks := doc.Blocks()
	if len(blocks) == 0 {
		w.body, w.typed = fmt.Sprintf("<p>word%dx</p>", w.typed), w.typed+1
		return
	}
	w.typed++
	word := fmt.Sprintf("word%dx", w.typed)
	n := blocks[w.rng.IntN(len(blocks))]
	at, source := n.Start, w.body[n.Start:n.End]
	kind := w.rng.IntN(10)
	w.log = append(w.log, fmt.Sprintf("people %d at %d", kind, at))
	insert := func(at int, s string) { w.body = w.body[:at] + s + w.body[at:] }
	switch kind {
	case 0, 1:
		insert(at, "<p>"+word+"</p>")
	case 2:
		insert(at, "<ul><li>"+word+"</li></ul>")
	case 3: // into a block's text
		if end := strings.Index(source, "</"); end > 0 {
			insert(at+end, " "+word)
		}
	case 4:
		w.body = w.body[:n.Start] + w.body[n.End:]
	case 5:
		insert(at, source)
	case 6: // elsewhere
		to := blocks[w.rng.IntN(len(blocks))].Start
		rest := w.body[:n.Start] + w.body[n.End:]
		if to > n.Start {
			to -= n.End - n.Start
		}
		to = max(min(to, len(rest)), 0)
		if to >= n.Start-(n.End-n.Start) && to <= n.Start { // within what has moved
			to = n.Start
		}
		if _, err := storage.Parse(rest[:to] + source + rest[to:]); err == nil {
			w.body = rest[:to] + source + rest[to:]
		}
	case 7:
		insert(at, "<p>Decision: "+word+"</p>")
	case 8:
		w.body = `<ac:layout><ac:layout-section ac:type="single"><ac:layout-cell>` + w.body + `</ac:layout-cell></ac:layout-section></ac:layout>`
	case 9:
		if len(w.theirs) > 0 {
			insert(at, w.theirs[w.rng.IntN(len(w.theirs))])
		}
	}
	if _, err := storage.Parse(w.body); err != nil {
		t.Fatalf("the test broke the page: %v", err)
	}
}

// publish brings the page up to date and holds it to its promises.
func (w *weave) publish(t *testing.T, seed uint64, started bool) {
	w.log = append(w.log, fmt.Sprintf("publish, started %t", started))
	fail := func(format string, args ...any) {
		t.Helper()
		t.Fatalf("%s\nseed %d: go test ./confluence -run Interleaving -weave-seed %d\n%s", fmt.Sprintf(format, args...), seed, seed, strings.Join(w.log, "\n"))
	}
	merge := confluence.Merge
	if started {
		merge = confluence.Extend
	}
	merged, err := merge(w.body, w.known, w.regions())
	if err != nil {
		fail("publishing: %v", err)
	}
	before, after := w.body, merged.Body
	for _, id := range weaveRegions {
		old, next := w.written[id], w.region(id).Body
		switch {
		case started || !strings.Contains(w.body, old):
			continue
		case !strings.Contains(after, next):
			fail("%s is untouched and stays stale", id)
		}
		before, after = strings.Replace(before, old, "", 1), strings.Replace(after, next, "", 1)
		w.written[id] = next
	}
	if before != after {
		fail("bytes outside of our regions have changed:\n%s\n%s", before, after)
	}
	again, err := merge(merged.Body, []map[string]string{merged.Regions}, w.regions())
	if err != nil || again.Body != merged.Body {
		fail("publishing again changes the page: %v", err)
	}
	w.body, w.known = merged.Body, []map[string]string{merged.Regions}
}

func playWeave(t *testing.T, seed uint64, theirs []string) {
	w := &weave{rng: rand.New(rand.NewPCG(seed, 0)), written: map[string]string{}, facts: map[string]int{}, theirs: theirs}
	w.body = confluence.Assemble(w.regions())
	prints, err := confluence.Fingerprints(w.regions())
	require.NoError(t, err)
	w.known = []map[string]string{prints}
	for _, id := range weaveRegions {
		w.written[id] = w.region(id).Body
	}
	steps := 8 + w.rng.IntN(12)
	for n := range steps {
		switch started := n > steps*3/4; w.rng.IntN(4) {
		case 0, 1:
			w.people(t)
		case 2:
			if !started { // from the start on nothing is rewritten, so nothing is expected
				w.facts[weaveRegions[w.rng.IntN(len(weaveRegions))]]++
			}
		case 3:
			w.publish(t, seed, started)
		}
	}
}

// C3: whatever people do between publishes, every byte that is not ours stays,
// what nobody touched is brought up to date, and a rerun changes nothing.
func TestInterleavingsOfPeopleAndPublishes(t *testing.T) {
	t.Parallel()
	theirs := []string{"<p>pasted</p>", "<h2>A heading</h2><ol><li>one</li></ol>", `<ac:structured-macro ac:name="info"><ac:rich-text-body><p>in a panel</p></ac:rich-text-body></ac:structured-macro>`}
	files, _ := filepath.Glob("../../shared/data/confluence/*.xml")
	for _, f := range files {
		if b, err := os.ReadFile(f); err == nil && len(b) < 4000 {
			if _, err := storage.Parse(string(b)); err == nil {
				theirs = append(theirs, strings.TrimSpace(string(b)))
			}
		}
	}
	if *weaveSeed != 0 {
		playWeave(t, *weaveSeed, theirs)
		return
	}
	n := *weaves
	if testing.Short() {
		n /= 10
	}
	for seed := range uint64(n) {
		playWeave(t, seed+1, theirs)
	}
	t.Logf("%d interleavings, with %d bodies of other pages to paste", n, len(theirs))
}
