package storage

import "strings"

// escape makes text safe between tags and within the quotes of an attribute, in
// storage format and in HTML. It is the one place through which foreign text
// enters markup.
func escape(s string) string { return escaper.Replace(legal(s)) }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

// legal is s without what XML forbids, since a body that holds any of it is
// refused as a whole, and without the two characters that turn text around
// whatever it is.
func legal(s string) string {
	return strings.Map(func(r rune) rune {
		if !isLegal(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// isLegal reports whether XML allows r. The carriage return is allowed, but
// every parser turns it into a line feed.
func isLegal(r rune) bool {
	switch {
	case r == '\t', r == '\n':
		return true
	default:
		return r >= ' ' && r != 0xFFFE && r != 0xFFFF && r != 0x202D && r != 0x202E
	}
}
