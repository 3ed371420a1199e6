package confluence

import (
	"net/url"
	"regexp"
	"strings"

	"refine/confluence/storage"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// blockNames are the elements that begin a line of their own. Everything else
// runs along with the text around it.
var blockNames = map[string]bool{
	"p": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
	"ul": true, "ol": true, "li": true, "dl": true, "dt": true, "dd": true, "div": true, "blockquote": true, "pre": true, "hr": true,
	"table": true, "thead": true, "tbody": true, "tfoot": true, "tr": true, "td": true, "th": true, "colgroup": true,
	"ac:task-list": true, "ac:task": true, "ac:adf-extension": true, "ac:adf-node": true, "ac:adf-fallback": true, "ac:adf-content": true,
	"ac:layout": true, "ac:layout-section": true, "ac:layout-cell": true,
	"ac:rich-text-body": true, "ac:plain-text-body": true, "ac:image": true,
}

// inline reports whether n runs along in a line. A macro does unless it has a
// body.
func inline(n *storage.Node) bool {
	if n.Kind != storage.Element {
		return true
	}
	if n.Name == "ac:structured-macro" {
		return n.Child("ac:rich-text-body") == nil && n.Child("ac:plain-text-body") == nil
	}
	return !blockNames[n.Name]
}

// textOf reads what nodes say: text, people, links. Hints that the editor shows
// in empty places are not content, nor are lists of tasks within a task.
func textOf(nodes []*storage.Node) outcome.Text {
	var t outcome.Text
	for _, n := range nodes {
		appendText(&t, n)
	}
	return trim(merge(t))
}

func appendText(t *outcome.Text, n *storage.Node) {
	if n.Kind != storage.Element {
		if n.Kind == storage.Text {
			*t = append(*t, outcome.Run{Text: n.Text})
		}
		return
	}
	switch n.Name {
	case "s", "del", "strike": // taken back by whoever struck it through
	case "ac:placeholder", "ac:task-list", "ac:adf-fallback", "ac:adf-attribute", "ac:image", "ac:plain-text-body":
	case "br", "p", "li", "div":
		*t = append(*t, outcome.Run{Text: " "})
		appendChildren(t, n)
		*t = append(*t, outcome.Run{Text: " "})
	case "time":
		*t = append(*t, outcome.Run{Text: n.AttrValue("datetime")})
	case "a":
		*t = append(*t, link(n))
	case "ac:link":
		appendLink(t, n)
	case "ac:structured-macro":
		*t = append(*t, outcome.Run{Text: macroText(n)})
	case "ac:emoticon":
		*t = append(*t, outcome.Run{Text: emoji(n)})
	default:
		appendChildren(t, n)
	}
}

func appendChildren(t *outcome.Text, n *storage.Node) {
	for _, c := range n.Children {
		appendText(t, c)
	}
}

// macroText is what a macro within a line shows.
func macroText(n *storage.Node) string {
	switch n.Macro() {
	case "jira":
		return n.Param("key")
	case "status":
		return n.Param("title")
	default:
		return ""
	}
}

// emoji is the character that stands for an emoticon, or its name where there
// is none, as on Data Center.
func emoji(n *storage.Node) string {
	if fallback := n.AttrValue("ac:emoji-fallback"); fallback != "" {
		return fallback
	}
	return ":" + n.AttrValue("ac:name") + ":"
}

// link reads a web link. Cloud stores an issue's card with its address as text.
func link(n *storage.Node) outcome.Run {
	href, text := n.AttrValue("href"), strings.Join(strings.Fields(rawText(n)), " ")
	u, err := url.Parse(href)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" {
		return outcome.Run{Text: text}
	}
	return outcome.Run{Text: text, URL: href}
}

// appendLink reads Confluence's own links: a mention, or a page by what the
// link shows.
func appendLink(t *outcome.Text, n *storage.Node) {
	user := n.Child("ri:user")
	if user == nil {
		*t = append(*t, outcome.Run{Text: n.PlainText()})
		return
	}
	u := outcome.User{
		AccountID: user.AttrValue("ri:account-id"),
		Key:       user.AttrValue("ri:userkey"),
		Name:      user.AttrValue("ri:username"),
	}
	if u != (outcome.User{}) {
		*t = append(*t, outcome.Run{User: &u})
	}
}

