package planner

import (
	"slices"
	"strings"
	"time"
)

// A Checked is an issue or a story with what the analysis says of it outside of
// any session.
type Checked struct {
	Key      string    `json:"key"`
	Summary  string    `json:"summary"`
	Ready    bool      `json:"ready"`
	Findings []Finding `json:"findings"` // the most costly first; never nil
	Invest   Invest    `json:"invest"`
	// Readiness is what each rule comes to; empty unless [Checker.Explain] is set.
	Readiness RuleResults `json:"readiness"`
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
func NewChecker(ready DefinitionOfReady, at time.Time) *Checker {
	return &Checker{by: standard{ready, at}}
}

// Issue judges an issue. Of one with a security level nothing is shown (P7).
func (c *Checker) Issue(i Issue) Checked {
	if i.Restricted {
		c.stories.stories, c.judged = append(c.stories.stories, sketch{}), append(c.judged, judgedBefore{})
		return Checked{Key: i.Key, Invest: Invest{Broken: []string{}}, Readiness: RuleResults{}, Findings: []Finding{{
			Rule: ruleWithheld, Message: "it has a security level and was not looked at", Blocks: true, Evidence: []Evidence{},
		}}}
	}
	r := read(i)
	r.judge(c.by)
	c.keep(r)
	return c.checked(r, i.Summary, c.by)
}

func (c *Checker) keep(r *reading) {
	before, sketch := judgedBefore{kind: r.issue.Type}, r.sketch()
	if sketch.terms != nil {
		before.split = r.keptSplit()
		for _, f := range r.findings {
			before.weights = append(before.weights, f.weight)
		}
	}
	c.judged, c.stories.stories = append(c.judged, before), append(c.stories.stories, sketch)
}

// keptSplit is how the ticket could be split, without the rest of its text.
func (r *reading) keptSplit() *Split {
	kept := Checked{Invest: Invest{Split: r.split()}}
	kept.quotes(func(e *Evidence) {
		e.Quote = strings.Clone(e.Quote)
		if r.lone {
			e.Where = "story"
		}
	})
	return kept.Invest.Split
}

// Together adds to all that was judged, given in that order, what shows only
// when the stories are read beside each other: that one stands twice, or has
// another form than the rest.
func (c *Checker) Together(all []*Checked) {
	c.stories.settle()
	for n, item := range all {
		before := c.judged[n]
		beside := weigh(c.stories.findings(n), before.kind, c.by.ready)
		if len(beside) > 0 {
			item.add(beside, before)
		}
		item.compare(c.stories.proofs(n), beside)
	}
}

// add puts findings among those that there are.
func (c *Checked) add(beside []finding, before judgedBefore) {
	found := make([]finding, 0, len(c.Findings)+len(beside))
	for n, f := range c.Findings {
		found = append(found, finding{Finding: f, weight: before.weights[n]})
	}
	found = foremost(append(found, beside...))
	c.Findings = c.Findings[:0:0]
	for _, f := range found {
		c.Findings = append(c.Findings, f.Finding)
		c.Ready = c.Ready && !f.Blocks
	}
	if c.Invest = investOf(found); c.Invest.Verdict != "" {
		c.Invest.Split = before.split
	}
}

// compare says of the rules about a set what the story shows beside the others.
func (c *Checked) compare(shown setProofs, found []finding) {
	proofs := map[string]proof{ruleUnique: shown.unique, ruleUniform: shown.uniform}
	for n := range c.Readiness {
		r := &c.Readiness[n]
		p, about := proofs[r.Rule]
		if !about || r.Note != noOthers {
			continue
		}
		if i := slices.IndexFunc(found, func(f finding) bool { return f.Rule == r.Rule }); i >= 0 {
			*r = r.broken(found[i].Finding)
		} else {
			*r = r.shown(p)
		}
	}
}

// ruleWithheld is no rule of a Definition of Ready: nobody can say whether the
// issue meets any.
const ruleWithheld = "restricted"

// Story judges a sentence that is all there is by nature, as in a list of user
// stories: it cannot have a description or criteria beside it, so that it has
// none is not held against it.
func (c *Checker) Story(key, text string) Checked {
	by := c.by
	by.ready.Rules = slices.Concat([]ReadyRule{{ID: ruleCriteria, Severity: Off}, {ID: ruleNoDescription, Severity: Off}}, by.ready.Rules)
	r := readStory(key, text)
	r.judge(by)
	c.keep(r)
	out := c.checked(r, text, by)
	out.quotes(func(e *Evidence) { e.Where = "story" })
	return out
}

// checked keeps nothing of the issue's text but what it quotes.
func (c *Checker) checked(r *reading, summary string, by standard) Checked {
	out := Checked{
		Key: r.issue.Key, Summary: strings.Clone(oneLine(summary)), Ready: r.ready(), Findings: []Finding{}, Invest: r.invest(),
		Readiness: RuleResults{},
	}
	if c.Explain {
		out.Readiness = r.ruleResults(by.ready)
	}
	for _, f := range r.shown() {
		f.Evidence = append([]Evidence{}, f.Evidence...)
		out.Findings = append(out.Findings, f)
	}
	out.quotes(func(e *Evidence) { e.Quote = strings.Clone(e.Quote) })
	return out
}

// quotes calls change with all that is quoted.
func (c *Checked) quotes(change func(*Evidence)) {
	for _, f := range c.Findings {
		for n := range f.Evidence {
			change(&f.Evidence[n])
		}
	}
	for _, r := range c.Readiness {
		for n := range r.Evidence {
			change(&r.Evidence[n])
		}
	}
	if c.Invest.Split != nil {
		for n := range c.Invest.Split.Parts {
			change(&c.Invest.Split.Parts[n])
		}
	}
}
