package planner

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// said is a sentence of a ticket that another ticket gives a meaning to.
type said struct {
	by *reading
	ev Evidence
}

// each calls use for every sentence that people wrote on the readings' issues,
// titles and test steps aside; with comments it takes those in, too, also those
// that report progress.
func each(readings []*reading, comments bool, use func(r *reading, from *source, sentence string)) {
	for _, r := range readings {
		if !r.english {
			continue
		}
		texts := r.blocks
		if comments {
			texts = slices.Concat(r.blocks, r.progress)
		}
		for _, l := range texts {
			if l.from.where == "summary" || l.kind == heading || l.aside || l.from.comment && !comments {
				continue
			}
			for _, s := range l.said {
				use(r, l.from, s.text)
			}
		}
	}
}

// around quotes the clause of a sentence that stands at at.
func (s *source) around(sentence string, at []int) (Evidence, bool) {
	q, before, after := clip(sentence, [2]int{at[0], at[1]})
	return Evidence{Where: s.where, Quote: q, before: before, after: after}, len(strings.Fields(q)) >= minQuoteWords && len(q) <= maxQuote && s.holds(q)
}

// distinct are the subject terms of each ticket's title, less those that most
// titles of the session share.
func distinct(items []*reading) map[*reading]map[string]bool {
	in := map[string]int{}
	sets := map[*reading]map[string]bool{}
	for _, r := range items {
		sets[r] = termSet(r.issue.Summary[len(component.FindString(r.issue.Summary)):])
		for t := range sets[r] {
			in[t]++
		}
	}
	common := map[string]bool{}
	for t, n := range in {
		common[t] = n > 2 && 2*n > len(items)
	}
	for _, set := range sets {
		for t := range set {
			if common[t] || plainTerms[t] {
				delete(set, t)
			}
		}
	}
	return sets
}

// plainTerms are the stems of words that name no subject.
var plainTerms = func() map[string]bool {
	set := map[string]bool{}
	for w := range plainWords {
		set[stem(w)] = true
	}
	return set
}()

// speaksOf is the ticket, another one than r, whose title the text names by
// most of its terms.
func speaksOf(text string, r *reading, titles map[*reading]map[string]bool, items []*reading) *reading {
	in := termSet(text)
	var best *reading
	most := 0
	for _, other := range items {
		if other == r || other.issue.Key == r.issue.Key {
			continue
		}
		n := common(titles[other], in)
		if n >= 2 && 2*n >= len(titles[other]) && n > most {
			best, most = other, n
		}
	}
	return best
}

var (
	tentative = regexp.MustCompile(`(?i)\b(?:might|perhaps|maybe|possible (?:way|solution)s?|ideas?|options? (?:are|is|include|might|could)|alternatives?|suggestions?|consider(?:ing)?|one way)\b`)
	after     = regexp.MustCompile(`(?i)\b(?:once|after|until|till|as soon as|before|depends? on|relies on|requires) `)
	// happens is in a clause that tells of something to be done first: "after the
	// due date" does not.
	happens  = regexp.MustCompile(`(?i)\b(?:is|are|has|have|was|were|been|gets?|exists?|\w+ed)\b|^(?:depends?|relies|requires)`)
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
				point: fmt.Sprintf("%s still weighs it as one of several ways, %s, and %s, “%s”, is a ticket already. Hear first which need the ways have to serve.", a, ev, b, other.subject()),
				ask:   fmt.Sprintf("%s only considers it, %s, and %s, “%s”, is already a ticket for it. Whose need is it to serve, and what would they say to the other ways?", a, ev, b, other.subject()),
				gets:  fmt.Sprintf("%s waits for what %s finds, or is taken as decided", b, a),
			})
			return
		}
	})
	return out
}

