package planner

import (
	"fmt"
	"slices"
	"strings"
)

// readyLines say of each item whether it is ready, or the one thing that blocks
// first; what is said of several is said once.
func (p Plan) readyLines() (out []string) {
	for _, g := range grouped(p.Items, Item.key, p.readyLine) {
		said := g.name
		if len(g.keys) > 1 {
			said = ofSeveral(said)
		}
		out = append(out, fmt.Sprintf("%s: %s", upperFirst(among(keysOfItems(p.Items), g.keys)), said))
	}
	return out
}

// readyLine is the item's verdict. What only shows the ticket is left out of it,
// and what a key point and a question quote is not quoted a third time.
func (p Plan) readyLine(i Item) string {
	if len(i.Findings) == 0 {
		return i.verdict()
	}
	first := i.Findings[0]
	question := p.quotedIn(first.Evidence)
	if first.gap || question > 0 {
		i.Findings = slices.Clone(i.Findings[:1])
		i.Findings[0].Evidence = nil
	}
	if first.gap || question == 0 {
		return i.verdict()
	}
	return fmt.Sprintf("%s (question %d)", i.verdict(), question)
}

// quotedIn is the number of the question that quotes what is shown first, 0 if none
// or no key point does.
func (p Plan) quotedIn(shown []Evidence) int {
	if len(shown) == 0 || shown[0].Quote == "" {
		return 0
	}
	quotes := func(text string) bool { return strings.Contains(text, shown[0].Quote) }
	if !slices.ContainsFunc(pointTexts(p), quotes) {
		return 0
	}
	return 1 + slices.IndexFunc(questionTexts(p), quotes)
}

// notReady begins the verdict of an item that something blocks.
const notReady = "not ready, "

// ofSeveral is a verdict on one ticket as it is said of several.
func ofSeveral(said string) string {
	if blocked, ok := strings.CutPrefix(said, notReady); ok {
		if many, verb := plurally(blocked); verb {
			return notReady + "they " + many
		}
	}
	return said
}

// verbsOfOne are those that findings begin with, which say something of one ticket.
var verbsOfOne = wordSet("asks begins depends has is lacks leaves names says starts waits")

// plurally is what is said of one ticket as it is said of several, if it begins
// with a verb.
func plurally(said string) (many string, ok bool) {
	verb, rest, _ := strings.Cut(said, " ")
	switch {
	case !verbsOfOne[verb]:
		return said, false
	case verb == "is":
		verb = "are each"
	case verb == "has":
		verb = "have"
	default:
		verb = strings.TrimSuffix(verb, "s")
	}
	return verb + " " + rest, true
}
