package draft

import (
	"fmt"
	"slices"
	"time"

	"refine/planner/guide"
	"refine/planner/text"
	"refine/planner/ticket"
)

// selecting is the built-in guide's line on priorities; other guides speak of why
// now.
const selecting guide.Topic = "Select items that align with current priorities"

// prioritiesPoint is made where priorities differ.
func (w *writer) prioritiesPoint() []point {
	groups := grouped(w.keys(), func(key string) string { return priority(w.Brief.Ticket(key).Issue) })
	if len(groups) < 2 {
		return nil
	}
	var parts []string
	p := point{topic: selecting, score: 22}
	none := ""
	for _, g := range groups {
		if g.name == "" {
			none = fmt.Sprintf("%s %s none", w.rest(g.keys), text.Agree(len(g.keys), "has", "have"))
			p.Claims = append(p.Claims, Claim{Kind: Count, Name: "no priority", Keys: g.keys, Number: len(g.keys)})
			continue
		}
		parts = append(parts, fmt.Sprintf("%s %s %s", w.rest(g.keys), text.Agree(len(g.keys), "is", "are"), g.name))
		p.Claims = append(p.Claims, Claim{Kind: Field, Name: "priority", Keys: g.keys, Words: g.name})
		p.Keys = append(p.Keys, g.keys...)
	}
	if none != "" {
		parts = append(parts, none)
	}
	p.Text = text.UpperFirst(text.Enumerate(parts)) + ". Ask whether that is the order in which they hurt."
	return []point{p}
}

// rest names keys, or counts them where that is shorter.
func (w *writer) rest(keys []string) string {
	if len(keys) > 3 {
		return numeral(len(keys)) + " of them"
	}
	return text.Enumerate(keys)
}

// reporterPoint is made where one person reported them all.
func (w *writer) reporterPoint() []point {
	groups := grouped(w.keys(), func(key string) string { return w.Brief.Ticket(key).Issue.Reporter.Name })
	if len(groups) != 1 || groups[0].name == "" || len(w.keys()) < 3 {
		return nil
	}
	p := point{topic: guide.Stakeholders, score: 21}
	p.Keys = w.keys()
	p.Text = fmt.Sprintf("%s reported %s. Ask whose view is missing.", groups[0].name, w.all())
	p.Claims = []Claim{{Kind: Field, Name: "reporter", Keys: w.keys(), Words: groups[0].name}}
	return []point{p}
}

// namePoint is made where most tickets name one thing.
func (w *writer) namePoint() []point {
	with := map[string][]string{}
	best := ""
	for _, key := range w.keys() {
		for _, name := range w.Brief.Ticket(key).Names {
			with[name] = append(with[name], key)
			if n := len(with[name]); n > len(with[best]) || n == len(with[best]) && name < best {
				best = name
			}
		}
	}
	keys := with[best]
	if len(keys) < 3 || 2*len(keys) < len(w.keys()) {
		return nil
	}
	p := point{topic: guide.Assumptions, score: 23}
	p.Keys = keys
	p.Text = fmt.Sprintf("%s all name %s. Talk about what they have in common once, then only about what is different.", text.UpperFirst(w.those(keys)), best)
	for _, key := range keys {
		p.Claims = append(p.Claims, Claim{Kind: Quoted, Key: key, Words: best})
	}
	return []point{p}
}

// nowPoint is about dates and releases to come. It can always be made.
func (w *writer) nowPoint() []point {
	p := point{topic: guide.WhyNow, score: 10}
	facts := urgency(w.Brief, w.keys())
	if len(facts) > 0 {
		p.Keys, p.Text, p.Claims = facts[0].Keys, text.UpperFirst(facts[0].Text)+". Ask who waits for that.", facts[0].Claims
		return []point{p}
	}
	p.score, p.Keys = 3, w.keys()
	p.Text = fmt.Sprintf(nothingNow+" for %s, and no release or sprint that is to come. Ask what is lost if nothing is done.", w.all())
	return []point{p}
}

