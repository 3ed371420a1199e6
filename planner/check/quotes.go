package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"refine/planner/draft"
	"refine/planner/text"
)

// quotes wants what a line quotes to stand in a ticket that it cites, on word
// boundaries, without the "not" before it or the bracket that answers it cut off.
func (k *knowledge) quotes(l draft.Line, _ part) string {
	for _, q := range draft.Quotes(l.Text) {
		if reason := k.quote(l, q); reason != "" {
			return reason
		}
	}
	return ""
}

func (k *knowledge) quote(l draft.Line, q string) string {
	switch {
	case strings.TrimSpace(q) == "":
		return "a quotation is empty"
	case k.Guide.Has(q), k.previous(q):
		return ""
	}
	cited, said := k.cited(l), k.newQuote(q)
	worst := fmt.Sprintf("“%s” does not stand in %s", q, strings.Join(cited, ", "))
	for _, key := range cited {
		for _, p := range k.passages(key) {
			switch reason, found := p.holds(said); {
			case found && reason == "":
				return ""
			case found:
				worst = fmt.Sprintf("“%s” %s in %s", q, reason, key)
			}
		}
	}
	return worst
}

// cited are the tickets in which a line's quotes may stand: those that it names
// and the epic.
func (k *knowledge) cited(l draft.Line) []string {
	keys := slices.Clone(l.Keys)
	if e := k.Brief.Epic; e != nil && !slices.Contains(keys, e.Issue.Key) {
		keys = append(keys, e.Issue.Key)
	}
	return keys
}

// previous reports whether somebody wrote the words on the page of the session
// before.
func (k *knowledge) previous(q string) bool {
	c := k.Brief.CarryOver
	if c == nil {
		return false
	}
	run := k.words(q)
	for _, l := range c.All() {
		if k.passage("", l.Words()).find(run, 0) >= 0 {
			return true
		}
	}
	return false
}

// A quote is what a line shows of a ticket: words, in parts between "…".
type quote struct {
	text  string
	parts [][]word // none: signs, as of a title that is markup alone
}

func (k *knowledge) newQuote(s string) quote {
	q := quote{text: s}
	for part := range strings.FieldsFuncSeq(strings.ReplaceAll(s, "...", "…"), func(r rune) bool { return r == '…' }) {
		if run := k.words(part); len(run) > 0 {
			q.parts = append(q.parts, run)
		}
	}
	return q
}

// holds reports whether a quote stands in a passage, and what its words there lose
// by being cut out. Its parts stand one behind the other.
func (p *passage) holds(q quote) (reason string, found bool) {
	if len(q.parts) == 0 {
		return "", strings.Contains(p.raw, q.text)
	}
	for from := 0; ; {
		at, end := p.run(q.parts, from)
		if at < 0 {
			return reason, found
		}
		if reason = p.lost(at, end); reason == "" {
			return "", true
		}
		found, from = true, at+1
	}
}

// run is where the parts of a quote begin and end, at -1 if they stand nowhere.
func (p *passage) run(parts [][]word, from int) (at, end int) {
	at, end = -1, from
	for _, run := range parts {
		n := p.find(run, end)
		if n < 0 {
			return -1, 0
		}
		if at < 0 {
			at = n
		}
		end = n + len(run)
	}
	return at, end
}

// negations turn what follows them.
var negations = text.WordSet("not no never cannot without nobody nothing neither nor")

// lost is what cutting the words at:end out of the passage leaves away that they
// mean nothing without.
func (p *passage) lost(at, end int) string {
	if at > 0 && !strings.ContainsAny(p.raw[p.words[at-1].end:p.words[at].start], ".!?;:\n(") {
		if before := p.text(p.words[at-1]); negations[before] || strings.HasSuffix(before, "n't") {
			return fmt.Sprintf("is cut behind its %q", before)
		}
	}
	if p.answered(end) {
		return "is cut before the bracket that answers it"
	}
	return ""
}

// answering are words in a bracket that turn, limit or settle what stands before
// it. Another bracket is an aside.
var answering = text.WordSet("yes only except unless until done decided answered fixed obsolete outdated")

// answered reports whether a bracket follows the words before end without which
// they say something else: one behind a question, one that gives a number.
func (p *passage) answered(end int) bool {
	if end >= len(p.words) {
		return false
	}
	between := p.raw[p.words[end-1].end:p.words[end].start]
	if open := strings.TrimLeft(between, " ?"); open != "(" {
		return false
	} else if strings.Contains(between, "?") {
		return true
	}
	for n := end; n < len(p.words); n++ {
		w := p.text(p.words[n])
		if negations[w] || answering[w] || digits(w) || strings.HasSuffix(w, "n't") {
			return true
		}
		if strings.Contains(p.raw[p.words[n].end:p.after(n)], ")") {
			return false
		}
	}
	return false
}

// after is where the word behind the n-th begins.
func (p *passage) after(n int) int {
	if n+1 < len(p.words) {
		return int(p.words[n+1].start)
	}
	return len(p.raw)
}

// stands reports whether words stand in a ticket that a line cites.
func (k *knowledge) stands(l draft.Line, q string) bool { return k.spelled(l, q) != "" }

// spelled is a quote as one of the cited tickets spells it: as it is where one does so;
// empty if it stands nowhere, or in parts.
func (k *knowledge) spelled(l draft.Line, q string) (first string) {
	run := k.words(q)
	for _, key := range k.cited(l) {
		for _, p := range k.passages(key) {
			n := p.find(run, 0)
			if n < 0 {
				continue
			}
			own := p.raw[p.words[n].start:p.words[n+len(run)-1].end]
			if !strings.EqualFold(own, q) || strings.ContainsAny(own, "\n“”") { // punctuation apart the same
				own = q
			}
			if own == q {
				return q
			}
			first = cmp.Or(first, own)
		}
	}
	return first
}
