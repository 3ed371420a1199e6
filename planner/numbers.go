package planner

import (
	"fmt"
	"slices"
	"strings"
)

// A quantity is "five attempts", as it stands in a text.
type quantity struct {
	number, unit string
	text         string
	at           [2]int // where the text stands
}

func counts(s string) []quantity { return countsOf(s, wordsIn(s)) }

func countsOf(s string, words []word) (out []quantity) {
	for n := 1; n < len(words); n++ {
		number, ok := words[n-1].count()
		unit := words[n]
		if !ok || unit.apart || unit.at[0] == words[n-1].at[1] || !unit.countable() || n > 1 && versioned(words[n-2], words[n-1]) {
			continue
		}
		if start := words[n-1].at[0]; start > 0 && !strings.ContainsAny(s[start-1:start], " \t\n(") {
			continue
		}
		name, _, _ := strings.Cut(unit.text, "'")
		at := [2]int{words[n-1].at[0], unit.at[0] + len(name)}
		out = append(out, quantity{number: number, unit: stem(name), text: s[at[0]:at[1]], at: at})
	}
	return out
}

// mostDigits is how long a number is at most that counts something.
const mostDigits = 5

// count is the whole number, in figures, that a word stands for.
func (w word) count() (string, bool) {
	if n, ok := spelled[w.text]; ok {
		return n, true
	}
	digits := strings.Trim(w.text, "0123456789") == ""
	return w.text, digits && len(w.text) <= mostDigits
}

// countable reports whether a word may name what is counted.
func (w word) countable() bool {
	return len(w.text) >= 3 && !w.code && !w.number() && w.text[0] != '?' && !stopWords[w.text]
}

// versioned reports whether a number belongs to the name before it: "Windows
// 10".
func versioned(before, number word) bool {
	if number.apart {
		return false
	}
	return startsUpper(before.written) && !strings.Contains(before.text, "'") || before.code || before.text == "version" || before.text == "v"
}

// numbers are what the ticket counts in two ways: the same things in different
// numbers cannot both be meant.
func (r *reading) numbers() []finding {
	return slices.Concat(r.titleNumbers(), r.commentNumbers())
}

// titleNumbers compares what the title counts with what the description counts.
func (r *reading) titleNumbers() (out []finding) {
	title, body := r.source("summary"), r.source("description")
	if title == nil || body == nil {
		return nil
	}
	var inBody []quantity
	for _, l := range r.blocks {
		if l.from == body {
			for _, s := range l.said {
				inBody = append(inBody, countsOf(s.text, s.words)...)
			}
		}
	}
	for _, t := range counts(title.raw) {
		if other, ok := differs(t, inBody); ok && title.holds(t.text) && body.holds(other.text) {
			out = append(out, contradiction(r.issue.Key, Evidence{Where: "summary", Quote: t.text}, Evidence{Where: "description", Quote: other.text}))
		}
	}
	return out
}

// differs finds a different number of the same things, unless the same number
// is there, too.
func differs(c quantity, others []quantity) (other quantity, ok bool) {
	for _, o := range others {
		if o.unit != c.unit {
			continue
		}
		if o.number == c.number {
			return quantity{}, false
		}
		other, ok = o, true
	}
	return other, ok
}

// A claim is a sentence with a quantity in it, which may be about the same
// thing as another one's.
type claim struct {
	quantity
	sentence string
	from     *source
}

// claims are the quantities that the ticket's sentences state. A question
// states nothing.
func (r *reading) claims() (own, said []claim) {
	for _, l := range r.blocks {
		for _, s := range l.said {
			if s.asks() || l.aside {
				continue
			}
			for _, q := range countsOf(s.text, s.words) {
				if c := (claim{q, s.text, l.from}); l.from.comment {
					said = append(said, c)
				} else {
					own = append(own, c)
				}
			}
		}
	}
	return own, said
}

// commentNumbers compares what the ticket counts with what its comments count.
// A unit for which the ticket itself has several numbers is left alone: which
// of them a comment is about cannot be told.
func (r *reading) commentNumbers() (out []finding) {
	own, said := r.claims()
	seen := map[string]bool{}
	for _, o := range own {
		if seen[o.unit] || slices.ContainsFunc(own, func(c claim) bool { return c.unit == o.unit && c.number != o.number }) {
			continue
		}
		c, ok := contradicted(o, said)
		if !ok {
			continue
		}
		a, fits := o.evidence()
		b, too := c.evidence()
		if fits && too {
			seen[o.unit] = true
			out = append(out, commentContradiction(r.issue.Key, a, b))
		}
	}
	return out
}

// contradicted finds the newest comment that counts the same thing otherwise,
// unless a comment at least as new takes the ticket's number.
func contradicted(own claim, said []claim) (claim, bool) {
	for _, c := range slices.Backward(said) {
		switch {
		case c.unit != own.unit:
		case c.number == own.number:
			return claim{}, false
		case sameThing(own, c) && !slices.ContainsFunc(counts(c.sentence), func(q quantity) bool { return q.unit == own.unit && q.number == own.number }):
			return c, true
		}
	}
	return claim{}, false
}

// leastShared is how many words two sentences share, number and unit aside,
// before they are about the same thing.
const leastShared = 2

func sameThing(a, b claim) bool {
	in, shared := termSet(b.sentence), 0
	for t := range termSet(a.sentence) {
		if in[t] && t != a.unit && spelled[t] == "" && (t[0] < '0' || t[0] > '9') {
			shared++
		}
	}
	return shared >= leastShared
}

func (c claim) evidence() (Evidence, bool) {
	q, before, after := clip(c.sentence, c.at)
	ok := c.from.holds(q) && strings.Contains(q, c.text) && len(q) <= maxQuote
	return Evidence{Where: c.from.where, Quote: q, before: before, after: after}, ok
}

func contradiction(key string, a, b Evidence) finding {
	f := disagreement(a, b)
	f.lead = fmt.Sprintf("%s says %s in its %s and %s in its %s.", key, a, a.Where, b, b.Where)
	f.asks = []string{"Who has relied on which of the two?", "Whose need is behind each?"}
	return f
}

// commentContradiction quotes whole clauses: a comment does not say by its
// place what it is about.
func commentContradiction(key string, a, b Evidence) finding {
	f := disagreement(a, b)
	f.lead = fmt.Sprintf("%s says %s in its %s, and a %s says %s%s", key, a, a.Where, b.Where, b, stop(b))
	f.asks = []string{
		"Who can say which of them holds, and who has been told the other?",
		"Who acts on which of them today, and what would the other one change for them?",
		"Where does each of them come from, and whom would it hurt if the wrong one stayed?",
	}
	return f
}

func disagreement(a, b Evidence) finding {
	return finding{
		Finding: Finding{Rule: ruleContradiction, INVEST: "T", Blocks: true, Evidence: []Evidence{a, b},
			Message: fmt.Sprintf("the %s and the %s do not agree", a.Where, b.Where)},
		weight: 12, find: "which of the two holds, and who has relied on the other", gets: "one number", snag: "two numbers for one thing",
	}
}
