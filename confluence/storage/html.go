package storage

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"refine/internal/lazyregexp"
)

// HTMLOptions fill in what a page does not hold itself. The zero value works.
type HTMLOptions struct {
	// Issue is the address of an issue that the page names by key only. Nil
	// or an empty answer leaves the key without a link.
	Issue func(key string) string
	// User is the name of a mentioned person. Nil or an empty answer shows
	// that somebody is mentioned, and not whom.
	User func(User) string
	// Picture is the address of an attachment that the page shows as a picture.
	// Nil or an empty answer names the picture instead.
	Picture func(file string) string
	// Tick leaves the checkboxes of tasks enabled. Each carries its task's id
	// as data-task-id.
	Tick bool
}

// HTML writes a body as a person sees it in a browser, in one div of class
// "wiki" that [CSS] dresses. The result is safe within any page: it holds
// elements known to be harmless only, all text is escaped, links lead to web
// and mail addresses, within the site and to places of the page itself, pictures
// are named and not loaded unless the options say where they lie. Elements it
// does not know show what they contain. It fails if body is not well-formed,
// before anything is written.
func HTML(w io.Writer, body string, o HTMLOptions) error {
	doc, err := Parse(body)
	if err != nil {
		return err
	}
	p := &page{options: o, headings: headingsOf(doc)}
	p.tag("div", class("wiki"), func() { p.nodes(doc.Root.Children) })
	_, err = io.WriteString(w, p.b.String())
	return err
}

// page writes the HTML of a document.
type page struct {
	options  HTMLOptions
	headings map[*Node]string // by heading the id that the list of contents leads to
	b        strings.Builder
}

func (p *page) nodes(nodes []*Node) {
	for _, n := range nodes {
		switch n.Kind {
		case Text:
			p.text(n.Text)
		case Element:
			p.element(n)
		}
	}
}

func (p *page) text(s string) { p.b.WriteString(escape(s)) }

// tag writes an element around content.
func (p *page) tag(name string, attrs []Attr, content func()) {
	p.open(name, attrs)
	content()
	p.b.WriteString("</" + name + ">")
}

// open writes a start tag, or all of an element that HTML does not close.
func (p *page) open(name string, attrs []Attr) {
	p.b.WriteString("<" + name)
	for _, a := range attrs {
		p.b.WriteString(" " + a.Name + `="` + escape(a.Value) + `"`)
	}
	p.b.WriteByte('>')
}

func class(name string) []Attr { return []Attr{{"class", name}} }

func (p *page) element(n *Node) {
	switch n.Name {
	case "a":
		p.anchor(n)
	case "time":
		p.time(n)
	case "ac:link":
		p.link(n)
	case "ac:structured-macro", "ac:macro":
		p.macro(n)
	case "ac:task-list":
		p.within("div", []Attr{{"class", "tasks"}, {"role", "list"}}, n)
	case "ac:task":
		p.task(n)
	case "ac:adf-extension":
		p.adfExtension(n)
	case "ac:placeholder":
		p.within("span", class("placeholder"), n)
	case "ac:inline-comment-marker":
		p.within("mark", nil, n)
	case "ac:emoticon":
		p.text(emoji(n))
	case "ac:image":
		p.image(n)
	case "ac:layout-section":
		p.within("div", class(layoutClass(n.AttrValue("ac:type"))), n)
	case "ac:layout-cell":
		p.within("div", class("cell"), n)
	case "ac:parameter", "ac:adf-attribute", "at:declarations", "colgroup":
	default:
		p.html(n)
	}
}

// within writes an element around the children of n.
func (p *page) within(name string, attrs []Attr, n *Node) {
	p.tag(name, attrs, func() { p.nodes(n.Children) })
}

// html writes an element that storage format shares with HTML, and only the
// content of one that it does not.
func (p *page) html(n *Node) {
	switch {
	case n.Name == "br" || n.Name == "hr":
		p.open(n.Name, nil)
	case n.Name == "p" && holdsBlock(n):
		p.within("div", class("p"), n) // HTML would end the paragraph at the block
	case p.headings[n] != "":
		p.within(n.Name, []Attr{{"id", p.headings[n]}}, n)
	case isSharedElement(n):
		p.within(n.Name, sharedAttrs(n), n)
	default:
		p.nodes(n.Children)
	}
}

func holdsBlock(n *Node) bool {
	for d := range n.All() {
		if isBlock(d) {
			return true
		}
	}
	return false
}

// isSharedElement reports whether n means the same in HTML. Parts of lists and
// tables count only where they belong: elsewhere they could close an element of
// the page around ours.
func isSharedElement(n *Node) bool {
	parent := n.Parent.Name
	switch n.Name {
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "div", "span", "blockquote", "pre",
		"ul", "ol", "table", "strong", "b", "em", "i", "u", "s", "del", "ins",
		"sub", "sup", "small", "big", "code", "cite", "kbd":
		return true
	case "li":
		return parent == "ul" || parent == "ol"
	case "thead", "tbody", "tfoot":
		return parent == "table"
	case "tr":
		return parent == "table" || parent == "thead" || parent == "tbody" || parent == "tfoot"
	case "td", "th":
		return parent == "tr"
	default:
		return false
	}
}

