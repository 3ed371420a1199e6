package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/draft"
	"refine/planner/text"
	"refine/planner/ticket"
)

// knowledge is what a draft is held against.
type knowledge struct {
	draft.Input
	*wordlist
	texts map[string][]*passage // of a ticket, when it is first asked for
	keyed map[string]bool       // keys that somebody gave

	where     *places                    // see [knowledge.places]
	vocab     map[string]bool            // see [knowledge.vocabulary]
	numbersIn map[string]map[string]bool // of a ticket, when it is first asked for
	numbered  []string                   // see [knowledge.people]
	sharing   map[string]int             // see [knowledge.groups]
	shares    map[int]bool               // how many tickets those are
	ready     int                        // how many of the session's tickets are
	bare      int                        // how many of these have no criteria yet
	waiting   int                        // how many of the others no talk makes ready
	points    float64                    // that they have together
}

func know(in draft.Input) *knowledge {
	k := &knowledge{Input: in, texts: map[string][]*passage{}, numbersIn: map[string]map[string]bool{}, keyed: map[string]bool{}}
	for t := range k.tickets() {
		i := t.Issue
		k.keyed[i.Key] = true
		for _, l := range i.Links {
			k.keyed[l.Key] = true
		}
		for _, r := range i.Subtasks {
			k.keyed[r.Key] = true
		}
		if i.Parent != nil {
			k.keyed[i.Parent.Key] = true
		}
	}
	for _, d := range in.Talks.PutOff {
		k.keyed[d.Key] = true
	}
	for _, key := range in.Brief.Withheld {
		k.keyed[key] = true
	}
	for _, key := range in.Talks.Order {
		t := in.Brief.Ticket(key)
		beyond := func(d brief.Doubt) bool { return d.Blocks && draft.Beyond(d) != "" }
		if t.Ready {
			k.ready++
		} else if slices.ContainsFunc(in.Brief.Of(key), beyond) {
			k.waiting++
		}
		if t.Ready && t.Bare {
			k.bare++
		}
		if p := t.Issue.StoryPoints; p != nil {
			k.points += *p
		}
	}
	return k
}

// tickets are those of the session and the epic.
func (k *knowledge) tickets() func(func(*brief.Ticket) bool) {
	return func(yield func(*brief.Ticket) bool) {
		if k.Brief.Epic != nil && !yield(k.Brief.Epic) {
			return
		}
		for _, key := range k.Talks.Order {
			if !yield(k.Brief.Ticket(key)) {
				return
			}
		}
	}
}

// passages are the texts of a ticket, its links' titles behind them.
func (k *knowledge) passages(key string) []*passage {
	if all, ok := k.texts[key]; ok {
		return all
	}
	var all []*passage
	if t := k.Brief.Ticket(key); t != nil {
		add := func(where, raw string) {
			if raw != "" {
				all = append(all, k.passage(where, raw))
			}
		}
		i := t.Issue
		add("summary", i.Summary)
		add("description", i.Description)
		add("acceptance criteria", i.AcceptanceCriteria)
		for _, c := range i.Comments {
			add("comment by "+c.Author.Name, c.Body)
		}
		for _, s := range fieldTexts(i) {
			add("field", s)
		}
	}
	k.texts[key] = all
	return all
}

// fieldTexts are what fields of an issue show that a line may quote or name.
func fieldTexts(i ticket.Issue) (all []string) {
	all = append(all, i.Key, i.Priority, i.Status, i.Type, i.Reporter.Name, i.Assignee.Name)
	for _, l := range i.Links {
		all = append(all, l.Key+" "+l.Summary, l.Phrase, l.Status)
	}
	for _, r := range i.Subtasks {
		all = append(all, r.Key+" "+r.Summary)
	}
	for _, v := range i.FixVersions {
		all = append(all, v.Name)
	}
	for _, a := range i.Attachments {
		all = append(all, a.Name)
	}
	if i.Sprint != nil {
		all = append(all, i.Sprint.Name, i.Sprint.Goal)
	}
	if i.StoryPoints != nil {
		all = append(all, fmt.Sprintf("%g", *i.StoryPoints))
	}
	for _, a := range i.Agreed {
		all = append(append(all, a.Decisions...), a.Criteria...)
	}
	return append(append(all, i.Labels...), i.Components...)
}

// vocabulary is every word of the session beside those of the tickets' texts:
// people, the guide, what was left open last time.
func (k *knowledge) vocabulary() map[string]bool {
	if k.vocab != nil {
		return k.vocab
	}
	k.vocab = map[string]bool{}
	add := func(all []word) {
		for _, w := range all {
			k.vocab[k.text(w)] = true
		}
	}
	for t := range k.tickets() {
		for _, c := range t.Issue.Comments {
			add(k.words(c.Author.Name))
		}
	}
	for _, d := range k.Talks.PutOff {
		add(k.words(d.Key + " " + d.Summary))
	}
	if c := k.Brief.CarryOver; c != nil {
		for _, l := range c.All() {
			add(k.words(l.String()))
		}
	}
	s := k.Brief.Session
	add(k.words(strings.Join([]string{k.Guide.Text(), s.Team, s.Topic, s.Start.Format("Monday 2 January 2006 15:04 MST")}, "\n")))
	maps.Copy(k.vocab, everyday)
	return k.vocab
}

// everyday are words that people write with a capital wherever they stand.
var everyday = text.WordSet("i jira confluence monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december english po qa ok ui ux api url")
