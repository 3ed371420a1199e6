package storage

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A long body that is read from two places at once is what it is read from one, whatever
// stands in its middle, and so is what is wrong with it.
func TestParseFromTwoPlaces(t *testing.T) {
	t.Parallel()
	block := `<h2>Loans &amp; fees</h2>` + "\n" + `<p>The <strong>fee</strong> is <br/>due</p><ac:task-list><ac:task><ac:task-body>ask</ac:task-body></ac:task></ac:task-list>`
	blocks := strings.Repeat(block, longBody/2/len(block))
	for name, body := range map[string]string{
		"blocks":               blocks + blocks + "tail",
		"text in between":      blocks + "&nbsp;and " + blocks,
		"within a layout":      "<ac:layout><ac:layout-cell>" + blocks + blocks + "</ac:layout-cell></ac:layout>",
		"within CDATA":         blocks + "<ac:plain-text-body><![CDATA[" + strings.Repeat("<h2>", longBody/2) + "]]></ac:plain-text-body>" + blocks,
		"within a comment":     blocks + "<!--" + strings.Repeat("<h2> ", longBody/2) + "-->" + blocks,
		"in an attribute":      blocks + `<p title="` + strings.Repeat("&lt;h2>", longBody/4) + `"/>` + blocks,
		"no heading":           strings.Repeat("<p>a</p>", longBody/4),
		"none in its middle":   block + strings.Repeat("<p>a</p>", longBody/4),
		"short":                block,
		"wrong at the end":     blocks + blocks + "<p>",
		"wrong in the middle":  blocks + "</p>" + blocks,
		"wrong behind it":      blocks + blocks + "</p>" + block,
		"wrong at the start":   "<p>" + blocks + blocks,
		"a layout that is cut": "<ac:layout>" + blocks + blocks,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, wrong := newParser(body, 0).read(-1, nil)
			got, err := parse(body)
			assert.Equal(t, wrong, err)
			if wrong != nil {
				return
			}
			require.Equal(t, told(want.Root), told(got.Root))
			assert.Equal(t, len(want.Saying()), len(got.Saying()))
			for n, b := range got.Saying() {
				require.Equal(t, Unmarked(want.Saying()[n].Node), b.Says)
			}
		})
	}
}

// The second half is taken where it stands between blocks, and only there.
func TestTheRestIsTakenBetweenBlocks(t *testing.T) {
	t.Parallel()
	blocks := strings.Repeat("<h2>Loans</h2><p>The fee is due</p>", longBody/16)
	for body, taken := range map[string]bool{
		blocks: true,
		"<ac:layout><ac:layout-cell>" + blocks + "</ac:layout-cell></ac:layout>": false,
		blocks + "</p>": false,
	} {
		from, reading := readRest(body)
		rest := make(chan *parser, 1)
		rest <- <-reading
		p := newParser(body, 0)
		_, _ = p.read(from, rest)
		assert.Equal(t, taken, p.offset() == from, "it reads no further than from there")
	}
}

// told is all that a node and what stands in it say, and whether each has its parent.
func told(n *Node) string {
	var b strings.Builder
	var tell func(n *Node)
	tell = func(n *Node) {
		fmt.Fprintln(&b, n.Kind, n.Name, n.Attr, n.Text, n.CData, n.Start, n.InnerStart, n.InnerEnd, n.End)
		for _, c := range n.Children {
			if c.Parent != n {
				fmt.Fprintln(&b, "another's child")
			}
			tell(c)
		}
	}
	tell(n)
	return b.String()
}
