package confluence

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"refine/confluence/storage"
)

// A Merged page is what an update would write.
type Merged struct {
	Body string
	// Regions are the fingerprints to record once Body is written.
	Regions map[string]string
	// Standing are the fingerprints under which the regions were recognised on
	// the page as it was, to record while Body is being written.
	Standing map[string]string
	// Kept names the regions that people have changed, commented on or taken
	// out, which therefore stay as they are.
	Kept []string
}

// Merge brings a page up to date with a new rendering (C3). known holds the
// fingerprints the page's state remembers for each region: first those that were
// written, then those that an interrupted update was about to write.
//
// A generated region is recognised by what it says, wherever it stands now. One
// that still says what we last wrote is replaced; one that does not was changed
// by a person and is left alone, as is one that is gone. An inline comment is no
// change: the region is replaced if the block that bears it can stay as it is,
// and left alone otherwise. All other bytes of the page stay as they are.
// Regions the page never had are inserted, with the places for people that
// follow them, before the next region of the rendering that the page has. Where
// nothing is known of the page nothing is inserted: what is not recognised may
// stand there in a person's words.
func Merge(body string, known []map[string]string, regions []Region) (Merged, error) {
	return mergeWith(body, known, regions, false)
}

// Extend is the [Merge] for a page whose session has begun: it only adds the
// sections of new items and keeps the account of what has changed. The plan that
// people are working with stays as it is (C4), but for what it says of issues that
// may not be shown any more: whatever names one of the withheld keys is refreshed,
// and its own section is left to its key (P7).
func Extend(body string, known []map[string]string, regions []Region, withheld ...string) (Merged, error) {
	return mergeWith(body, known, regions, true, withheld...)
}

func mergeWith(body string, known []map[string]string, regions []Region, adding bool, withheld ...string) (Merged, error) {
	doc, err := storage.Parse(body)
	if err != nil {
		return Merged{}, fmt.Errorf("the page's body: %w", err)
	}
	prints, err := Fingerprints(regions)
	if err != nil {
		return Merged{}, err
	}
	m := merger{
		locator: newLocator(doc), doc: doc, body: body, known: known, adding: adding, withheld: withheld, prints: prints, found: map[string]span{},
		out: Merged{Regions: map[string]string{}, Standing: map[string]string{}},
	}
	m.locate(regions)
	m.replace(regions)
	m.retire()
	m.insert(regions)
	slices.SortStableFunc(m.edits, func(a, b storage.Edit) int { // insertions before what they stand in front of
		return cmp.Or(a.Start-b.Start, a.End-b.End)
	})
	m.out.Body, err = storage.Splice(body, m.edits)
	return m.out, err
}

type merger struct {
	*locator
	doc      *storage.Document
	body     string
	known    []map[string]string
	adding   bool
	withheld []string          // keys of issues that may not be shown
	prints   map[string]string // of the new rendering
	found    map[string]span
	edits    []storage.Edit
	out      Merged
}

// remembered lists the fingerprints a region may stand under, the newest last.
func (m *merger) remembered(id string) (prints []string) {
	for _, k := range m.known {
		if p, ok := k[id]; ok {
			prints = append(prints, p)
		}
	}
	return prints
}

// written reports whether a region was written to the page for certain. One that
// was only about to be may not have been; then the page shows no trace of it.
func (m *merger) written(r Region) bool {
	if len(m.known) == 0 {
		return false
	}
	if _, ok := m.known[0][r.ID]; ok {
		return true
	}
	return len(m.remembered(r.ID)) > 0 && m.shows(r)
}

// shows reports whether the page has a heading like the region's first.
func (m *merger) shows(r Region) bool {
	doc, err := storage.Parse(r.Body)
	if err != nil {
		return true
	}
	for _, b := range doc.Saying() {
		if b.HeadingLevel() > 0 {
			return slices.ContainsFunc(m.blocks, func(o storage.Block) bool { return o.Says == b.Says })
		}
	}
	return true
}

// locate claims what stands unchanged, as it was written last before anything
// older: what a region said once may stand in a copy that somebody made. The new
// fingerprint counts too: then the region already says what it should.
func (m *merger) locate(regions []Region) {
	for _, r := range regions {
		if !r.Generated {
			continue
		}
		prints := m.remembered(r.ID)
		slices.Reverse(prints)
		for _, print := range append(prints, m.prints[r.ID]) {
			if s, ok := m.stands(r, print); ok {
				m.found[r.ID], m.out.Standing[r.ID] = s, print
				break
			}
		}
	}
}

// stands finds what a region said under a fingerprint. What it says now is at hand, and
// is looked for by its words, which takes less than the fingerprint of every run.
func (m *merger) stands(r Region, print string) (span, bool) {
	if print == m.prints[r.ID] {
		if doc, err := storage.Parse(r.Body); err == nil {
			return m.findBlocks(doc.Saying())
		}
	}
	return m.find(print)
}

// replace refreshes the regions that were found and differ.
func (m *merger) replace(regions []Region) {
	for _, r := range regions {
		if !r.Generated {
			continue
		}
		s, ok := m.found[r.ID]
		switch {
		case ok && m.adding && !isAccount(r.ID) && !m.tells(s):
			m.out.Regions[r.ID] = m.out.Standing[r.ID]
		case ok:
			m.rewrite(r.ID, s, r.Body)
		case m.written(r):
			m.keep(r.ID)
		case len(m.known) == 0:
			m.out.Regions[r.ID] = "" // on the page perhaps, in words that nobody remembers
		}
	}
}

