package confluence

import "refine/internal/lazyregexp"

// notDecided is the reason of what stands among decisions and is none.
const notDecided = "it says that it was not decided, or not to be done"

// saysUndecided is how a line begins, folded, that tells of no decision and of
// nothing to do.
var saysUndecided = lazyregexp.New(`^(?:` +
	`(?:decision |entscheidung )?(?:not (?:yet )?(?:decided|agreed)|postponed|vertagt|verschoben|noch nicht entschieden|reporte|aplazad[oa]|rimandat[oa]|adiad[oa]|uitgesteld|odlozon[oae])\b` +
	`|we (?:did not|didn't|could not|couldn't|have not|haven't) (?:yet )?(?:decided?|agreed?)\b` +
	`|(?:rejected|revoked|withdrawn|widerrufen|cancell?ed|abgelehnt|verworfen|rejetee?|rechazad[oa]|respint[oa]|rejeitad[oa]|afgewezen|odrzucon[oae])(?:\s*[:.,;(–-].*)?$` +
	`|no decision on\b.*` +
	`|(?:to be decided|tbd|none so far|none yet|nothing decided|nothing to do|open|offen|parked|geparkt)(?:\s*[:.,;(–-].*)?$` +
	`|(?:to be confirmed|tentatively)\b|\(parked\)|no hay decision\b|.*[:–-] *(?:tbd|postponed|parked|vertagt|(?:noch )?offen|open|still open|reporte|aplazado|cancell?ed|abgesagt)$|.* tbd$)`)

// nothingToDo is how people write that there is no action.
var nothingToDo = lazyregexp.New(`^(?:nothing (?:to do|for|else)\b.*|rien a faire\b.*|ras|nix|keine? (?:aktion|aufgabe)\b.*|no actions? (?:needed|required)\b.*|\S+ n/a)[.!]?$`)

// remark is what people add to what others wrote.
var remark = lazyregexp.New(`^(?:\+1(?: (?:from|by) .*)?|-1|ok(?:ay)?(?: (?:for|from|by) .*)?|no objections?|yes|yep|no|lgtm|done|agreed|ja|nein|oui|non|si|passt(?: so)?|sounds good|👍.*|👎.*)[.! ]*$`)

// doneTail is how people write behind an action that it is done.
var doneTail = lazyregexp.New(`(?:[–-] *|\()(?:done|erledigt|fertig|fait|hecho|fatto|feito|gedaan|zrobione)(?: in the meeting)?\)?[.!]?$|[✔✅☑]$`)

// because is how a reason begins that has no label.
var because = lazyregexp.New(`^(?:because|weil|parce qu|porque|perche|omdat|poniewaz)`)

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
