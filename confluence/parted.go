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
	if first, rest := parted(p.text); rest != nil || !(ok && l.sure && l.ends) {
		return first, rest
	}
	return partedByLabel(p.text)
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

// partedByLabel divides a labelled line where a second label begins, whatever stands
// in front of that: "Decision: cards, Action: Dana calls". It is a label of three letters
// or more and nothing else, begins with a capital letter, and has a colon.
func partedByLabel(t outcome.Text) (first, rest outcome.Text) {
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
		if l, ok := leadOf(first, ""); ok && l.ends && len(l.rest) > 0 {
			return first, dropped(t, begins)
		}
	}
	return t, nil
}

var wordStart = lazyregexp.New(`\s*[,/|+&–—-]?\s+(\p{Lu}[\pL-]*(?: \pL+)?)\s?:`)

var clauseStart = lazyregexp.New(`[.;]\s+`)
