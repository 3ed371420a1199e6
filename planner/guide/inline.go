package guide

import (
	"bufio"
	"bytes"
	"html"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	mdhtml "github.com/yuin/goldmark/renderer/html"
)

// inline is the text of a block, in as many parts as it is broken into on
// purpose.
func (r *reader) inline(block ast.Node) []Spans {
	w := spanWriter{source: r.source, parts: []Spans{nil}}
	w.children(block, Span{})
	return w.parts
}

// A spanWriter collects what stands in a block.
type spanWriter struct {
	source []byte
	parts  []Spans
}

// add appends a text that is set as as says.
func (w *spanWriter) add(s string, as Span) {
	last := &w.parts[len(w.parts)-1]
	as.Text = ""
	if n := len(*last) - 1; n >= 0 {
		before := (*last)[n]
		if before.Text = ""; before == as {
			(*last)[n].Text += s
			return
		}
	}
	as.Text = s
	*last = append(*last, as)
}

func (w *spanWriter) children(parent ast.Node, as Span) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.write(n, as)
	}
}

func (w *spanWriter) write(n ast.Node, as Span) {
	switch n := n.(type) {
	case *ast.Text:
		w.text(n, as)
	case *ast.String:
		w.add(readable(n.Value), as)
	case *ast.Emphasis:
		as.Strong, as.Em = as.Strong || n.Level == 2, as.Em || n.Level == 1
		w.children(n, as)
	case *ast.Link:
		as.Link = readable(n.Destination)
		w.children(n, as)
	case *ast.Image:
		as.Link = readable(n.Destination)
		w.children(n, as)
	case *ast.AutoLink:
		as.Link = string(n.URL(w.source))
		w.add(string(n.Label(w.source)), as)
	case *ast.RawHTML:
		if typed := string(n.Segments.Value(w.source)); !strings.HasPrefix(typed, "<!--") {
			w.add(visible(typed), as)
		}
	default:
		w.children(n, as)
	}
}

func (w *spanWriter) text(n *ast.Text, as Span) {
	typed := n.Value(w.source)
	if _, code := n.Parent().(*ast.CodeSpan); code || n.IsRaw() {
		w.add(visible(string(typed)), as)
	} else {
		w.add(readable(typed), as)
	}
	switch {
	case n.HardLineBreak():
		w.parts = append(w.parts, nil)
	case n.SoftLineBreak():
		w.add(" ", as)
	}
}

// readable resolves what is written as \* or &amp;. The writer of goldmark knows
// both and nothing else that does; what it escapes for HTML is undone.
func readable(typed []byte) string {
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	mdhtml.DefaultWriter.Write(w, typed)
	w.Flush() // into memory: cannot fail
	return visible(html.UnescapeString(out.String()))
}

// visible is s without the control characters that can be written as &#27;.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
