package storage_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence/storage"
)

// realBodies are bodies of real pages by file name, where they are at hand.
func realBodies(tb testing.TB) map[string]string {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join(moduleRoot(tb), "..", "shared", "data", "confluence", "*.xml"))
	require.NoError(tb, err)
	if len(files) == 0 {
		tb.Skip("no real bodies here")
	}
	bodies := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		require.NoError(tb, err)
		bodies[filepath.Base(f)] = string(b)
	}
	return bodies
}

func moduleRoot(tb testing.TB) string {
	tb.Helper()
	dir, err := os.Getwd()
	require.NoError(tb, err)
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		require.NotEqual(tb, dir, filepath.Dir(dir), "no go.mod above the test")
		dir = filepath.Dir(dir)
	}
}

// wellFormed are the real bodies but for the two that are broken on purpose.
func wellFormed(tb testing.TB) map[string]*storage.Document {
	tb.Helper()
	docs := map[string]*storage.Document{}
	for name, body := range realBodies(tb) {
		if _, broken := brokenBodies[name]; broken {
			continue
		}
		doc, err := storage.Parse(body)
		require.NoError(tb, err, name)
		docs[name] = doc
	}
	return docs
}

// brokenBodies are those that are broken on purpose, and what is wrong.
var brokenBodies = map[string]string{
	"tdnguyen-real-page.xml":            "line 179, column 100: expected element name after </ near ",
	"xwiki-confluence80tags-720904.xml": "line 1, column 562: </td> stands where <ac:layout-cell> of line 1, column 455 must be closed",
}

func TestParseRealBodies(t *testing.T) {
	t.Parallel()
	for name, doc := range wellFormed(t) {
		for n := range doc.Root.All() {
			source := doc.Source[n.Start:n.End]
			if n.Kind != storage.Element {
				continue
			}
			require.True(t, strings.HasPrefix(source, "<"+n.Name), "%s: %q", name, source)
			require.True(t, strings.HasSuffix(source, ">"), "%s: %q", name, source)
			inner, err := storage.Parse(doc.Source[n.InnerStart:n.InnerEnd])
			require.NoError(t, err, name)
			require.Len(t, inner.Root.Children, len(n.Children), "%s: %q", name, source)
		}
	}
}

func TestParseBrokenRealBodies(t *testing.T) {
	t.Parallel()
	bodies := realBodies(t)
	for name, want := range brokenBodies {
		_, err := storage.Parse(bodies[name])
		require.ErrorContains(t, err, want, name)
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	doc, err := storage.Parse(`<p class="a&amp;b">1 &lt; 2&nbsp;<br/></p><!-- c --><ac:x><![CDATA[<&]]></ac:x>`)
	require.NoError(t, err)
	require.Len(t, doc.Root.Children, 3)

	p, comment, x := doc.Root.Children[0], doc.Root.Children[1], doc.Root.Children[2]
	assert.Equal(t, "a&b", p.AttrValue("class"))
	assert.Equal(t, "1 < 2\u00a0", p.Children[0].Text)
	assert.Equal(t, "1 &lt; 2&nbsp;<br/>", doc.Source[p.InnerStart:p.InnerEnd])
	assert.Same(t, p, p.Children[0].Parent)
	assert.Equal(t, storage.Comment, comment.Kind)
	assert.True(t, x.Children[0].CData)
	assert.Equal(t, "<&", x.Children[0].Text)

	br := p.Child("br")
	assert.Equal(t, "<br/>", doc.Source[br.Start:br.End])
	assert.Equal(t, br.End, br.InnerStart, "an element of one tag has no content")
	assert.Equal(t, br.End, br.InnerEnd)
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ body, want string }{
		"wrong end":       {"<p>\nä<b></p>", "line 2, column 5: </p> stands where <b> of line 2, column 2 must be closed"},
		"alike":           {"<acxp></ac:p>", "line 1, column 7: </ac:p> stands where <acxp> of line 1, column 1 must be closed"},
		"no start":        {"a</p>", "line 1, column 2: </p> closes nothing"},
		"no end":          {"<p><b>x</b>", "line 1, column 12: the body ends inside <p> of line 1, column 1"},
		"two attributes":  {`<p a="1" a="2"/>`, "line 1, column 1: <p> has two attributes a"},
		"entity":          {"<p>&nope;</p>", "line 1, column 10: invalid character entity &nope; near \"<p>&nope;\", inside <p> of line 1, column 1"},
		"bare ampersand":  {"a & b", "line 1, column 4: invalid character entity & (no semicolon) near \"a &\""},
		"doctype":         {`<!DOCTYPE x [<!ENTITY a "b">]>&a;`, "line 1, column 1: a body holds no declarations and no processing instructions"},
		"instruction":     {`<?php x ?>`, "line 1, column 1: a body holds no declarations and no processing instructions"},
		"control":         {"<p>\x01</p>", "line 1, column 5: illegal character code U+0001 near \"<p>\\x01\", inside <p> of line 1, column 1"},
		"not UTF-8":       {"\xff", "line 1, column 2: invalid UTF-8 near \"\ufffd\""},
		"no quotes":       {"<p a=b/>", "line 1, column 7: unquoted or missing attribute value in element near \"<p a=b\""},
		"too deep":        {strings.Repeat("<a>", 501), "line 1, column 1501: more than 500 elements inside each other"},
		"too many":        {strings.Repeat("<p/>", 1<<19+1), "line 1, column 2097153: more than 1048576 tags and texts"},  // F8
		"too much of one": {"<p" + manyAttributes() + "/>", "line 1, column 1: more than 1000 attributes of one element"}, // F8
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := storage.Parse(tt.body)
			require.EqualError(t, err, "storage format, "+tt.want)
			var syntax *storage.SyntaxError
			require.ErrorAs(t, err, &syntax)
		})
	}
}

