package planner

import (
	"slices"
	"strings"
)

// An Invest is what an item's findings come to by the letters of INVEST:
// independent, negotiable, valuable, estimable, small, testable.
type Invest struct {
	// Broken are the letters that a finding breaks which blocks or weighs as
	// much as one that could; in INVEST's order.
	Broken []string `json:"broken"`
	// Verdict is "too big" or "too vague" where two letters are broken.
	Verdict string `json:"verdict,omitempty"`
	Split   *Split `json:"split,omitempty"` // nil where the ticket has no parts to split by
}

// A Split is a proposal how to make several tickets of one, by parts that the
// ticket itself has.
type Split struct {
	By    string     `json:"by"` // "the points it lists"
	Parts []Evidence `json:"parts"`
}

const investLetters = "INVEST"

// invest weighs what was found; splitting is proposed for what is too big or
// too vague.
func (r *reading) invest() Invest {
	out := investOf(r.findings)
	if out.Verdict != "" {
		out.Split = r.split()
	}
	return out
}

func investOf(found []finding) Invest {
	broken, big := map[string]bool{}, false
	for _, f := range found {
		if f.Blocks || f.weight >= promoteWeight {
			broken[f.INVEST] = true
			big = big || f.Rule == ruleSize || f.Rule == ruleAtomic
		}
	}
	out := Invest{Broken: []string{}}
	for _, letter := range strings.Split(investLetters, "") {
		if broken[letter] {
			out.Broken = append(out.Broken, letter)
		}
	}
	switch {
	case len(out.Broken) < 2:
		return out
	case big:
		out.Verdict = "too big"
	default:
		out.Verdict = "too vague"
	}
	return out
}

// String is the letters, those that are broken in brackets, and what follows:
// "IN[V]ES[T], too vague".
func (i Invest) String() string {
	var b strings.Builder
	for _, letter := range strings.Split(investLetters, "") {
		if slices.Contains(i.Broken, letter) {
			letter = "[" + letter + "]"
		}
		b.WriteString(letter)
	}
	if i.Verdict != "" {
		b.WriteString(", " + i.Verdict)
	}
	if i.Split != nil {
		b.WriteString("; " + i.Split.String())
	}
	return b.String()
}

func (s Split) String() string {
	var parts []string
	for _, e := range s.Parts {
		parts = append(parts, e.String())
	}
	return "could be split by " + s.By + ": " + enumerate(parts)
}
