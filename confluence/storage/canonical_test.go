package storage_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence/storage"
)

func canonical(tb testing.TB, body string) string {
	tb.Helper()
	doc, err := storage.Parse(body)
	require.NoError(tb, err, body)
	return storage.Canonical(doc.Root.Children...)
}

func TestCanonicalEqual(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ sent, stored string }{
		"entities":           {`<p>a &#8211; b &amp; &#34;c&#34;</p>`, `<p>a &ndash; b &amp; &quot;c&quot;</p>`},
		"attribute order":    {`<a href="u" title="t">x</a>`, `<p><a title="t" href="u">x</a></p>`},
		"assigned ids":       {`<h2>a</h2>`, `<h2 local-id="f00">a</h2>`},
		"white space":        {"<p>a</p><p>b</p>", "<p>a </p>\n  <p>\n b</p>"},
		"space beside a tag": {"<p>a <strong>b</strong></p>", "<p>a<strong> b</strong></p>"},
		"no-break space":     {"<p>a b</p>", "<p>a&nbsp;b</p>"},
		"empty paragraphs":   {"<p>a</p>", "<p /><p>a</p><p><br/></p><p>&nbsp;</p><p><strong> </strong></p>"},
		"list items":         {"<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>"},
		"cells":              {"<table><tr><th>a</th><td></td></tr></table>", `<table data-layout="default" ac:local-id="1" class="wrapped"><colgroup><col style="width: 10px;"/></colgroup><tbody><tr><th scope="col"><p>a</p></th><td colspan="1"><div class="content-wrapper"><p /></div></td></tr></tbody></table>`},
		"task": {
			`<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>a <time datetime="2026-01-02" /></ac:task-body></ac:task></ac:task-list>`,
			`<ac:task-list ac:task-list-id="9"><ac:task><ac:task-id>77</ac:task-id><ac:task-uuid>abc</ac:task-uuid><ac:task-status>incomplete</ac:task-status><ac:task-body><span class="placeholder-inline-tasks">a <time datetime="2026-01-02">Jan 2</time> </span></ac:task-body></ac:task></ac:task-list>`,
		},
		"task without status": {`<ac:task><ac:task-body>a</ac:task-body></ac:task>`, `<ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body>a</ac:task-body></ac:task>`},
		"task without text":   {`<ac:task><ac:task-id>1</ac:task-id></ac:task>`, `<ac:task><ac:task-body><span> </span></ac:task-body></ac:task>`},
		"macro": {
			`<ac:structured-macro ac:name="status" ac:schema-version="1"><ac:parameter ac:name="title">T</ac:parameter><ac:parameter ac:name="colour">Red</ac:parameter></ac:structured-macro>`,
			`<p><ac:structured-macro ac:macro-id="1" ac:name="status"> <ac:parameter ac:name="colour"> Red</ac:parameter> <ac:parameter ac:name="title">T</ac:parameter></ac:structured-macro></p>`,
		},
		"decision": {
			`<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-attribute key="local-id">1</ac:adf-attribute><ac:adf-node type="decision-item"><ac:adf-attribute key="local-id">2</ac:adf-attribute><ac:adf-attribute key="state">DECIDED</ac:adf-attribute></ac:adf-node></ac:adf-node><ac:adf-fallback><ul/></ac:adf-fallback></ac:adf-extension>`,
			`<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-node type="decision-item"><ac:adf-attribute key="state">DECIDED</ac:adf-attribute><ac:adf-attribute key="local-id">7</ac:adf-attribute><ac:adf-content /></ac:adf-node></ac:adf-node></ac:adf-extension>`,
		},
		"name of a mention": {`<p><ac:link><ri:user ri:account-id="1" /></ac:link></p>`, `<p><ac:link><ri:user ri:account-id="1" ri:local-id="2" /><ac:link-body>@Dana</ac:link-body></ac:link></p>`},
		"code":              {"<ac:structured-macro ac:name=\"code\"><ac:plain-text-body><![CDATA[a <b>\n]]></ac:plain-text-body></ac:structured-macro>", "<ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"breakoutMode\">wide</ac:parameter><ac:plain-text-body>a &lt;b&gt;\n</ac:plain-text-body></ac:structured-macro>"},
		"comment":           {"<p>a</p>", "<!-- x --><p>a<!-- y --></p>"},
		"old names":         {"<p><b>a</b><i>b</i></p>", "<p><strong>a</strong><em>b</em></p>"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, canonical(t, tt.sent), canonical(t, tt.stored))
		})
	}
}

