package planner

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// readyLines say of each item whether it is ready, or the one thing that blocks
// first; what is said of several is said once.
func (p Plan) readyLines() (out []string) {
	for _, g := range grouped(p.Items, p.readyLine) {
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

// quotedIn is the number of the question that quotes the evidence, 0 if none or no
// key point does.
func (p Plan) quotedIn(evidence []Evidence) int {
	if len(evidence) != 1 || evidence[0].Quote == "" {
		return 0
	}
	quotes := func(text string) bool { return strings.Contains(text, evidence[0].Quote) }
	if !slices.ContainsFunc(pointTexts(p), quotes) {
		return 0
	}
	return 1 + slices.IndexFunc(questionTexts(p), quotes)
}

// oneDoes are the verbs that findings begin with, which say something of one
// ticket.
var oneDoes = regexp.MustCompile(`^not ready, (asks|begins|depends|has|is|lacks|leaves|names|says|starts|waits)\b`)

// ofSeveral is what is said of one ticket as it is said of several.
func ofSeveral(said string) string {
	at := oneDoes.FindStringSubmatchIndex(said)
	if at == nil {
		return said
	}
	verb := said[at[2]:at[3]]
	switch verb {
	case "is":
		verb = "are"
	case "has":
		verb = "have"
	default:
		verb = strings.TrimSuffix(verb, "s")
	}
	return said[:at[2]] + "they " + verb + said[at[3]:]
}
