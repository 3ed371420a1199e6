package brief

import (
	"strings"
	"unicode"

	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

// problem quotes the first sentence that says what is wrong, else the first outside of
// lists that says what somebody wants, else the title. fault tells the first of them. A sentence that leads to a log or to
// code does not say it without.
func problem(r *ready.Reading) (said ticket.Evidence, fault bool) {
	var wish ticket.Evidence
	for said := range r.Sentences() {
		if said.Text.Comment != nil {
			break // they come last
		}
		if !tells(said) {
			continue
		}
		if at, ok := said.Says(text.Problem); ok {
			if ev, ok := said.Quote(at); ok {
				return ev, true
			}
		}
		if wish.Quote == "" && said.Block.Kind != text.Bullet && text.Mentions(said.Sentence.Text, wishing) {
			wish, _ = said.Quote([2]int{0, 1})
		}
	}
	if wish.Quote != "" {
		return wish, false
	}
	return ticket.Evidence{Where: ready.Summary, Quote: text.OneLine(r.Issue().Summary)}, false
}

// tells reports whether a sentence may say what is wrong or wanted.
func tells(said ready.Said) bool {
	return said.Text.Where != ready.Summary && said.Block.Kind != text.Heading && !said.Block.Aside && !text.Mentions(said.Block.Under, headings) && !said.Sentence.Asks() && !leadsOn(said.Sentence.Text)
}

// Wish is the first sentence that says what somebody wants, without a word for what
// another sentence names.
func (t *Ticket) Wish() (wish ticket.Evidence) {
	for said := range t.Reading.Sentences() {
		if said.Text.Comment != nil {
			break
		}
		if tells(said) && text.Mentions(said.Sentence.Text, wishing) && !text.Mentions(said.Sentence.Text, pronouns) {
			wish, _ = said.Quote([2]int{0, 1})
			break
		}
	}
	return wish
}

var pronouns = text.WordSet("it its they them their this that these those such he she")

// leadsOn reports whether a sentence only leads to what stands behind it: a log, a
// list.
func leadsOn(s string) bool {
	s = strings.TrimSpace(s)
	last := s[strings.LastIndexFunc(s, unicode.IsSpace)+1:]
	return s == "" || leading[strings.ToLower(last)] || strings.HasSuffix(s, ":")
}

var leading = text.WordSet("with following follows below by as like is are this error message")

// wishing are words of which one stands where somebody wants something.
var wishing = text.WordSet("should must want wants need needs would soll sollte muss devrait doit")
