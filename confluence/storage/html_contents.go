package storage

import (
	"fmt"
	"strconv"
	"strings"
)

// anchorID is the id of a place that the page's own links lead to. It cannot be
// one of the document around it, whatever a page calls its places.
func anchorID(name string) string { return "wiki-" + strings.Join(strings.Fields(name), "-") }

// headingsOf gives ids to the headings of a page that lists its contents.
func headingsOf(doc *Document) map[*Node]string {
	lists := false
	ids := map[*Node]string{}
	for n := range doc.Root.All() {
		lists = lists || n.Macro() == "toc"
		if n.HeadingLevel() > 0 && n.PlainText() != "" {
			ids[n] = fmt.Sprintf("wiki-heading-%d", len(ids)+1)
		}
	}
	if !lists {
		return nil
	}
	return ids
}

// contents lists the page's headings, as the macro does: down to its level. Where
// only a part of the page is shown, it has nothing to list.
func (p *page) contents(macro *Node) {
	if len(p.headings) == 0 {
		p.tag("span", class("macro"), func() { p.text(macro.Macro()) })
		return
	}
	deepest, err := strconv.Atoi(macro.Param("maxLevel"))
	if err != nil {
		deepest = 6
	}
	root := macro
	for root.Parent != nil {
		root = root.Parent
	}
	p.tag("nav", []Attr{{"class", "contents"}, {"aria-label", "Contents"}}, func() {
		p.tag("ul", nil, func() {
			for n := range root.All() {
				if id := p.headings[n]; id != "" && n.HeadingLevel() <= deepest {
					p.tag("li", nil, func() {
						p.tag("a", []Attr{{"href", "#" + id}}, func() { p.text(n.PlainText()) })
					})
				}
			}
		})
	})
}
