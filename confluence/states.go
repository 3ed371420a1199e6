package confluence

import (
	"cmp"

	"refine/confluence/storage"
	"refine/internal/lazyregexp"
)

// states by which a lozenge, or the column for it, says that something is done, or
// will not be.
var (
	doneStates     = wordSet("done, closed, complete, completed, finished, yes, ✅, :tick:, ✔, ✓, ☑, x", "erledigt, fertig, ja", "fait, terminé, oui", "hecho, terminado, sí", "fatto, finito, sì", "feito, concluído, sim", "gedaan, klaar", "zrobione, gotowe")
	rejectedStates = wordSet("rejected, cancelled, canceled, dropped, not decided, undecided, postponed, on hold, open decision", "abgelehnt, verworfen, vertagt", "rejeté, annulé, reporté", "rechazado, cancelado, aplazado", "respinto, annullato", "rejeitado, cancelado, adiado", "afgewezen, vervallen", "odrzucone, anulowane")
)

func rejectedState(r *row) bool { return rejectedStates()[folded(r.text(statusKind).String())] }

// lozenge is the first state that a line's status macros show, folded.
func lozenge(nodes []*storage.Node) string {
	for _, n := range nodes {
		if n.Macro() == "status" {
			return folded(n.Param("title"))
		}
		if state := lozenge(n.Children); state != "" {
			return state
		}
	}
	return ""
}

// openStates are those of a decision that is none yet, beside what [undecided] knows.
var openStates = wordSet("proposed, pending, draft, in discussion, in review", "vorgeschlagen, in Klärung", "proposé", "propuesto", "proposto", "voorgesteld", "zaproponowane")

// openState reports whether a lozenge, or the row's state, says that a decision is none.
func openState(p piece) bool {
	state := lozenge(p.nodes)
	if p.cell != nil {
		state = cmp.Or(folded(p.cell.row.text(statusKind).String()), state)
	}
	return state != "" && (undecided(state) || openStates()[state])
}

// openAction reports whether a lozenge says no more of an action than that it is open.
func openAction(p piece) bool {
	state := lozenge(p.nodes)
	return state != "" && !rejectedStates()[state]
}

// doneLead is how people write that an action is done in front of it.
var doneLead = lazyregexp.New(`^\s*(?:\(?(?i:done|erledigt|fait|hecho|fatto|feito|gedaan|zrobione)\)?\s*[:–-]\s*|\((?i:done|erledigt)\)\s+|DONE\s+)`)

// doneTail is how people write behind an action that it is done.
var doneTail = lazyregexp.New(`(?:– *|\s- *|- +|\()(?:done|erledigt|fertig|fait|hecho|fatto|feito|gedaan|zrobione)(?: in the meeting)?\)?[.!]?$|[✔✅☑]$`)
