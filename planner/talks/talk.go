package talks

import (
	"cmp"
	"slices"

	"refine/planner/brief"
)

// A Bond says why tickets are talked about in one go.
type Bond string

// Bonds, the strongest first.
const (
	Alone     Bond = "alone"
	Doubt     Bond = "doubt"     // one doubt is about all of them
	Linked    Bond = "link"      // links join them
	Lacking   Bond = "lacking"   // all lack what the kind of doubt that Talk.Name gives asks for
	Component Bond = "component" // of the name that Talk.Name gives
	Criteria  Bond = "criteria"  // nothing blocks them, and they have no criteria yet
	Ready     Bond = "ready"     // nothing blocks them
	OfEpic    Bond = "epic"      // the epic alone, where a writer wants that
)

// A Talk is what a session talks about in one go.
type Talk struct {
	Keys   []string // in session order
	Bond   Bond     // the strongest that joins them
	Name   string   // the component or the kind; empty for other bonds
	Doubts []string // ids, heaviest first
	Weight int      // how much there is to find out
	Asked  int      // how much of that a writer asks
}

// Quiet reports whether a talk is about tickets that nothing blocks.
func (t Talk) Quiet() bool { return t.Bond == Ready || t.Bond == Criteria }

// Confirms reports whether a talk is about tickets that are ready, and nothing is asked
// about.
func (t Talk) Confirms() bool { return t.Bond == Ready && t.Asked == 0 }

// mostTogether is how many unclear tickets one talk can hold.
const mostTogether = 4

// Group makes talks of tickets, which come in session order: ready ones share the
// last talk, those without criteria the one before, and unclear ones that a doubt, a link
// or a name joins share one each (L18).
func Group(b *brief.Brief, tickets []*brief.Ticket) []Talk {
	g := grouping{brief: b, all: tickets, of: make(map[string]*group, len(tickets)), place: make(map[string]int, len(tickets))}
	groups := make([]group, len(tickets))
	for n, t := range tickets {
		groups[n] = group{first: n, tickets: tickets[n : n+1 : n+1], bond: Alone}
		g.place[t.Issue.Key], g.of[t.Issue.Key] = n, &groups[n]
	}
	g.byDoubt()
	g.byLink()
	g.by(Lacking, func(t *brief.Ticket) []string { return lacking(b, t) }, len(tickets))
	g.by(Component, func(t *brief.Ticket) []string { return t.Issue.Components }, len(tickets)/2)
	return g.talks()
}

// lacking names what a ticket lacks that says too little: one question is about all
// that lack the same.
func lacking(b *brief.Brief, t *brief.Ticket) []string {
	for _, d := range b.Of(t.Issue.Key) {
		if d.Kind == brief.NoDescription || d.Kind == brief.NoResult {
			return []string{string(d.Kind)}
		}
	}
	return nil
}

// A group is a talk that is being made.
type group struct {
	first   int // place of its first ticket
	tickets []*brief.Ticket
	bond    Bond
	name    string
}

// takes reports whether a bond can hold a group: what is joined by one thing is not
// stretched by another.
func (x *group) takes(bond Bond, name string) bool {
	return x.bond == Alone || x.bond == bond && x.name == name
}

type grouping struct {
	brief *brief.Brief
	all   []*brief.Ticket
	of    map[string]*group // by key
	place map[string]int    // of each key in the session's order
}

// join puts two tickets' groups together, unless that makes a talk of too many or
// one of the two needs no talk.
func (g *grouping) join(a, b string, bond Bond, name string) {
	if x, y := g.of[a], g.of[b]; x != nil && y != nil && len(x.tickets)+len(y.tickets) <= mostTogether {
		g.merge(a, b, bond, name)
	}
}

// merge is join whatever the number.
func (g *grouping) merge(a, b string, bond Bond, name string) {
	x, y := g.of[a], g.of[b]
	if x == nil || y == nil || x == y || !x.takes(bond, name) || !y.takes(bond, name) {
		return
	}
	if x.first > y.first {
		x, y = y, x
	}
	x.bond, x.name = bond, name
	x.tickets = append(x.tickets, y.tickets...)
	for _, t := range y.tickets {
		g.of[t.Issue.Key] = x
	}
}

// byDoubt joins what one doubt is about, ready or not and however many: it is one
// thing to find out.
func (g *grouping) byDoubt() {
	for _, d := range g.brief.Doubts {
		for n := 1; n < len(d.Keys); n++ {
			g.merge(d.Keys[0], d.Keys[n], Doubt, "")
		}
	}
}

