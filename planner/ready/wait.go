package ready

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/text"
	"refine/planner/ticket"
)

// waits are what keeps the ticket from being begun: an open issue by link, or a
// wait that it speaks of.
func (r *Reading) waits() []Finding {
	var open []string
	for _, l := range r.issue.WaitsFor() {
		open = append(open, linkNamed(l))
	}
	if len(open) > 0 {
		return blocking(RuleDependency, fmt.Sprintf("%s, which %s not done", text.Enumerate(open), text.Agree(len(open), "is", "are")))
	}
	for s := range r.Sentences() {
		if s.Block.Aside {
			continue
		}
		ev, ok := s.saysAny(text.Waiting)
		if !ok && s.Text.Comment == nil {
			ev, ok = s.saysAny(text.Depends)
		}
		if ok && !r.isDone(ev.Quote) {
			return blocking(RuleDependency, "it is to wait", ev)
		}
	}
	return nil
}

// isDone reports whether all issues that a quote names are done, as the links
// tell.
func (r *Reading) isDone(quote string) bool {
	keys := ticket.IssueKeys(quote)
	return len(keys) > 0 && !slices.ContainsFunc(keys, func(key string) bool {
		return !slices.ContainsFunc(r.issue.Links, func(l ticket.Link) bool { return l.Key == key && l.Done })
	})
}

// linkNamed is the link as the ticket shows it: "is blocked by PAY-3".
func linkNamed(l ticket.Link) string { return strings.TrimSpace(l.Phrase + " " + l.Key) }

// waitsForNothing is what the ticket waited for. Only the link is quoted: the
// other issue's title may not be for everybody.
func (r *Reading) waitsForNothing() proof {
	for _, l := range r.issue.Links {
		if l.Needs() && l.Done {
			return proven("done", ticket.Evidence{Where: "link", Quote: linkNamed(l)})
		}
	}
	if !r.lang.Knows(text.Waiting) {
		return exempt(otherLanguage)
	}
	unsaid := "no word of a wait stands in " + r.named()
	switch n := len(r.issue.Links); {
	case r.lone:
		return unopposed(unsaid)
	case n == 0:
		return unopposed("it has no link, and " + unsaid)
	default:
		return unopposed(fmt.Sprintf("it has %s, none to what it waits for, and %s", text.Counted(n, "link"), unsaid))
	}
}
