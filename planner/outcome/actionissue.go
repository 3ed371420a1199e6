package outcome

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"refine/planner/ticket"
)

// ActionsAs is what becomes of an action item beside its line in the comment (S2).
type ActionsAs string

const (
	ActionsInComment ActionsAs = "comment" // nothing; also the zero value
	ActionsAsSubtask ActionsAs = "subtask" // of its ticket
	ActionsAsTask    ActionsAs = "task"    // linked to its ticket
)

// ActionSettings are what a team wants of its action items.
type ActionSettings struct {
	As ActionsAs
	// Type is the name of the issue type; empty is the only one of sub-tasks, or
	// the one called Task.
	Type string
	// Link is the name of the type of the link to the ticket; empty is "Relates".
	Link string
	// Done is the name of the transition that ends an issue; empty is the only one
	// that leads to a status that counts as done.
	Done string
}

// Creates reports whether issues are made of action items.
func (s ActionSettings) Creates() bool { return s.As == ActionsAsSubtask || s.As == ActionsAsTask }

// A Made is an issue that was made of an action item, or of a split story, as it stands.
type Made struct {
	Key, Summary string
	Status       string
	Done         bool      // its status counts as done
	Moved        time.Time // when its status last changed; zero if it never did
	Due          ticket.Date
	Assignee     string // account id on Cloud, user name on Data Center; empty if nobody
	By           string // a person that touched it, and how; empty if none did
	Kept         string // why this account may not delete it, if it was asked for
	Mark         ActionMark
}

// An ActionMark travels inside the write that creates an issue of a line, as a
// property of the issue. Its entry is the line as page and issue last agreed on it:
// what differs from it on one side was changed there since.
type ActionMark struct {
	Version int    `json:"v"`    // 1
	Kind    string `json:"kind"` // see [ActionMark.Of]
	Owner   string `json:"owner"`
	Session string `json:"session"`
	Page    string `json:"page"`
	Ticket  string `json:"ticket"`
	Entry   Entry  `json:"entry"`
}

// issueKinds are the lines that issues are made of, each with the kind of a change of
// such an issue, which its mark bears as well.
var issueKinds = map[EntryKind]ChangeKind{Action: ActionChange, SplitStory: SplitChange}

// Of reports whether the mark is of a line that issues are made of, and says of which
// kind.
func (m ActionMark) Of() bool {
	kind, of := issueKinds[m.Entry.Kind]
	return of && m.Kind == string(kind)
}

// SplitSettings are what a team wants of the stories that its items are split into.
// The zero value makes no issues of them.
type SplitSettings struct {
	Create bool   // issues of the item's own type
	Link   string // the name of the type of the link to the item; empty is "Relates"
}

// Same reports whether two marks are of the same action as it stood then.
func (m ActionMark) Same(o ActionMark) bool {
	return m.Ticket == o.Ticket && m.Entry.hash() == o.Entry.hash()
}

// An ActionWrite is what is written of one action's issue: it is made, or some of
// its fields and its status are set. Its mark goes with the first and behind the
// others, so that a run which is cut short does them again.
type ActionWrite struct {
	// Key is empty until the issue is made; who makes it fills it in.
	Key  string
	Mark ActionMark
	New  *NewIssue
	// Set are the fields that change, in the words of [ActionFields].
	Set map[string]ActionValue
	// Move is the transition to make, from the status that was read; nil is none.
	Move *Transition
	From string // that status
	// Tick is the page's task as it has to be ticked, or its tick taken off, before
	// the mark is written, nil if it has not: the issue was changed in Jira.
	Tick *Entry
}

// The fields of an action's issue.
const (
	SummaryField  = "summary"
	DueField      = "duedate"
	AssigneeField = "assignee"
)

// An ActionValue is a field's value as it was read and as it shall be: text, a day,
// an account id or a user name. Empty is none.
type ActionValue struct{ From, To string }

// A NewIssue is an issue to be made of an action item, or of a split story.
type NewIssue struct {
	Project, TypeID, Type string
	Parent                string // of a sub-task
	Link                  string // type of the link to the ticket; empty makes none
	Epic, EpicField       string // that of the ticket and the field for it, empty if there is none
	Summary               string
	Due                   ticket.Date // zero if there is none or the screen has no field for it
	Assignee              string      // empty if nobody, or the screen has no field
	Describe              bool        // the screen has a description
	Ticket                string      // whose action it is
	PageURL, PageTitle    string
	Entry                 Entry
}

