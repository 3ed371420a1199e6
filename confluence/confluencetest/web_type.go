package confluencetest

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"refine/confluence/storage"
)

// typed is what a person typed into a field, as the editor makes it while they type:
// @ and a name mention that person, // and a day is a date, a new line is one. Of
// names the longest counts; an @ that begins nobody's name stays one.
func (t *site) typed(text string) (all []storage.Inline) {
	for n, line := range strings.Split(strings.Trim(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n") {
		if n > 0 {
			all = append(all, storage.Break())
		}
		all = append(all, t.typedLine(collapse(line))...)
	}
	return all
}

func (t *site) typedLine(line string) (all []storage.Inline) {
	plain := 0 // up to here it is text
	for plain < len(line) {
		at := strings.IndexAny(line[plain:], "@/")
		if at < 0 {
			break
		}
		plain += at
		mark, length := t.typedMark(line[plain:])
		if length == 0 { // it is a character like any other
			plain++
			continue
		}
		all = append(all, storage.Plain(line[:plain]), mark)
		line, plain = line[plain+length:], 0
	}
	return append(all, storage.Plain(line))
}

var typedDay = regexp.MustCompile(`^//\s?(\d{4}-\d{2}-\d{2})\b`)

// typedMark is the mention or the date that a line begins with, and how long it is.
func (t *site) typedMark(line string) (mark storage.Inline, length int) {
	if m := typedDay.FindStringSubmatch(line); m != nil {
		if day, err := time.Parse(time.DateOnly, m[1]); err == nil {
			return storage.Time(day), len(m[0])
		}
	}
	who, length := t.namedAt(line)
	if who == nil {
		return mark, 0
	}
	return storage.Mention(adder{site: t}.mention(who)), length
}

// markup is how a line is stored.
func markup(line []storage.Inline) string {
	b := storage.NewBuilder(nil)
	b.Paragraph(line...)
	inner, found := strings.CutPrefix(b.String(), "<p>")
	if !found { // it says nothing
		return ""
	}
	return strings.TrimSuffix(inner, "</p>")
}

// namedAt is whom an @ at the beginning of a line names, and how long the name is:
// in full, by user name, or by a first name that only one person has.
func (t *site) namedAt(line string) (who *User, length int) {
	if !strings.HasPrefix(line, "@") {
		return nil, 0
	}
	for _, u := range t.people {
		for _, name := range []string{u.Display, u.Name} {
			if n := len(name); name != "" && n > length && len(line) > n && strings.EqualFold(line[1:n+1], name) && !letterAt(line, n+1) {
				who, length = u, n
			}
		}
	}
	if who != nil {
		return who, length + 1
	}
	first, _, _ := strings.Cut(line[1:], " ")
	first = strings.TrimRight(first, ".,;:!?)")
	called := slices.DeleteFunc(slices.Clone(t.people), func(u *User) bool {
		name, _, _ := strings.Cut(u.Display, " ")
		return first == "" || !strings.EqualFold(name, first) || u == t.me
	})
	if len(called) != 1 {
		return nil, 0
	}
	return called[0], len(first) + 1
}

// letterAt reports whether a word goes on at that place.
func letterAt(s string, at int) bool {
	r, _ := utf8.DecodeRuneInString(s[at:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
