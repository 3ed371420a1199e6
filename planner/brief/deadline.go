package brief

import (
	"strconv"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/ready"
)

// A Deadline is a day, or a year, that a ticket's own text gives for something.
type Deadline struct {
	Quote Quote
	Year  int
}

// Deadline finds the first sentence of a description that says until or from when something
// has to be, with the year.
//
// There are two such sentences in the 1,500 issues at hand, both reasons for their epics; made
// from one of them, it is rare rather than proven.
func (t *Ticket) Deadline() (d Deadline, ok bool) {
	for said := range t.Reading.Sentences() {
		if said.Text.Where != ready.Description || said.Block.Aside {
			continue
		}
		m := due.FindStringSubmatchIndex(said.Sentence.Text)
		if m == nil {
			continue
		}
		ev, quotes := said.Quote([2]int{m[0], m[1]})
		year, err := strconv.Atoi(said.Sentence.Text[m[2]:m[3]])
		ev.Quote = strings.TrimLeft(ev.Quote, `"'`) // of a text that somebody quotes
		if quotes && err == nil {
			return Deadline{Quote{t.Issue.Key, ev}, year}, true
		}
	}
	return d, false
}

var due = lazyregexp.New(`(?i)\b(?:by|before|until|no later than|due|deadline|prior to|end of|starting)\s+(?:the\s+)?(?:(?:end|beginning|start|middle)\s+of\s+)?(?:q[1-4]\s+(?:of\s+)?)?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?(?:of\s+)?(20\d\d)\b`)
