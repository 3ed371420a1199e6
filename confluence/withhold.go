package confluence

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"refine/confluence/storage"
	"refine/planner"
	"refine/planner/ticket"
)

// Tells reports whether the state remembers of an item what may be on the page.
func (s State) Tells(key string) bool {
	f, known := s.Items[key]
	return known && (!f.Gone || f.SummaryHash != "")
}

// Withhold takes off a page what it says of items that may not be shown any more, and
// leaves their keys (P7): of an item's own region its key, and of every other line of
// ours that names one of them, or says its title, the keys in it. titles are theirs as
// far as they are known, by key. Beside what a region says as it was written, also a
// line of ours counts among what people have changed. Their own words stay, those
// that were carried over among them, and so does a line that they have commented on,
// with the comment. prints are the fingerprints of the regions that say something else
// then.
func (s State) Withhold(body string, titles map[string]string) (out string, prints map[string]string, err error) {
	prints = map[string]string{}
	if len(titles) == 0 {
		return body, prints, nil
	}
	doc, err := storage.Parse(body)
	if err != nil {
		return body, nil, fmt.Errorf("the page's body: %w", err)
	}
	w := withholder{locator: newLocator(doc), body: body, said: readSaid(s.Said), titles: titles}
	w.scan = scanner{take: w.line}
	for _, id := range s.regionIDs() {
		for n := 0; ; n++ {
			at, found := w.find(s.known(id)...)
			if !found {
				break
			}
			print, err := w.region(id, at)
			if err != nil {
				return body, nil, err
			}
			if n == 0 && print != "" { // what follows is a copy
				prints[id] = print
			}
		}
	}
	w.scan.region = ""
	for i, b := range w.blocks {
		if !w.claimed[i] {
			w.scan.block(b.Node)
		}
	}
	out, err = storage.Splice(body, w.edits)
	return out, prints, err
}

func (s State) regionIDs() []string {
	ids := map[string]bool{}
	for _, known := range s.Known() {
		for id := range known {
			ids[id] = true
		}
	}
	return slices.Sorted(maps.Keys(ids))
}

// withholder collects the edits that take words off a page.
type withholder struct {
	*locator
	body   string
	said   said
	titles map[string]string // of the items that may not be shown, by key
	scan   scanner
	edits  []storage.Edit
}

// region deals with one that stands at s as it was written, and returns the fingerprint
// of what it says then; empty if that is what it said.
func (w *withholder) region(id string, s span) (string, error) {
	start, end := w.bytes(s)
	key, isItem := ItemOf(id)
	if _, withheld := w.titles[key]; isItem && withheld && !slices.ContainsFunc(w.blocks[s.from:s.to], storage.Block.Marked) {
		w.edits = append(w.edits, storage.Edit{Start: start, End: end, New: leftSelection(key)})
		return printOf(leftSelection(key))
	}
	from := len(w.edits)
	w.scan.region = id
	for _, b := range w.blocks[s.from:s.to] {
		w.scan.block(b.Node)
	}
	if len(w.edits) == from {
		return "", nil
	}
	var edits []storage.Edit
	for _, e := range w.edits[from:] {
		edits = append(edits, storage.Edit{Start: e.Start - start, End: e.End - start, New: e.New})
	}
	now, err := storage.Splice(w.body[start:end], edits)
	if err != nil {
		return "", err
	}
	return printOf(now)
}

// line leaves of a line of ours its keys, if it tells of what may not be shown.
func (w *withholder) line(p piece) {
	text := p.text
	if p.form == taskForm {
		text = textOf(p.nodes)
	}
	id := cmp.Or(p.region, w.said.regionOf(text))
	if len(text) == 0 || id == "" || id == receiptRegion || slices.ContainsFunc(p.nodes, (*storage.Node).Marked) || !w.tells(id, text.String()) {
		return
	}
	keys := ticket.IssueKeys(text.String())
	slices.Sort(keys)
	left := cmp.Or(strings.Join(slices.Compact(keys), ", "), "…")
	if left != text.String() {
		w.edits = append(w.edits, storage.Edit{Start: p.nodes[0].Start, End: p.nodes[len(p.nodes)-1].End, New: left})
	}
}

// tells reports whether a line of a region is about what may not be shown.
func (w *withholder) tells(region, text string) bool {
	own, _ := ItemOf(region)
	if _, withheld := w.titles[own]; withheld {
		return true
	}
	for key, title := range w.titles {
		title = strings.TrimSuffix(fold(title), "…")
		if utf8.RuneCountInString(title) >= shortest && strings.Contains(text, title) {
			return true
		}
		if namesKey(text, key) && !strings.HasPrefix(region, carryOverRegion) {
			return true
		}
	}
	return false
}

// Withheld notes that the page says no more of the items than their keys, and forgets
// what a model wrote of them.
func (s *State) Withheld(keys []string) {
	if len(keys) == 0 {
		return
	}
	s.Items = maps.Clone(s.Items)
	written, _ := json.Marshal(s.Draft) // plain data
	for _, key := range keys {
		if f, known := s.Items[key]; known {
			s.Items[key] = planner.Facts{Added: f.Added, Gone: true, Said: f.Said, Day: f.Day, Told: f.Told}
		}
		if namesKey(string(written), key) {
			s.Draft = nil
		}
	}
}
