package jiratest

import (
	"encoding/json"
	"fmt"
	"slices"
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
		var lines []string
		for _, item := range n.Content {
			words, err := item.words()
			if err != nil || item.Type != "listItem" || len(item.Content) == 0 {
				return "", fmt.Errorf("a list without items")
			}
			lines = append(lines, "* "+words)
		}
		if len(lines) == 0 {
			return "", fmt.Errorf("an empty list")
		}
		return strings.Join(lines, "\n"), nil
	case "text", "listItem", "doc", "":
		return "", fmt.Errorf("%q is no block", n.Type)
	}
	return text, err
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

// documentOf is markup as a document: headings, lists, and paragraphs.
func documentOf(markup string) adf {
	doc := adf{Type: "doc", Version: 1}
	for line := range strings.Lines(strings.ReplaceAll(markup, "\r\n", "\n")) {
		line = strings.TrimSpace(line)
		words := func(s string) []adf { return []adf{{Type: "text", Text: s}} }
		heading, item := headingLine.FindStringSubmatch(line), listLine.FindStringSubmatch(line)
		switch {
		case line == "":
		case heading != nil:
			doc.Content = append(doc.Content, adf{Type: "heading", Attrs: json.RawMessage(`{"level":` + heading[1] + `}`), Content: words(heading[2])})
		case item != nil:
			entry := adf{Type: "listItem", Content: []adf{{Type: "paragraph", Content: words(item[2])}}}
			if last := len(doc.Content) - 1; last >= 0 && doc.Content[last].Type == "bulletList" {
				doc.Content[last].Content = append(slices.Clone(doc.Content[last].Content), entry)
				continue
			}
			doc.Content = append(doc.Content, adf{Type: "bulletList", Content: []adf{entry}})
		default:
			doc.Content = append(doc.Content, adf{Type: "paragraph", Content: words(line)})
		}
	}
	return doc
}
