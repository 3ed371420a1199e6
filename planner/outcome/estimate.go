package outcome

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"refine/internal/lazyregexp"
)

// A Size is one that a team gives to items. Points is what it counts, 0 where it
// only has a name.
type Size struct {
	Name   string
	Points float64
}

// estimate sets what the team agreed an item to be, if one size was typed, however
// often. A ticket whose estimate was changed since the session was planned keeps it.
func (in WritebackInput) estimate(t Ticket, entries []Entry) []Change {
	if !in.SetEstimate {
		return nil
	}
	var typed []string
	for _, e := range entries {
		if s, is := in.size(e.Text.String()); e.Kind == Estimate && is && !slices.Contains(typed, s) {
			typed = append(typed, s)
		}
	}
	switch {
	case len(typed) == 0:
		return nil
	case len(typed) > 1:
		return []Change{{
			Issue: t.Key, Kind: FieldChange, Status: Conflict, From: t.Estimate, Set: &Setting{Field: EstimateField},
			Detail: "estimate: " + strings.Join(typed, ", "),
			Reason: fmt.Sprintf("%d estimates were typed, and nobody guesses which one counts; the comment says them", len(typed)),
		}}
	}
	saw := "" // with nothing known, only an empty field is filled
	if seen := in.Seen[t.Key].Estimate; seen != nil {
		saw = *seen
	}
	return []Change{in.estimated(t, typed[0], saw)}
}

// unsized are the lines in a place for an estimate, or behind the label, that are none.
func (in WritebackInput) unsized() (found []Suggestion) {
	a := in.attribution()
	for _, e := range in.Outcomes.Entries {
		if e.Kind != Estimate || in.isEstimate(e) {
			continue
		}
		key, _ := a.item(e)
		found = append(found, Suggestion{Text: e.Text.String(), Issue: cmp.Or(key, e.Row, e.Section), Where: e.Where, Reason: in.notASize()})
	}
	return found
}

// notASize says what an estimate is.
func (in WritebackInput) notASize() string {
	var names []string
	for _, s := range in.Sizes {
		if s.Name != number(s.Points) {
			names = append(names, s.Name)
		}
	}
	if len(names) == 0 {
		return "it is no estimate: type a number alone; sizes by name are settled in session.estimation.sizes"
	}
	return "it is no estimate: type a number or a size of the team alone: " + strings.Join(names, ", ")
}

// isEstimate reports whether an entry is a number, a number and points, or a size of the
// team's, and nothing else.
func (in WritebackInput) isEstimate(e Entry) bool {
	_, is := in.size(e.Text.String())
	return is
}

// estimated sets a size. What a board's field holds is looked up where there is
// something new to say.
func (in WritebackInput) estimated(t Ticket, to, saw string) Change {
	s := Setting{Field: EstimateField, Board: in.EstimateBoard}
	now := t.Estimate
	if s.Board != "" {
		c := Change{Issue: t.Key, Kind: FieldChange, Status: Planned, To: to, Set: &s}
		screen, known := in.Screens[t.Key]
		switch field := screen.Fields[EstimateField]; {
		case in.Done[t.Key][c.piece()] == print(to):
			now = to // as far as anybody has to know
		case !known:
			return c // until it was looked at
		case field.Planned:
			now = field.Holds
		default:
			now, saw = field.Holds, "" // of that field nothing is known
		}
	}
	return in.sets(t, FieldChange, s, now, to, saw)
}

// points is a number as people write it behind an estimate.
var points = lazyregexp.New(`(?i)^([0-9]{1,4}(?:[.,][0-9]{1,2})?)\s*(?:(?:story\s*)?points?|pts?\.?|sp|punkt(?:e|y|ów)?|puntos?|punti|pontos?|punten)?[.!]?$`)

// size is what a typed estimate sets: the points of the team's size of that name,
// the size itself where it counts none, or the number.
func (in WritebackInput) size(typed string) (value string, ok bool) {
	typed = strings.TrimSpace(typed)
	for _, s := range in.Sizes {
		if strings.EqualFold(s.Name, typed) {
			if s.Points == 0 {
				return s.Name, true
			}
			return number(s.Points), true
		}
	}
	m := points.FindStringSubmatch(typed)
	if m == nil {
		return "", false
	}
	n, err := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
	return number(n), err == nil
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
