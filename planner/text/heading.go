package text

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// longestLabel is the length up to which a line can be a heading that somebody
// wrote by hand.
const longestLabel = 60

// longestHeading is how many words a line has that is a heading by its colon
// alone; a longer one is a sentence: "We should do this for all of the payers:".
const longestHeading = 6

// handmadeHeading reads "Completion Criteria:", "*Usage*", "AC2 - it is paid".
// What follows the label on its line is the rest.
func handmadeHeading(line string) (label, rest string, ok bool) {
	line = strings.TrimSpace(line)
	if label, rest, ok := boldLabel(line); ok {
		return label, rest, true
	}
	plain := strings.Trim(line, " *_+")
	if len(plain) <= longestLabel && namesSection(plain) && utf8.ValidString(plain) {
		return strings.Trim(plain, " :"), "", true
	}
	if label, rest, ok := numberedLabel(plain); ok {
		return label, rest, true
	}
	at := labelEnd(line)
	if at < 0 {
		return "", "", false
	}
	label, rest = strings.Trim(line[:at], " *_+#"), strings.TrimSpace(line[at+1:])
	if !strings.HasPrefix(rest, "* ") { // a list on the label's line
		rest = strings.TrimLeft(rest, " *_+")
	}
	if rest == "" && startsUpper(label) && len(label) > 1 && plainLabel(label) && strings.Count(label, " ") < longestHeading {
		return label, "", true
	}
	return label, rest, namesSection(label) && !addressee(label, rest)
}

// labelEnd is where the colon or dash after a label stands.
func labelEnd(line string) int {
	short := line[:min(len(line), longestLabel)]
	at := strings.IndexByte(short, ':')
	if dash := strings.Index(short, " - "); dash >= 0 && (at < 0 || dash < at) && NamesCriteria(strings.Trim(short[:dash], " *_+")) {
		return dash + 1
	}
	return at
}

// plainLabel reports whether a label is made of words, not of an address or
// code.
func plainLabel(label string) bool {
	return strings.IndexFunc(label, func(r rune) bool {
		return r < utf8.RuneSelf && !isLetter(byte(r)) && !isDigit(byte(r)) && !strings.ContainsRune(" _/&'-", r)
	}) < 0
}

// boldLabel reads "*Usage*" and "*Expected:* it is paid".
func boldLabel(line string) (label, rest string, ok bool) {
	open := leading(line, "*_+")
	if open == 0 || open == len(line) || isSpace(line[open]) {
		return "", "", false
	}
	end := strings.IndexAny(line[open:], "*_+")
	if end < 2 || end > longestLabel {
		return "", "", false
	}
	label = line[open : open+end]
	rest = line[open+end:]
	rest = strings.TrimSpace(rest[leading(rest, "*_+"):])
	colon := strings.HasSuffix(label, ":") || strings.HasPrefix(rest, ":")
	rest = strings.TrimSpace(strings.TrimPrefix(rest, ":"))
	if rest != "" && !colon {
		return "", "", false
	}
	return strings.TrimSpace(label), rest, true
}

// numberedLabel reads "AC1: it is paid", "AC 2 - it is paid", "AC#3".
func numberedLabel(line string) (label, rest string, ok bool) {
	after, ok := strings.CutPrefix(line, "AC")
	if !ok {
		return "", "", false
	}
	number := strings.TrimLeft(after, " #-_")
	digits := leading(number, "0123456789")
	if digits == 0 || digits > 3 {
		return "", "", false
	}
	rest = number[digits:]
	said := strings.TrimLeft(rest, " :.)-–*_")
	if said == rest && rest != "" {
		return "", "", false
	}
	return "AC" + number[:digits], said, true
}

// addressee tells "CC: Dana" from completion criteria.
func addressee(label, rest string) bool {
	if !strings.EqualFold(label, "cc") || rest == "" {
		return false
	}
	if strings.Contains(rest, "[~") || strings.Contains(rest, "@") || strings.Contains(rest, "[e-mail") {
		return true
	}
	return !slices.ContainsFunc(strings.Fields(rest), func(w string) bool { return isLower(w[0]) && w != "and" })
}

// splitLabels cuts a line before each label that begins in its middle, after a
// sentence: "… in the list. Acceptance criteria: it is sorted".
func splitLabels(line string) iter.Seq[string] {
	return func(yield func(string) bool) {
		from := 0
		for at := strings.IndexByte(line, ':'); at >= 0; {
			if start := sentenceStart(line[from:at]); start > 0 && inlineLabel(line[from+start:at]) {
				if !yield(line[from : from+start]) {
					return
				}
				from += start
			}
			next := strings.IndexByte(line[at+1:], ':')
			if next < 0 {
				break
			}
			at += 1 + next
		}
		yield(line[from:])
	}
}

func inlineLabel(label string) bool {
	return len(label) <= longestLabel && (NamesCriteria(label) || NamesExpectation(label) || NamesActual(label) || strings.TrimSpace(label) == "QA")
}

// sentenceStart is where the last sentence of s begins, or 0.
func sentenceStart(s string) int {
	for i := len(s) - 1; i > max(len(s)-longestLabel, 1); i-- {
		if s[i] == ' ' && strings.IndexByte(".?!)]", s[i-1]) >= 0 {
			return i + 1
		}
	}
	return 0
}
