package confluence

import (
	"strings"

	"refine/confluence/storage"
	"refine/planner/guide"
)

// writeGuide writes a refinement guide as package guide has read it. Its headings
// stand one level below those of the page.
func writeGuide(b *storage.Builder, blocks []guide.Block) {
	for _, block := range blocks {
		switch block.Kind {
		case guide.Heading:
			b.Heading(block.Level+1, spans(block.Spans)...)
		case guide.Paragraph:
			b.Paragraph(spans(block.Spans)...)
		case guide.BulletList:
			b.BulletList(guideBodies(block.Blocks)...)
		case guide.OrderedList:
			b.OrderedList(guideBodies(block.Blocks)...)
		case guide.Table:
			guideTable(b, block.Blocks)
		case guide.Code:
			for line := range strings.Lines(block.Code) {
				b.Paragraph(storage.Plain(strings.TrimRight(line, "\r\n")))
			}
		default: // what stands in it is all there is to see
			writeGuide(b, block.Blocks)
		}
	}
}

// guideBodies are the items of a list, or the cells of a row.
func guideBodies(blocks []guide.Block) (out []storage.Body) {
	for _, block := range blocks {
		out = append(out, func(b *storage.Builder) {
			if block.Kind == guide.Cell {
				b.Paragraph(spans(block.Spans)...)
			}
			writeGuide(b, block.Blocks)
		})
	}
	return out
}

// guideTable writes rows, of which the first is the head.
func guideTable(b *storage.Builder, rows []guide.Block) {
	var head []string
	for _, cell := range rows[0].Blocks {
		head = append(head, cell.Spans.String())
	}
	var body []storage.Row
	for _, row := range rows[1:] {
		body = append(body, guideBodies(row.Blocks))
	}
	b.Table(head, body...)
}

// spans set a line's text as the guide has it.
func spans(line guide.Spans) (out []storage.Inline) {
	for _, s := range line {
		switch {
		case s.Link != "":
			out = append(out, storage.Link(s.Link, s.Text))
		case s.Strong:
			out = append(out, storage.Strong(s.Text))
		case s.Em:
			out = append(out, storage.Em(s.Text))
		default:
			out = append(out, storage.Plain(s.Text))
		}
	}
	return out
}
