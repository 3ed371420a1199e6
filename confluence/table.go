package confluence

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"refine/confluence/storage"
	"refine/planner/outcome"
)

// A cell is where something stands in a table.
type cell struct {
	node   *storage.Node
	row    *row
	header bool // it names a column
	label  bool // it names its row
	column int
	kind   kind // what its column, else its row, is for
	sure   bool
}

// isTitle reports whether a cell, if there is one, only names others.
func (c *cell) isTitle() bool { return c != nil && (c.header || c.label) }

// A row is a line of a table, with the cells that reach down into it.
type row struct {
	cells, reach []*cell
	named        map[*cell][]string // the tickets that the cells name beside what is decided; nil until asked
	noted        bool               // it was listed
}

// main is the cell that says what is to be done or was decided in a table in a place
// for that, whose columns beside it say who or when: "What | Who | When". Of two that
// may be it neither is.
func (r *row) main() (found *cell) {
	beside := false
	for _, c := range r.cells {
		switch {
		case c.isTitle():
		case c.kind.isForm():
			return nil
		case isColumn(c.kind) && c.sure:
			beside = beside || c.kind == ownerKind || c.kind == dueKind
		case c.kind != plainKind || !strings.ContainsFunc(textOf(c.node.Children).String(), unicode.IsLetter):
		case found != nil: // "Priority | What | Who": nobody knows which
			return nil
		default:
			found = c
		}
	}
	if !beside {
		return nil
	}
	return found
}

func (c *cell) isMain() bool { return !c.isTitle() && c.row.main() == c }

// nodes are what the row holds in the column of that kind.
func (r *row) nodes(k kind) []*storage.Node {
	for _, c := range slices.Concat(r.cells, r.reach) {
		if c.kind == k && c.sure && !c.header && !c.label {
			return c.node.Children
		}
	}
	return nil
}

func (r *row) text(k kind) outcome.Text { return textOf(r.nodes(k)) }

// inRow is what is listed of a line: in a table all that its row says.
func inRow(p piece) (whole outcome.Text) {
	if p.cell == nil {
		return p.text
	}
	for _, c := range slices.Concat(p.cell.row.reach, p.cell.row.cells) {
		if said := textOf(c.node.Children); len(whole) == 0 {
			whole = said
		} else if len(said) > 0 {
			whole = slices.Concat(whole, plainText(" – "), said)
		}
	}
	return merge(whole)
}

// widest bounds what a table may claim to span.
const widest = 100

// tableOf lays a table out: its rows, whose cells know what their columns are
// called.
func tableOf(table *storage.Node) (rows []*row) {
	var g grid
	for _, tr := range rowsOf(table) {
		g.row(tr)
	}
	nameColumns(g.rows)
	return g.rows
}

// grid is a table as far as it is laid out.
type grid struct {
	rows  []*row
	above []reach // by column
}

// reach is how many rows more a cell reaches down.
type reach struct {
	cell *cell
	rows int
}

func (g *grid) row(tr *storage.Node) {
	r := &row{}
	column := 0
	skip := func() { // columns that a cell from above reaches into
		for ; column < len(g.above) && g.above[column].rows > 0; column++ {
			g.above[column].rows--
			if c := g.above[column].cell; len(r.reach) == 0 || r.reach[len(r.reach)-1] != c {
				r.reach = append(r.reach, c)
			}
		}
	}
	for _, n := range tr.Children {
		if n.Kind != storage.Element || n.Name != "td" && n.Name != "th" || isStruck(n) {
			continue
		}
		skip()
		c := &cell{node: n, row: r, column: column}
		r.cells = append(r.cells, c)
		for range spanned(n, "colspan") {
			for len(g.above) <= column {
				g.above = append(g.above, reach{})
			}
			g.above[column] = reach{c, spanned(n, "rowspan") - 1}
			column++
		}
	}
	for skip(); column < len(g.above); skip() {
		column++
	}
	g.rows = append(g.rows, r)
}

// rowsOf are the rows of a table, those of tables within it left out.
func rowsOf(n *storage.Node) (rows []*storage.Node) {
	for _, c := range n.Children {
		switch c.Name {
		case "tr":
			rows = append(rows, c)
		case "thead", "tbody", "tfoot":
			rows = append(rows, rowsOf(c)...)
		}
	}
	return rows
}

func spanned(n *storage.Node, attr string) int {
	if v, err := strconv.Atoi(n.AttrValue(attr)); err == nil && v > 1 {
		return min(v, widest)
	}
	return 1
}

// nameColumns tells the cells what they are for: by the first row if that names
// columns, else by a heading at their row's beginning.
func nameColumns(rows []*row) {
	columns := map[int]*cell{}
	if len(rows) > 1 && namesColumns(rows[0].cells) {
		for _, c := range rows[0].cells {
			c.header = true
			c.kind, c.sure = columnKind(textOf(c.node.Children).String())
			columns[c.column] = c
		}
	}
	for _, r := range rows {
		for i, c := range r.cells {
			if head := columns[c.column]; head != nil {
				c.kind, c.sure = head.kind, head.sure
				continue
			}
			if first := r.cells[0]; len(columns) == 0 && len(r.cells) > 1 && first.node.Name == "th" {
				first.label = true
				if i > 0 {
					c.kind, c.sure = titleKind(textOf(first.node.Children).String())
				}
			}
		}
	}
}

// columnKind is what a column is for. "Done?" asks for a state, and "@" for a person.
func columnKind(title string) (k kind, sure bool) {
	asked, isQuestion := strings.CutSuffix(strings.TrimSpace(title), "?")
	switch {
	case title == "@":
		return ownerKind, true
	case isQuestion && doneStates()[folded(asked)]:
		return statusKind, true
	default:
		return titleKind(title)
	}
}

// namesColumns reports whether a table's first row is its heading: of cells that
// are marked so, or that are all bold or called like a column.
func namesColumns(cells []*cell) bool {
	marked := 0
	for _, c := range cells {
		text := textOf(c.node.Children).String()
		_, sure := columnKind(text)
		switch {
		case c.node.Name == "th":
			marked++
		case sure, text != "" && boldText(c.node.Children) == text:
		default:
			return false
		}
	}
	return len(cells) > 1 || marked == len(cells)
}

// boldText is the emphasised text that a line begins with.
func boldText(nodes []*storage.Node) string {
	for _, n := range nodes {
		switch {
		case n.Kind != storage.Element && strings.TrimSpace(n.Text) == "", n.Kind == storage.Comment:
		case n.Kind != storage.Element:
			if s := fold(n.Text); decorated(s) || leadingKey(s) == s {
				continue
			}
			return ""
		case emphasis[n.Name], n.Macro() == "status":
			return textOf([]*storage.Node{n}).String()
		case n.Name == "ac:emoticon", n.Name == "ac:image", n.Name == "br":
		case n.Name == "p", n.Name == "span", n.Name == "ac:inline-comment-marker", n.Name == "div":
			return boldText(n.Children)
		default:
			return ""
		}
	}
	return ""
}

var emphasis = map[string]bool{"strong": true, "b": true, "u": true, "em": true, "i": true}
