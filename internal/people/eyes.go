package people

import (
	"regexp"
	"slices"
	"strings"

	"refine/confluence/storage"
)

// A Piece is a block of a page as a reader sees it.
type Piece struct {
	Text      string // its kind and what it shows, on one line; empty if it shows nothing
	Source    string
	Level     int  // of a heading
	Commented bool // somebody has commented on a word of it
	headings  bool // it has headings within: a panel, say
	within    *storage.Node
}

// A Sheet is a page as a reader sees it.
type Sheet struct {
	Pieces []Piece
	frame  string // what stands around the pieces: columns
}

// Look reads a body.
func Look(body string) (Sheet, error) {
	doc, err := storage.Parse(body)
	if err != nil {
		return Sheet{}, err
	}
	return look(body, doc), nil
}

func look(body string, doc *storage.Document) (s Sheet) {
	var frame strings.Builder
	at := 0
	for _, n := range doc.Blocks() {
		s.Pieces = append(s.Pieces, pieceOf(n, body[n.Start:n.End]))
		frame.WriteString(body[at:n.Start])
		at = n.End
	}
	s.frame = strings.Join(strings.Fields(frame.String()+body[at:]), "")
	return s
}

func pieceOf(n *storage.Node, source string) Piece {
	var b strings.Builder
	show(&b, n)
	text := strings.Join(strings.Fields(b.String()), " ")
	if text != "" {
		text = n.Name + " " + text
	}
	return Piece{
		Text: text, Source: source, Level: level(n), Commented: strings.Contains(source, "<"+marker),
		headings: holdsHeading(n), within: n.Parent,
	}
}

func holdsHeading(n *storage.Node) bool {
	return slices.ContainsFunc(n.Children, func(c *storage.Node) bool { return level(c) > 0 || holdsHeading(c) })
}

func level(n *storage.Node) int {
	if len(n.Name) == 2 && n.Name[0] == 'h' && n.Name[1] >= '1' && n.Name[1] <= '6' {
		return int(n.Name[1] - '0')
	}
	return 0
}

const marker = "ac:inline-comment-marker"

// unseen are the elements that no reader sees.
var unseen = map[string]bool{
	"ac:adf-fallback": true, "ac:adf-attribute": true, "ac:task-id": true, "ac:task-uuid": true,
}

// show writes what a reader sees of n. A card shows what its issue is called
// today, so its address stands for it.
func show(b *strings.Builder, n *storage.Node) {
	switch {
	case n.Kind == storage.Text:
		b.WriteString(n.Text)
		return
	case n.Kind == storage.Comment:
		return
	case n.Name == marker:
		showAll(b, n)
		return
	}
	b.WriteByte(' ')
	switch {
	case unseen[n.Name]:
	case n.Name == "ac:parameter" && n.AttrValue("ac:name") != "title" && n.AttrValue("ac:name") != "key":
	case n.Name == "ac:task-status":
		if strings.TrimSpace(n.PlainText()) == "complete" {
			b.WriteString("[x]")
		}
	case n.Name == "time":
		b.WriteString(n.AttrValue("datetime"))
	case n.AttrValue("data-card-appearance") != "":
		b.WriteString(n.AttrValue("href"))
	case n.Name == "hr", n.Name == "img", n.Name == "ac:emoticon", strings.HasPrefix(n.Name, "ri:"):
		b.WriteString("[" + n.Name + "]")
	default:
		if macro := n.Macro(); macro != "" {
			b.WriteString("{" + macro + "} ")
		}
		showAll(b, n)
	}
	b.WriteByte(' ')
}

func showAll(b *strings.Builder, n *storage.Node) {
	for _, c := range n.Children {
		show(b, c)
	}
}

// blank reports an empty line. Editors add and drop them.
func (p Piece) blank() bool { return p.Text == "" && strings.HasPrefix(p.Source, "<p") }

// Texts are what the pieces show, empty lines aside.
func (s Sheet) Texts() (texts []string) {
	for _, p := range s.Pieces {
		if !p.blank() {
			texts = append(texts, p.Text)
		}
	}
	return texts
}

// A run is where texts stand on a page, by piece.
type run struct{ from, to int }

// runs are where the texts stand one below the other and in one column, empty
// lines between them or not.
func (s Sheet) runs(texts []string) (found []run) {
	if len(texts) == 0 {
		return nil
	}
	for from, p := range s.Pieces {
		if p.Text != texts[0] || p.blank() {
			continue
		}
		if to := s.follow(from, texts); to > 0 {
			found = append(found, run{from, to})
		}
	}
	return found
}

