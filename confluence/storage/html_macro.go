package storage

import (
	"cmp"
	"strings"
)

// macro writes a macro the way Confluence shows it. One that is not known here
// shows its body, or its name where it has none.
func (p *page) macro(n *Node) {
	switch name := n.Macro(); name {
	case "status":
		p.status(n)
	case "jira", "jiraissues":
		p.issue(n)
	case "expand":
		p.expand(n)
	case "details", "excerpt":
		p.properties(n)
	case "info", "tip", "note", "warning", "panel":
		p.panel(name, n.Param("title"), n.Child("ac:rich-text-body"))
	case "anchor":
		if place := n.Param(""); place != "" {
			p.tag("span", []Attr{{"id", anchorID(place)}}, func() {})
		}
	case "toc":
		p.contents(n)
	default:
		p.otherMacro(n)
	}
}

// status writes a lozenge. Without a title Confluence shows its colour.
func (p *page) status(n *Node) {
	colour := strings.ToLower(n.Param("colour"))
	kind := "status"
	switch colour {
	case "red", "yellow", "green", "blue", "purple":
		kind += " " + colour
	}
	p.tag("span", class(kind), func() { p.text(cmp.Or(n.Param("title"), n.Param("colour"))) })
}

func (p *page) issue(n *Node) {
	key := n.Param("key")
	if key == "" {
		p.tag("span", class("macro"), func() { p.text("Jira: " + n.Param("jqlQuery")) })
		return
	}
	address := ""
	if p.options.Issue != nil {
		address = p.options.Issue(key)
	}
	p.hyperlink(address, "issue", func() { p.text(key) })
}

func (p *page) expand(n *Node) {
	title := cmp.Or(n.Param("title"), "Click here to expand...")
	p.tag("details", class("expand"), func() {
		p.tag("summary", nil, func() { p.text(title) })
		p.body(n.Child("ac:rich-text-body"))
	})
}

// properties writes a body that can be hidden from readers.
func (p *page) properties(n *Node) {
	if n.Param("hidden") == "true" {
		return
	}
	p.tag("div", class("properties"), func() { p.body(n.Child("ac:rich-text-body")) })
}

// panel writes a coloured box. The names are those of the macros and, for the
// kinds that Cloud added, those of its editor.
func (p *page) panel(kind, title string, body *Node) {
	colours := "panel"
	switch kind {
	case "info", "tip", "note", "warning", "success", "error", "custom":
		colours += " " + kind
	}
	p.tag("div", class(colours), func() {
		if title != "" {
			p.tag("p", class("title"), func() { p.text(title) })
		}
		p.body(body)
	})
}

// body writes the children of a macro's body, which may be missing.
func (p *page) body(body *Node) {
	if body != nil {
		p.nodes(body.Children)
	}
}

func (p *page) otherMacro(n *Node) {
	rich, plain := n.Child("ac:rich-text-body"), n.Child("ac:plain-text-body")
	switch {
	case rich != nil:
		p.tag("div", nil, func() { p.body(rich) })
	case plain != nil:
		p.tag("pre", nil, func() { p.tag("code", nil, func() { p.text(plain.content()) }) })
	default:
		p.tag("span", class("macro"), func() { p.text(n.Macro()) })
	}
}
