package storage

import "strconv"

// A Builder writes a body block by block, each call adding one. It is the only
// way here to make markup: whatever text it is given stays text, and what it
// has written is well-formed at any moment.
//
// Text and what runs with it is given as [Inline] values; what stands inside a
// block (list items, cells, the content of an expand) as a [Body].
type Builder struct {
	ids *IDs
	out []byte
}

// NewBuilder makes a Builder that takes the ids of its tasks and decisions from
// ids. All builders of one page share it. Nil stands for a page of its own.
func NewBuilder(ids *IDs) *Builder {
	if ids == nil {
		ids = new(IDs)
	}
	return &Builder{ids: ids}
}

// A Body writes what a block contains.
type Body func(*Builder)

// Line is the body of one paragraph, which is all that most cells and list
// items hold.
func Line(text ...Inline) Body {
	return func(b *Builder) { b.Paragraph(text...) }
}

// Words is the body of one paragraph of plain text.
func Words(text string) Body { return Line(Plain(text)) }

// String is what has been written so far.
func (b *Builder) String() string { return string(b.out) }

func (b *Builder) write(markup string) { b.out = append(b.out, markup...) }

// inside writes a body within an element.
func (b *Builder) inside(name string, body Body) {
	b.element(name, nil, func() {
		if body != nil {
			body(b)
		}
	})
}

// line writes an element that holds a text.
func (b *Builder) line(name string, text []Inline) {
	b.element(name, nil, func() {
		for _, in := range text {
			b.write(in.markup)
		}
	})
}

// Heading writes a heading of level 1 to 6; other levels count as the nearest.
func (b *Builder) Heading(level int, text ...Inline) {
	names := [...]string{"h1", "h2", "h3", "h4", "h5", "h6"}
	b.line(names[min(max(level, 1), 6)-1], text)
}

// Paragraph writes a paragraph. Without a text it is the empty line that people
// type into.
func (b *Builder) Paragraph(text ...Inline) { b.line("p", text) }

// BulletList writes a list, or nothing if there are no items.
func (b *Builder) BulletList(items ...Body) { b.list("ul", items) }

// OrderedList writes a numbered list, or nothing if there are no items.
func (b *Builder) OrderedList(items ...Body) { b.list("ol", items) }

func (b *Builder) list(name string, items []Body) {
	if len(items) == 0 {
		return
	}
	b.element(name, nil, func() {
		for _, item := range items {
			b.inside("li", item)
		}
	})
}

// A Row is the cells of a table's row.
type Row []Body

// Table writes a table with a header row, which is left out if it is empty.
func (b *Builder) Table(header []string, rows ...Row) {
	titles := make(Row, len(header))
	for i, title := range header {
		titles[i] = Words(title)
	}
	b.table(func() {
		if len(titles) > 0 {
			b.row("th", titles)
		}
		for _, row := range rows {
			b.row("td", row)
		}
	})
}

func (b *Builder) row(cell string, bodies Row) {
	b.element("tr", nil, func() {
		for _, body := range bodies {
			b.inside(cell, body)
		}
	})
}

func (b *Builder) table(rows func()) {
	b.element("table", nil, func() { b.element("tbody", nil, rows) })
}

// A Property is a row of a page's properties.
type Property struct {
	Name  string
	Value Body
}

// Details writes the page properties macro: a table of names and values that
// Confluence collects from many pages into a report. Its id tells several on
// one page apart.
func (b *Builder) Details(id string, properties ...Property) {
	b.macro("details", []Attr{{"id", id}}, func() {
		b.table(func() {
			for _, p := range properties {
				b.element("tr", nil, func() {
					b.inside("th", Words(p.Name))
					b.inside("td", p.Value)
				})
			}
		})
	})
}

// Expand writes a block that readers open by its title.
func (b *Builder) Expand(title string, body Body) {
	b.macro("expand", []Attr{{"title", title}}, func() {
		if body != nil {
			body(b)
		}
	})
}

// Contents writes the macro that lists the page's headings down to a level.
func (b *Builder) Contents(level int) {
	b.write(macro("toc", []Attr{{"maxLevel", strconv.Itoa(level)}}))
}

// Picture shows an attachment of the page, which alt tells in words.
func (b *Builder) Picture(file, alt string) {
	b.write(element("ac:image", []Attr{{"ac:alt", alt}}, element("ri:attachment", []Attr{{"ri:filename", file}}, "")))
}
