package brief

import (
	"slices"

	"refine/internal/lazyregexp"
	"refine/planner/ticket"
)

// calledDuplicate finds tickets that a comment calls a duplicate of another issue. Whoever
// reads the ticket alone may still take it up.
//
// 11 of 12 such comments in the trackers say so for certain; the other one asked.
func calledDuplicate(s *set) (found []Doubt) {
	for n := range s.Tickets {
		t := &s.Tickets[n]
		for _, c := range t.Reading.Comments() {
			for said := range sentencesOf(c) {
				m := duplicate.FindStringIndex(said.Sentence.Text)
				if m == nil || said.Sentence.Asks() {
					continue
				}
				linked := func(key string) bool {
					return slices.ContainsFunc(t.Issue.Links, func(l ticket.Link) bool { return l.Key == key && l.Duplicates() })
				}
				keys := slices.DeleteFunc(ticket.IssueKeys(said.Sentence.Text), func(key string) bool { return key == t.Issue.Key || linked(key) })
				d := Doubt{Kind: Duplicate, Weight: 6, Blocks: true, Ask: settles(t)}
				told := slices.ContainsFunc(found, func(d Doubt) bool { return d.Keys[0] == t.Issue.Key })
				if len(keys) > 0 && !told && d.cite(t, said, [2]int(m)) {
					d.Others = []ticket.Ref{s.reference(keys[0])}
					found = append(found, d)
				}
			}
		}
	}
	return found
}

// duplicate is how people say so, at the beginning of a sentence.
var duplicate = lazyregexp.New(`(?i)^\W*(?:(?:closing|resolving|closed|resolved|marking|let's (?:close|resolve)|i think|looks like|seems like|it's|it is|this is|this looks like|this)(?: this| it)?(?: as)? )?(?:an? )?dup(?:e|licate)? of \W*[A-Z]{2,}-\d+`)
