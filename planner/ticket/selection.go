package ticket

import (
	"fmt"
	"strings"
	"unicode"
)

// A BacklogQuery says which issues a team brings to its sessions. What is set
// is combined; the zero value asks for nothing.
type BacklogQuery struct {
	Flagged bool
	JQL     string
	Label   string
	Filter  string // a saved filter, by name or id
	Board   string // a board, by name or id, whose backlog is taken
}

// Topic names the backlog for people.
func (q BacklogQuery) Topic() string {
	switch {
	case q.Flagged:
		return "Flagged items"
	case q.Label != "":
		return "Items labelled " + q.Label
	case q.Board != "":
		return "Backlog of " + q.Board
	case q.Filter != "":
		return "Filter " + q.Filter
	default:
		return "Backlog"
	}
}

// maxTopic keeps titles far below Confluence's 255 characters.
const maxTopic = 120

// Topic names what a selection is about; epic is the epic's issue where the
// selection is one. Topics that had to be cut end in a hash of the selection,
// so that two of them never share a title.
func (s Selection) Topic(backlog BacklogQuery, epic *Issue) string {
	switch {
	case s.Kind == Epic && epic != nil && !epic.Restricted:
		return s.fit(epic.Key + " " + epic.Summary)
	case s.Kind == Epic:
		return s.Value
	case s.Kind == JQL:
		return s.fit("JQL " + s.Value)
	case s.Kind == Keys:
		return s.fit(strings.Join(s.sortedKeys(), ", "))
	default:
		return s.fit(backlog.Topic())
	}
}

func (s Selection) fit(topic string) string {
	topic = strings.Join(strings.Fields(strings.Map(visible, topic)), " ")
	runes := []rune(topic)
	if len(runes) <= maxTopic {
		return topic
	}
	return fmt.Sprintf("%s… (%s)", strings.TrimSpace(string(runes[:maxTopic-12])), short(s.String()))
}

// visible drops what a title must not hold: control characters, and those that
// turn the text around them.
func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r), 0x202a <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069:
		return -1
	}
	return r
}
