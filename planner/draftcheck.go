package planner

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Lengths of drafted texts, in bytes.
const (
	shortestPoint, longestPoint     = 40, 420
	shortestAsk, longestAsk         = 15, 240
	shortestClosing, longestClosing = 60, 700

	mostOfOneTicket = 2 // questions, where there are three tickets or more
	copiedRun       = 6 // words in a row that need quotation marks
)

// A draftCheck holds what only models have to be told: where the built-in draft
// is made of the tickets, a model may write anything.
type draftCheck struct {
	m     material
	plan  Plan
	keys  []string // that a draft may be about
	named map[string]bool
	found []Violation
}

// A passage is one drafted text with the tickets that it is about.
type passage struct {
	where    string
	text     string
	keys     []string
	min, max int
}

func checkDraft(p Plan, m material, d Drafted) []Violation {
	c := &draftCheck{m: m, plan: p, keys: draftKeys(p), named: knownKeys(p)}
	for n, k := range d.KeyPoints {
		c.keyPoint(fmt.Sprintf("key point %d", n+1), k)
	}
	for n, q := range d.Questions {
		c.question(fmt.Sprintf("question %d", n+1), q)
	}
	c.passage(passage{"closing", d.Closing, c.keys, shortestClosing, longestClosing})
	c.spread(d)
	c.language(d)
	return c.found
}

func (c *draftCheck) want(ok bool, rule, format string, args ...any) {
	if !ok {
		c.found = append(c.found, Violation{rule, fmt.Sprintf(format, args...)})
	}
}

func (c *draftCheck) keyPoint(where string, k KeyPoint) {
	c.want(slices.Contains(c.plan.Guide.Points(), k.Guide), "key points", "%s: %q is none of the guide's lines", where, k.Guide)
	for _, key := range k.Keys {
		c.want(slices.Contains(c.keys, key), "keys", "%s is about %q, which is no ticket of the session", where, key)
		c.want(slices.Contains(IssueKeys(k.Text), key), "keys", "%s does not name %s in its text", where, key)
	}
	for _, key := range IssueKeys(withoutQuotes(k.Text)) {
		c.want(slices.Contains(k.Keys, key) || !slices.Contains(c.keys, key), "keys", "%s names %s and does not list it among its keys", where, key)
	}
	c.want(len(quotesIn(k.Text)) > 0, "quotes", "%s quotes none of its tickets", where)
	c.passage(passage{where, k.Text, k.Keys, shortestPoint, longestPoint})
}

func (c *draftCheck) question(where string, q DraftedQuestion) {
	x, known := c.m.ticket(q.Key)
	c.want(known && slices.Contains(c.keys, q.Key), "keys", "%s is about %q, which is no ticket of the session", where, q.Key)
	c.want(fitForQuoting(q.Quote) && x.shows(q.Quote), "quotes", "%s quotes “%s”, which does not stand in %s as it was shown", where, q.Quote, q.Key)
	c.want(len(q.Quote) <= maxQuote, "quotes", "%s has a quote of more than %d characters", where, maxQuote)
	c.want(opens.MatchString(withoutQuotes(q.Ask)), "questions", "%s can be answered with yes or no; ask who, what, which, when, where, why or how", where)
	worn := wornQuestion.FindString(q.Ask)
	c.want(worn == "", "questions", "%s fits any topic: %q", where, worn)
	c.want(sharesTerm(withoutQuotes(q.Ask), x.text), "questions", "%s has no word of %s outside of the quote, so it fits any topic", where, q.Key)
	c.passage(passage{where, q.Ask, append(IssueKeys(withoutQuotes(q.Ask)), q.Key), shortestAsk, longestAsk})
}

// fitForQuoting reports whether a quote can stand between the plan's quotation
// marks and says something.
func fitForQuoting(q string) bool {
	return strings.TrimSpace(q) == q && fold(q) != "" && !strings.ContainsAny(q, "“”") && !strings.Contains(q, gapShown)
}

