package confluence

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"refine/confluence/storage"
)

// guide writes a refinement guide, word for word: its headings, lists and
// paragraphs. Marks within a line stay as they were typed.
func guide(b *storage.Builder, text string) {
	all := guideLines(text)
	for len(all) > 0 {
		title := strings.TrimLeft(all[0], "#")
		if level := len(all[0]) - len(title); level > 0 && strings.HasPrefix(title, " ") {
			b.Heading(min(level+1, 6), storage.Plain(strings.TrimSpace(title)))
			all = all[1:]
			continue
		}
		n := listLength(all)
		if n == 0 {
			b.Paragraph(storage.Plain(strings.TrimSpace(all[0])))
			n = 1
		} else {
			guideList(b, all[:n])
		}
		all = all[n:]
	}
}

// guideLines are the lines that hold something; tabs indent by four.
func guideLines(text string) (all []string) {
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		line = strings.ReplaceAll(strings.TrimRight(line, " \t\r\n"), "\t", "    ")
		if line != "" {
			all = append(all, line)
		}
	}
	return all
}

// listLength is how many lines of a list stand at the beginning.
func listLength(all []string) int {
	for i, line := range all {
		if _, ok := bullet(line); !ok {
			return i
		}
	}
	return len(all)
}

// guideList writes lines of one list; lines that are indented further belong to
// the one above.
func guideList(b *storage.Builder, all []string) {
	var items []storage.Body
	for i := 0; i < len(all); {
		end := i + 1
		for end < len(all) && indent(all[end]) > indent(all[i]) {
			end++
		}
		text, _ := bullet(all[i])
		inner := all[i+1 : end]
		items = append(items, func(b *storage.Builder) {
			b.Paragraph(storage.Plain(text))
			if len(inner) > 0 {
				guideList(b, inner)
			}
		})
		i = end
	}
	if unicode.IsDigit(rune(strings.TrimSpace(all[0])[0])) {
		b.OrderedList(items...)
	} else {
		b.BulletList(items...)
	}
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// bullet is the text of a list's line: "- x", "* x", "1. x", indented or not.
func bullet(line string) (text string, ok bool) {
	line = strings.TrimSpace(line)
	for _, mark := range []string{"- ", "* ", "+ "} {
		if text, ok := strings.CutPrefix(line, mark); ok {
			return strings.TrimSpace(text), true
		}
	}
	number, text, ok := strings.Cut(line, ". ")
	return text, ok && number != "" && strings.Trim(number, "0123456789") == ""
}

func clock(t time.Time) string { return t.Format("15:04") }

// sentence makes a phrase a sentence.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(first)) + s[size:]
	if strings.HasSuffix(s, ".") {
		return s
	}
	return s + "."
}
