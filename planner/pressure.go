package planner

import (
	"fmt"
	"strings"
	"time"
)

// pressure is the first sentence that tells why the ticket cannot wait.
func (r *reading) pressure() Evidence {
	for _, l := range r.blocks {
		if l.kind != paragraph || l.aside {
			continue
		}
		for _, s := range l.said {
			at, ok := s.presses()
			if !ok || namesCriteria(l.under) || namesExpectation(l.under) {
				continue
			}
			q, before, after := clip(s.text, at)
			if l.from.holds(q) && len(q) <= maxQuote {
				return Evidence{l.from.where, q, before, after}
			}
		}
	}
	return Evidence{}
}

// presses finds what people write of a problem that costs somebody something by
// now: how often it was complained of, what it took, how many of how many went
// wrong, and by when it has to end. What somebody wants is no such thing.
func (s sentence) presses() (at [2]int, ok bool) {
	if s.asks() || s.is(saysWish) {
		return at, false
	}
	return s.says(saysPressure)
}

// why tells why the ticket matters now, to a session that begins at start: its
// dates, its sprint's goal, how it was moved, what presses. What it would be good
// for is a reason, but not for now.
func (r *reading) why(start time.Time) string {
	parts := issueDates(r.issue, start)
	if goal := sprintGoalOf(r.issue); goal != "" {
		parts = append(parts, "sprint goal: "+goal)
	}
	parts = append(parts, movesOf(r.issue, start)...)
	if r.pressed.Quote != "" {
		parts = append(parts, fmt.Sprintf("%s (%s)", r.pressed, r.pressed.Where))
	}
	return strings.Join(parts, "; ")
}

// dates are the days by which the issue is wanted.
func issueDates(i Issue, start time.Time) (out []string) {
	if !i.Due.IsZero() {
		out = append(out, "due "+i.Due.String()+dueMovedOf(i, start))
	}
	for _, v := range i.FixVersions {
		if !v.Released && !v.Release.IsZero() {
			out = append(out, versionTitle(v))
			break
		}
	}
	return out
}

// title names a release with its day, if it has one.
func versionTitle(v Version) string {
	if v.Release.IsZero() {
		return "release " + v.Name
	}
	return fmt.Sprintf("release %s on %s", v.Name, v.Release)
}

// sprintGoal is the goal of a sprint that is not over.
func sprintGoalOf(i Issue) string {
	if i.Sprint == nil || strings.EqualFold(i.Sprint.State, "closed") {
		return ""
	}
	return oneLine(i.Sprint.Goal)
}