// sharedAttrs are the attributes that shape a table or a list: small numbers.
func sharedAttrs(n *Node) []Attr {
	var kept []Attr
	for _, a := range n.Attr {
		switch a.Name {
		case "colspan", "rowspan", "start":
			if v, err := strconv.ParseUint(a.Value, 10, 12); err == nil {
				kept = append(kept, Attr{a.Name, strconv.FormatUint(v, 10)})
			}
		}
	}
	return kept
}

// anchor writes a link. A card shows the issue's key, as Confluence shows the
// issue and not its address.
func (p *page) anchor(n *Node) {
	href := n.AttrValue("href")
	label := func() { p.nodes(n.Children) }
	if n.hasAttr("data-card-appearance") {
		if m := browsePath.FindStringSubmatch(href); m != nil && strings.TrimSpace(n.content()) == href {
			label = func() { p.text(m[1]) }
		}
		p.hyperlink(href, "issue", label)
		return
	}
	p.hyperlink(href, "", label)
}

// browsePath is the end of an issue's address.
var browsePath = lazyregexp.New(`/browse/([A-Z][A-Z0-9_]*-[0-9]+)$`)

// hyperlink writes a link if href is one to be followed safely, else only its
// label.
func (p *page) hyperlink(href, kind string, label func()) {
	if !isAbsoluteLink(href) && !isRelativeLink(href) {
		label()
		return
	}
	attrs := []Attr{{"href", href}, {"rel", "noopener noreferrer"}}
	if kind != "" {
		attrs = append(attrs, Attr{"class", kind})
	}
	p.tag("a", attrs, label)
}

// time writes a date as Confluence shows it to readers of English.
func (p *page) time(n *Node) {
	shown := n.AttrValue("datetime")
	attrs := []Attr{{"datetime", shown}}
	if day, err := time.Parse(time.DateOnly, shown); err == nil {
		shown = day.Format("2 Jan 2006")
	}
	p.tag("time", attrs, func() { p.text(shown) })
}

// link writes Confluence's own kind of link. The address of a page is not known
// here, so only its title shows.
func (p *page) link(n *Node) {
	if user := n.Child("ri:user"); user != nil {
		p.mention(user)
		return
	}
	label := func() {
		p.text(impliedLinkText(n))
		p.nodes(n.Children)
	}
	address, anchor := n.Child("ri:url").AttrValue("ri:value"), n.Jump()
	switch {
	case address != "":
		p.hyperlink(address, "", label)
	case anchor != "":
		p.tag("a", []Attr{{"href", "#" + url.PathEscape(anchorID(anchor))}}, label)
	default:
		p.tag("span", class("link"), label)
	}
}

func (p *page) mention(user *Node) {
	u := User{AccountID: user.AttrValue("ri:account-id"), Key: user.AttrValue("ri:userkey")}
	name := user.AttrValue("ri:username")
	if p.options.User != nil {
		name = cmp.Or(p.options.User(u), name)
	}
	p.tag("span", class("mention"), func() { p.text("@" + cmp.Or(name, "someone")) })
}

// emoji is the character of an emoticon, or its name between colons.
func emoji(n *Node) string {
	if s := n.AttrValue("ac:emoji-fallback"); s != "" && !strings.HasPrefix(s, ":") {
		return s
	}
	name := n.AttrValue("ac:name")
	switch name {
	case "tick":
		return "✅"
	case "cross":
		return "❌"
	case "warning":
		return "⚠️"
	case "information":
		return "ℹ️"
	case "question":
		return "❓"
	default:
		return cmp.Or(n.AttrValue("ac:emoji-shortname"), fmt.Sprintf(":%s:", name))
	}
}

// image shows a picture whose place is known. Any other it names: a foreign
// address is not to be called by merely looking at a page.
func (p *page) image(n *Node) {
	address, file := n.Child("ri:url").AttrValue("ri:value"), n.Child("ri:attachment").AttrValue("ri:filename")
	alt := n.AttrValue("ac:alt")
	source := ""
	if p.options.Picture != nil && file != "" {
		source = p.options.Picture(file)
	}
	if source != "" {
		p.open("img", []Attr{{"class", "picture"}, {"src", source}, {"alt", cmp.Or(alt, file)}})
	} else {
		p.tag("span", class("image"), func() {
			p.hyperlink(address, "", func() { p.text(cmp.Or(alt, file, address, "image")) })
		})
	}
	if caption := n.Child("ac:caption"); caption != nil {
		p.nodes(caption.Children)
	}
}

// layoutClass is the class of a section by its type, which decides the widths
// of its columns.
func layoutClass(kind string) string {
	switch kind {
	case "two_equal", "two_left_sidebar", "two_right_sidebar",
		"three_equal", "three_with_sidebars", "four_equal", "five_equal":
		return "layout " + strings.ReplaceAll(kind, "_", "-")
	default:
		return "layout"
	}
}
