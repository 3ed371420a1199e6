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
}

// A Checker judges issues by a Definition of Ready, one after the other, so that
// many can be judged without holding the text of all.
type Checker struct {
	by standard
}

// NewChecker judges by the team's rules, on the day of at.
func NewChecker(ready DefinitionOfReady, at time.Time) *Checker {
	return &Checker{standard{ready, at}}
}

// Issue judges an issue. Of one with a security level nothing is shown (P7).
func (c *Checker) Issue(i Issue) Checked {
	if i.Restricted {
		return Checked{Key: i.Key, Invest: Invest{Broken: []string{}}, Findings: []Finding{{
			Rule: ruleWithheld, Message: "it has a security level and was not looked at", Blocks: true, Evidence: []Evidence{},
		}}}
	}
	r := read(i)
	r.judge(c.by)
	return r.checked(i.Summary)
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
	r := read(Issue{Key: key, Type: "Story", Description: text})
	r.judge(by)
	out := r.checked(text)
	out.quotes(func(e *Evidence) { e.Where = "story" })
	return out
}

// checked keeps nothing of the issue's text but what it quotes.
func (r *reading) checked(summary string) Checked {
	out := Checked{Key: r.issue.Key, Summary: strings.Clone(oneLine(summary)), Ready: r.ready(), Findings: []Finding{}, Invest: r.invest()}
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
	if c.Invest.Split != nil {
		for n := range c.Invest.Split.Parts {
			change(&c.Invest.Split.Parts[n])
		}
	}
}
