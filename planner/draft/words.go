package draft

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"refine/planner/text"
)

// MostNamed is how many keys a sentence names.
const MostNamed = 5

// some names keys, and counts those that are too many to read.
func some(keys []string) string {
	if len(keys) <= MostNamed+1 { // "1 other" saves nothing
		return text.Enumerate(keys)
	}
	return fmt.Sprintf("%s and %d others", strings.Join(keys[:MostNamed], ", "), len(keys)-MostNamed)
}

// tickets counts: "one ticket", "six tickets".
func tickets(n int) string {
	if n == 1 {
		return "one ticket"
	}
	return numeral(n) + " tickets"
}

var numerals = []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// numeral is a number as a sentence has it.
func numeral(n int) string {
	if n < len(numerals) {
		return numerals[n]
	}
	return fmt.Sprint(n)
}

// lowerFirst goes on with a sentence, unless it begins with a name.
func lowerFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[size:]); unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToLower(r)) + s[size:]
}

// quoted sets words of a ticket in the plan's quotation marks, which such words
// must not hold themselves.
func quoted(words string) string { return "“" + words + "”" }

// stop ends a sentence that ends with a quote, unless the quote does.
func stop(words string) string {
	if strings.HasSuffix(words, "?") || strings.HasSuffix(words, "!") || strings.HasSuffix(words, ".") {
		return ""
	}
	return "."
}

// without leaves out those keys.
func without(keys, others []string) []string {
	return slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return slices.Contains(others, k) })
}
