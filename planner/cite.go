package planner

import (
	"regexp"
	"slices"
)

// topics says in which words a guide speaks of what a line of the built-in one
// is about. Plans know their topics by those lines; a guide that does not have
// one is cited by its nearest.
var topics = map[string]*regexp.Regexp{
	"Why these items matter now":        regexp.MustCompile(`(?i)\b(?:why|now|matters?|priorit\w+|objectives?|goals?|context|changed)\b|warum|ziel`),
	"Define the core problem":           regexp.MustCompile(`(?i)\b(?:problems?|wrong|needs?|understand\w*|pain|splits?)\b|problem|verst(?:eh|änd)`),
	"Identify affected stakeholders":    regexp.MustCompile(`(?i)\b(?:stakeholders?|users?|customers?|people|affected|whom?)\b|nutzer|kund|betroffen|beteiligt`),
	"Map out dependencies":              regexp.MustCompile(`(?i)\b(?:depend\w+|block\w*|unlock\w*|order|waits?|another team)\b|abhängig|reihenfolge`),
	"Document constraints":              regexp.MustCompile(`(?i)\b(?:constraints?|limits?|bound\w*|must|regulat\w+|budget)\b|grenz|vorgabe`),
	"Clarify assumptions":               regexp.MustCompile(`(?i)\b(?:assum\w+|unknowns?|guess\w*|clarif\w+|risks?)\b|annahm|klär`),
	"Define clear outcomes:":            regexp.MustCompile(`(?i)\b(?:outcomes?|results?|success|done|ready)\b|ergebnis|erfolg|fertig`),
	"What does success look like?":      regexp.MustCompile(`(?i)\b(?:success|done|outcomes?|results?|ready)\b|erfolg|ergebnis|fertig`),
	"How will we measure it?":           regexp.MustCompile(`(?i)\b(?:measur\w+|numbers?|metrics?|figures?|evidence)\b|mess|zahl`),
	"What are the acceptance criteria?": regexp.MustCompile(`(?i)\b(?:acceptance|criteri\w+|definition of (?:ready|done)|done|test\w*|check\w*)\b|akzeptanz|kriteri|prüf`),
	"What are the non-negotiables?":     regexp.MustCompile(`(?i)\b(?:non-negotiables?|must not|have to hold|never|constraints?)\b|grenz`),
	"Document open questions":           regexp.MustCompile(`(?i)\b(?:questions?|open|unclear|park\w*|notes?)\b|frage|offen|unklar`),
	"Timeboxed conversations":           regexp.MustCompile(`(?i)\b(?:time(?:box\w*)?|minutes|bounds|half an hour)\b|zeit|minuten`),
	"Jumping to solutions too quickly":  regexp.MustCompile(`(?i)\b(?:solutions?|how to build|technical|debates?|implement\w*)\b|lösung|techni`),
	"Missing key stakeholders":          regexp.MustCompile(`(?i)\b(?:missing|not there|invite|quiet|spoken|stakeholders?)\b|fehl|einlad|beteiligt`),
}

// cite is the guide's line for a topic: the topic itself where the guide has it,
// else the nearest line that is not used yet and as near as least, empty if there
// is none.
func (g Guide) cite(topic string, used map[string]bool, least int) string {
	if g.has(topic) {
		return topic
	}
	best, most := "", least-1
	for _, line := range citable(g.lines) {
		if near := g.nearness(topic, line); near > most && !used[line] {
			best, most = line, near
		}
	}
	return best
}

// nearness says how much a line speaks of a topic, 0 if not at all: by the words
// for the topic. Of two lines
// that do so alike, one from a phase is nearer than one about before and after.
func (g Guide) nearness(topic, line string) int {
	words := topics[topic]
	if words == nil {
		return 0
	}
	said := slices.Compact(slices.Sorted(slices.Values(words.FindAllString(line, -1))))
	if len(said) == 0 {
		return 0
	}
	inPhase := slices.ContainsFunc(g.phases, func(p guidePhase) bool { return slices.Contains(p.says, line) })
	if inPhase {
		return 2*len(said) + 1
	}
	return 2 * len(said)
}
