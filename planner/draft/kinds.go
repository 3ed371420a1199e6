package draft

import (
	"fmt"
	"slices"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/brief"
	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

// A kind of tickets is known by a field, a link or literal words. What such tickets do
// not tell is asked in a sentence that is good English for any of them. ok is false of
// a ticket that is of another kind.
//
// Read behind tickets of projects that they were not made from, these were sensible and
// not answered there: linked 42 of 42, wished 40 of 42, large 40 of 45; checked 18 of 19,
// as few have criteria; shown 23 of 26, on those that its words were chosen on. What
// somebody said last (28 of 36), which of two related tickets comes first (5 of 9), who is
// held up by the most urgent one (1 of 4), what kept a ticket from being done in its
// sprint, whether an old one is still wanted and who knows most where nobody is assigned
// were not good enough.
type kind func(*writer, *brief.Ticket) (line Line, ok bool)

// ticketKinds, those first whose question says most about the ticket.
var ticketKinds = []kind{(*writer).doubled, (*writer).linked, (*writer).wished, (*writer).checked, (*writer).after, (*writer).shown, (*writer).large, (*writer).released, (*writer).within}

// askKinds asks n more of some kinds, of what no gap was found in first: each kind once,
// and again only where no other is left.
func (w *writer) askKinds(n int, kinds ...kind) (lines []Line) {
	for range n {
		for _, of := range kinds {
			for _, key := range slices.Concat(without(w.keys(), w.unclear()), w.unclear()) {
				if len(lines) == n || w.asked[key] {
					continue
				}
				if line, ok := of(w, w.Brief.Ticket(key)); ok && !w.Unsaid[line.Text] {
					lines = append(lines, line)
					w.put(line)
					w.sayAll(line.Text)
					break
				}
			}
		}
	}
	return lines
}

// linked is one for which open issues outside of the session wait.
func (w *writer) linked(t *brief.Ticket) (line Line, ok bool) {
	before := w.needing(t.Issue.Key)
	if len(before) == 0 {
		return line, false
	}
	line = w.waiting(t.Issue.Key, before)
	line.Text += fmt.Sprintf(" Which part of %s %s need first?", t.Issue.Key, text.Agree(len(before), "does it", "do they"))
	return line, true
}

// doubled is one of which a link says that another open issue is about the same: the
// epic, or one outside of the session that came second.
func (w *writer) doubled(t *brief.Ticket) (line Line, ok bool) {
	for _, l := range t.Issue.Links {
		if (l.Duplicates() || l.Duplicated()) && !l.Done && slices.Contains(w.epicKeys(), l.Key) {
			return Line{
				Keys:   []string{t.Issue.Key, l.Key},
				Text:   fmt.Sprintf("%s and %s are linked as duplicates. What does one of them ask for that the other does not, and which of them stays?", t.Issue.Key, l.Key),
				Claims: []Claim{{Kind: Linked, Key: t.Issue.Key, Name: l.Phrase, To: l.Key}},
			}, true
		}
		if !l.Duplicated() || l.Done || l.Status == "" || w.said[l.Summary] || w.taken([]string{l.Key}) || slices.Contains(w.Brief.Withheld, l.Key) {
			continue
		}
		for _, key := range slices.Concat([]string{t.Issue.Key}, without(w.keys(), []string{t.Issue.Key}), w.epicKeys()) {
			for _, o := range w.Brief.Ticket(key).Issue.Links {
				if o.Key == l.Key && o.Duplicated() && !slices.Contains(line.Keys, key) {
					line.Keys = append(line.Keys, key)
					line.Claims = append(line.Claims, Claim{Kind: Linked, Key: key, Name: o.Phrase, To: l.Key})
				}
			}
		}
		line.Text = fmt.Sprintf("%s%s%s is linked as a duplicate of %s. What does it ask for that %s not, and which of them stays?",
			l.Key, titleOf(l), status(l.Status), some(line.Keys), text.Agree(len(line.Keys), line.Keys[0]+" does", "they do"))
		return line, true
	}
	return line, false
}

// wished is asked whose wish it is.
func (w *writer) wished(t *brief.Ticket) (line Line, ok bool) {
	said, ok := t.Reading.Wish()
	if !ok || !wishes.MatchString(said.Quote) || turnsBehind(t, said.Quote) || strings.EqualFold(t.Reading.Role(), "product owner") { // everybody knows who that is
		return line, false
	}
	asks := slices.Clone(wishAsks)
	if strings.EqualFold(t.Reading.Role(), "user") || phrase(said.Quote, "so that") { // which all know, or the wish says
		asks = slices.DeleteFunc(asks, func(a string) bool { return a == wishAsks[0] })
	}
	if phrase(said.Quote, "without", "instead of", "rather than") {
		asks = slices.DeleteFunc(asks, func(a string) bool { return a == wishAsks[1] })
	}
	slices.SortStableFunc(asks, func(a, b string) int { return w.frame[a] - w.frame[b] }) // none twice before the others
	if line, ok = w.behind(t, said, t.Issue.Key+": ", asks[0]); ok {
		w.frame[asks[0]]++
	}
	return line, ok
}

// wishes are how a wish is worded: "As an admin I can" tells what is so.
var wishes = lazyregexp.New(`(?i)\b(?:wants?|needs?|(?:would|i'd) like|should|must)\b`)

// turnsBehind reports whether what follows a quote in its ticket turns away from it: "But
// when I'm not logged in, I can't".
func turnsBehind(t *brief.Ticket, quote string) bool {
	for said := range t.Reading.Sentences() {
		if !strings.Contains(said.Sentence.Text, quote) && !strings.Contains(quote, said.Sentence.Text) {
			continue
		}
		if next, ok := said.Next(); ok && turned(next.Text) || ok && against.MatchString(next.Text) {
			return true
		}
	}
	return false
}

var against = lazyregexp.New(`(?i)^\W*(?:but|and (?:they|it|this) (?:is|are|does|do) not|could be)\b`)

// phrase reports whether a quote has one of some phrases.
func phrase(s string, phrases ...string) bool {
	s = strings.ToLower(s)
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(s, " "+p+" ") })
}

