package check

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/draft"
	"refine/planner/text"
	"refine/planner/ticket"
)

// longest is how many words a line may have.
const longest = 60

// perTicket is how many words a result may have for each of its tickets, where that
// is more.
const perTicket = 15

// mostQuotes of a question: the one that it is about and two that it sets against
// each other.
const mostQuotes = 3

// shape wants what the line's place asks of any line there.
func (k *knowledge) shape(l draft.Line, p part) string {
	n := text.Count(l.Text)
	switch {
	case n == 0:
		return "it says nothing"
	case n > longest && (p != resultPart || n > perTicket*len(l.Keys)):
		return fmt.Sprintf("it has %d words, more than %d", n, longest)
	case p != questionPart && p != pointPart:
		return ""
	case len(l.Keys) == 0:
		return "it names no ticket"
	}
	if p == pointPart {
		if !k.Guide.Has(l.Guide) {
			return fmt.Sprintf("%q is no line of the guide", l.Guide)
		}
		return ""
	}
	if len(draft.Quotes(l.Text)) > mostQuotes {
		return fmt.Sprintf("it quotes more than %d times", mostQuotes)
	}
	if !strings.HasSuffix(l.Text, "?") {
		return "it asks nothing"
	}
	return ""
}

// keys wants every key of a line to be one that a ticket, a link or the selection
// gives.
func (k *knowledge) keys(l draft.Line, _ part) string {
	for _, key := range slices.Concat(l.Keys, ticket.IssueKeys(draft.Outside(l.Text))) {
		if !k.keyed[key] && !k.named(key, l.Keys) {
			return key + " is no ticket of this session, nor linked to one"
		}
	}
	return ""
}

// named reports whether a ticket of the session names the key, those of the line first.
func (k *knowledge) named(key string, first []string) bool {
	names := func(in string) bool {
		return slices.ContainsFunc(k.passages(in), func(p *passage) bool { return strings.Contains(p.raw, key) })
	}
	if slices.ContainsFunc(first, names) {
		return true
	}
	for t := range k.tickets() {
		if names(t.Issue.Key) {
			return true
		}
	}
	return false
}
