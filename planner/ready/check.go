package ready

import (
	"slices"
	"strings"
	"time"

	"refine/planner/text"
	"refine/planner/ticket"
)

// A Checked is an issue or a story with what the rules say of it outside of any
// session.
type Checked struct {
	Key      string    `json:"key"`
	Summary  string    `json:"summary"`
	Ready    bool      `json:"ready"`
	Findings []Finding `json:"findings"` // the most costly first; never nil
	Invest   Invest    `json:"invest"`
	// Readiness is what each rule comes to; empty unless [Checker.Explain] is set.
	Readiness Results `json:"readiness"`
}

// A Checker judges issues by a Definition of Ready, one after the other, so that
// many can be judged without holding the text of all.
type Checker struct {
	// Explain asks for what each rule comes to, a few kilobytes an item.
	Explain bool

	by      standard
	stories storySet
	judged  []judgedBefore
}

// judgedBefore is what is kept of an item for [Checker.Together].
type judgedBefore struct {
	kind    string
	weights []int // of its findings
	split   *Split
}

// NewChecker judges by the team's rules, on the day of at.
func NewChecker(d Definition, at time.Time) *Checker { return &Checker{by: standard{d, at}} }

// ruleWithheld is no rule of a Definition of Ready: nobody can say whether the
// issue meets any.
const ruleWithheld = "restricted"

// Issue judges an issue. Of one with a security level nothing is shown (P7).
func (c *Checker) Issue(i ticket.Issue) Checked {
	if i.Restricted {
		c.stories.stories, c.judged = append(c.stories.stories, sketch{}), append(c.judged, judgedBefore{})
		return Checked{Key: i.Key, Invest: Invest{Broken: []string{}}, Readiness: Results{}, Findings: []Finding{{
			Rule: ruleWithheld, Message: "it has a security level and was not looked at", Blocks: true, Evidence: []ticket.Evidence{},
		}}}
	}
	return c.check(Read(i), i.Summary, c.by)
}

// Story judges a sentence that is all there is by nature, as in a list of user
// stories: it cannot have a description or criteria beside it, so that it has
// none is not held against it.
func (c *Checker) Story(key, said string) Checked {
	by := c.by
	by.ready.Rules = slices.Concat([]Rule{{ID: RuleCriteria, Severity: Off}, {ID: RuleNoDescription, Severity: Off}}, by.ready.Rules)
	return c.check(readStory(key, said), said, by)
}

// check keeps nothing of the issue's text but what it quotes.
func (c *Checker) check(r *Reading, summary string, by standard) Checked {
	all := r.findings(by)
	out := Checked{
		Key: r.issue.Key, Summary: strings.Clone(text.OneLine(summary)), Ready: !blocked(all), Findings: plain(all),
		Invest: r.invest(all), Readiness: Results{},
	}
	if c.Explain {
		out.Readiness = r.results(by.ready.judged(r.issue.Type), all)
	}
	before, sketch := judgedBefore{kind: r.issue.Type}, r.sketch()
	if sketch.terms != nil {
		before.split = r.split(all)
		for _, f := range all {
			before.weights = append(before.weights, f.weight)
		}
	}
	c.judged, c.stories.stories = append(c.judged, before), append(c.stories.stories, sketch)
	out.own(r.lone, before.split)
	return out
}

// own copies all that is quoted, and says where it stands of a story by itself.
func (c *Checked) own(lone bool, split *Split) {
	change := func(list []ticket.Evidence) {
		for n, e := range list {
			list[n].Quote = strings.Clone(e.Quote)
			if lone {
				list[n].Where = "story"
			}
		}
	}
	for n := range c.Findings {
		c.Findings[n].Evidence = slices.Clone(c.Findings[n].Evidence)
		change(c.Findings[n].Evidence)
	}
	for _, r := range c.Readiness {
		change(r.Evidence)
	}
	for _, s := range []*Split{c.Invest.Split, split} {
		if s != nil {
			change(s.Parts)
		}
	}
}

// Together adds to all that was judged, given in that order, what shows only
// when the stories are read beside each other: that one stands twice, or has
// another form than the rest.
func (c *Checker) Together(all []*Checked) {
	c.stories.settle()
	for n, item := range all {
		before := c.judged[n]
		beside := weighed(c.stories.findings(n), before.kind, c.by.ready)
		if len(beside) > 0 {
			item.add(beside, before)
		}
		item.Readiness.beside(c.stories.proofs(n), beside)
	}
}

// add puts findings among those that there are.
func (c *Checked) add(beside []finding, before judgedBefore) {
	var all []finding
	for n, f := range c.Findings {
		all = append(all, finding{f, before.weights[n]})
	}
	all = sorted(append(all, beside...))
	c.Findings, c.Ready = plain(all), !blocked(all)
	if c.Invest = investOf(all); c.Invest.Verdict != "" {
		c.Invest.Split = before.split
	}
}
