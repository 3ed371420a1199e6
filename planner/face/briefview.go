package face

import (
	_ "embed"
	"encoding/json"
	"time"

	"refine/planner/brief"
	"refine/planner/draft"
	"refine/planner/outcome"
	"refine/planner/ready"
	"refine/planner/ticket"
)

// BriefSchema is the JSON schema of a [BriefView].
//
//go:embed brief.schema.json
var BriefSchema []byte

// A BriefView is a brief as JSON. Lists are never null; people go by their names.
type BriefView struct {
	Session    BriefSession      `json:"session"`
	Read       time.Time         `json:"read"` // when the tickets were read
	Epic       *TicketView       `json:"epic" jsonschema:"nullable"`
	Tickets    []TicketView      `json:"tickets"`
	Doubts     []DoubtView       `json:"doubts"`
	Between    []BetweenView     `json:"between"`
	Named      []NamedView       `json:"named"`
	Untold     []ticket.Evidence `json:"untold"` // entries of the epic's list that no ticket names
	Series     SeriesView        `json:"series"`
	Shared     []SharedView      `json:"shared"`
	People     []PartyView       `json:"people"`
	Objectives []brief.Objective `json:"objectives"`
	CarryOver  *BriefCarryOver   `json:"carry_over" jsonschema:"nullable"`
	// Withheld are keys of issues with a security level, Aside epics that stood
	// among tickets, Repeated how often an issue was found again.
	Withheld []string  `json:"withheld"`
	Aside    []RefView `json:"aside"`
	Repeated int       `json:"repeated"`
	// Writing is what a writer needs beside it.
	Writing WritingView `json:"writing"`

	Note     string `json:"note,omitempty"` // why there is nothing to brief
	Requests int64  `json:"requests"`       // that reading took
}

// A WritingView says how a draft is written from a brief.
type WritingView struct {
	Instructions string          `json:"instructions"`
	Lines        []string        `json:"guide_lines"` // of the guide, that key points may cite
	Talks        []TalkView      `json:"talks"`
	PutOff       []RefView       `json:"put_off"` // tickets that are not talked about
	Schema       json.RawMessage `json:"draft_schema"`
}

// A TalkView is some tickets that are talked about together.
type TalkView struct {
	Keys    []string `json:"keys"`
	Minutes int      `json:"minutes"`
	Name    string   `json:"name"` // what they share, if it has a name
}

// A BriefSession is when and about what people meet.
type BriefSession struct {
	ID       string      `json:"id"`
	Team     string      `json:"team"`
	Topic    string      `json:"topic"`
	Date     ticket.Date `json:"date"`
	Start    time.Time   `json:"start"`
	Timezone string      `json:"timezone"`
	Minutes  int         `json:"duration_minutes"`
	Format   string      `json:"format"`
}

// A TicketView is all that is known of a ticket. Texts are as the site holds
// them, wiki markup included, without what was masked.
type TicketView struct {
	RefView
	URL         string            `json:"url"`
	Priority    string            `json:"priority"`
	Flagged     bool              `json:"flagged"`
	Labels      []string          `json:"labels"`
	Components  []string          `json:"components"`
	StoryPoints *float64          `json:"story_points" jsonschema:"nullable"`
	Value       *float64          `json:"business_value" jsonschema:"nullable"`
	Reporter    string            `json:"reporter"`
	Assignee    string            `json:"assignee"`
	Created     *time.Time        `json:"created" jsonschema:"nullable"`
	Updated     *time.Time        `json:"updated" jsonschema:"nullable"`
	Days        []brief.Day       `json:"days"`
	History     *HistoryView      `json:"history" jsonschema:"nullable"` // null where the service did not tell it
	Parent      *RefView          `json:"parent" jsonschema:"nullable"`
	Links       []LinkView        `json:"links"`
	Subtasks    []RefView         `json:"subtasks"`
	Attachments []string          `json:"attachments"`
	Visuals     []ticket.Visual   `json:"visuals"`
	Description string            `json:"description"`
	InField     string            `json:"acceptance_criteria"` // the field of that name
	Problem     ticket.Evidence   `json:"problem"`
	Guesses     []ticket.Evidence `json:"guesses"`  // what it tells without being sure
	Criteria    []ticket.Evidence `json:"criteria"` // where the ticket says when it is done
	Comments    []CommentView     `json:"comments"`
	Unread      int               `json:"comments_not_delivered"`
	Agreed      []AgreedView      `json:"agreed"` // by earlier sessions
	Ready       bool              `json:"ready"`
	Rules       []ready.Result    `json:"rules"`
	Serves      []brief.Serves    `json:"serves"`
	Masked      []brief.Masked    `json:"masked"`
	Doubts      []string          `json:"doubts"` // ids
}

// A RefView names an issue.
type RefView struct {
	Key     string `json:"key"`
	Summary string `json:"summary"`
	Type    string `json:"type"`
	Status  string `json:"status"`
	Done    bool   `json:"done"`
}

