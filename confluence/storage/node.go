package storage

import (
	"iter"
	"strings"
)

// Kind tells the nodes of a document apart.
type Kind int

// The kinds of nodes. Text covers CDATA sections too, see [Node.CData].
const (
	Element Kind = iota
	Text
	Comment
)

// A Node is an element, a piece of text or a comment of a [Document], together
// with the bytes of the source that it was read from. Nodes are for reading: a
// document is changed by [Splice], never through its nodes.
type Node struct {
	Kind  Kind
	Name  string // of an element, with its prefix as written: "ac:task", "h2"
	Attr  []Attr // of an element, in the order of the source
	Text  string // of text and comments, decoded
	CData bool   // the text stood in a CDATA section

	Parent   *Node // nil for the root only
	Children []*Node

	// Start and End are the node's bytes in the source, tags included.
	Start, End int
	// InnerStart and InnerEnd are the bytes of an element's content. Both are
	// End in an element written as one tag, as in <p />: it is filled by
	// replacing the whole element.
	InnerStart, InnerEnd int
}

// An Attr is an attribute: its name with the prefix as written, and its value
// decoded.
type Attr struct{ Name, Value string }

// All yields the descendants of n, n itself left out, in the order of the
// source.
func (n *Node) All() iter.Seq[*Node] {
	return func(yield func(*Node) bool) { n.walk(yield) }
}

// walk reports whether yield asked for more to the end.
func (n *Node) walk(yield func(*Node) bool) bool {
	for _, c := range n.Children {
		if !yield(c) || !c.walk(yield) {
			return false
		}
	}
	return true
}

// Find yields the elements called name among the descendants of n, in the
// order of the source.
func (n *Node) Find(name string) iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		n.walk(func(d *Node) bool { return !d.is(name) || yield(d) })
	}
}

// Child is the first child element called name, or nil. It may be called on a
// nil node, so that calls can be chained.
func (n *Node) Child(name string) *Node {
	if n == nil {
		return nil
	}
	for _, c := range n.Children {
		if c.is(name) {
			return c
		}
	}
	return nil
}

// AttrValue is the value of the attribute called name, empty if there is none.
// It may be called on a nil node.
func (n *Node) AttrValue(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attr {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// Macro is the name of the macro that n is ("status", "details"), empty if n is
// none.
func (n *Node) Macro() string {
	if !n.is("ac:structured-macro") && !n.is("ac:macro") {
		return ""
	}
	return n.AttrValue("ac:name")
}

// Param is the value of a macro's parameter, empty if the macro has none of
// that name.
func (n *Node) Param(name string) string {
	for _, c := range n.Children {
		if c.is("ac:parameter") && c.AttrValue("ac:name") == name {
			return strings.TrimSpace(c.content())
		}
	}
	return ""
}

// is reports whether n is an element of that name.
func (n *Node) is(name string) bool { return n.Kind == Element && n.Name == name }

// content is the text within n exactly as it was written, markup left out.
func (n *Node) content() string {
	var b strings.Builder
	for d := range n.All() {
		if d.Kind == Text {
			b.WriteString(d.Text)
		}
	}
	return b.String()
}

// HeadingLevel is that of a heading, 0 of anything else.
func (n *Node) HeadingLevel() int {
	if len(n.Name) != 2 || n.Name[0] != 'h' || n.Name[1] < '1' || n.Name[1] > '6' {
		return 0
	}
	return int(n.Name[1] - '0')
}

// Jump is the anchor of its own page that n leads to, empty if it leads to none.
func (n *Node) Jump() string {
	if !n.is("ac:link") || n.Child("ri:page") != nil || n.Child("ri:blog-post") != nil {
		return ""
	}
	return n.AttrValue("ac:anchor")
}
