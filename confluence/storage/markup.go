package storage

import (
	"net/url"
	"strings"
)

// element is the markup of an element. Names are constants of this package, so
// values are all that needs escaping.
func element(name string, attrs []Attr, inner string) string {
	var b strings.Builder
	b.WriteString("<" + name)
	for _, a := range attrs {
		b.WriteString(" " + a.Name + `="` + escape(a.Value) + `"`)
	}
	if inner == "" {
		b.WriteString(" />")
		return b.String()
	}
	b.WriteString(">" + inner + "</" + name + ">")
	return b.String()
}

// macro is the markup of a macro; body is markup. A parameter without a value
// is left out.
func macro(name string, params []Attr, body string) string {
	var inner strings.Builder
	for _, p := range params {
		if p.Value == "" {
			continue
		}
		inner.WriteString(element("ac:parameter", []Attr{{"ac:name", p.Name}}, escape(p.Value)))
	}
	inner.WriteString(body)
	attrs := []Attr{{"ac:name", name}, {"ac:schema-version", "1"}}
	return element("ac:structured-macro", attrs, inner.String())
}

// richText is the body of a macro that holds blocks. Macros refuse to be
// without one, so an empty body gets an empty paragraph.
func richText(blocks string) string {
	if blocks == "" {
		blocks = element("p", nil, "")
	}
	return element("ac:rich-text-body", nil, blocks)
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
