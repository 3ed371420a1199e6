package confluence

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"refine/confluence/storage"
	"refine/internal/lazyregexp"
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
	"ac:rich-text-body": true, "ac:plain-text-body": true, "caption": true, "section": true, "details": true, "summary": true,
}

// inline reports whether n runs along in a line. A macro does unless it has a
// body.
func inline(n *storage.Node) bool {
	if n.Kind != storage.Element {
		return true
	}
	if n.Macro() != "" {
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
	switch {
	case n.Kind == storage.Text:
		*t = append(*t, outcome.Run{Text: n.Text})
	case n.Kind != storage.Element, unsaid[n.Name], isStruck(n):
	case n.Macro() != "":
		*t = append(*t, outcome.Run{Text: macroText(n)})
		appendChildren(t, n)
	default:
		appendElement(t, n)
	}
}

// unsaid are the elements that say nothing: settings, hints that the editor shows
// in empty places, what repeats something else, and what a line holds beside its
// own text.
var unsaid = map[string]bool{
	"ac:placeholder": true, "ac:task-list": true, "ac:adf-fallback": true, "ac:adf-attribute": true, "ac:image": true,
	"ac:plain-text-body": true, "ac:parameter": true, "ac:default-parameter": true,
}

func appendElement(t *outcome.Text, n *storage.Node) {
	switch n.Name {
	case "br", "p", "li", "div":
		*t = append(*t, outcome.Run{Text: " "})
		appendChildren(t, n)
		*t = append(*t, outcome.Run{Text: " "})
	case "sup", "sub":
		*t = append(*t, outcome.Run{Text: raised(textOf(n.Children).String(), n.Name == "sup")})
	case "time":
		*t = append(*t, outcome.Run{Text: n.AttrValue("datetime")})
	case "a":
		*t = append(*t, link(n))
	case "ac:link":
		appendLink(t, n)
	case "ac:emoticon":
		*t = append(*t, outcome.Run{Text: emoji(n)})
	default:
		appendChildren(t, n)
	}
}

// isStruck reports whether somebody struck n through, which takes back what it
// says (S11).
func isStruck(n *storage.Node) bool {
	switch n.Name {
	case "s", "del", "strike":
		return true
	default:
		return strings.Contains(strings.ToLower(n.AttrValue("style")), "line-through")
	}
}

// Characters that stand higher or lower by themselves, by those they stand for.
var (
	superscripts = runeMap("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
	subscripts   = runeMap("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
)

func runeMap(from, to string) map[rune]rune {
	m, high := map[rune]rune{}, []rune(to)
	for i, r := range []rune(from) {
		m[r] = high[i]
	}
	return m
}

// ordinal are the letters that people raise behind a number: 1st, 2e.
var ordinal = lazyregexp.New(`^(?:st|nd|rd|th|er|re|e|ème|o|a|º|ª|de|ste)$`)

// raised writes what stands higher or lower than the line, so that 10⁶ stays more
// than 106.
func raised(s string, up bool) string {
	m, sign := subscripts, "_"
	if up {
		m, sign = superscripts, "^"
	}
	if s == "" || ordinal.MatchString(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if m[r] == 0 {
			return sign + s
		}
		b.WriteRune(m[r])
	}
	return b.String()
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
	href, text := n.AttrValue("href"), textOf(n.Children).String()
	u, err := url.Parse(href)
	if err != nil || text == "" && strings.TrimSpace(rawText(n)) != "" || // all of it struck through
		u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" {
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
	var plain strings.Builder
	flush := func() {
		if s := fold(plain.String()); s != "" {
			out = append(out, outcome.Run{Text: s})
		}
		plain.Reset()
	}
	for _, r := range t {
		if isPlain(r) {
			plain.WriteString(r.Text)
			continue
		}
		flush()
		out = append(out, r)
	}
	flush()
	return out
}

func isPlain(r outcome.Run) bool { return r.User == nil && r.URL == "" }

// fold writes s as one writes it who types it anew: runs of white space of any
// kind as one space, letters with their accents, and nothing that cannot be seen.
func fold(s string) string {
	if plainly(s) {
		return s
	}
	var b strings.Builder
	spaced := false
	for _, r := range norm.NFC.String(s) {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Z, r):
			spaced = true
			continue
		case unseen(r):
			continue
		case spaced:
			b.WriteByte(' ')
		}
		spaced = false
		b.WriteRune(r)
	}
	if spaced {
		b.WriteByte(' ')
	}
	return b.String()
}

// plainly reports whether s is ASCII with nothing in it to fold, as most lines are.
func plainly(s string) bool {
	for n := range len(s) {
		if s[n] < ' ' || s[n] >= utf8.RuneSelf || s[n] == ' ' && n > 0 && s[n-1] == ' ' {
			return false
		}
	}
	return true
}

// unseen reports whether r shows nothing by itself and joins nothing: zero-width
// spaces, byte order marks, soft hyphens.
func unseen(r rune) bool {
	return unicode.Is(unicode.Cf, r) && r != '\u200d' && r != '\u200c' // which make one emoji, one word of several
}

// plainText is one that mentions nobody, titled one behind what it is called.
func plainText(s string) outcome.Text { return outcome.Text{{Text: s}} }

func titled(title string, t outcome.Text) outcome.Text {
	return slices.Concat(plainText(title+": "), t)
}

// trim is t without white space at both ends.
func trim(t outcome.Text) outcome.Text {
	t = slices.Clone(t)
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

// cut is t without a label at its beginning. A label may be spread over runs, as when
// it is a lozenge or bold; merge has joined those.
func cut(t outcome.Text, label *lazyregexp.Regexp) outcome.Text {
	if len(t) == 0 || !isPlain(t[0]) {
		return t
	}
	t = slices.Clone(t)
	t[0].Text = t[0].Text[len(label.FindString(t[0].Text)):]
	return trim(t)
}

func firstUser(t outcome.Text) *outcome.User {
	if at := slices.IndexFunc(t, func(r outcome.Run) bool { return r.User != nil }); at >= 0 {
		return t[at].User
	}
	return nil
}

// dueDate is the first date that the nodes show, but for those that are struck through.
func dueDate(nodes []*storage.Node) ticket.Date {
	for _, n := range nodes {
		if n.Name == "ac:task-list" || isStruck(n) {
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

// dueIn is the day that stands in the nodes, or else the one that their plain text says
// as 2026-12-09, behind "//" or a word for it, or as the only one at its end; no other way
// to write one is guessed at, nor which of two is meant. "Invoices since 2026-11-03" are
// due on no day.
func dueIn(nodes []*storage.Node, text outcome.Text) ticket.Date {
	if due := dueDate(nodes); !due.IsZero() {
		return due
	}
	s, found := folded(flat(text)), []string(nil)
	for _, m := range dueDay.FindAllStringSubmatch(s, -1) {
		found = append(found, m[1]+m[2])
	}
	if m := lastDay.FindStringSubmatch(s); len(found) == 0 && m != nil && m[1] == "" && len(anyDay.FindAllString(s, 2)) == 1 {
		found = m[2:]
	}
	if found = slices.Compact(found); len(found) != 1 {
		return ticket.Date{}
	}
	due, _ := ticket.ParseDate(found[0]) // the 31st of a short month is none
	return due
}

const isoDay = `\b(20\d\d-\d\d-\d\d)\b`

// The days of a text, folded: any, those that are due in so many words, and the one at its
// end, which is not due if it says since when, or of which day.
var (
	anyDay  = lazyregexp.New(isoDay)
	dueDay  = lazyregexp.New(`(?://|\b` + dueWords + `):? ?` + isoDay + `|^\W*` + isoDay + `\W*` + person)
	lastDay = lazyregexp.New(`(\b(?:since|from|of|than|after|as of|seit|ab|vom|von|als|nach|depuis|du|apres|desde|del?|dal|dopo|da|van|sinds|na|od|z|po) )?` + isoDay + `\W*$`)
)

// persons is how many people a text mentions.
func persons(t outcome.Text) int { return len(t) - len(withoutUsers(t)) }

// leadTogether reports whether a text begins with several people: "@Noor, @Ivo decide",
// "@Noor + Uwe: fees".
func leadTogether(t outcome.Text) bool {
	rest := strings.TrimLeft(flat(t[1:]), " ")
	joint := keyJoint.FindString(rest)
	return strings.HasPrefix(rest[len(joint):], person) || joint != "" && !strings.ContainsAny(joint, ",;")
}

// withoutLabels takes owner and due date off the ends of an action's text,
// where they are labels; within a sentence they stay, and so do several people.
func withoutLabels(t outcome.Text, owner *outcome.User, due ticket.Date) outcome.Text {
	for {
		before := len(t)
		if before > 0 && owner != nil && t[0].User == owner && !leadTogether(t) {
			t = cut(trim(t[1:]), leadingMark)
		}
		if n := len(t); n > 0 && owner != nil && t[n-1].User == owner {
			t = withoutEnd(t[:n-1])
		}
		t = withoutDate(t, due)
		if len(t) == before {
			return t
		}
	}
}

// withoutEnd is t without what stood between it and a label that was taken off its end.
func withoutEnd(t outcome.Text) outcome.Text {
	return trim(kept(t, len(strings.TrimRight(flat(t), " ,;–—-|/@"))))
}

// beforeDate are words, folded, that would be left hanging without their date.
var beforeDate = lazyregexp.New(`\b(?:` + dueWords + `|` + untilWords + `|before|on|zum|am|vor|avant|le|el):?$`)

func withoutDate(t outcome.Text, due ticket.Date) outcome.Text {
	n := len(t)
	if n == 0 || due.IsZero() || !isPlain(t[n-1]) {
		return t
	}
	rest, ok := strings.CutSuffix(t[n-1].Text, due.String())
	if !ok || beforeDate.MatchString(folded(rest)) {
		return t
	}
	t = slices.Clone(t)
	t[n-1].Text = rest
	return withoutEnd(t) // also of how the editor's date is begun, "//"
}
