package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// mostInvited is how many people are invited by name.
const mostInvited = 3

// invite names who reported the tickets and who holds them, as far as the fields
// tell.
func (w *writer) invite() []Line {
	reported, held := map[string][]string{}, map[string][]string{}
	var names []string
	add := func(to map[string][]string, name, key string) {
		if name == "" {
			return
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		to[name] = append(to[name], key)
	}
	for _, key := range w.keys() {
		i := w.Brief.Ticket(key).Issue
		add(reported, i.Reporter.Name, key)
		add(held, i.Assignee.Name, key)
	}
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Compare(len(reported[b])+len(held[b]), len(reported[a])+len(held[a]))
	})
	var line Line
	var parts []string
	for _, name := range names[:min(len(names), mostInvited)] {
		var why []string
		for _, role := range []struct {
			verb, field string
			keys        []string
		}{{"reported", "reporter", reported[name]}, {"holds", "assignee", held[name]}} {
			if len(role.keys) > 0 {
				why = append(why, role.verb+" "+w.allOf(role.keys))
				line.Claims = append(line.Claims, Claim{Kind: Field, Name: role.field, Words: name, Keys: role.keys})
			}
		}
		parts = append(parts, fmt.Sprintf("%s (%s)", name, strings.Join(why, ", ")))
	}
	if len(parts) == 0 {
		return nil
	}
	line.Keys, line.Text = w.keys(), "Invite "+enumerate(parts)+"."
	return []Line{line}
}

// allOf names the keys that somebody has to do with, all of them by number.
func (w *writer) allOf(keys []string) string {
	switch n := len(w.keys()); {
	case len(keys) == n && n > 2:
		return "all " + numeral(n)
	case len(keys) > 3:
		return numeral(len(keys)) + " of them"
	}
	return enumerate(keys)
}
