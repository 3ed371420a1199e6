package planner

import (
	"regexp"
	"slices"
	"strings"
)

// A probe is a shape of sentence that leaves a question open, and the question
// in the sentence's own words. Its texts hold {1}, {2}… for what the shape
// caught and {thing} for what the ticket is about; a text whose words are
// missing is not used.
type probe struct {
	name  string
	shape *regexp.Regexp
	told  func(s string, match []int) bool // whether the sentence answers it; nil: it never does
	parts string                           // how each caught part is read: n noun phrase, s a subject, b without its article, h what a list is about, v verb phrase, c clause, l list, w as it stands
	score int                              // how much an answer would change
	title bool                             // in the title, too
	asks  []string                         // to the team, about the problem
	find  string                           // the same as a thing to find out, for the agenda
	gets  string                           // what the ticket gets by an answer
	guest string                           // who could answer, if the sentence tells
	parks string                           // what of it is about how, and no matter for the session
}

// A probed sentence is a place where a probe's shape was found.
type probed struct {
	*probe
	key   string
	ev    Evidence
	parts map[string]string // what stands for {1}, {thing}…
	score int
}

// probe finds the shapes in the ticket's own text, the most telling first. A
// sentence takes the first probe that can speak about it.
func (r *reading) probe() (found []probed) {
	if !r.english {
		return nil
	}
	thing := definite(r.thing())
	for _, l := range r.blocks {
		if l.from.comment || l.kind == heading || l.aside {
			continue
		}
		for n, s := range l.said {
			if s.asks() || len(s.text) > maxProbed {
				continue
			}
			if p, ok := r.probeSentence(s.text, l.from, thing); ok {
				p.score -= min(n, 3)
				found = append(found, p)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b probed) int { return b.score - a.score })
	return found
}

// maxProbed is the length beyond which a sentence is more than one thought.
const maxProbed = 400

func (r *reading) probeSentence(s string, from *source, thing string) (probed, bool) {
	for n := range probes {
		p := &probes[n]
		if from.where == "summary" && !p.title {
			continue
		}
		m := p.shape.FindStringSubmatchIndex(s)
		if m == nil {
			continue
		}
		parts, ok := p.catch(s, m)
		if !ok || p.told != nil && p.told(s, m) {
			continue
		}
		at := [2]int{m[0], m[1]}
		switch p.name { // what the question does not say again
		case "story's end", "story's sign":
			at = [2]int{m[3], m[4]}
		case "story's wish", "story's thing", "story's other", "story's change":
			at = [2]int{m[4], m[5]}
		}
		quote, before, after := clip(s, at)
		if len(quote) > maxQuote || len(strings.Fields(quote)) < minQuoteWords || !from.holds(quote) {
			quote, before, after = clip(s, matchedGroup(m))
		}
		if len(quote) > maxQuote || len(strings.Fields(quote)) < minQuoteWords || !from.holds(quote) {
			continue
		}
		parts["{thing}"] = thing
		found := probed{probe: p, key: r.issue.Key, ev: Evidence{Where: from.where, Quote: quote, before: before, after: after}, parts: parts, score: p.score}
		if len(found.questions()) > 0 {
			return found, true
		}
	}
	return probed{}, false
}

// oneOf names the one that is meant: "this is one of several failing tests".
var oneOf = regexp.MustCompile(`(?i)\bone of (?:the )?$`)

// whichOnesTold reports whether a sentence tells which of some things are meant.
func whichOnesTold(s string, match []int) bool {
	return contrasts.MatchString(s[match[1]:]) || oneOf.MatchString(s[:match[0]]) || ticketsThemselves.MatchString(s[match[2]:match[3]])
}

// ticketsThemselves are no things that a ticket is about: "split it into several
// stories".
var ticketsThemselves = regexp.MustCompile(`(?i)\b(?:stories|tickets|issues|tasks|sub-?tasks)$`)

// contrasts sets others beside some: then which ones are meant is told.
var contrasts = regexp.MustCompile(`(?i)\b(?:most|others?|the rest|some)\b`)

// matchedGroup is where the first group that took part in a match stands.
func matchedGroup(m []int) [2]int {
	for n := 2; n < len(m); n += 2 {
		if m[n] >= 0 {
			return [2]int{m[n], m[n+1]}
		}
	}
	return [2]int{m[0], m[1]}
}

// catch reads the parts of a match; a part that cannot stand in a sentence of
// ours spoils it.
func (p *probe) catch(s string, m []int) (map[string]string, bool) {
	parts := map[string]string{}
	for n := range len(p.parts) {
		lo, hi := m[2*n+2], m[2*n+3]
		if lo < 0 {
			return nil, false
		}
		text := partOf(p.parts[n], s[lo:hi])
		if text == "" {
			return nil, false
		}
		parts["{"+string(rune('1'+n))+"}"] = text
	}
	if strings.HasPrefix(p.name, "story") {
		parts["{the 1}"] = indefinite(parts["{1}"])
	}
	return parts, true
}

// indefinite is a role with its article: "an adopter".
func indefinite(role string) string {
	if plainPlural.MatchString(role) {
		return role
	}
	if strings.ContainsRune("aeioAEIO", rune(role[0])) {
		return "an " + role
	}
	return "a " + role
}

// How long the parts may be, in words.
const (
	mostVerbPhrase = 10
	mostClause     = 14
	mostEntries    = 3
)

var (
	verbPhraseEnd = regexp.MustCompile(`(?i)(?:[;:(\[{]|, | [–—-]+ | (?:so that|so|in order to|because|since|when|if|while|but|which|and then|as well as|such as|without|until|unless|rather|however|and (?:we|it|they|I|the|this|also))\b)`)
	clauseStop    = regexp.MustCompile(`(?i)(?:[;:(\[{]|, | [–—]+ | (?:because|but|and then|so that)\b)`)
)

// partOf reads caught text as what it has to be; empty if it is not.
func partOf(kind byte, s string) string {
	if s = strings.Trim(s, " .,;:!"); strings.Count(s, `"`)%2 == 1 {
		s = strings.Trim(s, `"`)
	}
	if strings.Count(s, "(") != strings.Count(s, ")") || strings.ContainsRune(s, unquotable) || strings.ContainsAny(s, "“”{}|<>") {
		return ""
	}
	switch kind {
	case 'n':
		return articled(s)
	case 'd': // a definite one
		if phrase := articled(s); !strings.HasPrefix(phrase, "a ") && !strings.HasPrefix(phrase, "an ") {
			return phrase
		}
		return ""
	case 's':
		return wholePhrase(s)
	case 'b':
		return nounPhrase(s)
	case 'h':
		return listHeadOf(s)
	case 'v':
		return cutPhrase(s, verbPhraseEnd, 1, mostVerbPhrase)
	case 'c':
		return cutPhrase(s, clauseStop, 2, mostClause)
	case 'l':
		return entries(s)
	case 'w':
		if strings.EqualFold(s, "if") {
			return "whether" // which may follow a noun, too
		}
	}
	return s
}

// beforeHead is what stands before the noun phrase that a list is about.
var beforeHead = regexp.MustCompile(`(?i)^.*\b(?:to|of|for|how|what|which|with|in|on|at|from|by|the|an?|all|any|these|those|our|their|its|some|other|adds?|supports?|includes?|investigate|handles?|provides?|have|has|are|is|be|as|into|via|about|like|perform|need|create|and then|\w+ing) `)

// listHeadOf is the noun phrase that ends s: what a list that follows is about.
func listHeadOf(s string) string {
	s = s[len(beforeHead.FindString(s)):]
	if len(terms(s)) == 0 || len(strings.Fields(s)) > mostThing || onlyPronoun.MatchString(s) || conjunction.MatchString(s) {
		return ""
	}
	return s
}

// cutPhrase cuts s at end and keeps it if it has a sensible number of words.
func cutPhrase(s string, end *regexp.Regexp, least, most int) string {
	if at := end.FindStringIndex(s); at != nil {
		if s[at[0]] == ',' && len(strings.Fields(s[:at[0]])) < 3 {
			return "" // only the first of several
		}
		s = s[:at[0]]
	}
	s = strings.TrimRight(s, " .,;:")
	if strings.Count(s, `"`)%2 == 1 {
		return "" // cut within what it quotes
	}
	if n := len(strings.Fields(s)); n < least || n > most || onlyPronoun.MatchString(s) || dangles.MatchString(s) {
		return ""
	}
	return s
}

// dangles ends a phrase whose rest was cut off, or turns on who speaks.
var dangles = regexp.MustCompile(`(?i)^(?:be|not|also|just|simply|even|only|really|\W)|\b(?:the|an?|of|to|in|on|for|with|and|or|by|from|as|at|is|are|be)$|\b(?:I|my|me|you|your|this|that|it|them|these|those)\b`)

var listSplit = regexp.MustCompile(`,\s*(?:and |or )?| and | or |/`)

// entries are the examples that a list gives, as a sentence would.
func entries(s string) string {
	if at := regexp.MustCompile(`[;:(\[{]| (?:which|that|so that|in order)\b`).FindStringIndex(s); at != nil {
		s = s[:at[0]]
	}
	var out []string
	for _, e := range listSplit.Split(s, -1) {
		if e = strings.Trim(e, " .,;"); e == "" || strings.EqualFold(e, "etc") {
			continue
		}
		if n := len(strings.Fields(e)); n > mostThing || dangles.MatchString(e) {
			return ""
		}
		out = append(out, e)
	}
	if len(out) < 2 || len(out) > 6 { // one example only illustrates
		return ""
	}
	return enumerate(out[:min(len(out), mostEntries)])
}

// fill puts the caught words into a text of the probe; empty if one is missing.
func (p probed) fill(text string) string {
	for name, value := range p.parts {
		if strings.Contains(text, name) && value == "" {
			return ""
		}
		text = strings.ReplaceAll(text, name, value)
	}
	return text
}

// questions are the wordings whose words were all found.
func (p probed) questions() (asks []string) {
	for _, a := range p.asks {
		if filled := p.fill(a); filled != "" {
			asks = append(asks, filled)
		}
	}
	return asks
}

func (p probed) candidate() candidate {
	return candidate{
		score: p.score, rule: "probe: " + p.name, key: p.key, quote: p.ev.Quote,
		lead: p.key + ": " + p.ev.String() + stop(p.ev), asks: p.questions(), form: p.name,
	}
}
