package draft

import (
	"fmt"
	"strings"
	"time"

	"refine/planner/brief"
	"refine/planner/ticket"
)

// mostUnder is how many questions stand under an item beside the session's.
const mostUnder = 3

// Under are the questions under each item: about its doubts that no question of
// the session is about, so that none is lost (planner.md, 9). What a verdict
// quotes is not quoted again.
func Under(in Input, d Draft) map[string][]string {
	w := &writer{Input: in, said: map[string]bool{}, frame: map[string]int{}, lines: map[string]bool{}, number: map[string]int{}}
	w.hear(d)
	out := map[string][]string{}
	for _, doubt := range w.open() {
		f := framesOf[doubt.Kind]
		key := doubt.Keys[0]
		if w.about(doubt.ID) || len(f.asks) == 0 || len(out[key]) == mostUnder {
			continue
		}
		ask := fill(w.next(string(doubt.Kind), f.asks), doubt)
		if cited := w.cite(doubt); cited != "" && len(doubt.Quotes) > 0 {
			w.say(doubt.Quotes)
			ask = strings.TrimPrefix(cited, key+": ") + " " + ask
		} else if blocking, ok := w.blocking(key); !ok || blocking.ID != doubt.ID {
			ask = fmt.Sprintf("%s. %s", fill(f.blocker, doubt), ask)
		}
		out[key] = append(out[key], ask)
	}
	return out
}

// Beyond is why a doubt is none that talk settles, after its key; empty if talk
// can.
func Beyond(d brief.Doubt) string {
	switch d.Kind {
	case brief.Blocked:
		return fill("is blocked by {other}", d)
	case brief.Waits:
		return "waits for something outside"
	case brief.Size:
		return "is more than one ticket"
	}
	return ""
}

// Why says why a ticket may matter now, by its fields; empty if they do not tell.
func Why(t *brief.Ticket, s ticket.Session) string {
	i, today := t.Issue, s.Date()
	var parts []string
	add := func(said string) {
		if said != "" {
			parts = append(parts, said)
		}
	}
	if !i.Due.IsZero() {
		add("due " + day(i.Due) + past(i.Due, today) + postponed(i, s.Start))
	}
	if p := priority(i); p != "" {
		add("priority " + p + raised(i, s.Start))
	}
	add(openRelease(i, today))
	add(sprint(i))
	if c, ok := i.Last(ticket.FlagChanged); ok && i.Flagged && c.To != "" && s.Start.Sub(c.At) > 7*24*time.Hour {
		add("flagged since " + c.At.In(s.Start.Location()).Format("2 January 2006"))
	}
	add(movedOn(i))
	return strings.Join(parts, "; ")
}

// raised says that a priority was changed lately.
func raised(i ticket.Issue, at time.Time) string {
	const lately = 90 * 24 * time.Hour
	c, ok := i.Last(ticket.PriorityChanged)
	if !ok || !strings.EqualFold(c.To, i.Priority) || c.From == "" || at.Sub(c.At) > lately || c.At.After(at) {
		return ""
	}
	return fmt.Sprintf(", %s until %s", c.From, c.At.In(at.Location()).Format("2 January 2006"))
}

// postponed says that the due date was another one before.
func postponed(i ticket.Issue, at time.Time) string {
	c, ok := i.Last(ticket.DueChanged)
	if !ok || c.From == "" || c.To != i.Due.String() || c.At.After(at) {
		return ""
	}
	return fmt.Sprintf(", %s until %s", c.From, c.At.In(at.Location()).Format("2 January 2006"))
}

// manySprints is through how many sprints an issue was moved that is worth a word.
const manySprints = 3

// movedOn says through how many sprints an issue was moved.
func movedOn(i ticket.Issue) string {
	h := i.History
	switch {
	case h == nil || h.Sprints < manySprints:
		return ""
	case h.Cut:
		return fmt.Sprintf("moved through at least %d sprints", h.Sprints)
	}
	return fmt.Sprintf("moved through %d sprints", h.Sprints)
}
