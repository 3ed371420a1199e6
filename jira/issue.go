package jira

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"refine/internal/lazyregexp"
	"refine/planner/ticket"
)

// An issue is what the service answers. Sites leave out and add fields, so each
// is decoded on its own, by [get].
type issue struct {
	ID     string                     `json:"id"`
	Key    string                     `json:"key"`
	Fields map[string]json.RawMessage `json:"fields"`
	// Properties and Changelog are there when they were asked for.
	Properties map[string]json.RawMessage `json:"properties"`
	Changelog  *changelog                 `json:"changelog"`
}

// id tells issues apart, also while one is moved.
func (i issue) id() string { return cmp.Or(i.ID, i.Key) }

// get decodes one field. A field that is absent, null or of another shape than
// expected is the zero value: an unknown shape must not hide the whole issue.
func get[T any](fields map[string]json.RawMessage, name string) T {
	return as[T](fields[name])
}

type issueType struct {
	Name    string `json:"name"`
	Subtask bool   `json:"subtask"`
	// HierarchyLevel is 1 for the level of epics. Data Center does not tell.
	HierarchyLevel *int `json:"hierarchyLevel"`
}

type status struct {
	Name     string `json:"name"`
	Category struct {
		Key string `json:"key"` // the same in every language
	} `json:"statusCategory"`
}

// category is the status's, or nothing where it is undefined.
func (s status) category() string {
	if slices.Contains([]string{"new", "indeterminate", done}, s.Category.Key) {
		return s.Category.Key
	}
	return ""
}

const done = "done"

// named is whatever is only read for its name.
type named struct {
	Name string `json:"name"`
}

func nameList(list []named) []string {
	var out []string
	for _, n := range list {
		out = append(out, n.Name)
	}
	return out
}

// isEpic goes by the level, else by the name that the type has unless a site
// changed it.
func (t issueType) isEpic() bool {
	if t.HierarchyLevel != nil {
		return *t.HierarchyLevel == 1
	}
	return strings.EqualFold(t.Name, "Epic")
}

// A neighbour is another issue as an issue's answer shows it.
type neighbour struct {
	Key    string `json:"key"`
	Fields struct {
		Summary   string    `json:"summary"`
		Status    status    `json:"status"`
		IssueType issueType `json:"issuetype"`
	} `json:"fields"`
}

func (n neighbour) ref() ticket.Ref {
	return ticket.Ref{
		Key: n.Key, Summary: n.Fields.Summary, Type: n.Fields.IssueType.Name,
		Status: n.Fields.Status.Name, Done: n.Fields.Status.Category.Key == done,
	}
}

// issue translates an answer of the client's site.
func (c *Client) issue(i issue) ticket.Issue {
	out := c.fields().issue(i, c.browse)
	out.URL = c.Browse(i.Key)
	if c.cloud && i.Changelog.mayBeCut() {
		out.History.Cut = true
	}
	return out
}

