package brief

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

// Make reads the tickets of a session. Equal input makes an equal brief. An
// issue is never dropped silently: it is among the tickets, set aside, withheld
// or counted as repeated.
func Make(in Input) *Brief {
	b := &Brief{Session: in.Session, At: in.At, ready: in.Ready, Objectives: in.Objectives, CarryOver: in.CarryOver}
	shown := b.sort(in)
	b.Tickets = read(shown, in)
	if in.Epic != nil {
		b.Epic = readEpic(*in.Epic, in)
	}
	b.recogniseObjectives()
	s := newSet(b)
	b.Doubts, b.Between, b.Named, b.Shared, b.Untold, b.Series = doubts(s), between(s), named(s), shared(s), untold(s), series(s)
	return b.Seal()
}

// sort tells what may be shown from what is withheld, set aside or found again.
// An epic among tickets is too wide to be one of them.
func (b *Brief) sort(in Input) (shown []ticket.Issue) {
	seen, aside := make(map[string]bool, len(in.Issues)), epicsAside(in)
	shown = make([]ticket.Issue, 0, len(in.Issues))
	for _, i := range in.Issues {
		switch {
		case seen[i.Key]:
			b.Repeated++
		case i.Restricted:
			b.Withheld = append(b.Withheld, i.Key)
		case i.Epic && aside:
			b.Aside = append(b.Aside, i)
		default:
			shown = append(shown, i)
		}
		seen[i.Key] = true
	}
	return shown
}

// epicsAside reports whether epics are left out: not where the selection names
// them by key, nor where it finds nothing else.
func epicsAside(in Input) bool {
	item := func(i ticket.Issue) bool { return !i.Epic && !i.Restricted }
	return in.Session.Selection.Kind != ticket.Keys && slices.ContainsFunc(in.Issues, item)
}

// withheld keeps of a restricted issue what may be shown (P7).
func withheld(i ticket.Issue) ticket.Issue {
	if i.Restricted {
		return ticket.Issue{ID: i.ID, Key: i.Key, URL: i.URL, Type: i.Type, Epic: i.Epic, Restricted: true}
	}
	return i
}

// read judges the tickets by the team's rules, without what must not be shown.
func read(shown []ticket.Issue, in Input) []Ticket {
	all := make([]Ticket, len(shown))
	inside(shown)
	for n, i := range shown {
		shown[n], all[n] = prepared(i, in)
	}
	for n, j := range ready.Judge(shown, in.Ready, in.At) {
		all[n].Judged = j
		all[n].Problem, all[n].Fault = problem(j.Reading)
		all[n].Criterial = criterial(&all[n])
		all[n].Bare = bare(&all[n])
		all[n].Guesses = sync.OnceValue(func() []ticket.Evidence { return guesses(&all[n]) })
	}
	return all
}

// inside gives links between tickets of the session what these say of themselves. All of
// them are taken as open, and so one may hold up another, though never itself.
func inside(shown []ticket.Issue) {
	of := make(map[string]*ticket.Issue, len(shown))
	for n := range shown {
		of[shown[n].Key] = &shown[n]
	}
	for n := range shown {
		itself := func(l ticket.Link) bool { return l.Key == shown[n].Key }
		links := slices.DeleteFunc(slices.Clone(shown[n].Links), itself)
		for m, l := range links {
			if other := of[l.Key]; other != nil {
				links[m].Status, links[m].Done = cmp.Or(other.Status, "open"), false
			}
		}
		shown[n].Links = links
	}
}

// readEpic reads the topic's epic, which is no item: no rule is about it.
func readEpic(i ticket.Issue, in Input) *Ticket {
	i, epic := prepared(withheld(i), in)
	epic.Judged = ready.Judged{Issue: i, Reading: ready.Read(i)}
	epic.Problem, epic.Fault = problem(epic.Reading)
	epic.Guesses = sync.OnceValue(func() []ticket.Evidence { return guesses(&epic) })
	return &epic
}