// clausesOf are the byte ranges of a sentence's clauses.
func clausesOf(s string) (out [][]int) {
	start := 0
	for _, c := range clauseEnds(s) {
		if c[0] > start {
			out = append(out, []int{start, c[0]})
		}
		start = c[1]
	}
	if start < len(s) {
		out = append(out, []int{start, len(s)})
	}
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
			if !happens.MatchString(s[at[0]:end]) {
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
				ask:   fmt.Sprintf("%s says %s, which sounds like %s, “%s”. Who needs the one before the other, and what is %s worth without it?", a, ev, b, other.subject(), a),
				gets:  fmt.Sprintf("%s and %s get an order and a link", a, b),
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

// endless is said of work that no ticket can be closed by.
var endless = regexp.MustCompile(`(?i)\b(?:never[- ]ending|(?:is|are|be|will be) never (?:be )?(?:done|finished|complete)|on-?going (?:basis|effort|work|process|updates?|maintenance|task)|will require on-?going|endless|continu(?:al|ous)ly (?:improve|update|maintain|add|extend|refactor|monitor)|keep (?:it|them|this) up[- ]to[- ]date)\b`)

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
	first := found[0]
	point := fmt.Sprintf("%s says %s", first.by.issue.Key, first.ev)
	keys := []string{first.by.issue.Key}
	if len(found) > 1 {
		point += fmt.Sprintf(", %s says %s", found[1].by.issue.Key, found[1].ev)
		keys = append(keys, found[1].by.issue.Key)
	}
	return []crossing{{
		kind: "endless", weight: 37 + len(found), guide: "What does success look like?", guides: []string{"Define clear outcomes:", "What are the acceptance criteria?"}, keys: keys, key: keys[0], quote: first.ev.Quote,
		point: point + ". That is honest, and nobody can close such a ticket: tell a first version from keeping it up.",
		ask:   fmt.Sprintf("%s says %s. For whom is a first version of %s enough, and who keeps it true after that?", keys[0], first.ev, cmp.Or(definite(first.by.thing()), "it")),
		gets:  fmt.Sprintf("%s %s an end that can be seen, apart from upkeep", some(keys), agree(len(keys), "gets", "each get")),
	}}
}

// denied is how a comment says that a need is not there.
var denied = regexp.MustCompile(`(?i)\b(?:(?:does not|doesn't|do not|don't|did not|didn't|no longer|not) (?:actually |really |even )?(?:need|require)s?\b|(?:is|are|it's) (?:not|no longer) (?:needed|required|relevant|necessary|valid)\b|nobody (?:needs|uses|asked)|why do we (?:even )?need|still (?:needed|relevant|required|valid)\?|(?:is|are) we sure)`)

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
			kind: "denied need", weight: 45, guide: "Define the core problem", guides: []string{"Clarify assumptions"}, keys: []string{key}, key: key, quote: ev.Quote,
			point: fmt.Sprintf("A comment on %s puts the need in doubt: %s. Find out who still needs %s before anything else about it.", key, ev, cmp.Or(definite(r.thing()), "it")),
			ask:   fmt.Sprintf("%s, %s: %s%s Who does need %s, and what do they need of it?", key, ev.Where, ev, stop(ev), cmp.Or(definite(r.thing()), "it")),
			gets:  fmt.Sprintf("%s gets somebody who needs it, or goes", key),
		})
	})
	return out
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
	each(withEpic(epic, nil), false, func(r *reading, from *source, s string) {
		if at := outsiders.FindStringIndex(s); at != nil && aim == nil {
			if ev, ok := from.around(s, at); ok {
				aim = &said{r, ev}
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
				kind: "shut out", weight: 43, guide: "Document constraints", guides: []string{"What are the non-negotiables?", "Identify affected stakeholders"}, keys: []string{b, a}, key: b, quote: ev.Quote,
				point: fmt.Sprintf("%s is %s, yet %s is to %s. Those it is for may not get to see it.", b, ev, a, aim.ev),
				ask:   fmt.Sprintf("%s says %s while %s says %s. Who of those is kept out, and what may they see?", b, ev, a, aim.ev),
				gets:  fmt.Sprintf("a word on who may see what of %s", b),
			})
		}
	})
	return out
}

// versionOf finds a product and its version: "Backbone 1.0", "Backbone is 1.1.2".
var versionOf = regexp.MustCompile(`\b([A-Z][A-Za-z]{2,})(?: version| is| v)? ?(\d+\.\d+(?:\.\d+)*)\b`)

