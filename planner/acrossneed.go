package planner

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
)

// endless is said of work that no ticket can be closed by.
var endless = regexp.MustCompile(`(?i)\b(?:never[- ]ending|(?:is|are|be|will be) never (?:be )?(?:done|finished|complete)|on-?going (?:basis|effort|work|process|updates?|maintenance|task)|will require on-?going|endless|continu(?:al|ous)ly (?:improve|update|maintain|add|extend|refactor|monitor)|keep (?:it|them|this) up[- ]to[- ]date)\b`)

// ended is told of how a ticket was closed, which is no part of its problem.
var ended = regexp.MustCompile(`(?i)\b(?:resolv\w+|clos(?:ed?|ing)|merged|done for now)\b`)

// endlessWork are tickets that say that they have no end. Two of them are one
// doubt.
func endlessWork(items []*reading) []crossing {
	var found []said
	each(items, true, func(r *reading, from *source, s string) {
		if at := endless.FindStringIndex(s); at != nil && !slices.ContainsFunc(found, func(f said) bool { return f.by == r }) {
			if ev, ok := from.around(s, at); ok {
				found = append(found, said{r, ev})
			}
		}
	})
	if len(found) == 0 {
		return nil
	}
	slices.SortStableFunc(found, func(a, b said) int { return len(ended.FindString(a.ev.Quote)) - len(ended.FindString(b.ev.Quote)) })
	first := found[0]
	point := fmt.Sprintf("%s says %s", first.by.issue.Key, first.ev)
	keys := []string{first.by.issue.Key}
	if len(found) > 1 {
		point += fmt.Sprintf(", %s says %s", found[1].by.issue.Key, found[1].ev)
		keys = append(keys, found[1].by.issue.Key)
	}
	return []crossing{{
		kind: "endless", second: true, weight: 37 + len(found), guide: "What does success look like?", guides: []string{"Define clear outcomes:", "What are the acceptance criteria?"}, keys: keys, key: keys[0], quote: first.ev.Quote,
		point: point + ". Tell a first version, which can be done, from keeping it up.",
		ask:   fmt.Sprintf("%s says %s. For whom is a first version of %s enough, and who keeps it true after that?", keys[0], first.ev, cmp.Or(definite(first.by.thing()), "it")),
		gets:  fmt.Sprintf("%s %s an end that can be seen, apart from upkeep", some(keys), agree(len(keys), "gets", "each get")), settle: "what a first version of " + some(keys) + " is",
	}}
}

// denied is how a comment says that a need is not there.
var denied = regexp.MustCompile(`(?i)\b(?:(?:does not|doesn't|do not|don't|did not|didn't|no longer|not) (?:actually |really |even )?(?:need|require)s?\b|(?:is|are|it's) (?:not|no longer) (?:needed|required|relevant|necessary|valid)\b|nobody (?:needs|uses|asked)|why do we (?:even )?need|still (?:needed|relevant|required|valid)\?|(?:is|are) we sure|(?:even|still|really|actually) (?:needed|necessary|required|relevant|wanted)\b|(?:probably|likely|might be|may be) (?:invalid|obsolete|not needed|unnecessary))`)

// deniedNeeds are comments that doubt the need, on the epic or on an item.
func deniedNeeds(epic *reading, items []*reading) (out []crossing) {
	each(withEpic(epic, items), true, func(r *reading, from *source, s string) {
		at := denied.FindStringIndex(s)
		if at == nil || !from.comment || len(out) > 1 {
			return
		}
		ev, ok := from.around(s, at)
		if !ok {
			return
		}
		key := r.issue.Key
		out = append(out, crossing{
			kind: "denied need", stops: true, weight: 45, guide: "Define the core problem", guides: []string{"Clarify assumptions"}, keys: []string{key}, key: key, quote: ev.Quote,
			point: fmt.Sprintf("A comment on %s puts the need in doubt: %s. Find out who still needs %s before anything else about it.", key, ev, cmp.Or(definite(r.thing()), "it")),
			ask:   fmt.Sprintf("%s, %s: %s%s Who does need %s, and what do they need of it?", key, ev.Where, ev, stop(ev), cmp.Or(definite(r.thing()), "it")),
			gets:  fmt.Sprintf("%s gets somebody who needs it, or goes", key), settle: "who still needs " + cmp.Or(definite(r.thing()), key),
		})
	})
	return out
}

