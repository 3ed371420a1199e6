package guide

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// tables makes a table of each paragraph in which a line of dashes stands under a line
// of no more cells. It is here because goldmark's own comes with an
// expression for links in text that takes a tenth of the program's start.
type tables struct{}

// Transform is for the parser.
func (tables) Transform(p *ast.Paragraph, reader text.Reader, _ parser.Context) {
	source, lines := reader.Source(), p.Lines()
	for i := 1; i < lines.Len(); i++ {
		columns := dashes(lines.At(i), source)
		if columns == 0 {
			continue
		}
		if len(cells(lines.At(i-1), source)) > columns {
			return
		}
		table := extast.NewTable()
		table.SetPos(p.Pos())
		for n := i - 1; n < lines.Len(); n++ {
			if n != i {
				table.AppendChild(table, tableRow(lines.At(n), columns, source))
			}
		}
		p.Parent().InsertAfter(p.Parent(), p, table)
		if i == 1 {
			p.Parent().RemoveChild(p.Parent(), p)
			return
		}
		lines.SetSliced(0, i-1)
		last := lines.At(i - 2)
		lines.Set(i-2, last.TrimRightSpace(source)) // the paragraph ends here
		return
	}
}

// tableRow is a line with exactly so many cells: what is too much is left out.
func tableRow(line text.Segment, columns int, source []byte) *extast.TableRow {
	row := extast.NewTableRow(make([]extast.Alignment, columns))
	row.SetPos(line.Start)
	for _, content := range cells(line, source) {
		if row.ChildCount() < columns {
			cell := extast.NewTableCell()
			cell.SetPos(content.Start)
			cell.Lines().Append(content)
			row.AppendChild(row, cell)
		}
	}
	for row.ChildCount() < columns {
		row.AppendChild(row, extast.NewTableCell())
	}
	return row
}

// cells are what stands between a line's bars, but for those behind a backslash. A bar
// at the beginning and one at the end are the table's frame.
func cells(line text.Segment, source []byte) (out []text.Segment) {
	line = line.TrimLeftSpace(source)
	line = line.TrimRightSpace(source)
	from, to := line.Start, line.Stop
	bar := func(at int) bool { return source[at] == '|' && (at == line.Start || source[at-1] != '\\') }
	if from < to && bar(from) {
		from++
	}
	if from < to && bar(to-1) {
		to--
	}
	for at := from; at < to; at++ {
		if bar(at) {
			out = append(out, trimmed(from, at, source))
			from = at + 1
		}
	}
	if from < to {
		out = append(out, trimmed(from, to, source))
	}
	return out
}

func trimmed(from, to int, source []byte) text.Segment {
	s := text.NewSegment(from, to)
	s = s.TrimLeftSpace(source)
	return s.TrimRightSpace(source)
}

// dashes is how many columns a line of dashes has, each with a colon at either side if
// the text is to stand there; 0 if it is none.
func dashes(line text.Segment, source []byte) int {
	typed := line.Value(source)
	if indent, _ := util.IndentWidth(typed, 0); indent > 3 || !bytes.ContainsAny(typed, "|:") {
		return 0
	}
	framed := strings.TrimSpace(string(typed))
	columns := strings.Split(strings.TrimSuffix(strings.TrimPrefix(framed, "|"), "|"), "|")
	for _, c := range columns {
		column := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(c), ":"), ":")
		if column == "" || strings.Trim(column, "-") != "" {
			return 0
		}
	}
	return len(columns)
}

// inTable reports whether a node stands in a cell, where a bar needs a backslash even
// in code.
func inTable(n ast.Node) bool {
	for ; n != nil; n = n.Parent() {
		if n.Kind() == extast.KindTableCell {
			return true
		}
	}
	return false
}
