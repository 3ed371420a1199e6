package brief

import (
	"slices"

	"refine/planner/ticket"
)

// A Party is somebody who has to do with the tickets, and with which.
type Party struct {
	ticket.Person
	Wrote     []string `json:"wrote,omitempty"` // keys, in the order of the tickets
	Holds     []string `json:"holds,omitempty"`
	Commented []string `json:"commented,omitempty"`
}

// People are all who wrote, hold or commented on a ticket, those with most
// tickets first. Programs are none.
func (b *Brief) People() []Party {
	var all []Party
	place := map[string]int{}
	of := func(p ticket.Person) *Party {
		id := p.ID + "\x00" + p.Name
		n, known := place[id]
		if !known {
			n = len(all)
			place[id], all = n, append(all, Party{Person: p})
		}
		return &all[n]
	}
	note := func(p ticket.Person, list func(*Party) *[]string, key string) {
		if p.Name == "" {
			return
		}
		if keys := list(of(p)); len(*keys) == 0 || (*keys)[len(*keys)-1] != key {
			*keys = append(*keys, key)
		}
	}
	for _, t := range newSet(b).all {
		key := t.Issue.Key
		note(t.Issue.Reporter, func(p *Party) *[]string { return &p.Wrote }, key)
		note(t.Issue.Assignee, func(p *Party) *[]string { return &p.Holds }, key)
		for _, c := range t.Reading.Comments() {
			if !c.Program {
				note(c.By(), func(p *Party) *[]string { return &p.Commented }, key)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Party) int { return b.weight() - a.weight() })
	return all
}

func (p Party) weight() int { return len(p.Wrote) + len(p.Holds) + len(p.Commented) }
