package planner

import (
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// Names that moved to rooms of their own, as the rest of this package still
// calls them.
type (
	Agreed        = ticket.Agreed
	Attachment    = ticket.Attachment
	BacklogQuery  = ticket.BacklogQuery
	ChangedField  = ticket.ChangedField
	Comment       = ticket.Comment
	Date          = ticket.Date
	FieldChange   = ticket.FieldChange
	History       = ticket.History
	Issue         = ticket.Issue
	Link          = ticket.Link
	Person        = ticket.Person
	Ref           = ticket.Ref
	Selection     = ticket.Selection
	SelectionKind = ticket.SelectionKind
	Session       = ticket.Session
	Sprint        = ticket.Sprint
	Version       = ticket.Version
	Visual        = ticket.Visual
)

const (
	Backlog         = ticket.Backlog
	DueChanged      = ticket.DueChanged
	Epic            = ticket.Epic
	FlagChanged     = ticket.FlagChanged
	JQL             = ticket.JQL
	Keys            = ticket.Keys
	PriorityChanged = ticket.PriorityChanged
	SprintChanged   = ticket.SprintChanged
)

var (
	DateOf    = ticket.DateOf
	IssueKeys = ticket.IssueKeys
	KeySpans  = ticket.KeySpans
	ParseDate = ticket.ParseDate
	SessionID = ticket.SessionID
	TeamLabel = ticket.TeamLabel
)

type (
	Carried        = outcome.Carried
	CarriedKind    = outcome.CarriedKind
	CarriedPart    = outcome.CarriedPart
	CarryOver      = outcome.CarryOver
	Change         = outcome.Change
	ChangeKind     = outcome.ChangeKind
	Entry          = outcome.Entry
	EntryKind      = outcome.EntryKind
	Mark           = outcome.Mark
	Marked         = outcome.Marked
	Note           = outcome.Note
	Outcomes       = outcome.Outcomes
	PageRef        = outcome.PageRef
	ReceiptLine    = outcome.ReceiptLine
	RemoteLink     = outcome.RemoteLink
	Run            = outcome.Run
	Status         = outcome.Status
	Suggestion     = outcome.Suggestion
	SyncPlan       = outcome.SyncPlan
	Text           = outcome.Text
	Ticket         = outcome.Ticket
	Unattributed   = outcome.Unattributed
	User           = outcome.User
	WritebackInput = outcome.WritebackInput
)

const (
	Action        = outcome.Action
	AnotherTime   = outcome.AnotherTime
	Applied       = outcome.Applied
	CommentChange = outcome.CommentChange
	Conflict      = outcome.Conflict
	Decision      = outcome.Decision
	Failed        = outcome.Failed
	LinkChange    = outcome.LinkChange
	OpenQuestion  = outcome.OpenQuestion
	Parked        = outcome.Parked
	Planned       = outcome.Planned
	Postponed     = outcome.Postponed
	RemovedLine   = outcome.RemovedLine
	Unchanged     = outcome.Unchanged
	Unfinished    = outcome.Unfinished
	Wish          = outcome.Wish
)

var (
	Writeback = outcome.Writeback
)
