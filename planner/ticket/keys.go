package ticket

import (
	"slices"
	"strings"
)

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

// KeySpans are where the keys of issues begin and end in s, by Jira's default
// pattern. What stands around them keeps it out of words and of paths such as
// /browse/PAY-7.
func KeySpans(s string) (spans [][2]int) {
	for from, at := 0, 0; ; {
		dash := strings.IndexByte(s[at:], '-')
		if dash < 0 {
			return spans
		}
		dash += at
		start, end := dash, dash+1
		for start > from && inProject(s[start-1]) {
			start--
		}
		for end < len(s) && isDigit(s[end]) {
			end++
		}
		at = end
		named := dash-start > 1 && 'A' <= s[start] && s[start] <= 'Z' && end > dash+1 && s[dash+1] != '0'
		if named && (start == from || !inWord(s[start-1]) && strings.IndexByte("/.-", s[start-1]) < 0) && (end == len(s) || !inWord(s[end]) && s[end] != '-') {
			spans = append(spans, [2]int{start, end})
			if from = end; from < len(s) && s[from] == '/' {
				from++ // "PAY-3/PAY-4" is no path
			}
		}
	}
}

func isDigit(c byte) bool   { return '0' <= c && c <= '9' }
func inProject(c byte) bool { return 'A' <= c && c <= 'Z' || isDigit(c) || c == '_' }
func inWord(c byte) bool    { return inProject(c) || 'a' <= c && c <= 'z' }
