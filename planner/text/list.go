package text

import (
	"strings"
	"unicode/utf8"
)

// listItem reads an entry's text: after a mark of wiki markup or of another
// kind, or a number, and after a box to tick.
func listItem(line string) (text string, ok bool) {
	s := strings.TrimLeft(line, " \t")
	if s == "" {
		return "", false
	}
	n := listMark(s)
	text = strings.TrimLeft(s[n:], " \t")
	if ticked := tickBox(text); ticked > 0 {
		return strings.TrimLeft(text[ticked:], " \t"), true
	}
	return text, n > 0
}

// listMark is the length of the mark that s begins with.
func listMark(s string) int {
	switch c := s[0]; {
	case c == '*' || c == '#' || c == '-':
		n := leading(s, "*#-")
		switch {
		case n == len(s) || isBlank(s[n]):
			return n
		case n > 2 || n == 1 && gluedMark(s):
			return min(n, 1)
		case n == 2 && c == '-' && isUpper(s[n]):
			return n
		}
	case isDigit(c):
		n := leading(s, "0123456789")
		if n > 2 || n == len(s) || s[n] != '.' && s[n] != ')' {
			return 0
		}
		if n++; n == len(s) || isBlank(s[n]) || s[n-1] == ')' && isLetter(s[n]) || isUpper(s[n]) && len(s) > n+1 && isLower(s[n+1]) {
			return n
		}
	case c == '(' && len(s) > 3 && s[2] == ')' && isBlank(s[3]) && (isDigit(s[1]) || isLetter(s[1])):
		return 3
	case isLower(c) && len(s) > 2 && s[1] == ')' && isBlank(s[2]):
		return 2
	case c >= utf8.RuneSelf:
		return bulletSign(s)
	}
	return 0
}

// gluedMark reports whether the mark that s begins with has only lost the
// space after it: "*Clicking opens it", unlike "*bold* text" and "-struck-".
func gluedMark(s string) bool {
	switch {
	case s[0] == '#':
		return isUpper(s[1])
	case !isLetter(s[1]) && !isDigit(s[1]) && s[1] != '[':
		return false
	case s[0] == '-':
		return isLetter(s[1]) && !strings.Contains(s[1:], "- ") && !strings.HasSuffix(s, "-") && proseWords(s[1:]) > 1
	}
	return strings.IndexByte(s[1:], '*') < 0
}

const bulletSigns = "•◦‣▪●○·☐☑☒✓✔✗"

func bulletSign(s string) int {
	sign, n := utf8.DecodeRuneInString(s)
	if strings.ContainsRune(bulletSigns, sign) || (sign == '–' || sign == '—') && n < len(s) && isBlank(s[n]) {
		return n
	}
	return 0
}

// tickBox is the length of "[ ]", "[x]" or one of Jira's icons.
func tickBox(s string) int {
	switch {
	case len(s) > 2 && s[0] == '[' && s[1] == ']' && isBlank(s[2]):
		return 2
	case len(s) > 3 && s[0] == '[' && s[2] == ']' && strings.IndexByte(" xX", s[1]) >= 0 && isBlank(s[3]):
		return 3
	case len(s) > 3 && s[0] == '(' && s[2] == ')' && strings.IndexByte("/x!?+-*", s[1]) >= 0 && isBlank(s[3]):
		return 3
	}
	return 0
}
