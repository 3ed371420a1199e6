package draft

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/text"
)

// bring names what tickets rest on and nobody has read for the plan: the pages that their
// texts link to, the issues outside of the session that they name or wait for. Who reported
// all of those tickets is asked for it, if that is somebody who is invited.
func (w *writer) bring(invited []Line) string {
	var pages, named, before, of []string
	naming := map[string][]string{} // tickets by what they name
	for _, key := range slices.Concat(w.epicKeys(), w.keys()) {
		t := w.Brief.Ticket(key)
		if t.Issue.Restricted {
			continue
		}
		names, waits := w.otherEnds(key, brief.Unlinked), w.otherEnds(key, brief.Blocked)
		if t.Elsewhere() {
			pages = append(pages, key)
		}
		for _, o := range names {
			named, naming[o] = append(named, without([]string{o}, named)...), append(naming[o], key)
		}
		before = append(before, without(waits, before)...)
		if t.Elsewhere() || len(names)+len(waits) > 0 {
			of = append(of, t.Issue.Reporter.Name)
		}
	}
	var parts []string
	if len(pages) > 0 {
		parts = append(parts, fmt.Sprintf("the pages that %s %s to", some(pages), text.Agree(len(pages), "links", "link")))
	}
	if named = without(named, before); len(named) > 0 {
		var by []string
		for _, key := range named {
			by = append(by, without(naming[key], by)...)
		}
		parts = append(parts, fmt.Sprintf("%s, which %s %s", some(named), some(by), text.Agree(len(by), "names", "name")))
	}
	if len(before) > 0 {
		parts = append(parts, "how far "+some(before)+text.Agree(len(before), " is", " are"))
	}
	if len(parts) == 0 {
		return ""
	}
	who := "Bring"
	if of = slices.Compact(of); len(of) == 1 && of[0] != "" && slices.ContainsFunc(invited, func(l Line) bool { return strings.Contains(l.Text, of[0]+" (") }) {
		who = "Ask " + of[0] + " to bring"
	}
	return who + " what was not read for this plan: " + strings.Join(parts, "; ") + "."
}

// unopened says what was not looked at of what the tickets have.
func (w *writer) unopened() string {
	var pages, files bool
	for _, key := range slices.Concat(w.epicKeys(), w.keys()) {
		t := w.Brief.Ticket(key)
		pages = pages || t.Elsewhere() || t.Discussed()
		files = files || len(t.Issue.Attachments) > 0
	}
	switch {
	case pages && files:
		return "No attachment was opened, and no page that a text or a comment links to."
	case pages:
		return "No page was opened that a text or a comment links to."
	case files:
		return "No attachment was opened."
	}
	return ""
}
