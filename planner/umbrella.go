package planner

import "strings"

// findUmbrellas marks the items whose parts other items of the session carry, as
// those say of themselves: "these tickets all support PAY-7".
func findUmbrellas(items []*reading) {
	byKey := map[string]*reading{}
	for _, r := range items {
		byKey[r.issue.Key] = r
	}
	for _, r := range items {
		for _, key := range r.partOf() {
			if whole := byKey[key]; whole != nil && whole != r {
				whole.umbrella = true
			}
		}
	}
}

// partOf are the issues that the ticket's writer calls it a part of.
func (r *reading) partOf() (keys []string) {
	if !r.lex.knows(saysPartOf) {
		return nil
	}
	for _, l := range r.blocks {
		if l.from.comment {
			continue
		}
		for _, s := range l.said {
			for _, span := range KeySpans(s.text) {
				if r.leadsUp(s.text[:span[0]]) {
					keys = append(keys, s.text[span[0]:span[1]])
				}
			}
		}
	}
	return keys
}

// leadsUp reports whether text ends with words that make a part of what follows.
func (r *reading) leadsUp(text string) bool {
	words := strings.Fields(strings.TrimRight(text, " :,(["))
	last := strings.Join(words[max(0, len(words)-mostLeadingUp):], " ")
	at, ok := r.lex.reads(last).says(saysPartOf)
	return ok && at[1] == len(last)
}

// mostLeadingUp is how many words make a ticket a part of the key behind them.
const mostLeadingUp = 4
