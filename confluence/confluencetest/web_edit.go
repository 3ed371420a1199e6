package confluencetest

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"refine/confluence/storage"
)

// A block is a part of the page in edit mode: what it looks like, and the texts
// in it that can be changed.
type block struct {
	Index   int
	HTML    template.HTML
	Fields  []field
	Section *section // of a heading: what can be added below it
}

// A section is where entries can be added: a heading's, or the whole page.
type section struct {
	Index                  int  // of the heading's block; -1 for the whole page
	Decision, Action, Text bool // what can be added
}

// newSection offers under a heading what it is for. A heading of the upper
// levels is for anything.
func newSection(index int, heading *storage.Node) *section {
	title := strings.ToLower(heading.PlainText())
	decision, action := strings.Contains(title, "decision"), strings.Contains(title, "action item")
	if heading.HeadingLevel() <= 2 && !decision && !action {
		return &section{index, true, true, true}
	}
	return &section{index, decision, action, !decision && !action}
}

func (s *Server) webEdit(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, "edit.html", func() (any, error) {
		p, err := s.readable(r.PathValue("id"))
		if err != nil {
			return nil, err
		}
		if p.status != statusCurrent {
			return nil, refuse(http.StatusBadRequest, "An archived page cannot be edited.")
		}
		doc, err := storage.Parse(p.current().body)
		if err != nil {
			return nil, err
		}
		out := s.newSheet(r, p)
		out.Blocks, err = s.blocks(out.Root, p, doc)
		return out, err
	})
}

func (s *Server) blocks(root string, p *page, doc *storage.Document) ([]block, error) {
	var out []block
	for i, n := range doc.Blocks() {
		html, err := s.html(root, p, doc.Source[n.Start:n.End])
		if err != nil {
			return nil, err
		}
		b := block{Index: i, HTML: html, Fields: fieldsOf(n)}
		if n.HeadingLevel() > 0 {
			b.Section = newSection(i, n)
		}
		out = append(out, b)
	}
	return out, nil
}

// sectionOf returns the blocks from a heading to the next one of its level.
func sectionOf(blocks []*storage.Node, heading int) []*storage.Node {
	rest := blocks[heading+1:]
	end := slices.IndexFunc(rest, func(n *storage.Node) bool {
		return n.HeadingLevel() > 0 && n.HeadingLevel() <= blocks[heading].HeadingLevel()
	})
	if end < 0 {
		end = len(rest)
	}
	return blocks[heading : heading+1+end]
}

// A field is a piece of text that can be changed: a text node, or a place that
// is empty so far.
type field struct {
	Name  string
	Value string // white space collapsed
	Hint  string // shown in an empty field

	node *storage.Node
}

// fieldsOf lists the texts of a block in the order they are read.
func fieldsOf(n *storage.Node) []field {
	switch {
	case n.Kind == storage.Text && !n.CData && strings.TrimSpace(n.Text) != "":
		return []field{{Name: fieldName(n), Value: collapse(n.Text), node: n}}
	case n.Kind != storage.Element || isUntouchable(n):
		return nil
	}
	var found []field
	for _, c := range n.Children {
		found = append(found, fieldsOf(c)...)
	}
	if len(found) == 0 && canBeFilled(n) {
		return []field{{Name: fieldName(n), Hint: hint(n), node: n}}
	}
	return found
}

func fieldName(n *storage.Node) string { return fmt.Sprintf("text-%d-%d", n.Start, n.End) }

func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }

// isUntouchable reports whether what n holds is not text of the page.
func isUntouchable(n *storage.Node) bool {
	switch n.Name {
	case "ac:parameter", "ac:adf-attribute", "ac:adf-fallback", "ac:placeholder", "ac:plain-text-body",
		"ac:task-id", "ac:task-uuid", "ac:task-status", "time", "colgroup":
		return true
	default:
		return false
	}
}

// canBeFilled reports whether n is a place to write that nobody has written in.
func canBeFilled(n *storage.Node) bool {
	switch n.Name {
	case "p", "td", "th", "li", "ac:task-body", "ac:adf-content":
	default:
		return isDecisionItem(n) && n.Child("ac:adf-content") == nil
	}
	return !slices.ContainsFunc(n.Children, func(c *storage.Node) bool {
		return c.Kind == storage.Element && c.Name != "br" && c.Name != "ac:placeholder" && c.Name != "span" && c.Macro() != "status"
	})
}

