package confluence

import (
	"slices"
	"strings"
	"unicode/utf8"

	"refine/confluence/storage"
	"refine/internal/lazyregexp"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// notDecided is the reason of what stands among decisions and is none.
const notDecided = "it says that it was not decided, or not to be done"

// saysUndecided is how a line begins, folded, that tells of no decision and of
// nothing to do.
var saysUndecided = lazyregexp.New(`^(?:` +
	`(?:decision |entscheidung )?(?:not (?:yet )?(?:decided|agreed)|postponed|vertagt|verschoben|noch nicht entschieden|reporte|aplazad[oa]|rimandat[oa]|adiad[oa]|uitgesteld|odlozon[oae])\b` +
	`|we (?:did not|didn't|could not|couldn't|have not|haven't) (?:yet )?(?:decided?|agreed?)\b` +
	`|(?:rejected|revoked|withdrawn|widerrufen|cancell?ed|abgelehnt|verworfen|rejetee?|rechazad[oa]|respint[oa]|rejeitad[oa]|afgewezen|odrzucon[oae])(?:\s*[:.,;(–-].*)?$` +
	`|no decision on\b.*` +
	`|(?:to be (?:decided|confirmed)|tbd|none so far|none yet|nothing decided|nothing to do|open|offen|tentatively|parked|\(parked\)|geparkt)(?:\s*[:.,;(–-].*)?$` +
	`|(?:to be confirmed|tentatively|parked|\(parked\))\b|no hay decision\b|.*[:–-] *(?:tbd|postponed|parked|vertagt|(?:noch )?offen|open|still open|reporte|aplazado|cancell?ed|abgesagt)$|.* tbd$)`)

// nothingToDo is how people write that there is no action.
var nothingToDo = lazyregexp.New(`^(?:nothing (?:to do|for|else)\b.*|rien a faire\b.*|ras|nix|keine? (?:aktion|aufgabe)\b.*|no actions? (?:needed|required)\b.*|\S+ n/a)[.!]?$`)

// remark is what people add to what others wrote.
var remark = lazyregexp.New(`^(?:\+1(?: (?:from|by) .*)?|-1|ok(?:ay)?(?: (?:for|from|by) .*)?|no objections?|yes|yep|no|lgtm|done|agreed|ja|nein|oui|non|si|passt(?: so)?|sounds good|👍.*|👎.*)[.! ]*$`)

// doneTail is how people write behind an action that it is done.
var doneTail = lazyregexp.New(`(?:[–-] *|\()(?:done|erledigt|fertig|fait|hecho|fatto|feito|gedaan|zrobione)(?: in the meeting)?\)?[.!]?$|[✔✅☑]$`)

// dayAlone is a day on a line of its own.
var dayAlone = lazyregexp.New(`^\(?(?:(?:deadline|due|by|until|bis(?: zum)?|fallig(?: am)?|pour le|avant le|para el|entro) )+[\w.,/ -]{2,20}\)?$`)

// because is how a reason begins that has no label.
var because = lazyregexp.New(`^(?:because|weil|parce qu|porque|perche|omdat|poniewaz)`)

// heads reports whether a line only announces what follows: a few words and a
// colon.
func heads(s string) bool {
	return strings.HasSuffix(s, ":") && len(strings.Fields(s)) <= 2
}

// typedBullet is a list's mark that somebody typed.
var typedBullet = lazyregexp.New(`^\s*(?:[-–—*•·▪◦‣]|--)\s+(?:\[[ xX✓]?\]\s+)?`)

// states by which the column for it says that something is done, or will not be.
var (
	doneStates     = wordSet("done, closed, complete, completed, finished, yes, ✅, ✔, ✓, ☑, x", "erledigt, fertig, ja", "fait, terminé, oui", "hecho, terminado, sí", "fatto, finito, sì", "feito, concluído, sim", "gedaan, klaar", "zrobione, gotowe")
	rejectedStates = wordSet("rejected, cancelled, canceled, dropped, not decided, undecided, postponed, open decision", "abgelehnt, verworfen, vertagt", "rejeté, annulé, reporté", "rechazado, cancelado, aplazado", "respinto, annullato", "rejeitado, cancelado, adiado", "afgewezen, vervallen", "odrzucone, anulowane")
)

func rejectedState(r *row) bool { return rejectedStates[folded(r.text(statusKind).String())] }

// doneLead is how people write that an action is done in front of it.
var doneLead = lazyregexp.New(`^\s*(?:\(?(?i:done|erledigt|fait|hecho|fatto|feito|gedaan|zrobione)\)?\s*[:–-]\s*|\((?i:done|erledigt)\)\s+|DONE\s+)`)

// bare reads a line that says nothing but who or when, below what it belongs to.
func (r *reader) bare(p piece) bool {
	due, owner := dueDate(p.nodes), firstUser(p.text)
	if p.cell != nil || !r.onlyWhoOrWhen(p) {
		return false
	}
	r.decision = 0
	return r.belongs(p.text, owner, due, p)
}

func (r *reader) onlyWhoOrWhen(p piece) bool {
	due := dueDate(p.nodes)
	words := strings.TrimSpace(strings.ReplaceAll(withoutUsers(p.text).String(), due.String(), ""))
	return !r.isOurs(p) && (firstUser(p.text) != nil || !due.IsZero()) && decorated(words)
}

// saysNothing lists a box that somebody began and left: it is nobody else's task.
func (r *reader) saysNothing(p piece) bool {
	if !r.onlyWhoOrWhen(p) {
		return false
	}
	r.suggest(p.text.String(), "it says who or when, and not what")
	return true
}

func withoutUsers(t outcome.Text) (out outcome.Text) {
	for _, run := range t {
		if run.User == nil {
			out = append(out, run)
		}
	}
	return out
}

// belongs adds who and when to the entry above, if there is one in this place.
func (r *reader) belongs(said outcome.Text, owner *outcome.User, due ticket.Date, p piece) bool {
	n := len(r.out.Entries) - 1
	if n < 0 || r.out.Entries[n].Where != r.where() || r.out.Entries[n].Section != r.item() {
		r.suggest(p.text.String(), "it says who or when, and not what")
		return true
	}
	e := &r.out.Entries[n]
	read := false
	if e.Kind == outcome.Action && owner != nil && e.Owner == nil {
		e.Owner, read = owner, true
	}
	if e.Kind == outcome.Action && !due.IsZero() && e.Due.IsZero() {
		e.Due, read = due, true
	}
	if !read {
		e.Text = merge(append(append(outcome.Text{}, e.Text...), append(outcome.Text{{Text: " – "}}, said...)...))
	}
	return true
}

// bareDay reads a day in words that stands alone below what it belongs to.
func (r *reader) bareDay(p piece) bool {
	if !dayAlone.MatchString(folded(p.text.String())) || len(r.out.Entries) == 0 {
		return false
	}
	return r.belongs(p.text, nil, dueDate(p.nodes), p)
}

// headPerson reads "Ivo:" above a list of what Ivo is to do.
func (r *reader) headPerson(p piece) bool {
	li := p.node
	if li.Name != "li" {
		li = nearest(p.node, "li")
	}
	if li == nil || !holdsList(li) {
		r.suggest(p.text.String(), "it only announces what follows")
		return true
	}
	whom := slices.Clone(p.text)
	last := &whom[len(whom)-1]
	last.Text = strings.TrimRight(last.Text, ": ")
	r.bullet, r.bulletKey, r.bulletOwner = li, "", trim(whom)
	return true
}

// headBullet reads a line that only names a ticket: what stands below it in its
// list is about that.
func (r *reader) headBullet(p piece) {
	li := p.node
	if li.Name != "li" && li.Name != "ac:task" {
		li = nearest(p.node, "li")
	}
	keys := p.text.Keys(r.browse...)
	if li != nil && len(keys) == 1 && holdsList(li) {
		r.bullet, r.bulletKey, r.bulletOwner = li, keys[0], nil
		return
	}
	r.suggest(p.text.String(), "it names a ticket and says nothing")
}

func holdsList(n *storage.Node) bool {
	for _, name := range []string{"ul", "ol", "ac:task-list"} {
		for range n.Find(name) {
			return true
		}
	}
	return false
}

// parts divides a line of an outcome's own, see [parted].
func (r *reader) parts(p piece) (first, rest outcome.Text) {
	l, ok := leadOf(p.text, boldText(p.nodes))
	if own := ok && l.sure && l.ends && (l.kind == decisionKind || l.kind == actionKind); !own && !r.part.kind.isForm() {
		return p.text, nil
	}
	return parted(p.text)
}

// parted divides a line where a second label, or the key of another ticket and a
// colon, begins behind a semicolon or a stop. rest is nil where there is none.
func parted(t outcome.Text) (first, rest outcome.Text) {
	s := flat(t)
	for _, at := range clauseStart.FindAllStringIndex(s, -1) {
		head, _, colon := strings.Cut(s[at[1]:], ":")
		if !colon || len(head) > longestLabel {
			continue
		}
		k, sure := kindOf(head)
		key := leadingKey(head + ":")
		if sure && (k == decisionKind || k == actionKind) || key != "" && strings.TrimRight(key, ": ") == strings.TrimSpace(head) && s[at[0]] == ';' {
			return kept(t, at[0]), dropped(t, at[1])
		}
	}
	return t, nil
}

var clauseStart = lazyregexp.New(`[.;]\s+`)

// kept is t up to the nth byte of its flat text.
func kept(t outcome.Text, n int) (out outcome.Text) {
	for _, r := range t {
		size := len(r.Text)
		if r.User != nil {
			size = len(person)
		}
		switch {
		case n <= 0:
			return trim(merge(out))
		case n >= size:
			out = append(out, r)
		default:
			for !utf8.RuneStart(r.Text[n]) {
				n--
			}
			r.Text = r.Text[:n]
			out = append(out, r)
		}
		n -= size
	}
	return trim(merge(out))
}
