package planner

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var (
	tentative = regexp.MustCompile(`(?i)\b(?:might|perhaps|maybe|possible (?:way|solution)s?|ideas?|options? (?:are|is|include|might|could)|alternatives?|suggestions?|consider(?:ing)?|one way)\b`)
	after     = regexp.MustCompile(`(?i)\b(?:once|after|until|till|as soon as|before|depends? on|relies on|requires) `)
	// happens is in a clause that tells of something to be done first: "after the
	// due date" does not.
	happens = regexp.MustCompile(`(?i)\b(?:is|are|has|have|was|were|been|gets?|exists?|\w+ed)\b|^(?:depends?|relies|requires)`)
	// gains is what is worth more after something else, and may well come first.
	gains    = regexp.MustCompile(`(?i)\b(?:more|better|easier|nicer|simpler|faster|less) *$`)
	sideways = regexp.MustCompile(`(?i) (?:if|when|while|so|because|unless|even) `)
)

// undecided are tickets that another one still only considers.
func undecided(items []*reading, titles map[*reading]map[string]bool) (out []crossing) {
	each(items, false, func(r *reading, from *source, s string) {
		at := tentative.FindStringIndex(s)
		if at == nil || strings.HasSuffix(s, "?") {
			return
		}
		for _, clause := range clausesOf(s) {
			other := speaksOf(s[clause[0]:clause[1]], r, titles, items)
			if other == nil || overlap(termSet(r.issue.Summary), termSet(other.issue.Summary)) > 0.5 {
				continue
			}
			ev, ok := from.around(s, clause)
			if !ok {
				continue
			}
			a, b := r.issue.Key, other.issue.Key
			out = append(out, crossing{
				kind: "undecided", weight: 41, guide: "Jumping to solutions too quickly", guides: []string{"Clarify assumptions", "Map out dependencies"}, keys: []string{a, b}, key: a, quote: ev.Quote,
				point: fmt.Sprintf("%s still weighs it as one of several ways, %s, and %s, “%s”, is a ticket already. Ask first whose need any of the ways has to serve.", a, ev, b, other.subject()),
				ask:   fmt.Sprintf("%s only considers it, %s, and %s is already a ticket for it. Whose need is it to serve, and what would they say to the other ways?", a, ev, b),
				gets:  fmt.Sprintf("%s waits for what %s finds, or is taken as decided", b, a), settle: fmt.Sprintf("whether %s is decided, or one of the ways that %s weighs", b, a),
				parks: fmt.Sprintf("how “%s” would be built", other.subject()),
			})
			return
		}
	})
	return out
}

// implied are orders that a text tells and no link does.
func implied(items []*reading, titles map[*reading]map[string]bool) (out []crossing) {
	each(items, false, func(r *reading, from *source, s string) {
		for _, at := range after.FindAllStringIndex(s, -1) {
			end := len(s)
			if ends := clauseEnds(s[at[1]:]); len(ends) > 0 {
				end = at[1] + ends[0][0]
			}
			if cut := sideways.FindStringIndex(s[at[1]:end]); cut != nil {
				end = at[1] + cut[0]
			}
			if !happens.MatchString(s[at[0]:end]) || gains.MatchString(s[:at[0]]) {
				continue
			}
			other := speaksOf(s[at[1]:end], r, titles, items)
			if other == nil || linked(r, other) {
				continue
			}
			ev, ok := from.around(s, []int{at[0], end})
			if !ok || len(out) > 0 && out[len(out)-1].quote == ev.Quote {
				continue
			}
			a, b := r.issue.Key, other.issue.Key
			out = append(out, crossing{
				kind: "implied order", weight: 39, guide: "Map out dependencies", guides: []string{"Clarify assumptions"}, keys: []string{a, b}, key: a, quote: ev.Quote,
				point: fmt.Sprintf("%s says %s; that sounds like %s, “%s”, and no link says so. Agree which of the two is understood first.", a, ev, b, other.subject()),
				ask:   fmt.Sprintf("%s says %s, which sounds like %s. Who needs the one before the other, and what is %s worth without it?", a, ev, b, a),
				gets:  fmt.Sprintf("%s and %s get an order and a link", a, b), settle: fmt.Sprintf("which of %s and %s comes first", a, b),
			})
		}
	})
	return out
}

// linked reports whether a link joins two issues.
func linked(a, b *reading) bool {
	names := func(r, other *reading) bool {
		return slices.ContainsFunc(r.issue.Links, func(l Link) bool { return l.Key == other.issue.Key })
	}
	return names(a, b) || names(b, a)
}

// changes are what two tickets cannot both do to one thing without one being the
// other's rest.
var changes = regexp.MustCompile(`(?i)\b(upgrad|migrat|replac|remov|renam|port|convert|document|recompil)(?:es?|ed|ing|s)?\b`)

// sameAim are two tickets whose titles do the same to a thing that no other
// ticket of the session names.
func sameAim(items []*reading) (out []crossing) {
	named := map[string][]*reading{}
	var order []string
	for _, r := range items {
		if !changes.MatchString(r.title()) {
			continue
		}
		seen := map[string]bool{}
		for _, name := range properName.FindAllString(r.title()[1:], -1) {
			if !seen[name] && !commands.MatchString(name+" ") {
				seen[name] = true
				if len(named[name]) == 0 {
					order = append(order, name)
				}
				named[name] = append(named[name], r)
			}
		}
	}
	for _, name := range order {
		u := named[name]
		if len(u) != 2 || linked(u[0], u[1]) || naming(items, name) != 2 || !sameVerb(u[0], u[1]) {
			continue
		}
		a, b := u[0].issue.Key, u[1].issue.Key
		out = append(out, crossing{
			kind: "same aim", weight: 42, guide: "Define the core problem", guides: []string{"Map out dependencies", "Clarify assumptions"}, keys: []string{a, b}, key: a, quote: u[0].subject(),
			point: fmt.Sprintf("%s, “%s”, and %s, “%s”, do the same to %s. Find out what is left of the second once the first is done.", a, u[0].subject(), b, u[1].subject(), name),
			ask:   fmt.Sprintf("%s, “%s”, and %s, “%s”, do the same to %s. Who waits for the second, and what do they still lack after the first?", a, u[0].subject(), b, u[1].subject(), name),
			gets:  fmt.Sprintf("%s and %s become one, or say what parts them", a, b), settle: fmt.Sprintf("what is left of %s once %s is done", b, a),
		})
	}
	return out
}

func sameVerb(a, b *reading) bool {
	x, y := changes.FindStringSubmatch(a.title()), changes.FindStringSubmatch(b.title())
	return strings.EqualFold(x[1], y[1])
}

// naming counts the tickets whose titles name the thing.
func naming(items []*reading, name string) (n int) {
	for _, r := range items {
		if stands(name, r.title()) {
			n++
		}
	}
	return n
}
