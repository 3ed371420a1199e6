package guide

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// drawn writes blocks as a list of what they are, to look at them in a test.
func drawn(blocks []Block, indent string) string {
	names := map[Kind]string{
		Heading: "heading", Paragraph: "line", BulletList: "bullets", OrderedList: "numbers", Item: "item", Quote: "quote",
		Code: "code", Table: "table", Row: "row", Cell: "cell",
	}
	var out strings.Builder
	for _, b := range blocks {
		says := b.Code
		for _, s := range b.Spans {
			says += fmt.Sprintf("[%s]", s.Text)
			for mark, set := range map[string]bool{"strong": s.Strong, "em": s.Em, s.Link: s.Link != ""} {
				if set {
					says += "(" + mark + ")"
				}
			}
		}
		fmt.Fprintf(&out, "%s%d %s%s %s\n", indent, b.Line, names[b.Kind], strings.Repeat("#", b.Level), strings.TrimSpace(says))
		out.WriteString(drawn(b.Blocks, indent+"  "))
	}
	return out.String()
}

// L12: whatever Markdown a guide is written in, it is read as people see it.
func TestBlocks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"headings", "# A\nB\n===\n#### C ##\n", "1 heading# [A]\n2 heading# [B]\n4 heading#### [C]\n"},
		{"lists", "* a\n\t* b\n1) c\n2) d\n", `
1 bullets
  1 item
    1 line [a]
    2 bullets
      2 item
        2 line [b]
3 numbers
  3 item
    3 line [c]
  4 item
    4 line [d]
`},
		{"a wrapped item", "- Say what\n  became of it\nand why\n", "1 bullets\n  1 item\n    1 line [Say what became of it and why]\n"},
		{"lines on purpose", "One  \nTwo\\\nThree\n", "1 line [One]\n1 line [Two]\n1 line [Three]\n"},
		{"marks", "Ask **who**, *why* & [when](https://x.example/a?b&c) `x*y`\n", "1 line [Ask ][who](strong)[, ][why](em)[ & ][when](https://x.example/a?b&c)[ x*y]\n"},
		{"links kept below", "Ask [Dana][d]\n\n[d]: <mailto:dana@x.example>\n", "1 line [Ask ][Dana](mailto:dana@x.example)\n"},
		{"escapes", "1\\. 2 \\* 3 &lt;it&gt; &#27;[31m \\&amp; <it> AT&T\n", "1 line [1. 2 * 3 <it> [31m &amp; <it> AT&T]\n"},
		{"a table", "| A | B \\| C |\n|---|:-:|\n| 1 | **2** |\n| 3\n", `
1 table
  1 row
    1 cell [A]
    1 cell [B | C]
  3 row
    3 cell [1]
    3 cell [2](strong)
  4 row
    4 cell [3]
    4 cell
`},
		{"code", "```sh\na\n  b\n```\n\n    c\n", "1 code a\n  b\n6 code c\n"},
		{"a quotation", "> a\n> - b\n", "1 quote\n  1 line [a]\n  2 bullets\n    2 item\n      2 line [b]\n"},
		{"settings above", "---\na: b\n---\n# A\n", "4 heading# [A]\n"},
		{"nothing to see", "<!-- a\n\nb --> \n\n***\n\nc <!-- d -->\n", "7 line [c ]\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := &faults{name: "g.md"}
			text, before := cutFrontMatter(c.text, f)
			lines := strings.Split(strings.TrimSpace(drawn(read(text, before, f), "")), "\n")
			for n, l := range lines {
				lines[n] = strings.TrimRight(l, " ")
			}
			require.NoError(t, f.err())
			assert.Equal(t, strings.TrimSpace(c.want), strings.Join(lines, "\n"))
		})
	}
}

// L12: a list item is cited without what is no part of its words.
func TestLines(t *testing.T) {
	t.Parallel()
	g, err := Parse("g.md", "Welcome\n## A (10 min)\n- [ ] Ask **why**\n- [x] Ask\n  who\n+ Ask when\n\n  And where?\n> Ask what\n\n| Ask | here |\n|---|---|\n| or | there |\n")
	require.NoError(t, err)
	assert.Equal(t, []string{"Welcome", "Ask why", "Ask who", "Ask when", "And where?", "Ask what"}, g.lines)
	assert.Equal(t, []string{"Ask why", "Ask who", "Ask when"}, g.Phases()[0].Lines)
}
