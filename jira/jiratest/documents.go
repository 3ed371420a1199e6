package jiratest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
)

// Version 3 of Cloud's API has documents where version 2 has wiki markup. The site
// keeps markup, and beside it the document that was last written: it answers that
// one as long as the markup is what became of it.

// isDocument reports whether version 3 shows and takes a field as a document.
func (f *field) isDocument() bool {
	return f.id == "description" || f.id == "environment" || strings.HasSuffix(f.schema.custom, ":textarea")
}

// getDocuments reads an issue as version 3 shows it.
func getDocuments(s *Server, c *call) (reply, error) {
	r, err := getIssue(s, c)
	if err != nil {
		return r, err
	}
	i, err := s.issue(c)
	if err != nil {
		return r, err
	}
	shown := r.body.(object)["fields"].(object)
	for _, f := range s.fields {
		if value, ok := shown[f.id]; ok && f.isDocument() {
			shown[f.id] = i.document(f.id, asText(value))
		}
	}
	return r, nil
}

func asText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case json.RawMessage:
		var s string
		_ = json.Unmarshal(v, &s) // anything else is no text
		return s
	}
	return ""
}

// document is a field's text as a document, nil for none.
func (i *Issue) document(id, markup string) any {
	if kept, ok := i.Documents[id]; ok && kept.Markup == markup {
		return kept.Document
	}
	if markup == "" {
		return nil
	}
	return documentOf(markup)
}

// A Document is one as it was written, with the markup that became of it.
type Document struct {
	Document json.RawMessage
	Markup   string
}

// editDocuments edits an issue through version 3.
func editDocuments(s *Server, c *call) (reply, error) {
	i, err := s.issue(c)
	if err != nil {
		return reply{}, err
	}
	var u update
	if err := c.decode(&u); err != nil {
		return reply{}, err
	}
	written := map[string]Document{}
	for _, f := range s.fields {
		raw, given := u.Fields[f.id]
		if !given || !f.isDocument() || isNull(raw) {
			continue
		}
		markup, err := markupOf(raw)
		if err != nil {
			return reply{}, refuseField(f.id, "Operation value must be an Atlassian Document (see the Atlassian Document Format)")
		}
		written[f.id] = Document{raw, markup}
		if u.Fields[f.id], err = json.Marshal(markup); err != nil {
			return reply{}, err
		}
	}
	if err := s.mayEdit(c, i, u); err != nil {
		return reply{}, err
	}
	edited, err := s.apply(i, u)
	if err != nil {
		return reply{}, err
	}
	for id, d := range written {
		edited.Documents[id] = d
	}
	s.store(i, edited, s.me)
	return reply{status: 204}, nil
}

// adf is a node of a document.
type adf struct {
	Type    string          `json:"type"`
	Version int             `json:"version,omitempty"`
	Text    string          `json:"text,omitempty"`
	Attrs   json.RawMessage `json:"attrs,omitempty"`
	Marks   json.RawMessage `json:"marks,omitempty"`
	Content []adf           `json:"content,omitempty"`
}

// markupOf checks a document and writes it as version 2 answers it. Panels, media
// and the like have no markup of their own and keep their words.
func markupOf(raw json.RawMessage) (string, error) {
	var doc adf
	if err := decode(raw, &doc); err != nil {
		return "", err
	}
	if doc.Type != "doc" || doc.Version != 1 {
		return "", fmt.Errorf("no document")
	}
	var blocks []string
	for _, n := range doc.Content {
		block, err := n.block()
		if err != nil {
			return "", err
		}
		blocks = append(blocks, block)
	}
	return strings.Join(blocks, "\n\n"), nil
}

func (n adf) block() (string, error) {
	text, err := n.words()
	switch n.Type {
	case "heading":
		var attrs struct{ Level int }
		if json.Unmarshal(n.Attrs, &attrs) != nil || attrs.Level < 1 || attrs.Level > 6 {
			return "", fmt.Errorf("a heading without a level")
		}
		return fmt.Sprintf("h%d. %s", attrs.Level, text), err
	case "bulletList", "orderedList":
		lines, err := n.entries("")
		return strings.Join(lines, "\n"), err
	case "codeBlock":
		var attrs struct{ Language string }
		if len(n.Attrs) > 0 && json.Unmarshal(n.Attrs, &attrs) != nil {
			return "", fmt.Errorf("code of no language")
		}
		switch attrs.Language {
		case "", unformatted:
			name := cmp.Or(attrs.Language, "code")
			return "{" + name + "}\n" + text + "\n{" + name + "}", err
		}
		return "{code:" + attrs.Language + "}\n" + text + "\n{code}", err
	case "text", "listItem", "doc", "":
		return "", fmt.Errorf("%q is no block", n.Type)
	}
	return text, err
}

