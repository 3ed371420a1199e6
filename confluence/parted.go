package confluence

import (
	"strings"
	"unicode"

	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

// parts divides a line of an outcome's own, see [parted].
func (r *reader) parts(p piece) (first, rest outcome.Text) {
	l, ok := leadOf(p.text, boldText(p.nodes))
	if own := ok && l.sure && l.ends && (l.kind == decisionKind || l.kind == actionKind); !own && !r.part.kind.isForm() && p.form != decisionForm {
		return p.text, nil
	}
	if first, rest := parted(p.text); rest != nil {
		return first, rest
	}
	return partedByLabel(p.text, ok && l.sure && l.ends)
}

// parted divides a line where a second label, or the key of another ticket and a
// colon, begins behind a semicolon or a stop. rest is nil where there is none.
func parted(t outcome.Text) (first, rest outcome.Text) {
	s := flat(t)
	for _, at := range clauseStart.FindAllStringIndex(s, -1) {
		head, _, colon := strings.Cut(s[at[1]:], ":")
		if !colon || len(head) > longestLabel || !strings.ContainsFunc(s[:at[0]], unicode.IsLetter) { // "3. Decision: wait"
			continue
		}
		k, sure := kindOf(head)
		key := leadingKey(head + ":")
		if sure && (k == decisionKind || k == actionKind) || key != "" && strings.TrimRight(key, ": ") == strings.TrimSpace(head) && s[at[0]] == ';' {
			return kept(t, at[0]), dropped(t, at[1])
		}
	}
	return t, nil
}

// partedByLabel divides a line where a second label begins, whatever stands in front of
// that: "Decision: cards, Action: Dana calls". It is a label of three letters or more and
// nothing else, begins with a capital letter, and has a colon. In a line without a label
// of its own a comma or the like stands in front of it: "We keep cards, Action: …".
func partedByLabel(t outcome.Text, led bool) (first, rest outcome.Text) {
	s := flat(t)
	for _, at := range wordStart.FindAllStringSubmatchIndex(s, -1) {
		ends, begins := at[0], at[2]
		if i := strings.IndexByte(s[begins:at[3]], ' '); i >= 0 && labelled()[folded(s[begins:at[3]])] == plainKind { // "A Action:"
			begins += i + 1
			ends = begins
		}
		label := folded(s[begins:at[3]])
		if k := labelled()[label]; k != decisionKind && k != actionKind || len(label) < 3 { // "use AI: it is cheap"
			continue
		}
		first = kept(t, ends)
		switch l, ok := leadOf(first, ""); {
		case led && ok && l.ends && len(l.rest) > 0,
			!led && strings.TrimSpace(s[at[0]:at[2]]) != "" && strings.ContainsFunc(s[:ends], unicode.IsLetter) && !withinQuotes(s, ends):
			return first, dropped(t, begins)
		}
	}
	return t, nil
}

// withinQuotes reports whether a quotation goes on at that byte of s.
func withinQuotes(s string, at int) bool {
	return strings.ContainsAny(s[:at], `"“„«「`) && strings.ContainsAny(s[at:], `"”“»」`)
}

var wordStart = lazyregexp.New(`\s*[,/|+&–—-]?\s+(\p{Lu}[\pL-]*(?: \pL+)?)(?:\s?` + person + `)?\s?:`)

var clauseStart = lazyregexp.New(`[.;]\s+`)