// A LinkView is a link as the ticket reads it: "is blocked by" the other.
type LinkView struct {
	Phrase string `json:"phrase"`
	RefView
}

// A HistoryView is what moved.
type HistoryView struct {
	Changes []ChangeView `json:"changes"` // oldest first
	Sprints int          `json:"sprints"` // it has been in so many
	Cut     bool         `json:"cut"`     // there may be older changes
}

// A ChangeView is one change of a field.
type ChangeView struct {
	Field ticket.ChangedField `json:"field"`
	At    time.Time           `json:"at"`
	From  string              `json:"from"`
	To    string              `json:"to"`
}

// A CommentView is a comment, oldest first. About is "progress" where it tells of
// the work or a change of the code, "program" where no person wrote it.
type CommentView struct {
	By    string     `json:"by"`
	At    *time.Time `json:"at" jsonschema:"nullable"`
	About string     `json:"about"`
	Body  string     `json:"body"`
}

// An AgreedView is what an earlier session decided.
type AgreedView struct {
	On        ticket.Date `json:"on"`
	Decisions []string    `json:"decisions"`
	Criteria  []string    `json:"criteria"`
}

// A DoubtView is a doubt with people by their names.
type DoubtView struct {
	ID     string        `json:"id"`
	Kind   brief.Kind    `json:"kind"`
	Means  string        `json:"means"` // what the kind is, in words
	Keys   []string      `json:"keys"`
	Quotes []brief.Quote `json:"quotes"`
	Others []RefView     `json:"others"`
	Thing  string        `json:"thing"`
	Weight int           `json:"weight"`
	Blocks bool          `json:"blocks"`
	By     string        `json:"by"`
	Ask    string        `json:"ask"`
}

// A PartyView is somebody who has to do with the tickets.
type PartyView struct {
	Name      string   `json:"name"`
	Wrote     []string `json:"wrote"`
	Holds     []string `json:"holds"`
	Commented []string `json:"commented"`
}

// A BriefCarryOver is what the team's previous session left open.
type BriefCarryOver struct {
	Day   ticket.Date    `json:"day"`
	Page  string         `json:"page"` // address
	Parts []BriefCarried `json:"parts"`
}

// A BriefCarried is what was left open of one kind.
type BriefCarried struct {
	Kind  outcome.CarriedKind `json:"kind"`
	Lines []CarriedLine       `json:"lines"`
	More  int                 `json:"more"` // lines that are not repeated here
}

// A CarriedLine is one thing left open.
type CarriedLine struct {
	Key   string      `json:"key"`
	Words string      `json:"words"`
	Owner string      `json:"owner"`
	Due   ticket.Date `json:"due"`
	Since ticket.Date `json:"since"`
}

// A BetweenView is an issue outside of the session that stands between its tickets by
// their links.
type BetweenView struct {
	Issue  RefView  `json:"issue"`
	For    []string `json:"for"`    // the tickets that it waits for
	Before []string `json:"before"` // those that wait for it
}

// A NamedView is a thing that two titles name, and no other text of the session.
type NamedView struct {
	Name string   `json:"name"`
	Same bool     `json:"same"` // both tickets want the same version of it
	Keys []string `json:"keys"`
}

// A SeriesView are tickets whose titles say the same but for a name: the same work on several
// things. It is empty where there is none.
type SeriesView struct {
	Keys   []string `json:"keys"`
	Before string   `json:"before"` // what the titles have in common before the name, if anything
	After  string   `json:"after"`  // and behind it
}

// A SharedView is a criterion that several tickets have word for word.
type SharedView struct {
	Quote string   `json:"quote"`
	Keys  []string `json:"keys"`
}

// Brief is the brief as JSON has it.
func Brief(in draft.Input) BriefView {
	b := in.Brief
	s := b.Session
	v := BriefView{
		Session: BriefSession{s.ID, s.Team, s.Topic, s.Date(), s.Start, s.Start.Location().String(), int(s.Duration / time.Minute), s.Format},
		Read:    b.At, Objectives: all(b.Objectives), Withheld: all(b.Withheld), Repeated: b.Repeated, CarryOver: briefCarryOver(b.CarryOver),
		Writing: writing(in), Tickets: []TicketView{}, Aside: []RefView{}, Doubts: []DoubtView{}, Between: []BetweenView{}, Named: []NamedView{}, Untold: all(b.Untold), Series: SeriesView{all(b.Series.Keys), b.Series.Before, b.Series.After}, Shared: []SharedView{}, People: []PartyView{},
	}
	if b.Epic != nil {
		epic := ticketView(b, b.Epic)
		v.Epic = &epic
	}
	for n := range b.Tickets {
		v.Tickets = append(v.Tickets, ticketView(b, &b.Tickets[n]))
	}
	for _, i := range b.Aside {
		v.Aside = append(v.Aside, issueRef(i))
	}
	for _, d := range b.Doubts {
		v.Doubts = append(v.Doubts, DoubtView{d.ID, d.Kind, draft.Means(d.Kind), d.Keys, all(d.Quotes), refs(d.Others), d.Thing, d.Weight, d.Blocks, d.By.Name, d.Ask.Name})
	}
	for _, x := range b.Between {
		v.Between = append(v.Between, BetweenView{refView(x.Ref), x.For, x.Before})
	}
	for _, n := range b.Named {
		v.Named = append(v.Named, NamedView(n))
	}
	for _, c := range b.Shared {
		v.Shared = append(v.Shared, SharedView{c.Quote, c.Keys})
	}
	for _, p := range b.People() {
		v.People = append(v.People, PartyView{p.Name, all(p.Wrote), all(p.Holds), all(p.Commented)})
	}
	return v
}

