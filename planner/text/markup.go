package text

import (
	"slices"
	"strings"
)

// unquotable stands in read text for what a quote must not run across: link
// addresses, images, mentions, marks of a list.
const unquotable = '\uFFFC'

// verbatimMacros hold what a machine wrote or somebody else said; the others
// set off text that belongs to the ticket.
var (
	verbatimMacros = []string{"code", "noformat", "html", "quote"}
	formatMacros   = []string{"color", "anchor", "toc", "info", "tip", "note", "warning", "panel", "section", "column"}
)

// A macro is what wiki markup puts in braces: {code:java}.
type macro struct {
	name   string
	params string
	end    int // where the text after it begins
}

// longestParams is how far the end of a macro's parameters is looked for.
const longestParams = 1000

// macroAt reads the macro at s[i], which is a brace.
func macroAt(s string, i int) (macro, bool) {
	end := i + 1
	for end < len(s) && isLetter(s[end]) {
		end++
	}
	if end == i+1 || end == len(s) || s[end] != '}' && s[end] != ':' {
		return macro{}, false
	}
	m := macro{name: strings.ToLower(s[i+1 : end])}
	if !slices.Contains(verbatimMacros, m.name) && !slices.Contains(formatMacros, m.name) {
		return macro{}, false
	}
	shut := strings.IndexByte(s[end:min(len(s), end+longestParams)], '}')
	if shut < 0 {
		return macro{}, false
	}
	m.params, m.end = strings.TrimPrefix(s[end:end+shut], ":"), end+shut+1
	return m, true
}

// nextMacro finds the first macro at or after from.
func nextMacro(s string, from int) (at int, m macro, ok bool) {
	for {
		n := strings.IndexByte(s[from:], '{')
		if n < 0 {
			return 0, macro{}, false
		}
		if m, ok := macroAt(s, from+n); ok {
			return from + n, m, true
		}
		from += n + 1
	}
}

// dropMacros leaves out every macro and keeps what stands within.
func dropMacros(s string) string {
	at, m, ok := nextMacro(s, 0)
	if !ok {
		return s
	}
	var b strings.Builder
	from := 0
	for ; ok; at, m, ok = nextMacro(s, from) {
		b.WriteString(s[from:at])
		from = m.end
	}
	b.WriteString(s[from:])
	return b.String()
}

// dropVerbatim leaves out code, logs and what is quoted, but for scenarios,
// which people like to set as code. A panel's title becomes a heading.
func dropVerbatim(s string) string {
	at, m, ok := nextMacro(s, 0)
	if !ok {
		return s
	}
	var b strings.Builder
	from := 0
	for ; ok; at, m, ok = nextMacro(s, from) {
		b.WriteString(s[from:at])
		switch {
		case slices.Contains(verbatimMacros, m.name):
			var within string
			within, from = verbatim(s, m)
			b.WriteByte('\n')
			if IsScenario(within) {
				b.WriteString(dropMacros(within) + "\n")
			}
		default:
			from = m.end
			if title := panelTitle(m); title != "" {
				b.WriteString("\n" + panelMark + title + "\n")
			}
		}
	}
	b.WriteString(s[from:])
	return b.String()
}

// verbatim is what stands between a macro and its like, or the text's end.
func verbatim(s string, open macro) (within string, next int) {
	for from := open.end; ; {
		at, m, ok := nextMacro(s, from)
		if !ok {
			return s[open.end:], len(s)
		}
		if m.name == open.name {
			return s[open.end:at], m.end
		}
		from = m.end
	}
}

// panelMark begins the line that a panel's title makes.
const panelMark = "\x00"

func panelTitle(m macro) string {
	if m.name != "panel" {
		return ""
	}
	for param := range strings.SplitSeq(m.params, "|") {
		if title, ok := strings.CutPrefix(param, "title="); ok {
			return strings.TrimSpace(strings.ReplaceAll(title, "\n", " "))
		}
	}
	return ""
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isUpper(c byte) bool  { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool  { return 'a' <= c && c <= 'z' }
func isBlank(c byte) bool  { return c == ' ' || c == '\t' }
