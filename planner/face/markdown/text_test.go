package markdown

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"pgregory.net/rapid"
)

// shown is what people see of a document that GitHub's Markdown understands:
// its text, within the elements that hold it.
func shown(t require.TestingT, document, before, after string) string {
	var out bytes.Buffer
	require.NoError(t, goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList)).Convert([]byte(document), &out))
	inner, found := strings.CutPrefix(strings.TrimSpace(out.String()), before)
	require.True(t, found, "%q became %q", document, out.String())
	inner, found = strings.CutSuffix(inner, after)
	require.True(t, found, "%q became %q", document, out.String())
	require.NotContains(t, inner, "<", "%q became %q", document, out.String())
	return html.UnescapeString(inner)
}

// places are where a plan puts words of a ticket.
var places = []struct{ name, before, after, htmlBefore, htmlAfter string }{
	{"a paragraph", "", "\n", "<p>", "</p>"},
	{"behind a paragraph", "x\n\n", "\n", "<p>x</p>\n<p>", "</p>"},
	{"a list item", "- ", "\n", "<ul>\n<li>", "</li>\n</ul>"},
	{"a numbered item", "1. ", "\n", "<ol>\n<li>", "</li>\n</ol>"},
	{"a heading", "## ", "\n", "<h2>", "</h2>"},
	{"strong", "x **", "** y\n", "<p>x <strong>", "</strong> y</p>"},
	{"a link", "[", "](<https://x.example/>)\n", `<p><a href="https://x.example/">`, "</a></p>"},
	{"a cell", "| a | b |\n|---|---|\n| 1 | ", " |\n", "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>", "</td>\n</tr>\n</tbody>\n</table>"},
}

// §13: what a line may begin with, and what ours lost.
func TestText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"1. Export", `1\. Export`},
		{"12) Export", `12\) Export`},
		{"7.", `7\.`},
		{"- Export", `\- Export`},
		{"+ Export", `\+ Export`},
		{"---", `\---`},
		{"===", `\===`},
		{"    Export", "&#32;&#32;&#32;&#32;Export"},
		{"\tExport ", "&#9;Export&#32;"},
		{"1.5 seconds", "1.5 seconds"},
		{"PAY-2 - a+b=c", "PAY-2 - a+b=c"},
		{"# no heading", `\# no heading`},
		{"> said", "&gt; said"},
		{"a\r\nb\nc", "a b c"},
		{"[ ] done", `\[ \] done`},
		{"<b>AT&amp;T</b>", "&lt;b&gt;AT&amp;amp;T&lt;/b&gt;"},
		{"x_y *z* `q` ~~no~~ ![i](u)", "x\\_y \\*z\\* \\`q\\` \\~\\~no\\~\\~ \\!\\[i\\](u)"},
		{`C:\new | old`, `C:\\new \| old`},
		{"", ""},
	} {
		assert.Equal(t, c.want, Text(c.text), "%q", c.text)
	}
}

// §13 F5: whatever a ticket says, Markdown shows the same and no more, in each
// place of a plan.
func TestTextIsShownAsItIs(t *testing.T) {
	t.Parallel()
	breaks := strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\x00", "\ufffd")
	for _, place := range places {
		t.Run(place.name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				text := anyText().Draw(t, "text")
				if place.name == "strong" { // stars beside a space are no marks
					text = "x" + text + "x"
				}
				got := shown(t, place.before+Text(text)+place.after, place.htmlBefore, place.htmlAfter)
				if want := breaks.Replace(text); got != want {
					t.Fatalf("%q is shown as %q, written %q", text, got, Text(text))
				}
			})
		})
	}
}

// anyText is text made of what Markdown gives a meaning, and of other runes.
func anyText() *rapid.Generator[string] {
	pieces := rapid.OneOf(
		rapid.SampledFrom([]string{
			"-", "+", "*", "=", "#", ">", "1.", "23)", " ", "  ", "\t", "\n", "`", "```", "~~~", "_", "**", "[", "]", "(", ")", "!", "<", "&", "&amp;", "&#35;",
			"|", "\\", ":", "---", "<b>", "<!--", "http://x.y", "[x]: u", "word", "PAY-2", "{#id}", "^", "$", "“", "\u00a0", "\u2028", "é", "\x00",
		}),
		rapid.StringN(1, 2, 6),
	)
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(pieces, 1, 8).Draw(t, "pieces"), "")
	})
}

var anchor = regexp.MustCompile(`^<p><a href="([^"]*)">(.*)</a></p>\n$`)

// F5: a link shows its text and leads where it says, or nowhere.
func TestLink(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, url, href string }{
		{"PAY-2", "https://jira.example/browse/PAY-2", "https://jira.example/browse/PAY-2"},
		{"a](https://evil.example)", "https://x.example/", "https://x.example/"},
		{"A_1", "https://x.example/> y", "https://x.example/%3E%20y"},
		{"b", `https://x.example/?a=1&lt;=2\)`, "https://x.example/?a=1&lt;=2%5C)"},
		{"- c", "http://x.example/\n\n# d|e", "http://x.example/#%20d%7Ce"},
	} {
		var out bytes.Buffer
		require.NoError(t, goldmark.Convert([]byte(Link(c.text, c.url)), &out))
		found := anchor.FindStringSubmatch(out.String())
		require.NotNil(t, found, out.String())
		assert.Equal(t, c.href, html.UnescapeString(found[1]))
		assert.Equal(t, c.text, html.UnescapeString(found[2]))
	}
	for _, url := range []string{"", "javascript:alert(1)", "JAVASCRIPT:https://x.example", "//x.example", "data:text/html,x"} {
		assert.Equal(t, `a\|b`, Link("a|b", url), url)
	}
}
