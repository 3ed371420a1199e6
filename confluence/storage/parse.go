package storage

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf8"
)

// maxDepth bounds the recursion of everything that walks a document. Real pages
// stay below forty.
const maxDepth = 500

// What a body may hold: a node takes many times the bytes of its text. Confluence
// takes pages of 5 MB, and real ones stay below a hundred thousand nodes.
const (
	maxNodes = 1 << 20 // tags and texts
	maxAttrs = 1000    // of one element
)

// A Document is a parsed body: the source, untouched, and its nodes.
type Document struct {
	Source string
	Root   *Node // a synthetic element without a name, which spans the source

	saying sync.Once
	said   []Block
}

// A SyntaxError says where a body is not well-formed, and why.
type SyntaxError struct {
	Line, Column int // from 1; the column counts characters
	Msg          string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("storage format, line %d, column %d: %s", e.Line, e.Column, e.Msg)
}

// Parse reads a body in storage format: an XML fragment without a root element,
// with the entities of HTML and with prefixes that nobody declares. It accepts
// what Confluence stores, elements it has never heard of included, and answers
// anything that is not well-formed with a [*SyntaxError]. The document may be
// another caller's, too: nobody changes it.
func Parse(body string) (*Document, error) {
	if d := lately.find(body); d != nil {
		return d, nil
	}
	d, err := parse(body)
	if err == nil {
		lately.keep(d)
	}
	return d, err
}

func parse(body string) (*Document, error) {
	from, rest := readRest(body)
	return newParser(body, 0).read(from, rest)
}

// read reads to the end of the body; from there on rest has read it, if there is any.
func (p *parser) read(from int, rest <-chan *parser) (*Document, error) {
	for {
		start := p.offset()
		if start == from && p.top == p.root && p.joined(<-rest) {
			return p.finish()
		}
		more, err := p.step(start)
		if err != nil {
			return nil, err
		}
		if !more {
			return p.finish()
		}
	}
}

// step takes one token, which begins at start, and reports whether there was one.
func (p *parser) step(start int) (more bool, err error) {
	token, err := p.dec.RawToken()
	switch {
	case errors.Is(err, io.EOF):
		return false, nil
	case err != nil:
		return false, p.refused(err)
	}
	return true, p.take(token, start)
}

// longBody is from how many bytes on a body is read from two places at once.
const longBody = 1 << 16

// readRest begins to read a long body from a heading in its middle, and answers where that
// is and what reads it, nil if it cannot be read from there. Whether it stands between
// blocks, and not within one, who reads from the beginning knows when he comes there.
func readRest(body string) (from int, rest <-chan *parser) {
	if len(body) < longBody {
		return -1, nil
	}
	half := len(body) / 2
	for _, heading := range []string{"<h2", "<h3"} {
		if at := strings.Index(body[half:], heading); at >= 0 && (from == 0 || half+at < from) {
			from = half + at
		}
	}
	if from == 0 {
		return -1, nil
	}
	read := make(chan *parser, 1)
	go func() {
		p := newParser(body, from)
		for more := true; more; {
			var err error
			if more, err = p.step(p.offset()); err != nil {
				read <- nil // its error is told by who comes there
				return
			}
		}
		read <- p
	}()
	return from, read
}

// joined adds what another parser has read from where this one stands between blocks to
// the end of the body, and reports whether it could.
func (p *parser) joined(rest *parser) bool {
	if rest == nil || rest.top != rest.root || p.nodes+rest.nodes > maxNodes {
		return false
	}
	for _, n := range rest.inner {
		n.Parent = p.root
	}
	p.nodes, p.inner = p.nodes+rest.nodes, append(p.inner, rest.inner...)
	return true
}

// parser builds the tree from raw tokens. The decoder's own Token would resolve
// prefixes and check the balance, but loses the names as written; so the
// balance is checked here.
type parser struct {
	source string
	from   int // where in source it began to read
	dec    *xml.Decoder
	root   *Node
	top    *Node // the innermost open element
	depth  int
	nodes  int
	slab   []Node              // nodes to come, which are made many at once
	lists  []*Node             // room for lists of children, the same
	attrs  []Attr              // and of attributes
	inner  []*Node             // the children so far of every open element, the innermost's last
	first  []int               // where those of each begin there
	names  map[xml.Name]string // of attributes, as written
}

// slabbed is how many nodes are made at once: hardly more than a page has that says
// little.
const slabbed = 64

// node is a new node of the innermost open element, read from start to where the
// decoder stands.
func (p *parser) node(kind Kind, start int) *Node {
	if len(p.slab) == 0 {
		p.slab = make([]Node, slabbed)
	}
	added := &p.slab[0]
	p.slab = p.slab[1:]
	added.Kind, added.Parent, added.Start, added.End = kind, p.top, start, p.offset()
	p.inner = append(p.inner, added)
	return added
}

// filled gives the innermost element its children, now that it has them all.
func (p *parser) filled(first int) {
	children := p.inner[first:]
	if len(p.lists) < len(children) {
		p.lists = make([]*Node, max(slabbed, len(children)))
	}
	n := copy(p.lists, children)
	p.top.Children = p.lists[:n:n]
	p.lists, p.inner = p.lists[n:], p.inner[:first]
}

func newParser(body string, from int) *parser {
	dec := xml.NewDecoder(strings.NewReader(body[from:]))
	dec.Entity = xml.HTMLEntity
	root := &Node{Kind: Element, End: len(body), InnerEnd: len(body)}
	return &parser{source: body, from: from, dec: dec, root: root, top: root, names: map[xml.Name]string{}}
}