// issue translates an answer of a site that has these fields. Site is people's
// address of it, empty where there is none.
func (fs fields) issue(i issue, site string) ticket.Issue {
	f := i.Fields
	kind, state := get[issueType](f, "issuetype"), get[status](f, "status")
	comments := get[commentPage](f, "comment")
	people := planComments(comments.Comments)
	r := &fieldReader{fields: fs, values: f}
	out := ticket.Issue{
		ID: i.ID, Key: i.Key,
		Type: kind.Name, Subtask: kind.Subtask,
		Epic:               kind.isEpic() || first[string](fs, epicName, f) != "",
		Summary:            get[string](f, "summary"),
		Description:        r.plain("description"),
		AcceptanceCriteria: r.text(acceptanceCriteria),
		Status:             state.Name,
		StatusCategory:     state.category(),
		Priority:           get[named](f, "priority").Name,
		Rank:               first[string](fs, rank, f),
		Labels:             get[[]string](f, "labels"),
		Components:         nameList(get[[]named](f, "components")),
		FixVersions:        versions(get[[]version](f, "fixVersions")),
		Sprint:             newest(first[[]json.RawMessage](fs, sprint, f)),
		History:            fs.history(i.Changelog, first[[]json.RawMessage](fs, sprint, f)),
		Reporter:           get[user](f, "reporter").person(),
		Assignee:           get[user](f, "assignee").person(),
		Created:            parseTime(get[string](f, "created")),
		Updated:            parseTime(get[string](f, "updated")),
		Due:                parseDate(get[string](f, "duedate")),
		Comments:           people,
		Agreed:             agreements(comments.Comments),
		CommentTotal:       max(comments.Total, len(comments.Comments)) - (len(comments.Comments) - len(people)),
		Links:              links(get[[]issueLink](f, "issuelinks")),
		Subtasks:           refs(get[[]neighbour](f, "subtasks")),
		Parent:             fs.parent(f),
		Attachments:        attachments(get[[]attachment](f, "attachment"), site),
		StoryPoints:        r.number(storyPoints),
		BusinessValue:      r.number(businessValue),
		TimeCriticality:    r.number(timeCriticality),
		RiskReduction:      r.number(riskReduction),
		JobSize:            r.number(jobSize),
		Flagged:            len(first[[]json.RawMessage](fs, flagged, f)) > 0,
		Restricted:         get[any](f, "security") != nil,
	}
	out.Visuals, out.Unread = look(out), r.unread
	return out
}

// first is the value of the first field of a meaning that holds one.
func first[T any](fs fields, meaning string, values map[string]json.RawMessage) T {
	for _, f := range fs[meaning] {
		if raw, ok := values[f.ID]; ok && string(raw) != "null" {
			return get[T](values, f.ID)
		}
	}
	var none T
	return none
}

// parent is a subtask's parent or the epic, whichever way the site holds it.
func (fs fields) parent(f map[string]json.RawMessage) *ticket.Ref {
	if p := get[*neighbour](f, "parent"); p != nil && p.Key != "" {
		ref := p.ref()
		return &ref
	}
	if key := first[string](fs, epicLink, f); key != "" {
		return &ticket.Ref{Key: key}
	}
	return nil
}

type issueLink struct {
	ID   string `json:"id"`
	Type struct {
		Name    string `json:"name"`
		Inward  string `json:"inward"`
		Outward string `json:"outward"`
	} `json:"type"`
	Inward  *neighbour `json:"inwardIssue"`
	Outward *neighbour `json:"outwardIssue"`
}

// links reads each link from the issue that holds it: with an inwardIssue the
// inward phrase is said of it ("is blocked by PAY-3").
func links(list []issueLink) []ticket.Link {
	var out []ticket.Link
	for _, l := range list {
		if l.Inward != nil {
			out = append(out, ticket.Link{Type: l.Type.Name, Phrase: l.Type.Inward, Inward: true, Ref: l.Inward.ref()})
		}
		if l.Outward != nil {
			out = append(out, ticket.Link{Type: l.Type.Name, Phrase: l.Type.Outward, Ref: l.Outward.ref()})
		}
	}
	return out
}

func refs(list []neighbour) []ticket.Ref {
	var out []ticket.Ref
	for _, n := range list {
		out = append(out, n.ref())
	}
	return out
}

type version struct {
	Name        string `json:"name"`
	Released    bool   `json:"released"`
	ReleaseDate string `json:"releaseDate"`
}

func versions(list []version) []ticket.Version {
	var out []ticket.Version
	for _, v := range list {
		out = append(out, ticket.Version{Name: v.Name, Released: v.Released, Release: parseDate(v.ReleaseDate)})
	}
	return out
}

type attachment struct {
	ID       string `json:"id"`
	Filename string `json:"filename"`
	MimeType string `json:"mimeType"`
}

// A user is identified by the account id on Cloud, by the key on Data Center.
type user struct {
	AccountID   string `json:"accountId"`
	Key         string `json:"key"`
	Name        string `json:"name"`
	DisplayName string `json:"displayName"`
}

func (u user) id() string { return cmp.Or(u.AccountID, u.Key, u.Name) }

