package jiratest

import (
	"html"
	"net/url"
	"strings"

	"refine/internal/lazyregexp"
)

// render shows wiki markup as HTML: the blocks and marks that tickets use.
// Everything typed goes out through escape; what it does not know stays text.
func render(markup string) string {
	w := &wikiWriter{}
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(markup), "\n")
	for len(lines) > 0 {
		lines = w.block(lines)
	}
	w.endBlocks()
	return w.out.String()
}

// HTML shows wiki markup as the page does: the answer to what a comment
// looks like to people.
func HTML(markup string) string { return render(markup) }

func mention(name string) string {
	return `<span class="mention">@` + html.EscapeString(name) + "</span>"
}

var mentionSpan = lazyregexp.New(`<span class="mention">@([^<]*)</span>`)

// Mentions lists whom markup would notify: account ids on Cloud, user names on
// Data Center.
func Mentions(markup string) []string {
	var names []string
	for _, m := range mentionSpan.FindAllStringSubmatch(render(markup), -1) {
		names = append(names, html.UnescapeString(m[1]))
	}
	return names
}

// wikiWriter keeps what is open: a paragraph, a table, or lists in lists.
type wikiWriter struct {
	out       strings.Builder
	paragraph bool
	table     bool
	lists     string // the markers of the open lists, "*#" is # in *
}

var (
	headingLine = lazyregexp.New(`^h([1-6])\.\s+(.*)$`)
	codeLine    = lazyregexp.New(`^\{(noformat|code(?::[\w.+-]+)?)\}$`)
	listLine    = lazyregexp.New(`^\s*([*#]+|-)\s+(.*)$`)
	ruleLine    = lazyregexp.New(`^-{4,5}$`)
	fenceLine   = lazyregexp.New(`^(|.*?[^\\{])\{(code|noformat)(:[^}]*)?\}(.*)$`)
	boxLine     = lazyregexp.New(`^\s*\{(quote|panel)(:[^}]*)?\}(.*)$`)
)

// block writes the first block of lines and returns those after it.
func (w *wikiWriter) block(lines []string) []string {
	line := lines[0]
	if m := fenceLine.FindStringSubmatch(line); m != nil {
		if strings.TrimSpace(m[1]) != "" {
			w.block([]string{m[1]}) // a fence may open behind text
		}
		return w.fence(m[2], m[4], lines[1:])
	}
	if m := boxLine.FindStringSubmatch(line); m != nil {
		return w.box(m[1], m[3], lines[1:])
	}
	switch trimmed := strings.TrimSpace(line); {
	case trimmed == "":
		w.endBlocks()
	case headingLine.MatchString(trimmed):
		m := headingLine.FindStringSubmatch(trimmed)
		w.endBlocks()
		w.element("h"+m[1], m[2])
	case strings.HasPrefix(trimmed, "bq. "):
		w.endBlocks()
		w.element("blockquote", trimmed[4:])
	case ruleLine.MatchString(trimmed):
		w.endBlocks()
		w.out.WriteString("<hr>")
	case strings.HasPrefix(trimmed, "|"):
		w.row(trimmed)
	case listLine.MatchString(line):
		m := listLine.FindStringSubmatch(line)
		w.item(m[1], m[2])
	default:
		w.text(trimmed)
	}
	return lines[1:]
}

func (w *wikiWriter) element(name, text string) {
	w.out.WriteString("<" + name + ">" + inline(text) + "</" + name + ">")
}

// fence writes everything up to the closing macro as it stands.
func (w *wikiWriter) fence(macro, first string, lines []string) []string {
	w.endBlocks()
	body, rest := until("{"+macro+"}", first, lines)
	w.out.WriteString("<pre>" + html.EscapeString(strings.Trim(body, "\n")) + "</pre>")
	return rest
}

// box writes a block that holds blocks.
func (w *wikiWriter) box(macro, first string, lines []string) []string {
	w.endBlocks()
	body, rest := until("{"+macro+"}", first, lines)
	w.out.WriteString("<blockquote>" + render(body) + "</blockquote>")
	return rest
}

// until collects lines up to the closing macro; without one, all of them.
func until(closing, first string, lines []string) (body string, rest []string) {
	all := append([]string{first}, lines...)
	for n, line := range all {
		before, after, found := strings.Cut(line, closing)
		if !found {
			continue
		}
		body = strings.Join(append(all[:n:n], before), "\n")
		if strings.TrimSpace(after) != "" {
			return body, append([]string{after}, all[n+1:]...)
		}
		return body, all[n+1:]
	}
	return strings.Join(all, "\n"), nil
}

func (w *wikiWriter) text(line string) {
	if w.lists != "" { // a line under an item belongs to it
		w.out.WriteString("<br>" + inline(line))
		return
	}
	if w.paragraph {
		w.out.WriteString("<br>")
	} else {
		w.endBlocks()
		w.out.WriteString("<p>")
		w.paragraph = true
	}
	w.out.WriteString(inline(line))
}

