package planner

import (
	"fmt"
	"regexp"
)

// personal is what should not be read out to a room, by what it is called. The
// plan names it and never shows it.
var personal = []struct {
	what string
	in   *regexp.Regexp
}{
	{"an e-mail address", regexp.MustCompile(`[\w.+-]+@[\w-]+\.[A-Za-z]{2,}\b`)},
	{"a phone number", regexp.MustCompile(`(?:^|[\s(:])\+\d{1,3}[ ()/.-]?(?:\(?\d{2,5}\)?[ /.-]?){2,4}\d{2,}\b`)},
	{"a bank account", regexp.MustCompile(`\b[A-Z]{2}\d{2} ?(?:[A-Z0-9]{4} ?){3,7}[A-Z0-9]{1,4}\b`)},
	{"a password or a token", regexp.MustCompile(`(?i)\b(?:password|passwd|pwd|api[-_ ]?key|secret|token)\s*(?::|=|\bis\b)\s*["']?[^\s"'<>*]*\d[^\s"'<>*]{3,}`)},
	{"an address of a machine", regexp.MustCompile(`\b(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}\b`)},
}

// personalData are the kinds of data in an issue's texts that people may not
// want on a screen, each with where it stands.
func (r *reading) personalData() (found []string) {
	for _, p := range personal {
		for _, s := range r.sources {
			if p.in.MatchString(s.raw) {
				found = append(found, fmt.Sprintf("%s (%s)", p.what, s.where))
				break
			}
		}
	}
	return found
}

// exposed says which items hold such data, for those who share them.
func (b *builder) exposed() string {
	var parts []string
	for _, r := range b.concerned() {
		if found := r.personalData(); len(found) > 0 {
			parts = append(parts, fmt.Sprintf("%s holds %s", r.issue.Key, enumerate(found)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Before sharing, take out what is nobody's business: " + enumerate(parts) + "."
}
