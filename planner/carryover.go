package planner

import (
	"fmt"
	"slices"
	"strings"
)

// carriedInto is the part of a carry-over that this plan may show: of an issue
// with a security level only its key (P7).
func carriedInto(p Plan, c *CarryOver) *CarryOver {
	if c == nil || len(c.Parts) == 0 {
		return nil
	}
	hidden := slices.Clone(p.Withheld)
	if p.Epic != nil && p.Epic.Restricted {
		hidden = append(hidden, p.Epic.Key)
	}
	out := *c
	out.Parts = slices.Clone(c.Parts)
	for n, part := range out.Parts {
		out.Parts[n].Lines = slices.Clone(part.Lines)
		for i, l := range part.Lines {
			out.Parts[n].Lines[i].Hidden = slices.ContainsFunc(hidden, l.Names)
		}
	}
	return &out
}

// carried are the lines about an item.
func (b *builder) carried(r *reading) (lines []Carried) {
	for _, l := range b.plan.CarryOver.All() {
		if l.Names(r.issue.Key) && l.OfItem() != "" {
			lines = append(lines, l)
		}
	}
	return lines
}

// fromLastTime opens the session with what the previous one left open.
func (b *builder) fromLastTime() (lines []string) {
	c := b.plan.CarryOver
	var left []string
	if c != nil {
		for _, part := range c.Parts {
			if counted := part.Kind.Counted(len(part.Lines) + part.More); counted != "" {
				left = append(left, counted)
			}
		}
	}
	if len(left) > 0 {
		lines = append(lines, fmt.Sprintf("From last time (%s): %s. Say of each in one sentence whether it is done, dropped, or for whom it stays open.", c.Day, enumerate(left)))
	}
	if wish := b.wishes(); wish != "" {
		lines = append(lines, wish)
	}
	return lines
}

// wishes repeats what the retrospective asked to be done differently.
func (b *builder) wishes() string {
	var quotes []string
	part := b.plan.CarryOver.Part(Wish)
	for _, l := range part.Lines {
		if words := l.Words(); len(quotes) < mostNamed && quotableWords(words) {
			quotes = append(quotes, "“"+words+"”")
		}
	}
	if len(quotes) == 0 {
		return ""
	}
	return fmt.Sprintf("Last time you asked for %s. Say at the start what is different today.", enumerate(quotes))
}

// quotableWords reports whether a line can stand in a sentence as a quotation.
func quotableWords(s string) bool {
	return fold(s) != "" && !strings.ContainsAny(s, "“”") && newSource("", s).holds(s)
}
