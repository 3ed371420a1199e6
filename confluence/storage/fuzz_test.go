package storage_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"refine/confluence/storage"
)

func addBodies(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
		f.Add(everything(text))
	}
	f.Add(`<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell>a&nbsp;</ac:layout-cell></ac:layout-section></ac:layout>`)
	f.Add(`<p><a href="javascript:x">a</a><ac:emoticon ac:name="tick"/><ac:image><ri:url ri:value="x"/></ac:image></p>`)
	f.Add(`<li><td colspan="x">a<ac:task/><ac:adf-extension/><ac:link/></td></li>`)
}

// Every node of a body that parses lies within its parent, after its elder
// siblings, and is well-formed by itself.
func FuzzParse(f *testing.F) {
	addBodies(f)
	f.Fuzz(func(t *testing.T, body string) {
		doc, err := storage.Parse(body)
		if err != nil {
			require.ErrorAs(t, err, new(*storage.SyntaxError))
			return
		}
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

// A splice of built markup between the blocks of a body leaves a body.
func FuzzSplice(f *testing.F) {
	addBodies(f)
	f.Fuzz(func(t *testing.T, body string) {
		doc, err := storage.Parse(body)
		if err != nil {
			return
		}
		ours := everything(body)
		var edits []storage.Edit
		for i, block := range doc.Blocks() {
			if i%2 == 0 {
				edits = append(edits, storage.Edit{Start: block.Start, End: block.End, New: ours})
			} else {
				edits = append(edits, storage.Edit{Start: block.End, End: block.End, New: ours})
			}
		}
		spliced, err := storage.Splice(body, edits)
		require.NoError(t, err)
		_, err = storage.Parse(spliced)
		require.NoError(t, err)
	})
}

// The HTML of any body, built or not, is free of what could run or break out.
func FuzzHTML(f *testing.F) {
	addBodies(f)
	f.Fuzz(func(t *testing.T, body string) {
		var b strings.Builder
		if err := storage.HTML(&b, body, storage.HTMLOptions{Tick: true}); err != nil {
			require.Empty(t, b.String())
			return
		}
		requireSafe(t, b.String())
	})
}
