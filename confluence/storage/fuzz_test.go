package storage_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"refine/confluence/confluencetest"
	"refine/confluence/storage"
)

func addBodies(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
		f.Add(everything(text))
	}
	f.Add(`<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell>a&nbsp;</ac:layout-cell></ac:layout-section></ac:layout>`)
	f.Add(`<p><a href="javascript:x">a</a><ac:emoticon ac:name="tick"/><ac:image><ri:url ri:value="x"/></ac:image></p>`)
	f.Add("<p>a</p>\n<h2>b</h2> <p>c</p> \n")
	f.Add(`<li><td colspan="x">a<ac:task/><ac:adf-extension/><ac:link/></td></li>`)
}

// grown is the body if it is, or one grown from its bytes.
func grown(body string) *storage.Document {
	doc, err := storage.Parse(body)
	if err != nil {
		doc, err = storage.Parse(confluencetest.Grow(body[:min(len(body), 500)]))
	}
	if err != nil {
		panic(err)
	}
	return doc
}

// Every node of a body that parses lies within its parent, after its elder
// siblings, and is well-formed by itself.
func FuzzParse(f *testing.F) {
	addBodies(f)
	f.Fuzz(func(t *testing.T, body string) {
		if _, err := storage.Parse(body); err != nil {
			require.ErrorAs(t, err, new(*storage.SyntaxError))
		}
		doc := grown(body)
		body = doc.Source
		requireNested(t, doc.Root)
		doc.Root.PlainText()
		for _, block := range doc.Blocks() {
			again, err := storage.Parse(body[block.Start:block.End])
			require.NoError(t, err)
			require.Equal(t, storage.Canonical(block), storage.Canonical(again.Root.Children...))
		}
	})
}

func requireNested(t *testing.T, n *storage.Node) {
	end := n.InnerStart
	for _, c := range n.Children {
		require.GreaterOrEqual(t, c.Start, end)
		require.Same(t, n, c.Parent)
		end = c.End
		requireNested(t, c)
	}
	if n.Kind == storage.Element {
		require.LessOrEqual(t, end, n.InnerEnd)
		require.LessOrEqual(t, n.InnerEnd, n.End)
	}
}

// A splice of built markup between and instead of the blocks of a body leaves a
// body, in which all other bytes are as they were: taking the edits back gives
// the body byte for byte.
func FuzzSplice(f *testing.F) {
	addBodies(f)
	f.Fuzz(func(t *testing.T, body string) {
		doc := grown(body)
		body = doc.Source
		ours := everything(body[:min(len(body), 50)])
		var edits, back []storage.Edit
		shift := 0
		for i, block := range doc.Blocks() {
			e := storage.Edit{Start: block.End, End: block.End, New: ours}
			if i%2 == 0 {
				e.Start = block.Start
			}
			edits = append(edits, e)
			at := e.Start + shift
			back = append(back, storage.Edit{Start: at, End: at + len(ours), New: body[e.Start:e.End]})
			shift += len(ours) - (e.End - e.Start)
		}
		spliced, err := storage.Splice(body, edits)
		require.NoError(t, err)
		_, err = storage.Parse(spliced)
		require.NoError(t, err)
		slices.Reverse(edits)
		inAnyOrder, err := storage.Splice(body, edits)
		require.NoError(t, err)
		require.Equal(t, spliced, inAnyOrder)
		again, err := storage.Splice(spliced, back)
		require.NoError(t, err)
		require.Equal(t, body, again)
	})
}

// The canonical form of any body is a body that is its own canonical form. It is
// the same whatever Confluence makes of the body on saving, and another after a
// change of any text that people read.
func FuzzCanonical(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, uint64(1))
		f.Add(everything(text), uint64(2))
	}
	f.Add(`<ul><li>a<ul><li><p>b</p></li></ul></li></ul><table><tbody><tr><td colspan="1">a<br/></td><th><div><p/></div></th></tr></tbody></table>`, uint64(3))
	f.Add("<p>\u202e 7</p>", uint64(6)) // what fuzzing has found
	f.Add(`<p>a<br>b<br/></br><!-- c --></p><ac:structured-macro ac:name="code"><ac:plain-text-body></ac:plain-text-body></ac:structured-macro>`, uint64(7))
	f.Add(`<p>a <b>b</b><i> c</i><span style="color:red">d</span><ac:inline-comment-marker ac:ref="1">e</ac:inline-comment-marker></p><pre> a  b </pre>`, uint64(4))
	f.Add(`<ac:structured-macro ac:name="x"><ac:parameter ac:name="b">1</ac:parameter><ac:parameter ac:name="a">2</ac:parameter><ac:rich-text-body>a<p>b</p></ac:rich-text-body></ac:structured-macro>`, uint64(5))
	f.Fuzz(func(t *testing.T, body string, seed uint64) {
		doc := grown(body)
		body = doc.Source
		want := storage.Canonical(doc.Root.Children...)
		require.Equal(t, want, canonical(t, want), "its own canonical form")
		saved := resave(doc, rand.New(rand.NewPCG(seed, 1)))
		require.Equal(t, want, canonical(t, saved), "saved as\n%s", saved)
		texts := readTexts(doc)
		if len(texts) == 0 {
			return
		}
		n := texts[seed%uint64(len(texts))]
		edited, err := storage.Splice(body, []storage.Edit{{Start: n.End, End: n.End, New: "x"}})
		require.NoError(t, err)
		require.NotEqual(t, want, canonical(t, edited), "an x after %q", n.Text)
	})
}

// The HTML of any body, built or not, is free of what could run or break out.
func FuzzHTML(f *testing.F) {
	addBodies(f)
	f.Fuzz(func(t *testing.T, body string) {
		for _, body := range []string{body, grown(body).Source} {
			var b strings.Builder
			if err := storage.HTML(&b, body, storage.HTMLOptions{Tick: true}); err != nil {
				require.Empty(t, b.String())
				continue
			}
			requireSafe(t, b.String())
		}
	})
}
