package confluence

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"refine/confluence/storage"
)

// A Merged page is what an update would write.
type Merged struct {
	Body string
	// Regions are the fingerprints to record once Body is written.
	Regions map[string]string
	// Kept names the regions that people have changed or taken out, which
	// therefore stay as they are.
	Kept []string
}

// Merge brings a page up to date with a new rendering (C3). known holds the
// fingerprints the page's state remembers for each region, several where an
// update was interrupted.
//
// A generated region is recognised by what it says, wherever it stands now. One
// that still says what we last wrote is replaced; one that does not was changed
// by a person and is left alone, as is one that is gone. All other bytes of the
// page stay as they are. Regions the page never had are inserted, with the
// places for people that follow them, before the next region of the rendering
// that the page has. Where nothing is known of the page nothing is inserted:
// what is not recognised may stand there in a person's words.
func Merge(body string, known []map[string]string, regions []Region) (Merged, error) {
	doc, err := storage.Parse(body)
	if err != nil {
		return Merged{}, fmt.Errorf("the page's body: %w", err)
	}
	prints, err := Fingerprints(regions)
	if err != nil {
		return Merged{}, err
	}
	m := merger{locator: newLocator(doc), known: known, prints: prints, found: map[string]span{}}
	m.locate(regions)
	out := Merged{Regions: maps.Clone(prints)}
	edits := m.replace(regions, &out)
	edits = append(edits, m.retire(regions, &out)...)
	edits = append(edits, m.insert(regions)...)
	slices.SortStableFunc(edits, func(a, b storage.Edit) int { // insertions before what they stand in front of
		return cmp.Or(a.Start-b.Start, a.End-b.End)
	})
	out.Body, err = storage.Splice(body, edits)
	return out, err
}

type merger struct {
	*locator
	known  []map[string]string
	prints map[string]string // of the new rendering
	found  map[string]span
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

// locate claims what stands unchanged. The new fingerprint counts too: then the
// region already says what it should.
func (m *merger) locate(regions []Region) {
	for _, r := range regions {
		if !r.Generated {
			continue
		}
		prints := append([]string{m.prints[r.ID]}, m.remembered(r.ID)...)
		if s, ok := m.find(prints...); ok {
			m.found[r.ID] = s
		}
	}
}

// replace refreshes the regions that were found and differ.
func (m *merger) replace(regions []Region, out *Merged) (edits []storage.Edit) {
	for _, r := range regions {
		old := m.remembered(r.ID)
		s, ok := m.found[r.ID]
		switch {
		case !r.Generated:
		case ok && fingerprint(m.blocks[s.from:s.to]) != m.prints[r.ID]:
			start, end := m.bytes(s)
			edits = append(edits, storage.Edit{Start: start, End: end, New: r.Body})
		case !ok && len(old) > 0:
			out.Kept = append(out.Kept, r.ID)
			out.Regions[r.ID] = old[len(old)-1] // found again if the person takes it back
		case !ok && len(m.known) == 0:
			out.Regions[r.ID] = "" // on the page perhaps, in words that nobody remembers
		}
	}
	return edits
}

// retire deals with regions that the page has and the rendering no longer does.
// An item that left the selection keeps its section, since people may have
// written in it, and says so; anything else that nobody touched goes.
func (m *merger) retire(regions []Region, out *Merged) (edits []storage.Edit) {
	for _, id := range m.retired() {
		old := m.remembered(id)
		s, ok := m.find(old...)
		if id == receiptRegion {
			m.keepReceipt(s, ok, out)
			continue
		}
		if !ok {
			out.Regions[id] = old[len(old)-1] // it is a person's, also if the item comes back
			continue
		}
		start, end := m.bytes(s)
		key, isItem := strings.CutPrefix(id, itemRegion)
		if !isItem {
			edits = append(edits, storage.Edit{Start: start, End: end})
			continue
		}
		gone := leftSelection(key, m.blocks[s.from].node)
		prints, err := Fingerprints([]Region{{ID: id, Body: gone, Generated: true}})
		if err != nil {
			continue // left as it is
		}
		out.Regions[id] = prints[id]
		if fingerprint(m.blocks[s.from:s.to]) != prints[id] {
			edits = append(edits, storage.Edit{Start: start, End: end, New: gone})
		}
	}
	return edits
}

// keepReceipt leaves the receipt to the syncs, which write it. One that was only
// about to be written and does not stand there was not.
func (m *merger) keepReceipt(s span, found bool, out *Merged) {
	written, before := m.known[0][receiptRegion]
	switch {
	case found:
		out.Regions[receiptRegion] = fingerprint(m.blocks[s.from:s.to])
	case before:
		out.Regions[receiptRegion] = written
	}
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
func (m *merger) insert(regions []Region) (edits []storage.Edit) {
	for i := 0; i < len(regions); i++ {
		if !m.isNew(regions[i]) {
			continue
		}
		first := i
		for i+1 < len(regions) && (!regions[i+1].Generated || m.isNew(regions[i+1])) {
			i++
		}
		at := m.before(regions[i+1:])
		edits = append(edits, storage.Edit{Start: at, End: at, New: Assemble(regions[first : i+1])})
	}
	return edits
}

func (m *merger) isNew(r Region) bool {
	_, found := m.found[r.ID]
	return r.Generated && !found && len(m.known) > 0 && len(m.remembered(r.ID)) == 0
}

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
