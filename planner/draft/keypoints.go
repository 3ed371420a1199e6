package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/guide"
	"refine/planner/text"
	"refine/planner/ticket"
)

// A point is a key point that could be made, before it is chosen.
type point struct {
	topic guide.Topic // the line of the built-in guide that it gives a reason for
	score int
	Line
}

// keyPoints tie three to five lines of the guide to what these tickets show (L3):
// what shows in the set and in no single ticket first, then doubts that no question
// is about.
func (w *writer) keyPoints(have int) (lines []Line) {
	pool := slices.Concat(w.orderPoint(), w.betweenPoint(), w.outsidePoint(), w.prioritiesPoint(), w.reporterPoint(), w.untoldPoint(), w.namePoint(), w.resultPoint(), w.doubtPoints(), w.nowPoint(), w.unlinkedPoint(), w.linkPoint(), w.oldPoint(), w.timePoint(), w.peoplePoint())
	slices.SortStableFunc(pool, func(a, b point) int { return cmp.Compare(b.score, a.score) })
	for _, least := range []int{strong, 0} {
		for _, p := range pool {
			enough := have+len(lines) >= Most || (least == 0 || have > 0) && have+len(lines) >= Least
			made := slices.ContainsFunc(lines, func(l Line) bool { return l.Text == p.Text })
			if enough || made || p.score < least || w.repeats(p) {
				continue
			}
			line, near := w.Guide.Cite(p.topic, w.lines)
			if line == "" || w.lines[line] || least > 0 && !near {
				continue
			}
			p.Guide = line
			w.lines[p.Guide] = true
			w.sayClaims(p.Claims)
			lines = append(lines, p.Line)
		}
	}
	return lines
}

// strong is what a point has to be worth where there are three already.
const strong = 20

// repeats reports whether a quote of the point stands in the draft.
func (w *writer) repeats(p point) bool {
	return slices.ContainsFunc(p.Claims, func(c Claim) bool { return c.Kind == Quoted && w.said[c.Words] })
}

func (w *writer) sayClaims(all []Claim) {
	for _, c := range all {
		if c.Kind == Quoted {
			w.said[c.Words] = true
		}
	}
}

// doubtPoints set two doubts of one kind side by side, or tell one, where no
// question is about them.
func (w *writer) doubtPoints() (out []point) {
	byKind := map[brief.Kind][]brief.Doubt{}
	var kinds []brief.Kind
	for _, d := range w.open() {
		if w.about(d.ID) || len(d.Quotes) == 0 || w.cite(d) == "" {
			continue
		}
		if byKind[d.Kind] == nil {
			kinds = append(kinds, d.Kind)
		}
		byKind[d.Kind] = append(byKind[d.Kind], d)
	}
	for _, kind := range kinds {
		all := byKind[kind]
		if framesOf[kind].tell == "" {
			continue
		}
		p := point{topic: framesOf[kind].guide, score: 20 + all[0].Weight}
		var cited []string
		for _, d := range all[:min(len(all), 2)] {
			cited = append(cited, w.cite(d))
			p.Keys, p.Doubts = append(p.Keys, d.Keys...), append(p.Doubts, d.ID)
			p.Claims = append(p.Claims, w.claimsOf(d)...)
		}
		p.Text = strings.Join(cited, " ") + " " + numbered(framesOf[kind].tell, len(cited))
		out = append(out, p)
	}
	return out
}

// orderPoint is about links between the tickets themselves.
func (w *writer) orderPoint() []point {
	for _, key := range w.keys() {
		var with []string
		name := ""
		for _, l := range w.Brief.Ticket(key).Issue.Links {
			if slices.Contains(w.keys(), l.Key) && !l.Copies() && (name == "" || l.Phrase == name) && l.Phrase != "" {
				with, name = append(with, l.Key), l.Phrase
			}
		}
		if len(with) == 0 {
			continue
		}
		p := point{topic: guide.Dependencies, score: 24}
		p.Keys = append([]string{key}, with...)
		p.Text = fmt.Sprintf("%s %s %s, by their links.", key, name, some(with))
		if link := w.linkTo(key, with[0]); !link.Needs() && !link.NeededBy() {
			p.Text = fmt.Sprintf("%s is linked to %s (%s), which gives no order. Ask which of them comes first.", key, some(with), name)
		}
		for _, to := range with {
			p.Claims = append(p.Claims, Claim{Kind: Linked, Key: key, Name: name, To: to})
		}
		return []point{p}
	}
	return nil
}

// linkTo is the link from one ticket to another.
func (w *writer) linkTo(key, to string) ticket.Link {
	for _, l := range w.Brief.Ticket(key).Issue.Links {
		if l.Key == to {
			return l
		}
	}
	return ticket.Link{}
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
	p := point{topic: guide.Dependencies, score: 23}
	p.Keys = []string{key}
	var others []string
	for _, l := range best[:min(len(best), 2)] {
		others = append(others, fmt.Sprintf("%s %s %s%s", l.Phrase, l.Key, quoted(l.Summary), status(l.Status)))
		p.Claims = append(p.Claims, Claim{Kind: Linked, Key: key, Name: l.Phrase, To: l.Key})
	}
	p.Text = fmt.Sprintf("%s %s, %soutside of this session.", key, text.Enumerate(others), text.Agree(len(others), "", "both "))
	if len(best) > len(others) {
		p.Text = fmt.Sprintf("%s has several links to open issues outside of this session: it %s, for example.", key, text.Enumerate(others))
	}
	return []point{p}
}

