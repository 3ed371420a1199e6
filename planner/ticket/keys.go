package ticket

import (
	"regexp"
	"slices"
	"strings"
)

// issueKey is Jira's default key pattern; the boundaries keep it out of words
// and of paths such as /browse/PAY-7.
var issueKey = regexp.MustCompile(`(?:^|[^\w/.-])([A-Z][A-Z0-9_]+-[1-9][0-9]*)(?:$|[^\w-])`)

// Project is the project of a key: "PAY" of "PAY-7".
func Project(key string) string {
	p, _, _ := strings.Cut(key, "-")
	return p
}

// IssueKeys lists what looks like an issue key in s, in order, each once.
// "UTF-8" looks like one too; only the site can tell.
func IssueKeys(s string) []string {
	var keys []string
	for _, span := range KeySpans(s) {
		if key := s[span[0]:span[1]]; !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// KeySpans are where the keys of issues begin and end in s.
func KeySpans(s string) (spans [][2]int) {
	for from := 0; strings.Contains(s[from:], "-"); {
		m := issueKey.FindStringSubmatchIndex(s[from:])
		if m == nil {
			break
		}
		spans = append(spans, [2]int{from + m[2], from + m[3]})
		from += m[3] // the key's end: its boundary may begin the next one
		if from < len(s) && s[from] == '/' {
			from++ // "PAY-3/PAY-4" is no path
		}
	}
	return spans
}
