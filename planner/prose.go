package planner

import (
	"regexp"
	"strings"
	"unicode"
)

// A source is one text of an issue: its summary, its description, a comment.
type source struct {
	where   string // "summary", "description", "comment by Dana"
	raw     string // wiki markup, as Jira holds it
	folded  string // see [fold]
	comment bool
}

func newSource(where, raw string) *source {
	return &source{where: where, raw: raw, folded: fold(raw)}
}

// blockKind tells running text from list items and headings.
type blockKind int

const (
	paragraph blockKind = iota
	bullet
	heading
)

// A block is one paragraph, list item or heading as a person reads it.
type block struct {
	kind  blockKind
	text  string
	under string // the heading it stands beneath
}

// unquotable stands in read text for what a quote must not run across: link
// addresses, images, mentions.
const unquotable = '\uFFFC'

var (
	verbatimMacro = regexp.MustCompile(`(?is)\{(code|noformat|html|quote|panel)(?::[^}]*)?\}.*?(?:\{(?:code|noformat|html|quote|panel)\}|$)`)
	formatMacro   = regexp.MustCompile(`(?i)\{(?:color|anchor|toc|info|tip|note|warning|panel|quote|code|noformat|html|section|column)(?::[^}]*)?\}`)
	wikiLink      = regexp.MustCompile(`\[([^\[\]|\n]+)\|[^\[\]\n]*\]`)
	bareLink      = regexp.MustCompile(`\[?\b(?:https?|ftp|file|mailto|s?ftp|git|ssh):\S+`)
	mention       = regexp.MustCompile(`\[~[^\]\n]*\]`)
	image         = regexp.MustCompile(`![^!\s]+\.[A-Za-z]{2,4}(?:\|[^!\n]*)?!`)
	emphasis      = regexp.MustCompile(`(^|[\s(“"'])[*_]+([^*_\s](?:[^*_\n]*[^*_\s])?)[*_]+($|[\s).,:;!?”"'])`)
	listMarker    = regexp.MustCompile(`^\s*(?:(?:[*#-]+|•|\d{1,2}[.)])\s+(?:\[[ xX]?\]\s+)?|\[[ xX]?\]\s+)`) // with a checkbox, or only that
	wikiHeading   = regexp.MustCompile(`^\s*h[1-6]\.\s*`)
	wideGap       = regexp.MustCompile(`\s{2,}`)
)

// blocks reads wiki markup as prose. Code, logs, stack traces, tables and
// quoted mail are not prose and left out.
func blocks(wiki string) []block {
	text := verbatimMacro.ReplaceAllString(strings.ReplaceAll(wiki, "\r", ""), "\n")
	text = formatMacro.ReplaceAllString(text, "")
	if !strings.Contains(text, "\n") {
		text = wideGap.ReplaceAllString(text, "\n") // flattened by an export
	}
	r := blockReader{}
	for line := range strings.Lines(text) {
		r.line(strings.TrimRight(line, "\n"))
	}
	r.flush()
	return r.out
}

type blockReader struct {
	out   []block
	open  []string // lines of the paragraph or list item being read
	kind  blockKind
	under string
}

func (r *blockReader) line(line string) {
	switch {
	case strings.TrimSpace(line) == "":
		r.flush()
	case noise(line):
		r.flush()
	case wikiHeading.MatchString(line):
		r.heading(wikiHeading.ReplaceAllString(line, ""))
	case listMarker.MatchString(line):
		r.flush()
		r.kind = bullet
		r.open = []string{listMarker.ReplaceAllString(line, "")}
	default:
		r.plainLine(line)
	}
}

// plainLine is running text, or a heading that somebody wrote by hand:
// "Completion Criteria:", "*Usage*".
func (r *blockReader) plainLine(line string) {
	label, rest, labelled := handmadeHeading(line)
	if !labelled {
		if startsUpper(strings.TrimSpace(line)) && len(r.open) > 0 { // people break lines where a thought ends
			r.flush()
		}
		r.open = append(r.open, line)
		return
	}
	r.heading(label)
	if rest != "" {
		r.open = []string{rest}
	}
}