var (
	opens        = regexp.MustCompile(`(?i)\b(?:who|whose|whom|what|which|when|where|why|how)\b`)
	wornQuestion = regexp.MustCompile(`(?i)\b(?:what (?:are|is) the (?:main |key |biggest |potential |possible |business )*(?:risks?|challenges?|benefits?|goals?|purpose|scope|value|requirements?|dependencies|next steps?|stakeholders?)|what problem (?:does|do|are|is) (?:this|it|we)\b|how (?:does|do) (?:this|it|these) (?:align|fit|support)|what does success look like|what are we trying to (?:achieve|solve)|why is (?:this|it) important|who are the (?:main |key )*stakeholders|what (?:else|other) should we (?:consider|know))\b`)
	// aboutBuilding is talk of the solution beyond what [aboutSolution] knows.
	aboutBuilding = regexp.MustCompile(`(?i)\b(?:(?:should|could|can|shall|do|would|will|must) (?:we|the team|you|developers?|engineering) (?:use|build|implement|add|create|choose|refactor|migrate|develop|introduce|rewrite|replace|deploy|test|code|design|switch|fix)|(?:what|which|whose) (?:approach|solution|architecture|database|algorithm|design|implementation|component|endpoint|API|stack|technique|pattern|service)\b|how (?:do|should|would|could|can|will|might|is|are) [^?]{0,40}\b(?:implement\w*|coded?|architect\w*|deployed|refactor\w*)|effort|workload|person[- ]days?|sprints? (?:will|would|does|do)|how (?:big|large|complex) is (?:this|the) (?:story|ticket|work|change))\b`)
	// aboutItself is a model that speaks of its task, or refuses it.
	aboutItself = regexp.MustCompile(`(?i)\b(?:system prompt|language model|as an AI|AI assistant|chat ?bot|my instructions|(?:previous|prior|above|earlier) instructions?|I (?:cannot|can't|am unable|will not|won't|apologi[sz]e)|I'm (?:sorry|unable)|as (?:requested|instructed))\b`)
)

// sharesTerm reports whether a question has a word of the ticket in it, of those
// that not every ticket has.
func sharesTerm(ask, text string) bool {
	of := map[string]bool{}
	for _, w := range wordsOf(text) {
		of[stem(w)] = true
	}
	return slices.ContainsFunc(wordsOf(ask), func(w string) bool {
		return len(w) > 2 && of[stem(w)] && !stopWords[w] && !askingWords[w]
	})
}

// askingWords are those that questions are made of.
var askingWords = wordSet(`who whose whom what which when where why how they them their him her his she you your about more most
does did done doing had having were was been being today now still ever never first last next before after between without
know knows knew known say says said tell tells told ask asks asked happen happens happened mean means thing things one two
anybody somebody nobody everybody someone people team session ticket tickets item items story question work works`)

// passage holds one text against the tickets that it is about.
func (c *draftCheck) passage(t passage) {
	own := withoutQuotes(t.text)
	c.want(len(t.text) >= t.min && len(t.text) <= t.max, "length", "%s has %d characters, not %d to %d", t.where, len(t.text), t.min, t.max)
	c.characters(t.where, own, t.text)
	c.quotes(t)
	c.mentioned(t)
	for _, talk := range []*regexp.Regexp{aboutSolution, aboutBuilding} {
		said := talk.FindString(own)
		c.want(said == "", "questions", "%s is about the solution or the estimate: %q", t.where, said)
	}
	said := aboutItself.FindString(own)
	c.want(said == "", "instructions", "%s speaks of the request and not of the tickets: %q", t.where, said)
	ground := c.ground(t)
	for _, token := range numberTokens(withoutKeys(own)) {
		c.want(ground.number(token), "numbers", "%s says %q, which stands neither in %s nor in the session's facts", t.where, token, enumerate(t.keys))
	}
	for _, name := range names(withoutKeys(endings(t.text))) {
		c.want(ground.word(name), "names", "%s says %q, which does not stand in %s", t.where, name, enumerate(t.keys))
	}
	c.copied(t.where, own)
}

func withoutQuotes(s string) string { return ourQuote.ReplaceAllString(s, "“”") }

func withoutKeys(s string) string {
	for _, key := range IssueKeys(s) {
		s = strings.ReplaceAll(s, key, "key")
	}
	return s
}

// plainMarks are the characters other than letters, digits and spaces that a
// sentence needs.
const plainMarks = ".,;:?!'’()-–—…/%&“”+$€£"

var (
	linkish     = regexp.MustCompile(`(?i)(?::/|//|\bwww\.|\b[\w-]+\.[a-z]{2,}[/?:#]\S|\bmailto:)`)
	dotted      = regexp.MustCompile(`[\p{L}\d_-]*\p{L}\.\p{L}[\p{L}\d_.-]*`)
	otherQuotes = regexp.MustCompile(`(?:^|[\s(])['’]\S[^'’]*['’](?:$|[\s.,;:?!)])`)
)

