package planner

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// MostGuide bounds the text of a guide, in bytes.
const MostGuide = 64 << 10

// ParseGuide reads a team's own guide. Its phases are the headings that have
// minutes: "## Recap (5-10 minutes)", "## Recap – 10 min". Headings beside them
// without minutes run through all phases, unless they say that they are about
// what comes before or after. The longest phase holds the items; by their words,
// others are about success criteria, estimates or the order. name says in errors
// and on pages which guide it is.
func ParseGuide(name, text string) (Guide, error) {
	g := Guide{name: name, text: text, own: true}
	if err := plainText(text); err != nil {
		return g, fmt.Errorf("%s: %w", name, err)
	}
	p := guideParser{name: name}
	p.scan(text)
	g.phases, g.lines, g.pitfalls = p.phases(), p.lines, p.pitfalls()
	if len(g.boxes()) == 0 && len(p.faults) == 0 {
		p.fault(1, "no heading has minutes; write them behind the name of each phase, as in “## Recap (5-10 minutes)”")
	}
	if n := len(citable(p.lines)); n < leastPoints {
		p.fault(1, "%s beside the headings, and a plan cites at least %d; add list items that say what a phase is for", plural(n, "line"), leastPoints)
	}
	if low, _ := g.minutes(); low > mostMinutes {
		p.fault(g.boxes()[0].line, "the phases add up to %d minutes at least; no session is longer than %d", low, mostMinutes)
	}
	if len(p.faults) > 0 {
		return Guide{}, errors.Join(p.faults...)
	}
	assignRoles(g.phases)
	return g, nil
}

// mostMinutes bounds a session.
const mostMinutes = 8 * 60

// Holds says why a session of the guide cannot last d, its usual duration if d
// is 0. Longer than usual sessions have to be asked for.
func (g Guide) Holds(d time.Duration) error {
	low, high := g.minutes()
	span := fmt.Sprintf("%s: its phases add up to %s minutes", g.name, fromTo(low, high))
	longest, asked := int(defaultDuration/time.Minute), int(d/time.Minute)
	switch {
	case d == 0 && low > longest:
		return fmt.Errorf("%s, and a session is kept to %d; set session.duration if that is meant", span, longest)
	case d != 0 && (asked < low || asked > high):
		return fmt.Errorf("%s, the session has %d; set session.duration within that, or change the minutes of %s", span, asked, g.places())
	}
	return nil
}

func fromTo(low, high int) string {
	if low == high {
		return strconv.Itoa(low)
	}
	return fmt.Sprintf("%d to %d", low, high)
}

// places says where the minutes of the phases stand.
func (g Guide) places() string {
	var each []string
	for _, b := range g.boxes() {
		each = append(each, fmt.Sprintf("“%s” in line %d", b.Name, b.line))
	}
	if n := len(each); n > 1 {
		return strings.Join(each[:n-1], ", ") + " or " + each[n-1]
	}
	return each[0]
}

// plainText refuses what no page could show.
func plainText(text string) error {
	odd := func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }
	switch {
	case len(text) > MostGuide:
		return fmt.Errorf("a guide has at most %d KiB, this one has %d", MostGuide>>10, len(text)>>10)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, odd):
		return errors.New("is no text in UTF-8")
	}
	return nil
}

// A guideHeading is a heading with what stands beneath it.
type guideHeading struct {
	level, line int
	parent      int // the heading above it, by place; -1 if there is none
	title       string
	low, high   int
	says        []string
}

type guideParser struct {
	name     string
	headings []guideHeading
	lines    []string
	faults   []error
}

func (p *guideParser) fault(line int, format string, args ...any) {
	p.faults = append(p.faults, fmt.Errorf("%s:%d: %s", p.name, line, fmt.Sprintf(format, args...)))
}

var (
	atxHeading = regexp.MustCompile(`^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$`)
	guideItem  = regexp.MustCompile(`^(?:[-*+]|\d+[.)])[ \t]+(.*)$`)
	fence      = regexp.MustCompile("^(?:```|~~~)")
)

// scan collects headings and lines. What is fenced is neither.
func (p *guideParser) scan(text string) {
	number, fenced := 0, false
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		number++
		line = strings.TrimRight(line, "\r\n")
		said := strings.TrimSpace(line)
		switch m := atxHeading.FindStringSubmatch(line); {
		case fence.MatchString(said):
			fenced = !fenced
		case fenced || said == "":
		case m != nil:
			p.heading(number, len(m[1]), m[2])
		default:
			p.say(said)
		}
	}
}

// say notes a line; beneath a heading list items are what it says.
func (p *guideParser) say(said string) {
	item := guideItem.FindStringSubmatch(said)
	if item != nil {
		said = strings.TrimSpace(item[1])
	}
	if said == "" {
		return
	}
	if !slices.Contains(p.lines, said) {
		p.lines = append(p.lines, said)
	}
	if n := len(p.headings); item != nil && n > 0 {
		p.headings[n-1].says = append(p.headings[n-1].says, said)
	}
}

