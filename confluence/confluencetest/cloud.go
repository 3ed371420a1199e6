package confluencetest

import (
	"cmp"
	"slices"

	"refine/confluence/storage"
)

// cloudWriter writes a body as Cloud's editor stores it: without white space
// between blocks, with an id on every block and every macro, text of list items
// and cells in paragraphs, parameters sorted, tasks and decisions in full.
type cloudWriter struct{ *writer }

// flow writes what stands one below another. Text among it, and what runs with
// text, becomes a paragraph.
func (w *cloudWriter) flow(nodes []*storage.Node) {
	var line []*storage.Node
	for _, n := range nodes {
		if n.Kind != storage.Comment && !isBlock(n) {
			line = append(line, n)
			continue
		}
		if n.Kind == storage.Comment {
			continue // the editor has no place for it
		}
		w.line(line)
		line = nil
		w.block(n)
	}
	w.line(line)
}

// line writes a run of inline content. Macros and pictures alone need no
// paragraph.
func (w *cloudWriter) line(nodes []*storage.Node) {
	nodes = trimBlank(nodes)
	if len(nodes) == 0 {
		return
	}
	if !slices.ContainsFunc(nodes, needsParagraph) {
		w.inline(nodes)
		return
	}
	w.element("p", w.withLocalID("local-id", nil, short), func() { w.inline(nodes) })
}

func needsParagraph(n *storage.Node) bool {
	switch {
	case isBlank(n):
		return false
	case n.Kind == storage.Text, n.Macro() == "status":
		return true
	default:
		return n.Name != "ac:structured-macro" && n.Name != "ac:image"
	}
}

func trimBlank(nodes []*storage.Node) []*storage.Node {
	for len(nodes) > 0 && isBlank(nodes[0]) {
		nodes = nodes[1:]
	}
	for len(nodes) > 0 && isBlank(nodes[len(nodes)-1]) {
		nodes = nodes[:len(nodes)-1]
	}
	return nodes
}

// block writes an element that stands on lines of its own.
func (w *cloudWriter) block(n *storage.Node) {
	switch n.Name {
	case "p", "h1", "h2", "h3", "h4", "h5", "h6":
		w.element(n.Name, w.withLocalID("local-id", n.Attr, short), func() { w.inline(n.Children) })
	case "ul", "ol", "li", "blockquote":
		w.list(n)
	case "table":
		w.table(n)
	case "td", "th":
		w.cell(n)
	case "ac:task-list":
		w.taskList(n)
	case "ac:adf-extension":
		w.adfExtension(n)
	case "ac:structured-macro":
		w.macro(n)
	case "pre", "hr":
		w.element(n.Name, byName(n.Attr), func() { w.inline(n.Children) })
	default: // groups: rows, layouts, divisions
		w.element(n.Name, byName(n.Attr), func() { w.flow(n.Children) })
	}
}

func (w *cloudWriter) list(n *storage.Node) {
	attrs := n.Attr
	switch {
	case n.Name == "ol" && attribute(attrs, "start") == "":
		attrs = append([]storage.Attr{{Name: "start", Value: "1"}}, attrs...)
	case (n.Name == "ul" || n.Name == "ol") && len(slices.Collect(n.Find("li"))) == 0:
		return // the editor removes a list without items
	}
	w.element(n.Name, w.withLocalID("local-id", attrs, short), func() {
		w.flow(n.Children)
	})
}

func (w *cloudWriter) table(n *storage.Node) {
	kept := without(n.Attr, "ac:local-id")
	if attribute(kept, "data-layout") == "" {
		kept = append(kept, storage.Attr{Name: "data-layout", Value: "default"})
	}
	if attribute(kept, "data-table-width") == "" {
		kept = append(kept, storage.Attr{Name: "data-table-width", Value: "760"})
	}
	kept = append(byName(kept), storage.Attr{Name: "ac:local-id", Value: w.id(attribute(n.Attr, "ac:local-id"), uuid)})
	w.element("table", kept, func() { w.flow(n.Children) })
}

// cell is never without a paragraph.
func (w *cloudWriter) cell(n *storage.Node) {
	w.element(n.Name, byName(n.Attr), func() {
		if len(trimBlank(n.Children)) == 0 {
			w.element("p", w.withLocalID("local-id", nil, short), func() {})
			return
		}
		w.flow(n.Children)
	})
}

