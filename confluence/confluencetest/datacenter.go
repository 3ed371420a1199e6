package confluencetest

import (
	"cmp"

	"refine/confluence/storage"
)

// dataCenterWriter writes a body as Data Center stores it: attributes sorted,
// an id on every macro, each task with a number of its own, entities wherever
// there is one. White space stays.
type dataCenterWriter struct{ *writer }

func (w *dataCenterWriter) nodes(nodes []*storage.Node) {
	for _, n := range nodes {
		switch n.Kind {
		case storage.Text:
			w.text(n, true)
		case storage.Comment:
			w.b.WriteString("<!--" + n.Text + "-->")
		default:
			w.node(n)
		}
	}
}

func (w *dataCenterWriter) node(n *storage.Node) {
	attrs := n.Attr
	switch n.Name {
	case "ac:structured-macro":
		attrs = append(without(attrs, "ac:macro-id", "ac:schema-version"),
			storage.Attr{Name: "ac:macro-id", Value: w.id(attribute(n.Attr, "ac:macro-id"), uuid)},
			storage.Attr{Name: "ac:schema-version", Value: cmp.Or(attribute(n.Attr, "ac:schema-version"), "1")})
	case "ac:task":
		w.task(n)
		return
	case "time":
		w.start(n.Name, attrs, true)
		return
	}
	w.element(n.Name, byName(attrs), func() { w.nodes(n.Children) })
}

func (w *dataCenterWriter) task(n *storage.Node) {
	w.start("ac:task", nil, false)
	w.b.WriteString("\n<ac:task-id>" + w.taskNumber(n) + "</ac:task-id>\n")
	w.b.WriteString("<ac:task-status>" + taskStatus(n) + "</ac:task-status>\n")
	for _, c := range n.Children {
		switch c.Name {
		case "ac:task-id", "ac:task-status", "":
		default:
			w.node(c)
			w.b.WriteString("\n")
		}
	}
	w.end("ac:task")
}
