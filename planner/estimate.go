package planner

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// An Estimation is how a team agrees on sizes, in sessions whose guide has a
// phase for it. The zero value is the usual story points.
type Estimation struct {
	Scale string // [ScalePoints], [ScaleTShirt] or empty
	Sizes []Size // smallest first; empty means the usual ones of the scale
	Poker string // address of the team's planning poker; empty: none
	// Past are finished issues with their points, as examples. Only similar ones
	// are named.
	Past []Issue
}

// The scales of an [Estimation].
const (
	ScalePoints = "points"
	ScaleTShirt = "t-shirt"
)

// A Size is one that an item may have, with what it counts in story points; 0 if
// that was not settled.
type Size struct {
	Name   string  `json:"name"`
	Points float64 `json:"points,omitempty"`
}

func (s Size) String() string {
	if s.Points == 0 || s.Name == number(s.Points) {
		return s.Name
	}
	return fmt.Sprintf("%s (%s)", s.Name, number(s.Points))
}

// usualSizes are those that are taken where a team has settled none.
func usualSizes(scale string) (sizes []Size) {
	if scale == ScaleTShirt {
		return []Size{{"XS", 0}, {"S", 0}, {"M", 0}, {"L", 0}, {"XL", 0}}
	}
	for _, p := range []float64{1, 2, 3, 5, 8, 13} {
		sizes = append(sizes, Size{number(p), p})
	}
	return sizes
}

// Sizing is how a plan asks for sizes.
type Sizing struct {
	Scale string `json:"scale"`
	Sizes []Size `json:"sizes"`
	Poker string `json:"poker_url,omitempty"`
}

// sizing is how the session agrees on sizes; nil if it does not.
func (b *builder) sizing() *Sizing {
	if !b.guide.Estimates() {
		return nil
	}
	e := b.in.Estimation
	s := Sizing{Scale: cmp.Or(e.Scale, ScalePoints), Sizes: e.Sizes, Poker: e.Poker}
	if len(s.Sizes) == 0 {
		s.Sizes = usualSizes(s.Scale)
	}
	return &s
}

// List names the sizes: "S (2), M (3) or L (5)".
func (s Sizing) List() string {
	var names []string
	for _, size := range s.Sizes {
		names = append(names, size.String())
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " or " + names[n-1]
	}
	return strings.Join(names, "")
}

// sizeLine tells the phase that agrees on sizes which ones there are.
func (s Sizing) sizeLine() string {
	line := "Sizes, relative to items that are known: " + s.List() + "."
	if s.Poker != "" {
		line += " Planning poker: " + s.Poker
	}
	return line
}

// named is the size that has these points, else the points themselves.
func (s Sizing) named(points float64) string {
	for _, size := range s.Sizes {
		if size.Points == points {
			return size.Name
		}
	}
	return number(points)
}

const (
	leastSimilar = 3    // finished issues that make a spread
	mostSimilar  = 5    // of them that are named
	likeness     = 0.12 // share of terms from which on two issues are similar
	sharedTitle  = 2    // terms of the titles that similar issues share
)

// A sized issue is a finished one with its points and how similar it is.
type sized struct {
	key    string
	points float64
	near   float64
}

// sizeHint is what similar finished items took; empty if there are too few.
func (s Sizing) sizeHint(i Issue, past []Issue) string {
	near := similar(i, past)
	if len(near) < leastSimilar {
		return ""
	}
	var each []string
	var all []float64
	for _, n := range near {
		each = append(each, fmt.Sprintf("%s (%s)", n.key, s.named(n.points)))
		all = append(all, n.points)
	}
	slices.Sort(all)
	low, mid, high := all[0], all[len(all)/2], all[len(all)-1]
	spread := fmt.Sprintf("all had %s", s.named(low))
	if low != high {
		spread = fmt.Sprintf("%s to %s, with %s in the middle", s.named(low), s.named(high), s.named(mid))
	}
	return fmt.Sprintf("similar finished items: %s: %s", spread, enumerate(each))
}

// similar are the finished issues that are most like i, the likest first: their
// titles share terms, and their texts enough of them.
func similar(i Issue, past []Issue) (near []sized) {
	title, text := termSet(i.Summary), termSet(i.Summary+"\n"+i.Description)
	for _, p := range past {
		if p.StoryPoints == nil || p.Restricted || p.Key == i.Key || inCommon(title, termSet(p.Summary)) < sharedTitle {
			continue
		}
		if o := overlap(text, termSet(p.Summary+"\n"+p.Description)); o >= likeness {
			near = append(near, sized{p.Key, *p.StoryPoints, o})
		}
	}
	slices.SortFunc(near, func(a, b sized) int {
		return cmp.Or(cmp.Compare(b.near, a.near), cmp.Compare(a.key, b.key))
	})
	return near[:min(len(near), mostSimilar)]
}

// inCommon counts the terms that two sets have in common.
func inCommon(a, b map[string]bool) (n int) {
	for t := range a {
		if b[t] {
			n++
		}
	}
	return n
}

// sizesAssumed states what stands for settled sizes and known examples.
func (b *builder) sizesAssumed() string {
	s := b.plan.Sizing
	if s == nil {
		return ""
	}
	said := fmt.Sprintf("Sizes: %s, as configured", s.List())
	if len(b.in.Estimation.Sizes) == 0 {
		said = fmt.Sprintf("Sizes: none were configured; %s are taken", s.List())
		if s.Scale == ScaleTShirt {
			said += ", without story points for them"
		}
	}
	hinted := 0
	for _, r := range b.taken {
		if s.sizeHint(r.issue, b.in.Estimation.Past) != "" {
			hinted++
		}
	}
	if hinted == 0 {
		return said + ". No spread of past sizes is shown: too few similar finished tickets with points are known."
	}
	return said + fmt.Sprintf(". Past sizes are a hint for %s, by the words that tickets share, and bind nobody.", tickets(hinted))
}
