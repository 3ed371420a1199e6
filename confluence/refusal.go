package confluence

import (
	"slices"
	"strings"

	"refine/confluence/storage"
	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

// The reasons of what stands among outcomes and is none, with what to do.
const (
	notDecided  = "it says that it was not decided, put off, or not to be done: if it is, type it without that"
	nothingHere = "it says nothing by itself: leave it, or type what was agreed"
	notSettled  = "its lozenge is yellow or red, which says that it is not settled: make it green, or take it off, if it is"
	aQuestion   = "it is a question: type the answer, or ask it below “Open questions”"
	aQuotation  = "it is a quotation: type it as a line of its own if it was agreed"
	noWords     = "it has no words: say it in words, or take it off"
	noDecision  = "it is a reason without a decision: type the decision above it"
)

// refusal is why an entry of a list, or a line behind its label, is no outcome of the
// kind all the same; empty if it is one.
func refusal(k kind, text outcome.Text, p piece) string {
	s := behindKeys(withoutUsers(text).String())
	states, typed := statesOf(p), []string{strings.Trim(folded(s), ".! ")}
	if m := stateLead.FindStringSubmatch(folded(s)); m != nil {
		typed = append(typed, m[1], m[2])
	}
	if k == decisionKind || k == actionKind { // elsewhere they may be what it is about
		states = append(states, typed...)
	}
	agreed := k == decisionKind || k == criterionKind // an action may be open
	switch reason := emptyWords(s); {
	case reason != "":
		return reason
	case k != resultKind && (anyOf(rejectedStates, states) || anyOf(putOff, append(states, typed...))), agreed && anyOf(openStates, states),
		k != resultKind && notYet.MatchString(typed[0]) && (agreed || !openAction(p)), refused.MatchString(s), agreed && waits.MatchString(s):
		return notDecided
	case agreed && unsettled(p.nodes):
		return notSettled
	case strings.HasSuffix(s, "?"), strings.HasPrefix(s, "?"):
		return aQuestion
	case agreed && p.cell == nil && !p.steps && heads(text):
		return onlyAnnounces
	}
	return ""
}

// What may stand around a state, folded: still in front, and behind it by whom or when,
// who may be a mention.
const (
	yet    = `(?:(?:still|yet|noch|immer noch|encore|toujours|aun|todavia|ancora|ainda|nog|jeszcze) )`
	byWhom = `(?: (?:to|by|w/|with|from|until|till?|for|auf|bis|von|mit|fur|a|au|par|avec|para|por|con|per|da|com|tot|door|voor|met|na|do|przez|z)(?: [^:]{1,40}?)?| ?\([^)]*\))?`
	ending = ` ?(?::|- |$)`
)

// stateLead is the state that a line begins with, folded: in front of a colon or a dash
// between spaces, "later: …", or further in front of when or by whom, "moved to Jan: …".
var stateLead = lazyregexp.New(`^\W*` + yet + `*((.+?)` + byWhom + `) ?(?::| - )`)

// notYet is a line, folded, that begins with words for what nobody decided yet, and says at
// most by whom or when; behind a colon or a dash also what. Words of a sentence, "open the
// port", "wait 3 s", count where "still" stands in front, or a bracket or one word behind.
var notYet = lazyregexp.New(`^\W*(?:` +
	yet + `*(?:on hold|undecided|to be (?:agreed|clarified|confirmed|decided|defined|discussed)|zu (?:entscheiden|klaren)|a (?:confirmer|decider|definir|decidir|confirmar)|por (?:confirmar|decidir|definir)|da (?:confermare|decidere|definire)|te bepalen|do ustalenia)` + byWhom + ending +
	`|` + yet + `+(?:open|pending|unclear|offen|unklar|ouvert|abierto|aperto|aberto|otwarte)` + byWhom + ending +
	`|` + yet + `*(?:tb[acd]|waiting (?:for|on|4))(?: [^ :]+)?` + byWhom + ending +
	`|(?:open|pending|offen) ?\([^)]*\)` + ending + `|(?:open|offen) ?:|(?:pending|wait for)(?: [^ :]+)?$)`)

// emptyWords is why a line says nothing; empty if it says something.
func emptyWords(s string) string {
	switch {
	case nothingSaid()[strings.Trim(folded(s), ".! ")]:
		return nothingHere
	case decorated(s):
		return noWords
	}
	return ""
}

// The states by which a lozenge, a column for it, or words alone or in front, see
// [stateLead], say that something is done, that it is not to be, that it is put off,
// whatever it is, or that it is not decided yet.
var (
	doneStates     = wordSet("done, closed, complete, completed, finished, yes, ✅, :tick:, ✔, ✓, ☑, x", "erledigt, fertig, ja", "fait, terminé, oui", "hecho, terminado, sí", "fatto, finito, sì", "feito, concluído, sim", "gedaan, klaar", "zrobione, gotowe")
	rejectedStates = wordSet("rejected, cancelled, canceled, dropped, not decided, not decided yet, not yet, undecided, postponed, on hold, open decision", "abgelehnt, verworfen, vertagt, verschoben, entfällt", "rejeté, annulé, reporté, reportée", "rechazado, cancelado, aplazado, pospuesto, pospuesta",
		"respinto, annullato, rinviato, rinviata", "rejeitado, cancelado, adiado, adiada", "afgewezen, vervallen, uitgesteld", "odrzucone, anulowane, odłożone")
	putOff     = wordSet("tbd, tba, tbc, to be decided, to be confirmed, later, maybe, moved", "später, vielleicht", "plus tard, peut-être", "más tarde, quizás", "più tardi, forse", "mais tarde, talvez", "misschien", "później, może")
	openStates = wordSet("open, still open, pending, draft, proposed, proposal, suggestion, idea, in discussion, in review",
		"offen, noch offen, in Klärung, vorgeschlagen, Vorschlag, Idee", "proposé, proposition", "propuesto, propuesta", "proposto, proposta", "voorgesteld, voorstel", "zaproponowane, propozycja")
)

// refused and waits are signs in front of what is not to be, and of what was not
// decided yet.
var (
	refused = lazyregexp.New(`^[^\pL\pN]*(?:[❌✗✘✖🚫]|:cross:)`)
	waits   = lazyregexp.New(`^[^\pL\pN]*[⏳⌛]`)
)

// statesOf are what a line's row says of it, or else its lozenges, folded.
func statesOf(p piece) []string {
	if p.cell != nil {
		if state := folded(p.cell.row.text(statusKind).String()); state != "" {
			return []string{state}
		}
	}
	return lozenges(p.nodes)
}

// statusMacros are a line's lozenges.
func statusMacros(nodes []*storage.Node) (found []*storage.Node) {
	for _, n := range nodes {
		if n.Macro() == "status" {
			found = append(found, n)
			continue
		}
		found = append(found, statusMacros(n.Children)...)
	}
	return found
}

// lozenges are the states that a line's status macros show, folded.
func lozenges(nodes []*storage.Node) (states []string) {
	for _, n := range statusMacros(nodes) {
		states = append(states, folded(n.Param("title")))
	}
	return states
}

// unsettled reports whether one of a line's lozenges has a colour of what is not
// settled, whatever it says, but that it is decided or done.
func unsettled(nodes []*storage.Node) bool {
	return slices.ContainsFunc(statusMacros(nodes), func(n *storage.Node) bool {
		title, colour := n.Param("title"), n.Param("colour")
		k, sure := kindOf(title)
		return (colour == "Yellow" || colour == "Red") && !doneStates()[folded(title)] && !(sure && k.isOutcome())
	})
}

// anyOf reports whether one of the states is a known one.
func anyOf(known func() map[string]bool, states []string) bool {
	return slices.ContainsFunc(states, func(s string) bool { return known()[s] })
}

// openAction reports whether a lozenge says no more of an action than that it is open.
func openAction(p piece) bool {
	states := lozenges(p.nodes)
	return len(states) > 0 && !anyOf(rejectedStates, states)
}

// isDone reports whether an action is said to be done: by its state, or by a tick or a
// word for it at its beginning or its end.
func isDone(text outcome.Text, p piece) bool {
	s := text.String()
	return anyOf(doneStates, slices.Concat(statesOf(p), lozenges(p.nodes))) || typedTick.MatchString(s) || doneLead.MatchString(s) || doneTail.MatchString(folded(s))
}

// doneLead is how people write that an action is done in front of it.
var doneLead = lazyregexp.New(`^\s*(?:\(?(?i:done|erledigt|fait|hecho|fatto|feito|gedaan|zrobione)\)?\s*[:–✅✔-]\s*|\((?i:done|erledigt)\)\s+|DONE\s+)`)

// doneTail is how people write behind an action that it is done.
var doneTail = lazyregexp.New(`(?:– *|\s- *|- +|\()(?:done|erledigt|fertig|fait|hecho|fatto|feito|gedaan|zrobione)(?: in the meeting)?\)?[.!]?$|[✔✅☑]$`)

// The boxes that people type, and those of them that say done.
var (
	checkbox  = lazyregexp.New(`^\s*(?:\[[ xX✓]?\]|[☐☑☒✅✔✓]\x{fe0f}?|:tick:)\s*`)
	typedTick = lazyregexp.New(`^\s*(?:\[[xX✓]\]|[☑✅✔✓]|:tick:)`)
)