// nothingNow begins what is said where no field tells why now.
const nothingNow = "No due-date field is set"

// oldPoint is about tickets that were written long ago: whether they are still wanted
// is asked before anything else.
func (w *writer) oldPoint() []point {
	keys, newest := w.old()
	if len(keys) == 0 {
		return nil
	}
	p := point{topic: guide.Assumptions, score: 12}
	p.Keys = keys
	p.Claims = []Claim{{Kind: Day, Words: ticket.DateOf(newest).String()}}
	p.Text = fmt.Sprintf("%s %s written in %d or before. Ask first whether %s still wanted.", text.UpperFirst(w.those(keys)), text.Agree(len(keys), "was", "were"), newest.Year(), text.Agree(len(keys), "it is", "they are"))
	return []point{p}
}

// old are tickets that were written more than a year ago and, as far as is known, not
// spoken of since, and when the newest of them was written.
func (w *writer) old() (keys []string, newest time.Time) {
	for _, key := range w.keys() {
		i := w.Brief.Ticket(key).Issue
		spoken := slices.ContainsFunc(i.Comments, func(c ticket.Comment) bool { return !c.Created.IsZero() && !w.longAgo(c.Created) })
		if w.longAgo(i.Created) && !spoken {
			keys = append(keys, key)
			if i.Created.After(newest) {
				newest = i.Created
			}
		}
	}
	return keys, newest
}

// longAgo reports whether a moment that is known lies more than a year back.
func (w *writer) longAgo(at time.Time) bool {
	return !at.IsZero() && w.Brief.Session.Start.Sub(at) > 365*24*time.Hour
}

// peoplePoint names those whom the fields name. It can always be made.
func (w *writer) peoplePoint() []point {
	p := point{topic: guide.Stakeholders, score: 4}
	p.Keys = w.keys()
	var people []string
	for _, key := range w.keys() {
		i := w.Brief.Ticket(key).Issue
		for _, f := range []struct{ name, field string }{{i.Reporter.Name, "reporter"}, {i.Assignee.Name, "assignee"}} {
			if f.name != "" && !slices.Contains(people, f.name) {
				people = append(people, f.name)
				p.Claims = append(p.Claims, Claim{Kind: Field, Key: key, Name: f.field, Words: f.name})
			}
		}
	}
	p.Text = fmt.Sprintf("No field of %s names who reported or holds %s. Ask who is affected, and who can speak for them.", w.all(), text.Agree(len(w.keys()), "it", "them"))
	if len(people) > mostNamed+1 { // no claim gives the number of the others
		people = append(people[:mostNamed:mostNamed], "others")
	}
	if len(people) > 0 {
		p.Text = fmt.Sprintf("The fields of %s name %s. Ask who is affected and not among them.", w.all(), some(people))
	}
	return []point{p}
}

// timePoint is about the box that the talks share. It can always be made.
func (w *writer) timePoint() []point {
	sum := 0
	for _, m := range w.Talks.Minutes {
		sum += m
	}
	p := point{topic: guide.Time, score: 1}
	p.Keys = w.keys()
	p.Text = fmt.Sprintf("%s share %d minutes of exploration. Park what leads away from them.", text.UpperFirst(w.all()), sum)
	if len(w.keys()) == 1 {
		p.Text = fmt.Sprintf("%s has %d minutes of exploration. Park what leads away from it.", w.keys()[0], sum)
	}
	return []point{p}
}

// A named group of keys.
type named struct {
	name string
	keys []string
}

// grouped puts keys together that share a name, in the order of their first.
func grouped(keys []string, name func(string) string) (out []named) {
	for _, key := range keys {
		n := name(key)
		at := slices.IndexFunc(out, func(g named) bool { return g.name == n })
		if at < 0 {
			out, at = append(out, named{name: n}), len(out)
		}
		out[at].keys = append(out[at].keys, key)
	}
	return out
}

// priority is a ticket's, empty where it has none that says something.
func priority(i ticket.Issue) string {
	if !i.HasPriority() {
		return ""
	}
	return i.Priority
}