// Split reports whether the issue is one that its ticket is split into.
func (i NewIssue) Split() bool { return i.Entry.Kind == SplitStory }

// Creatable is what can be made of the action items, or of the split stories, of one
// project's tickets.
type Creatable struct {
	// Missing says why nothing can be, empty if something can.
	Missing      string
	TypeID, Type string
	// Screen are the ids of the fields of the screen on which it is made, Required
	// the names of those that have to be given, by id.
	Screen   []string
	Required map[string]string
	// EpicField is that of the screen which puts an issue under an epic, empty if it
	// has none.
	EpicField string
	// Unassignable are the people of the lines, see [User.Assignee], that its issues
	// cannot be assigned to.
	Unassignable []string
}

// A Wanted is what has to be known before lines of a project's tickets are made into
// issues.
type Wanted struct {
	Project string
	Type    string   // of a split story, the name of its item's; empty for action items
	People  []string // see [User.Assignee]
}

// Key is what the answer goes by.
func (w Wanted) Key() string { return strings.TrimSpace(w.Project + " " + w.Type) }

// Assignee is what an issue is assigned to the user by: never a name that only
// looks like theirs. Empty where nobody knows.
func (u *User) Assignee() string {
	switch {
	case u == nil:
		return ""
	case u.AccountID != "":
		return u.AccountID
	}
	return u.Name
}

// longestSummary is how long a summary may be, in characters.
const longestSummary = 255

// summary is an action's text as its issue is called.
func (e Entry) summary() string { return called(e.Undated()) }

// called is a text as an issue is called. A person is named without the sign that would
// make a mention of it.
func called(t Text) string {
	var b strings.Builder
	for _, r := range t {
		if r.User != nil {
			b.WriteString(strings.TrimPrefix(r.User.String(), "@"))
			continue
		}
		b.WriteString(cmp.Or(r.Text, r.URL))
	}
	return beginning(strings.Join(strings.Fields(b.String()), " "), longestSummary)
}

// agreedSummary is what line and issue last agreed to call it. Issues of earlier versions
// have the line's day in their summary, which stays until the line says something new.
func (m Made) agreedSummary(now Entry) string {
	was := m.Mark.Entry
	if dated := called(was.Text); m.Summary == dated && !now.SameWords(was) {
		return dated
	}
	return was.summary()
}

// can says why no issue can be made of a line of a ticket, empty if one can.
func (c Creatable) can(as ActionsAs, t Ticket, e Entry) string {
	has := func(field string) bool { return slices.Contains(c.Screen, field) }
	switch owner := e.Owner.Assignee(); {
	case c.Missing != "":
		return c.Missing
	case as == ActionsAsSubtask && t.Subtask:
		return t.Key + " is itself a sub-task, and those have none"
	case as == ActionsAsTask && t.Restricted:
		return t.Key + " has a security level, which an issue of its own would not have"
	case e.Kind == SplitStory && t.Subtask:
		return t.Key + " is itself a sub-task; make another one by hand"
	case as == ActionsAsTask && !has("issuelinks"):
		return "the screen on which a " + c.Type + " is made has no field for linked issues, by which it would be found again"
	case e.Owner != nil && owner == "":
		return e.Owner.String() + " is known by no name that Jira takes"
	case owner != "" && slices.Contains(c.Unassignable, owner):
		return strings.TrimPrefix(e.Owner.String(), "@") + " cannot be assigned issues of this project"
	}
	given := map[string]bool{
		"project": true, "issuetype": true, SummaryField: true, "description": has("description"), "parent": as == ActionsAsSubtask,
		"issuelinks": as == ActionsAsTask, DueField: !e.Due.IsZero(), AssigneeField: e.Owner != nil, "reporter": true,
	}
	if e.Kind == SplitStory && t.Parent != nil {
		given[c.EpicField] = true
	}
	var lacks []string
	for id, name := range c.Required {
		if !given[id] {
			lacks = append(lacks, name)
		}
	}
	if len(lacks) == 0 {
		return ""
	}
	slices.Sort(lacks)
	return "a " + c.Type + " has to have " + strings.Join(lacks, ", ") + ", which nobody typed"
}

// NamesIssues reports whether the ticket's comment names an issue that was made of
// a line.
func (t Ticket) NamesIssues() bool {
	return slices.ContainsFunc(t.marked().Entries, func(e Entry) bool { return e.Issue != "" })
}