// byLink joins unclear tickets, and what waits with what it waits for.
func (g *grouping) byLink() {
	for _, t := range g.all {
		for _, l := range t.Issue.Links {
			if !l.Copies() && g.unclear(t.Issue.Key) && (g.unclear(l.Key) || l.Needs() && !l.Done) {
				g.join(t.Issue.Key, l.Key, Linked, "")
			}
		}
	}
}

// by joins unclear tickets that share a name which no more than most of all have:
// what nearly all share parts nothing.
func (g *grouping) by(bond Bond, names func(*brief.Ticket) []string, most int) {
	with, shared := map[string][]string{}, map[string]int{}
	var order []string
	for _, t := range g.all {
		for _, name := range names(t) {
			shared[name]++
			if !g.unclear(t.Issue.Key) {
				continue
			}
			if with[name] == nil {
				order = append(order, name)
			}
			with[name] = append(with[name], t.Issue.Key)
		}
	}
	for _, name := range order {
		if keys := with[name]; len(keys) > 1 && shared[name] <= most {
			for _, key := range keys[1:] {
				g.join(keys[0], key, bond, name)
			}
		}
	}
}

// unclear reports whether a ticket is one that has to be talked about.
func (g *grouping) unclear(key string) bool {
	x := g.of[key]
	return x != nil && (x.bond != Alone || !x.tickets[0].Ready)
}

// talks are the groups in the order of their first tickets, at the end tickets by
// themselves that nothing blocks, in one that has no criteria yet and one that is ready.
func (g *grouping) talks() (out []Talk) {
	criteria, ready := Talk{Bond: Criteria}, Talk{Bond: Ready}
	done := map[*group]bool{}
	for _, t := range g.all {
		x := g.of[t.Issue.Key]
		switch {
		case done[x]:
		case x.bond == Alone && t.Ready && t.Bare:
			criteria.Keys = append(criteria.Keys, t.Issue.Key)
		case x.bond == Alone && t.Ready:
			ready.Keys = append(ready.Keys, t.Issue.Key)
		default:
			out = append(out, g.talk(x))
		}
		done[x] = true
	}
	for _, quiet := range []Talk{criteria, ready} {
		if len(quiet.Keys) > 0 {
			out = append(out, quiet.quietly())
		}
	}
	return out
}

// quietly gives a quiet talk its weight: what is ready is confirmed, criteria have to be
// found for each.
func (t Talk) quietly() Talk {
	if t.Weight = min(len(t.Keys), mostTogether) + 1; t.Bond == Criteria {
		t.Weight = eachCriteria * len(t.Keys)
	}
	return t
}

// eachCriteria is what it weighs that one ticket has no criteria, a third of a doubt.
const eachCriteria = 4

func (g *grouping) talk(x *group) Talk {
	t := Talk{Bond: x.bond, Name: x.name}
	var doubts []brief.Doubt
	seen := map[string]bool{}
	for _, member := range x.tickets {
		t.Keys = append(t.Keys, member.Issue.Key)
		for _, d := range g.brief.Of(member.Issue.Key) {
			if !seen[d.ID] {
				seen[d.ID] = true
				doubts = append(doubts, d)
			}
		}
	}
	slices.SortFunc(t.Keys, func(a, b string) int { return cmp.Compare(g.place[a], g.place[b]) })
	slices.SortStableFunc(doubts, func(a, b brief.Doubt) int { return cmp.Compare(b.Weight, a.Weight) })
	for _, d := range doubts {
		t.Doubts = append(t.Doubts, d.ID)
	}
	t.Weight = weight(doubts, len(t.Keys))
	return t
}

// weight is how much a talk has to find out: its heaviest doubt most, each further
// one and each further ticket a little. What only somebody outside can settle, or
// the author of a bare title, takes little of the room's time, and so do two tickets of
// which one goes.
func weight(doubts []brief.Doubt, tickets int) int {
	heaviest, heavy := 0, 0
	for _, d := range doubts {
		switch d.Kind {
		case brief.NoDescription, brief.Blocked, brief.Waits, brief.Finished, brief.Alike, brief.Duplicate:
		default:
			heaviest, heavy = max(heaviest, d.Weight), heavy+1
		}
	}
	if len(doubts) > 0 && heavy == 0 {
		return tickets + 2
	}
	return 2*tickets + heaviest + 2*min(max(heavy-1, 0), mostTogether)
}

// asked is how much a writer asks of a talk's tickets.
func asked(t Talk, of map[string]int) (n int) {
	for _, key := range t.Keys {
		n += of[key]
	}
	return n
}
