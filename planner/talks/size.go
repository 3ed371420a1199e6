package talks

import (
	"cmp"
	"fmt"
	"strings"

	"refine/planner/ticket"
)

// An Estimation is how a team agrees on sizes, in sessions whose guide has a
// phase for it. The zero value is the usual story points (L17).
type Estimation struct {
	Scale string // [ScalePoints], [ScaleTShirt] or empty
	Sizes []Size // smallest first; empty means the usual ones of the scale
	Poker string // address of the team's planning poker; empty: none
	// Past are finished issues with their points, as examples. Only similar ones
	// are named.
	Past []ticket.Issue
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

// Sizing is how sessions of the team agree on sizes.
func (e Estimation) Sizing() *Sizing {
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

// Line tells the phase that agrees on sizes which ones there are.
func (s Sizing) Line() string {
	line := "Sizes, relative to items that are known: " + s.List() + "."
	if s.Poker != "" {
		line += " Planning poker: " + s.Poker
	}
	return line
}

// Assumed states what stands for settled sizes and known examples, of which
// hinted tickets have some.
func (s Sizing) Assumed(e Estimation, hinted int) string {
	said := fmt.Sprintf("Sizes: %s, as configured", s.List())
	if len(e.Sizes) == 0 {
		said = fmt.Sprintf("Sizes: none were configured; %s are taken", s.List())
		if s.Scale == ScaleTShirt {
			said += ", without story points for them"
		}
	}
	switch hinted {
	case 0:
		return said + ". No spread of past sizes is shown: too few similar finished tickets with points are known."
	case 1:
		return said + ". Past sizes are a hint for one ticket, by the words that tickets share, and bind nobody."
	default:
		return said + fmt.Sprintf(". Past sizes are a hint for %d tickets, by the words that tickets share, and bind nobody.", hinted)
	}
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
