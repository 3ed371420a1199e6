package confluence

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"refine/confluence/storage"
)

// A Region is a part of the page that is written as one. A generated region is
// ours to refresh while nobody has changed it; the others are for people from
// the moment they exist.
type Region struct {
	ID        string // "agenda", "item/PAY-7"
	Body      string // storage format, whole blocks
	Generated bool
}

// fingerprint identifies a run of blocks by number and content. It survives
// Confluence's re-serialisation and changes with any edit a reader would see.
func fingerprint(blocks []storage.Block) string {
	print, _ := fingerprintIn(nil, blocks)
	return print
}

// fingerprintIn writes what it takes into room, which it gives back for the next.
func fingerprintIn(room []byte, blocks []storage.Block) (print string, text []byte) {
	text = room[:0]
	for _, b := range blocks {
		text = append(strconv.AppendInt(text, int64(len(b.Says)), 10), 0)
		text = append(append(text, b.Says...), 0)
	}
	sum := sha256.Sum256(text)
	return strconv.Itoa(len(blocks)) + ":" + hex.EncodeToString(sum[:8]), text
}

// Fingerprints are the regions as they are recorded in the page's [State].
func Fingerprints(regions []Region) (map[string]string, error) {
	prints := map[string]string{}
	for _, r := range regions {
		if !r.Generated {
			continue
		}
		print, err := printOf(r.Body)
		if err != nil {
			return nil, fmt.Errorf("region %s of the page: %w", r.ID, err)
		}
		prints[r.ID] = print
	}
	return prints, nil
}

// printOf is the fingerprint of a region that says so.
func printOf(body string) (string, error) {
	doc, err := storage.Parse(body)
	if err != nil {
		return "", err
	}
	return fingerprint(doc.Saying()), nil
}

// span is a run of blocks, by index.
type span struct{ from, to int }

// locator finds regions in a page by what they say. A run belongs to one region
// only, so that of two equal runs (somebody copied a section) the first counts.
type locator struct {
	blocks  []storage.Block
	claimed []bool
	runs    map[int]map[string][]int // by length: where the runs with a fingerprint begin
	first   map[string][]int         // where the blocks that say something stand, by that
}

func newLocator(d *storage.Document) *locator {
	blocks := d.Saying()
	return &locator{blocks: blocks, claimed: make([]bool, len(blocks)), runs: map[int]map[string][]int{}}
}

// find claims the first free run with one of the fingerprints.
func (l *locator) find(prints ...string) (span, bool) {
	for _, print := range prints {
		var n int
		if _, err := fmt.Sscanf(print, "%d:", &n); err != nil || n <= 0 {
			continue
		}
		for _, from := range l.runsOf(n)[print] {
			if s := (span{from, from + n}); l.free(s) {
				l.claim(s)
				return s, true
			}
		}
	}
	return span{}, false
}

// findBlocks claims the first free run that says what the blocks do.
func (l *locator) findBlocks(blocks []storage.Block) (span, bool) {
	if len(blocks) == 0 {
		return span{}, false
	}
	if l.first == nil {
		l.first = map[string][]int{}
		for n, b := range l.blocks {
			l.first[b.Says] = append(l.first[b.Says], n)
		}
	}
	for _, from := range l.first[blocks[0].Says] {
		s := span{from, from + len(blocks)}
		if s.to <= len(l.blocks) && slices.EqualFunc(l.blocks[s.from:s.to], blocks, saysSame) && together(l.blocks[s.from:s.to]) && l.free(s) {
			l.claim(s)
			return s, true
		}
	}
	return span{}, false
}

func saysSame(a, b storage.Block) bool { return a.Says == b.Says }

// runsOf indexes all runs of n blocks that are free, once: regions share few lengths,
// and what is claimed stays so.
func (l *locator) runsOf(n int) map[string][]int {
	if index, ok := l.runs[n]; ok {
		return index
	}
	index := map[string][]int{}
	var print string
	var room []byte
	for from := 0; from+n <= len(l.blocks); from++ {
		if !together(l.blocks[from:from+n]) || !l.free(span{from, from + n}) {
			continue
		}
		print, room = fingerprintIn(room, l.blocks[from:from+n])
		index[print] = append(index[print], from)
	}
	l.runs[n] = index
	return index
}

// together reports whether the blocks stand in one place. A run that a person
// spread over two columns cannot be replaced as one.
func together(blocks []storage.Block) bool {
	return !slices.ContainsFunc(blocks, func(b storage.Block) bool { return b.Parent != blocks[0].Parent })
}

func (l *locator) free(s span) bool { return !slices.Contains(l.claimed[s.from:s.to], true) }

func (l *locator) claim(s span) {
	for i := s.from; i < s.to; i++ {
		l.claimed[i] = true
	}
}

// bytes is the run's range in the page's source.
func (l *locator) bytes(s span) (start, end int) {
	return l.blocks[s.from].Start, l.blocks[s.to-1].End
}

// end is where the last block of the page ends.
func (l *locator) end() int {
	if len(l.blocks) == 0 {
		return 0
	}
	return l.blocks[len(l.blocks)-1].End
}

// Assemble joins regions into a page's first body.
func Assemble(regions []Region) string {
	var b strings.Builder
	for _, r := range regions {
		b.WriteString(r.Body)
	}
	return b.String()
}
