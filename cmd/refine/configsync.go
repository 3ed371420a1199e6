package main

import (
	"strings"

	"refine/config"
)

// writesBack lists what a team's syncs change in Jira beyond a comment and a link on
// the ticket, each as its setting says it: "criteria: description", "ready: remove flag".
func writesBack(s config.Sync) []string {
	changes := []string{}
	for _, setting := range []struct{ name, value, usual string }{
		{"service comments", s.ServiceComments, "internal"},
		{"criteria", s.Criteria, config.InComment},
		{"estimate", s.Estimate, config.InComment},
		{"blocked by", s.BlockedBy, config.InComment},
		{"rank", s.Rank, config.InComment},
		{"split", s.Split, config.InComment},
		{"actions", s.Actions, config.InComment},
	} {
		if setting.value != "" && setting.value != setting.usual {
			changes = append(changes, setting.name+": "+setting.value)
		}
	}
	for _, box := range s.Boxes() {
		name := strings.ReplaceAll(strings.TrimPrefix(box.Setting, "on_"), "_", " ")
		for _, effect := range effectsOf(box.Does) {
			changes = append(changes, name+": "+effect)
		}
	}
	return changes
}

// effectsOf are what ticking a box does to its ticket.
func effectsOf(o config.Outcome) (does []string) {
	if o.RemoveFlag {
		does = append(does, "remove flag")
	}
	for _, e := range []struct{ verb, value string }{
		{"add label ", o.AddLabel}, {"remove label ", o.RemoveLabel}, {"transition ", o.Transition}, {"rank ", o.Rank},
	} {
		if e.value != "" {
			does = append(does, e.verb+e.value)
		}
	}
	return does
}

// describeWrites says in one line what a team's syncs write.
func describeWrites(changes []string) string {
	const always = "a comment and a link to the page"
	if len(changes) == 0 {
		return always
	}
	return always + "; " + strings.Join(changes, ", ")
}
