package planner

import "strings"

// beginning is s, or its first characters and a sign that there were more.
func beginning(s string, most int) string {
	r := []rune(s)
	switch {
	case len(r) <= most:
		return s
	case most == 0:
		return ""
	}
	return string(r[:most-1]) + "…"
}

// projectOf is an issue key's project.
func projectOf(key string) string {
	p, _, _ := strings.Cut(key, "-")
	return p
}
