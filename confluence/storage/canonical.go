package storage

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Canonical writes nodes in a form that is equal for equal content, whatever
// Confluence made of it on saving. It tells whether a person changed a region.
//
// It leaves out what Confluence adds or rearranges: ids, macro versions,
// layouts, widths, classes and styles, the order of attributes and parameters,
// the spelling of entities and of white space, empty paragraphs, the paragraph
// around the text of a list item or cell, the names of mentioned people, the
// text in a date. Everything a person changes on purpose stays: text and its
// emphasis, link targets, dates, states, ticks, mentions. So do the markers of
// inline comments, because replacing the text would lose the comment.
func Canonical(nodes ...*Node) string {
	var c canon
	c.flow(nodes)
	return string(c.out)
}

// Unmarked is the canonical form with the markers of inline comments left out:
// who comments on a text does not change what it says.
func Unmarked(nodes ...*Node) string {
	c := canon{unmarked: true}
	c.flow(nodes)
	return string(c.out)
}

// Marked reports whether an inline comment hangs on a text within n.
func (n *Node) Marked() bool {
	for range n.Find(commentMarker) {
		return true
	}
	return n.is(commentMarker)
}

const commentMarker = "ac:inline-comment-marker"

var lineBreak = []byte("<br/>")

// canon writes the canonical form. White space is held back until text follows
// it, so that it does not matter on which side of a tag it stood.
type canon struct {
	out   []byte
	text  bool // something was written since the paragraph began
	space bool // white space came after it

	unmarked bool // markers of inline comments are left out
}

// flow writes nodes one below another. Text and what runs with it becomes a
// paragraph, as the editor makes of it when it saves.
func (c *canon) flow(nodes []*Node) {
	var line []*Node
	for _, n := range nodes {
		switch {
		case isNoise(n):
		case isTransparentBlock(n):
			c.paragraph(line)
			line = nil
			c.flow(n.Children)
		case isBlock(n):
			c.paragraph(line)
			line = nil
			c.block(n)
		default:
			line = append(line, n)
		}
	}
	c.paragraph(line)
}

func (c *canon) block(n *Node) {
	switch n.Name {
	case "p":
		c.paragraph(n.Children)
	case "h1", "h2", "h3", "h4", "h5", "h6":
		c.line(n.Name, nil, func() { c.inline(n.Children) })
	case "pre":
		c.line(n.Name, n.Attr, func() { c.verbatim(n.content()) })
	case "ac:plain-text-body": // also an empty one: by its body a macro is a block
		c.open(n.Name, n.Attr)
		c.verbatim(n.content())
		c.close(n.Name)
		c.out = append(c.out, '\n')
	case "ac:task-body", "ac:adf-content":
		c.line(n.Name, nil, func() { c.flow(n.Children) })
	default:
		c.open(n.Name, n.Attr)
		c.keyed(n)
		c.flow(n.Children)
		c.close(n.Name)
		c.out = append(c.out, '\n')
	}
	c.text, c.space = false, false
}

func (c *canon) paragraph(nodes []*Node) {
	c.line("p", nil, func() {
		start := len(c.out)
		c.inline(nodes)
		for bytes.HasSuffix(c.out[start:], lineBreak) { // editors leave some at the end
			c.out = c.out[:len(c.out)-len(lineBreak)]
		}
	})
}

// line writes an element with text of its own, or nothing if it shows nothing.
func (c *canon) line(name string, attrs []Attr, content func()) {
	c.text, c.space = false, false
	if c.enclosed(name, attrs, content) {
		c.out = append(c.out, '\n')
	}
}

// keyed writes first what an element holds by name: a macro's parameters, a
// node's attributes, a task's state. Their order means nothing.
func (c *canon) keyed(n *Node) {
	var found []*Node
	for _, child := range n.Children {
		if isKeyed(child) && !isAssigned(child) {
			found = append(found, child)
		}
	}
	slices.SortStableFunc(found, func(a, b *Node) int { return cmp.Compare(keyOf(a), keyOf(b)) })
	for _, child := range found {
		c.text, c.space = false, false
		c.open(child.Name, child.Attr)
		c.inline(child.Children)
		c.close(child.Name)
	}
	if n.Name == "ac:task" && n.Child("ac:task-status") == nil {
		c.out = append(c.out, "<ac:task-status>incomplete</ac:task-status>"...)
	}
}

