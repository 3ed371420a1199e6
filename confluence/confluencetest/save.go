package confluencetest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"refine/confluence/storage"
)

// store returns what the service keeps of a body it is sent. The content is the
// same, the bytes are not: no client may rely on reading back what it wrote.
func (t *site) store(body string) (string, error) {
	doc, err := storage.Parse(body)
	if err != nil {
		return "", notXHTML(err)
	}
	for n := range doc.Root.All() {
		if prefix, _, ok := strings.Cut(n.Name, ":"); ok && !slices.Contains(prefixes, prefix) {
			return "", refuse(http.StatusBadRequest, "Error parsing xhtml: Undeclared namespace prefix \"%s\"", prefix)
		}
	}
	w := newWriter(doc, t.mint)
	if t.cloud {
		(&cloudWriter{w}).flow(doc.Root.Children)
	} else {
		(&dataCenterWriter{w}).nodes(doc.Root.Children)
	}
	return w.b.String(), nil
}

// prefixes are those the service declares.
var prefixes = []string{"ac", "ri", "at", "acxhtml"}

func notXHTML(err error) error {
	if bad, ok := errors.AsType[*storage.SyntaxError](err); ok {
		return refuse(http.StatusBadRequest, "Error parsing xhtml: %s\n at [row,col {unknown-source}]: [%d,%d]",
			bad.Msg, bad.Line, bad.Column)
	}
	return refuse(http.StatusBadRequest, "Error parsing xhtml: %v", err)
}

// writer writes markup as the service spells it.
type writer struct {
	b     bytes.Buffer
	mint  func() string
	used  map[string]bool // the ids written so far
	tasks map[string]bool // the numbers of tasks in the body as sent, and of those written
}

func newWriter(doc *storage.Document, mint func() string) *writer {
	w := &writer{mint: mint, used: map[string]bool{}, tasks: map[string]bool{}}
	for n := range doc.Root.Find("ac:task-id") {
		w.tasks[plain(n)] = true
	}
	return w
}

// start writes a start tag, and the whole element if it is empty.
func (w *writer) start(name string, attrs []storage.Attr, empty bool) {
	w.b.WriteString("<" + name)
	for _, a := range attrs {
		w.b.WriteString(" " + a.Name + `="`)
		w.escape(a.Value, true)
		w.b.WriteString(`"`)
	}
	if empty {
		w.b.WriteString(" /")
	}
	w.b.WriteString(">")
}

func (w *writer) end(name string) { w.b.WriteString("</" + name + ">") }

// element writes an element with what content writes, as one tag if that is
// nothing.
func (w *writer) element(name string, attrs []storage.Attr, content func()) {
	before := w.b.Len()
	w.start(name, attrs, false)
	opened := w.b.Len()
	content()
	if w.b.Len() == opened {
		w.b.Truncate(before)
		w.start(name, attrs, true)
		return
	}
	w.end(name)
}

// escape spells text with the named entities of HTML wherever there is one.
func (w *writer) escape(s string, quotes bool) {
	for _, r := range s {
		name, named := entityNames()[r]
		if named && (r != '"' || quotes) {
			w.b.WriteString("&" + name + ";")
		} else {
			w.b.WriteRune(r)
		}
	}
}

// text writes a text node. A CDATA section stays one.
func (w *writer) text(n *storage.Node, quotes bool) {
	if n.CData {
		w.b.WriteString("<![CDATA[" + strings.ReplaceAll(n.Text, "]]>", "]]]]><![CDATA[>") + "]]>")
		return
	}
	w.escape(n.Text, quotes)
}

// id returns the id that an element has, or one of its own if it has none or
// another element has the same, as after copying text.
func (w *writer) id(has string, give func(digits string) string) string {
	for has == "" || w.used[has] {
		has = give(w.mint())
	}
	w.used[has] = true
	return has
}

// taskNumber returns the number that a task has, or the lowest free one if it
// has none or that of another task.
func (w *writer) taskNumber(task *storage.Node) string {
	number := plain(task.Child("ac:task-id"))
	for i := 1; number == "" || w.used["task "+number]; i++ {
		if free := strconv.Itoa(i); !w.tasks[free] {
			number = free
		}
	}
	w.used["task "+number], w.tasks[number] = true, true
	return number
}

// short is an id as Cloud gives paragraphs and tasks: twelve digits.
func short(digits string) string { return digits[:12] }

// escaped is s for use as text of a body.
func escaped(s string) string {
	var w writer
	w.escape(s, true)
	return w.b.String()
}

// entityNames holds the entity of each character that has one. Of several the
// first by name is taken, so that a body is spelled the same in every run.
var entityNames = sync.OnceValue(func() map[rune]string {
	names := map[rune]string{}
	for _, name := range slices.Backward(slices.Sorted(maps.Keys(xml.HTMLEntity))) {
		if r, size := utf8.DecodeRuneInString(xml.HTMLEntity[name]); size == len(xml.HTMLEntity[name]) {
			names[r] = name
		}
	}
	names['"'], names['&'], names['<'], names['>'] = "quot", "amp", "lt", "gt"
	return names
})

// attribute returns the value of an attribute, empty if there is none.
func attribute(attrs []storage.Attr, name string) string {
	if i := slices.IndexFunc(attrs, func(a storage.Attr) bool { return a.Name == name }); i >= 0 {
		return attrs[i].Value
	}
	return ""
}

// without returns the attributes but those named.
func without(attrs []storage.Attr, names ...string) []storage.Attr {
	return slices.DeleteFunc(slices.Clone(attrs), func(a storage.Attr) bool { return slices.Contains(names, a.Name) })
}

func byName(attrs []storage.Attr) []storage.Attr {
	return slices.SortedFunc(slices.Values(attrs), func(a, b storage.Attr) int { return strings.Compare(a.Name, b.Name) })
}

// isBlank reports whether n is white space or a comment.
func isBlank(n *storage.Node) bool {
	return n.Kind == storage.Comment || n.Kind == storage.Text && strings.TrimSpace(n.Text) == ""
}