func manyAttributes() string {
	var b strings.Builder
	for i := range 1001 {
		fmt.Fprintf(&b, " a%d=''", i)
	}
	return b.String()
}

func TestNodeLookups(t *testing.T) {
	t.Parallel()
	doc, err := storage.Parse(`<ac:structured-macro ac:name="status"><ac:parameter ac:name="title"> Not <b>ready</b> </ac:parameter>` +
		`<ac:parameter ac:name="colour">Red</ac:parameter></ac:structured-macro><ul><li>a<ul><li>b</li></ul></li></ul>`)
	require.NoError(t, err)
	status := doc.Root.Child("ac:structured-macro")
	assert.Equal(t, "status", status.Macro())
	assert.Equal(t, "Not ready", status.Param("title"))
	assert.Empty(t, status.Param("subtle"))
	assert.Empty(t, doc.Root.Child("ul").Macro())
	assert.Nil(t, doc.Root.Child("ol").Child("li"))

	var items []string
	for li := range doc.Root.Find("li") {
		items = append(items, li.PlainText())
	}
	assert.Equal(t, []string{"a\nb", "b"}, items)
	for li := range doc.Root.Find("li") {
		assert.Equal(t, "a\nb", li.PlainText(), "stopping early is possible")
		break
	}
}

func TestBlocks(t *testing.T) {
	t.Parallel()
	doc, err := storage.Parse(`<!-- x --> <p>a</p> loose <ac:layout><ac:layout-section><ac:layout-cell><h2>b</h2>
		</ac:layout-cell><ac:layout-cell><div><p>c</p></div></ac:layout-cell></ac:layout-section></ac:layout><hr/>`)
	require.NoError(t, err)
	var names []string
	for _, b := range doc.Blocks() {
		names = append(names, b.Name)
	}
	assert.Equal(t, []string{"p", "", "h2", "div", "hr"}, names)
}

func TestPlainText(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ body, want string }{
		"blocks":         {"<p>a  b</p>\n<p>c<br/>d</p>", "a b\nc\nd"},
		"space at tags":  {"<p>a <strong> b</strong>c&nbsp;</p>", "a bc"},
		"table":          {"<table><tbody><tr><th>a</th><td><p>b</p></td></tr></tbody></table>", "a\nb"},
		"task":           {"<ac:task><ac:task-id>1</ac:task-id><ac:task-uuid>u</ac:task-uuid><ac:task-status>complete</ac:task-status><ac:task-body>do it <time datetime=\"2026-01-02\">Jan 2</time></ac:task-body></ac:task>", "do it 2026-01-02"},
		"placeholder":    {"<p>a<ac:placeholder>hint</ac:placeholder></p>", "a"},
		"code":           {"<ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"language\">go</ac:parameter><ac:plain-text-body><![CDATA[a {\n  b\n}]]></ac:plain-text-body></ac:structured-macro><p>c</p>", "a {\n  b\n}\nc"},
		"decision":       {"<ac:adf-extension><ac:adf-node type=\"decision-list\"><ac:adf-attribute key=\"local-id\">1</ac:adf-attribute><ac:adf-node type=\"decision-item\"><ac:adf-attribute key=\"state\">DECIDED</ac:adf-attribute><ac:adf-content>yes</ac:adf-content></ac:adf-node></ac:adf-node><ac:adf-fallback><ul><li>yes</li></ul></ac:adf-fallback></ac:adf-extension>", "yes"},
		"only fallback":  {"<ac:adf-extension><ac:adf-fallback>x</ac:adf-fallback></ac:adf-extension>", "x"},
		"page link":      {`<p>see <ac:link><ri:page ri:content-title="Home"/></ac:link></p>`, "see Home"},
		"other links":    {`<ac:link><ri:attachment ri:filename="a.png"/></ac:link> <ac:link><ri:url ri:value="https://x.test"/></ac:link> <ac:link ac:anchor="b"/>`, "a.png https://x.test"},
		"empty code":     {"<p>a</p><pre> \n</pre><p>b</p>", "a\nb"},
		"link with body": {`<p>see <ac:link><ri:page ri:content-title="Home"/><ac:plain-text-link-body><![CDATA[it]]></ac:plain-text-link-body></ac:link></p>`, "see it"},
		"mention":        {`<p>ask <ac:link><ri:user ri:account-id="1"/></ac:link> now</p>`, "ask now"},
		"emoji":          {`<p><ac:emoticon ac:name="blue-star" ac:emoji-fallback="🥲" /> ok</p>`, "🥲 ok"},
		"lozenge":        {`<p><ac:structured-macro ac:name="status"><ac:parameter ac:name="title">T</ac:parameter></ac:structured-macro> ok</p>`, "ok"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc, err := storage.Parse(tt.body)
			require.NoError(t, err)
			assert.Equal(t, tt.want, doc.Root.PlainText())
		})
	}
}

// Every word that stands in a real body as text is in its plain text, in order.
func TestPlainTextOfRealBodies(t *testing.T) {
	t.Parallel()
	for name, doc := range wellFormed(t) {
		rest := strings.Fields(doc.Root.PlainText())
		for p := range doc.Root.Find("p") {
			for c := range slices.Values(p.Children) {
				if c.Kind != storage.Text || len(strings.Fields(c.Text)) == 0 || insideHidden(c) {
					continue
				}
				assert.Contains(t, strings.Join(rest, " "), strings.Join(strings.Fields(c.Text), " "), name)
			}
		}
	}
}

func insideHidden(n *storage.Node) bool {
	for ; n != nil; n = n.Parent {
		switch n.Name {
		case "ac:adf-fallback", "ac:placeholder", "ac:parameter", "at:declarations":
			return true
		}
	}
	return false
}
