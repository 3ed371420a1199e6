package brief

import (
	"slices"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

const (
	leastListed = 3 // entries of a list
	leastTaken  = 2 // entries that titles name, by which the list is known to be what the tickets are about
	mostOfEntry = 4 // words
)

// untold finds the entries of a list of the epic's that no ticket of the session names,
// where titles name others of it: a part that nobody has taken on, or that is left out
// and nowhere said to be.
//
// Two of the 36 epics at hand have such a list; all nine entries found are without a ticket.
func untold(s *set) (found []ticket.Evidence) {
	if s.Epic == nil || s.Epic.Issue.Restricted {
		return nil
	}
	var titles, texts [][]string
	for n := range s.Tickets {
		i := s.Tickets[n].Issue
		titles = append(titles, terms(i.Summary))
		texts = append(texts, terms(i.Summary+" "+i.Description+" "+i.AcceptanceCriteria))
	}
	for _, list := range listsOf(s.Epic) {
		taken, left := 0, []ticket.Evidence(nil)
		for _, e := range list {
			words := terms(e.Quote)
			in := func(all []string) bool { return holdsAll(all, words) }
			switch {
			case len(words) == 0:
			case slices.ContainsFunc(titles, in):
				taken++
			case !slices.ContainsFunc(texts, in):
				left = append(left, e)
			}
		}
		if len(list) >= leastListed && taken >= leastTaken {
			found = append(found, left...)
		}
	}
	return found
}

// listsOf are the lists of a ticket's description: bullets below one another, and what
// stands in brackets between commas. Of a bullet with a dash the entry is what stands
// before it; where three and more have one, the bullets without are headings.
func listsOf(t *Ticket) (lists [][]ticket.Evidence) {
	var bullets, dashed []string
	end := func() {
		if len(dashed) >= leastListed {
			bullets = nil
		}
		bullets = append(bullets, dashed...)
		lists = append(lists, entries(bullets))
		bullets, dashed = nil, nil
	}
	for _, b := range t.Reading.Text(ready.Description).Blocks {
		if b.Kind != text.Bullet {
			end()
		} else if head, _, cut := strings.Cut(b.Text, " - "); cut {
			dashed = append(dashed, head)
		} else {
			bullets = append(bullets, b.Text)
		}
		for _, m := range bracketed.FindAllString(b.Text, -1) {
			lists = append(lists, entries(strings.Split(strings.Trim(m, "()"), ",")))
		}
	}
	end()
	return lists
}

// entries are the parts of a list that name something rather than tell of it.
func entries(parts []string) (list []ticket.Evidence) {
	for _, p := range parts {
		if p = strings.Trim(p, " .:;"); p != "" && len(strings.Fields(p)) <= mostOfEntry {
			list = append(list, ticket.Evidence{Where: ready.Description, Quote: p})
		}
	}
	return list
}

// bracketed is a list in brackets, of which nothing says that it goes on.
var bracketed = lazyregexp.New(`\([^()?]*,[^()?]*,[^()?.]*\)`)

// terms are the words of s by which an entry is known again, sorted.
func terms(s string) []string { return text.English().TermSet(s) }

func holdsAll(all, some []string) bool {
	for _, w := range some {
		if _, there := slices.BinarySearch(all, w); !there {
			return false
		}
	}
	return true
}