// entries are a list's lines; those of a list within an entry follow it.
func (n adf) entries(marker string) (lines []string, err error) {
	marker += map[string]string{"bulletList": "*", "orderedList": "#"}[n.Type]
	for _, item := range n.Content {
		if item.Type != "listItem" || len(item.Content) == 0 {
			return nil, fmt.Errorf("a list without items")
		}
		said, inner := "", []string(nil)
		for _, c := range item.Content {
			if strings.HasSuffix(c.Type, "List") {
				all, err := c.entries(marker)
				if err != nil {
					return nil, err
				}
				inner = append(inner, all...)
				continue
			}
			words, err := c.words()
			if err != nil {
				return nil, err
			}
			said += words
		}
		lines = append(append(lines, marker+" "+said), inner...)
	}
	if len(lines) == 0 {
		return nil, fmt.Errorf("an empty list")
	}
	return lines, nil
}

// words are a node's own; a text node without any is refused, as the service does.
func (n adf) words() (string, error) {
	if n.Type == "text" {
		if n.Text == "" {
			return "", fmt.Errorf("a text without words")
		}
		return n.Text, nil
	}
	var b strings.Builder
	for _, c := range n.Content {
		words, err := c.words()
		if err != nil {
			return "", err
		}
		b.WriteString(words)
	}
	return b.String(), nil
}

// unformatted is the language of what stands between {noformat} and {noformat}.
const unformatted = "noformat"

// documentOf is markup as a document: headings, lists, code, and paragraphs.
func documentOf(markup string) adf {
	doc := adf{Type: "doc", Version: 1}
	lines := strings.Split(strings.ReplaceAll(markup, "\r\n", "\n"), "\n")
	for n := 0; n < len(lines); n++ {
		line := strings.TrimSpace(lines[n])
		words := func(s string) []adf { return []adf{{Type: "text", Text: s}} }
		heading, item := headingLine.FindStringSubmatch(line), listLine.FindStringSubmatch(line)
		code, end := fenced(lines[n:])
		switch {
		case line == "":
		case end > 1:
			code.Content = words(strings.Join(lines[n+1:n+end], "\n"))
			doc.Content = append(doc.Content, code)
			n += end
		case heading != nil:
			doc.Content = append(doc.Content, adf{Type: "heading", Attrs: json.RawMessage(`{"level":` + heading[1] + `}`), Content: words(heading[2])})
		case item != nil:
			doc.Content = entered(doc.Content, item[1], words(item[2]))
		default:
			doc.Content = append(doc.Content, adf{Type: "paragraph", Content: words(line)})
		}
	}
	return doc
}

// fenced is a block of code that begins with the first of some lines, and the place of the
// line that ends it; 0 if there is none.
func fenced(lines []string) (code adf, end int) {
	begin := codeLine.FindStringSubmatch(strings.TrimSpace(lines[0]))
	if begin == nil {
		return code, 0
	}
	name, language, _ := strings.Cut(begin[1], ":")
	if name == unformatted {
		language = unformatted
	}
	code.Type = "codeBlock"
	if language != "" {
		code.Attrs, _ = json.Marshal(map[string]string{"language": language})
	}
	for n, line := range lines[1:] {
		if strings.TrimSpace(line) == "{"+name+"}" {
			return code, n + 1
		}
	}
	return code, 0
}

// entered adds an entry to the list that some blocks end with, or to one within it, as its
// marker says: "*#" is a numbered list in a bullet.
func entered(blocks []adf, marker string, words []adf) []adf {
	kind := "bulletList"
	if marker[0] == '#' {
		kind = "orderedList"
	}
	if last := len(blocks) - 1; last < 0 || blocks[last].Type != kind {
		blocks = append(blocks, adf{Type: kind})
	}
	list := &blocks[len(blocks)-1]
	if len(marker) == 1 || len(list.Content) == 0 {
		list.Content = append(list.Content, adf{Type: "listItem", Content: []adf{{Type: "paragraph", Content: words}}})
		return blocks
	}
	item := &list.Content[len(list.Content)-1]
	item.Content = entered(item.Content, marker[1:], words)
	return blocks
}
