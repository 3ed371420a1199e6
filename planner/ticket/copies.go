package ticket

import "strings"

// Copies reports whether the link only says that one issue was made from the other.
// It gives no order and no dependency.
func (l Link) Copies() bool { return strings.Contains(strings.ToLower(l.Phrase), "clone") }

// Duplicates reports whether the link says that the issue which holds it is about what
// the other is about, and came second: "duplicates", not "is duplicated by".
func (l Link) Duplicates() bool {
	return strings.Contains(strings.ToLower(l.Phrase), "duplicate") && !l.Duplicated()
}

// Duplicated reports whether the link says that the other issue came second.
func (l Link) Duplicated() bool {
	return strings.Contains(strings.ToLower(l.Phrase), "duplicated by")
}