// assignee is what an issue is assigned to the user by: an account id, or a user
// name on Data Center, which has no such ids.
func (u user) assignee() string { return cmp.Or(u.AccountID, u.Name) }

// is compares by whatever both answers tell; old versions leave out the key.
func (u user) is(o user) bool {
	same := func(a, b string) bool { return a != "" && a == b }
	return same(u.AccountID, o.AccountID) || same(u.Key, o.Key) || same(u.Name, o.Name)
}

func (u user) person() ticket.Person {
	return ticket.Person{ID: u.id(), Name: cmp.Or(u.DisplayName, u.Name)}
}

// A comment as the service answers it. Properties are there when asked for.
// Visibility names a role or group if only that may read it, and JSDPublic is
// false for what a service desk keeps from its customers.
type comment struct {
	ID           string     `json:"id"`
	Author       user       `json:"author"`
	UpdateAuthor user       `json:"updateAuthor"`
	Body         string     `json:"body"`
	Created      string     `json:"created"`
	Updated      string     `json:"updated"`
	Properties   []property `json:"properties"`
	Visibility   any        `json:"visibility"`
	JSDPublic    *bool      `json:"jsdPublic"`
}

// restricted comments are not for everybody who may read the issue.
func (c comment) restricted() bool {
	return c.Visibility != nil || c.JSDPublic != nil && !*c.JSDPublic
}

type commentPage struct {
	Comments []comment `json:"comments"`
	StartAt  int       `json:"startAt"`
	Total    int       `json:"total"`
}

// planComments are the comments that people wrote for everybody. A restricted one
// must not reach a page that more people read. What a session wrote back is no
// evidence for the next one, and its plan must not change for having been synced.
func planComments(list []comment) []ticket.Comment {
	var out []ticket.Comment
	for _, c := range list {
		if c.restricted() || isNote(c.Body) {
			continue
		}
		out = append(out, ticket.Comment{
			ID: c.ID, Author: c.Author.person(), UpdateAuthor: c.UpdateAuthor.person(), Body: c.Body,
			Created: parseTime(c.Created), Updated: parseTime(c.Updated),
		})
	}
	slices.SortStableFunc(out, func(a, b ticket.Comment) int { return a.Created.Compare(b.Created) })
	return out
}

// agreements are what earlier sessions decided, as their comments say. One whose
// heading a person has changed, or that tells no day, tells nothing.
func agreements(list []comment) (out []ticket.Agreed) {
	for _, c := range list {
		heading, rest, _ := strings.Cut(c.Body, "\n")
		on, err := ticket.ParseDate(notedOn.FindString(heading))
		if err != nil || c.restricted() || !isNote(c.Body) {
			continue
		}
		a := ticket.Agreed{On: on, Decisions: entriesIn(rest, decisions), Criteria: entriesIn(rest, criteria)}
		if len(a.Decisions)+len(a.Criteria) > 0 {
			out = append(out, a)
		}
	}
	return out
}

// notedOn finds a session's day in the heading of its comment.
var notedOn = lazyregexp.New(`\b\d{4}-\d{2}-\d{2}\b`)

// entriesIn are the entries of one of a note's parts, as [WikiNote] writes them.
func entriesIn(note string, of int) (out []string) {
	_, part, ok := strings.Cut(note, "*"+parts[of].title+"*\n")
	if !ok {
		return nil
	}
	for line := range strings.Lines(part) {
		if strings.HasPrefix(line, "* ") {
			out = append(out, strings.TrimSpace(line[2:]))
		} else if !strings.HasPrefix(line, "**") {
			break // the next part
		}
	}
	return out
}

// parseTime reads a time as either deployment writes it; anything else is none.
func parseTime(s string) time.Time {
	for _, layout := range []string{"2006-01-02T15:04:05.999-0700", time.RFC3339Nano} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

func parseDate(s string) ticket.Date {
	d, err := ticket.ParseDate(s)
	if err != nil {
		return ticket.Date{}
	}
	return d
}