// against is how a comment says that what is asked for does not suit.
var against = regexp.MustCompile(`(?i)\b(?:(?:does not|doesn't|do not|don't|will not|won't) (?:really |actually )?(?:lend itself|make sense|fit|suit|scale|work well|help much)|(?:is|are|was|it's) not (?:a )?(?:good (?:fit|idea|candidate)|feasible|practical|worth|suited|suitable)|too (?:complex|complicated|expensive|costly|risky|much work) (?:to|for))\b`)

// spokenAgainst are comments that speak against what their ticket's own text
// asks for: nobody took either back.
func spokenAgainst(epic *reading, items []*reading) (out []crossing) {
	subject := map[string]bool{}
	if epic != nil {
		subject = termSet(epic.issue.Summary)
	}
	each(items, true, func(r *reading, from *source, s string) {
		at := against.FindStringIndex(s)
		if at == nil || !from.comment || len(out) > 0 {
			return
		}
		ev, ok := from.around(s, at)
		own, found := r.nearest(s, subject)
		if !ok || !found {
			return
		}
		key := r.issue.Key
		out = append(out, crossing{
			kind: "spoken against", stops: true, weight: 45, guide: "Clarify assumptions", guides: []string{"Define the core problem", "Document constraints"}, keys: []string{key}, key: key, quote: ev.Quote,
			point: fmt.Sprintf("%s asks: %s, and a comment speaks against it: %s. Find out who would miss it.", key, own, ev),
			ask:   fmt.Sprintf("%s asks: %s; a comment says %s. Who went without it lately, and what did they turn to instead?", key, own, ev),
			gets:  fmt.Sprintf("%s keeps or drops what a comment speaks against", key), settle: fmt.Sprintf("whether %s still holds where a comment speaks against it", key),
		})
	})
	return out
}

// nearest is the sentence of the ticket's own text that shares most with s,
// less what all of the session is about.
func (r *reading) nearest(s string, subject map[string]bool) (best Evidence, ok bool) {
	of, most := termSet(s), 0
	for t := range subject {
		delete(of, t)
	}
	each([]*reading{r}, false, func(_ *reading, from *source, own string) {
		n := common(of, termSet(own))
		if n <= most {
			return
		}
		if ev, held := from.quote(own); held {
			best, most, ok = ev, n, true
		}
	})
	return best, ok
}

var (
	// closed keeps people out.
	closed = regexp.MustCompile(`(?i)\b(?:internal(?:ly)? (?:access )?only|internal access|internal use|not public(?:ly)?|confidential|behind the (?:VPN|firewall)|private (?:repo(?:sitory)?|wiki|page|space)|restricted to|employees only|under NDA)\b`)
	// outsiders are those it keeps out.
	outsiders = regexp.MustCompile(`(?i)\b(?:communit(?:y|ies)|contributors?|(?:external|outside|third[- ]party) \w+|customers?|public(?:ly)?|partners?|open[- ]source|everybody|everyone|adopters?)\b`)
)

// shutOut is a ticket that keeps out whom the epic, or the ticket itself, is
// for.
func shutOut(epic *reading, items []*reading) (out []crossing) {
	var aim *said
	outsider := ""
	each(withEpic(epic, nil), false, func(r *reading, from *source, s string) {
		if at := outsiders.FindStringIndex(s); at != nil && aim == nil {
			if ev, ok := from.around(s, at); ok {
				aim, outsider = &said{r, ev}, s[at[0]:at[1]]
			}
		}
	})
	if aim == nil {
		return nil
	}
	each(items, true, func(r *reading, from *source, s string) {
		at := closed.FindStringIndex(s)
		if at == nil || len(out) > 0 {
			return
		}
		if ev, ok := from.around(s, at); ok {
			a, b := aim.by.issue.Key, r.issue.Key
			out = append(out, crossing{
				kind: "shut out", stops: true, weight: 43, guide: "Document constraints", guides: []string{"What are the non-negotiables?", "Identify affected stakeholders"}, keys: []string{b, a}, key: b, quote: ev.Quote,
				point: fmt.Sprintf("%s says %s (%s), yet %s says %s. Whoever “%s” stands for may not get to see it.", b, ev, ev.Where, a, aim.ev, outsider),
				ask:   fmt.Sprintf("%s says %s. Who of those that %s is for is kept out, and what may they see?", b, ev, a),
				gets:  fmt.Sprintf("%s says who may read it", b), settle: "who may read " + b, guest: "somebody from outside, “" + outsider + "”", speaks: a,
			})
		}
	})
	return out
}
