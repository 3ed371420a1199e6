package planner

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// A reading is what the analysis knows of one issue.
type reading struct {
	issue    Issue
	sources  []*source
	blocks   []located
	words    int  // in the ticket's own text, title aside
	english  bool // the word rules apply
	hits     []hit
	pressed  Evidence  // why it cannot wait, without a quote if it does not say
	criteria []located // where the ticket says when it is done
	named    bool      // the ticket calls them so
	stated   bool      // they say what is then true, not only what goes wrong or is listed
	findings []finding
}

// located is a block and the text it comes from.
type located struct {
	block
	from *source
}

// A hit is a cue found in a sentence.
type hit struct {
	*cue
	key   string
	ev    Evidence
	since Evidence // of news: what they are about
	word  string
	score int
}

// read analyses one issue by itself.
func read(i Issue) *reading {
	r := &reading{issue: i}
	r.addSources()
	r.english = isEnglish(r.ownText())
	if r.english {
		r.findHits()
		r.pressed = r.pressure()
	}
	r.criteria = r.findCriteria()
	return r
}

func (r *reading) addSources() {
	i := r.issue
	r.add(newSource("summary", i.Summary))
	r.add(newSource("description", i.Description))
	r.add(newSource("acceptance criteria", i.AcceptanceCriteria))
	for _, c := range i.Comments {
		if usefulComment(c) {
			s := newSource("comment by "+cmp.Or(c.Author.Name, "somebody"), c.Body)
			s.comment = true
			r.add(s)
		}
	}
}

func (r *reading) add(s *source) {
	if strings.TrimSpace(s.raw) == "" {
		return
	}
	r.sources = append(r.sources, s)
	if s.where == "summary" {
		text := readable(strings.Join(strings.Fields(s.raw), " "))
		r.blocks = append(r.blocks, located{block{text: text}, s})
		return
	}
	for _, b := range blocks(s.raw) {
		r.blocks = append(r.blocks, located{b, s})
		if !s.comment && b.kind != heading {
			r.words += len(strings.Fields(b.text))
		}
	}
}

var (
	bot = regexp.MustCompile(`(?i)\b(?:bot|jenkins|hudson|bamboo|travis|ci)\b`)
	// A comment that reports progress tells how the ticket ended, which is no
	// evidence of what its problem is.
	outcome = regexp.MustCompile(`(?i)\b(?:PR|pull[- ]?request|pulls? (?:merged|pending)|merged|commit(?:ted)?|verified|verify|closing|closed|resolv(?:ed|ing)|fixed|re-?open\w*|backport\w*|pushed|landed|duplicate|checked in|code review|reviewed|test(?:ed)? (?:with|on|environment)|(?:FR|CR|QE) (?:passed|approved)|build \d|moving|moved|bump\w*|schedul\w+|sprint|rescheduled|assign\w*|ETA|any (?:update|progress|traction|news))\b|github\.com/\S+/(?:pull|commit)/`)
)

func usefulComment(c Comment) bool {
	return !bot.MatchString(c.Author.Name) && !outcome.MatchString(tooBig.ReplaceAllString(c.Body, "")) // "too much for one sprint" is no progress
}

// ownText is what the ticket's writer wrote: the title and the description.
func (r *reading) ownText() string {
	var b strings.Builder
	for _, l := range r.blocks {
		if !l.from.comment {
			b.WriteString(l.text + "\n")
		}
	}
	return b.String()
}

// findHits looks for cues sentence by sentence. A sentence is claimed by the
// first cue that knows it, so that one quote never stands for two doubts.
func (r *reading) findHits() {
	for _, l := range r.blocks {
		if l.kind == heading && !strings.HasSuffix(l.text, "?") || template(l.under) {
			continue
		}
		said := sentences(l.text)
		for n := range said {
			if h, ok := r.claim(said, n, l.from); ok {
				h.score -= min(n, 3) // what comes first in a ticket matters most
				r.hits = append(r.hits, h)
			}
		}
	}
	r.hearNews()
	slices.SortStableFunc(r.hits, func(a, b hit) int { return b.score - a.score })
}

