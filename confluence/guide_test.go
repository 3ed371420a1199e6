package confluence

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence/storage"
	"refine/planner/guide"
)

// L12 C1: a page shows a team's guide as Markdown means it, whichever way it is
// typed, and nothing of it is markup.
func TestWriteGuide(t *testing.T) {
	t.Parallel()
	const phase = "## Talk (10 min)\n- a b\n- c d\n- e f\n\n"
	const shown = "<h3>Talk (10 min)</h3><ul><li><p>a b</p></li><li><p>c d</p></li><li><p>e f</p></li></ul>"
	for _, c := range []struct{ name, text, want string }{
		{"underlined", "Rules\n=====\nBe kind\n", "<h2>Rules</h2><p>Be kind</p>"},
		{"numbers with a bracket", "1) One\n   * inner\n2) Two\n", "<ol><li><p>One</p><ul><li><p>inner</p></li></ul></li><li><p>Two</p></li></ol>"},
		{"the deepest heading", "###### Rules\n", "<h6>Rules</h6>"},
		{"settings", "Be kind  \nBe brief\n", "<p>Be kind</p><p>Be brief</p>"},
		{"marks", "Ask **who**, *why*, [when](https://x.example/) & [how](javascript:alert(1)) <it>\n",
			`<p>Ask <strong>who</strong>, <em>why</em>, <a href="https://x.example/">when</a> &amp; how &lt;it&gt;</p>`},
		{"a table", "| A | B |\n|--|--|\n| 1 | **2** |\n",
			"<table><tbody><tr><th><p>A</p></th><th><p>B</p></th></tr><tr><td><p>1</p></td><td><p><strong>2</strong></p></td></tr></tbody></table>"},
		{"code", "```\n<a>\n# b\n```\n", "<p>&lt;a&gt;</p><p># b</p>"},
		{"a quotation", "> Be kind\n", "<p>Be kind</p>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g, err := guide.Parse("our.md", "---\ntitle: Ours\n---\n"+phase+c.text)
			require.NoError(t, err)
			b := storage.NewBuilder(nil)
			writeGuide(b, g.Blocks())
			assert.Equal(t, shown+c.want, b.String())
		})
	}
}
