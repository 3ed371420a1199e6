package confluence

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

// What is listed outside the places for outcomes: what shows a sign that it is one,
// and in an item's section all else that people typed.
const (
	looks    = "" // see [outcome.Suggestion.Why]
	aNote    = "a note: begin it with “Decision:” if it is one"
	aRow     = "a row of a table: what stands in a column “Decision” or “Action” is written"
	anAnswer = "an answer stays on this page: to have it written, type it as a decision below "
)

// plain reads prose: it may be what the session leaves open, and is listed if nothing
// else comes of it.
func (r *reader) plain(k kind, p piece) {
	r.decision = 0
	if r.part.kind == accountKind {
		return
	}
	left := len(r.out.Left)
	r.leave(k, p)
	switch carried := len(r.out.Left) > left; {
	case r.showsSign(p), !carried && r.tellsSomebody(p):
		r.suggest(p.text, looks)
	case !carried && !r.beside(p.cell):
		r.note(p)
	}
}

// note lists a line that people typed in an item's section, or below one of the
// session's questions, and that is nothing else.
func (r *reader) note(p piece) {
	reason := hint(p)
	switch {
	case r.said.says(p.text) || factsOf(p.text, r.browse) != "":
		return
	case r.item() != "":
	case r.part.kind != discussKind || p.text.String() == moreQuestions:
		return
	default:
		reason = anAnswer + cmp.Or(r.about, "its item")
	}
	if p.cell != nil {
		if p.cell.row.noted {
			return
		}
		if p.cell.row.noted = true; reason == aNote {
			reason = aRow
		}
	}
	note := r.suggestion(inRow(p), reason)
	note.Note = true
	r.out.Suggestions = append(r.out.Suggestions, note)
}

// hint is what to do with a note to have it written.
func hint(p piece) string {
	if blockedLead.MatchString(folded(p.text.String())) {
		return "a note: what blocks an item is told by its key, “Blocked by PAY-9”"
	}
	return aNote
}

// blockedLead begins a line about what blocks an item, folded.
var blockedLead = lazyregexp.New(`^\W*` + blockedWords + `\b`)

// showsSign reports whether prose may be an outcome for something else than its words:
// a label that counts elsewhere, or a box; or whether it begins with "we decided".
func (r *reader) showsSign(p piece) bool {
	s := p.text.String()
	l, ok := leadOf(p.text, boldText(p.nodes))
	return ok && l.ends && len(l.rest) > 0 && (l.kind == decisionKind || l.kind.isOutcome() && (r.item() != "" || l.kind == actionKind && l.sure)) ||
		checkbox.MatchString(s) && !decorated(s) || labelInside(s) || r.part.kind != retroKind && saysDecided.MatchString(folded(s))
}

// tellsSomebody reports whether prose mentions a person who may be told to do something.
func (r *reader) tellsSomebody(p piece) bool {
	if r.item() == "" && whoIsThere.MatchString(folded(r.heading)) {
		return false
	}
	words := strings.ContainsFunc(withoutUsers(p.text).String(), unicode.IsLetter)
	return words && firstUser(p.text) != nil && (r.item() != "" || p.text[0].User != nil || !dueDate(p.nodes).IsZero())
}

// whoIsThere is what the list of those who take part is called, folded: who is mentioned
// there is told nothing.
var whoIsThere = lazyregexp.New(`^\PL*(?:participants?|attendees|present|who is there|teilnehmer(?:\PL?innen)?|teilnehmende|anwesend|participantes|asistentes|presents|partecipanti|deelnemers|aanwezig|uczestnicy|obecni)\PL*$`)

func withoutUsers(t outcome.Text) outcome.Text {
	return slices.DeleteFunc(slices.Clone(t), func(run outcome.Run) bool { return run.User != nil })
}

// labelInside reports whether the label of a decision or an action begins within a
// line, with a capital letter and a colon: "In short. Decision: …".
func labelInside(s string) bool {
	for _, m := range partStart.FindAllStringSubmatch(s, -1) {
		if k := labelled()[folded(m[2])]; (k == decisionKind || k == actionKind) && len(m[2]) >= 3 {
			return true
		}
	}
	return false
}

// saysDecided is "we decided" and "we agreed", folded, in the languages of the labels.
var saysDecided = lazyregexp.New(`^(?:(?:we|the team) (?:have |has )?(?:decided|agreed)|wir haben (?:.* )?(?:entschieden|beschlossen|vereinbart)` +
	`|(?:nous avons|on a) (?:decide|convenu)|(?:hemos )?(?:decidido|acordado|decidimos|acordamos)|abbiamo (?:deciso|concordato)|concordamos` +
	`|we hebben (?:.* )?(?:besloten|afgesproken)|(?:zdecydowalismy|ustalilismy|postanowilismy|uzgodnilismy))\b`)
