package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"refine/planner/text"
)

// How many people are invited by name, and how many of whom tickets with a gap or a
// question are.
const (
	mostInvited = 3
	mostNeeded  = 8
)

// invite names who reported the tickets, who holds them and who has spoken of them,
// as far as fields and comments tell.
func (w *writer) invite() []Line {
	roles := []role{{verb: "reported", field: "reporter"}, {verb: "holds", field: "assignee"}, {verb: "commented on"}}
	var names []string
	if e := w.Brief.Epic; e != nil && !e.Issue.Restricted {
		wrote := role{verb: "wrote", field: "reporter"}
		wrote.add(&names, e.Issue.Reporter.Name, e.Issue.Key)
		roles = append(roles, wrote)
	}
	for _, key := range w.keys() {
		t := w.Brief.Ticket(key)
		roles[0].add(&names, t.Issue.Reporter.Name, key)
		roles[1].add(&names, t.Issue.Assignee.Name, key)
		for _, c := range t.Reading.Comments() {
			if !c.Program {
				roles[2].add(&names, c.By().Name, key)
			}
		}
	}
	count := func(name string, all bool) (n int) {
		for i, r := range roles {
			for _, key := range r.keys[name] {
				if all || !w.Brief.Ticket(key).Ready {
					n += len(roles) - i
				}
			}
		}
		return n
	}
	slices.SortStableFunc(names, func(a, b string) int { // what is not ready comes first
		return cmp.Or(cmp.Compare(count(b, false), count(a, false)), cmp.Compare(count(b, true), count(a, true)))
	})
	var line Line
	var parts []string
	for n, name := range names {
		if n >= mostInvited && !w.wroteEpic(name) && (n >= mostNeeded || !w.needed(name)) {
			continue
		}
		parts = append(parts, fmt.Sprintf("%s (%s)", name, strings.Join(w.why(roles, name, &line), ", ")))
	}
	if len(parts) == 0 {
		return nil
	}
	line.Keys, line.Text = w.keys(), "Invite "+text.Enumerate(parts)+"."
	return []Line{line}
}

// wroteEpic reports whether somebody wrote the epic.
func (w *writer) wroteEpic(name string) bool {
	e := w.Brief.Epic
	return e != nil && !e.Issue.Restricted && e.Issue.Reporter.Name == name
}

// needed reports whether somebody reported or holds a ticket with a gap or a question.
func (w *writer) needed(name string) bool {
	return slices.ContainsFunc(w.keys(), func(key string) bool {
		t := w.Brief.Ticket(key)
		return (!t.Ready || w.asked[key]) && (t.Issue.Reporter.Name == name || t.Issue.Assignee.Name == name)
	})
}

// A role is what people have to do with tickets.
type role struct {
	verb, field string
	keys        map[string][]string // by name
}

func (r *role) add(names *[]string, name, key string) {
	if name == "" || slices.Contains(r.keys[name], key) {
		return
	}
	if r.keys == nil {
		r.keys = map[string][]string{}
	}
	if !slices.Contains(*names, name) {
		*names = append(*names, name)
	}
	r.keys[name] = append(r.keys[name], key)
}

// why is what somebody has to do with the tickets. Comments are told of nobody who
// has reported or holds the same ones.
func (w *writer) why(roles []role, name string, line *Line) (parts []string) {
	same := len(roles[0].keys[name]) > 0 && slices.Equal(roles[0].keys[name], roles[1].keys[name])
	if same {
		parts = append(parts, "reported and holds "+w.allOf(roles[0].keys[name]))
	}
	for _, r := range roles {
		keys := r.keys[name]
		if r.field == "" {
			keys = without(keys, slices.Concat(roles[0].keys[name], roles[1].keys[name]))
		}
		if len(keys) == 0 {
			continue
		}
		if !same || r.field == "" {
			told := w.allOf(keys)
			if len(keys) < len(r.keys[name]) { // beside those that were told
				told = text.Agree(len(keys), keys[0], numeral(len(keys))+" others")
			}
			parts = append(parts, r.verb+" "+told)
		}
		claim := Claim{Kind: Count, Keys: keys, Number: len(keys)}
		if r.field != "" {
			claim = Claim{Kind: Field, Name: r.field, Words: name, Keys: keys}
		}
		line.Claims = append(line.Claims, claim)
	}
	return parts
}

// allOf names the keys that somebody has to do with, all of them by number.
func (w *writer) allOf(keys []string) string {
	if n := len(w.keys()); len(keys) == n && n > 2 {
		return "all " + numeral(n)
	}
	return w.rest(keys)
}
