package draft

import (
	"fmt"
	"strings"

	"refine/planner/brief"
	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

// A core is what a ticket says of itself that fits into one line: the first of its
// criteria, else the sentence that says what is wrong, else what is wanted, else the
// first one.
type core struct {
	brief.Quote
	kind  string // by [coreAsks]; empty where nothing can be asked behind it
	count int    // of the criteria, of which it is the first
}

// coreAsks can be asked behind any quote of a kind. None of it is answered where a ticket
// says what it says: it is about what lies outside of that.
var coreAsks = map[string][]string{
	"criterion": {"What could still be wrong when that holds?", "Who would be the first to notice if it did not hold?"},
	"fault":     {"Where else could the same be wrong?"},
}

// cores are the parts of a ticket that may be its core, the best first.
func cores(t *brief.Ticket) (all []core) {
	if n := len(t.Criteria); n > 0 {
		all = append(all, core{brief.Quote{Key: t.Issue.Key, Evidence: t.Criteria[0]}, "criterion", n})
	}
	if t.Problem.Where != ready.Summary {
		kind := ""
		if t.Fault && t.Reading.IsFault() {
			kind = "fault"
		}
		all = append(all, core{brief.Quote{Key: t.Issue.Key, Evidence: t.Problem}, kind, 0})
	}
	for said := range t.Reading.Sentences() {
		next, more := said.Next()
		if said.Text.Comment == nil && said.Text.Where != ready.Summary && !said.Block.Aside && said.Block.Kind != text.Heading && !(more && turned(next.Text)) {
			quote := strings.TrimRight(said.Sentence.Text, ". ")
			return append(all, core{brief.Quote{Key: t.Issue.Key, Evidence: ticket.Evidence{Where: said.Text.Where, Quote: quote}}, "", 0})
		}
	}
	return all
}

// coreOf is the ticket's core for its verdict, which no other line quotes. It stands below
// the ticket's title, so it may lean on that.
func (w *writer) coreOf(t *brief.Ticket) (core, bool) {
	for _, c := range cores(t) {
		first, _, _ := strings.Cut(strings.ToLower(c.Evidence.Quote), " ")
		if w.whole(t, c.Evidence.Quote) && !turned(c.Evidence.Quote) && !exemplary[first] && !subjectless[first] && !joining[first] {
			return c, true
		}
	}
	return core{}, false
}

// joining begin a sentence that goes on with the one before it.
var joining = text.WordSet("and so also then")

// whole reports whether a quote is a whole sentence, is short enough for a line, and
// stands in no other.
func (w *writer) whole(t *brief.Ticket, quote string) bool {
	words := len(strings.Fields(quote))
	return !w.said[quote] && !w.Unsaid[quote] && leastSaid <= words && words <= mostShown && quotable(quote) && !strings.ContainsAny(quote, "?[{\ufffc") && !strings.HasSuffix(quote, ".g") && !strings.HasSuffix(quote, ":") && !strings.HasPrefix(quote, "Following ") && t.Reading.IsSentence(quote)
}

// mostShown is how many words of a ticket a line shows.
const mostShown = 32

// shown is the core as a line shows it.
func (c core) shown() string {
	first := text.Agree(max(c.count, 1), "", fmt.Sprintf("%d criteria, the first ", c.count))
	return first + quoted(c.Evidence.Quote) + stop(c.Evidence.Quote)
}

// askBare asks n more of tickets that are no faults and have no criteria.
func (w *writer) askBare(n int) (lines []Line) {
	for _, key := range append(without(w.keys(), w.unclear()), w.unclear()...) {
		t := w.Brief.Ticket(key)
		if len(lines) >= min(n, len(bareAsks)) || w.asked[key] || len(t.Criteria) > 0 || t.Reading.IsFault() || t.Issue.AcceptanceCriteria != "" {
			continue
		}
		line, ok := w.titled(t, " names no acceptance criteria. "+bareAsks[len(lines)])
		if !ok {
			continue
		}
		line.Claims = append(line.Claims, Claim{Kind: Absent, Key: key, Name: "acceptance criteria"})
		lines = append(lines, line)
		w.put(line)
		w.sayAll(line.Text)
	}
	return lines
}

var bareAsks = []string{"What must somebody be able to do when it is done?", "Who accepts it, and what will they look at?"}

// askCore asks n more behind what tickets say of themselves, of what no gap was found in
// first: of each kind of quote once before another of one kind.
func (w *writer) askCore(n int) (lines []Line) {
	keys := append(without(w.keys(), w.unclear()), w.unclear()...)
	for again := range 2 {
		for _, key := range keys {
			t := w.Brief.Ticket(key)
			c, ok := w.coreOf(t)
			if len(lines) >= n || w.asked[key] || !ok || c.kind == "" || w.frame[c.kind] > min(again, len(coreAsks[c.kind])-1) || !standing(c.Evidence.Quote) {
				continue
			}
			line := Line{
				Keys: []string{key}, Claims: claims([]brief.Quote{c.Quote}),
				Text: fmt.Sprintf("%s: %s%s %s", key, quoted(c.Evidence.Quote), stop(c.Evidence.Quote), w.next(c.kind, coreAsks[c.kind])),
			}
			lines = append(lines, line)
			w.put(line)
			w.say([]brief.Quote{c.Quote})
		}
	}
	return lines
}
