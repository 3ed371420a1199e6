package planner

import (
	"regexp"
	"slices"
	"strings"
)

// A reading is what the analysis knows of one issue.
type reading struct {
	issue    Issue
	sources  []*source
	blocks   []located
	progress []located // comments that report progress, which are no evidence of the problem
	own      string    // what the ticket's writer wrote: the title and the description
	words    int       // in the ticket's own text, title aside
	lex      *lexicon  // of the language it is written in, nil if that has none
	english  bool      // rules that know English grammar apply
	hits     []hit
	pressed  Evidence   // why it cannot wait, without a quote if it does not say
	criteria []located  // where the ticket says when it is done
	named    bool       // the ticket calls them so
	stated   bool       // they say what is then true, not only what goes wrong or is listed
	agreed   []sentence // what earlier sessions decided of it
	findings []finding
	broken   []finding // all of them, also those that the item's list has no room for
	beside   setProofs // what its story shows beside the others
	probed   []probed  // sentences that a question can be asked about in their own words

	story     Story   // the user story that it holds, if any
	storyFrom *source // the text that the story stands in
	umbrella  bool    // other items of the session carry its parts
	lone      bool    // it is a story by itself, as in a list of stories

	heard bool // a key point or a question quotes what its leading finding shows
}

// located is a block and the text it comes from.
type located struct {
	block
	from  *source
	said  []sentence
	aside bool // under a heading for test steps and the like
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
func read(i Issue) *reading { return spoken.read(i) }

func (l *languages) read(i Issue) *reading {
	r := &reading{issue: i}
	r.addOwn()
	r.lex = l.of(l.tallied(r.blocks))
	r.english = r.lex != nil && r.lex == l.usual
	l.listen(r.blocks, r.lex)
	r.addComments(l)
	r.addAgreed()
	r.findStory()
	r.findHits()
	r.pressed = r.pressure()
	r.criteria = r.findCriteria()
	return r
}

func (r *reading) addOwn() {
	for _, s := range []*source{
		newSource("summary", r.issue.Summary), newSource("description", r.issue.Description),
		newSource("acceptance criteria", r.issue.AcceptanceCriteria),
	} {
		r.add(s, locate(s))
	}
	var own strings.Builder
	for _, l := range r.blocks {
		own.WriteString(l.text + "\n")
		if l.kind != heading && l.from.where != "summary" {
			r.words += len(strings.Fields(strings.ReplaceAll(l.text, string(unquotable), " ")))
		}
	}
	r.own = own.String()
}

func (r *reading) addComments(l *languages) {
	for n, c := range r.issue.Comments {
		s := commentSource(c, n)
		switch read := l.listen(locate(s), r.lex); {
		case useful(c, read):
			r.add(s, read)
		case !byProgram(c):
			r.progress = append(r.progress, read...)
		}
	}
}

func (r *reading) addAgreed() {
	for _, a := range r.issue.Agreed {
		for _, d := range a.Decisions {
			for _, text := range sentences(readable(d)) {
				r.agreed = append(r.agreed, sentence{text: text, words: wordsIn(text)})
			}
		}
	}
}

func (r *reading) add(s *source, read []located) {
	if strings.TrimSpace(s.raw) != "" {
		r.sources = append(r.sources, s)
		r.blocks = append(r.blocks, read...)
	}
}

// locate reads a source's blocks, sentence by sentence.
func locate(s *source) (out []located) {
	read := []block{{text: readable(s.raw)}}
	if s.where != "summary" {
		read = blocks(s.raw)
	}
	under, aside := "", false
	for _, b := range read {
		if b.under != under {
			under, aside = b.under, template(b.under)
		}
		l := located{block: b, from: s, aside: aside}
		for _, text := range sentences(b.text) {
			l.said = append(l.said, sentence{text: text, words: wordsIn(text)})
		}
		out = append(out, l)
	}
	setScriptsAside(out)
	return out
}

// listen finds what the blocks' sentences say, in a block's own language where
// that is another one than the ticket's. It returns the blocks.
func (l *languages) listen(blocks []located, main *lexicon) []located {
	for _, b := range blocks {
		if lex := l.within(main, b.said); lex != nil {
			for n := range b.said {
				b.said[n].marks = lex.marks(b.said[n].words)
			}
		}
	}
	return blocks
}

// ownText is what the ticket's writer wrote.
func (r *reading) ownText() string { return r.own }

// findHits looks for cues sentence by sentence. A sentence is claimed by the
// first cue that knows it, so that one quote never stands for two doubts.
func (r *reading) findHits() {
	for _, l := range r.blocks {
		if l.kind == heading && !strings.HasSuffix(l.text, "?") {
			continue
		}
		for n := range l.said {
			h, ok := r.discretion(l, n)
			if !ok && !l.aside {
				h, ok = r.claim(l.said, n, l.from)
			}
			if ok {
				h.score -= min(n, 3) // what comes first in a ticket matters most
				r.hits = append(r.hits, h)
			}
		}
	}
	r.hearNews()
	slices.SortStableFunc(r.hits, func(a, b hit) int { return b.score - a.score })
}

// template reports headings under which tickets hold test steps rather than
// the problem, in any language.
func template(heading string) bool {
	words := wordsIn(heading)
	return slices.ContainsFunc(spoken.all, func(x *lexicon) bool { return x.beginsWith(words, saysTemplate) })
}

// claim finds the cue of the nth of a block's sentences.
func (r *reading) claim(said []sentence, n int, from *source) (hit, bool) {
	s := said[n]
	if s.asks() && !s.is(saysNeedless) {
		return r.claimQuestion(said, n, from)
	}
	for n := range cues {
		c := &cues[n]
		if c.own && from.comment {
			continue
		}
		if c.rule == ruleOpenList && (ideasListed.MatchString(s.text) || examplesOnly.MatchString(s.text)) {
			continue // ideas and examples are no list that anybody has to close
		}
		if c.sense == saysOptional && s.is(saysExtra) {
			continue // it is said that it need not be
		}
		at, ok := s.says(c.sense)
		if ok && (c.sense == saysDepends && r.reversed(s.text, at) || c.sense == saysOpenList && goesOn.MatchString(s.text[at[1]:])) {
			continue
		}
		if ok {
			return r.newHit(c, s.text, at, from)
		}
	}
	return hit{}, false
}

// goesOn follows an "etc" that only stands within a phrase: "etc info".
var goesOn = regexp.MustCompile(`^\.? (?:info|information|data|details|stuff|things|files|values|options|types|names|settings)\b`)

// reversed reports whether it is something else that depends on what the ticket
// is about: "a plugin that depends on the clean hook", in a ticket on clean.
func (r *reading) reversed(s string, at [2]int) bool {
	before := strings.Fields(s[:at[0]])
	if len(before) == 0 || !relative[strings.ToLower(before[len(before)-1])] {
		return false
	}
	return common(termSet(s[at[1]:]), termSet(r.issue.Summary)) > 0
}

var relative = wordSet("that which who")

// ideasListed begins a list of ideas, from which somebody is still to choose.
var ideasListed = regexp.MustCompile(`(?i)\b(?:ideas?|options?|suggestions?|possibilities|alternatives?) (?:might|may|could|can|would) (?:be|include)\b`)

// examplesOnly begins a sentence that only shows what is meant. The dots are why
// it stands here and not in a lexicon.
var examplesOnly = regexp.MustCompile(`(?i)^\W*(?:e\.\s?g\.|z\.\s?b\.|p\.\s?ex\.)`)

func (r *reading) claimQuestion(said []sentence, n int, from *source) (hit, bool) {
	s := said[n]
	if s.is(saysIdle) || len(strings.Fields(s.text)) < 5 || from.comment && !r.lastSpeaker(from) {
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

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}