// wishAsks are asked behind a wish that does not answer them; of a user all know who has
// that role, and the last one no wish answers.
var wishAsks = []string{
	"Who has that role, and what goes wrong for them without it?",
	"What do they do today instead, and what does that cost them?",
	"When did somebody last need it, and what happened then?",
}

// checked has criteria.
func (w *writer) checked(t *brief.Ticket) (line Line, ok bool) {
	said, ok := criterion(t)
	if !ok {
		return line, false
	}
	return w.behind(t, said, t.Issue.Key+", among its criteria: ", "Which of them is hardest to check, and who checks it?")
}

// criterion is the first of several criteria, if it can be shown whole.
func criterion(t *brief.Ticket) (first ticket.Evidence, ok bool) {
	if len(t.Criteria) < leastCriteria {
		return first, false
	}
	first = t.Criteria[0]
	return first, standing(first.Quote) && plain(first.Quote) && len(strings.Fields(first.Quote)) >= leastCriterion
}

// plain reports whether words are no code, no path, no table and lead to nothing.
func plain(s string) bool {
	for _, mark := range []string{": ", "//", "()", "--", "->", "?", "and/or", " - ", "(y)", "(x)", "(/)"} {
		if strings.Contains(s, mark) {
			return false
		}
	}
	open := strings.HasSuffix(s, ":") || strings.HasSuffix(s, "…") || strings.HasSuffix(s, "...") || strings.Count(s, `"`)%2 != 0
	return !open && !strings.ContainsAny(s, "{}<>=;|\\*$@^~`")
}

// How many criteria are several, and of how many words one is that says something.
const (
	leastCriteria  = 2
	leastCriterion = 6
)

// shown is one whose own sentence says what is wrong or demanded. Each frame is asked
// once.
func (w *writer) shown(t *brief.Ticket) (line Line, ok bool) {
	said, kind, asks := t.Problem, "demand", demandAsks
	if t.Wrong || t.Reading.IsFault() {
		kind, asks = "fault", faultAsks
		if said.Where == ready.Summary {
			said = seen(t)
		}
	}
	known := t.Reading.IsFault() || !t.Wrong && demands.MatchString(said.Quote) && !turnsBehind(t, said.Quote)
	if !known || said.Where == ready.Summary || w.frame[kind] == len(asks) || !sentence(said.Quote) {
		return line, false
	}
	if line, ok = w.behind(t, said, t.Issue.Key+": ", asks[w.frame[kind]]); ok {
		w.frame[kind]++
	}
	return line, ok
}

