package confluence

import (
	"strings"
	"unicode"

	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

// parts divides a line of an outcome's own where a second one begins: with a label behind
// whatever stands in front of it, "Decision: cards, Action: Dana calls", or behind a
// semicolon with the key of a ticket and a colon. A label is one of three letters or more
// and nothing else, begins with a capital letter, and has a colon. In a line without a
// label of its own a comma or the like stands in front of it: "We keep cards, Action: …".
// rest is nil where nothing begins.
func (r *reader) parts(p piece) (first, rest outcome.Text) {
	l, ok := leadOf(p.text, boldText(p.nodes))
	led := ok && l.sure && l.ends
	if own := led && (l.kind == decisionKind || l.kind == actionKind); !own && !r.part.kind.isForm() && p.form != decisionForm {
		return p.text, nil
	}
	s := flat(p.text)
	for _, at := range partStart.FindAllStringSubmatchIndex(s, -1) {
		ends, begins, mark := at[0], at[4], strings.TrimSpace(s[at[2]:at[3]])
		if !strings.ContainsFunc(s[:ends], unicode.IsLetter) { // "3. Decision: wait"
			continue
		}
		label := folded(s[begins:at[5]])
		if i := strings.IndexByte(label, ' '); i >= 0 && labelled()[label] == plainKind { // "A Action:"
			begins += strings.IndexByte(s[begins:], ' ') + 1
			ends, label = begins, label[i+1:]
		}
		if first = kept(p.text, ends); mark == ";" && leadingKey(s[begins:]) != "" {
			return first, dropped(p.text, begins)
		}
		if k := labelled()[label]; k != decisionKind && k != actionKind || len(label) < 3 { // "use AI: it is cheap"
			continue
		}
		switch l, ok := leadOf(first, ""); {
		case led && ok && l.ends && len(l.rest) > 0, mark == ".", mark == ";", !led && mark != "" && !withinQuotes(s, ends):
			return first, dropped(p.text, begins)
		}
	}
	return p.text, nil
}

// withinQuotes reports whether a quotation goes on at that byte of s.
func withinQuotes(s string, at int) bool {
	return strings.ContainsAny(s[:at], `"“„«「`) && strings.ContainsAny(s[at:], `"”“»」`)
}

var partStart = lazyregexp.New(`(\s*[.;,/|+&–—-]?)\s+(\p{Lu}[\pL-]*(?: \pL+)?|[A-Za-z][A-Za-z0-9_]+-[1-9][0-9]*)(?:\s?` + person + `)?\s?:`)
