package confluence

import "refine/internal/lazyregexp"

// notDecided is the reason of what stands among decisions and is none.
const notDecided = "it says that it was not decided, or not to be done"

// saysUndecided is how a line begins, folded, that tells of no decision and of
// nothing to do.
var saysUndecided = lazyregexp.New(`^(?:` +
	`(?:decision |entscheidung )?(?:not (?:yet )?(?:decided|agreed)|noch nicht entschieden)\b` +
	`|(?:decision |entscheidung )?(?:postponed|vertagt|verschoben|reporte|aplazad[oa]|rimandat[oa]|adiad[oa]|uitgesteld|odlozon[oae])(?: (?:to|until|till|for|by|in|because|since|again|auf|bis|weil|wegen|au|a|al|ad|hasta|fino|ate|tot|naar|na|do)\b.*)?` + andNoMore +
	`|(?:aplazad[oa]|adiad[oa]) para\b` + // where "reporte para" begins a report
	`|we (?:did not|didn't|could not|couldn't|have not|haven't) (?:yet )?(?:decided?|agreed?)\b` +
	`|(?:rejected|revoked|withdrawn|declined|not approved|nicht genehmigt|refusee?|rifiutat[oa]|widerrufen|cancell?ed|abgelehnt|verworfen|rejetee?|entfallt|rechazad[oa]|respint[oa]|rejeitad[oa]|afgewezen|odrzucon[oae])` + andNoMore +
	`|no decision on\b.*` +
	`|(?:to be decided|tbd|none so far|none yet|nothing decided|nothing to do|(?:still |noch )?(?:open|offen)|parked|geparkt)` + andNoMore +
	`|(?:to be confirmed|tentatively)\b|\(parked\)|no hay decision\b|.*(?:[:–]|\s-) *(?:tbd|postponed|parked|vertagt|(?:noch )?offen|open|still open|reporte|aplazado|cancell?ed|abgesagt)$|.* tbd$)`)

// andNoMore is the end of a line, or what is said about the words in front. A hyphen
// within a word is no dash: "open-source", "auto-cancelled".
const andNoMore = `(?:\s*[:.,;(–].*|\s+-.*|-(?:\s.*)?)?$`

// proposed is how a line begins, folded, that only proposes, or how it ends.
var proposed = lazyregexp.New(`^(?:tb[cd]\b` +
	`|(?:proposal|suggestion|vorschlag|proposition|propuesta|proposta|voorstel|propozycja|idea|idee|ideia) ?:` +
	`|(?:maybe|vielleicht|peut-etre|quizas?|forse|talvez|misschien|byc moze)\b)` +
	`|(?:^|, )(?:no|keine?|pas (?:encore )?de|sin|nessuna?|nenhuma|sem|geen|brak) (?:decision|entscheidung|decisione|decisao|beslissing|besluit|decyzji|[ck]onsens\w*)(?: yet| today| heute)?(?:[.!]?$|,)` +
	`|(?:[:–]|\s-) ?(?:maybe|vielleicht|peut-etre|quizas?|forse|talvez|misschien|byc moze)[.!?]?$`)

// waits is a sign in front of what was not decided, or not yet.
var waits = lazyregexp.New(`^[^\pL\pN]*[⏳⌛]`)

// refused is a sign in front of what is not to be.
var refused = lazyregexp.New(`^[^\pL\pN]*(?:[❌✗✘✖🚫]|:cross:)`)

// undecided reports whether a line tells of no decision, or of what is not to be done.
func undecided(s string) bool {
	f := folded(s)
	return saysUndecided.MatchString(f) || proposed.MatchString(f) || rejectedStates()[f] || refused.MatchString(s)
}

// option is one of several by its letter: "A: renumber", "=> A".
var option = lazyregexp.New(`^[A-Za-z]\s*[:：]\s|^[^\pL\pN]*[A-Za-z][^\pL\pN]*$`)

// nothingToDo is how people write that there is no action.
var nothingToDo = lazyregexp.New(`^(?:nothing (?:to do|for|else)\b.*|rien a faire\b.*|ras|nix|nobody|niemand|personne|nadie|nessuno|ninguem|nikt|keine? (?:aktion|aufgabe)\b.*|(?:won't do|not doing|obsolete|obsolet)\b.*|(?:dropped|not needed|no longer needed|nicht (?:mehr )?notig|hinfallig|gestrichen|skipped)(?:$| *[:–(].*| - .*)|no actions? (?:needed|required)\b.*|\S+ n/a)[.!]?$`)

// because is how a reason begins that has no label.
var because = lazyregexp.New(`^(?:because|weil|parce qu|porque|perche|omdat|poniewaz)`)

// typedBullet is a list's mark that somebody typed.
var typedBullet = lazyregexp.New(`^\s*(?:[-–—*•·▪◦‣]|--)\s+(?:\[[ xX✓]?\]\s+)?`)
