package ticket

import (
	"strconv"
	"strings"
	"time"
)

// An Issue is a backlog item as Jira holds it, translated by package jira.
// Text fields hold what Jira answered, wiki markup included: evidence is quoted
// from them verbatim.
type Issue struct {
	ID, Key string
	// URL is where a person reads the issue, built from the configured site and
	// never from the answer's self link.
	URL         string
	Type        string // name on the site, in the site's language
	Epic        bool   // the type is the site's epic type
	Subtask     bool
	Summary     string
	Description string
	// AcceptanceCriteria is the site's own field, empty where it has none.
	AcceptanceCriteria string
	Status             string
	StatusCategory     string // new, indeterminate or done; empty if unknown
	Priority           string
	Rank               string // LexoRank, compared bytewise; empty if unknown
	Labels             []string
	Components         []string
	FixVersions        []Version
	Sprint             *Sprint
	History            *History // nil where the service did not tell it
	Reporter, Assignee Person
	Created, Updated   time.Time
	Due                Date
	Comments           []Comment
	CommentTotal       int // more than len(Comments) when the service held some back
	Agreed             []Agreed
	Links              []Link
	Subtasks           []Ref
	Parent             *Ref // the epic, or a subtask's parent
	Attachments        []Attachment
	Visuals            []Visual // what there is to look at
	StoryPoints        *float64
	BusinessValue      *float64
	// TimeCriticality, RiskReduction and JobSize are the other fields of a WSJF,
	// on sites that have them.
	TimeCriticality, RiskReduction, JobSize *float64
	Flagged                                 bool
	// Restricted says that the issue has a security level. Only its key may
	// appear in a plan (P7); package brief drops the rest.
	Restricted bool
	// Service says that the issue is of a service project, whose customers read
	// its public comments. It is only told of issues read for writing back.
	Service bool
	// Unread are fields that hold something this program cannot read.
	Unread []Unread
}

// WaitsFor are the links to what is open and has to be done first. A link whose other
// end has no status is none: it may be done. Nor is one to the issue's own parent,
// which ends with its children.
func (i Issue) WaitsFor() (open []Link) {
	for _, l := range i.Links {
		if l.Needs() && !l.Done && l.Status != "" && (i.Parent == nil || l.Key != i.Parent.Key) {
			open = append(open, l)
		}
	}
	return open
}

// An Attachment is a file of an issue. URL is where a person opens it, empty
// where that is not known.
type Attachment struct {
	Name, URL string
	Type      string // MIME, "image/png"
}

// A Visual is a picture, a drawing or a board that a ticket has or points to
// (P8). One without an address can only be named.
type Visual struct {
	Name  string `json:"name"`
	URL   string `json:"url,omitempty"`
	Where string `json:"where"`
}

// A Ref names another issue as far as the answer tells.
type Ref struct {
	Key, Summary, Type, Status string
	Done                       bool
}

// A Link is one end of an issue link, seen from the issue that holds it.
type Link struct {
	Type   string // "Blocks"
	Phrase string // as read from this issue: "is blocked by", "relates to"
	Inward bool
	Ref
}

// A Version is a release an issue is planned for.
type Version struct {
	Name     string
	Released bool
	Release  Date
}

// Ahead reports whether a version is still to come on a day: it is not out, its date is not
// past, and it is not called by a year that is.
func (v Version) Ahead(today Date) bool {
	return !v.Released && (v.Release.IsZero() || v.Release.Compare(today) >= 0) && !PastByName(v.Name, today.Year)
}

// PastByName reports whether a release or a sprint is called by a year that is over.
func PastByName(name string, year int) bool {
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return r < '0' || r > '9' }) {
		if n, err := strconv.Atoi(word); err == nil && len(word) == 4 && strings.HasPrefix(word, "20") {
			return n < year
		}
	}
	return false
}

// A Sprint is the newest sprint an issue is in.
type Sprint struct {
	Name, Goal, State string
	Start, End        time.Time
}

// A Person is a user of the site. ID is the account id on Cloud, the user key
// on Data Center.
type Person struct{ ID, Name string }

// Agreed is what an earlier session decided of an issue, as it was written back
// to it.
type Agreed struct {
	On        Date     // the session's day
	Decisions []string // wiki markup, a decision each
	Criteria  []string // acceptance criteria, the same
}

// A Comment is one comment of an issue, oldest first in [Issue.Comments].
type Comment struct {
	ID               string
	Author           Person
	UpdateAuthor     Person
	Body             string // wiki markup
	Created, Updated time.Time
}
