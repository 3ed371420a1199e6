package planner

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// enumerate joins parts as a sentence does.
func enumerate(parts []string) string {
	switch n := len(parts); n {
	case 0:
		return ""
	case 1:
		return parts[0]
	default:
		return strings.Join(parts[:n-1], ", ") + " and " + parts[n-1]
	}
}

// anyOf joins alternatives.
func anyOf(parts []string) string {
	if n := len(parts); n > 1 {
		return strings.Join(parts[:n-1], ", ") + " or " + parts[n-1]
	}
	return enumerate(parts)
}

// mostNamed is how many keys a sentence names.
const mostNamed = 5

// some enumerates at most three keys and counts the rest.
func some(keys []string) string {
	if len(keys) <= mostNamed+1 { // "1 other" saves nothing
		return enumerate(keys)
	}
	return fmt.Sprintf("%s and %s", strings.Join(keys[:mostNamed], ", "), plural(len(keys)-mostNamed, "other"))
}

func tickets(n int) string { return plural(n, "ticket") }

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// all is the n tickets of a session.
func all(n int) string {
	switch n {
	case 1:
		return "the ticket"
	case 2:
		return "both tickets"
	default:
		return "all " + tickets(n)
	}
}

// allOf is the n tickets after they have been named.
func allOf(n int) string {
	switch n {
	case 1:
		return "it"
	case 2:
		return "both"
	default:
		return fmt.Sprintf("all %d", n)
	}
}

// agree is the verb that goes with n subjects.
func agree(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}

// upperFirst begins a sentence.
func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
