package brief

import (
	"slices"
	"strings"

	"refine/planner/ticket"
)

// unlinked finds keys that the text of a ticket names and that no link leads to.
// Only keys of projects that the session's tickets or their links belong to
// count: "UTF-8" looks like a key, too.
//
// 64 of 65 right on unseen tickets: the sentence refers to that issue. Of the 19
// whose tracker gave its links 18 had none; one stood in a pasted log.
func unlinked(s *set) (found []Doubt) {
	known := s.projects()
	for n := range s.Tickets {
		t := &s.Tickets[n]
		linked := neighbours(t.Issue, s.Epic)
		for said := range t.Reading.Sentences() {
			if said.Text.Comment != nil {
				break // they come last
			}
			if strings.IndexByte(said.Sentence.Text, '-') < 0 {
				continue
			}
			d := Doubt{Kind: Unlinked, Weight: 2, Ask: settles(t)}
			for _, key := range ticket.IssueKeys(said.Sentence.Text) {
				if known[ticket.Project(key)] && !linked[key] {
					linked[key] = true // told once
					d.Others = append(d.Others, s.reference(key))
				}
			}
			if len(d.Others) == 0 {
				continue
			}
			at := strings.Index(said.Sentence.Text, d.Others[0].Key)
			if d.cite(t, said, [2]int{at, at + len(d.Others[0].Key)}) {
				found = append(found, d)
			}
		}
	}
	return found
}

// Tied are those of some tickets that belong to one: that a link of it leads to, that one of
// the two names in its text, or that has a thing in its title or a criterion in common
// with it; and then those that so belong to the first of them. There are most at most.
func (b *Brief) Tied(key string, some []string, most int) []string {
	tied := b.tied(key, some, most)
	if len(tied) == 0 {
		return nil
	}
	for _, other := range b.tied(tied[0], some, most) {
		if len(tied) < most && other != key && !slices.Contains(tied, other) {
			tied = append(tied, other)
		}
	}
	return tied
}

func (b *Brief) tied(key string, some []string, most int) (tied []string) {
	add := func(other string) {
		if len(tied) < most && other != key && slices.Contains(some, other) && !slices.Contains(tied, other) {
			tied = append(tied, other)
		}
	}
	links := b.Ticket(key).Issue.Links
	for _, ordered := range []bool{true, false} { // what waits for one another first
		for _, l := range links {
			if !l.Copies() && ordered == (l.Needs() || l.NeededBy()) {
				add(l.Key)
			}
		}
	}
	for _, d := range b.Doubts {
		if d.Kind != Unlinked {
			continue
		}
		for _, o := range d.Others {
			switch key {
			case d.Keys[0]:
				add(o.Key)
			case o.Key:
				add(d.Keys[0])
			}
		}
	}
	for _, n := range b.Named {
		if slices.Contains(n.Keys, key) {
			add(n.Keys[0])
			add(n.Keys[1])
		}
	}
	for _, c := range b.Shared {
		if slices.Contains(c.Keys, key) {
			for _, other := range c.Keys {
				add(other)
			}
		}
	}
	return tied
}

// reference is what the session knows of an issue that a text names.
func (s *set) reference(key string) ticket.Ref {
	if at, here := s.place[key]; here {
		i := s.all[at].Issue
		return ticket.Ref{Key: key, Summary: i.Summary, Type: i.Type, Status: i.Status, Done: i.StatusCategory == "done"}
	}
	return ticket.Ref{Key: key}
}

// neighbours are the issues that a ticket is tied to by a field, itself included.
func neighbours(i ticket.Issue, epic *Ticket) map[string]bool {
	keys := map[string]bool{i.Key: true}
	for _, l := range i.Links {
		keys[l.Key] = true
	}
	for _, r := range i.Subtasks {
		keys[r.Key] = true
	}
	if i.Parent != nil {
		keys[i.Parent.Key] = true
	}
	if epic != nil {
		keys[epic.Issue.Key] = true
	}
	return keys
}

// projects are those whose keys the tickets and their links have.
func (s *set) projects() map[string]bool {
	known := map[string]bool{}
	for _, t := range s.all {
		for key := range neighbours(t.Issue, nil) {
			known[ticket.Project(key)] = true
		}
	}
	return known
}
