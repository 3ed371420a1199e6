package planner

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// presenter is whose turn the nth item is, empty if nobody is named.
func (b *builder) presenter(n int) string {
	names := turnsOf(b.in.Presenters)
	if len(names) == 0 {
		return ""
	}
	return names[(n+opening(b.in.Session.Start, b.in.Every, len(names)))%len(names)]
}

// turnsOf are the names that are given, each once.
func turnsOf(given []string) (names []string) {
	for _, name := range given {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// opening is whose turn begins a session, of n people: one further than in the
// session before, which was every earlier; 0 means a week.
func opening(start time.Time, every time.Duration, n int) int {
	const day = 24 * time.Hour
	date := time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, time.UTC)
	first := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	apart := max(cmp.Or(every, 7*day).Round(day), day)
	return max(int(date.Sub(first)/apart), 0) % n
}

// turns says how the items are presented where nobody is named.
func (b *builder) turns() string {
	if len(turnsOf(b.in.Presenters)) > 0 {
		return ""
	}
	return " No presenters were named; people take turns."
}
