package draft

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

// A core is what a ticket says of itself that fits into one line: the first of its
// criteria, else the sentence that says what is wrong, else one that says what is
// wanted.
type core struct {
	brief.Quote
	kind  string // by [coreAsks]; empty where nothing can be asked behind it
	count int    // of the criteria, of which it is the first
}

// coreAsks can be asked behind any quote of a kind. None of it is answered where a ticket
// says what it says: it is about what lies outside of that.
var coreAsks = map[string][]string{
	"criterion": {"What could still be wrong after that?", "Who would miss it first if it were left out?"},
	"criteria":  {"Which case do they leave out?"},
	"fault":     {"Where else could the same be wrong?"},
}

// cores are the parts of a ticket that may be its core, the best first.
func cores(t *brief.Ticket) iter.Seq[core] {
	return func(yield func(core) bool) {
		if n := len(t.Criteria); n > 0 {
			kind := "criteria"
			if n == 1 { // of several the others may answer what one leaves open
				kind = "criterion"
			}
			if !yield(core{brief.Quote{Key: t.Issue.Key, Evidence: t.Criteria[0]}, kind, n}) {
				return
			}
		}
		if t.Problem.Where != ready.Summary {
			kind := ""
			if t.Fault && t.Reading.IsFault() {
				kind = "fault"
			}
			if !yield(core{brief.Quote{Key: t.Issue.Key, Evidence: t.Problem}, kind, 0}) {
				return
			}
		}
		if wish := t.Wish(); t.Fault && wish.Quote != "" {
			yield(core{brief.Quote{Key: t.Issue.Key, Evidence: wish}, "", 0})
		}
	}
}

// coreOf is the ticket's core for its verdict, which no other line quotes.
func (w *writer) coreOf(t *brief.Ticket) (core, bool) {
	for c := range cores(t) {
		if w.whole(t, c.Evidence.Quote) && standing(c.Evidence.Quote) && !ticked(c.Evidence.Quote) && (c.count > 0 || plain(c.Evidence.Quote) && len(ticket.IssueKeys(c.Evidence.Quote)) == 0) {
			return c, true
		}
	}
	return core{}, false
}

// everything is a ticket's whole description, where that is one line of words.
func (w *writer) everything(t *brief.Ticket) (q brief.Quote, ok bool) {
	said := strings.TrimRight(strings.TrimSpace(t.Issue.Description), ". ")
	if len(said) > mostShown*longestWord {
		return q, false
	}
	words := len(strings.Fields(said))
	structured := func(b text.Block) bool { return b.Kind != text.Paragraph }
	blocks := t.Reading.Text(ready.Description).Blocks
	ok = leastSaid <= words && words <= mostShown && !slices.ContainsFunc(blocks, structured) && quotable(said) && plain(said) && !w.Unsaid[said] && !w.repeated(said)
	return brief.Quote{Key: t.Issue.Key, Evidence: ticket.Evidence{Where: ready.Description, Quote: said}}, ok
}

// repeated reports whether a quote, or a sentence of it, stands in another line.
func (w *writer) repeated(quote string) bool {
	if w.said[quote] {
		return true
	}
	for said := range w.said {
		if strings.Contains(quote, said) && text.Count(said) >= leastSaid {
			return true
		}
	}
	return false
}

// whole reports whether a quote is a whole sentence, is short enough for a line, and
// stands in no other.
func (w *writer) whole(t *brief.Ticket, quote string) bool { return w.complete(t, quote, leastSaid) }

// complete is whole for a quote of so many words at least.
func (w *writer) complete(t *brief.Ticket, quote string, least int) bool {
	return w.shows(quote) && text.Count(quote) >= least && !strings.ContainsAny(quote, "?[{") && !strings.HasSuffix(quote, ".g") && !strings.HasSuffix(quote, ":") && t.Reading.IsSentence(quote)
}

// shows reports whether a quote is short enough for a line, holds nothing that cannot be
// shown, and stands in no other.
func (w *writer) shows(quote string) bool {
	return !w.said[quote] && !w.Unsaid[quote] && text.Count(quote) <= mostShown && quotable(quote) && !strings.Contains(quote, "\ufffc")
}

// mostShown is how many words of a ticket a line shows, of so many bytes each at most.
const (
	mostShown   = 32
	longestWord = 50
)

// shown is the core as a line shows it.
func (c core) shown() string {
	first := "It says "
	switch {
	case c.count == 1:
		first = "A criterion: "
	case c.count > 1: // how many and which is the first, readers tell otherwise
		first = "Criteria, among them "
	}
	return first + quoted(c.Evidence.Quote) + stop(c.Evidence.Quote)
}

// askCore asks n more behind what tickets say of themselves, of what no gap was found in
// first: of each kind of quote once before another of one kind, which says more than what
// can be asked of any title.
func (w *writer) askCore(n int) (lines []Line) {
	keys := append(without(w.keys(), w.unclear()), w.unclear()...)
	for again := range 2 {
		for _, key := range keys {
			if len(lines) >= n {
				return lines
			}
			if w.asked[key] {
				continue
			}
			c, ok := w.coreOf(w.Brief.Ticket(key))
			if !ok || c.kind == "" || w.frame[c.kind] > again {
				continue
			}
			line := Line{
				Keys: []string{key}, Claims: claims([]brief.Quote{c.Quote}),
			}
			said := quoted(c.Evidence.Quote) + stop(c.Evidence.Quote)
			if c.count > 1 {
				said = lowerFirst(c.shown())
			}
			line.Text = fmt.Sprintf("%s: %s %s", key, said, w.next(c.kind, coreAsks[c.kind]))
			lines = append(lines, line)
			w.put(line)
			w.say([]brief.Quote{c.Quote})
		}
	}
	return lines
}

// ticked reports whether somebody has noted in a criterion whether it is met.
func ticked(s string) bool {
	return slices.ContainsFunc([]string{"(y)", "(n)", "(x)", "(/)", "(!)"}, func(mark string) bool { return strings.Contains(s, mark) })
}
