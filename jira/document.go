package jira

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A docNode is a node of the document format that version 3 of Cloud's API
// holds text in.
type docNode struct {
	Type    string         `json:"type"`
	Text    string         `json:"text"`
	Attrs   map[string]any `json:"attrs"`
	Marks   []docNode      `json:"marks"`
	Content []docNode      `json:"content"`
}

// documentText is a document as the text that version 2 has in its place, as a
// JSON string. Anything else is left as it is. It is for reading only: a word
// that looks like markup is not escaped, so that what is quoted from it is what
// people wrote.
func documentText(raw json.RawMessage) (json.RawMessage, bool) {
	if !bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) || !bytes.Contains(raw, []byte(`"doc"`)) {
		return nil, false
	}
	var doc docNode
	if json.Unmarshal(raw, &doc) != nil || doc.Type != "doc" {
		return nil, false
	}
	var b strings.Builder
	for _, n := range doc.Content {
		n.block(&b, "")
	}
	text, err := json.Marshal(strings.TrimSpace(b.String()))
	return text, err == nil
}

// block writes a node that stands on lines of its own. List markers nest:
// "**" is an entry of a list within a list.
func (n docNode) block(b *strings.Builder, marker string) {
	switch n.Type {
	case "paragraph":
		b.WriteString(n.inline() + "\n\n")
	case "heading":
		fmt.Fprintf(b, "h%d. %s\n\n", max(1, int(n.number("level"))), n.inline())
	case "bulletList", "taskList", "decisionList":
		n.list(b, marker+"*")
	case "orderedList":
		n.list(b, marker+"#")
	case "codeBlock":
		b.WriteString("{code}\n" + n.inline() + "\n{code}\n\n")
	case "blockquote":
		b.WriteString("{quote}\n")
		n.blocks(b)
		b.WriteString("{quote}\n\n")
	case "tableRow":
		for _, cell := range n.Content {
			b.WriteString("| " + strings.Join(strings.Fields(cell.inline()), " ") + " ")
		}
		b.WriteString("|\n")
	case "expand", "nestedExpand":
		if title := n.attr("title"); title != "" {
			b.WriteString("h6. " + title + "\n\n")
		}
		n.blocks(b)
	case "mediaSingle", "mediaGroup", "blockCard", "embedCard", "rule":
		b.WriteString(n.inline() + "\n\n")
	default: // panels, tables, layouts and what comes to be
		n.blocks(b)
	}
}

func (n docNode) blocks(b *strings.Builder) {
	for _, c := range n.Content {
		c.block(b, "")
	}
}

// list writes the entries; a list within an entry follows it.
func (n docNode) list(b *strings.Builder, marker string) {
	for _, item := range n.Content {
		if strings.HasSuffix(item.Type, "List") {
			item.block(b, marker)
			continue
		}
		var own strings.Builder
		var inner []docNode
		for _, c := range item.Content {
			if strings.HasSuffix(c.Type, "List") {
				inner = append(inner, c)
			} else {
				own.WriteString(c.inline() + " ")
			}
		}
		b.WriteString(marker + " " + strings.TrimSpace(own.String()) + "\n")
		for _, c := range inner {
			c.block(b, marker)
		}
	}
	if len(marker) == 1 {
		b.WriteString("\n")
	}
}

// inline is a node's text.
func (n docNode) inline() string {
	switch n.Type {
	case "text":
		return n.marked()
	case "hardBreak":
		return "\n"
	case "mention":
		return "[~" + n.attr("id") + "]"
	case "emoji", "status":
		return n.attr("text")
	case "inlineCard", "blockCard", "embedCard":
		return n.attr("url")
	case "date":
		ms, _ := strconv.ParseInt(n.attr("timestamp"), 10, 64)
		return time.UnixMilli(ms).UTC().Format(time.DateOnly)
	case "media", "mediaInline":
		return "!" + strings.ReplaceAll(n.attr("alt"), "!", "") + "!"
	}
	var b strings.Builder
	for i, c := range n.Content {
		if i > 0 && (c.Type == "paragraph" || c.Type == "listItem") {
			b.WriteString(" ")
		}
		b.WriteString(c.inline())
	}
	return b.String()
}

// marked is text with those marks that tell a reader something: a link, code,
// and a bold line that stands for a heading.
func (n docNode) marked() string {
	text := n.Text
	for _, m := range n.Marks {
		switch {
		case m.Type == "link" && m.attr("href") == n.Text:
		case m.Type == "link":
			text = "[" + text + "|" + m.attr("href") + "]"
		case m.Type == "code":
			text = "{{" + text + "}}"
		case m.Type == "strong" && strings.TrimSpace(text) == text:
			text = "*" + text + "*"
		}
	}
	return text
}

func (n docNode) attr(name string) string {
	s, _ := n.Attrs[name].(string)
	return s
}

func (n docNode) number(name string) float64 {
	f, _ := n.Attrs[name].(float64)
	return f
}
