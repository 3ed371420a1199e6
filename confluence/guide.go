package confluence

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"refine/confluence/storage"
	"refine/planner"
)

// guide writes the refinement guide, word for word.
func guide(b *storage.Builder) {
	all := strings.Split(strings.TrimSpace(planner.Guide), "\n")
	for len(all) > 0 {
		text := strings.TrimLeft(all[0], "#")
		if level := len(all[0]) - len(text); level > 0 {
			b.Heading(level+1, storage.Plain(strings.TrimSpace(text)))
			all = all[1:]
			continue
		}
		n := listLength(all)
		if n == 0 {
			b.Paragraph(storage.Plain(all[0]))
			n = 1
		} else {
			guideList(b, all[:n])
		}
		all = all[n:]
	}
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

// guideList writes lines of one list; indented lines belong to the one above.
func guideList(b *storage.Builder, all []string) {
	var items []storage.Body
	for i := 0; i < len(all); {
		end := i + 1
		for end < len(all) && strings.HasPrefix(all[end], " ") {
			end++
		}
		text, _ := bullet(all[i])
		inner := make([]string, 0, end-i-1)
		for _, line := range all[i+1 : end] {
			inner = append(inner, strings.TrimSpace(line))
		}
		items = append(items, func(b *storage.Builder) {
			b.Paragraph(storage.Plain(text))
			if len(inner) > 0 {
				guideList(b, inner)
			}
		})
		i = end
	}
	if unicode.IsDigit(rune(all[0][0])) {
		b.OrderedList(items...)
	} else {
		b.BulletList(items...)
	}
}

// bullet is the text of a list's line: "- x", "1. x", indented or not.
func bullet(line string) (text string, ok bool) {
	line = strings.TrimSpace(line)
	if text, ok := strings.CutPrefix(line, "- "); ok {
		return text, true
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
