package confluence

import (
	"strings"

	"refine/confluence/storage"
	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

// What a chat puts in front of what somebody said.
const (
	spokenAt = `[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?[\])]?`
	speaker  = `(?:` + person + `|@?\p{Lu}[\pL.'’-]*(?: \p{Lu}[\pL.'’-]*){0,2})`
)

// spoken is a time and who spoke, in either order, or who spoke behind the sign of a
// quoted line: "[11:02] Mia:", "Lea 14:03:", "> Ole:". A name alone is none: it may be
// what the line is about.
var spoken = lazyregexp.New(`^(?:>\s*)*(?:` + spokenAt + `\s*[–-]?\s*` + speaker + `\s*:|` + speaker + `,?\s*` + spokenAt + `\s*:)\s+|^(?:>\s*)+` + speaker + `\s*:\s+`)

// turn is a line of a chat that only says who speaks from there on, and since when.
var turn = lazyregexp.New(`^(?:>\s*)*(?:` + spokenAt + `\s*[–-]?\s*(` + speaker + `)|(` + speaker + `),?\s*[–-]?\s*` + spokenAt + `)\s*:?$`)

// unspoken is a line without who said it and when, which are no part of what it says.
func unspoken(t outcome.Text) outcome.Text {
	return dropped(t, len(spoken.FindString(flat(t))))
}

// spokenLead is the label of a decision or an action behind who spoke.
func spokenLead(t outcome.Text) (lead, bool) {
	what := unspoken(t)
	if flat(what) == flat(t) {
		return lead{}, false
	}
	l, ok := leadOf(what, "")
	return l, ok && len(l.rest) > 0 && (l.kind == decisionKind || l.kind == actionKind)
}

// inChat lists what a pasted chat says in a place for outcomes: who spoke, and in a
// place for decisions also the words, which are one person's until all agree.
func (r *reader) inChat(k kind, p piece) bool {
	m := turn.FindStringSubmatch(flat(p.text))
	switch {
	case k != decisionKind && k != actionKind:
		return false
	case m != nil && (breaks(p.node) || k == actionKind && !strings.Contains(m[1]+m[2], " ")): // "Call Ivo 10:00"
		r.chat = p.node
		r.suggest(p.text.String(), "it says who spoke, and not what")
	case k == decisionKind && r.chat != nil && r.chat == p.node:
		r.suggest(p.text.String(), "it was said in a chat")
	default:
		return false
	}
	r.decision = 0
	return true
}

// breaks reports whether a block has several lines.
func breaks(block *storage.Node) bool { return block.Child("br") != nil }
