package brief

import (
	"slices"

	"refine/internal/lazyregexp"
	"refine/planner/ready"
)

// finished finds open tickets whose last comment by a person says that they are
// done or given up: "Closing ticket as fixed", "PR merged".
//
// 105 of 105 right on unseen tickets (half of TIMOB, ALOY, DAEMON, HADOOP, MOD,
// read as if they had been reopened): each had been resolved in that comment. That was
// before "closing this ticket" was enough and a duplicate could be a number alone.
func finished(s *set) (found []Doubt) {
	for n := range s.Tickets {
		t := &s.Tickets[n]
		if t.Issue.StatusCategory == "done" {
			continue
		}
		d := Doubt{Kind: Finished, Weight: 6, Ask: s.holder(t.Issue.Key, t)}
		if said, at, ok := ended(t); ok && d.cite(t, said, at) {
			found = append(found, d)
		}
	}
	return found
}

// ended is where the last comment by a person says that a ticket is done.
func ended(t *Ticket) (said ready.Said, at [2]int, ok bool) {
	last := lastComment(t)
	if last == nil || takesBack(last) {
		return said, at, false
	}
	for said := range sentencesOf(last) {
		if m := done.FindStringIndex(said.Sentence.Text); m != nil {
			return said, [2]int(m), true
		}
	}
	return said, at, false
}

// done is how people end a ticket, at the beginning of a sentence or of the thing
// that is finished.
var done = lazyregexp.New(`(?i)^\W*(?:(?:agreed?\.? *|let's |lets )?(?:closing|resolving|resolve|close|closed|resolved|marking|marked|changing the resolution)(?: (?:this|the|out|my|old))*(?: (?:ticket|issue|jira|bug|story|task|epic|one|it))?(?: as| to)?(?: ["'{]*(?:an? |the |being )?(?:(?:issue|problem|fix|bug) (?:has been|was|is|got) )?(?:fixed|resolved|done|complete[d]?|implemented|duplicate|dup|dupe|invalid|no longer|won't|wont|wontfix|not|out of date|obsolete|cannot|could not|unable)\b|\W*$| (?:since|because|due)\b)|` +
	`(?:closing|resolving) (?:out )?(?:this|the|my)? ?(?:ticket|issue|jira|bug|story|task|epic)\b|(?:this|it|ticket|issue)(?: ticket| issue| one)? (?:is|was|has been|got|have been) (?:now |already |been )*(?:fixed|resolved|implemented|completed|merged|done|delivered|released)\b|` +
	`(?:the |this |my )?(?:pr|prs|pull request|patch|branch|fix|change|changes|code)(?:s|es)? (?:(?:has|have) been |is |was |are |were |got )?(?:now |already )?merged\b|merged(?: (?:to|into|in|the|as|by|pr|with)\b|\W*$)|` +
	`verified (?:as )?(?:fixed|fix|the (?:fix|implementation|change)s?)\b|(?:fixed|resolved|implemented|completed|done)(?: (?:in|by|with|via|as part of) |\W*$)|closing\W*$|(?:this is |this one is |looks like )?(?:a )?dup(?:e|licate)? of (?:#|\[)?(?:[A-Z]{2,}-)?\d+|(?:.* )?(?:this|the) (?:jira|ticket|issue|bug|story|task) is no longer (?:needed|necessary|relevant|valid)\b)`)

// taken back is what the rest of such a comment may say.
var takenBack = lazyregexp.New(`(?i)\?|\b(?:reopen\w*|still|except|partial\w*|remaining|remains|yet|not (?:fixed|working|done)|however|but|once|when|after)\b`)

// inviting is how people close a ticket politely.
var inviting = lazyregexp.New(`(?i)^\W*(?:if .*|please |feel free to |can |you can |we can )(?:re-?open|let (?:me|us) know|create)\w*`)

// lastComment is the last one that a person wrote, nil if there is none.
func lastComment(t *Ticket) *ready.Text {
	for _, c := range slices.Backward(t.Reading.Texts()) {
		if c.Comment == nil {
			return nil
		}
		if !c.Program {
			return c
		}
	}
	return nil
}

func takesBack(c *ready.Text) bool {
	for said := range sentencesOf(c) {
		if takenBack.MatchString(said.Sentence.Text) && !inviting.MatchString(said.Sentence.Text) {
			return true
		}
	}
	return false
}
