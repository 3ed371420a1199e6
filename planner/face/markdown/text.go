package markdown

import (
	"fmt"
	"strings"

	"refine/internal/lazyregexp"
)

// inline is what has a meaning anywhere in a line. A line break would end the
// row of a table, so it is a space.
var inline = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;",
	"|", `\|`, "#", `\#`, "!", `\!`, "~", `\~`, "\r\n", " ", "\n", " ", "\r", " ", "\x00", "\ufffd",
)

var (
	// lead has a meaning at a line's beginning: a list, a line of dashes, one
	// beneath a heading.
	lead = lazyregexp.New(`^(?:[-+=]|\d{1,9}[.)](?:[ \t]|$))`)
	// edges are spaces that Markdown takes away, or takes for code.
	edges = lazyregexp.New(`^[ \t\v\f]+|[ \t\v\f]+$`)
)

// Text is s as one line of Markdown that shows s and nothing else: nothing in it
// marks up, links, ends a cell or begins a list. Line breaks become spaces.
func Text(s string) string {
	s = inline.Replace(strings.ToValidUTF8(s, "\ufffd"))
	if at := lead.FindString(s); at != "" {
		mark := strings.TrimRight(at, " \t")
		s = mark[:len(mark)-1] + `\` + s[len(mark)-1:]
	}
	return edges.ReplaceAllStringFunc(s, func(spaces string) string {
		var out strings.Builder
		for _, r := range spaces {
			fmt.Fprintf(&out, "&#%d;", r)
		}
		return out.String()
	})
}

// address keeps an address from ending early, and from being read as anything
// but itself.
var address = strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", `\`, "%5C", "|", "%7C", "&", "&amp;", "\n", "", "\r", "")

// Link shows text, as [Text] does, and leads to url if that is an address of the
// web; any other one, such as javascript:, leads nowhere.
func Link(text, url string) string {
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		return Text(text)
	}
	return fmt.Sprintf("[%s](<%s>)", Text(text), address.Replace(url))
}
