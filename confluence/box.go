package confluence

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

// boxOf is the one of the page's own boxes that says so, empty if none does.
func boxOf(s string) outcome.Box {
	for _, b := range outcome.Boxes {
		if strings.EqualFold(string(b), s) {
			return b
		}
	}
	return ""
}

const aNotedBox = "it has a note, so that it is not certain what was agreed"

// box reads one of an item's checkboxes.
func (r *reader) box(label string, done bool, p piece) {
	if len(r.items) > 0 {
		r.items[len(r.items)-1].boxes = true
	}
	box, note, certain := noted(label)
	switch {
	case p.region != "":
	case !certain || note != "" && !done:
		if done {
			r.out.Unclear = append(r.out.Unclear, r.item())
		}
		r.suggest("outcome: "+label, aNotedBox)
	case done:
		e := outcome.Entry{Kind: outcome.Result, Text: outcome.Text{{Text: string(box)}}}
		if note != "" {
			e.Reason = outcome.Text{{Text: note}}
		}
		r.add(e, p)
		r.leaveItem(box)
		if r.item() != "" {
			r.out.Ticked = append(r.out.Ticked, outcome.Ticked{Key: r.item(), Box: box, Note: note})
		}
	}
}

// unclearBoxes keeps the tick of an item from counting where another of its boxes is
// ticked with a note that may be a condition: nobody guesses which one is meant.
func (r *reader) unclearBoxes() {
	for i, e := range r.out.Entries {
		if e.Kind == outcome.Result && e.Doubt == "" && slices.Contains(r.out.Unclear, e.Section) {
			r.out.Entries[i].Doubt = "another box of it is ticked with a note, and nobody guesses which one counts"
		}
	}
	r.out.Ticked = slices.DeleteFunc(r.out.Ticked, func(t outcome.Ticked) bool { return slices.Contains(r.out.Unclear, t.Key) })
}

// noted is the box that a task says, empty if it says none, with the reason that people
// wrote behind it. It is not certain where the note begins as a condition, "Parked if
// legal says no", or where it may be a condition, as behind Ready.
func noted(label string) (box outcome.Box, note string, certain bool) {
	label = label[decoration(label):]
	for _, box := range outcome.Boxes {
		n := len(box)
		if len(label) < n || !strings.EqualFold(label[:n], string(box)) {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(label[n:]); unicode.IsLetter(next) { // "Splitting the export"
			continue
		}
		note := strings.TrimSpace(strings.Trim(label[n:], ":;,.–—-()[] \u00a0"))
		if decorated(note) {
			note = ""
		}
		return box, note, note == "" || box != outcome.BoxReady && !condition.MatchString(folded(note))
	}
	return "", "", false
}

// condition is how a note begins that is no reason but a condition, folded: by "if",
// "unless", "when" or "once". "Parked until May" and "Split only the export" are certain;
// "se" and "als" are other words in other languages.
var condition = lazyregexp.New(`^(?:(?:only |nur |seulement |solo |tylko )?(?:if|when|once|wenn|falls|sobald|si|quand|cuando|quando|jesli|jezeli|gdy)|unless)\b`)
