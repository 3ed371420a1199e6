package outcome

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"refine/planner/ticket"
)

// A Carried line is one thing left open, in the words of whoever typed it.
type Carried struct {
	Kind CarriedKind
	// Key is the item it stood under or is about; empty where it names itself.
	Key   string
	Text  Text // empty where the item alone is carried
	Owner *User
	Due   ticket.Date
	// Since is the day of the session it was written in, which may be an earlier
	// one than the previous, and URL that session's page.
	Since ticket.Date
	URL   string
	// Hidden says that the item has a security level by now, so that no more than
	// its key may be shown (P7).
	Hidden bool

	saysKey bool // its words say that it is about Key
}

// carriedRunes is how much of a line is shown.
const carriedRunes = 300

// Words is what was typed, on one line. People stand in it by name and are
// notified nowhere.
func (c Carried) Words() string {
	if c.Hidden {
		return ""
	}
	words := []rune(c.Text.String())
	if len(words) > carriedRunes {
		return strings.TrimSpace(string(words[:carriedRunes-1])) + "…"
	}
	return string(words)
}

// ShownName is what people call somebody; a page tells it of nobody.
func (u User) ShownName() string {
	return strings.TrimPrefix(cmp.Or(u.Display, u.Name, "somebody"), "@")
}

// Terms are who does it until when, empty if nobody said.
func (c Carried) Terms() string {
	var terms []string
	if c.Hidden {
		return ""
	}
	if c.Owner != nil {
		terms = append(terms, c.Owner.ShownName())
	}
	if !c.Due.IsZero() {
		terms = append(terms, "due "+c.Due.String())
	}
	return strings.Join(terms, ", ")
}

// Names reports whether the line is about the issue.
func (c Carried) Names(key string) bool { return slices.Contains(c.Keys(), key) }

// Keys are the issues that the line is about, its own first.
func (c Carried) Keys() []string {
	keys := ticket.IssueKeys(c.Text.String())
	if c.Key != "" {
		keys = slices.DeleteFunc(keys, func(k string) bool { return k == c.Key })
		keys = slices.Insert(keys, 0, c.Key)
	}
	return keys
}

// ofBox reports whether the line is an item whose box was ticked.
func (c Carried) ofBox() bool {
	return len(c.Text) == 0 && (c.Kind == AnotherTime || c.Kind == Parked)
}

// String is the line without a mark-up: "PAY-6: ask the bank – Dana, due 2026-12-01".
func (c Carried) String() string {
	s := c.Words()
	switch {
	case c.Hidden:
		s = strings.Join(c.Keys(), ", ") + ": has a security level and is not shown here"
	case s == "":
		s = c.Key
	case c.Kind != Unfinished:
		s = "“" + s + "”"
	}
	if c.Key != "" && !c.saysKey && !c.Hidden && c.Words() != "" {
		s = c.Key + ": " + s
	}
	if terms := c.Terms(); terms != "" {
		s += " – " + terms
	}
	return s
}

// OfItem says below an item of this session what became of it in the last one.
func (c Carried) OfItem() string {
	words := c.Words()
	switch {
	case c.Hidden, c.Kind == Wish:
		return ""
	case words == "" && c.Kind == AnotherTime:
		return "it needs another session"
	case words == "" && c.Kind == Parked:
		return "it was parked"
	case words == "" && c.Kind == Postponed:
		return "it was put off"
	case words == "":
		return ""
	}
	said := map[CarriedKind]string{Unfinished: "unfinished", OpenQuestion: "open question", Parked: "parked"}[c.Kind]
	s := fmt.Sprintf("%s: “%s”", cmp.Or(said, "left open"), words)
	if terms := c.Terms(); terms != "" {
		s += " – " + terms
	}
	return s
}
