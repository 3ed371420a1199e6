package check

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/draft"
	"refine/planner/text"
	"refine/planner/ticket"
)

// claims looks up what a line says that it states. What can be computed is not
// believed.
func (k *knowledge) claims(l draft.Line, _ part) string {
	for _, c := range l.Claims {
		if reason := k.claim(c); reason != "" {
			return reason
		}
	}
	return ""
}

func (k *knowledge) claim(c draft.Claim) string {
	for _, key := range c.Keys {
		if k.Brief.Ticket(key) == nil {
			return key + " is no ticket of this session"
		}
	}
	switch c.Kind {
	case draft.Quoted:
		return k.said(c.Key, c.Words, c.By)
	case draft.Pair:
		if reason := k.said(c.Key, c.Words, ""); reason != "" {
			return reason
		}
		return k.said(c.To, c.Other, "")
	case draft.Absent:
		return k.absent(c)
	case draft.Linked:
		return k.linked(c)
	case draft.Field:
		return k.field(c)
	case draft.Count:
		return k.count(c)
	case draft.Day:
		return k.day(c)
	}
	return fmt.Sprintf("a claim of kind %q is none that can be looked up", c.Kind)
}

// said wants words to stand in a ticket, in a comment of that person where one is
// named. What they lose by being cut is looked at where they are shown, see
// [knowledge.quotes].
func (k *knowledge) said(key, q, by string) string {
	if strings.TrimSpace(q) == "" {
		return "a quotation is empty"
	}
	quoted := k.newQuote(q)
	for _, p := range k.passages(key) {
		if by != "" && !strings.EqualFold(strings.TrimPrefix(p.where, "comment by "), by) {
			continue
		}
		if _, found := p.holds(quoted); found {
			return ""
		}
	}
	reason := fmt.Sprintf("“%s” does not stand in %s", q, key)
	if by != "" {
		return reason + ", as said by " + by
	}
	return reason
}

// absent wants a field to be empty, or words to stand nowhere in a ticket.
func (k *knowledge) absent(c draft.Claim) string {
	t := k.Brief.Ticket(c.Key)
	if t == nil {
		return c.Key + " is no ticket of this session"
	}
	if c.Words != "" {
		if k.mentions(c.Key, c.Words) {
			return fmt.Sprintf("%s does say %q", c.Key, c.Words)
		}
		return ""
	}
	switch name := strings.ToLower(c.Name); name {
	case "description":
		return given(k.doubted(c.Key, brief.NoDescription), c.Key, name)
	case "result", "acceptance criteria", "criteria":
		return given(len(t.Criteria) == 0 || k.doubted(c.Key, brief.NoResult), c.Key, name)
	default:
		values, known := fieldValues(t.Issue, name)
		if !known {
			return fmt.Sprintf("%q is no field that can be looked up", c.Name)
		}
		return given(len(values) == 0, c.Key, name)
	}
}

func given(empty bool, key, name string) string {
	if empty {
		return ""
	}
	return fmt.Sprintf("%s does have a %s", key, name)
}

// doubted reports whether a ticket has a doubt of that kind.
func (k *knowledge) doubted(key string, kind brief.Kind) bool {
	return slices.ContainsFunc(k.Brief.Of(key), func(d brief.Doubt) bool { return d.Kind == kind })
}

// linked wants a link to exist, read in its direction.
func (k *knowledge) linked(c draft.Claim) string {
	for _, end := range [][2]string{{c.Key, c.To}, {c.To, c.Key}} {
		t := k.Brief.Ticket(end[0])
		if t == nil {
			continue
		}
		for _, l := range t.Issue.Links {
			named := strings.EqualFold(l.Phrase, c.Name) || !l.Inward && strings.EqualFold(l.Type, c.Name)
			if l.Key == end[1] && (c.Name == "" || named && end[0] == c.Key) {
				return ""
			}
		}
	}
	return fmt.Sprintf("no link says that %s %s %s", c.Key, c.Name, c.To)
}

// field wants a field of each named ticket to have a value.
func (k *knowledge) field(c draft.Claim) string {
	keys := c.Keys
	if c.Key != "" {
		keys = append([]string{c.Key}, keys...)
	}
	for _, key := range keys {
		t := k.Brief.Ticket(key)
		if t == nil {
			return key + " is no ticket of this session"
		}
		values, known := fieldValues(t.Issue, strings.ToLower(c.Name))
		if !known {
			return fmt.Sprintf("%q is no field that can be looked up", c.Name)
		}
		if len(values) == 0 && nothing[strings.ToLower(c.Words)] {
			continue
		}
		if !slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(v, withoutDay(c.Words, t)) }) {
			return fmt.Sprintf("the %s of %s is %s, not %s", c.Name, key, orNone(values), c.Words)
		}
	}
	return ""
}

