package planner

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// reliesOn is a thing that a ticket makes use of.
var reliesOn = regexp.MustCompile(`(?i)\b(?:runs?|uses?|using|calls?|calling|invokes?|reus(?:es?|ing)|builds? on|based on|on top of|extends?|extending|relies on|rely on) (?:the |an? |its |our )?([\w-]+ [\w-]+)`)

// usedThings are tickets that make use of what another one is there to change,
// and no link says so.
func usedThings(items []*reading) (out []crossing) {
	each(items, false, func(r *reading, from *source, s string) {
		for _, m := range reliesOn.FindAllStringSubmatchIndex(s, -1) {
			thing := s[m[2]:m[3]]
			other := onlyTitled(thing, items)
			if other == nil || other == r || linked(r, other) || slices.ContainsFunc(out, func(c crossing) bool { return c.keys[0] == r.issue.Key }) {
				continue
			}
			if ev, ok := from.around(s, m[:2]); ok {
				out = append(out, usedCrossing(said{r, ev}, other, thing))
			}
		}
	})
	return out
}

// onlyTitled is the one ticket whose title has the two words, if they name a
// subject.
func onlyTitled(pair string, items []*reading) *reading {
	a, b, _ := strings.Cut(pair, " ")
	if len(a) < 4 || len(b) < 4 || !subjectPair(a, b) {
		return nil
	}
	var found *reading
	for _, r := range items {
		if strings.Contains(strings.ToLower(" "+r.title()+" "), " "+strings.ToLower(pair)+" ") {
			if found != nil {
				return nil // the session's subject
			}
			found = r
		}
	}
	return found
}

func usedCrossing(user said, other *reading, thing string) crossing {
	a, b := user.by.issue.Key, other.issue.Key
	return crossing{
		kind: "used thing", weight: 41, guide: "Map out dependencies", guides: []string{"Clarify assumptions"}, keys: []string{a, b}, key: a, quote: user.ev.Quote,
		point: fmt.Sprintf("%s makes use of what %s is to change: %s, and “%s”. No link says so; agree which of the two is understood first.", a, b, user.ev, other.subject()),
		ask:   fmt.Sprintf("%s says %s, and %s is there to change the %s. What of %s would turn out differently, and who has to know that before?", a, user.ev, b, strings.ToLower(thing), a),
		gets:  fmt.Sprintf("%s and %s get an order and a link", a, b), settle: fmt.Sprintf("which of %s and %s comes first", a, b),
	}
}