// outside are a ticket's links to issues that are open, have a title to name and
// are not of the session.
func (w *writer) outside(key string) (open []ticket.Link) {
	for _, l := range w.Brief.Ticket(key).Issue.Links {
		twice := slices.ContainsFunc(open, func(o ticket.Link) bool { return o.Key == l.Key })
		if !twice && !l.Done && !l.Copies() && l.Phrase != "" && quotable(l.Summary) && w.Brief.Ticket(l.Key) == nil && !w.told(l.Key) {
			open = append(open, l)
		}
	}
	return open
}

// told reports whether some doubt is about an issue outside of the session: its
// question names it.
func (w *writer) told(key string) bool {
	return slices.ContainsFunc(w.Brief.Doubts, func(d brief.Doubt) bool {
		return slices.ContainsFunc(d.Others, func(o ticket.Ref) bool { return o.Key == key })
	})
}

// unlinkedPoint names a key that a ticket's text has and no link.
func (w *writer) unlinkedPoint() []point {
	for _, d := range w.Brief.Doubts {
		if d.Kind != brief.Unlinked || len(d.Others) == 0 || !slices.Contains(w.keys(), d.Keys[0]) || w.cite(d) == "" {
			continue
		}
		p := point{topic: guide.Dependencies, score: 9}
		p.Keys, p.Doubts, p.Claims = d.Keys, []string{d.ID}, w.claimsOf(d)
		p.Text = w.cite(d) + fill(" No link leads to {other}.", d)
		return []point{p}
	}
	return nil
}

// linkPoint says that no link joins the tickets, where none does.
func (w *writer) linkPoint() []point {
	joined := func(key string) bool {
		return slices.ContainsFunc(w.Brief.Ticket(key).Issue.Links, func(l ticket.Link) bool { return slices.Contains(w.keys(), l.Key) })
	}
	if len(w.keys()) < 2 || slices.ContainsFunc(w.keys(), joined) {
		return nil
	}
	p := point{topic: guide.Dependencies, score: 3}
	p.Keys = w.keys()
	p.Text = fmt.Sprintf("No link joins %s. Ask which of them has to come before another.", w.all())
	return []point{p}
}

// all names the tickets of the session by their number, with the topic's key.
func (w *writer) all() string {
	if len(w.keys()) <= 3 {
		return text.Enumerate(w.keys())
	}
	s := "these " + tickets(len(w.keys()))
	if w.Brief.Epic != nil {
		s += " of " + w.Brief.Epic.Issue.Key
	}
	return s
}

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

// untoldPoint counts tickets that have only a title.
func (w *writer) untoldPoint() []point {
	keys := w.with(func(d brief.Doubt) bool { return d.Kind == brief.NoDescription && d.Thing == "" })
	if len(keys) < 2 {
		return nil
	}
	p := point{topic: guide.Problem, score: 26}
	p.Keys = keys
	p.Text = fmt.Sprintf("%s have no sentence beyond their titles. Find out who can say more.", text.UpperFirst(w.those(keys)))
	p.Claims = []Claim{{Kind: Count, Name: "no description", Keys: keys, Number: len(keys)}}
	return []point{p}
}

// of wants a doubt to be of that kind.
func of(kind brief.Kind) func(brief.Doubt) bool {
	return func(d brief.Doubt) bool { return d.Kind == kind }
}

// with are the tickets of the session that have such a doubt.
func (w *writer) with(such func(brief.Doubt) bool) (keys []string) {
	for _, key := range w.keys() {
		if slices.ContainsFunc(w.Brief.Of(key), such) {
			keys = append(keys, key)
		}
	}
	return keys
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

// resultPoint counts what does not say when it is done.
func (w *writer) resultPoint() []point {
	lacking := w.with(of(brief.NoResult))
	if len(lacking) < 2 {
		return nil
	}
	p := point{topic: guide.Criteria, score: 25}
	p.Keys = lacking
	p.Text = fmt.Sprintf("Nothing was found in %s that says when it is done.", some(lacking))
	p.Claims = []Claim{{Kind: Count, Name: "no result", Keys: lacking, Number: len(lacking)}}
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
	p.score, p.Keys = 1, w.keys()
	p.Text = fmt.Sprintf("No due date, open release or sprint stands on %s. Ask what is lost if nothing is done.", w.all())
	return []point{p}
}

// oldPoint is about tickets in which nobody has written for long: whether they are
// still wanted is asked before anything else.
func (w *writer) oldPoint() []point {
	keys, newest := w.old()
	if len(keys) == 0 {
		return nil
	}
	p := point{topic: guide.Assumptions, score: 12}
	p.Keys = keys
	p.Claims = []Claim{{Kind: Day, Words: ticket.DateOf(newest).String()}}
	p.Text = fmt.Sprintf("%s %s. Ask first whether %s still wanted.", unwritten, w.since(keys, newest), text.Agree(len(keys), "it is", "they are"))
	return []point{p}
}

// unwritten begins what is said of tickets in which nobody has written for long.
const unwritten = "Nobody has written in"

// peoplePoint names those whom the fields name. It can always be made.
func (w *writer) peoplePoint() []point {
	p := point{topic: guide.Stakeholders, score: 2}
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
	p := point{topic: guide.Time, score: 4}
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
