package ready

import (
	"time"

	"refine/planner/text"
)

// The ids of the rules that the package knows.
const (
	RuleNoDescription = "no-description"
	RuleCriteria      = "acceptance-criteria"
	RuleOpenQuestion  = "open-question"
	RuleDependency    = "dependency"
	RuleSize          = "size"
	RuleVague         = "vague"
	RuleAtomic        = "atomic"
	RuleUnique        = "unique"
	RuleWellFormed    = "well-formed"
	RuleMinimal       = "minimal"
	RuleUniform       = "uniform"
	RuleNoBenefit     = "no-benefit"
	RuleStale         = "stale"
)

// A standard is what items are judged by: the team's rules, on a day.
type standard struct {
	ready Definition
	at    time.Time
}

// A known is a rule that the package knows by itself.
type known struct {
	Rule
	weight int // what it costs to leave it: the higher, the sooner it is named
	// find is what is not met; nil for a rule about a set of stories.
	find func(*Reading, standard) []Finding
	// show is what an item shows of which find finds nothing.
	show func(*Reading) proof
	// senses are what it listens for. In a language that has words for none of
	// them it says nothing; a rule without senses goes by other things than words.
	senses []text.Sense
}

// byReading leaves out what a rule has no use for.
func byReading(find func(*Reading) []Finding) func(*Reading, standard) []Finding {
	return func(r *Reading, _ standard) []Finding { return find(r) }
}

// knownRules are in the order in which they are listed.
var knownRules = []known{
	{
		Rule:   Rule{ID: RuleNoDescription, Sentence: "says more than its title", Severity: Required, INVEST: "V"},
		weight: 10, find: byReading((*Reading).titleOnly), show: (*Reading).ownWords,
	}, {
		Rule:   Rule{ID: RuleCriteria, Sentence: "says how anyone would tell that it is done", Severity: Required, INVEST: "T"},
		weight: 3, find: byReading((*Reading).noResult), show: (*Reading).result,
	}, {
		Rule:   Rule{ID: RuleOpenQuestion, Sentence: "leaves no question open", Severity: Required, INVEST: "N"},
		weight: 9, find: byReading((*Reading).open), show: (*Reading).nothingOpen, senses: []text.Sense{text.Unfilled, text.Undecided},
	}, {
		Rule:   Rule{ID: RuleDependency, Sentence: "waits for nothing that is not done", Severity: Required, INVEST: "I"},
		weight: 8, find: byReading((*Reading).waits), show: (*Reading).waitsForNothing,
	}, {
		Rule:   Rule{ID: RuleSize, Sentence: "is no more than one ticket", Severity: Required, INVEST: "S"},
		weight: 7, find: (*Reading).oversize, show: (*Reading).measuredSize,
	}, {
		Rule:   Rule{ID: RuleVague, Sentence: "has a measure for what it aims at", Severity: Required, INVEST: "T"},
		weight: 6, find: byReading((*Reading).aimOnly), show: (*Reading).measurable, senses: []text.Sense{text.Measureless},
	}, {
		Rule:   Rule{ID: RuleAtomic, Sentence: "asks for one thing", Severity: Advice, INVEST: "S"},
		weight: 6, find: byReading((*Reading).severalWishes),
		show: func(r *Reading) proof { return r.ofStory("one wish", r.story.means) },
	}, {
		Rule:   Rule{ID: RuleUnique, Sentence: "asks for what no other item asks for", Severity: Advice, INVEST: "I"},
		weight: 6, show: (*Reading).noOthers,
	}, {
		Rule:   Rule{ID: RuleWellFormed, Sentence: "names a role and what it wants, if it is a story", Severity: Advice, INVEST: "V"},
		weight: 4, find: byReading((*Reading).halfStory), show: func(r *Reading) proof { return r.ofStory("", r.story.whole) },
	}, {
		Rule:   Rule{ID: RuleMinimal, Sentence: "says no more than role, means and end in its story", Severity: Advice, INVEST: "N"},
		weight: 3, find: byReading((*Reading).moreThanStory),
		show: func(r *Reading) proof { return r.ofStory("nothing beside role, means and end", r.story.whole) },
	}, {
		Rule:   Rule{ID: RuleUniform, Sentence: "has the form of the other stories", Severity: Advice, INVEST: "E"},
		weight: 1, show: (*Reading).noOthers,
	}, {
		Rule:   Rule{ID: RuleNoBenefit, Sentence: "gives a reason for its wish", Severity: Advice, INVEST: "V"},
		weight: 5, find: byReading((*Reading).withoutReason), show: (*Reading).benefit,
	}, {
		Rule:   Rule{ID: RuleStale, Sentence: "was written or spoken of within a year", Severity: Advice, INVEST: "V"},
		weight: 1, find: func(r *Reading, by standard) []Finding { return r.silence(by.at) }, show: (*Reading).lastWritten,
	},
}

// Rules lists the rules that every Definition of Ready begins with, with their
// default severities. A required one may have milder signs as well, which are
// advice.
func Rules() (all []Rule) {
	for _, k := range knownRules {
		all = append(all, k.Rule)
	}
	return all
}

// ruleOf is what the package knows of a rule, nil of a team's own.
func ruleOf(id string) *known {
	for n := range knownRules {
		if knownRules[n].ID == id {
			return &knownRules[n]
		}
	}
	return nil
}
