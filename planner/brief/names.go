package brief

import (
	"slices"
	"strings"

	"refine/planner/ticket"
)

// identifiers are the names that only software has, in the order in which an
// issue's own words use them: TableViewRow, user_id, UIModule.
func identifiers(i ticket.Issue) (all []string) {
	for _, s := range []string{i.Summary, i.Description} {
		if len(s) > mostNamed {
			s = s[:mostNamed]
		}
		for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return r > 'z' || !partOfName(byte(r)) }) {
			if isIdentifier(word) && !slices.Contains(all, word) {
				all = append(all, word)
			}
		}
	}
	return all
}

// mostNamed is how much of a text is looked through for names, in bytes: what a
// ticket is about stands at its beginning.
const mostNamed = 4096

func partOfName(c byte) bool { return c == '_' || isUpper(c) || isLower(c) || isDigit(c) }

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool { return 'a' <= c && c <= 'z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isIdentifier reports whether a word has a capital within, each with small letters
// behind it, or a joint, which words of a sentence have not.
func isIdentifier(w string) bool {
	if !isUpper(w[0]) && !isLower(w[0]) {
		return false
	}
	if joint := strings.IndexByte(w, '_'); joint >= 0 {
		return joint < len(w)-1 && !strings.Contains(w, "__")
	}
	within := false
	for n := range len(w) {
		if isUpper(w[n]) {
			if n == len(w)-1 || isUpper(w[n+1]) {
				return false
			}
			within = within || n > 0
		}
	}
	return within
}
