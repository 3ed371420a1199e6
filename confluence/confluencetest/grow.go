package confluencetest

import (
	"fmt"
	"html"
	"slices"
	"strings"
)

// Grow makes a body in storage format of any bytes, for fuzzing: bytes that are
// turned at random are hardly ever well-formed by themselves, and what lies
// behind the parser is then never reached. Each byte opens an element, closes
// one, gives the last one an attribute, or writes a text or one of pieces, which
// are well-formed themselves.
func Grow(program string, pieces ...string) string {
	var g grower
	for _, b := range []byte(program) {
		what, which := b%5, int(b/5)
		switch {
		case what == 0 && len(g.open) < 20:
			g.element(elements[which%len(elements)])
		case what == 1:
			g.close()
		case what == 2:
			g.attribute(attributes[which%len(attributes)])
		case what == 3 && len(pieces) > 0:
			g.text(pieces[which%len(pieces)])
		default:
			g.text(html.EscapeString(texts[which%len(texts)]))
		}
	}
	for len(g.open) > 0 {
		g.close()
	}
	return g.out.String()
}

var elements = []string{
	"p", "h2", "ul", "ol", "li", "table", "tbody", "tr", "td", "th", "colgroup", "div", "blockquote", "pre", "hr", "br",
	"strong", "b", "em", "span", "a", "code", "time", "x:unknown",
	"ac:structured-macro", "ac:parameter", "ac:rich-text-body", "ac:plain-text-body", "ac:placeholder", "ac:inline-comment-marker",
	"ac:task-list", "ac:task", "ac:task-id", "ac:task-status", "ac:task-body",
	"ac:adf-extension", "ac:adf-node", "ac:adf-attribute", "ac:adf-content", "ac:adf-fallback",
	"ac:link", "ac:link-body", "ri:user", "ri:page", "ac:image", "ac:emoticon", "ac:layout", "ac:layout-section", "ac:layout-cell",
}

// within are the elements that Confluence stores nowhere but right in another.
var within = map[string][]string{
	"ac:rich-text-body": {"ac:structured-macro"}, "ac:plain-text-body": {"ac:structured-macro"}, "ac:parameter": {"ac:structured-macro"},
	"ac:task": {"ac:task-list"}, "ac:task-id": {"ac:task"}, "ac:task-status": {"ac:task"}, "ac:task-body": {"ac:task"},
	"ac:adf-node": {"ac:adf-extension", "ac:adf-node"}, "ac:adf-attribute": {"ac:adf-node"}, "ac:adf-content": {"ac:adf-node"}, "ac:adf-fallback": {"ac:adf-extension"},
	"ac:layout-section": {"ac:layout"}, "ac:layout-cell": {"ac:layout-section"}, "ac:link-body": {"ac:link"}, "ri:user": {"ac:link"}, "ri:page": {"ac:link"},
	"tbody": {"table"}, "colgroup": {"table"}, "tr": {"tbody"}, "td": {"tr"}, "th": {"tr"}, "li": {"ul", "ol"},
}

var attributes = [][2]string{
	{"ac:name", "status"}, {"ac:name", "details"}, {"ac:name", "expand"}, {"ac:name", "breakoutMode"}, {"key", "state"}, {"key", "local-id"}, {"type", "decision-item"}, {"href", "https://x.example/?a&b"}, {"href", "javascript:x"},
	{"style", "color: red"}, {"style", "width: 1px"}, {"class", "a"}, {"colspan", "1"}, {"colspan", "2"}, {"start", "3"}, {"datetime", "2026-11-24"},
	{"data-card-appearance", "inline"}, {"data-highlight-colour", "red"}, {"data-layout", ""}, {"ac:ref", "5b1f"}, {"ac:local-id", "1"}, {"local-id", ""}, {"ri:account-id", "1"}, {"ac:macro-id", "m"},
}

var texts = []string{
	"a", "b c", " ", "\n  ", "\u00a0", "<&>\"'", "]]>", "PAY-1", "PAY-1: ask Ivo", "Decision: as it is", "Reason: fees", "Action: call", "Parking lot",
	"2026-12-01", "incomplete", "complete", "DECIDED", "ä\u202e❄",
}

// A grower writes a body.
type grower struct {
	out  strings.Builder
	open []string
	tag  strings.Builder // the last start tag while it may still get attributes
	has  map[string]bool // its attributes
}

func (g *grower) element(name string) {
	if parents, bound := within[name]; bound && (len(g.open) == 0 || !slices.Contains(parents, g.open[len(g.open)-1])) {
		return
	}
	g.settle()
	fmt.Fprintf(&g.tag, "<%s", name)
	g.has = map[string]bool{}
	g.open = append(g.open, name)
}

func (g *grower) attribute(a [2]string) {
	if g.tag.Len() == 0 || g.has[a[0]] {
		return
	}
	g.has[a[0]] = true
	fmt.Fprintf(&g.tag, ` %s="%s"`, a[0], html.EscapeString(a[1]))
}

func (g *grower) text(s string) {
	g.settle()
	g.out.WriteString(s)
}

// close ends the innermost element; one without content is one tag.
func (g *grower) close() {
	if len(g.open) == 0 {
		return
	}
	name := g.open[len(g.open)-1]
	g.open = g.open[:len(g.open)-1]
	if g.tag.Len() > 0 {
		g.out.WriteString(g.tag.String() + " />")
		g.tag.Reset()
		return
	}
	g.settle()
	fmt.Fprintf(&g.out, "</%s>", name)
}

// settle ends the last start tag.
func (g *grower) settle() {
	if g.tag.Len() > 0 {
		g.out.WriteString(g.tag.String() + ">")
		g.tag.Reset()
	}
}