// withoutDay is a release's or a sprint's name without the day that the brief shows
// behind it.
func withoutDay(value string, t *brief.Ticket) string {
	for _, d := range t.Days {
		if name, ok := strings.CutSuffix(value, " "+d.On.String()); ok {
			return name
		}
	}
	return value
}

// nothing is how people say that a field is empty.
var nothing = text.WordSet("none empty nothing unset")

func orNone(values []string) string {
	if len(values) == 0 {
		return "empty"
	}
	return strings.Join(values, ", ")
}

// fieldValues are what a field of an issue holds, by the names that people use.
func fieldValues(i ticket.Issue, name string) (values []string, known bool) {
	switch strings.TrimSpace(name) {
	case "priority":
		if i.HasPriority() {
			values = []string{i.Priority}
		}
	case "status":
		values = []string{i.Status}
	case "type", "issue type":
		values = []string{i.Type}
	case "reporter":
		values = []string{i.Reporter.Name}
	case "assignee":
		values = []string{i.Assignee.Name}
	case "due", "due date":
		values = []string{i.Due.String()}
	case "release", "fix version":
		for _, v := range i.FixVersions {
			values = append(values, v.Name)
		}
	case "sprint":
		if i.Sprint != nil {
			values = []string{i.Sprint.Name}
		}
	case "label", "labels":
		values = i.Labels
	case "component", "components":
		values = i.Components
	case "story points", "points":
		if i.StoryPoints != nil {
			values = []string{fmt.Sprintf("%g", *i.StoryPoints)}
		}
	case "link", "links":
		for _, l := range i.Links {
			values = append(values, l.Key)
		}
	case "comment", "comments":
		for _, c := range i.Comments {
			values = append(values, c.ID)
		}
	default:
		return nil, false
	}
	if slices.Contains(values, "") {
		values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
	}
	return values, true
}

// count wants as many of the named tickets to have something as the claim says.
func (k *knowledge) count(c draft.Claim) string {
	n := 0
	for _, key := range c.Keys {
		if k.has(k.Brief.Ticket(key), strings.ToLower(c.Name)) {
			n++
		}
	}
	if n != c.Number && !k.counted(c) {
		return fmt.Sprintf("%d of them are or have %q, not %d", n, c.Name, c.Number)
	}
	return ""
}

// counted reports whether a list of one of the tickets has so many entries, or
// words stand so often in it.
func (k *knowledge) counted(c draft.Claim) bool {
	if k.listed(draft.Line{Keys: c.Keys}, fmt.Sprint(c.Number)) {
		return true
	}
	times, run := 0, k.words(c.Name)
	for _, key := range c.Keys {
		for _, p := range k.passages(key) {
			for at := p.find(run, 0); at >= 0; at = p.find(run, at+1) {
				times++
			}
		}
	}
	return times == c.Number
}

func (k *knowledge) has(t *brief.Ticket, name string) bool {
	switch name {
	case "", "tickets":
		return true
	case "ready":
		return t.Ready
	case "not ready":
		return !t.Ready
	case "no description":
		return k.doubted(t.Issue.Key, brief.NoDescription)
	case "no result":
		return k.doubted(t.Issue.Key, brief.NoResult)
	}
	field, none := strings.CutPrefix(name, "no ")
	values, known := fieldValues(t.Issue, field)
	if !known {
		return k.mentions(t.Issue.Key, field) != none
	}
	return (len(values) == 0) == none
}

// mentions reports whether words stand in a ticket's texts.
func (k *knowledge) mentions(key, said string) bool {
	run := k.words(said)
	return slices.ContainsFunc(k.passages(key), func(p *passage) bool { return p.find(run, 0) >= 0 })
}

// day wants a day to be one that a ticket's fields or the session give.
func (k *knowledge) day(c draft.Claim) string {
	s := k.Brief.Session
	days := []string{s.Date().String()}
	for t := range k.tickets() {
		i := t.Issue
		if c.Key != "" && i.Key != c.Key {
			continue
		}
		days = append(days, ticket.DateOf(i.Created).String(), ticket.DateOf(i.Updated).String())
		for _, d := range t.Days {
			days = append(days, d.On.String())
		}
		for _, m := range i.Comments {
			days = append(days, ticket.DateOf(m.Created).String())
		}
	}
	if slices.Contains(days, c.Words) {
		return ""
	}
	return fmt.Sprintf("%s is no day that the tickets or the session give", c.Words)
}
