package people

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"refine/confluence/storage"
)

// Hands do one thing to a page at a time, at random.
type Hands struct {
	Rand   *rand.Rand
	Native bool     // the editor has decision lists
	Others []string // whole bodies of other pages, to paste
	Keys   []string // of issues, which some decisions and tasks name

	// The words of the decisions and tasks that were typed, of which each is
	// typed once.
	Decisions, Tasks []string

	typed  int // words
	body   string
	doc    *storage.Document
	blocks []*storage.Node
}

// A deed returns the page as people leave it and says where they did it, or
// nothing if the page gives no occasion.
type deed struct {
	name string
	do   func(*Hands) (body, where string)
}

// deeds are what people do to a page.
var deeds = append([]deed{
	{"types a word", (*Hands).typesWord},
	{"types a word", (*Hands).typesWord},
	{"types a paragraph", (*Hands).typesParagraph},
	{"types a list", (*Hands).typesList},
	{"deletes", (*Hands).deletes},
	{"copies a section", (*Hands).copies},
	{"moves a section", (*Hands).moves},
	{"renames a heading", (*Hands).renames},
	{"adds a row", (*Hands).addsRow},
	{"makes columns", (*Hands).makesColumns},
	{"comments on a word", (*Hands).comments},
	{"pastes another page", (*Hands).pastes},
}, outcomes...)

var outcomes = []deed{
	{"types a decision line", (*Hands).typesDecisionLine},
	{"types a decision", (*Hands).typesDecision},
	{"types a task", (*Hands).typesTask},
}

// Act does one thing to a body and says what. A page that is empty gets a word.
func (h *Hands) Act(body string) (edited, what string, err error) {
	return h.act(body, deeds)
}

// Outcome types a decision or a task.
func (h *Hands) Outcome(body string) (edited, what string, err error) {
	return h.act(body, outcomes)
}

func (h *Hands) act(body string, of []deed) (edited, what string, err error) {
	h.body = body
	if h.doc, err = storage.Parse(body); err != nil {
		return "", "", err
	}
	if h.blocks = h.doc.Blocks(); len(h.blocks) == 0 {
		return "<p>" + h.word() + "</p>", "starts anew", nil
	}
	for {
		d := of[h.Rand.IntN(len(of))]
		if edited, where := d.do(h); where != "" {
			return edited, d.name + ": " + where, nil
		}
	}
}

// word is one that nobody has typed before.
func (h *Hands) word() string {
	h.typed++
	return fmt.Sprintf("w%dx", h.typed)
}

func (h *Hands) coin() bool { return h.Rand.IntN(2) == 0 }

func (h *Hands) any(nodes []*storage.Node) *storage.Node { return nodes[h.Rand.IntN(len(nodes))] }

func insertAt(body string, at int, s string) string { return body[:at] + s + body[at:] }

func near(n *storage.Node) string {
	return fmt.Sprintf("%s %.40q", n.Name, strings.Join(strings.Fields(n.PlainText()), " "))
}

// before puts markup in front of a block, or behind the last one.
func (h *Hands) before(markup string) (body, where string) {
	n := h.any(h.blocks)
	if n == h.blocks[len(h.blocks)-1] && h.coin() {
		return insertAt(h.body, n.End, markup), fmt.Sprintf("%.60q behind %s", markup, near(n))
	}
	return insertAt(h.body, n.Start, markup), fmt.Sprintf("%.60q before %s", markup, near(n))
}

// untypable are the elements in whose text nobody types.
var untypable = map[string]bool{
	"ac:placeholder": true, "ac:parameter": true, "ac:task-id": true, "ac:task-uuid": true, "ac:task-status": true,
	"ac:adf-attribute": true, "ac:adf-fallback": true, "ac:plain-text-body": true, "ac:plain-text-link-body": true, "time": true,
}

func typable(n *storage.Node) bool {
	if n.Kind != storage.Text || n.CData || strings.TrimSpace(n.Text) == "" {
		return false
	}
	for p := n.Parent; p != nil; p = p.Parent {
		if untypable[p.Name] || p.AttrValue("data-card-appearance") != "" {
			return false
		}
	}
	return true
}

func (h *Hands) texts() (texts []*storage.Node) {
	for n := range h.doc.Root.All() {
		if typable(n) {
			texts = append(texts, n)
		}
	}
	return texts
}

// typesWord types into a text, between its words or at its end.
func (h *Hands) typesWord() (body, where string) {
	texts := h.texts()
	if len(texts) == 0 {
		return "", ""
	}
	n := h.any(texts)
	at := []int{n.End}
	for i := n.Start; i < n.End; i++ {
		if h.body[i] == ' ' {
			at = append(at, i)
		}
	}
	word := h.word()
	return insertAt(h.body, at[h.Rand.IntN(len(at))], " "+word), fmt.Sprintf("%s into %.60q", word, n.Text)
}

func (h *Hands) typesParagraph() (body, where string) { return h.before("<p>" + h.word() + "</p>") }

func (h *Hands) typesList() (body, where string) {
	return h.before("<ul><li>" + h.word() + "</li></ul>")
}

func (h *Hands) decision() string {
	word := h.word()
	h.Decisions = append(h.Decisions, word)
	return word + h.about()
}

// about names an issue now and then.
func (h *Hands) about() string {
	if len(h.Keys) == 0 || h.Rand.IntN(3) > 0 {
		return ""
	}
	return " for " + h.Keys[h.Rand.IntN(len(h.Keys))]
}

