package planner

import (
	"fmt"
	"regexp"
)

// leastAlike is how much of the shorter of two titles the other one has to say
// for both to lay claim to the same ground.
const leastAlike = 0.6

// elsewhereToo are issues outside of the session that the epic or an item is
// merely linked to and whose titles say nearly what its own does: work that was
// done already, or that somebody else may be about to do.
func elsewhereToo(epic *reading, items, all []*reading) (out []crossing) {
	readings := withEpic(epic, items)
	inside := map[string]bool{}
	for _, r := range withEpic(epic, all) {
		inside[r.issue.Key] = true
	}
	for _, r := range readings {
		title, subject := ownTerms(r.issue.Summary), subjectTerms(r.issue.Summary)
		for _, l := range r.issue.Links {
			if inside[l.Key] || !beside.MatchString(l.Phrase) || titled(l.Summary) == "" || fault.MatchString(l.Summary) {
				continue
			}
			other := ownTerms(l.Summary)
			if n := common(title, other); n < 2 || common(subject, other) == 0 || float64(n) < leastAlike*float64(min(len(title), len(other))) {
				continue
			}
			inside[l.Key] = true
			out = append(out, elsewhereCrossing(r, l))
		}
	}
	return out
}

// beside is how two issues are linked that only have to do with each other.
var beside = regexp.MustCompile(`(?i)^(?:relates? to|is related to|related|see also)`)

// ownTerms are a title's without its component's name.
func ownTerms(title string) map[string]bool {
	return termSet(title[len(component.FindString(title)):])
}

// subjectTerms are what a title is about: its own terms without words that join.
func subjectTerms(title string) map[string]bool {
	set := ownTerms(title)
	for t := range set {
		if plainTerms[t] {
			delete(set, t)
		}
	}
	return set
}

const elsewhereKind = "elsewhere too"

func elsewhereCrossing(r *reading, l Link) crossing {
	key, other := r.issue.Key, l.Key+titled(l.Summary)
	c := crossing{
		kind: elsewhereKind, weight: 40, other: other, guide: "Clarify assumptions", guides: []string{"Define the core problem", "Map out dependencies"},
		keys: []string{key, l.Key}, key: key, lacks: "what parts it from " + l.Key,
		point:  fmt.Sprintf("%s, “%s”, is linked to %s, which is open and not in this session. Their titles speak of the same; find out what is left of one after the other.", key, r.subject(), other),
		ask:    fmt.Sprintf("%s, “%s”, is linked to %s, which is open. Who waits for that one, and what would they still lack once %s is done?", key, r.subject(), other, key),
		gets:   fmt.Sprintf("%s says what it leaves to %s", key, l.Key),
		settle: fmt.Sprintf("what is left of %s beside %s", key, l.Key),
	}
	if l.Done {
		c.point = fmt.Sprintf("%s, “%s”, is linked to %s, which is done. Find out what that left open before it is asked for again.", key, r.subject(), other)
		c.ask = fmt.Sprintf("%s, “%s”, is linked to %s, which is done. Who has used the result, and what did they still lack?", key, r.subject(), other)
		c.gets = fmt.Sprintf("%s says what %s left open", key, l.Key)
		c.settle = fmt.Sprintf("what %s left open for %s", l.Key, key)
	}
	return c
}