func hint(n *storage.Node) string {
	for p := range n.Find("ac:placeholder") {
		return plain(p)
	}
	return ""
}

// editText puts what was typed into a block's fields in the place of what stood
// there. A task, list item or decision without any text left goes.
func editText(t *site, doc *storage.Document, form url.Values) (body, anchor string, err error) {
	n, anchor, err := chosenBlock(doc, form)
	if err != nil {
		return "", "", err
	}
	var edits []storage.Edit
	gone := emptied(n, form)
	for _, f := range fieldsOf(n) {
		typed, sent := form[f.Name]
		if !sent || collapse(typed[0]) == f.Value || isWithin(f.node, gone) {
			continue
		}
		edits = append(edits, f.replace(doc.Source, markup(t.typed(typed[0]))))
	}
	for _, g := range gone {
		edits = append(edits, storage.Edit{Start: g.Start, End: g.End})
	}
	body, err = storage.Splice(doc.Source, edits)
	return body, anchor, err
}

func chosenBlock(doc *storage.Document, form url.Values) (n *storage.Node, anchor string, err error) {
	blocks := doc.Blocks()
	i, err := strconv.Atoi(form.Get("block"))
	if err != nil || i < 0 || i >= len(blocks) {
		return nil, "", refuse(http.StatusBadRequest, "The page has no block %q.", form.Get("block"))
	}
	return blocks[i], fmt.Sprint("block-", i), nil
}

// replace is the edit that gives a field another text, as markup.
func (f field) replace(source, text string) storage.Edit {
	n := f.node
	if n.Kind != storage.Text {
		return fill(source, n, text)
	}
	raw := source[n.Start:n.End]
	trimmed := strings.TrimSpace(raw)
	before, after, _ := strings.Cut(raw, trimmed)
	return storage.Edit{Start: n.Start, End: n.End, New: before + text + after}
}

// fill types text into an element that has none: in the place of its hint, else
// after whatever it holds. An element written as one tag is opened for it.
func fill(source string, n *storage.Node, text string) storage.Edit {
	for hint := range n.Find("ac:placeholder") {
		return storage.Edit{Start: hint.Start, End: hint.End, New: strings.TrimSpace(text)}
	}
	switch {
	case isDecisionItem(n):
		return storage.Edit{Start: n.InnerEnd, End: n.InnerEnd, New: "<ac:adf-content>" + text + "</ac:adf-content>"}
	case n.InnerStart == n.End:
		tag := strings.TrimSpace(strings.TrimSuffix(source[n.Start:n.End], "/>"))
		return storage.Edit{Start: n.Start, End: n.End, New: tag + ">" + text + "</" + n.Name + ">"}
	default:
		return storage.Edit{Start: n.InnerEnd, End: n.InnerEnd, New: text}
	}
}

// emptied lists the outermost items of a block that lost all their text.
func emptied(n *storage.Node, form url.Values) []*storage.Node {
	if isItem(n) && lostAllText(n, form) {
		return []*storage.Node{n}
	}
	var found []*storage.Node
	for _, c := range n.Children {
		if !isUntouchable(c) {
			found = append(found, emptied(c, form)...)
		}
	}
	return found
}

func isItem(n *storage.Node) bool {
	return n.Name == "li" || n.Name == "ac:task" || isDecisionItem(n)
}

func lostAllText(n *storage.Node, form url.Values) bool {
	had := false
	for _, f := range fieldsOf(n) {
		typed, sent := form[f.Name]
		if !sent || collapse(typed[0]) != "" {
			return false
		}
		had = had || f.Value != ""
	}
	return had
}

func isWithin(n *storage.Node, any []*storage.Node) bool {
	return slices.ContainsFunc(any, func(a *storage.Node) bool { return a.Start <= n.Start && n.End <= a.End })
}

// removeBlock takes a whole block off the page.
func removeBlock(_ *site, doc *storage.Document, form url.Values) (body, anchor string, err error) {
	n, anchor, err := chosenBlock(doc, form)
	if err != nil {
		return "", "", err
	}
	body, err = storage.Splice(doc.Source, []storage.Edit{{Start: n.Start, End: n.End}})
	return body, anchor, err
}