func (h *Hands) typesDecisionLine() (body, where string) {
	return h.before("<p>Decision: " + h.decision() + "</p>")
}

func (h *Hands) typesDecision() (body, where string) {
	b := storage.NewBuilder(storage.IDsFor(h.doc))
	if h.Native {
		b.DecisionList(storage.Decided(storage.Plain(h.decision())))
	} else {
		b.Paragraph(storage.Status(storage.Green, "Decision"), storage.Plain(" "+h.decision()))
	}
	return h.before(b.String())
}

func (h *Hands) typesTask() (body, where string) {
	word := h.word()
	h.Tasks = append(h.Tasks, word)
	b := storage.NewBuilder(storage.IDsFor(h.doc))
	b.TaskList(storage.Todo(storage.Plain(word + h.about())))
	return h.before(b.String())
}

// mostBlocks bounds how much people copy and move at once.
const mostBlocks = 12

// section is a run of a few blocks that stand one after another.
func (h *Hands) section() []*storage.Node {
	from := h.Rand.IntN(len(h.blocks))
	to := from + 1
	for to < len(h.blocks) && to-from < mostBlocks && h.blocks[to].Parent == h.blocks[from].Parent && h.Rand.IntN(4) > 0 {
		to++
	}
	return h.blocks[from:to]
}

func bytesOf(section []*storage.Node) (start, end int) {
	return section[0].Start, section[len(section)-1].End
}

func (h *Hands) deletes() (body, where string) {
	s := h.section()[:1]
	if h.Rand.IntN(4) == 0 {
		s = h.section()
	}
	start, end := bytesOf(s)
	return h.body[:start] + h.body[end:], fmt.Sprintf("%d from %s", len(s), near(s[0]))
}

func (h *Hands) copies() (body, where string) {
	s := h.section()
	start, end := bytesOf(s)
	body, where = h.before(h.body[start:end])
	return body, fmt.Sprintf("%d blocks from %s: %s", len(s), near(s[0]), where)
}

func (h *Hands) moves() (body, where string) {
	s := h.section()
	rest := slices.DeleteFunc(slices.Clone(h.blocks), func(n *storage.Node) bool { return slices.Contains(s, n) })
	if len(rest) == 0 {
		return "", ""
	}
	to := h.any(rest)
	start, end := bytesOf(s)
	cut := h.body[start:end]
	if to.Start < start {
		body = h.body[:to.Start] + cut + h.body[to.Start:start] + h.body[end:]
	} else {
		body = h.body[:start] + h.body[end:to.Start] + cut + h.body[to.Start:]
	}
	return body, fmt.Sprintf("%d blocks from %s before %s", len(s), near(s[0]), near(to))
}

func (h *Hands) renames() (body, where string) {
	var headings []*storage.Node
	for _, n := range h.blocks {
		if level(n) > 0 && n.InnerStart < n.InnerEnd {
			headings = append(headings, n)
		}
	}
	if len(headings) == 0 {
		return "", ""
	}
	n := h.any(headings)
	return h.body[:n.InnerStart] + "Our " + h.word() + h.body[n.InnerEnd:], near(n)
}

func (h *Hands) addsRow() (body, where string) {
	var rows []*storage.Node
	for n := range h.doc.Root.Find("tr") {
		rows = append(rows, n)
	}
	if len(rows) == 0 {
		return "", ""
	}
	n := h.any(rows)
	return insertAt(h.body, n.End, "<tr><td><p>11:00</p></td><td><p>"+h.word()+"</p></td></tr>"), near(n)
}

// makesColumns puts the page into two columns, unless it has some.
func (h *Hands) makesColumns() (body, where string) {
	if strings.Contains(h.body, "<ac:layout") {
		return "", ""
	}
	at := h.any(h.blocks)
	return `<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell>` + h.body[:at.Start] + `</ac:layout-cell><ac:layout-cell>` +
		h.body[at.Start:] + `</ac:layout-cell></ac:layout-section></ac:layout>`, "the second begins with " + near(at)
}

var highlighted = regexp.MustCompile(`[A-Za-z]{3,}`)

// comments highlights a word.
func (h *Hands) comments() (body, where string) {
	texts := slices.DeleteFunc(h.texts(), func(n *storage.Node) bool {
		return n.Parent.Name == marker || strings.Contains(h.body[n.Start:n.End], "&")
	})
	if len(texts) == 0 {
		return "", ""
	}
	n := h.any(texts)
	words := highlighted.FindAllStringIndex(h.body[n.Start:n.End], -1)
	if len(words) == 0 {
		return "", ""
	}
	at := words[h.Rand.IntN(len(words))]
	from, to := n.Start+at[0], n.Start+at[1]
	h.typed++
	ref := fmt.Sprintf("5b1f0000-0000-4000-8000-%012d", h.typed)
	return h.body[:from] + `<ac:inline-comment-marker ac:ref="` + ref + `">` + h.body[from:to] + `</ac:inline-comment-marker>` + h.body[to:],
		fmt.Sprintf("on %q of %.60q", h.body[from:to], n.Text)
}

func (h *Hands) pastes() (body, where string) {
	if len(h.Others) == 0 {
		return "", ""
	}
	return h.before(h.Others[h.Rand.IntN(len(h.Others))])
}