// template reports headings under which tickets hold test steps rather than
// the problem.
var template = regexp.MustCompile(`(?i)^(?:steps?(?: to reproduce)?|test (?:case|steps?|code)|how to test|environment|QA|usage|example|version|logs?|output)\b`).MatchString

// claim finds the cue of the nth of a block's sentences.
func (r *reading) claim(said []string, n int, from *source) (hit, bool) {
	sentence := said[n]
	if strings.HasSuffix(sentence, "?") {
		return r.claimQuestion(said, n, from)
	}
	for n := range cues {
		c := &cues[n]
		if c.own && from.comment || c.unless != nil && c.unless.MatchString(sentence) {
			continue
		}
		if m := c.words.FindStringSubmatchIndex(sentence); m != nil {
			return r.newHit(c, sentence, matchedGroup(m), from)
		}
	}
	return hit{}, false
}

// matchedGroup is where the first group that took part in a match stands.
func matchedGroup(m []int) [2]int {
	for n := 2; n < len(m); n += 2 {
		if m[n] >= 0 {
			return [2]int{m[n], m[n+1]}
		}
	}
	return [2]int{m[0], m[1]}
}

// idle questions ask for attention or a date, not about the problem.
var idle = regexp.MustCompile(`(?i)^(?:so,? )?(?:when (?:can|will|is|are|do)|when (?:we|I) can)\b|\bversion of\b|^(?:@?\w+[,:]? )?(?:can|could|would|will|have|did|do|are) you\b|^(?:right|ok|okay|any|thoughts)\b|\bplease\b|\bthanks?\b|\byou\b`)

func (r *reading) claimQuestion(said []string, n int, from *source) (hit, bool) {
	sentence := said[n]
	if idle.MatchString(sentence) || len(strings.Fields(sentence)) < 5 || from.comment && from != r.sources[len(r.sources)-1] {
		return hit{}, false
	}
	text, ok := whole(said, n)
	if !ok || r.answered(said, n, from) {
		return hit{}, false
	}
	return r.newHit(&questionCue, text, [2]int{0, len(text)}, from)
}

// minQuoteWords is the least that a quote needs to make sense by itself.
const minQuoteWords = 3

func (r *reading) newHit(c *cue, sentence string, at [2]int, from *source) (hit, bool) {
	quote, before, after := clip(sentence, at)
	if len(strings.Fields(quote)) < minQuoteWords || !from.holds(quote) || len(quote) > maxQuote {
		return hit{}, false
	}
	word := strings.TrimSpace(sentence[at[0]:at[1]])
	h := hit{cue: c, key: r.issue.Key, word: word, score: 4 * c.weight}
	h.ev = Evidence{Where: from.where, Quote: quote, before: before, after: after}
	if from.comment {
		h.score -= 2
	}
	if len(strings.Fields(quote)) < 6 || dangling.MatchString(quote) {
		h.score -= 5 // shows too little of why it matters
	}
	return h, true
}

// dangling begins a clause whose subject is not in it.
var dangling = regexp.MustCompile(`^(?:which|that|but|and|or|so|it|they|this|these)\b`)

// fill puts the hit's own words into a text of its cue.
func (h hit) fill(text string) string {
	return strings.ReplaceAll(text, "{w}", "“"+h.word+"”")
}

// englishWords are the commonest words that English shares with few languages.
var englishWords = wordSet("the of and to is that for it with as be this are have from by not we which will should can when an there their been has would so if need needs our they but into its does")

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// isEnglish judges by common words; a text too short to tell counts as English
// unless it is mostly written in other letters.
func isEnglish(text string) bool {
	total, known, foreign := 0, 0, 0
	for w := range strings.FieldsSeq(strings.ToLower(text)) {
		w = strings.Trim(w, `.,;:!?()"'*_{}[]`)
		switch {
		case englishWords[w]:
			known++
		case strings.ContainsFunc(w, func(r rune) bool { return r > 0x24F && r != unquotable && r < 0x2000 || r > 0x2E00 && r != unquotable }):
			foreign++
		}
		total++
	}
	if total < 12 {
		return foreign*3 < max(total, 1)
	}
	return known*14 > total
}
