package text

import "strings"

// A blockReader reads line by line.
type blockReader struct {
	out      []Block
	open     []string // lines of the paragraph or list item being read
	kind     Kind
	under    string
	within   string
	depth    int      // of the heading within
	brief    bool     // the heading stood on its text's line: an empty line ends what it rules
	machine  bool     // the line before was code
	scenario bool     // what is open is Given, When, Then
	columns  []string // of the table being read, what its cells stand under
	tested   string   // the column that makes the table one of tests
	signed   bool     // a letter's closing was read
	rest     string   // what is still to be read
	ended    bool     // the rest is somebody else's mail
}

func (r *blockReader) line(line string) {
	s := strings.TrimSpace(line)
	table := strings.HasPrefix(s, "|")
	if !table {
		r.columns = nil
	}
	if s == "" {
		r.blank()
		return
	}
	title, depth := wikiHeading(s)
	if depth == 0 {
		title, depth = iconHeading(s)
	}
	item, listed := listItem(line)
	switch {
	case depth > 0:
		r.titled(title, depth)
	case s[0] == panelMark[0]:
		r.flush()
		r.under, r.brief = plain(strings.ReplaceAll(s, panelMark, "")), false
	case table:
		r.row(s)
	case r.quotesMail(s), r.closesLetter(s):
	case noise(line) || r.machine && (codeMarks(s) > 0 || proseWords(s) < 3) && !startsUpper(item):
		r.flush()
		r.machine = true
		return
	case listed:
		r.item(item, line)
	default:
		r.running(line)
	}
	r.machine = false
}

func (r *blockReader) blank() {
	r.flush()
	r.machine = false
	if r.brief {
		r.under, r.brief = "", false
		if r.depth == handmade {
			r.within, r.depth = "", 0
		}
	}
}

// wikiHeading reads "h3. Usage".
func wikiHeading(s string) (title string, depth int) {
	if len(s) < 4 || s[0]|0x20 != 'h' || s[1] < '1' || s[1] > '6' || s[2] != '.' {
		return "", 0
	}
	return strings.TrimSpace(s[3:]), int(s[1] - '0')
}

// iconHeading reads "(!) Testing notes (!)".
func iconHeading(s string) (title string, depth int) {
	if len(s) < 8 || len(s) > longestLabel || s[0] != '(' || tickBox(s) != 3 || !strings.HasSuffix(s, s[:3]) {
		return "", 0
	}
	return s[3 : len(s)-3], handmade
}

// titled is a heading. A flattened text may go on behind it with a list.
func (r *blockReader) titled(title string, depth int) {
	for _, mark := range listMarks {
		if label, rest, ok := strings.Cut(title, mark); ok && NamesCriteria(label) {
			r.heading(label, depth, false)
			r.inlineList(rest, mark)
			return
		}
	}
	if label, rest, ok := handmadeHeading(title); ok && rest != "" && namesSection(label) {
		r.heading(label, depth, false)
		r.running(rest)
		return
	}
	r.heading(title, depth, false)
}

// handmade is the depth of a heading without markup: beneath all others.
const handmade = 7

func (r *blockReader) heading(text string, depth int, brief bool) {
	r.flush()
	r.under, r.brief = strings.Trim(plain(text), " :*_"), brief
	if depth <= r.depth || r.depth == 0 {
		r.within, r.depth = "", 0
		if NamesCriteria(r.under) {
			r.within, r.depth = r.under, depth
		}
	}
	if r.under != "" {
		r.out = append(r.out, Block{Kind: Heading, Text: r.under})
	}
}

// item is an entry of a list, or a label that somebody made one.
func (r *blockReader) item(text, line string) {
	if word := scenarioWord(text); word != "" {
		mark := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(line), text))
		r.step(word, text, strings.Trim(mark, "*-") != "")
		return
	}
	if label, rest, ok := handmadeHeading(text); ok && namesSection(label) {
		r.labelled(label, rest)
		return
	}
	r.flush()
	r.kind = Bullet
	r.open = append(r.open, text)
}

// running is text that runs on. People break lines where a thought ends, and set
// labels in its middle.
func (r *blockReader) running(line string) {
	for part := range splitLabels(line) {
		if label, rest, ok := handmadeHeading(part); ok && !r.leadsIn(label) {
			r.labelled(label, rest)
			continue
		}
		s := strings.TrimSpace(part)
		if word := scenarioWord(s); word != "" {
			r.step(word, s, false)
			continue
		}
		if startsUpper(s) && len(r.open) > 0 {
			r.flush()
		}
		if head, list, mark := listInLine(part); list != "" {
			r.open = append(r.open, head)
			r.flush()
			r.inlineList(list, mark)
			continue
		}
		r.open = append(r.open, part)
	}
}

// leadsIn reports whether a label begins a list among the criteria, and is no
// heading of its own: "For the next release's documentation:".
func (r *blockReader) leadsIn(label string) bool {
	return r.within != "" && strings.Count(label, " ") >= 3 && !namesSection(label) && !template(label)
}

// labelled is a heading by hand with what stands behind it on its line.
func (r *blockReader) labelled(label, rest string) {
	r.heading(label, handmade, rest != "")
	if rest == "" {
		return
	}
	for _, mark := range listMarks {
		if after, ok := strings.CutPrefix(rest, mark[1:]); ok {
			r.brief = false
			r.inlineList(after, mark)
			return
		}
	}
	if item, ok := listItem(rest); ok {
		rest, r.kind = item, Bullet
	}
	r.open = append(r.open, rest)
}

// listMarks set off the entries of a list whose lines were lost.
var listMarks = []string{" - ", " * ", " # ", " • ", " 1. ", " 1) "}

// listInLine finds a list that begins after a colon: "Considered: - open ones".
func listInLine(line string) (head, list, mark string) {
	at := strings.Index(line, ": ")
	if at < 0 || at+3 >= len(line) {
		return line, "", ""
	}
	for _, mark := range listMarks[:4] {
		if list, ok := strings.CutPrefix(line[at+1:], mark); ok {
			return line[:at+1], list, mark
		}
	}
	return line, "", ""
}

// inlineList reads entries that stand on one line.
func (r *blockReader) inlineList(list, mark string) {
	r.flush()
	for n := 2; list != ""; n++ {
		var entry string
		entry, list, _ = strings.Cut(list, nextMark(mark, n))
		r.kind = Bullet
		r.open = append(r.open, strings.TrimLeft(entry, " -*#"))
		r.flush()
	}
}

// nextMark is what stands before the nth entry.
func nextMark(mark string, n int) string {
	if !isDigit(mark[1]) || n > 9 {
		return mark
	}
	return " " + string(rune('0'+n)) + mark[2:]
}

func (r *blockReader) flush() {
	if len(r.open) > 0 {
		text := r.open[0]
		if len(r.open) > 1 {
			text = strings.Join(r.open, " ")
		}
		if text = plain(text); text != "" && text != string(unquotable) {
			r.out = append(r.out, Block{Kind: r.kind, Text: text, Under: r.under, Within: r.within})
		}
		r.open = r.open[:0]
	}
	r.kind, r.scenario = Paragraph, false
}
