package guide

import (
	"slices"
	"strings"
	"sync"

	"refine/internal/lazyregexp"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

var markdown = sync.OnceValue(func() parser.Parser {
	return goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()
})

// A reader turns Markdown into blocks and notes what no page can show.
type reader struct {
	*faults
	source []byte
	starts []int // where each line begins in source
	before int   // lines of the file before source
}

// read is the blocks of a text that begins in the file behind that many lines.
func read(source string, before int, f *faults) []Block {
	r := reader{faults: f, source: []byte(source), before: before}
	at := 0
	for line := range strings.Lines(source) {
		r.starts = append(r.starts, at)
		at += len(line)
	}
	return r.blocks(markdown().Parse(text.NewReader(r.source)))
}

// line is the line of the file that holds a place of the source.
func (r *reader) line(pos int) int {
	n, found := slices.BinarySearch(r.starts, pos)
	if found {
		n++
	}
	return r.before + n
}

// said is a line of the file, empty if there is no such line.
func (r *reader) said(line int) string {
	n := line - r.before - 1
	if n < 0 || n >= len(r.starts) {
		return ""
	}
	rest := string(r.source[r.starts[n]:])
	first, _, _ := strings.Cut(rest, "\n")
	return strings.TrimRight(first, " \t\r")
}

func (r *reader) blocks(parent ast.Node) (out []Block) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		out = append(out, r.block(n)...)
	}
	return out
}

// block is what a node of goldmark's is for a guide: mostly one block, several
// where a paragraph has lines of its own, none where nothing is to be seen.
func (r *reader) block(n ast.Node) []Block {
	b := Block{Line: r.line(n.Pos())}
	switch n := n.(type) {
	case *ast.Heading:
		b.Kind, b.Level, b.Spans = Heading, n.Level, slices.Concat(r.inline(n)...)
	case *ast.Paragraph, *ast.TextBlock:
		return r.paragraphs(n)
	case *ast.List:
		b.Kind, b.Blocks = BulletList, r.blocks(n)
		if n.IsOrdered() {
			b.Kind = OrderedList
		}
	case *ast.ListItem:
		b.Kind, b.Blocks = Item, r.blocks(n)
	case *ast.Blockquote:
		b.Kind, b.Blocks = Quote, r.blocks(n)
	case *ast.FencedCodeBlock:
		r.wantClosed(n, b.Line)
		b.Kind, b.Code = Code, r.code(n)
	case *ast.CodeBlock:
		r.wantCode(n)
		b.Kind, b.Code = Code, r.code(n)
	case *extast.Table:
		b.Kind, b.Blocks = Table, r.rows(n)
	case *ast.HTMLBlock:
		r.wantComment(n, b.Line)
		return nil
	case *ast.ThematicBreak:
		r.wantNoHeading(b.Line - 1)
		return nil
	default: // where the links of other lines lead
		return nil
	}
	return []Block{b}
}

// paragraphs are the lines of a paragraph that breaks them on purpose, else one.
func (r *reader) paragraphs(n ast.Node) (out []Block) {
	first := r.line(n.Pos())
	for i := range n.Lines().Len() {
		r.wantText(r.line(n.Lines().At(i).Start), i)
	}
	for _, spans := range r.inline(n) {
		if spans.String() != "" {
			out = append(out, Block{Kind: Paragraph, Line: first, Spans: spans})
		}
	}
	return out
}

func (r *reader) code(n ast.Node) string {
	var out strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		out.Write(line.Value(r.source))
	}
	return out.String()
}

func (r *reader) rows(table *extast.Table) (out []Block) {
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		b := Block{Kind: Row, Line: r.line(row.Pos())}
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			b.Blocks = append(b.Blocks, Block{Kind: Cell, Line: b.Line, Spans: slices.Concat(r.inline(cell)...)})
		}
		out = append(out, b)
	}
	return out
}

// wantClosed refuses a fence that takes the rest of the guide with it.
func (r *reader) wantClosed(n *ast.FencedCodeBlock, line int) {
	end := line + n.Lines().Len() + 1
	if last := strings.TrimLeft(r.said(end), " \t>"); !strings.HasPrefix(last, "```") && !strings.HasPrefix(last, "~~~") {
		r.fault(line, "the code that begins here has no end; close it with the same marks on a line of their own")
	}
}

var comment = lazyregexp.New(`(?s)<!--.*?-->`)

// wantComment refuses HTML other than comments, which stay unseen.
func (r *reader) wantComment(n *ast.HTMLBlock, line int) {
	html := r.code(n)
	if n.HasClosure() {
		html += string(n.ClosureLine.Value(r.source))
	}
	switch rest := strings.TrimSpace(comment.ReplaceAllString(html, "")); {
	case strings.HasPrefix(rest, "<!--"):
		r.fault(line, "the comment that begins here has no end; close it with -->")
	case rest != "":
		r.fault(line, "HTML, which the page would show as it is typed; write it as Markdown")
	}
}
