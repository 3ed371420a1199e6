package draft

import (
	"fmt"
	"slices"

	"refine/planner/brief"
	"refine/planner/guide"
	"refine/planner/text"
	"refine/planner/ticket"
)

// orderPoint is about links between the tickets themselves.
func (w *writer) orderPoint() []point {
	for _, key := range w.keys() {
		p := point{topic: guide.Dependencies, score: 24}
		asked := func(d brief.Doubt) bool { return d.Kind == brief.Blocked && w.about(d.ID) }
		if slices.ContainsFunc(w.Brief.Of(key), asked) { // its question says so
			continue
		}
		for _, l := range w.Brief.Ticket(key).Issue.Links {
			if slices.Contains(w.keys(), l.Key) && l.Needs() && !slices.Contains(p.Keys, l.Key) {
				p.Keys = append(p.Keys, l.Key)
				p.Claims = append(p.Claims, Claim{Kind: Linked, Key: key, Name: l.Phrase, To: l.Key})
			}
		}
		if len(p.Keys) > 0 {
			p.Text = fmt.Sprintf("By the links %s waits for %s. %sAsk what of %s can begin before.", key, some(p.Keys), w.unequal(key, p.Keys), key)
			p.Keys = append([]string{key}, p.Keys...)
			return []point{p}
		}
	}
	return nil
}

// unequal tells the priorities of a ticket and of the one that it waits for, where they
// differ.
func (w *writer) unequal(key string, on []string) string {
	a, b := priority(w.Brief.Ticket(key).Issue), priority(w.Brief.Ticket(on[0]).Issue)
	if a == "" || b == "" || a == b || len(on) > 1 {
		return ""
	}
	return fmt.Sprintf("%s is %s, %s is %s. ", key, a, on[0], b)
}

// askBetween is about an issue outside of the session that comes after one of its
// tickets and before another, by their links.
func (w *writer) askBetween() (line Line, ok bool) {
	for _, b := range w.Brief.Between {
		if !quotable(b.Summary) || w.said[b.Summary] || w.Unsaid[b.Summary] {
			continue
		}
		line.Keys = slices.Concat(b.Before, b.For)
		line.Text = fmt.Sprintf("%s %s for %s %s%s, which is not in this session and by its links comes after %s. ", some(b.Before), text.Agree(len(b.Before), "waits", "wait"), b.Key, quoted(b.Summary), status(b.Status), some(b.For))
		if parts, of := w.partsOf(b); len(parts) > 0 {
			line.Text += fmt.Sprintf("%s %s a part of %s. ", some(parts), text.Agree(len(parts), "is", "are each"), of)
		}
		line.Text += betweenAsk
		w.said[b.Summary] = true
		return line, true
	}
	return line, false
}

// partsOf are the tickets that come before an issue and are parts of the epic behind it.
func (w *writer) partsOf(b brief.Between) (parts []string, epic string) {
	for _, key := range b.For {
		of := w.epicKeys() // a session of an epic has its children alone
		if p := w.Brief.Ticket(key).Issue.Parent; p != nil {
			of = slices.DeleteFunc(of, func(e string) bool { return e != p.Key })
		}
		if len(of) > 0 && slices.Contains(b.Before, of[0]) {
			parts, epic = append(parts, key), of[0]
		}
	}
	return parts, epic
}

// namedPoint is about a ticket that others of the session name in their descriptions,
// without a link: the one that most of them name.
//
// In the 31 epics of four tickets and more, by nine, 11 of 11 such sentences tell how two
// tickets belong together ("LIB-1 is tested by LIB-2").
func (w *writer) namedPoint() []point {
	by := map[string][]brief.Doubt{} // by the key that is named
	best := ""
	for _, d := range w.Brief.Doubts {
		if d.Kind != brief.Unlinked || !slices.Contains(w.keys(), d.Keys[0]) || len(d.Quotes) == 0 || w.cite(d) == "" {
			continue
		}
		for _, o := range d.Others {
			if slices.Contains(w.keys(), o.Key) {
				if by[o.Key] = append(by[o.Key], d); len(by[o.Key]) > len(by[best]) {
					best = o.Key
				}
			}
		}
	}
	if best == "" {
		return nil
	}
	p := point{topic: guide.Dependencies, score: 26}
	for _, d := range by[best] {
		p.Keys = append(p.Keys, without(d.Keys[:1], p.Keys)...)
	}
	said := by[best][0].Quotes[:1]
	p.Claims = claims(said)
	p.Text = fmt.Sprintf("%s %s %s, and no link does: %s%s Ask which of them comes first.", some(p.Keys), text.Agree(len(p.Keys), "names", "name"), best, quoted(said[0].Quote), stop(said[0].Quote))
	p.Keys = append(p.Keys, best)
	return []point{p}
}

// outsidePoint is about the ticket for which the most open issues outside of the session
// wait; failing that, about what no link says.
func (w *writer) outsidePoint() []point {
	best, key, ordered := []ticket.Link{}, "", false
	for _, k := range w.keys() {
		if before := w.needing(k); len(before) > len(best) {
			best, key = before, k
		}
		ordered = ordered || slices.ContainsFunc(w.Brief.Ticket(k).Issue.Links, orders)
	}
	switch {
	case len(best) > 0:
		p := point{topic: guide.Dependencies, score: 23, Line: w.waiting(key, best)}
		p.Text += fmt.Sprintf(" Ask what happens %s if %s comes later.", text.Agree(len(best), "to "+best[0].Key, "to them"), key)
		return []point{p}
	case !ordered && len(w.keys()) > 1:
		p := point{topic: guide.Dependencies, score: 4}
		p.Keys = w.keys()
		p.Text = fmt.Sprintf("No link says which of the %s comes first. Ask whether one needs another.", tickets(len(w.keys())))
		return []point{p}
	}
	return nil
}

// needing are the open issues outside of the session that wait for a ticket.
func (w *writer) needing(key string) []ticket.Link {
	return slices.DeleteFunc(w.outside(key), func(l ticket.Link) bool { return !l.NeededBy() })
}

// outside are a ticket's links to issues that are open, as far as is known, are not of
// the session and are named nowhere else. What only belongs together has no order.
func (w *writer) outside(key string) (open []ticket.Link) {
	for _, l := range w.Brief.Ticket(key).Issue.Links {
		twice := slices.ContainsFunc(open, func(o ticket.Link) bool { return o.Key == l.Key })
		if !twice && !l.Done && orders(l) && !w.said[l.Summary] && !w.said[l.Key] && !w.taken([]string{l.Key}) && !slices.Contains(w.Brief.Withheld, l.Key) && !w.told(l.Key) {
			open = append(open, l)
		}
	}
	return open
}

// orders reports whether a link tells which of two issues comes first.
func orders(l ticket.Link) bool { return l.Needs() || l.NeededBy() }

// told reports whether some doubt is about an issue outside of the session: its
// question names it.
func (w *writer) told(key string) bool {
	return slices.ContainsFunc(w.Brief.Doubts, func(d brief.Doubt) bool {
		return slices.ContainsFunc(d.Others, func(o ticket.Ref) bool { return o.Key == key })
	})
}
