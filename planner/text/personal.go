package text

import "refine/internal/lazyregexp"

// personal is what should not be shown to a room, by what it is called.
var personal = []struct {
	what string
	in   *lazyregexp.Regexp
}{
	{"an e-mail address", lazyregexp.New(`[\w.+-]+@[\w-]+\.[A-Za-z]{2,}\b`)},
	{"a phone number", lazyregexp.New(`(?:^|[\s(:])\+\d{1,3}[ ()/.-]?(?:\(?\d{2,5}\)?[ /.-]?){2,4}\d{2,}\b`)},
	{"a bank account", lazyregexp.New(`\b[A-Z]{2}\d{2} ?(?:[A-Z0-9]{4} ?){3,7}[A-Z0-9]{1,4}\b`)},
	{"a password or a token", lazyregexp.New(`(?i)\b(?:password|passwd|pwd|api[-_ ]?key|secret|token)\s*(?::|=|\bis\b)\s*["']?[^\s"'<>*]*\d[^\s"'<>*]{3,}`)},
	{"an address of a machine", lazyregexp.New(`\b(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}\b`)},
}

// Personal names the first kind of data in s that people may not want on a
// screen: "an e-mail address". It is empty where there is none.
func Personal(s string) string {
	for _, p := range personal {
		if p.in.MatchString(s) {
			return p.what
		}
	}
	return ""
}
