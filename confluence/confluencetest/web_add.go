package confluencetest

import (
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"refine/confluence/storage"
)

// addEntry adds what a person typed below a heading, or anywhere: a decision,
// an action item or a line of text. It goes where the page has room for it, in
// the first list of its kind; only a page without one gets a new list.
func addEntry(t *site, doc *storage.Document, form url.Values) (body, anchor string, err error) {
	text := t.typed(form.Get("text"))
	if collapse(form.Get("text")) == "" {
		return "", "", refuse(http.StatusBadRequest, "Nothing was typed.")
	}
	where, anchor, err := chosenSection(doc, form)
	if err != nil {
		return "", "", err
	}
	a := adder{t, doc, where}
	var edit storage.Edit
	switch kind := form.Get("kind"); kind {
	case "decision":
		edit = a.decision(text)
	case "action":
		edit, err = a.action(text, form.Get("person"), form.Get("due"))
	case "text":
		edit = a.entry(text)
	default:
		err = refuse(http.StatusBadRequest, "There is no kind of entry %q.", kind)
	}
	if err != nil {
		return "", "", err
	}
	body, err = storage.Splice(doc.Source, []storage.Edit{edit})
	return body, anchor, err
}

// chosenSection returns the blocks to add to. The whole page is the section -1.
func chosenSection(doc *storage.Document, form url.Values) (where []*storage.Node, anchor string, err error) {
	blocks := doc.Blocks()
	i, err := strconv.Atoi(form.Get("section"))
	switch {
	case err != nil || i < -1 || i >= len(blocks) || i >= 0 && blocks[i].HeadingLevel() == 0:
		return nil, "", refuse(http.StatusBadRequest, "The page has no section %q.", form.Get("section"))
	case i < 0:
		return blocks[max(0, len(blocks)-1):], "end", nil // it comes last, whatever else the page holds
	default:
		return sectionOf(blocks, i), fmt.Sprint("block-", i), nil
	}
}

// adder finds the place for an entry within a section.
type adder struct {
	site  *site
	doc   *storage.Document
	where []*storage.Node
}

// atEnd adds markup below all there is.
func (a adder) atEnd(markup string) storage.Edit {
	end := len(a.doc.Source)
	if len(a.where) > 0 {
		end = a.where[len(a.where)-1].End
	}
	return storage.Edit{Start: end, End: end, New: markup}
}

// entry adds an entry to the list that the section ends with, in the place of one that
// is empty; a section without one gets a list.
func (a adder) entry(text []storage.Inline) storage.Edit {
	b := storage.NewBuilder(nil)
	b.BulletList(storage.Line(text...))
	n := len(a.where)
	if n == 0 || a.where[n-1].Name != "ul" {
		return a.atEnd(b.String())
	}
	list, li := a.where[n-1], first(b.String(), named("li"))
	for _, it := range list.Children {
		if it.Name == "li" && strings.TrimSpace(it.PlainText()) == "" && !mentions(it) {
			return storage.Edit{Start: it.Start, End: it.End, New: li}
		}
	}
	return storage.Edit{Start: list.InnerEnd, End: list.InnerEnd, New: li}
}

// below adds markup under the section's label of that text, or at the end.
func (a adder) below(text, markup string) storage.Edit {
	if n := a.label(text); n != nil {
		return storage.Edit{Start: n.End, End: n.End, New: markup}
	}
	return a.atEnd(markup)
}

// label finds the line that announces a part of the section ("Decisions").
func (a adder) label(text string) *storage.Node {
	for n := range a.nodes() {
		if announces(n) && strings.Contains(strings.ToLower(n.PlainText()), text) {
			return n
		}
	}
	return nil
}

// announces reports whether n is the label of what follows: a heading, or a
// line in bold or before a colon.
func announces(n *storage.Node) bool {
	if n.Name != "p" {
		return n.HeadingLevel() > 0
	}
	text := n.PlainText()
	if strings.HasSuffix(text, ":") {
		return true
	}
	for bold := range n.Find("strong") {
		return bold.PlainText() == text
	}
	return false
}

// nodes yields all nodes of the section in order.
func (a adder) nodes() iter.Seq[*storage.Node] {
	return func(yield func(*storage.Node) bool) {
		for _, b := range a.where {
			if !yield(b) {
				return
			}
			for n := range b.All() {
				if !yield(n) {
					return
				}
			}
		}
	}
}

// decision is typed into the section's decision list on Cloud, and is a line
// that begins with "Decision" on Data Center, which has no such list.
func (a adder) decision(text []storage.Inline) storage.Edit {
	if !a.site.cloud {
		return a.decisionLine(text)
	}
	b := storage.NewBuilder(storage.IDsFor(a.doc))
	b.DecisionList(storage.Decided(text...))
	for n := range a.nodes() {
		if isDecisionList(n) {
			return into(n, decisionItems(n), "ac:adf-content", first(b.String(), isDecisionItem))
		}
	}
	return a.below("decision", b.String())
}