// macro writes a macro with its ids and with its parameters by name, before the
// body.
func (w *cloudWriter) macro(n *storage.Node) {
	attrs := slices.DeleteFunc(slices.Clone(n.Attr), func(a storage.Attr) bool { return a.Name != "ac:name" })
	attrs = append(attrs, storage.Attr{Name: "ac:schema-version", Value: cmp.Or(attribute(n.Attr, "ac:schema-version"), "1")})
	attrs = append(attrs, byName(without(n.Attr, "ac:name", "ac:schema-version", "ac:local-id", "ac:macro-id"))...)
	if n.Macro() != "status" {
		attrs = append(attrs, storage.Attr{Name: "ac:local-id", Value: w.id(attribute(n.Attr, "ac:local-id"), uuid)})
	}
	attrs = append(attrs, storage.Attr{Name: "ac:macro-id", Value: w.id(attribute(n.Attr, "ac:macro-id"), uuid)})
	w.element("ac:structured-macro", attrs, func() {
		for _, p := range slices.SortedStableFunc(slices.Values(n.Children), byParameter) {
			w.macroPart(p)
		}
	})
}

// byParameter sorts parameters by name and puts them before everything else.
func byParameter(a, b *storage.Node) int {
	rank := func(n *storage.Node) string {
		if n.Name == "ac:parameter" {
			return "0" + n.AttrValue("ac:name")
		}
		return "1"
	}
	return cmp.Compare(rank(a), rank(b))
}

func (w *cloudWriter) macroPart(n *storage.Node) {
	switch {
	case n.Kind != storage.Element:
	case n.Name == "ac:rich-text-body":
		w.element(n.Name, nil, func() { w.flow(n.Children) })
	default:
		w.element(n.Name, n.Attr, func() { w.inline(n.Children) })
	}
}

// inline writes what runs within a line.
func (w *cloudWriter) inline(nodes []*storage.Node) {
	for _, n := range nodes {
		switch {
		case n.Kind == storage.Text:
			w.text(n, false)
		case n.Kind == storage.Comment:
		case isBlock(n), n.Name == "ac:structured-macro":
			w.block(n)
		default:
			w.inlineElement(n)
		}
	}
}

func (w *cloudWriter) inlineElement(n *storage.Node) {
	name, attrs := n.Name, byName(n.Attr)
	switch name {
	case "b":
		name = "strong"
	case "i":
		name = "em"
	case "s", "strike":
		name = "del"
	case "time":
		w.start(name, attrs, true)
		return
	case "a":
		if attribute(attrs, "data-card-appearance") != "" { // a card keeps its address only
			w.element(name, attrs, func() { w.escape(attribute(attrs, "href"), false) })
			return
		}
	case "ac:image":
		attrs = placed(attrs)
	case "ri:attachment":
		attrs = append(byName(without(attrs, "ri:version-at-save")), storage.Attr{Name: "ri:version-at-save", Value: "1"})
	case "ri:user":
		attrs = w.withLocalID("ri:local-id", n.Attr, uuid)
	}
	w.element(name, attrs, func() { w.inline(n.Children) })
}

func (w *cloudWriter) taskList(n *storage.Node) {
	if len(slices.Collect(n.Find("ac:task"))) == 0 {
		return
	}
	id := w.id(attribute(n.Attr, "ac:task-list-id"), uuid)
	w.start(n.Name, []storage.Attr{{Name: "ac:task-list-id", Value: id}}, false)
	w.b.WriteString("\n")
	for _, c := range n.Children {
		if c.Name == "ac:task" {
			w.task(c)
		}
	}
	w.end(n.Name)
}

func (w *cloudWriter) task(n *storage.Node) {
	w.b.WriteString("<ac:task>\n")
	w.taskPart("ac:task-id", w.taskNumber(n))
	w.taskPart("ac:task-uuid", w.id(plain(n.Child("ac:task-uuid")), short))
	w.taskPart("ac:task-status", taskStatus(n))
	if body := n.Child("ac:task-body"); body != nil {
		w.element("ac:task-body", nil, func() { w.taskBody(body.Children) })
		w.b.WriteString("\n")
	}
	for _, c := range n.Children {
		if c.Name == "ac:task-list" {
			w.taskList(c)
		}
	}
	w.b.WriteString("</ac:task>\n")
}

func (w *cloudWriter) taskPart(name, value string) {
	w.start(name, nil, false)
	w.escape(value, false)
	w.end(name)
	w.b.WriteString("\n")
}

