package outcome

import (
	"maps"
	"slices"
)

// An Event is what a team is told of: once that a session's page is there, and what
// the session came to.
type Event string

const (
	PagePublished Event = "publish"
	SessionSynced Event = "sync"
)

// A Message tells a team of one event of a session (S10).
type Message struct {
	Event   Event  `json:"event"`
	Team    string `json:"team"`
	Session string `json:"session"` // its id: the same message never comes twice for it
	Title   string `json:"title"`   // of its page
	URL     string `json:"url"`
	Text    string `json:"text"` // "8 items refined, 6 ready (3 before); …"
}

// Print identifies what the message says. A page that was renamed is no news.
func (m Message) Print() string { return digest([]string{string(m.Event), m.Session, m.Text}) }

// A Stage is how far a message to one place has come. It is written down before the
// message is sent, so that a run which dies leaves one that was perhaps sent and is
// not sent again: never twice counts more than once for certain.
type Stage string

const (
	Due     Stage = "due"     // to be sent by this run or the next
	Sending Stage = "sending" // a run is about to send it, or died over it
	Sent    Stage = "sent"
	Lost    Stage = "lost" // perhaps sent, and told so
)

// A Notice is what a page remembers of one event's message.
type Notice struct {
	Print string           `json:"p"`  // of what was told last, see [Message.Print]
	To    map[string]Stage `json:"to"` // by the place's name
}

// NewNotice is a message that is due at all of the places; none needs none.
func NewNotice(m Message, places []string) Notice {
	n := Notice{Print: m.Print(), To: map[string]Stage{}}
	for _, p := range places {
		n.To[p] = Due
	}
	return n
}

// At lists the places at that stage, of those given.
func (n Notice) At(s Stage, places []string) (at []string) {
	for _, p := range places {
		if n.To[p] == s {
			at = append(at, p)
		}
	}
	return at
}

// With is the notice with the places moved on to that stage.
func (n Notice) With(s Stage, places ...string) Notice {
	n.To = maps.Clone(n.To)
	for _, p := range places {
		n.To[p] = s
	}
	return n
}

// Open lists the places that are not done with, of those given.
func (n Notice) Open(places []string) []string {
	return slices.Concat(n.At(Due, places), n.At(Sending, places))
}
