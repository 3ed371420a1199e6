package ready

import (
	"slices"
	"strings"

	"refine/planner/text"
	"refine/planner/ticket"
)

// A Split is a proposal how to make several tickets of one, by parts that the
// ticket itself has.
type Split struct {
	By    string            `json:"by"` // "the points it lists"
	Parts []ticket.Evidence `json:"parts"`
}

const investLetters = "INVEST"

// invest weighs what was found; splitting is proposed for what is too big or too
// vague.
func (r *Reading) invest(all []finding) Invest {
	out := investOf(all)
	if out.Verdict != "" {
		out.Split = r.split(all)
	}
	return out
}

func investOf(all []finding) Invest {
	broken, big := map[string]bool{}, false
	for _, f := range all {
		if f.Blocks {
			broken[f.INVEST] = true
			big = big || f.Rule == RuleSize || f.Rule == RuleAtomic
		}
	}
	out := Invest{Broken: []string{}}
	for letter := range strings.SplitSeq(investLetters, "") {
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
	for letter := range strings.SplitSeq(investLetters, "") {
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
	return "could be split by " + s.By + ": " + text.Enumerate(parts)
}
