package planner

import (
	"regexp"
	"slices"
)

var (
	needsPhrase  = regexp.MustCompile(`(?i)blocked by|depends? (?:up)?on|dependent (?:up)?on|^requires|done after`)
	neededPhrase = regexp.MustCompile(`(?i)^blocks|dependent of|depended (?:up)?on by|required by|done before`)
)

// needs reports whether the issue that holds the link has to wait for the other.
func needs(l Link) bool { return needsPhrase.MatchString(l.Phrase) && !neededBy(l) }

// neededBy reports whether the other issue has to wait for the one that holds
// the link.
func neededBy(l Link) bool { return neededPhrase.MatchString(l.Phrase) }

// waits maps an issue to those it waits for, as the links of issues tell.
func waits(issues []*Issue) map[string][]string {
	edges := map[string][]string{}
	add := func(from, to string) {
		if from != to && !slices.Contains(edges[from], to) {
			edges[from] = append(edges[from], to)
		}
	}
	for _, i := range issues {
		for _, l := range i.Links {
			switch {
			case needs(l):
				add(i.Key, l.Key)
			case neededBy(l):
				add(l.Key, i.Key)
			}
		}
	}
	return edges
}

// circle finds a way along edges from start back to start, nil if there is none.
func circle(edges map[string][]string, start string) []string {
	seen := map[string]bool{}
	var walk func(at string, path []string) []string
	walk = func(at string, path []string) []string {
		for _, next := range edges[at] {
			if next == start {
				return append(path, next)
			}
			if seen[next] {
				continue
			}
			seen[next] = true
			if found := walk(next, append(slices.Clone(path), next)); found != nil {
				return found
			}
		}
		return nil
	}
	return walk(start, []string{start})
}
