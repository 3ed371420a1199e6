package brief

import (
	"strings"

	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

// problem quotes the first sentence that says what is wrong, else the first that
// says what somebody wants, else the title.
func problem(r *ready.Reading) ticket.Evidence {
	var wish ticket.Evidence
	for said := range r.Sentences() {
		if said.Text.Comment != nil {
			break // they come last
		}
		if said.Text.Where == ready.Summary || said.Block.Kind == text.Heading || said.Block.Aside || said.Sentence.Asks() {
			continue
		}
		if at, ok := said.Says(text.Problem); ok {
			if ev, ok := said.Quote(at); ok {
				return ev
			}
		}
		if wish.Quote == "" && mentions(said.Sentence.Text, wishing) {
			wish, _ = said.Quote([2]int{0, len(said.Sentence.Text)})
		}
	}
	if wish.Quote != "" {
		return wish
	}
	return ticket.Evidence{Where: ready.Summary, Quote: strings.Join(strings.Fields(r.Issue().Summary), " ")}
}

// wishing are words of which one stands where somebody wants something.
var wishing = wordSet("should must want wants need needs would soll sollte muss will devrait doit")