func TestCanonicalDiffers(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ before, after string }{
		"text":           {"<p>a</p>", "<p>b</p>"},
		"word boundary":  {"<p>a b</p>", "<p>ab</p>"},
		"emphasis":       {"<p>a</p>", "<p><strong>a</strong></p>"},
		"paragraphs":     {"<p>a</p><p>b</p>", "<p>a b</p>"},
		"line break":     {"<p>a<br/>b</p>", "<p>a b</p>"},
		"level":          {"<h2>a</h2>", "<h3>a</h3>"},
		"target":         {`<a href="x">a</a>`, `<a href="y">a</a>`},
		"markup as text": {"<p>&lt;br/&gt;a</p>", "<p><br/>a</p>"},
		"quotes":         {`<p><a href="a">b</a></p>`, `<p>&lt;a href="a"&gt;b&lt;/a&gt;</p>`},
		"date":           {`<time datetime="2026-01-02"/>`, `<time datetime="2026-01-03"/>`},
		"mention":        {`<ac:link><ri:user ri:account-id="1"/></ac:link>`, `<ac:link><ri:user ri:account-id="2"/></ac:link>`},
		"tick":           {`<ac:task><ac:task-status>incomplete</ac:task-status></ac:task>`, `<ac:task><ac:task-status>complete</ac:task-status></ac:task>`},
		"colour":         {`<ac:structured-macro ac:name="status"><ac:parameter ac:name="colour">Red</ac:parameter></ac:structured-macro>`, `<ac:structured-macro ac:name="status"><ac:parameter ac:name="colour">Green</ac:parameter></ac:structured-macro>`},
		"state":          {`<ac:adf-node><ac:adf-attribute key="state">DECIDED</ac:adf-attribute></ac:adf-node>`, `<ac:adf-node><ac:adf-attribute key="state">UNDECIDED</ac:adf-attribute></ac:adf-node>`},
		"inline comment": {"<p>a</p>", `<p><ac:inline-comment-marker ac:ref="1">a</ac:inline-comment-marker></p>`},
		"code spacing":   {"<pre>a b</pre>", "<pre>a  b</pre>"},
		"added item":     {"<ul><li>a</li></ul>", "<ul><li>a</li><li></li></ul>"},
		"page":           {`<ac:link><ri:page ri:content-title="a"/></ac:link>`, `<ac:link><ri:page ri:content-title="b"/></ac:link>`},
		"picture":        {`<p/>`, `<p><ac:image><ri:attachment ri:filename="a"/></ac:image></p>`},
		"hint":           {`<p><ac:placeholder>a</ac:placeholder></p>`, `<p>a</p>`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.NotEqual(t, canonical(t, tt.before), canonical(t, tt.after))
		})
	}
}

// What Confluence does to a body on saving does not count as a change, and any
// change of a text does.
func TestCanonicalOfRealBodies(t *testing.T) {
	t.Parallel()
	for name, doc := range wellFormed(t) {
		want := storage.Canonical(doc.Root.Children...)
		for seed := range uint64(2) {
			saved := resave(doc, rand.New(rand.NewPCG(seed, 1)))
			require.Equal(t, want, canonical(t, saved), "%s\n%s", name, saved)
		}
		texts := readTexts(doc)
		for i := 0; i < len(texts); i += 1 + len(texts)/20 { // twenty a page are plenty
			end := texts[i].End
			edited, err := storage.Splice(doc.Source, []storage.Edit{{Start: end, End: end, New: "x"}})
			require.NoError(t, err)
			require.NotEqual(t, want, canonical(t, edited), "%s: %q", name, texts[i].Text)
		}
	}
}