// taskBody wraps the text of a task in the editor's span. Lists within the
// task stay beside it.
func (w *cloudWriter) taskBody(nodes []*storage.Node) {
	line := nodes
	if i := slices.IndexFunc(nodes, isBlock); i >= 0 {
		line = nodes[:i]
	}
	rest := nodes[len(line):]
	for line = trimBlank(line); len(line) > 0 && line[len(line)-1].Name == "br"; {
		line = trimBlank(line[:len(line)-1]) // the editor leaves no empty line at the end of a task
	}
	switch {
	case len(line) == 1 && line[0].Name == "span" && line[0].AttrValue("class") == taskSpan:
		w.inline(line)
	case len(line) > 0:
		w.element("span", []storage.Attr{{Name: "class", Value: taskSpan}}, func() { w.inline(line) })
	}
	w.flow(rest)
}

const taskSpan = "placeholder-inline-tasks"

// adfExtension completes a decision list. Other extensions are kept as they
// are.
func (w *cloudWriter) adfExtension(n *storage.Node) {
	list := n.Child("ac:adf-node")
	if list.AttrValue("type") != "decision-list" {
		w.element(n.Name, byName(n.Attr), func() { w.inline(n.Children) })
		return
	}
	items := decisionItems(list)
	if len(items) == 0 {
		return
	}
	w.element(n.Name, nil, func() {
		w.element("ac:adf-node", list.Attr, func() {
			w.adfLocalID(list)
			for _, item := range items {
				w.decision(item)
			}
		})
		w.decisionFallback(items)
	})
}

func decisionItems(list *storage.Node) []*storage.Node {
	return slices.DeleteFunc(slices.Clone(list.Children), func(c *storage.Node) bool { return !isDecisionItem(c) })
}

func (w *cloudWriter) decision(item *storage.Node) {
	w.element("ac:adf-node", item.Attr, func() {
		w.adfLocalID(item)
		w.element("ac:adf-attribute", []storage.Attr{{Name: "key", Value: "state"}}, func() {
			w.escape(cmp.Or(adfValue(item, "state"), "DECIDED"), false)
		})
		if content := item.Child("ac:adf-content"); content != nil && len(trimBlank(content.Children)) > 0 {
			w.element("ac:adf-content", nil, func() { w.inline(trimBlank(content.Children)) })
		}
	})
}

func (w *cloudWriter) adfLocalID(n *storage.Node) {
	w.element("ac:adf-attribute", []storage.Attr{{Name: "key", Value: "local-id"}}, func() {
		w.escape(w.id(adfValue(n, "local-id"), uuid), false)
	})
}

func adfValue(n *storage.Node, key string) string {
	for _, c := range n.Children {
		if c.Name == "ac:adf-attribute" && c.AttrValue("key") == key {
			return plain(c)
		}
	}
	return ""
}

// decisionFallback repeats the decisions as a list, for readers that know no
// better.
func (w *cloudWriter) decisionFallback(items []*storage.Node) {
	w.element("ac:adf-fallback", nil, func() {
		w.element("ul", []storage.Attr{{Name: "class", Value: "decision-list"}}, func() {
			for _, item := range items {
				w.element("li", nil, func() {
					if content := item.Child("ac:adf-content"); content != nil {
						w.inline(trimBlank(content.Children))
					}
				})
			}
		})
	})
}

// withLocalID sorts attributes and ends them with an id.
func (w *cloudWriter) withLocalID(name string, attrs []storage.Attr, give func(string) string) []storage.Attr {
	id := w.id(attribute(attrs, name), give)
	return append(byName(without(attrs, name)), storage.Attr{Name: name, Value: id})
}

// isBlock tells the elements that stand on lines of their own. Macros do if
// they have a body.
func isBlock(n *storage.Node) bool {
	switch n.Name {
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd",
		"table", "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "col", "caption",
		"div", "blockquote", "pre", "hr", "ac:task-list", "ac:adf-extension",
		"ac:layout", "ac:layout-section", "ac:layout-cell":
		return true
	case "ac:structured-macro":
		return n.Child("ac:rich-text-body") != nil || n.Child("ac:plain-text-body") != nil
	default:
		return false
	}
}

// placed are the attributes of a picture with those of the editor, which measures it
// and puts it into the middle.
func placed(attrs []storage.Attr) []storage.Attr {
	for _, a := range []storage.Attr{
		{Name: "ac:align", Value: "center"}, {Name: "ac:layout", Value: "center"}, {Name: "ac:custom-width", Value: "true"},
		{Name: "ac:original-height", Value: "480"}, {Name: "ac:original-width", Value: "1280"}, {Name: "ac:width", Value: "760"},
	} {
		if attribute(attrs, a.Name) == "" {
			attrs = append(attrs, a)
		}
	}
	return byName(attrs)
}
