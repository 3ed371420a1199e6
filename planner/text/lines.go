package text

import "strings"

// readBlocks reads wiki markup block by block.
func readBlocks(wiki string) []Block {
	if strings.IndexByte(wiki, '\r') >= 0 {
		wiki = strings.ReplaceAll(strings.ReplaceAll(wiki, "\r\n", "\n"), "\r", "\n") // some exports have a lone "\r"
	}
	text := dropFences(dropVerbatim(wiki))
	if !strings.Contains(strings.TrimSpace(text), "\n") {
		text = unflatten(text)
	}
	r := blockReader{}
	for text != "" && !r.ended {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		r.rest = text
		r.line(line)
	}
	r.flush()
	return r.out
}

// unflatten restores the lines of a text that an export has set on one line,
// where a break is two spaces or more, or one before an entry of a list that
// such a break begins.
func unflatten(text string) string {
	var b strings.Builder
	b.Grow(len(text) + 16)
	for text != "" {
		line, rest, _ := strings.Cut(text, "  ")
		text = strings.TrimLeft(rest, " ")
		if _, depth := wikiHeading(line + " "); depth > 0 && len(line) == len("h1.") { // the heading's words follow
			b.WriteString(line + " ")
			continue
		}
		if len(line) > 2 && strings.IndexByte("-*#", line[0]) >= 0 && line[1] == ' ' {
			line = strings.ReplaceAll(line, " "+line[:2], "\n"+line[:2])
		}
		b.WriteString(line + "\n")
		if len(rest)-len(text) >= 2 {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// dropFences leaves out what stands between fences of backticks, but for
// scenarios.
func dropFences(text string) string {
	const fence = "```"
	open := strings.Index(text, fence)
	if open < 0 {
		return text
	}
	var b strings.Builder
	for ; open >= 0; open = strings.Index(text, fence) {
		within, after, shut := strings.Cut(text[open+len(fence):], fence)
		if !shut {
			break
		}
		b.WriteString(text[:open] + "\n")
		if _, body, _ := strings.Cut(within, "\n"); IsScenario(body) {
			b.WriteString(body + "\n")
		}
		text = after
	}
	b.WriteString(text)
	return b.String()
}