func (p *parser) offset() int { return p.from + int(p.dec.InputOffset()) }

// take adds one token, which began at start, to the tree.
func (p *parser) take(token xml.Token, start int) error {
	if p.nodes++; p.nodes > maxNodes {
		return p.errorAt(start, "more than %d tags and texts", maxNodes)
	}
	switch t := token.(type) {
	case xml.StartElement:
		return p.open(t, start)
	case xml.EndElement:
		return p.close(t.Name, start)
	case xml.CharData:
		n := p.node(Text, start)
		n.Text, n.CData = p.text(t, start)
	case xml.Comment:
		p.node(Comment, start).Text = string(t)
	default:
		return p.errorAt(start, "a body holds no declarations and no processing instructions")
	}
	return nil
}

// text is what characters say that began at start, the source's own where it says it
// in the same bytes, and whether they are set as CDATA.
func (p *parser) text(t xml.CharData, start int) (said string, cdata bool) {
	const opens, shuts = "<![CDATA[", "]]>"
	said = p.source[start:p.offset()]
	if said, cdata = strings.CutPrefix(said, opens); cdata {
		said = strings.TrimSuffix(said, shuts)
	}
	if len(said) != len(t) || strings.IndexByte(said, '\r') >= 0 { // entities, line ends
		said = string(t)
	}
	return said, cdata
}

func (p *parser) open(t xml.StartElement, start int) error {
	if p.depth++; p.depth > maxDepth {
		return p.errorAt(start, "more than %d elements inside each other", maxDepth)
	}
	if len(t.Attr) > maxAttrs {
		return p.errorAt(start, "more than %d attributes of one element", maxAttrs)
	}
	n := p.node(Element, start)
	n.Name, n.InnerStart = p.source[start+1:][:written(t.Name)], n.End
	if k := len(t.Attr); k > 0 {
		if len(p.attrs) < k {
			p.attrs = make([]Attr, max(slabbed, k))
		}
		n.Attr, p.attrs = p.attrs[:0:k], p.attrs[k:]
	}
	for _, a := range t.Attr {
		name := p.qualified(a.Name)
		if n.hasAttr(name) {
			return p.errorAt(start, "<%s> has two attributes %s", n.Name, name)
		}
		n.Attr = append(n.Attr, Attr{name, a.Value})
	}
	p.top, p.first = n, append(p.first, len(p.inner))
	return nil
}

// close ends the innermost element. The decoder answers <p /> with two tokens,
// the second of no length, which leaves InnerStart, InnerEnd and End equal.
func (p *parser) close(name xml.Name, start int) error {
	switch n := p.top; {
	case n == p.root:
		return p.errorAt(start, "</%s> closes nothing", p.qualified(name))
	case start < p.offset() && p.source[start+len("</"):][:written(name)] != n.Name: // else it is the second token of <p />
		return p.errorAt(start, "</%s> stands where %s must be closed", p.qualified(name), p.opened(n))
	default:
		n.InnerEnd, n.End = start, p.offset()
		last := len(p.first) - 1
		p.filled(p.first[last])
		p.top, p.depth, p.first = n.Parent, p.depth-1, p.first[:last]
		return nil
	}
}

// written is the length of a name as it was written.
func written(n xml.Name) int {
	if n.Space == "" {
		return len(n.Local)
	}
	return len(n.Space) + len(":") + len(n.Local)
}

func (p *parser) finish() (*Document, error) {
	if p.top != p.root {
		return nil, p.errorAt(len(p.source), "the body ends inside %s", p.opened(p.top))
	}
	p.filled(0)
	return &Document{Source: p.source, Root: p.root}, nil
}

// refused turns the decoder's error into one that says where the decoder stood,
// to the character: a Cloud body is a single line.
func (p *parser) refused(err error) error {
	msg := strings.TrimPrefix(err.Error(), "xml: ")
	if e, ok := errors.AsType[*xml.SyntaxError](err); ok {
		msg = e.Msg
	}
	msg = fmt.Sprintf("%s near %q", msg, p.lastRead())
	if p.top != p.root {
		msg += ", inside " + p.opened(p.top)
	}
	return p.errorAt(p.offset(), "%s", msg)
}

// lastRead is the end of what the decoder has read, enough to search for.
func (p *parser) lastRead() string {
	read := []rune(p.source[max(0, p.offset()-80):p.offset()])
	return string(read[max(0, len(read)-20):])
}

// opened names an open element and where it was opened.
func (p *parser) opened(n *Node) string {
	line, column := position(p.source, n.Start)
	return fmt.Sprintf("<%s> of line %d, column %d", n.Name, line, column)
}

func (p *parser) errorAt(offset int, format string, args ...any) error {
	line, column := position(p.source, offset)
	return &SyntaxError{line, column, fmt.Sprintf(format, args...)}
}

// position is the line and the column of a byte of source, both from 1.
func position(source string, offset int) (line, column int) {
	before := source[:min(offset, len(source))]
	lastLine := before[strings.LastIndexByte(before, '\n')+1:]
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(lastLine) + 1
}

// hasAttr tells an empty attribute from none.
func (n *Node) hasAttr(name string) bool {
	for _, a := range n.Attr {
		if a.Name == name {
			return true
		}
	}
	return false
}

// qualified is a name as it was written, each of which is kept once.
func (p *parser) qualified(n xml.Name) string {
	name, known := p.names[n]
	if !known {
		if name = n.Local; n.Space != "" {
			name = n.Space + ":" + n.Local
		}
		p.names[n] = name
	}
	return name
}
