package ready

import (
	"fmt"
	"strings"

	"refine/planner/text"
	"refine/planner/ticket"
)

// waits are what keeps the ticket from being begun: an open issue by link, or a
// wait that it speaks of.
func (r *Reading) waits() []Finding {
	var open []string
	for _, l := range r.issue.Links {
		if l.Needs() && !l.Done && l.Status != "" {
			open = append(open, linkNamed(l))
		}
	}
	if len(open) > 0 {
		return blocking(RuleDependency, fmt.Sprintf("%s, which %s not done", text.Enumerate(open), agree(len(open), "is", "are")))
	}
	for s := range r.Sentences() {
		at, ok := s.Says(text.Waiting)
		if !ok || s.Block.Aside {
			continue
		}
		if ev, ok := s.Quote(at); ok {
			return blocking(RuleDependency, "it is to wait", ev)
		}
	}
	return nil
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
	unsaid := "no word of a wait stands in " + r.named()
	switch n := len(r.issue.Links); {
	case r.lone:
		return unopposed(unsaid)
	case n == 0:
		return unopposed("it has no link, and " + unsaid)
	default:
		return unopposed(fmt.Sprintf("it has %s, none to what it waits for, and %s", plural(n, "link"), unsaid))
	}
}
