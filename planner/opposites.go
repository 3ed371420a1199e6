package planner

import (
	"fmt"
	"regexp"
	"slices"
)

// An opposite is two demands that one thing cannot meet.
type opposite struct {
	one, other *regexp.Regexp
	alone      bool // one ticket that says both is enough
	means      string
	ask        string // about the two, behind what they say
	gets       string
	settle     string
}

var opposites = []opposite{
	{
		one:   regexp.MustCompile(`(?i)\b(?:anonym(?:ous(?:ly)?|i[sz]ed|ity)|pseudonym\w*|(?:no|without) (?:personal|identifying) (?:data|information)|(?:not|never) (?:be )?(?:traceable|identifiable))\b`),
		other: regexp.MustCompile(`(?i)\b(?:(?:machine|device|user|session|client|customer|account|hardware|advertising|employee)[- ]?(?:ids?|identifiers?|guids?|uuids?|names?|numbers?)|e-?mail address(?:es)?|(?:ip|mac) address(?:es)?|phone numbers?|full names?|serial numbers?|dates? of birth|fingerprints?)\b`),
		alone: true,
		means: "The second can lead to a person; agree what nobody may find out.",
		ask:   "Whom could somebody recognise by that, and who was promised that nobody can?",
		gets:  "what may lead to a person", settle: "what may lead to a person, and for whom",
	},
	{
		one:   regexp.MustCompile(`(?i)\b(?:remov|avoid|eliminat|without|no)\w* (?:any |all |the )?duplicat\w+|\bduplicat\w+ (?:\w+ )?(?:removed|avoided|eliminated)\b`),
		other: regexp.MustCompile(`(?i)\bcop(?:y|ied|ies)\b[^.;]*\b(?:every|each|all)\b`),
		means: "The first takes away what the second makes.",
		ask:   "Who looks in which of the copies, and what do they do when two of them differ?",
		gets:  "one rule for what stands twice", settle: "what may stand twice",
	},
	{
		one:   regexp.MustCompile(`(?i)\b(?:must|should|shall|has to|have to|needs? to|be) (?:be )?(?:kept|retained|archived|preserved|keep|retain|archive|preserve)\b`),
		other: regexp.MustCompile(`(?i)\b(?:must|should|shall|has to|have to|needs? to|be) (?:be )?(?:deleted|erased|purged|delete|erase|purge)\b`),
		means: "One of the two comes too late for the other.",
		ask:   "Who needs it kept, who needs it gone, and when has each of them last asked?",
		gets:  "one rule for what is kept and for how long", settle: "what is kept, and for how long",
	},
}

// opposed are demands that do not fit each other, in one ticket or in two that
// are about the same.
func opposed(epic *reading, items []*reading) (out []crossing) {
	readings := withEpic(epic, items)
	for n := range opposites {
		o := &opposites[n]
		one, other := firstSaid(readings, o.one), firstSaid(readings, o.other)
		for _, x := range one {
			at := slices.IndexFunc(other, func(y said) bool {
				if x.by == y.by {
					return o.alone && x.ev.Quote != y.ev.Quote
				}
				return !o.alone && common(subjectTerms(x.by.issue.Summary), subjectTerms(y.by.issue.Summary)) > 0
			})
			if at >= 0 {
				out = append(out, opposedCrossing(x, other[at], o))
				break
			}
		}
	}
	return out
}

// firstSaid is where each reading says a thing first.
func firstSaid(readings []*reading, what *regexp.Regexp) (found []said) {
	each(readings, false, func(r *reading, from *source, s string) {
		at := what.FindStringIndex(s)
		if at == nil || len(found) > 0 && found[len(found)-1].by == r {
			return
		}
		if ev, ok := from.around(s, at); ok {
			found = append(found, said{r, ev})
		} else if len(s) <= maxQuote && from.holds(s) { // an entry of a list may be a word or two
			found = append(found, said{r, Evidence{Where: from.where, Quote: s}})
		}
	})
	return found
}

func opposedCrossing(x, y said, o *opposite) crossing {
	a, b := x.by.issue.Key, y.by.issue.Key
	says := fmt.Sprintf("%s says %s, and %s says %s", a, x.ev, b, y.ev)
	if a == b {
		says = fmt.Sprintf("%s says %s and %s", a, x.ev, y.ev)
	}
	keys := slices.Compact([]string{a, b})
	return crossing{
		kind: "opposites", weight: 46, guide: "What are the non-negotiables?", guides: []string{"Document constraints", "Clarify assumptions"}, keys: keys, key: a, quote: x.ev.Quote,
		point: says + ". " + o.means, ask: says + ". " + o.ask,
		gets: fmt.Sprintf("%s %s %s", some(keys), agree(len(keys), "says", "say"), o.gets), settle: o.settle,
	}
}