// versions are two versions of one product where the tickets mean one.
func versions(epic *reading, items []*reading) (out []crossing) {
	type mention struct {
		said
		version string
	}
	uses := map[string][]mention{}
	var order []string
	for _, r := range withEpic(epic, items) {
		for _, l := range r.blocks {
			if l.kind == heading || l.aside {
				continue
			}
			for _, line := range l.said {
				s := line.text
				found := versionOf.FindAllStringSubmatchIndex(s, -1)
				if len(found) != 1 { // a list of versions means all of them
					continue
				}
				m := found[0]
				ev, ok := l.from.around(s, m)
				if name := s[m[2]:m[3]]; (ok || l.from.where == "summary") && !monthName.MatchString(name) {
					if !ok {
						ev = Evidence{Where: l.from.where, Quote: s[m[0]:m[1]]}
					}
					if len(uses[name]) == 0 {
						order = append(order, name)
					}
					uses[name] = append(uses[name], mention{said{r, ev}, s[m[4]:m[5]]})
				}
			}
		}
	}
	for _, name := range order {
		first := uses[name][0]
		n := slices.IndexFunc(uses[name], func(m mention) bool {
			return m.version != first.version && !strings.HasPrefix(m.version, first.version+".") && !strings.HasPrefix(first.version, m.version+".")
		})
		if n < 0 || len(distinctVersions(uses[name], func(m mention) string { return m.version })) > 2 {
			continue
		}
		other := uses[name][n]
		if other.by == first.by && other.ev.Where == first.ev.Where {
			continue
		}
		a, b := first.by.issue.Key, other.by.issue.Key
		keys := slices.Compact([]string{a, b})
		out = append(out, crossing{
			kind: "versions", weight: 40, guide: "Clarify assumptions", guides: []string{"Document constraints"}, keys: keys, key: a, quote: first.ev.Quote,
			point: fmt.Sprintf("%s says %s (%s), %s says %s (%s). Settle which %s people have and which they wait for.", a, first.ev, first.ev.Where, b, other.ev, other.ev.Where, name),
			ask:   fmt.Sprintf("%s says %s in its %s, and %s says %s in its %s. Which %s do people work with today, and who waits for which?", a, first.ev, first.ev.Where, b, other.ev, other.ev.Where, name),
			gets:  fmt.Sprintf("%s one version of %s", some(keys), name),
		})
	}
	return out
}

var monthName = regexp.MustCompile(`^(?:January|February|March|April|May|June|July|August|September|October|November|December|Section|Chapter|Figure|Table|Step|Version|Release|Sprint|Level|Page|Item)$`)

func distinctVersions[T any](list []T, of func(T) string) map[string]bool {
	set := map[string]bool{}
	for _, e := range list {
		set[of(e)] = true
	}
	return set
}

// twoNumbers are tickets whose titles count the same thing and do not agree.
func twoNumbers(items []*reading) (out []crossing) {
	for i, a := range items {
		for _, b := range items[i+1:] {
			qa, qb, ok := disagreeing(a.issue.Summary, b.issue.Summary)
			if !ok || overlap(termSet(a.issue.Summary), termSet(b.issue.Summary)) < 0.4 {
				continue
			}
			x, okX := a.source("summary").around(a.title(), qa.at[:])
			y, okY := b.source("summary").around(b.title(), qb.at[:])
			if !okX || !okY {
				continue
			}
			out = append(out, crossing{
				kind: "two numbers", weight: 44, guide: "How will we measure it?", guides: []string{"What does success look like?", "Clarify assumptions"},
				keys: []string{a.issue.Key, b.issue.Key}, key: a.issue.Key, quote: x.Quote,
				point: fmt.Sprintf("%s says %s, %s says %s. One of them is the aim and the other a step, or one is out of date.", a.issue.Key, x, b.issue.Key, y),
				ask:   fmt.Sprintf("%s says %s and %s says %s. Whom does each of the two numbers serve, and who would notice the difference?", a.issue.Key, x, b.issue.Key, y),
				gets:  fmt.Sprintf("%s and %s agree on one number", a.issue.Key, b.issue.Key),
			})
		}
	}
	return out
}

// title is the summary on one line.
func (r *reading) title() string { return readable(oneLine(r.issue.Summary)) }

// disagreeing finds a thing that both titles count, in different numbers.
func disagreeing(a, b string) (x, y quantity, ok bool) {
	inB := counts(readable(oneLine(b)))
	for _, x := range counts(readable(oneLine(a))) {
		if y, ok := differs(x, inB); ok {
			return x, y, true
		}
	}
	return x, y, false
}
