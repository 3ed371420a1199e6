package storage

import (
	"strings"
	"unicode"
)

// PlainText is what n says to a reader, without markup: one line for each
// paragraph, list item, cell and line break, runs of white space as one space.
// Code keeps its own white space. A date reads as 2026-11-24, an emoji as
// itself, a link without a text as the title it points to.
//
// What is not text of the page is left out: template hints (ac:placeholder),
// parameters of macros and so the titles of status lozenges, ids and states of
// tasks, names of mentioned people, and the fallback that repeats a decision.
// A nil node has no text.
func (n *Node) PlainText() string {
	if n == nil {
		return ""
	}
	var w textWriter
	w.node(n)
	return strings.TrimSpace(w.b.String())
}

// textWriter holds back white space until text follows it.
type textWriter struct {
	b           strings.Builder
	space, line bool
}

func (w *textWriter) node(n *Node) {
	if n.Kind != Element {
		if n.Kind == Text {
			w.text(n.Text)
		}
		return
	}
	switch n.Name {
	case "ac:placeholder", "ac:parameter", "ac:adf-attribute", "at:declarations",
		"ac:task-id", "ac:task-uuid", "ac:task-status":
	case "br", "hr":
		w.line = true
	case "time":
		w.text(n.AttrValue("datetime"))
	case "ac:emoticon":
		w.text(n.AttrValue("ac:emoji-fallback"))
	case "pre", "ac:plain-text-body":
		w.verbatim(n.content())
	default:
		w.element(n)
	}
}

func (w *textWriter) element(n *Node) {
	if isFallback(n) {
		return
	}
	if n.Name == "ac:link" {
		w.text(impliedLinkText(n))
	}
	w.line = w.line || isBlock(n)
	for _, c := range n.Children {
		w.node(c)
	}
	w.line = w.line || isBlock(n)
}

// text adds s with its white space collapsed.
func (w *textWriter) text(s string) {
	for _, r := range s {
		if unicode.IsSpace(r) {
			w.space = true
			continue
		}
		w.flush()
		w.b.WriteRune(r)
	}
}

// verbatim adds s on lines of its own.
func (w *textWriter) verbatim(s string) {
	if strings.TrimSpace(s) == "" {
		return
	}
	w.line = true
	w.flush()
	w.b.WriteString(strings.TrimRightFunc(s, unicode.IsSpace))
	w.line = true
}

func (w *textWriter) flush() {
	switch {
	case w.b.Len() == 0:
	case w.line:
		w.b.WriteByte('\n')
	case w.space:
		w.b.WriteByte(' ')
	}
	w.space, w.line = false, false
}

// impliedLinkText is what Confluence shows for a link that brings no text of
// its own: the title of what it points to. It is empty for people, whose names
// a page does not hold.
func impliedLinkText(link *Node) string {
	if link.Child("ac:link-body") != nil || link.Child("ac:plain-text-link-body") != nil {
		return ""
	}
	for _, c := range link.Children {
		switch c.Name {
		case "ri:page", "ri:blog-post":
			return c.AttrValue("ri:content-title")
		case "ri:attachment":
			return c.AttrValue("ri:filename")
		case "ri:url":
			return c.AttrValue("ri:value")
		}
	}
	return ""
}
