package outcome

import (
	"refine/internal/lazyregexp"
	"refine/planner/ticket"
)

// How people list keys. A comma joins them where the list then ends: "unlike PAY-8,
// PAY-7 stays" excludes one.
const (
	oneKey     = `[A-Z][A-Z0-9_]+-[1-9][0-9]*`
	joint      = `\s*(?:/|&|\+|(?i:and|or|und|oder|et|ou|y|o|e|en|of|i|lub)\s)\s*`
	joinedKeys = oneKey + `(?:` + joint + oneKey + `)*`
	listedKeys = oneKey + `(?:(?:\s*,\s*|` + joint + `)` + oneKey + `)*`
)

// without is how a line excludes the tickets that follow, in the languages of the
// labels: "not for PAY-9", "all but those in PAY-9"; or says that they block it.
var without = lazyregexp.New(`(?i:(?:^|[^\pL])(?:` +
	`not (?:for|in|on)|unlike|except(?:ing)?(?: for| in)?|apart from|(?:all|everything|everywhere) but(?: in)?|does(?: not|n['’]t) (?:affect|concern|apply to)|blocked by` +
	`|nicht (?:für|in|bei)|anders als(?: in| bei)?|außer(?: für| in| bei)?|ausgenommen|betrifft nicht|blockiert (?:durch|von)` +
	`|pas (?:pour|dans)|sauf(?: pour| dans)?|excepté|contrairement à|ne concerne pas|bloquée? par` +
	`|no (?:para|en)|excepto(?: para| en)?|salvo(?: para| en)?|a diferencia de|bloquead[oa] por` +
	`|non (?:per|in)|tranne(?: per| in)?|eccetto|a differenza di|bloccat[oa] da` +
	`|não (?:para|em)|exceto(?: para| em)?|ao contrário de|bloquead[oa] por` +
	`|niet (?:voor|in)|behalve(?: voor| in)?|anders dan(?: in)?|geblokkeerd door` +
	`|nie (?:dla|w|dotyczy)|oprócz|z wyjątkiem|inaczej niż(?: w)?|zablokowan[aeyi] przez` +
	`)\s+(?:(?:those|that|the one|the ones) (?:in|of|from) |denen in |den von |ceux de |los de |quelli di |os de |die in |die van |tych z )?)(` + listedKeys + `\s*(?:[:)]|$)|` + joinedKeys + `)`)

// untouched is how a line says of the tickets in front of it that it does not
// concern them.
var untouched = lazyregexp.New(`(` + listedKeys + `)\s+(?i:(?:(?:is|are|ist|sind|n['’]est|est|está|è|é|nie jest) )?(?:` +
	`not (?:affected|concerned|included)|unaffected|excluded|nicht (?:betroffen|dabei)|ausgenommen|pas concernée?|no (?:está )?afectad[oa]|non (?:è )?(?:interessat|coinvolt)[oa]` +
	`|não (?:é |está )?afetad[oa]|niet (?:betrokken|geraakt)|nie (?:jest )?objęt[aey]|nie dotyczy))`)

// excluded are the keys in a line that it says it is not for, and those that it
// says are not affected. Neither is where it belongs.
func excluded(words string) (not, unaffected []string) {
	for _, m := range without.FindAllStringSubmatch(words, -1) {
		not = append(not, ticket.IssueKeys(m[1])...)
	}
	for _, m := range untouched.FindAllStringSubmatch(words, -1) {
		unaffected = append(unaffected, ticket.IssueKeys(m[1])...)
	}
	return not, unaffected
}