func (w *wikiWriter) row(line string) {
	if !w.table {
		w.endBlocks()
		w.out.WriteString("<table>")
		w.table = true
	}
	cell, separator := "td", "|"
	if strings.HasPrefix(line, "||") {
		cell, separator = "th", "||"
	}
	w.out.WriteString("<tr>")
	for part := range strings.SplitSeq(strings.Trim(line, "|"), separator) {
		w.element(cell, strings.TrimSpace(part))
	}
	w.out.WriteString("</tr>")
}

func (w *wikiWriter) item(markers, text string) {
	if w.lists == "" {
		w.endBlocks()
	}
	markers = strings.ReplaceAll(markers, "-", "*")
	w.closeLists(markers)
	if w.lists == markers {
		w.out.WriteString("</li>")
	}
	for _, marker := range markers[len(w.lists):] {
		w.out.WriteString("<" + listElement(marker) + ">")
	}
	w.lists = markers
	w.out.WriteString("<li>" + inline(text))
}

// closeLists closes what is open deeper than, or otherwise than, the markers.
func (w *wikiWriter) closeLists(markers string) {
	for !strings.HasPrefix(markers, w.lists) {
		last := len(w.lists) - 1
		w.out.WriteString("</li></" + listElement(rune(w.lists[last])) + ">")
		w.lists = w.lists[:last]
	}
}

func listElement(marker rune) string {
	if marker == '#' {
		return "ol"
	}
	return "ul"
}

func (w *wikiWriter) endBlocks() {
	w.closeLists("")
	if w.paragraph {
		w.out.WriteString("</p>")
	}
	if w.table {
		w.out.WriteString("</table>")
	}
	w.paragraph, w.table = false, false
}

// marks are what stands inside a line. Each is tried where its first
// character stands; one without a writer surrounds words.
var marks = []struct {
	pattern *lazyregexp.Regexp
	write   func(m []string, inner func(string) string) string
}{
	{lazyregexp.New(`^\\\\`), func([]string, func(string) string) string { return "<br>" }},
	{lazyregexp.New(`^\\([{}\[\]()|!*_\-~^+?#%@\\])`), func(m []string, _ func(string) string) string { return html.EscapeString(m[1]) }},
	{lazyregexp.New(`^\{\{(.+?)\}\}`), func(m []string, _ func(string) string) string { return "<code>" + html.EscapeString(m[1]) + "</code>" }},
	{lazyregexp.New(`^\{color(:[^}]*)?\}`), func([]string, func(string) string) string { return "" }},
	{lazyregexp.New(`^\[~(accountid:)?([^\]]+)\]`), func(m []string, _ func(string) string) string {
		return mention(m[2])
	}},
	{lazyregexp.New(`^\[([^\]|\n]+)\|([^\]|\s]+)[^\]]*\]`), func(m []string, inner func(string) string) string { return anchor(m[2], inner(m[1])) }},
	{lazyregexp.New(`^\[((?:https?://|mailto:)[^\]\s]+)\]`), func(m []string, _ func(string) string) string { return anchor(m[1], html.EscapeString(m[1])) }},
	{lazyregexp.New(`^https?://[^\s<>"\\|\[\]{}()]+`), func(m []string, _ func(string) string) string { return anchor(m[0], html.EscapeString(m[0])) }},
	{lazyregexp.New(`^!([^!\s|]+)(\|[^!]*)?!`), func(m []string, _ func(string) string) string { return "<i>image " + html.EscapeString(m[1]) + "</i>" }},
	{lazyregexp.New(`^\*(\S|\S[^*]*\S)\*(?:\b|$|[^\w*])`), nil},
	{lazyregexp.New(`^_(\S|\S[^_]*\S)_(?:$|[^\w_])`), nil},
	{lazyregexp.New(`^-(\S|\S[^\-]*\S)-(?:$|[^\w\-])`), nil},
	{lazyregexp.New(`^\+(\S|\S[^+]*\S)\+(?:$|[^\w+])`), nil},
}

// phrases are the elements of the marks that surround words.
var phrases = map[byte]string{'*': "strong", '_': "em", '-': "del", '+': "ins"}

func inline(text string) string {
	var out strings.Builder
	for at := 0; at < len(text); {
		if written, size := markAt(text, at); size > 0 {
			out.WriteString(written)
			at += size
			continue
		}
		next := at + 1
		for next < len(text) && !strings.ContainsRune(`\{[h!*_-+`, rune(text[next])) {
			next++
		}
		out.WriteString(html.EscapeString(text[at:next]))
		at = next
	}
	return out.String()
}

// reach is how far a mark may stretch, in bytes: a long line of signs must not
// take long to read.
const reach = 4000

func markAt(text string, at int) (string, int) {
	inWord := at > 0 && wordByte(text[at-1])
	for _, mark := range marks {
		m := mark.pattern.FindStringSubmatch(text[at:min(at+reach, len(text))])
		if m == nil {
			continue
		}
		if mark.write != nil {
			return mark.write(m, inline), len(m[0])
		}
		if inWord {
			return "", 0
		}
		name := phrases[text[at]]
		return "<" + name + ">" + inline(m[1]) + "</" + name + ">", len(m[1]) + 2
	}
	return "", 0
}

func wordByte(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80
}

// anchor links to the web and to mail only.
func anchor(target, label string) string {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" {
		return label
	}
	return `<a href="` + html.EscapeString(target) + `" rel="noopener noreferrer">` + label + "</a>"
}