var (
	numbering = regexp.MustCompile(`^\d+[.)][ \t]+`)
	minutes   = regexp.MustCompile(`(?i)[ \t]*(?:[-–—:,][ \t]*)?([(\[]?)\b(\d{1,4})(?:[ \t]*(?:-|–|—|to|bis)[ \t]*(\d{1,4}))?[ \t]*(?:minutes?|mins?|minuten?)\b\.?[)\]]?`)
)

func (p *guideParser) heading(line, level int, title string) {
	h := guideHeading{level: level, line: line, parent: -1}
	for n, above := range p.headings {
		if above.level < level {
			h.parent = n
		}
	}
	title = numbering.ReplaceAllString(title, "")
	if m := minutes.FindStringSubmatchIndex(title); m != nil {
		h.low, _ = strconv.Atoi(title[m[4]:m[5]]) // at most four digits
		h.high = h.low
		if m[6] >= 0 {
			h.high, _ = strconv.Atoi(title[m[6]:m[7]])
		}
		p.checkMinutes(h, strings.TrimSpace(title[m[0]:m[1]]))
		title = title[:m[0]] + " " + title[m[1]:]
	}
	h.title = oneLine(title)
	p.headings = append(p.headings, h)
}

func (p *guideParser) checkMinutes(h guideHeading, written string) {
	switch {
	case h.high < h.low:
		p.fault(h.line, "%q ends before it begins; write the smaller number first", written)
	case h.low == 0:
		p.fault(h.line, "%q begins at no minute; write how long the phase takes, such as (10 minutes)", written)
	}
}

// phases are the timed headings, and those beside them that have no minutes.
func (p *guideParser) phases() (out []guidePhase) {
	level := p.phaseLevel()
	var parents []int
	for _, h := range p.headings {
		if h.level == level && h.high > 0 {
			parents = append(parents, h.parent)
		}
	}
	for _, h := range p.headings {
		if h.level != level || !slices.Contains(parents, h.parent) || h.high == 0 && aside.MatchString(h.title) {
			continue
		}
		if h.title == "" {
			p.fault(h.line, "the phase has minutes and no name")
		}
		out = append(out, guidePhase{Name: h.title, Min: h.low, Max: h.high, line: h.line, says: h.says})
	}
	return out
}

// pitfalls are the list items beneath headings that name dangers.
func (p *guideParser) pitfalls() (out []string) {
	for _, h := range p.headings {
		if dangers.MatchString(h.title) {
			out = append(out, h.says...)
		}
	}
	return out
}

var dangers = regexp.MustCompile(`(?i)\bpitfalls?\b|\bavoid\b|fallstrick|vermeiden`)

// aside are headings that say that they are no part of the session.
var aside = regexp.MustCompile(`(?i)^(?:before|beforehand|pre-|prepar|after|post-|follow|purpose|aims?\b|goals?\b|about|why|intro|success indicators|(?:common )?pitfalls|vor(?:her|bereit| de[rm])|nach(?:her|bereit| de[rm])|ziel|zweck)`)

// phaseLevel is the level of headings of which most have minutes, the deeper of
// two: the minutes of a title are those of the whole session.
func (p *guideParser) phaseLevel() (level int) {
	timed := [7]int{}
	for _, h := range p.headings {
		if h.high > 0 {
			timed[h.level]++
		}
	}
	for l := range timed {
		if timed[l] > 0 && timed[l] >= timed[level] {
			level = l
		}
	}
	return level
}

var roleWords = []struct {
	role  phaseRole
	words *regexp.Regexp
}{
	{roleCheck, regexp.MustCompile(`(?i)\b(?:success|criteria|acceptance|outcomes?|definition of done)\b|erfolg|kriteri|akzeptanz`)},
	{roleSize, estimation},
	{roleOrder, regexp.MustCompile(`(?i)\b(?:order|sequenc\w+|priorit\w+|dependenc\w+|ranking)\b|reihenfolge|abhängig`)},
	{roleRetro, regexp.MustCompile(`(?i)\b(?:retro\w*|feedback|look back|review of the session)\b|rückblick|rückschau`)},
}

var estimation = regexp.MustCompile(`(?i)\b(?:estimat\w+|sizing|size|poker|pointing)\b|schätz`)

// assignRoles settles what happens in which box: the items in the longest, the
// first of equals, the rest by the words of its heading.
func assignRoles(phases []guidePhase) {
	talk := -1
	for n, p := range phases {
		phases[n].estimates = p.Max > 0 && estimation.MatchString(p.Name)
		if p.Max > 0 && (talk < 0 || p.Max > phases[talk].Max) {
			talk = n
		}
	}
	taken := map[phaseRole]bool{}
	for n, p := range phases {
		for _, r := range roleWords {
			if p.Max > 0 && n != talk && !taken[r.role] && r.words.MatchString(p.Name) {
				phases[n].role, taken[r.role] = r.role, true
				break
			}
		}
	}
	phases[talk].role = roleTalk
}

// citable are the lines that say something by themselves.
func citable(lines []string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return strings.HasSuffix(l, ":") })
}
