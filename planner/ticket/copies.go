package ticket

import "strings"

// Copies reports whether the link only says that one issue was made from the other.
// It gives no order and no dependency.
func (l Link) Copies() bool { return strings.Contains(strings.ToLower(l.Phrase), "clone") }

// Duplicates reports whether the link says that both issues are about one thing.
func (l Link) Duplicates() bool { return strings.Contains(strings.ToLower(l.Phrase), "duplicate") }
