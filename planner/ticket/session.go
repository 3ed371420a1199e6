package ticket

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Session is one refinement meeting: who meets, when, and about what.
type Session struct {
	// ID names the session in every mark: the page's label, its page
	// properties, its content property, the comments. See [SessionID].
	ID        string
	Owner     string // the deployment, so that two of them never share a mark
	Team      string
	Selection Selection
	Topic     string        // "TIMOB-19816 Windows 10 support", "Flagged items"
	Start     time.Time     // in the team's zone
	Duration  time.Duration // whole minutes
	Format    string        // guide
}

// IDs are the names that marks may know the session by, its own first. An epic's
// session was named by the epic's key before it was by its id.
func (s Session) IDs() []string {
	ids := []string{s.ID}
	if s.Selection.Kind == Epic && s.Selection.ID != "" {
		byKey := Selection{Kind: Epic, Value: s.Selection.Value}
		ids = append(ids, SessionID(s.Owner, s.Team, byKey, s.Date()))
	}
	return slices.Compact(ids)
}

// Date is the day of the session in the team's zone.
func (s Session) Date() Date { return DateOf(s.Start) }

// End is when the session's time is up.
func (s Session) End() time.Time { return s.Start.Add(s.Duration) }

// Title is the page's title at its first publication. People may rename the
// page; it is found by its marks.
func (s Session) Title() string {
	return fmt.Sprintf("%s Refinement – %s – %s", s.Date(), s.Team, s.Topic)
}

// SelectionKind says where a session's items come from.
type SelectionKind string

const (
	Backlog SelectionKind = "backlog" // the team's configured backlog, flagged items by default
	Epic    SelectionKind = "epic"    // the open children of one epic
	JQL     SelectionKind = "jql"
	Keys    SelectionKind = "keys"
)

// A Selection is what a session is about. The zero value is the team's backlog.
type Selection struct {
	Kind  SelectionKind
	Value string   // the epic's key, or the JQL
	ID    string   // of the epic's issue, once it has been read; moves do not change it
	Keys  []string // for Keys, as given
}

// String is the selection's identity: equal for equal selections.
func (s Selection) String() string {
	switch s.Kind {
	case Epic:
		if s.ID != "" {
			return "epic#" + s.ID
		}
		return "epic:" + s.Value
	case JQL:
		return "jql:" + s.Value
	case Keys:
		return "keys:" + strings.Join(s.sortedKeys(), ",")
	default:
		return string(Backlog)
	}
}

// sortedKeys are the keys in an order of their own, each once.
func (s Selection) sortedKeys() []string {
	keys := slices.Clone(s.Keys)
	slices.Sort(keys)
	return slices.Compact(keys)
}

// TeamLabel is the label that every session page of the team carries. Labels
// are lower case and without spaces, so names enter it as a hash.
func TeamLabel(owner, team string) string {
	return "refine-" + short(owner, team)
}

// SessionID names one session: the team, what it is about, and the day. It is
// also the page's second label.
func SessionID(owner, team string, sel Selection, day Date) string {
	return fmt.Sprintf("%s-%s-%s", TeamLabel(owner, team), short(sel.String()), day)
}

// short is 32 bits of a digest: enough to tell a team's selections apart, and
// short enough for a label that people see.
func short(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:4])
}
