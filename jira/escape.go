package jira

import (
	"slices"
	"strings"
	"unicode"

	"refine/internal/lazyregexp"
)

// noBreak is a word joiner: invisible, no space, and no part of any markup. It
// separates characters that mean something together where the backslash, which
// Jira only knows before some characters, cannot.
const noBreak = "\u2060"

// escape writes plain text as one line of wiki markup that shows it unchanged.
// Characters are escaped only where they could begin markup, so that ordinary
// sentences stay readable in the source and in search results.
func escape(s string) string {
	r := []rune(plain(s))
	start := slices.IndexFunc(r, func(c rune) bool { return c != ' ' })
	var b strings.Builder
	for i, c := range r {
		switch {
		case c == '\\':
			b.WriteRune(c)
			if i+1 == len(r) || !isWord(r[i+1]) && r[i+1] != ' ' {
				b.WriteString(noBreak) // else it escapes what follows, or breaks the line
			}
		case begins(r, i), i == start && strings.ContainsRune("-#", c):
			b.WriteByte('\\')
			b.WriteRune(c)
		default:
			b.WriteRune(c)
		}
	}
	out := b.String()
	for _, pattern := range joined {
		out = pattern.ReplaceAllString(out, "${1}"+noBreak+"${2}")
	}
	return out
}

// joined is what renderers recognise although none of its characters can be
// escaped: addresses that may be no links, see [byAddress], then faces, then entities.
var joined = []*lazyregexp.Regexp{
	lazyregexp.New(`(?i)\b((?:https?|ftps?|file|mailto|news|nntp|irc|svn):)(\S)`),
	lazyregexp.New(`(:)(//)`), // also behind a letter, and with any other scheme
	lazyregexp.New(`([:;]-?)([pPD]\b)`),
	lazyregexp.New(`(&)(#?\w+;)`),
}

// plain makes one line of printable text. Directional overrides would reorder
// our words along with theirs.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0xfeff:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return s
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// begins reports whether the character at i could begin or end markup there.
func begins(r []rune, i int) bool {
	prev, next := at(r, i-1), at(r, i+1)
	switch r[i] {
	case '{', '[', ']', '|', '~', '^', '*':
		return true
	case '_':
		return !isWord(prev) || !isWord(next)
	case '-', '+':
		return next == r[i] || prev == r[i] || !isWord(prev) && next != ' '
	case '!':
		return next != 0 && next != ' '
	case '?':
		return next == '?' || prev == '?'
	case '(':
		return prev == ':' || prev == ';' || prev == '-' || icon(r[i:])
	case ')':
		return prev == ':' || prev == ';' || prev == '-'
	}
	return false
}

// at is the rune at i, 0 outside.
func at(r []rune, i int) rune {
	if i < 0 || i >= len(r) {
		return 0
	}
	return r[i]
}

var icons = lazyregexp.New(`^\((?:[/x!+\-?iyn]|on|off|\*[rgby]?|flag|flagoff)\)`)

func icon(r []rune) bool { return icons.MatchString(string(r[:min(len(r), len("(flagoff)"))])) }