func (c *canon) inline(nodes []*Node) {
	for _, n := range nodes {
		switch {
		case n.Kind == Text:
			c.words(n.Text)
		case isNoise(n):
		case isBlock(n):
			c.block(n)
		default:
			c.inlineElement(n)
		}
	}
}

func (c *canon) inlineElement(n *Node) {
	switch name := runName(n.Name); {
	case c.unmarked && n.Name == commentMarker:
		c.inline(n.Children)
	case isCard(n):
		c.card(n)
	case name == "span" && isColoured(n):
		c.enclosed("span", []Attr{coloured}, func() { c.inline(n.Children) })
	case name == "span":
		c.inline(n.Children)
	case name != "":
		c.enclosed(name, n.Attr, func() { c.inline(n.Children) })
		c.space = c.space && isRun(n)
	case n.Name == "br":
		c.out = append(c.out, lineBreak...)
		c.text, c.space = false, false
		c.inline(n.Children) // of which no editor writes any
	case n.Name == "time":
		c.atom(n, nil)
	case n.Jump() != "": // which an editor may spell as either
		c.enclosed("a", []Attr{{"href", "#" + n.Jump()}}, func() { c.inline(inner(n.Children)) })
	case n.Name == "ac:link" && n.Child("ri:user") != nil:
		c.atom(n, []*Node{n.Child("ri:user")})
	default:
		c.atom(n, withoutGaps(n.Children))
	}
}

// atom writes an element that shows something by itself, as a date does.
func (c *canon) atom(n *Node, children []*Node) {
	c.flush()
	c.open(n.Name, n.Attr)
	c.keyed(n)
	c.text = false
	c.inline(children)
	c.close(n.Name)
	c.text, c.space = true, false
}

// card writes a link whose text Confluence makes up.
func (c *canon) card(n *Node) {
	c.flush()
	attrs := slices.DeleteFunc(slices.Clone(n.Attr), func(a Attr) bool { return a.Name == card.Name })
	c.open("a", append(attrs, card))
	c.close("a")
	c.text, c.space = true, false
}

// enclosed writes an element, unless its content turns out to show nothing, and
// reports which.
func (c *canon) enclosed(name string, attrs []Attr, content func()) bool {
	before := len(c.out)
	c.open(name, attrs)
	opened := len(c.out)
	content()
	if len(c.out) == opened {
		c.out = c.out[:before]
		return false
	}
	c.close(name)
	return true
}

func (c *canon) open(name string, attrs []Attr) {
	c.out = append(c.out, '<')
	c.out = append(c.out, name...)
	for _, a := range meaningful(attrs) {
		c.out = append(c.out, ' ')
		c.out = append(c.out, a.Name...)
		c.out = append(c.out, '=', '"')
		c.out = append(c.out, escape(a.Value)...)
		c.out = append(c.out, '"')
	}
	c.out = append(c.out, '>')
}

func (c *canon) close(name string) {
	c.out = append(c.out, '<', '/')
	c.out = append(c.out, name...)
	c.out = append(c.out, '>')
}

// words writes text with its white space collapsed.
func (c *canon) words(s string) {
	c.space = c.space || s != strings.TrimLeftFunc(s, unicode.IsSpace)
	for i, word := range strings.Fields(s) {
		c.space = c.space || i > 0
		if shown := escape(word); shown != "" {
			c.flush()
			c.out = append(c.out, shown...)
		}
	}
	c.space = c.space || s != strings.TrimRightFunc(s, unicode.IsSpace)
}

func (c *canon) verbatim(s string) {
	if strings.TrimSpace(s) != "" {
		c.out = append(c.out, escape(s)...)
	}
}

// flush writes the white space that was held back, and marks the paragraph as
// begun.
func (c *canon) flush() {
	if c.space && c.text {
		c.out = append(c.out, ' ')
	}
	c.text, c.space = true, false
}

// isCard reports whether n is a link that Cloud shows as a card of its target.
func isCard(n *Node) bool { return n.Name == "a" && n.AttrValue(card.Name) != "" }

// inner is what the nodes hold.
func inner(nodes []*Node) (held []*Node) {
	for _, n := range nodes {
		held = append(held, n.Children...)
	}
	return held
}

// isColoured reports whether somebody highlighted a text. In which colour is
// spelled in many ways and does not matter.
func isColoured(n *Node) bool { return strings.Contains(n.AttrValue(coloured.Name), coloured.Value) }