func writing(in draft.Input) WritingView {
	w := WritingView{Instructions: draft.Instructions(), Lines: all(in.Guide.Points()), Talks: []TalkView{}, PutOff: []RefView{}, Schema: draft.Schema()}
	for n, t := range in.Talks.Talks {
		w.Talks = append(w.Talks, TalkView{t.Keys, in.Talks.Minutes[n], t.Name})
	}
	for _, p := range in.Talks.PutOff {
		w.PutOff = append(w.PutOff, RefView{Key: p.Key, Summary: p.Summary})
	}
	return w
}

func ticketView(b *brief.Brief, t *brief.Ticket) TicketView {
	i := t.Issue
	v := TicketView{
		RefView: issueRef(i), URL: i.URL, Priority: i.Priority, Flagged: i.Flagged, Labels: all(i.Labels), Components: all(i.Components),
		StoryPoints: i.StoryPoints, Value: i.BusinessValue, Reporter: i.Reporter.Name, Assignee: i.Assignee.Name,
		Created: moment(i.Created), Updated: moment(i.Updated), Days: all(t.Days), History: historyView(i.History),
		Links: []LinkView{}, Subtasks: refs(i.Subtasks), Attachments: []string{}, Visuals: all(i.Visuals),
		Description: i.Description, InField: i.AcceptanceCriteria, Problem: t.Problem, Guesses: all(t.Guesses()), Criteria: all(t.Criteria),
		Comments: []CommentView{}, Unread: max(i.CommentTotal-len(i.Comments), 0), Agreed: []AgreedView{},
		Ready: t.Ready, Rules: all([]ready.Result(t.Rules)), Serves: all(t.Serves), Masked: all(t.Masked), Doubts: []string{},
	}
	if i.Parent != nil {
		parent := refView(*i.Parent)
		v.Parent = &parent
	}
	for _, l := range i.Links {
		v.Links = append(v.Links, LinkView{l.Phrase, refView(l.Ref)})
	}
	for _, a := range i.Attachments {
		v.Attachments = append(v.Attachments, a.Name)
	}
	for _, c := range t.Reading.Comments() {
		v.Comments = append(v.Comments, CommentView{c.Comment.Author.Name, moment(c.Comment.Created), about(c), c.Comment.Body})
	}
	for _, a := range i.Agreed {
		v.Agreed = append(v.Agreed, AgreedView{a.On, all(a.Decisions), all(a.Criteria)})
	}
	for _, d := range b.Of(i.Key) {
		v.Doubts = append(v.Doubts, d.ID)
	}
	return v
}

func about(c *ready.Text) string {
	switch {
	case c.Program:
		return "program"
	case c.Progress:
		return "progress"
	default:
		return ""
	}
}

func historyView(h *ticket.History) *HistoryView {
	if h == nil {
		return nil
	}
	v := &HistoryView{Changes: []ChangeView{}, Sprints: h.Sprints, Cut: h.Cut}
	for _, c := range h.Changes {
		v.Changes = append(v.Changes, ChangeView(c))
	}
	return v
}

func briefCarryOver(c *outcome.CarryOver) *BriefCarryOver {
	if c == nil {
		return nil
	}
	v := &BriefCarryOver{Day: c.Day, Page: c.Page.URL, Parts: []BriefCarried{}}
	for _, p := range c.Parts {
		part := BriefCarried{Kind: p.Kind, Lines: []CarriedLine{}, More: p.More}
		for _, l := range p.Lines {
			line := CarriedLine{Key: l.Key, Words: l.Words(), Due: l.Due, Since: l.Since}
			if l.Owner != nil && !l.Hidden {
				line.Owner = l.Owner.ShownName()
			}
			part.Lines = append(part.Lines, line)
		}
		v.Parts = append(v.Parts, part)
	}
	return v
}

func issueRef(i ticket.Issue) RefView {
	return RefView{i.Key, i.Summary, i.Type, i.Status, i.StatusCategory == "done"}
}

func refView(r ticket.Ref) RefView { return RefView{r.Key, r.Summary, r.Type, r.Status, r.Done} }

func refs(list []ticket.Ref) []RefView {
	out := []RefView{}
	for _, r := range list {
		out = append(out, refView(r))
	}
	return out
}

// moment is null where nobody knows the time.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// all is the list, never null.
func all[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
