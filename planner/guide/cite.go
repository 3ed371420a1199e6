package guide

import (
	"slices"

	"refine/internal/lazyregexp"
)

// A Topic is what a key point is about, called by the line of the built-in guide
// that says so.
type Topic string

const (
	WhyNow       Topic = "Why these items matter now"
	Problem      Topic = "Define the core problem"
	Stakeholders Topic = "Identify affected stakeholders"
	Dependencies Topic = "Map out dependencies"
	Constraints  Topic = "Document constraints"
	Assumptions  Topic = "Clarify assumptions"
	Outcomes     Topic = "Define clear outcomes:"
	Success      Topic = "What does success look like?"
	Measure      Topic = "How will we measure it?"
	Criteria     Topic = "What are the acceptance criteria?"
	Questions    Topic = "Document open questions"
	Time         Topic = "Timeboxed conversations"
)

// topics says in which words other guides speak of each.
var topics = map[Topic]*lazyregexp.Regexp{
	WhyNow:       lazyregexp.New(`(?i)\b(?:why|now|matters?|priorit\w+|objectives?|goals?|context|changed)\b|warum|ziel`),
	Problem:      lazyregexp.New(`(?i)\b(?:problems?|wrong|needs?|understand\w*|pain|splits?)\b|problem|verst(?:eh|änd)`),
	Stakeholders: lazyregexp.New(`(?i)\b(?:stakeholders?|users?|customers?|people|affected|whom?)\b|nutzer|kund|betroffen|beteiligt`),
	Dependencies: lazyregexp.New(`(?i)\b(?:depend\w+|block\w*|unlock\w*|order|waits?|another team)\b|abhängig|reihenfolge`),
	Constraints:  lazyregexp.New(`(?i)\b(?:constraints?|limits?|bound\w*|must|regulat\w+|budget)\b|grenz|vorgabe`),
	Assumptions:  lazyregexp.New(`(?i)\b(?:assum\w+|unknowns?|guess\w*|clarif\w+|risks?)\b|annahm|klär`),
	Outcomes:     lazyregexp.New(`(?i)\b(?:outcomes?|results?|success|done|ready)\b|ergebnis|erfolg|fertig`),
	Success:      lazyregexp.New(`(?i)\b(?:success|done|outcomes?|results?|ready)\b|erfolg|ergebnis|fertig`),
	Measure:      lazyregexp.New(`(?i)\b(?:measur\w+|numbers?|metrics?|figures?|evidence)\b|mess|zahl`),
	Criteria:     lazyregexp.New(`(?i)\b(?:acceptance|criteri\w+|definition of (?:ready|done)|done|test\w*|check\w*)\b|akzeptanz|kriteri|prüf`),
	Questions:    lazyregexp.New(`(?i)\b(?:questions?|open|unclear|park\w*|notes?)\b|frage|offen|unklar`),
	Time:         lazyregexp.New(`(?i)\b(?:time(?:box\w*)?|minutes|bounds|half an hour)\b|zeit|minuten`),
}

// Has reports whether the guide has the line, so that a key point may cite it.
func (g Guide) Has(line string) bool { return slices.Contains(g.lines, line) }

// Points are the lines that say what a session does and what it avoids, from
// which a writer chooses; a guide with too few of them has all of its lines.
func (g Guide) Points() []string {
	inside := slices.Clone(g.pitfalls)
	for _, p := range g.phases {
		inside = append(inside, p.Lines...)
	}
	all := citable(g.lines)
	points := slices.DeleteFunc(slices.Clone(all), func(l string) bool { return !slices.Contains(inside, l) })
	if len(points) < leastLines {
		return all
	}
	return points
}

// Cite is the guide's line for a topic: the topic's own where the guide has it,
// else the nearest of those that are not used yet; empty if all are. near tells
// whether that line speaks of the topic at all.
func (g Guide) Cite(topic Topic, used map[string]bool) (line string, near bool) {
	if g.Has(string(topic)) {
		return string(topic), true
	}
	most := -1
	for _, l := range citable(g.lines) {
		if n := g.nearness(topic, l); n > most && !used[l] {
			line, most = l, n
		}
	}
	return line, most > 0
}

// nearness says how much a line speaks of a topic by the words for it, 0 if not
// at all. Of two lines that do so alike, one from a phase is nearer than one about
// before and after.
func (g Guide) nearness(topic Topic, line string) int {
	words := topics[topic]
	if words == nil {
		return 0
	}
	said := slices.Compact(slices.Sorted(slices.Values(words.FindAllString(line, -1))))
	if len(said) == 0 {
		return 0
	}
	inPhase := slices.ContainsFunc(g.phases, func(p Phase) bool { return slices.Contains(p.Lines, line) })
	if inPhase {
		return 2*len(said) + 1
	}
	return 2 * len(said)
}