func (s Sheet) follow(from int, texts []string) (to int) {
	n := 0
	for i, p := range s.Pieces[from:] {
		switch {
		case p.blank():
			continue
		case p.Text != texts[n] || p.within != s.Pieces[from].within:
			return 0
		}
		if n++; n == len(texts) {
			return from + i + 1
		}
	}
	return 0
}

func (s Sheet) commented(r run) bool {
	return slices.ContainsFunc(s.Pieces[r.from:r.to], func(p Piece) bool { return p.Commented })
}

// comments counts the inline comments.
func (s Sheet) comments() (n int) {
	for _, p := range s.Pieces {
		n += strings.Count(p.Source, "<"+marker)
	}
	return n
}

var typedWord = regexp.MustCompile(`w\d+x`)

// Typed are the words in a text that [Hands] have typed, in order.
func Typed(text string) []string { return typedWord.FindAllString(text, -1) }

// Words counts how often each word that people typed stands on the page.
func (s Sheet) Words() map[string]int {
	found := map[string]int{}
	for _, p := range s.Pieces {
		for _, word := range Typed(p.Text) {
			found[word]++
		}
	}
	return found
}

// An Outcome is what a reader takes for a decision or a task.
type Outcome struct {
	Task    bool
	Words   []string // that people typed in it
	Keys    []string // of issues that it names
	Section string   // the item under whose heading it stands
	Vague   bool     // headings within a panel or a table make that a matter of opinion
}

// Outcomes are the decisions and tasks with a word that people typed.
func (s Sheet) Outcomes() (found []Outcome) {
	in := sections{forms: map[string]bool{}}
	for _, p := range s.Pieces {
		in.pass(p)
		kind, text, _ := strings.Cut(p.Text, " ")
		task := kind == "ac:task-list"
		decision := kind == "ac:adf-extension" || kind == "p" && (strings.HasPrefix(text, "Decision: ") || strings.HasPrefix(text, "{status} Decision "))
		if words := Typed(text); len(words) > 0 && (task || decision) {
			found = append(found, Outcome{task, words, issueKey.FindAllString(text, -1), in.key(), in.vague})
		}
	}
	return found
}

var issueKey = regexp.MustCompile(`\b[A-Z]+-[1-9][0-9]*\b`)

// sections are the items under whose headings a reader is, the innermost last.
type sections struct {
	open  []section
	forms map[string]bool // headings of places for people since the item began
	boxes bool            // its checkboxes have passed
	vague bool
}

type section struct {
	key   string
	level int
}

// pass reads on past a piece. An item's section ends at the next heading as high
// as its own; within it only a heading that begins with a key opens another. The
// line that tells how ready an item is names it, whatever became of its heading.
// What else stands where no reader would look for it makes it vague whose place it
// is: facts below the places for people, and such places twice.
func (in *sections) pass(p Piece) {
	kind, title, _ := strings.Cut(p.Text, " ")
	if p.Level == 0 {
		in.passText(kind, title, p)
		return
	}
	in.vague = in.vague && p.Level > 2 || in.boxes && in.forms[title]
	in.open = slices.DeleteFunc(in.open, func(s section) bool { return s.level >= p.Level })
	at := issueKey.FindStringIndex(title)
	switch {
	case at != nil && (len(in.open) == 0 || at[0] == 0):
		in.enter(section{title[at[0]:at[1]], p.Level})
	case p.Level > 2:
		in.forms[title] = true
	}
}

func (in *sections) passText(kind, text string, p Piece) {
	in.boxes = in.boxes || strings.Contains(text, "Needs another session")
	switch keys := issueKey.FindAllString(text, -1); {
	case readyLine.MatchString(text) && len(keys) > 0:
		if key := keys[len(keys)-1]; key != in.key() {
			in.open, in.vague = nil, false
			in.enter(section{key, 2})
		}
	case p.headings, kind == "ul" && len(in.forms) > 0 && !strings.HasPrefix(text, "Type ") && len(Typed(text)) == 0, len(in.forms) > 0 && factsLine.MatchString(text):
		in.vague = true
	}
}

func (in *sections) enter(s section) {
	in.open, in.forms, in.boxes = append(in.open, s), map[string]bool{}, false
}

var (
	readyLine = regexp.MustCompile(`^(?:\{status\} )?\d+ min\. .*In Jira:`)
	factsLine = regexp.MustCompile(`^(?:What is missing:|Why now:|Serves:|To mention|INVEST:|\{expand\})`)
)

func (in *sections) key() string {
	if len(in.open) == 0 {
		return ""
	}
	return in.open[len(in.open)-1].key
}