func isDecisionList(n *storage.Node) bool {
	return n.Name == "ac:adf-node" && n.AttrValue("type") == "decision-list"
}

func isDecisionItem(n *storage.Node) bool {
	return n.Name == "ac:adf-node" && n.AttrValue("type") == "decision-item"
}

// into writes an item of a list. If there is one that still waits for its text,
// as the list of a template has, the text goes there; else the item comes last.
func into(list *storage.Node, items []*storage.Node, body, item string) storage.Edit {
	for _, it := range items {
		switch b := it.Child(body); {
		case b == nil:
			return storage.Edit{Start: it.InnerEnd, End: it.InnerEnd, New: first(item, named(body))}
		case b.PlainText() == "" && !mentions(b):
			return storage.Edit{Start: b.Start, End: b.End, New: first(item, named(body))}
		}
	}
	end := list.InnerEnd
	if len(items) > 0 {
		end = items[len(items)-1].End
	}
	return storage.Edit{Start: end, End: end, New: item}
}

// mentions reports whether n names a person, which is not plain text.
func mentions(n *storage.Node) bool {
	for range n.Find("ri:user") {
		return true
	}
	return false
}

func named(name string) func(*storage.Node) bool {
	return func(n *storage.Node) bool { return n.Name == name }
}

// first cuts the first element that is what is looked for out of markup that
// was just built.
func first(markup string, is func(*storage.Node) bool) string {
	doc, err := storage.Parse(markup)
	if err != nil {
		panic("confluencetest: what the builder wrote does not parse: " + err.Error())
	}
	for n := range doc.Root.All() {
		if is(n) {
			return markup[n.Start:n.End]
		}
	}
	panic("confluencetest: the builder wrote something else: " + markup)
}

// decisionLine is typed where a line announces a decision and has none yet,
// else it comes after the last decision.
func (a adder) decisionLine(text []storage.Inline) storage.Edit {
	line := "<p>Decision: " + markup(text) + "</p>"
	var last *storage.Node
	for n := range a.nodes() {
		switch {
		case n.Name != "p" || !isDecisionLine(n):
		case n.PlainText() == "" || n.PlainText() == "Decision:":
			return fill(a.doc.Source, n, " "+markup(text))
		default:
			last = n
		}
	}
	switch {
	case last == nil:
		return a.below("decision", line)
	case last.Parent.Name == "li":
		last, line = last.Parent, "<li>"+line+"</li>"
	}
	return storage.Edit{Start: last.End, End: last.End, New: line}
}

// isDecisionLine reports whether a paragraph begins with "Decision:" or with a
// lozenge that says so.
func isDecisionLine(p *storage.Node) bool {
	for _, c := range p.Children {
		if c.Macro() == "status" {
			return strings.EqualFold(c.Param("title"), "decision")
		}
	}
	return strings.HasPrefix(p.PlainText(), "Decision:")
}

// action is a task with owner and due date, as the editor writes it.
func (a adder) action(words []storage.Inline, person, due string) (storage.Edit, error) {
	if person != "" {
		u := a.site.known(person)
		if u == nil {
			return storage.Edit{}, refuse(http.StatusBadRequest, "Nobody here is %q.", person)
		}
		words = append(words, storage.Plain(" "), storage.Mention(a.mention(u)))
	}
	if due != "" {
		day, err := time.Parse(time.DateOnly, due)
		if err != nil {
			return storage.Edit{}, refuse(http.StatusBadRequest, "%q is not a day.", due)
		}
		words = append(words, storage.Plain(" "), storage.Time(day))
	}
	b := storage.NewBuilder(storage.IDsFor(a.doc))
	b.TaskList(storage.Todo(words...))
	if list := a.actionList(); list != nil {
		return into(list, tasksOf(list), "ac:task-body", first(b.String(), named("ac:task"))), nil
	}
	return a.below("action item", b.String()), nil
}

func (a adder) mention(u *User) storage.User {
	if a.site.cloud {
		return storage.User{AccountID: u.AccountID}
	}
	return storage.User{Key: u.Key}
}

// actionList is the section's task list for action items: the one under that
// label. Other task lists, of outcomes to tick, are not for it.
func (a adder) actionList() *storage.Node {
	label := ""
	for n := range a.nodes() {
		switch {
		case n.Name == "ac:task-list":
			if strings.Contains(label, "action item") {
				return n
			}
		case announces(n):
			label = strings.ToLower(n.PlainText())
		}
	}
	return nil
}

func tasksOf(list *storage.Node) []*storage.Node {
	return slices.DeleteFunc(slices.Clone(list.Children), func(c *storage.Node) bool { return c.Name != "ac:task" })
}
