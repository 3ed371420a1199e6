package guide

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"refine/internal/lazyregexp"
)

const (
	// MostText bounds the text of a guide, in bytes.
	MostText = 64 << 10
	// mostMinutes bounds a session.
	mostMinutes = 8 * 60
	// leastLines are the lines that a plan's key points cite.
	leastLines = 3
)

// Parse reads a team's own guide. Its phases are the headings that have minutes:
// "## Recap (5-10 minutes)", "## Recap – 10 min", underlined ones as well.
// Headings beside them without minutes run through all phases, unless they say
// that they are about what comes before or after. The longest phase holds the
// items; by their words, others are about success criteria, sizes or the order.
// name says in errors and on pages which guide it is; an error lists each fault
// with its line.
func Parse(name, text string) (Guide, error) {
	g, err := parse(name, text)
	if err != nil {
		return Guide{}, err
	}
	g.own = true
	return g, nil
}

func parse(name, file string) (Guide, error) {
	if err := plainText(file); err != nil {
		return Guide{}, fmt.Errorf("%s: %w", name, err)
	}
	f := &faults{name: name}
	text, before := cutFrontMatter(strings.TrimPrefix(file, "\ufeff"), f)
	g := Guide{name: name, text: text, blocks: read(text, before, f)}
	o := outline{faults: f}
	o.collect(g.blocks, false, false)
	g.phases, g.lines, g.pitfalls = o.phases(), o.lines, o.pitfalls()
	f.sort()
	o.wantSession(g)
	if err := f.err(); err != nil {
		return Guide{}, err
	}
	giveRoles(g.phases)
	return g, nil
}

// wantSession refuses what no session can follow.
func (o *outline) wantSession(g Guide) {
	boxes := g.Boxes()
	switch {
	case len(boxes) > 0 || len(o.all) > 0:
	case o.timed > 0:
		o.fault(o.timed, "no heading has minutes, and this line, which has, is no heading; write ## before the name of each phase, as in “## Recap (5-10 minutes)”")
	default:
		o.fault(1, "no heading has minutes; write them behind the name of each phase, as in “## Recap (5-10 minutes)”")
	}
	if n := len(citable(o.lines)); n < leastLines {
		o.fault(1, "%s beside the headings, and a plan cites at least %d; add list items that say what a phase is for", plural(n, "line"), leastLines)
	}
	if low, _ := g.Span(); low > mostMinutes {
		o.fault(boxes[0].Line, "the phases add up to %d minutes at least; no session is longer than %d", low, mostMinutes)
	}
}

// plainText refuses what no page could show.
func plainText(text string) error {
	odd := func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }
	switch {
	case len(text) > MostText:
		return fmt.Errorf("a guide has at most %d KiB, this one has %d", MostText>>10, len(text)>>10)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, odd):
		return errors.New("is no text in UTF-8")
	}
	return nil
}

// setting is the first line of front matter that says something.
var setting = lazyregexp.New(`^["']?[\pL_][^:=]*[:=](?:\s|$)`)

// cutFrontMatter parts what some editors keep above a text, between lines of ---
// or +++, from the text, and counts its lines. It is about the file and none of
// the guide. A text may begin with a dividing line all the same: without a
// setting beneath it, that is what it is.
func cutFrontMatter(text string, f *faults) (rest string, lines int) {
	mark := ""
	inside := false
	for line := range strings.Lines(text) {
		said := strings.TrimRight(line, " \t\r\n")
		lines++
		switch {
		case lines == 1 && (said == "---" || said == "+++"):
			mark = said
		case mark == "":
			return text, 0
		case said == mark || inside && mark == "---" && said == "...":
			if !inside {
				return text, 0
			}
			return after(text, lines), lines
		case !inside && said != "" && !strings.HasPrefix(said, "#"):
			if !setting.MatchString(said) {
				return text, 0
			}
			inside = true
		}
	}
	if inside {
		f.fault(1, "the settings that begin here have no end; close them with a line %s", mark)
	}
	return text, 0
}

// after is a text without its first lines.
func after(text string, lines int) string {
	for range lines {
		_, text, _ = strings.Cut(text, "\n")
	}
	return text
}

// citable are the lines that say something by themselves.
func citable(lines []string) (out []string) {
	for _, l := range lines {
		if !strings.HasSuffix(l, ":") {
			out = append(out, l)
		}
	}
	return out
}

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