// characters wants plain text: what could be markup, a mention, a link, or look
// like other letters than it is, has no place outside of quotes.
func (c *draftCheck) characters(where, own, all string) {
	odd := strings.IndexFunc(own, func(r rune) bool { return !plainRune(r) })
	if odd >= 0 {
		c.want(false, "characters", "%s has the character %+q outside of quotes", where, []rune(own[odd:])[0])
	}
	c.want(!linkish.MatchString(all), "links", "%s holds a link", where)
	for _, word := range dotted.FindAllString(own, -1) {
		c.want(word == "e.g" || word == "i.e", "links", "%s writes %q outside of quotes", where, word)
	}
	c.want(!strings.ContainsAny(ourQuote.ReplaceAllString(all, ""), `“”"`) && !otherQuotes.MatchString(own), "quotes", "%s has quotation marks other than a pair of “ and ”", where)
}

func plainRune(r rune) bool {
	letter := unicode.Is(unicode.Latin, r) && (r <= 0x24F || r >= 0x1E00 && r <= 0x1EFF)
	return letter || r >= '0' && r <= '9' || r == ' ' || strings.ContainsRune(plainMarks, r)
}

// quotes wants each quotation to stand in a ticket that the passage is about.
func (c *draftCheck) quotes(t passage) {
	for _, q := range quotesIn(t.text) {
		stands := slices.ContainsFunc(t.keys, func(key string) bool {
			x, _ := c.m.ticket(key)
			return x.shows(q)
		})
		c.want(stands && fitForQuoting(q), "quotes", "%s quotes “%s”, which does not stand in %s as it was shown", t.where, q, enumerate(t.keys))
	}
}

// shows reports whether the model has been shown the words in this order.
func (x excerpt) shows(quote string) bool { return quote != "" && strings.Contains(x.text, quote) }

// mentioned wants every key in a text to be one that the session knows.
func (c *draftCheck) mentioned(t passage) {
	for _, key := range IssueKeys(withoutQuotes(t.text)) {
		c.want(c.named[key], "keys", "%s names %s, which nobody gave", t.where, key)
	}
}

// spread wants the draft to be about the session and not about one ticket, and
// each key point to come from another line.
func (c *draftCheck) spread(d Drafted) {
	asked, lines, quoted := map[string]int{}, map[string]bool{}, map[string]bool{}
	for n, q := range d.Questions {
		asked[q.Key]++
		c.want(len(c.keys) < 3 || asked[q.Key] != mostOfOneTicket+1, "questions", "more than %d are about %s", mostOfOneTicket, q.Key)
		c.want(!quoted[q.Quote], "questions", "question %d quotes what an earlier one quotes", n+1)
		quoted[q.Quote] = true
	}
	for n, k := range d.KeyPoints {
		c.want(!lines[k.Guide], "key points", "key point %d is about the same line as an earlier one", n+1)
		lines[k.Guide] = true
	}
}

// language wants English: the rest of the plan is.
func (c *draftCheck) language(d Drafted) {
	var own []string
	for _, k := range d.KeyPoints {
		own = append(own, withoutQuotes(k.Text))
	}
	for _, q := range d.Questions {
		own = append(own, withoutQuotes(q.Ask))
	}
	c.want(spoken.languageOf(strings.Join(append(own, withoutQuotes(d.Closing)), " ")) == spoken.usual, "language", "the text outside of quotes is not English")
}

// copied wants longer runs of a ticket's words to be quotes, and no run at all
// of what was meant for a model.
func (c *draftCheck) copied(where, own string) {
	words := wordsOf(own)
	for _, x := range c.m.tickets {
		run := sharedRun(words, x.text, copiedRun)
		c.want(run == "", "quotes", "%s takes %q from %s without quotation marks", where, run, x.key)
		for _, passage := range x.addressed {
			run := sharedRun(words, passage, 3)
			c.want(run == "", "instructions", "%s says %q, which a ticket tells a model to say", where, run)
		}
	}
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func joined(words []string) string { return " " + strings.Join(words, " ") + " " }

// sharedRun is the first run of n words that stands in text, empty if none does.
// A run of common words says nothing.
func sharedRun(words []string, text string, n int) string {
	in := joined(wordsOf(text))
	for at := 0; at+n <= len(words); at++ {
		if run := joined(words[at : at+n]); strings.Contains(in, run) && len(terms(run)) > 1 {
			return strings.TrimSpace(run)
		}
	}
	return ""
}
