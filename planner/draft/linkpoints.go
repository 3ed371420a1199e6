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
		var with []string
		var link ticket.Link // the first; the others are called like it
		for _, l := range w.Brief.Ticket(key).Issue.Links {
			if slices.Contains(w.keys(), l.Key) && orders(l) && (link.Phrase == "" || l.Phrase == link.Phrase) {
				with, link = append(with, l.Key), l
			}
		}
		if len(with) == 0 {
			continue
		}
		p := point{topic: guide.Dependencies, score: 24}
		p.Keys = append([]string{key}, with...)
		p.Text = first(link, fmt.Sprintf("By the links %s waits for %s. Ask what can begin before.", key, some(with)),
			fmt.Sprintf("By the links %s %s for %s. Ask what can begin before.", some(with), text.Agree(len(with), "waits", "wait"), key))
		for _, to := range with {
			p.Claims = append(p.Claims, Claim{Kind: Linked, Key: key, Name: link.Phrase, To: to})
		}
		return []point{p}
	}
	return nil
}

// betweenPoint is about an issue outside of the session that comes after one of its
// tickets and before another, by their links.
func (w *writer) betweenPoint() []point {
	for _, b := range w.Brief.Between {
		if !quotable(b.Summary) {
			continue
		}
		p := point{topic: guide.Dependencies, score: 25}
		p.Keys = slices.Concat(b.Before, b.For)
		title := " " + quoted(b.Summary)
		if w.said[b.Summary] {
			title = ""
		}
		p.Text = fmt.Sprintf("By their links %s%s%s, which is not in this session, comes after %s and before %s. Ask who sees to it.",
			b.Key, title, status(b.Status), some(b.For), some(b.Before))
		return []point{p}
	}
	return nil
}

// outsidePoint is about the ticket with the most open issues outside of the session
// at the other end of its links.
func (w *writer) outsidePoint() []point {
	best, key := []ticket.Link{}, ""
	for _, k := range w.keys() {
		if open := w.outside(k); len(open) > len(best) {
			best, key = open, k
		}
	}
	if len(best) == 0 {
		return nil
	}
	l := best[0]
	p := point{topic: guide.Dependencies, score: 23, Line: w.link(key, l)}
	p.Text = told(p.Line) + first(l, "Ask what can begin before.", "Ask what has to be there before.")
	return []point{p}
}

// outside are a ticket's links to issues that are open, as far as is known, are not of
// the session and are named nowhere else. What only belongs together has no order.
func (w *writer) outside(key string) (open []ticket.Link) {
	for _, l := range w.Brief.Ticket(key).Issue.Links {
		twice := slices.ContainsFunc(open, func(o ticket.Link) bool { return o.Key == l.Key })
		if !twice && !l.Done && orders(l) && !w.said[l.Summary] && !w.taken([]string{l.Key}) && !slices.Contains(w.Brief.Withheld, l.Key) && !w.told(l.Key) {
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
