package confluence

import (
	"slices"
	"strings"

	"refine/confluence/storage"
	"refine/planner/outcome"
)

// A piece is one thing that a page says: a line, a heading, a task or a decision
// of the editor; or that something begins or ends which has a place of its own.
type piece struct {
	form  form
	node  *storage.Node   // the heading, task, decision or container; of a line the block it stands in
	nodes []*storage.Node // what it is made of
	text  outcome.Text    // what it says, struck-out words left out
	shows string          // what it holds that has no words: "a picture"
	taken bool            // some of its words are struck through
	steps bool            // it is the steps of a scenario
	id    string          // of a native decision, or a task
	loose string          // why it is written only where a ticket was told it, see [reader.looseText]

	region string // the generated region it stands in, if nobody has changed that
	quoted bool   // it is a quotation: somebody else's words
	cell   *cell  // of the table it stands in
	title  string // of a container: what its macro is called
}

type form int

const (
	lineForm form = iota
	headingForm
	taskForm
	decisionForm
	openForm // a cell, a panel, a quotation begins
	shutForm // and ends
	rowForm  // a table's row ends
)

// scanner hands the pieces of a page to take, from top to bottom.
type scanner struct {
	take   func(piece)
	region string
	quoted bool
	cell   *cell
}

// block reads one of the page's outermost blocks.
func (s *scanner) block(n *storage.Node) {
	if inline(n) {
		s.line(n, []*storage.Node{n})
		return
	}
	s.node(n)
}

func (s *scanner) emit(p piece) {
	p.region, p.quoted, p.cell = s.region, s.quoted, s.cell
	s.take(p)
}

func (s *scanner) node(n *storage.Node) {
	switch name := n.Name; {
	case n.Kind != storage.Element, skipped[name]:
	case n.HeadingLevel() > 0:
		s.emit(piece{form: headingForm, node: n, nodes: n.Children, text: textOf(n.Children)})
	case name == "ac:task":
		s.emit(piece{form: taskForm, node: n, nodes: taskBody(n)})
		s.within(n)
	case name == "ac:adf-node" && n.AttrValue("type") == "decision-item":
		s.emit(piece{form: decisionForm, node: n, nodes: n.Children})
	case isStruck(n):
	case name == "pre", name == "ac:plain-text-body":
		s.emit(piece{node: n, nodes: []*storage.Node{n}, shows: shownBy(n)})
	case name == "table":
		s.table(n)
	case name == "ac:rich-text-body":
		s.container(n, n.Parent.Param("title"))
	case name == "blockquote":
		outer := s.quoted
		s.quoted = true
		s.container(n, "")
		s.quoted = outer
	default:
		s.children(n)
	}
}

// skipped are the elements that say nothing to a reader.
var skipped = map[string]bool{"ac:adf-fallback": true, "ac:placeholder": true, "ac:parameter": true, "ac:default-parameter": true}

// container reads what has headings of its own.
func (s *scanner) container(n *storage.Node, title string) {
	s.emit(piece{form: openForm, node: n, title: title})
	s.children(n)
	s.emit(piece{form: shutForm, node: n})
}

// children reads an element's blocks, and the lines between them: a list item
// may hold text and then another list.
func (s *scanner) children(n *storage.Node) {
	var line []*storage.Node
	flush := func() {
		if len(line) > 0 {
			s.line(n, line)
		}
		line = nil
	}
	for _, c := range n.Children {
		switch {
		case c.Kind == storage.Element && c.Name == "br":
			flush()
		case inline(c):
			line = append(line, c)
		default:
			flush()
			s.node(c)
		}
	}
	flush()
}

// holdsStruck reports whether words within n are struck through.
func holdsStruck(n *storage.Node) bool {
	return isStruck(n) && len(textOf(n.Children)) > 0 || slices.ContainsFunc(n.Children, holdsStruck)
}

func (s *scanner) line(block *storage.Node, nodes []*storage.Node) {
	p := piece{node: block, nodes: nodes, text: textOf(nodes), shows: shows(nodes), taken: slices.ContainsFunc(nodes, holdsStruck)}
	if len(p.text) > 0 || p.shows != "" {
		s.emit(p)
	}
}

// within reads the tasks that are nested in a task or in its body.
func (s *scanner) within(task *storage.Node) {
	for list := range task.Find("ac:task-list") {
		if nearest(list, "ac:task") == task {
			s.children(list)
		}
	}
}

// taskBody is what a task says.
func taskBody(task *storage.Node) []*storage.Node {
	if b := task.Child("ac:task-body"); b != nil && !isStruck(b) {
		return b.Children
	}
	return nil
}

// table reads a table cell by cell, each with what its column and its row are
// called.
func (s *scanner) table(n *storage.Node) {
	outer := s.cell
	for _, row := range tableOf(n) {
		for _, c := range row.cells {
			s.cell = c
			s.container(c.node, "")
		}
		s.cell = outer
		s.emit(piece{form: rowForm, node: n})
	}
	for _, c := range n.Children {
		if c.Kind == storage.Element && c.Name == "caption" {
			s.children(c)
		}
	}
	s.cell = outer
}

// wordless are macros that are no content of a meeting.
var wordless = map[string]bool{
	"anchor": true, "toc": true, "toc-zone": true, "status": true, "jira": true, "pagetree": true, "children": true, "contentbylabel": true,
	"tasks-report-macro": true, "decisionreport": true, "create-from-template": true, "profile": true, "recently-updated": true, "livesearch": true,
}

// shownBy names what n shows without a word of text, empty if it shows nothing:
// a picture, a diagram, a file, code.
func shownBy(n *storage.Node) string {
	switch macro := n.Macro(); {
	case n.Kind != storage.Element, isStruck(n):
		return ""
	case n.Name == "ac:image", n.Name == "img":
		return "a picture"
	case n.Name == "pre", n.Name == "ac:plain-text-body":
		if strings.TrimSpace(rawText(n)) == "" {
			return ""
		}
		return "preformatted text"
	case macro != "" && !wordless[macro]:
		return "a macro: " + macro
	}
	return shows(n.Children)
}

// shows is the first that the nodes show without words.
func shows(nodes []*storage.Node) string {
	for _, n := range nodes {
		if shown := shownBy(n); shown != "" {
			return shown
		}
	}
	return ""
}
