package planner

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
)

// How many key points and discussion questions a session has.
const (
	leastPoints = 3
	mostPoints  = 5
)

// A candidate is a question that could be asked, before it is chosen.
type candidate struct {
	score int
	rule  string
	key   string
	quote string
	lacks string
	again bool     // may quote what another question quotes
	lead  string   // the key and the quote
	asks  []string // what follows, in variants; an unused one is taken
	form  string   // what the wordings have in common whatever they are about; empty: each is one of its own
}

// questions chooses the three to five that would change most if answered,
// spread over items and kinds of doubt.
func (b *builder) questions() []Question {
	pool := b.candidates(b.concerned())
	for _, c := range b.across {
		pool = append(pool, candidate{score: c.weight, rule: "across: " + c.kind, key: c.key, quote: c.quote, lacks: c.lacks, asks: []string{c.ask}})
	}
	want := min(max(len(b.taken), leastPoints), mostPoints)
	perItem, perRule := map[string]int{}, map[string]int{}
	var out []Question
	for len(out) < want {
		best := b.best(pool, func(c candidate) int { return c.score - 14*perItem[c.key] - 9*perRule[c.rule] })
		if best < 0 {
			break
		}
		c := pool[best]
		pool = slices.Delete(pool, best, best+1)
		perItem[c.key]++
		perRule[c.rule]++
		out = append(out, b.ask(c))
	}
	return out
}

// best is the index of the candidate worth most that repeats neither a quote
// nor a wording.
func (b *builder) best(pool []candidate, worth func(candidate) int) int {
	best := -1
	for n, c := range pool {
		if b.silenced[c.quote] && c.quote != "" && !c.again || b.free(c) == "" {
			continue
		}
		if best < 0 || worth(c) > worth(pool[best]) {
			best = n
		}
	}
	return best
}

// free is the first wording of the candidate that is not in use. Where to begin
// depends on the ticket, so that topics do not all get the first.
func (b *builder) free(c candidate) string {
	if len(c.asks) == 0 {
		return ""
	}
	h := fnv.New32a()
	h.Write([]byte(c.key + c.quote))
	first := int(h.Sum32() % uint32(len(c.asks)))
	for n := range c.asks {
		at := (first + n) % len(c.asks)
		if !b.asked[c.wording(at)] && !b.asked[bare(c.text(at))] && !aboutSolution.MatchString(c.asks[at]) {
			return c.asks[at]
		}
	}
	return ""
}

// text is the whole question in its nth wording.
func (c candidate) text(n int) string { return strings.TrimSpace(c.lead + " " + c.asks[n]) }

// wording identifies the nth wording of a candidate, whatever it is about.
func (c candidate) wording(n int) string {
	if c.form != "" {
		return fmt.Sprintf("%s/%d", c.form, n)
	}
	return bare(c.asks[n])
}

func (b *builder) ask(c candidate) Question {
	n := slices.Index(c.asks, b.free(c))
	text := c.text(n)
	b.asked[c.wording(n)], b.asked[bare(text)] = true, true
	b.silenced[c.quote] = true
	return Question{Text: text, Key: c.key, Quote: c.quote, Lacks: c.lacks}
}

// bare is a text without quotes and keys: what is left is its wording.
func bare(text string) string {
	text = ourQuote.ReplaceAllString(text, "“”")
	for _, key := range IssueKeys(text) {
		text = strings.ReplaceAll(text, key, "KEY")
	}
	return text
}

