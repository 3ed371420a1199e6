package planner

import (
	"fmt"
	"regexp"
	"strings"
)

const (
	amount = `(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens of|hundreds of)`
	month  = `(?:January|February|March|April|May|June|July|August|September|October|November|December)`
)

// presses is what people write of a problem that costs somebody something by
// now: how often it was complained of, what it took, how many of how many went
// wrong, and by when it has to end.
var presses = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\b` + amount + ` (?:\w+ ){0,2}(?:calls?|complaints?|tickets?|cases|incidents|outages|escalations|penalties|cancellations)\b.*\b(?:since|last|this (?:week|month|quarter|year)|per|every|a (?:day|week|month)|in (?:` + month + `|the \w+ quarter))\b`),
	regexp.MustCompile(`(?i)\b(?:took|takes|lasted|costs?|lost|lose|spends?|needed|waited)\b.*\b` + amount + `\b.* instead of ` + amount + `\b`),
	regexp.MustCompile(`(?i)\b` + amount + ` (?:out )?of (?:the |every |our )?` + amount + ` .*\b(?:not|late|wrong\w*|fail\w*|lost|lose|broken|invalid|missing|rejected|cancel\w*)\b`),
	regexp.MustCompile(`(?i)\b(?:deadline|announced for|expires?|go(?:es)? live|end of life|comes? into force|takes? effect)\b.*\b(?:` + month + `|20\d\d|Q[1-4])\b`),
}

// wished tells what somebody wants from what is so.
var wished = regexp.MustCompile(`(?i)\b(?:should|shall|must|want|would like|needs? to|will|could|can|may|given|as an? \w+,)\b`)

// pressure is the first sentence that tells why the ticket cannot wait.
func (r *reading) pressure() Evidence {
	for _, l := range r.blocks {
		if l.kind != paragraph || criteriaHeading.MatchString(l.under) || template(l.under) {
			continue
		}
		for _, s := range sentences(l.text) {
			if at := pressing(s); at != nil {
				q, before, after := clip(s, [2]int{at[0], at[1]})
				if l.from.holds(q) && len(q) <= maxQuote {
					return Evidence{l.from.where, q, before, after}
				}
			}
		}
	}
	return Evidence{}
}

func pressing(s string) []int {
	if wished.MatchString(s) || strings.HasSuffix(s, "?") {
		return nil
	}
	for _, re := range presses {
		if at := re.FindStringIndex(s); at != nil {
			return at
		}
	}
	return nil
}

// why tells why the ticket matters now: its dates, its sprint's goal, what
// presses. What it would be good for is a reason, but not for now.
func (r *reading) why() string {
	parts := r.issue.dates()
	if goal := r.issue.sprintGoal(); goal != "" {
		parts = append(parts, "sprint goal: "+goal)
	}
	if r.pressed.Quote != "" {
		parts = append(parts, fmt.Sprintf("%s (%s)", r.pressed, r.pressed.Where))
	}
	return strings.Join(parts, "; ")
}

// dates are the days by which the issue is wanted.
func (i Issue) dates() (out []string) {
	if !i.Due.IsZero() {
		out = append(out, "due "+i.Due.String())
	}
	for _, v := range i.FixVersions {
		if !v.Released && !v.Release.IsZero() {
			out = append(out, v.title())
			break
		}
	}
	return out
}

// title names a release with its day, if it has one.
func (v Version) title() string {
	if v.Release.IsZero() {
		return "release " + v.Name
	}
	return fmt.Sprintf("release %s on %s", v.Name, v.Release)
}

// sprintGoal is the goal of a sprint that is not over.
func (i Issue) sprintGoal() string {
	if i.Sprint == nil || strings.EqualFold(i.Sprint.State, "closed") {
		return ""
	}
	return oneLine(i.Sprint.Goal)
}