// tells reports whether the blocks at s name an issue that is withheld.
func (m *merger) tells(s span) bool {
	for _, b := range m.blocks[s.from:s.to] {
		for n := range b.All() { // one by one: run together, a key would lose its boundaries
			if slices.ContainsFunc(m.withheld, func(key string) bool { return namesKey(n.Text, key) }) {
				return true
			}
		}
	}
	return false
}

// namesKey reports whether s holds a key, wherever: also within an address. PAY-1
// is not in PAY-12.
func namesKey(s, key string) bool {
	for {
		_, after, found := strings.Cut(s, key)
		if next, _ := utf8.DecodeRuneInString(after); !found || !unicode.IsDigit(next) {
			return found
		}
		s = after
	}
}

// keep leaves a region to people, and finds it again if they take it back.
func (m *merger) keep(id string) {
	old := m.remembered(id)
	m.out.Kept = append(m.out.Kept, id)
	m.out.Regions[id] = old[len(old)-1]
	m.out.Standing[id] = m.out.Regions[id]
}

// rewrite makes a region that stands at s say what body does. One that people
// have commented on stays as it is unless their comments can stay.
func (m *merger) rewrite(id string, s span, body string) {
	standing := m.out.Standing[id]
	if standing == "" {
		standing = fingerprint(m.blocks[s.from:s.to])
		m.out.Standing[id] = standing
	}
	if standing == m.prints[id] { // it says so
		m.out.Regions[id] = standing
		return
	}
	print, edits, err := m.rewritten(s, body)
	switch {
	case err != nil:
		m.out.Kept = append(m.out.Kept, id)
		m.out.Regions[id] = standing
	case print == standing:
		m.out.Regions[id] = standing
	default:
		m.out.Regions[id] = print
		m.edits = append(m.edits, edits...)
	}
}

// retire deals with regions that the page has and the rendering no longer does.
// An item that left the selection keeps its section, since people may have
// written in it, and says so; anything else that nobody touched goes.
func (m *merger) retire() {
	for _, id := range m.retired() {
		old := m.remembered(id)
		s, ok := m.find(old...)
		key, isItem := strings.CutPrefix(id, itemRegion)
		switch {
		case id == receiptRegion:
			m.keepReceipt(s, ok)
		case !ok:
			m.out.Regions[id] = old[len(old)-1] // it is a person's, also if the item comes back
			m.out.Standing[id] = m.out.Regions[id]
		case m.adding && !isAccount(id) && !m.tells(s):
			m.out.Regions[id] = fingerprint(m.blocks[s.from:s.to])
			m.out.Standing[id] = m.out.Regions[id]
		case isItem:
			m.rewrite(id, s, leftSelection(key))
		default:
			m.rewrite(id, s, "")
			if m.out.Regions[id] == nothing {
				delete(m.out.Regions, id)
			}
		}
	}
}

// keepReceipt leaves the receipt to the syncs, which write it. One that was only
// about to be written and does not stand there was not.
func (m *merger) keepReceipt(s span, found bool) {
	written, before := m.known[0][receiptRegion]
	switch {
	case found:
		written = fingerprint(m.blocks[s.from:s.to])
	case !before:
		return
	}
	m.out.Regions[receiptRegion], m.out.Standing[receiptRegion] = written, written
}

// retired lists the regions that are remembered and no longer rendered.
func (m *merger) retired() []string {
	ids := map[string]bool{}
	for _, k := range m.known {
		for id := range k {
			if _, still := m.prints[id]; !still {
				ids[id] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(ids))
}

// insert places regions the page never had. They come with the places for
// people that follow them in the rendering.
func (m *merger) insert(regions []Region) {
	for i := 0; i < len(regions); i++ {
		if !m.isNew(regions[i]) {
			continue
		}
		first := i
		for i+1 < len(regions) && (!regions[i+1].Generated || m.isNew(regions[i+1])) {
			i++
		}
		for _, r := range regions[first : i+1] {
			if r.Generated {
				m.out.Regions[r.ID] = m.prints[r.ID]
			}
		}
		at := m.before(regions[i+1:])
		m.edits = append(m.edits, storage.Edit{Start: at, End: at, New: Assemble(regions[first : i+1])})
	}
}

func (m *merger) isNew(r Region) bool {
	if _, found := m.found[r.ID]; !r.Generated || found || len(m.known) == 0 || m.written(r) {
		return false
	}
	return !m.adding || isAccount(r.ID) || strings.HasPrefix(r.ID, itemRegion)
}

// isAccount reports whether a region tells what has happened, and goes on telling
// it when the plan itself stays as it is.
func isAccount(id string) bool { return id == changedRegion || id == afterRegion }

// before is where the first of the regions that the page has begins, or the end
// of the page's last block.
func (m *merger) before(regions []Region) int {
	for _, r := range regions {
		if s, ok := m.found[r.ID]; ok {
			start, _ := m.bytes(s)
			return start
		}
	}
	return m.end()
}
