package config

import "strings"

// Sync is what a team wants written back to its tickets. What was agreed always
// stands in the session's comment; anything more is off unless it is asked for.
type Sync struct {
	Actions         string  `json:"actions" jsonschema:"enum=comment,enum=subtask,enum=task" jsonschema_description:"What becomes of an action item beside its line in the comment: nothing, a sub-task of its ticket, or a task that is linked to it. Default: comment."`
	ActionsType     string  `json:"actions_type" jsonschema_description:"Name of the issue type. Default: the only type of sub-tasks, or Task."`
	ActionsLink     string  `json:"actions_link" jsonschema_description:"Name of the type of a task's link to its ticket. Default: Relates."`
	ActionsDone     string  `json:"actions_done" jsonschema_description:"Name of the transition that ends an action's issue, or of the status that it leads to. Default: the only one that leads to a status of the category Done."`
	ServiceComments string  `json:"service_comments" jsonschema:"enum=internal,enum=public,enum=none" jsonschema_description:"What is written on tickets of service projects: a comment that customers do not see, one that they do, or none. Default: internal."`
	Criteria        string  `json:"criteria" jsonschema:"enum=comment,enum=field,enum=description" jsonschema_description:"Where agreed acceptance criteria go: only into the comment, or also into the field for them, or into the description, under a heading of their own. Default: comment."`
	Estimate        string  `json:"estimate" jsonschema:"enum=comment,enum=field" jsonschema_description:"Where an agreed estimate goes: only into the comment, or also into a field: the one that fields names as story_points, else that of backlog.board, else the usual one for story points. Default: comment."`
	BlockedBy       string  `json:"blocked_by" jsonschema:"enum=comment,enum=link" jsonschema_description:"Where a line such as Blocked by PAY-9 goes: only into the comment, or also becomes a link between the issues. Default: comment."`
	Rank            string  `json:"rank" jsonschema:"enum=comment,enum=backlog" jsonschema_description:"Where a line such as Rank: before PAY-9 goes: only into the comment, or also moves the ticket in the backlog. Default: comment."`
	Split           string  `json:"split" jsonschema:"enum=comment,enum=issue" jsonschema_description:"Where a line such as Split into: Pay by card goes: only into the comment, or also becomes an issue of the item's type that is linked to it. Default: comment."`
	SplitLink       string  `json:"split_link" jsonschema_description:"Name of the type of that link. Default: Relates."`
	OnReady         Outcome `json:"on_ready" jsonschema_description:"What ticking Ready does to the ticket."`
	OnAnother       Outcome `json:"on_another_session" jsonschema_description:"What ticking Needs another session does to the ticket."`
	OnParked        Outcome `json:"on_parked" jsonschema_description:"What ticking Parked does to the ticket."`
	OnSplit         Outcome `json:"on_split" jsonschema_description:"What ticking Split does to the ticket."`
	OnDropped       Outcome `json:"on_dropped" jsonschema_description:"What ticking Dropped does to the ticket."`
}

// Where what was agreed goes.
const (
	InComment = "comment"
	InField   = "field"
	// InDescription is under a heading of its own.
	InDescription = "description"
	AsLink        = "link"
	AsIssue       = "issue"
	InBacklog     = "backlog"
)

// Outcome is what ticking one of an item's boxes does to its ticket, once.
type Outcome struct {
	RemoveFlag  bool   `json:"remove_flag" jsonschema_description:"Take the flag off."`
	AddLabel    string `json:"add_label" jsonschema_description:"Add this label."`
	RemoveLabel string `json:"remove_label" jsonschema_description:"Take this label off."`
	Transition  string `json:"transition" jsonschema_description:"Name of a transition, or of the status that it leads to."`
	Rank        string `json:"rank" jsonschema:"enum=first,enum=last" jsonschema_description:"Rank it first or last: of the open tickets of backlog.jql or backlog.filter, else of its project."`
}

// A Box is one of an item's boxes, by its words on the page, and what ticking it does.
type Box struct {
	Name, Setting string
	Does          Outcome
}

// Boxes are all of them, in the order in which they stand below an item.
func (s Sync) Boxes() []Box {
	return []Box{
		{"Ready", "on_ready", s.OnReady}, {"Needs another session", "on_another_session", s.OnAnother},
		{"Parked", "on_parked", s.OnParked}, {"Split", "on_split", s.OnSplit}, {"Dropped", "on_dropped", s.OnDropped},
	}
}

func (s Sync) validate(key string) []fault {
	faults := oneOf(key+".service_comments", s.ServiceComments, "", "internal", "public", "none")
	faults = append(faults, oneOf(key+".criteria", s.Criteria, "", InComment, InField, InDescription)...)
	faults = append(faults, oneOf(key+".estimate", s.Estimate, "", InComment, InField)...)
	faults = append(faults, oneOf(key+".blocked_by", s.BlockedBy, "", InComment, AsLink)...)
	faults = append(faults, oneOf(key+".rank", s.Rank, "", InComment, InBacklog)...)
	faults = append(faults, oneOf(key+".split", s.Split, "", InComment, AsIssue)...)
	faults = append(faults, oneOf(key+".actions", s.Actions, "", "comment", "subtask", "task")...)
	for _, box := range s.Boxes() {
		faults = append(faults, box.Does.validate(key+"."+box.Setting)...)
	}
	return faults
}

func (o Outcome) validate(key string) []fault {
	faults := oneOf(key+".rank", o.Rank, "", "first", "last")
	for _, l := range []struct{ name, label string }{{"add_label", o.AddLabel}, {"remove_label", o.RemoveLabel}} {
		if strings.ContainsAny(l.label, " \t\r\n") {
			faults = append(faults, about(key+"."+l.name, "has a space in it, which no label of Jira has"))
		}
	}
	if o.AddLabel != "" && o.AddLabel == o.RemoveLabel {
		faults = append(faults, about(key, "adds and takes off the same label"))
	}
	return faults
}