var (
	demandAsks = []string{"How would somebody who was not in the room check that?", "Which example shows that, and which one would be the hardest?"}
	faultAsks  = []string{"Which example shows that, and what should be seen instead?", "Who has run into that, and how often?"}
	demands    = lazyregexp.New(`(?i)\b(?:should|must|needs? to|wants? to|(?:would|i'd|we'd) like)\b`)
)

// sentence reports whether a quote says something by itself.
func sentence(s string) bool {
	n := len(strings.Fields(s))
	return leastSaid <= n && n <= mostSaid && standing(s) && plain(s)
}

// Between how many words a sentence says something and can be shown.
const (
	leastSaid = 6
	mostSaid  = 35
)

// large has more story points than any other that is not asked about yet; once a plan.
func (w *writer) large(t *brief.Ticket) (line Line, ok bool) {
	p := t.Issue.StoryPoints
	if p == nil || *p < leastLarge || t.Reading.IsFault() || t.Wrong {
		return line, false
	}
	for _, key := range w.keys() {
		if o := w.Brief.Ticket(key).Issue; !w.asked[key] && o.StoryPoints != nil && *o.StoryPoints > *p {
			return line, false
		}
	}
	return w.once("large", t, fmt.Sprintf(" has %g points. Which part of it would be of use by itself?", *p))
}

// leastLarge is how many points make a ticket that may have parts.
const leastLarge = 8

// after waited for what is done.
func (w *writer) after(t *brief.Ticket) (line Line, ok bool) {
	for _, l := range t.Issue.Links {
		if l.Needs() && l.Done && !w.said[l.Summary] && !w.taken([]string{l.Key}) {
			return Line{
				Keys:   []string{t.Issue.Key},
				Text:   fmt.Sprintf("%s waited for %s%s%s, by its link. What is left to do?", t.Issue.Key, l.Key, titleOf(l), status(l.Status)),
				Claims: []Claim{{Kind: Linked, Key: t.Issue.Key, Name: l.Phrase, To: l.Key}},
			}, true
		}
	}
	return line, false
}

// within is a part of an epic that is not the session's.
func (w *writer) within(t *brief.Ticket) (line Line, ok bool) {
	p := t.Issue.Parent
	if p == nil || w.Brief.Epic != nil || t.Issue.Subtask || !quotable(p.Summary) || w.said[p.Summary] {
		return line, false
	}
	return w.titled(t, fmt.Sprintf(" is a part of %s %s. What of that is still missing once it is done?", p.Key, quoted(p.Summary)))
}

// released is planned for a release that is out.
func (w *writer) released(t *brief.Ticket) (line Line, ok bool) {
	names := releasedIn(t.Issue)
	if len(names) == 0 || len(names) < len(t.Issue.FixVersions) {
		return line, false
	}
	return w.titled(t, fmt.Sprintf(" was planned for %s, which is out. What of it is in there, and what is left to do?", names[len(names)-1]))
}

// once is such a question that would be worn in a second place.
func (w *writer) once(frame string, t *brief.Ticket, asked string) (line Line, ok bool) {
	if w.frame[frame] > 0 {
		return line, false
	}
	if line, ok = w.titled(t, asked); ok {
		w.frame[frame]++
	}
	return line, ok
}

// titled is a question about a ticket that is named by its title.
func (w *writer) titled(t *brief.Ticket, asked string) (line Line, ok bool) {
	said := ticket.Evidence{Quote: text.OneLine(t.Issue.Summary)}
	line, ok = w.behind(t, said, t.Issue.Key+" ", "")
	line.Text = t.Issue.Key + " " + quoted(said.Quote) + asked
	return line, ok
}

// behind is a question behind words of a ticket.
func (w *writer) behind(t *brief.Ticket, said ticket.Evidence, lead, ask string) (line Line, ok bool) {
	if w.said[said.Quote] || w.Unsaid[said.Quote] || !quotable(said.Quote) {
		return line, false
	}
	quotes := []brief.Quote{{Key: t.Issue.Key, Evidence: said}}
	return Line{Keys: []string{t.Issue.Key}, Text: lead + quoted(said.Quote) + stop(said.Quote) + " " + ask, Claims: claims(quotes)}, true
}
