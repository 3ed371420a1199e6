package draft

import (
	"fmt"
	"slices"

	"refine/planner/brief"
	"refine/planner/guide"
	"refine/planner/text"
	"refine/planner/ticket"
)

// guessAsks fit behind whatever somebody says without being sure of it, be it a cause, a
// number or a proposal.
var guessAsks = []string{"Who can settle that, and what depends on it?", "Who knows more of it, and what hangs on it?"}

// guess is what a ticket tells without being sure, the first of it that can be understood
// below its title and that no other line shows.
func (w *writer) guess(t *brief.Ticket) (brief.Quote, bool) {
	for _, g := range t.Guesses() {
		whose := g.Quote
		if first, _ := firstWord(whose); itself[first] {
			whose = "Ticket " + whose
		}
		if w.complete(t, g.Quote, leastGuess) && standing(whose) && plain(g.Quote) && len(ticket.IssueKeys(g.Quote)) == 0 {
			return brief.Quote{Key: t.Issue.Key, Evidence: g}, true
		}
	}
	return brief.Quote{}, false
}

// leastGuess is of how many words a guess is that says something.
const leastGuess = 4

// itself begin a guess that is about the ticket.
var itself = text.WordSet("it this there might may")

// askGuesses asks n more about what tickets are not sure of.
func (w *writer) askGuesses(n int) (lines []Line) {
	for _, key := range w.keys() {
		if len(lines) >= n || w.asked[key] {
			continue
		}
		if q, ok := w.guess(w.Brief.Ticket(key)); ok {
			line := Line{Keys: []string{key}, Text: key + speaker(q.Where) + ": " + quoted(q.Quote) + stop(q.Quote) + " " + w.next("guess", guessAsks), Claims: claims([]brief.Quote{q})}
			lines = append(lines, line)
			w.put(line)
			w.say([]brief.Quote{q})
		}
	}
	return lines
}

// guesses reports whether a question quotes what a ticket is not sure of.
func guesses(q Line, t *brief.Ticket) bool {
	quoted := Quotes(q.Text)
	return slices.ContainsFunc(t.Guesses(), func(g ticket.Evidence) bool { return slices.Contains(quoted, g.Quote) })
}

// guessPoint is about a guess that no question is about.
func (w *writer) guessPoint() []point {
	for _, key := range w.keys() {
		if q, ok := w.guess(w.Brief.Ticket(key)); ok {
			p := point{topic: guide.Assumptions, score: 25, Line: Line{Keys: []string{key}, Claims: claims([]brief.Quote{q})}}
			p.Text = fmt.Sprintf("%s%s: %s%s Ask who can settle that.", key, speaker(q.Where), quoted(q.Quote), stop(q.Quote))
			return []point{p}
		}
	}
	return nil
}