func (r *blockReader) heading(text string) {
	r.flush()
	r.under = strings.Trim(readable(text), " :*_")
	r.out = append(r.out, block{kind: heading, text: r.under})
}

func (r *blockReader) flush() {
	if text := readable(strings.Join(r.open, " ")); text != "" {
		r.out = append(r.out, block{kind: r.kind, text: text, under: r.under})
	}
	r.open, r.kind = nil, paragraph
}

var (
	criteriaLabel = regexp.MustCompile(`(?i)^\s*[*_+]*((?:acceptance|completion|exit|done|success)[ -]criteria|acceptance tests?|definition of done|conditions of satisfaction|done when|CC|AC|QA)\s*(?::\s*[*_+]*|[*_+]*\s*:|[*_+]+\s*$|$)\s*`)
	boldLine      = regexp.MustCompile(`^\s*[*_+]+([^*_+]{2,60})[*_+]+\s*:?\s*$`)
	colonLine     = regexp.MustCompile(`^\s*([A-Z][\w /&'-]{1,48}):\s*$`)
)

func handmadeHeading(line string) (label, rest string, ok bool) {
	if m := criteriaLabel.FindStringSubmatchIndex(line); m != nil {
		return line[m[2]:m[3]], strings.TrimSpace(line[m[1]:]), true
	}
	for _, re := range []*regexp.Regexp{boldLine, colonLine} {
		if m := re.FindStringSubmatch(line); m != nil {
			return m[1], "", true
		}
	}
	return "", "", false
}

// readable strips markup within a line and marks what cannot be quoted.
func readable(s string) string {
	gap := string(unquotable)
	s = mention.ReplaceAllString(s, gap)
	s = image.ReplaceAllString(s, gap)
	s = wikiLink.ReplaceAllString(s, "$1"+gap)
	s = bareLink.ReplaceAllString(s, gap)
	s = strings.NewReplacer("{{", "", "}}", "", "\\\\", " ").Replace(s)
	for range 2 { // neighbours share the space between them
		s = emphasis.ReplaceAllString(s, "$1$2$3")
	}
	return strings.Join(strings.Fields(s), " ")
}

var noiseLines = []*regexp.Regexp{
	regexp.MustCompile(`^\s*at [\w.$<>/]+\s*\(`),
	regexp.MustCompile(`^\s*(?:Caused by:|Traceback |\.\.\. \d+ more)`),
	regexp.MustCompile(`^\s*[\w.$]*(?:Exception|Error)\b\s*[:(]`),
	regexp.MustCompile(`^\s*\[?(?:INFO|DEBUG|WARN(?:ING)?|ERROR|TRACE|FATAL)\b`),
	regexp.MustCompile(`^\s*\[?\d{4}-\d\d-\d\d[ T]\d\d:\d\d`),
	regexp.MustCompile(`^\s*\d\d:\d\d:\d\d`),
	regexp.MustCompile(`^\s*(?:\||>|<|bq\.|[{}$]|//|/\*)`),
	regexp.MustCompile(`^\s*(?:From|Sent|To|Cc|Subject): \S`),
	regexp.MustCompile(`[;{}]\s*$`),
	regexp.MustCompile(`^[\s*#-]*[\w.]+(?:\s*\([^)]*\))?\s+:\s*[A-Z][\w.<>]*(?:\[\])?(?:\s+[A-Z]+)?\s*$`), // a signature
	regexp.MustCompile(`^\s*(?:var|const|let|import|function|public|private|return|#include|package|export|SELECT|INSERT) .*[=({.;]`),
}

// noise reports whether a line is machine text: a quote from it would decorate
// and explain nothing.
func noise(line string) bool {
	for _, re := range noiseLines {
		if re.MatchString(line) {
			return true
		}
	}
	letters, others := 0, 0
	for _, r := range bareLink.ReplaceAllString(line, "") {
		switch {
		case unicode.IsLetter(r), unicode.IsSpace(r), unicode.IsMark(r):
			letters++
		default:
			others++
		}
	}
	return others > 4 && others > letters/2
}
