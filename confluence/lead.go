package confluence

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

// A lead is how a line begins: what it is called there, and the rest.
type lead struct {
	kind kind
	sure bool         // it is a label and nothing else
	ends bool         // a colon or the like ends it
	rest outcome.Text // without the label; what it names stays
}

// person stands for a mention in a line's flat text.
const person = "\ufffc"

// flat is a text as one string of which each byte belongs to a run.
func flat(t outcome.Text) string {
	var b strings.Builder
	for _, r := range t {
		if r.User != nil {
			b.WriteString(person)
		} else {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

// longestLabel is how far into a line a label may reach, in bytes.
const longestLabel = 90

// leadOf reads the label that a line begins with: behind bullets, numbers, dates,
// emojis and the key of a ticket, before a colon, a dash or an arrow. bold is the
// text of the emphasised words that the line begins with, which need no colon.
func leadOf(t outcome.Text, bold string) (lead, bool) {
	s := flat(t)
	from := decoration(s)
	key := leadingKey(s[from:])
	start := from + len(key)
	if key != "" {
		start += decoration(s[start:])
	}
	end, behind, ends := labelEnd(s[start:], bold)
	if end == 0 {
		return lead{}, false
	}
	name, named := withoutKeys(s[start : start+end])
	k, sure := kindOf(name)
	if k == plainKind || !sure && !ends { // words that only begin like a label
		return lead{}, false
	}
	rest := dropped(t, start+behind)
	if key = strings.TrimRight(key, " :,–—-"); key != "" {
		named = append([]string{strings.Trim(key, "[]()")}, named...)
	}
	named = slices.DeleteFunc(named, func(k string) bool { return strings.Contains(flat(rest), k) })
	if len(named) > 0 && len(rest) > 0 {
		rest = merge(append(outcome.Text{{Text: strings.Join(named, ", ") + ": "}}, rest...))
	}
	return lead{kind: k, sure: sure, ends: ends, rest: rest}, true
}

// mayLead reports whether a line may begin with a label that has words behind it, which
// most do not; it takes less than to look for one.
func mayLead(t outcome.Text, bold string) bool {
	return bold != "" || slices.ContainsFunc(t, func(r outcome.Run) bool { return !isPlain(r) }) || strings.ContainsAny(behindKeys(flat(t)), separators)
}

// labelEnd is where a label at the beginning of s ends, where the words behind it
// begin, and whether a colon or the like stands between; 0 if there is none.
func labelEnd(s, bold string) (end, behind int, ends bool) {
	if _, sure := kindOf(bold); sure {
		if at := strings.Index(s, bold); at >= 0 && decorated(s[:at]) {
			end := at + len(bold)
			return end, end + len(leadingMark.FindString(s[end:])), true
		}
	}
	head := s[:min(len(s), longestLabel)]
	for at := strings.IndexAny(head, separators); at >= 0; { // in most lines, of which this is asked, there is none
		at = len(strings.TrimRightFunc(head[:at], unicode.IsSpace))
		m := separator.FindStringIndex(head[at:])
		if m == nil {
			break
		}
		end, at = at+m[0], at+m[1]
		if end == 0 || at == len(s) || !isDigit(s[end-1]) || !isDigit(s[at]) { // 10:30
			return end, at, true
		}
	}
	if len(s) <= longestLabel { // a label alone
		return len(s), len(s), false
	}
	return 0, 0, false
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func decorated(s string) bool { return decoration(s) == len(s) }

// leadingMark is what may stand between a label, or an owner, and the words.
var leadingMark = lazyregexp.New(`^\s*[:：,–-]?\s*`)

// separator ends a label: a colon, or a dash or an arrow between spaces.
var separator = lazyregexp.New(`\s*(?:[:：﹕]|\s[-–—|]\s|\s?(?:→|⇒|➡️?|->|=>)\s?)\s*`)

// separators are the characters of which each separator has one.
const separators = ":：﹕-–—|→⇒➡="

// ornament is what may stand in front of a line's words: numbers, dates, boxes,
// and emojis by name.
var ornament = lazyregexp.New(`^(?:\(?\d{1,3}[.):]\)?\s+|\(\d{1,3}\)\s*|\d{4}-\d{2}-\d{2}\b|\d{1,2}[:.]\d{2}\b|\[[ xX✓]?\]|[☐☑☒]|:[a-z0-9_+-]+:|-->|->|=>)`)

// decoration is how many bytes of what only decorates s begins with. A quotation
// mark is no decoration: behind it stand somebody else's words.
func decoration(s string) (n int) {
	for n < len(s) {
		if m := ornament.FindString(s[n:]); m != "" {
			n += len(m)
			continue
		}
		r, size := utf8.DecodeRuneInString(s[n:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || isQuote(r) || string(r) == person || r == '@' || r == '[' && leadingKey(s[n:]) != "" {
			break
		}
		n += size
	}
	return n
}

func isQuote(r rune) bool {
	return strings.ContainsRune("\"“”„‟«»‹›‘‚'「」『』", r)
}

// keyInFront is the key of a ticket that a line begins with.
var keyInFront = lazyregexp.New(`^[\[(]?[A-Za-z][A-Za-z0-9_]+[-` + hyphens + `][1-9][0-9]*[\])]?\s*(?:[:,]|[-–—]\s)?\s*`)

func leadingKey(s string) string {
	m := keyInFront.FindString(s)
	if m != "" && len(m) < len(s) {
		if r, _ := utf8.DecodeRuneInString(s[len(m):]); !strings.ContainsAny(m, " :,)]") && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return "" // "SHA-256bit"
		}
	}
	return m
}

// behindKeys is a line without the tickets that it begins with.
func behindKeys(s string) string {
	for {
		from := decoration(s)
		key := leadingKey(s[from:])
		if key == "" {
			return s
		}
		s = s[from+len(key):]
	}
}

// dashed writes every hyphen that a key may be typed with as the plain one.
func dashed(s string) string {
	return strings.Map(func(r rune) rune {
		if isHyphen(r) {
			return '-'
		}
		return r
	}, s)
}

// hyphens are what editors and keyboards make of the plain one.
const hyphens = "‐‑‒–—−﹣－"

func isHyphen(r rune) bool { return strings.ContainsRune(hyphens, r) }

var keyWithin = lazyregexp.New(`[\[(]?\b[A-Z][A-Z0-9_]+[-` + hyphens + `][1-9][0-9]*\b[\])]?`)

// withoutKeys takes the keys of tickets out of a label.
func withoutKeys(label string) (rest string, keys []string) {
	if !strings.ContainsAny(label, "-"+hyphens+person) {
		return label, nil
	}
	rest = keyWithin.ReplaceAllStringFunc(label, func(key string) string {
		keys = append(keys, dashed(strings.Trim(key, "[]()")))
		return " "
	})
	return strings.ReplaceAll(rest, person, " "), keys
}

// dropped is t without the first n bytes of its flat text; whom they mention and
// which ticket they link to stays.
func dropped(t outcome.Text, n int) outcome.Text {
	var out outcome.Text
	for _, r := range t {
		size := flatSize(r)
		switch {
		case n <= 0:
			out = append(out, r)
		case n >= size && isPlain(r):
		case n >= size && r.User == nil && !namesTicket(r):
		case n >= size:
			out = append(out, r, outcome.Run{Text: " "})
		default:
			r.Text = r.Text[n:]
			out = append(out, r)
		}
		n -= size
	}
	return trim(merge(out))
}

// kept is t up to the nth byte of its flat text.
func kept(t outcome.Text, n int) (out outcome.Text) {
	for _, r := range t {
		size := flatSize(r)
		switch {
		case n <= 0:
			return trim(merge(out))
		case n >= size:
			out = append(out, r)
		default:
			for !utf8.RuneStart(r.Text[n]) {
				n--
			}
			r.Text = r.Text[:n]
			out = append(out, r)
		}
		n -= size
	}
	return trim(merge(out))
}

// flatSize is how many bytes of the flat text a run is.
func flatSize(r outcome.Run) int {
	if r.User != nil {
		return len(person)
	}
	return len(r.Text)
}

// namesTicket reports whether a link in a label is more than the label's words.
func namesTicket(r outcome.Run) bool {
	k, _ := kindOf(r.Text)
	return r.URL != "" && k == plainKind
}
