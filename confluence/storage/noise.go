package storage

import (
	"cmp"
	"slices"
	"strings"
)

// meaningful is what an element says by its attributes, sorted.
func meaningful(attrs []Attr) []Attr {
	kept := slices.DeleteFunc(slices.Clone(attrs), isNoiseAttr)
	slices.SortFunc(kept, func(a, b Attr) int { return cmp.Compare(a.Name, b.Name) })
	return kept
}

// What the canonical form says of a text that somebody highlighted and of a link
// shown as a card: that it is one, not in which colour or size.
var (
	coloured = Attr{"style", "color"}
	card     = Attr{"data-card-appearance", "card"}
)

func isNoiseAttr(a Attr) bool {
	if a == coloured || a == card {
		return false
	}
	switch a.Name {
	case "ac:local-id", "local-id", "ri:local-id", "ac:macro-id", "ac:schema-version",
		"ac:task-list-id", "ri:version-at-save", "class", "style", "width", "scope",
		"ac:breakout-mode", "ac:breakout-width",
		"ac:original-width", "ac:original-height", "ac:custom-width",
		"ac:width", "ac:height", "ac:align", "ac:layout": // of a picture: how large, and where
		return true
	case "colspan", "rowspan", "start":
		return a.Value == "1"
	case "data-highlight-colour": // of a cell, chosen by a person
		return false
	default:
		return strings.HasPrefix(a.Name, "data-")
	}
}

// isNoise reports whether n has no part in the content where it stands, or has
// been written by keyed already.
func isNoise(n *Node) bool {
	switch {
	case n.Kind == Comment, n.Name == "colgroup", isFallback(n):
		return true
	default:
		return isKeyed(n) || isAssigned(n)
	}
}

func isKeyed(n *Node) bool {
	switch n.Name {
	case "ac:parameter", "ac:adf-attribute", "ac:task-status":
		return true
	default:
		return false
	}
}

// isAssigned reports whether Confluence makes n up when it saves.
func isAssigned(n *Node) bool {
	switch n.Name {
	case "ac:task-id", "ac:task-uuid":
		return true
	case "ac:adf-attribute":
		return n.AttrValue("key") == "local-id"
	case "ac:parameter":
		switch n.AttrValue("ac:name") {
		case "breakoutMode", "breakoutWidth", "atlassian-macro-output-type":
			return true
		}
	}
	return false
}

func keyOf(n *Node) string {
	return n.Name + " " + n.AttrValue("ac:name") + n.AttrValue("key")
}

// isTransparentBlock reports whether n only groups what it holds: editors add
// and remove these.
func isTransparentBlock(n *Node) bool {
	switch n.Name {
	case "div", "tbody", "thead", "tfoot":
		return true
	default:
		return false
	}
}

// withoutGaps drops the white space between elements where there is no text
// beside them, as in a macro written over several lines.
func withoutGaps(nodes []*Node) []*Node {
	hasText := func(n *Node) bool {
		return n.Kind == Text && !n.blank() || isRun(n) && strings.TrimSpace(n.content()) != ""
	}
	if slices.ContainsFunc(nodes, hasText) {
		return nodes
	}
	return slices.DeleteFunc(slices.Clone(nodes), (*Node).blank)
}

// isRun reports whether n runs with the text around it. The text of a link stands
// by itself.
func isRun(n *Node) bool {
	name := runName(n.Name)
	return name != "" && name != "ac:link-body"
}

// runName is the canonical name of an element that is a run of text within a
// line and nothing without its text, empty for others.
func runName(name string) string {
	switch name {
	case "b":
		return "strong"
	case "i":
		return "em"
	case "s", "strike":
		return "del"
	case "ac:plain-text-link-body":
		return "ac:link-body"
	case "span", "strong", "em", "u", "del", "sub", "sup", "code", "small", "big", "a",
		"ac:link-body", "ac:inline-comment-marker", "ac:placeholder":
		return name
	default:
		return ""
	}
}
