package guide

import "strings"

// A Block is a part of a guide as Markdown has it. Which fields are set depends
// on its kind.
type Block struct {
	Kind   Kind
	Line   int     // where it begins in the guide's file, from 1
	Level  int     // of a Heading: 1 to 6
	Spans  Spans   // of a Heading, Paragraph or Cell
	Code   string  // of Code: its lines
	Blocks []Block // of a list, Item, Quote, Table or Row: what stands in it
}

// Kind says what a [Block] is.
type Kind int

const (
	Heading     Kind = iota + 1
	Paragraph        // a line that people read, however many it takes in the file
	BulletList       // of Items
	OrderedList      // of Items
	Item             // mostly a Paragraph, and the list beneath it
	Quote
	Code
	Table // of Rows, the first of which is its head
	Row   // of Cells
	Cell
)

// A Span is text that is set in one way.
type Span struct {
	Text       string
	Strong, Em bool
	Link       string // where it leads; empty if nowhere
}

// Spans are a line of text.
type Spans []Span

// String is the line without its marks, each stretch of space as one.
func (s Spans) String() string {
	var all strings.Builder
	for _, span := range s {
		all.WriteString(span.Text)
	}
	return oneLine(all.String())
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
