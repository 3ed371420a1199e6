package brief

import (
	"slices"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/text"
	"refine/planner/ticket"
)

// Masked says what was taken out of a ticket's texts before anything else read
// them: no page, prompt or draft can show it. The words themselves are kept
// nowhere.
type Masked struct {
	What  string `json:"what"`  // "e-mail address"
	Where string `json:"where"` // "description", "comment by Dana"
}

// hidden are the kinds of data that a room should not see. What stands for them
// in the text is their name in brackets.
var hidden = []struct {
	what string
	like func(string) bool // a cheap look whether it may stand in a text at all
	in   *lazyregexp.Regexp
	real func(string) bool // tells it from what only looks like it; nil: always
}{
	{"e-mail address", addressed, lazyregexp.New(`(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b`), realAddress},
	{"phone number", holds("+"), lazyregexp.New(`\+\d{1,3}[ ()/.-]{1,2}(?:\(?\d{1,5}\)?[ /.-]?){2,4}\d{2,}\b`), realPhone},
	{"phone number", shapes("000-000-0000"), lazyregexp.New(`(?:\b1-)?\b\d{3}-\d{3}-\d{4}\b`), realPhone},
	{"phone number", shapes("000.000.0000"), lazyregexp.New(`\b\d{3}\.\d{3}\.\d{4}\b`), realPhone},
	{"phone number", shapes("(000) 000-"), lazyregexp.New(`\(\d{3}\) \d{3}-\d{4}\b`), realPhone},
	{"street address", either(shapes(", 00000"), shapes(", AA 00000")), lazyregexp.New(`\b\d{1,5} (?:[A-Z][a-z]+ ){1,3}(?:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Drive|Lane|Blvd\.?|Boulevard),? [A-Z][A-Za-z ]+, (?:[A-Z]{2} )?\d{5}\b`), nil},
	{"street address", shapes(", 00000 "), lazyregexp.New(`\b\p{Lu}\p{Ll}+(?:straße|strasse|str\.|weg|allee|platz|gasse) \d{1,4} ?[a-z]?, \d{5} \p{Lu}\p{Ll}+`), nil},
	{"bank account", either(shapes("AA00XXXX"), shapes("AA00 XXXX")), lazyregexp.New(`\b[A-Z]{2}\d{2} ?(?:[A-Z0-9]{4} ?){3,7}[A-Z0-9]{1,4}\b`), realAccount},
	{"secret", holds("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "AKIA", "xox", "eyJ", "ATATT3"), lazyregexp.New(`\b(?:gh[pousr]_[A-Za-z0-9]{36,}|AKIA[0-9A-Z]{16}|xox[abprs]-[A-Za-z0-9-]{20,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}|ATATT3[\w-]{20,}=?[0-9A-F]*)`), nil},
	{"secret", assigned("password", "passwd", "pwd", "key", "secret", "token"), lazyregexp.New(`(?i)\b(?:password|passwd|pwd|api[-_ ]?key|secret|token)[ \t]*[:=][ \t]*["']?[^\s"'<>*{}()]*\d[^\s"'<>*{}()]{3,}`), nil},
	{"somebody's folder", holds("/Users/", "/home/", `\Users\`), lazyregexp.New(`(?:(?:file://)?/Users/|(?:file://)?/home/|\b[A-Z]:\\Users\\)[A-Za-z][\w.-]+`), realFolder},
	{"secret", holds("-----BEGIN "), lazyregexp.New(`(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`), nil},
}

// mask takes personal data and secrets out of an issue's texts.
func mask(i ticket.Issue) (ticket.Issue, []Masked) {
	var all []Masked
	clean := func(text, where, by string) string {
		text, found := maskText(text)
		for _, what := range found {
			if m := (Masked{what, where + by}); !slices.Contains(all, m) {
				all = append(all, m)
			}
		}
		return text
	}
	i.Summary = clean(i.Summary, "summary", "")
	i.Description = clean(i.Description, "description", "")
	i.AcceptanceCriteria = clean(i.AcceptanceCriteria, "acceptance criteria", "")
	i.Comments = slices.Clone(i.Comments)
	for n := range i.Comments {
		c := &i.Comments[n]
		c.Body = clean(c.Body, "comment by ", c.Author.Name)
	}
	return i, all
}

// maskText is the text without what is hidden, and the kinds of that.
func maskText(text string) (clean string, found []string) {
	for _, h := range hidden {
		if !h.like(text) {
			continue
		}
		spans := h.in.FindAllStringIndex(text, -1)
		spans = slices.DeleteFunc(spans, func(at []int) bool {
			return within(text, at) || h.real != nil && !h.real(text[at[0]:at[1]])
		})
		if len(spans) == 0 {
			continue
		}
		found = append(found, h.what)
		var b strings.Builder
		from := 0
		for _, at := range spans {
			b.WriteString(text[from:at[0]] + "[" + h.what + "]")
			from = at[1]
		}
		text = b.String() + text[from:]
	}
	return text, slices.Compact(found)
}

// holds looks for any of some parts.
func holds(parts ...string) func(string) bool {
	return func(text string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(text, p) })
	}
}

// either looks in one of two ways.
func either(one, other func(string) bool) func(string) bool {
	return func(text string) bool { return one(text) || other(text) }
}

// addressed looks for an "@" between the end of a name and a host with a dot.
func addressed(text string) bool {
	for before, rest, found := strings.Cut(text, "@"); found; before, rest, found = strings.Cut(rest, "@") {
		host := 0
		for host < len(rest) && (rest[host] == '-' || inName(rest[host])) {
			host++
		}
		if host > 0 && host < len(rest) && rest[host] == '.' && before != "" && before[len(before)-1] != ' ' {
			return true
		}
	}
	return false
}

// inName reports whether a byte is a letter, a digit or an underscore.
func inName(c byte) bool { return c == '_' || fits(c, 'X') || fits(c&^0x20, 'A') }

// assigned looks for any of some words, in any case of letters, with a colon or an
// equals sign behind it.
func assigned(words ...string) func(string) bool {
	return func(text string) bool {
		for i := range len(text) {
			if text[i] != ':' && text[i] != '=' {
				continue
			}
			name := strings.TrimRight(text[:i], " \t")
			if slices.ContainsFunc(words, func(w string) bool {
				return len(name) >= len(w) && strings.EqualFold(name[len(name)-len(w):], w)
			}) {
				return true
			}
		}
		return false
	}
}

// shapes looks for a pattern in which 0 is any digit, A any capital and X either. It leaps as
// far as the last character that it compares allows (Horspool).
func shapes(pattern string) func(string) bool {
	last := len(pattern) - 1
	var leap [256]int
	for c := range leap {
		leap[c] = len(pattern)
		for n := range last {
			if fits(byte(c), pattern[n]) {
				leap[c] = last - n
			}
		}
	}
	return func(text string) bool {
		for i := last; i < len(text); i += leap[text[i]] {
			if fits(text[i], pattern[last]) && shaped(text[i-last:], pattern) {
				return true
			}
		}
		return false
	}
}

func shaped(s, pattern string) bool {
	for i := range len(pattern) {
		if !fits(s[i], pattern[i]) {
			return false
		}
	}
	return true
}

func fits(c, pattern byte) bool {
	switch pattern {
	case '0':
		return '0' <= c && c <= '9'
	case 'A':
		return 'A' <= c && c <= 'Z'
	case 'X':
		return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z'
	}
	return c == pattern
}

// within reports whether what stands at a place is a part of something longer:
// an address of the web, a number of an object, a digest.
func within(text string, at []int) bool {
	before, after := byte(' '), byte(' ')
	if at[0] > 0 {
		before = text[at[0]-1]
	}
	if at[1] < len(text) {
		after = text[at[1]]
	}
	if at[1]+1 < len(text) && (after == '.' || after == '-') {
		after = text[at[1]+1] // a stop at the sentence's end is none of it
	}
	return strings.IndexByte("/.-_=%&?#0123456789", before) >= 0 || '0' <= after && after <= '9'
}

// files end what looks like an address and is a picture for a dense screen
// ("icon@2x.png") or a version ("lib@1.2.jar").
var files = []string{"png", "jpg", "jpeg", "gif", "svg", "webp", "jar", "zip", "js", "ts", "css", "html", "xml", "json", "yml", "yaml", "java", "tgz", "gz", "md"}

// realAddress tells a person's address from a file, a login of a machine and the
// names that are kept for examples (RFC 2606).
func realAddress(s string) bool {
	name, host, _ := strings.Cut(strings.ToLower(strings.TrimPrefix(s, "mailto:")), "@")
	labels := strings.Split(host, ".")
	last := labels[len(labels)-1]
	switch {
	case slices.Contains(files, last), slices.Contains([]string{"example", "test", "invalid", "localhost", "local"}, last):
		return false
	case labels[len(labels)-2] == "example", strings.HasPrefix(labels[0], "2x"), strings.HasPrefix(labels[0], "3x"):
		return false
	}
	return name != "git" && name != "noreply" && name != "no-reply"
}

// realPhone tells a number that somebody answers from those that are kept for
// stories and examples (555 in North America).
func realPhone(s string) bool {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
	if len(digits) < 9 || len(digits) > 15 {
		return false
	}
	local := digits[max(len(digits)-10, 0):]
	return !strings.HasPrefix(local, "555") && (len(local) < 6 || local[3:6] != "555") && strings.Trim(digits, digits[:1]) != ""
}

// nobodys are folders of no person.
var nobodys = text.WordSet("shared public default all user username users yourname name test tester testuser jenkins admin administrator root build builder ci travis runner vagrant ubuntu centos ec2-user guest me you app appuser hadoop git node docker")

// realFolder tells a person's home from a machine's.
func realFolder(s string) bool {
	return !nobodys[strings.ToLower(s[strings.LastIndexAny(s, `/\`)+1:])]
}

// realAccount checks the digits that an IBAN is checked by (ISO 13616).
func realAccount(s string) bool {
	s = strings.ReplaceAll(s, " ", "")
	if len(s) < 15 || len(s) > 34 {
		return false
	}
	sum := 0
	for _, c := range s[4:] + s[:4] {
		switch {
		case c >= '0' && c <= '9':
			sum = (sum*10 + int(c-'0')) % 97
		default:
			sum = (sum*100 + int(c-'A') + 10) % 97
		}
	}
	return sum == 1
}
