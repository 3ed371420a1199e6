package confluence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

const aNotedBox = "it has a note, so that it is not certain what was agreed: tick it without, or type the note as a decision"

// box reads one of an item's checkboxes.
func (r *reader) box(done bool, p piece) {
	if len(r.items) > 0 {
		r.items[len(r.items)-1].boxes = true
	}
	text := textOf(p.nodes)
	_, note, _ := noted(text)
	switch {
	case p.region != "":
	case done:
		r.agree(resultKind, text, p)
	case len(note) > 0:
		r.suggest(titled("outcome", text), aNotedBox)
	}
}

// noted is the box that a task says, empty if it says none, with the reason that people
// wrote behind it. It is not certain where the note begins as a condition, "Parked if
// legal says no", or where it may be a condition, as behind Ready.
func noted(t outcome.Text) (box outcome.Box, note outcome.Text, certain bool) {
	const marks = ":;,.–—-()[] \u00a0"
	s := flat(t)
	from := decoration(s)
	for _, box := range outcome.Boxes {
		n := from + len(box)
		if len(s) < n || !strings.EqualFold(s[from:n], string(box)) {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(s[n:]); unicode.IsLetter(next) { // "Splitting the export"
			continue
		}
		note := dropped(t, len(s)-len(strings.TrimLeft(s[n:], marks)))
		note = kept(note, len(strings.TrimRight(flat(note), marks)))
		if decorated(note.String()) {
			return box, nil, true
		}
		return box, note, box != outcome.BoxReady && !condition.MatchString(folded(note.String()))
	}
	return "", nil, false
}

// condition is how a note begins that is no reason but a condition, folded: by "if",
// "unless", "when" or "once". "Parked until May" and "Split only the export" are certain;
// "se" and "als" are other words in other languages.
var condition = lazyregexp.New(`^(?:(?:only |nur |seulement |solo |tylko )?(?:if|when|once|wenn|falls|sobald|si|quand|cuando|quando|jesli|jezeli|gdy)|unless)\b`)
