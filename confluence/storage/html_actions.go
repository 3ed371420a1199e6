package storage

import (
	"cmp"
	"strings"
)

// task writes a checkbox with its text, and the tasks below it.
func (p *page) task(n *Node) {
	done := isDone(n)
	kind := "task"
	if done {
		kind += " done"
	}
	p.tag("div", []Attr{{"class", kind}, {"role", "listitem"}}, func() {
		p.checkbox(n, done)
		p.tag("div", class("text"), func() {
			for _, c := range n.Children {
				if c.is("ac:task-body") || c.is("ac:task-list") {
					p.element(c)
				}
			}
		})
	})
}

func (p *page) checkbox(task *Node, done bool) {
	attrs := []Attr{{"type", "checkbox"}}
	if id := task.Child("ac:task-id"); id != nil {
		attrs = append(attrs, Attr{"data-task-id", strings.TrimSpace(id.content())})
	}
	attrs = append(attrs, Attr{"aria-label", taskLabel(task)})
	if done {
		attrs = append(attrs, Attr{"checked", ""})
	}
	if !p.options.Tick {
		attrs = append(attrs, Attr{"disabled", ""})
	}
	p.open("input", attrs)
}

// taskLabel is what a task says, or what its place is for while nobody has typed.
func taskLabel(task *Node) string {
	body := task.Child("ac:task-body")
	hint := ""
	if body != nil {
		for p := range body.Find("ac:placeholder") {
			hint = p.content()
		}
	}
	return cmp.Or(body.PlainText(), hint, "Task")
}

func isDone(task *Node) bool {
	status := task.Child("ac:task-status")
	return status != nil && strings.TrimSpace(status.content()) == "complete"
}

// adfExtension writes what only the editor of Cloud knows. For kinds unknown
// here, its own fallback stands in.
func (p *page) adfExtension(n *Node) {
	node, fallback := n.Child("ac:adf-node"), n.Child("ac:adf-fallback")
	switch kind := node.AttrValue("type"); {
	case kind == "decision-list":
		p.tag("div", []Attr{{"class", "decisions"}, {"role", "list"}}, func() {
			for item := range node.Find("ac:adf-node") {
				p.decision(item)
			}
		})
	case kind == "panel":
		p.panel(adfValue(node, "panel-type"), "", node)
	case fallback != nil:
		p.nodes(fallback.Children)
	default:
		p.nodes(n.Children)
	}
}

func (p *page) decision(item *Node) {
	kind, label := "decision", "Decision: "
	if adfValue(item, "state") == "UNDECIDED" {
		kind, label = kind+" open", "To decide: "
	}
	content := item.Child("ac:adf-content")
	if content.PlainText() == "" {
		kind += " empty"
	}
	p.tag("div", []Attr{{"class", kind}, {"role", "listitem"}}, func() {
		p.tag("span", class("icon"), func() { p.tag("span", nil, func() { p.text(label) }) })
		p.tag("div", class("text"), func() { p.body(content) })
	})
}

// adfValue is an attribute of a node of the Cloud editor.
func adfValue(node *Node, key string) string {
	for _, c := range node.Children {
		if c.is("ac:adf-attribute") && c.AttrValue("key") == key {
			return strings.TrimSpace(c.content())
		}
	}
	return ""
}