// prepared is an issue as it may be read, and what is known of it before.
func prepared(i ticket.Issue, in Input) (ticket.Issue, Ticket) {
	i.Agreed = agreedBefore(i.Agreed, in.Session.Date())
	i, masked := mask(i)
	return i, Ticket{Days: days(i, in.At), Masked: masked}
}

// agreedBefore leaves out what the session itself decided: its brief must not
// change for having been written back.
func agreedBefore(all []ticket.Agreed, day ticket.Date) []ticket.Agreed {
	return slices.DeleteFunc(slices.Clone(all), func(a ticket.Agreed) bool { return a.On.Compare(day) >= 0 })
}

// A finder finds the doubts of one kind.
type finder func(*set) []Doubt

// finders, in the order in which they claim a sentence that two could quote.
var finders = []finder{
	returned, calledDuplicate, finished, twoValues, asked, undecided, blocked, circles, alike, undescribed, oversized, personal,
}

// doubts are what all finders find, the heaviest first, each sentence of a
// ticket in one of them only.
func doubts(s *set) (all []Doubt) {
	told := map[Quote]bool{}
	take := func(found []Doubt) {
		for _, d := range found {
			if !slices.ContainsFunc(d.Quotes, func(q Quote) bool { return told[q] }) {
				all = append(all, d)
			}
			for _, q := range d.Quotes {
				told[q] = true
			}
		}
	}
	for _, find := range finders {
		take(find(s))
	}
	take(judged(s, all))
	take(unlinked(s))
	s.settle(all)
	slices.SortStableFunc(all, func(a, b Doubt) int {
		return cmp.Or(b.Weight-a.Weight, s.place[a.Keys[0]]-s.place[b.Keys[0]])
	})
	for n := range all {
		all[n].ID = fmt.Sprintf("D%d", n+1)
	}
	return all
}

// A set is what finders read: the tickets of a session together.
type set struct {
	*Brief
	all   []*Ticket      // the epic first, then the tickets
	place map[string]int // of a key in all
	// last is the place of each ticket's first comment after which nobody but its
	// writer has said anything.
	last map[*Ticket]int
}

func newSet(b *Brief) *set {
	s := &set{Brief: b, place: map[string]int{}, last: map[*Ticket]int{}}
	if b.Epic != nil {
		s.all = append(s.all, b.Epic)
	}
	for n := range b.Tickets {
		s.all = append(s.all, &b.Tickets[n])
	}
	for n, t := range s.all {
		s.place[t.Issue.Key] = n
		s.last[t] = lastSpeech(t)
	}
	return s
}

// mostLast is how many comments in a row are somebody's last word.
const mostLast = 5

// lastSpeech is the place of the first of the last comments, all by one person.
// Of comments whose writers nobody knows it is the very last.
func lastSpeech(t *Ticket) int {
	first, by, n := 1<<30, ticket.Person{}, 0
	for _, c := range slices.Backward(t.Reading.Texts()) {
		switch {
		case c.Comment == nil || n == mostLast:
			return first
		case c.Program, evades(c):
		case by == ticket.Person{}:
			first, by, n = c.Nth, c.By(), n+1
			if by.Name == "" {
				return first
			}
		case c.By() == by:
			first, n = c.Nth, n+1
		default:
			return first
		}
	}
	return first
}

// evades reports whether a comment only says that its writer does not know yet:
// "Good catch, I will ask legal." It answers nothing.
func evades(c *ready.Text) bool {
	all, evasive := 0, false
	for _, b := range c.Blocks {
		for _, s := range b.Sentences {
			all++
			evasive = evasive || s.Is(text.Evasion)
		}
	}
	return evasive && all <= mostEvading
}

const mostEvading = 2 // sentences

// lastWord reports whether nobody else has said anything after a comment. It
// holds of the ticket's own texts, which are what is talked about.
func (s *set) lastWord(t *Ticket, c *ready.Text) bool {
	return c.Comment == nil || c.Nth >= s.last[t]
}