// rawText is all text beneath n.
func rawText(n *storage.Node) string {
	var b strings.Builder
	for d := range n.All() {
		if d.Kind == storage.Text {
			b.WriteString(d.Text)
		}
	}
	return b.String()
}

// nearest is n's closest ancestor of that name.
func nearest(n *storage.Node, name string) *storage.Node {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// merge joins neighbouring plain runs and folds their white space.
func merge(t outcome.Text) (out outcome.Text) {
	for _, r := range t {
		if r.User == nil {
			r.Text = fold(r.Text)
		}
		if last := len(out) - 1; last >= 0 && isPlain(r) && isPlain(out[last]) {
			out[last].Text = fold(out[last].Text + r.Text)
			continue
		}
		if r != (outcome.Run{}) {
			out = append(out, r)
		}
	}
	return out
}

func isPlain(r outcome.Run) bool { return r.User == nil && r.URL == "" }

var space = regexp.MustCompile(`[\s\x{a0}]+`)

func fold(s string) string { return space.ReplaceAllString(s, " ") }

// trim takes white space off both ends.
func trim(t outcome.Text) outcome.Text {
	for len(t) > 0 && isPlain(t[0]) {
		if t[0].Text = strings.TrimLeft(t[0].Text, " "); t[0].Text != "" {
			break
		}
		t = t[1:]
	}
	for len(t) > 0 && isPlain(t[len(t)-1]) {
		last := &t[len(t)-1]
		if last.Text = strings.TrimRight(last.Text, " "); last.Text != "" {
			break
		}
		t = t[:len(t)-1]
	}
	return t
}

// cut takes a label off the beginning. A label may be spread over runs, as when
// it is a lozenge or bold; merge has joined those.
func cut(t outcome.Text, label *regexp.Regexp) outcome.Text {
	if len(t) == 0 || !isPlain(t[0]) {
		return t
	}
	t[0].Text = t[0].Text[len(label.FindString(t[0].Text)):]
	return trim(t)
}

func firstUser(t outcome.Text) *outcome.User {
	for _, r := range t {
		if r.User != nil {
			return r.User
		}
	}
	return nil
}

// dueDate is the first date that the nodes show.
func dueDate(nodes []*storage.Node) ticket.Date {
	for _, n := range nodes {
		if n.Name == "ac:task-list" {
			continue // a nested task's date is its own
		}
		if n.Name == "time" {
			if d, err := ticket.ParseDate(n.AttrValue("datetime")); err == nil {
				return d
			}
		}
		if d := dueDate(n.Children); !d.IsZero() {
			return d
		}
	}
	return ticket.Date{}
}

// withoutLabels takes owner and due date off the ends of an action's text,
// where they are labels; within a sentence they stay.
func withoutLabels(t outcome.Text, owner *outcome.User, due ticket.Date) outcome.Text {
	for {
		before := len(t)
		if before > 0 && owner != nil && t[0].User == owner {
			t = cut(trim(t[1:]), leadingMark)
		}
		if n := len(t); n > 0 && owner != nil && t[n-1].User == owner {
			t = trim(t[:n-1])
		}
		t = withoutDate(t, due)
		if len(t) == before {
			return t
		}
	}
}

// beforeDate are words that would be left hanging without their date.
var beforeDate = regexp.MustCompile(`(?i)\b(?:by|until|till|before|on|due|bis|am|vor|avant|le)\s*$`)

func withoutDate(t outcome.Text, due ticket.Date) outcome.Text {
	n := len(t)
	if n == 0 || due.IsZero() || !isPlain(t[n-1]) {
		return t
	}
	rest, ok := strings.CutSuffix(t[n-1].Text, due.String())
	if !ok || beforeDate.MatchString(rest) {
		return t
	}
	t[n-1].Text = rest
	return trim(t)
}
