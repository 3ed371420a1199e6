package storage

import (
	"net/url"
	"strings"
)

// element is the markup of an element. Names are constants of this package, so
// values are all that needs escaping.
func element(name string, attrs []Attr, inner string) string {
	if inner == "" {
		return "<" + tag(name, attrs) + " />"
	}
	return "<" + tag(name, attrs) + ">" + inner + "</" + name + ">"
}

func tag(name string, attrs []Attr) string {
	for _, a := range attrs {
		name += " " + a.Name + `="` + escape(a.Value) + `"`
	}
	return name
}

// element writes an element around what inside writes.
func (b *Builder) element(name string, attrs []Attr, inside func()) {
	b.write("<")
	b.write(tag(name, attrs))
	opened := len(b.out)
	b.write(">")
	if inside(); len(b.out) == opened+len(">") {
		b.out = append(b.out[:opened], " />"...)
		return
	}
	b.write("</")
	b.write(name)
	b.write(">")
}

// macro is the markup of a macro that holds no blocks.
func macro(name string, params []Attr) string {
	return element("ac:structured-macro", macroAttrs(name), parameters(params))
}

func macroAttrs(name string) []Attr {
	return []Attr{{"ac:name", name}, {"ac:schema-version", "1"}}
}

// parameters are those of a macro. One without a value is left out.
func parameters(params []Attr) (markup string) {
	for _, p := range params {
		if p.Value != "" {
			markup += element("ac:parameter", []Attr{{"ac:name", p.Name}}, escape(p.Value))
		}
	}
	return markup
}

// macro writes a macro that holds blocks. It refuses to be without one, so an empty
// body gets an empty paragraph.
func (b *Builder) macro(name string, params []Attr, blocks func()) {
	b.element("ac:structured-macro", macroAttrs(name), func() {
		b.write(parameters(params))
		b.element("ac:rich-text-body", nil, func() {
			before := len(b.out)
			if blocks(); len(b.out) == before {
				b.Paragraph()
			}
		})
	})
}

// isAbsoluteLink reports whether a click on raw opens a web page or a mail and
// nothing else.
func isAbsoluteLink(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return u.Opaque != ""
	default:
		return false
	}
}

// isRelativeLink reports whether raw leads to a place on the same site.
func isRelativeLink(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && u.Scheme == "" && u.Host == "" && raw != "" &&
		!strings.HasPrefix(raw, "//") && !strings.Contains(raw, `\`)
}