func (b *builder) candidates(items []*reading) (pool []candidate) {
	for _, r := range items {
		pool = append(pool, r.sentenceCandidates()...)
		if r == b.epic {
			continue // what it lacks is asked of its items
		}
		for _, f := range r.findings {
			if f.hit == nil && len(f.asks) > 0 {
				pool = append(pool, f.candidate(r))
			}
		}
		pool = append(pool, r.results()...)
		pool = append(pool, r.titleCandidate()...)
		pool = append(pool, r.facets()...)
	}
	slices.SortStableFunc(pool, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return pool
}

// sentenceCandidates ask about the ticket's sentences. Where a probe can ask in
// a sentence's own words, the cue found in it only says what the answer is
// worth.
func (r *reading) sentenceCandidates() (pool []candidate) {
	probed := map[string]bool{}
	for _, p := range r.probed {
		c := p.candidate()
		for _, h := range r.hits {
			if h.cue != &questionCue && !h.alone && (strings.Contains(h.ev.Quote, c.quote) || strings.Contains(c.quote, h.ev.Quote)) {
				c.score = max(c.score, h.score+2)
				probed[h.ev.Quote] = true
			}
		}
		pool = append(pool, c)
	}
	asked := map[*cue]bool{}
	for _, h := range r.hits { // strongest first
		if !probed[h.ev.Quote] && !asked[h.cue] {
			pool = append(pool, h.candidate())
			asked[h.cue] = h.alone
		}
	}
	return pool
}

// titleCandidate asks about the thing that the ticket's title names, by what the
// ticket says of itself where it says something.
func (r *reading) titleCandidate() []candidate {
	asks, _, _, form := r.aboutThing()
	if len(asks) == 0 {
		return nil
	}
	c := candidate{
		score: 13, rule: "title", key: r.issue.Key, quote: r.subject(), lacks: "whose problem it is", again: true,
		lead: r.issue.Key + ", “" + r.subject() + "”.", asks: asks, form: form,
	}
	main := r.mainEvidence()
	if main.Where == "summary" {
		return []candidate{c}
	}
	own := c
	own.score, own.quote, own.again = c.score+1, main.Quote, false
	own.lead = r.issue.Key + ": " + main.String() + stop(main)
	return []candidate{own, c}
}

// candidate asks about the wording that the hit is a cue of.
func (h hit) candidate() candidate {
	c := candidate{score: h.score, rule: h.rule, key: h.key, quote: h.ev.Quote}
	for _, ask := range h.asks {
		c.asks = append(c.asks, h.fill(ask))
	}
	verb := ": "
	if h.cue == &questionCue {
		verb = " asks "
	}
	if strings.HasPrefix(h.ev.Where, "comment") {
		verb = ", " + h.ev.Where + ": "
	}
	c.lead = h.key + verb + h.ev.String() + stop(h.ev)
	return c
}

// stop ends the sentence that a quote stands in, unless the quote does.
func stop(e Evidence) string {
	if strings.HasSuffix(e.Quote, "?") || strings.HasSuffix(e.Quote, "!") || e.after {
		return ""
	}
	return "."
}

// contradictionScore puts two sentences that do not fit before all other doubts
// of single tickets.
const contradictionScore = 46

// outcomeScore puts what comes out of a ticket before the doubts of its sentences.
const outcomeScore = 43

// candidate asks about what the ticket lacks, by the words it does have.
func (f finding) candidate(r *reading) candidate {
	c := candidate{score: 3 * f.weight, rule: f.Rule, key: r.issue.Key, lacks: f.Message, lead: f.lead, asks: f.asks}
	if asks, _, _, form := r.aboutThing(); len(asks) > 0 && !f.alone && f.Rule != ruleContradiction && f.Rule != ruleAtomic && f.Rule != ruleSize {
		c.asks, c.form = asks, form // in the ticket's own words
	}
	switch {
	case f.Rule == ruleContradiction:
		c.score = contradictionScore
	case f.alone:
		c.score = outcomeScore
	}
	if quotes := quotesIn(f.lead); len(quotes) > 0 {
		c.quote = quotes[0]
	}
	return c
}

// results asks about what a ticket says is its result: the last doubt about a
// ticket that is clear.
func (r *reading) results() (pool []candidate) {
	for _, l := range r.criteria {
		ev, ok := l.from.quote(l.text)
		if !ok || strings.HasSuffix(l.text, ":") {
			continue
		}
		pool = append(pool, candidate{
			score: 12, rule: "result", key: r.issue.Key, quote: ev.Quote, lead: r.issue.Key + ": " + ev.String() + stop(ev),
			asks: []string{
				"Which case would pass this and still disappoint somebody?",
				"Who asked for exactly this, and what had they seen before?",
				"Whom does it serve, and who would have written it differently?",
				"Which case did whoever wrote it have in mind, and which one not?",
				"Who will be the first to try that, and on which day of their work?",
			},
		})
		if len(pool) == 3 {
			break
		}
	}
	return pool
}

// facets are the sides of a problem that can be asked of any ticket. They come
// last, where nothing in its words asks for more.
func (r *reading) facets() (pool []candidate) {
	for _, f := range []struct {
		lacks string
		asks  []string
	}{
		{"who is affected", []string{
			"Who meets this in their work, and how often?",
			"Whose name comes up when this goes wrong, and who hears of it last?",
			"Who would have brought this up if the reporter had not?",
		}},
		{"what happens today", []string{
			"What do people do today instead, and what does it cost them?",
			"What was the last time like when it was needed?",
			"Since when is it like this, and what did people get used to?",
		}},
		{"what has to stay", []string{
			"Who is content today, and what must stay as it is for them?",
			"Whom could it hurt, and have they been asked?",
			"What would make people sorry that it was done?",
		}},
	} {
		pool = append(pool, candidate{
			score: 5, rule: "facet: " + f.lacks, key: r.issue.Key, quote: r.subject(), lacks: f.lacks, again: true,
			lead: r.issue.Key + ", “" + r.subject() + "”.", asks: f.asks,
		})
	}
	return pool
}

// underKey is a question as it stands beneath the heading of its own item, which
// it need not name again.
func underKey(text, key string) string {
	for _, lead := range []string{": ", ", "} { // "KEY: quote", "KEY, comment by Dana: quote"
		if rest, ok := strings.CutPrefix(text, key+lead); ok {
			return upperFirst(rest)
		}
	}
	if rest, ok := strings.CutPrefix(text, key+" "); ok {
		return "It " + rest
	}
	return text
}

// itemQuestions are one to three more about one item.
func (b *builder) itemQuestions(r *reading) (out []string) {
	pool := b.candidates([]*reading{r})
	rules := map[string]int{}
	for len(out) < 3 {
		best := b.best(pool, func(c candidate) int { return c.score - 12*rules[c.rule] })
		if best < 0 || len(out) > 0 && pool[best].again {
			break
		}
		rules[pool[best].rule]++
		out = append(out, underKey(b.ask(pool[best]).Text, r.issue.Key))
	}
	return out
}