// readTexts are the pieces of text that readers of a page see.
func readTexts(doc *storage.Document) (texts []*storage.Node) {
	for n := range doc.Root.All() {
		if n.Kind == storage.Text && strings.TrimSpace(n.Text) != "" && !insideUnread(n) {
			texts = append(texts, n)
		}
	}
	return texts
}

// insideUnread reports whether n is text that no reader sees, or that Confluence
// assigns.
func insideUnread(n *storage.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Name == "a" && n.AttrValue("data-card-appearance") != "" {
			return true // a card shows its target's title, whatever stands here
		}
		switch n.Name {
		case "colgroup", "ac:adf-fallback", "ac:task-status", "ac:task-id", "ac:task-uuid", "ac:adf-attribute", "time", "ac:parameter":
			return true
		case "ac:link":
			if n.Child("ri:user") != nil {
				return true
			}
		}
	}
	return false
}

// resave writes a document anew with other ids, attribute orders, entities and
// paragraphs.
func resave(doc *storage.Document, r *rand.Rand) string {
	var b strings.Builder
	for _, n := range doc.Root.Children {
		resaveNode(&b, n, r)
	}
	return b.String()
}

func resaveNode(b *strings.Builder, n *storage.Node, r *rand.Rand) {
	switch {
	case n.Kind == storage.Comment:
	case n.Kind == storage.Text:
		resaveText(b, n, r)
	default:
		b.WriteString("<" + n.Name)
		resaveAttrs(b, n, r)
		b.WriteString(">")
		resaveContent(b, n, r)
		b.WriteString("</" + n.Name + ">")
	}
}

func resaveText(b *strings.Builder, n *storage.Node, r *rand.Rand) {
	for _, c := range n.Text {
		switch {
		case c == ' ' && n.Parent.Name == "p" && !verbatim(n) && r.IntN(9) == 0:
			b.WriteString(" \n ")
		case strings.ContainsRune(`<>&"`, c), c > 127, r.IntN(20) == 0:
			fmt.Fprintf(b, "&#x%x;", c)
		default:
			b.WriteRune(c)
		}
	}
}

// verbatim reports whether the white space of a text counts.
func verbatim(n *storage.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Name == "pre" || n.Name == "ac:plain-text-body" {
			return true
		}
	}
	return false
}

func resaveAttrs(b *strings.Builder, n *storage.Node, r *rand.Rand) {
	for _, i := range r.Perm(len(n.Attr)) {
		a := n.Attr[i]
		switch a.Name {
		case "local-id", "ac:local-id", "ri:local-id", "ac:macro-id":
			a.Value = fmt.Sprint(r.IntN(1000))
		}
		b.WriteString(" " + a.Name + `="`)
		for _, c := range a.Value {
			fmt.Fprintf(b, "&#%d;", c)
		}
		b.WriteString(`"`)
	}
	has := slices.ContainsFunc(n.Attr, func(a storage.Attr) bool { return a.Name == "data-layout" })
	if !has && !strings.Contains(n.Name, ":") {
		fmt.Fprintf(b, ` data-layout="%d"`, r.IntN(9))
	}
}

func resaveContent(b *strings.Builder, n *storage.Node, r *rand.Rand) {
	onlyText := len(n.Children) == 1 && n.Children[0].Kind == storage.Text
	switch {
	case onlyText && (n.Name == "td" || n.Name == "th" || n.Name == "li"):
		b.WriteString("<p>")
		resaveNode(b, n.Children[0], r)
		b.WriteString("</p><p />")
	case (n.Name == "ac:task-id" || n.Name == "ac:task-uuid") && !verbatim(n):
		fmt.Fprint(b, r.IntN(1000))
	default:
		for _, c := range n.Children {
			resaveNode(b, c, r)
		}
	}
}
