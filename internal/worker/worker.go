package worker

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"time"

	"refine/confluence"
	"refine/planner/brief"
	"refine/planner/guide"
	"refine/planner/outcome"
	"refine/planner/ready"
	"refine/planner/talks"
	"refine/planner/ticket"
)

// tickets is what the worker needs of Jira; *jira.Client provides it.
type tickets interface {
	Learn(ctx context.Context) error
	Search(ctx context.Context, jql string, limit int) (issues []ticket.Issue, total int, capped bool, err error)
	BoardBacklog(ctx context.Context, board, jql string, limit int) (issues []ticket.Issue, total int, capped bool, err error)
	Epic(ctx context.Context, key string) (ticket.Issue, error)
	EpicWithChildren(ctx context.Context, key string, limit int) (epic ticket.Issue, children []ticket.Issue, total int, capped bool, err error)
	Sized(ctx context.Context, projects []string) ([]ticket.Issue, error)
	TicketsSince(ctx context.Context, session ticket.Session, page outcome.PageRef, likely []string) func(keys []string, memory outcome.Memory) (found []outcome.Ticket, missing []string, err error)
	Written(ctx context.Context, session ticket.Session, page outcome.PageRef, keys []string) ([]outcome.Ticket, error)
	Hidden(ctx context.Context, keys []string) ([]string, error)
	Made(ctx context.Context, session ticket.Session, tickets []outcome.Ticket) error
	Creatable(ctx context.Context, s outcome.ActionSettings, wanted []outcome.Wanted) (map[string]outcome.Creatable, error)
	Screens(ctx context.Context, looks []outcome.Look) (map[string]outcome.Screen, error)
	Apply(ctx context.Context, c outcome.Change) error
	Omitted(n outcome.Note) int
	BacklogJQL(b ticket.BacklogQuery) (string, error)
	SelectionJQL(base, jql string) (string, error)
	EpicJQL(key string) string
	KeysJQL(keys []string) string
	Browse(key string) string
	IssueAddresses() []string
	Requests() int64
}

// A Guess is a Jira whose fields mean what they meant the last time, which Holds tells;
// *jira.LastTime provides it.
type Guess interface {
	tickets
	Holds(ctx context.Context) (bool, error)
}

// pages is what the worker needs of Confluence; *confluence.Client provides it.
type pages interface {
	Space(ctx context.Context, key string) (*confluence.Space, error)
	SpaceOf(ctx context.Context, key string) (*confluence.Space, error)
	Page(ctx context.Context, id string) (*confluence.Page, error)
	PageByTitle(ctx context.Context, s confluence.Space, title string) (*confluence.Page, error)
	Youngest(ctx context.Context, s confluence.Space) ([]confluence.Page, error)
	Bodies(ctx context.Context, ids []string) (map[string]string, error)
	Mine(ctx context.Context, p confluence.Page) (bool, error)
	PagesByLabel(ctx context.Context, spaceKey string, labels []string, alsoTitled string) ([]confluence.Found, error)
	PagesByTitle(ctx context.Context, titles []string) ([]confluence.Found, error)
	Together(ctx context.Context, ids []string) (map[string]confluence.Seen, error)
	Property(ctx context.Context, pageID string) (*confluence.Property, error)
	CreatePage(ctx context.Context, n confluence.NewPage) (*confluence.Page, error)
	UpdatePage(ctx context.Context, p confluence.Page, body, message string) error
	CreateProperty(ctx context.Context, pageID string, s confluence.State) (*confluence.Property, error)
	UpdateProperty(ctx context.Context, pageID string, p confluence.Property, s confluence.State) error
	AddLabels(ctx context.Context, pageID string, labels ...string) error
	Comments(ctx context.Context, pageID string) ([]confluence.Comment, error)
	Attach(ctx context.Context, pageID, known string, d confluence.Drawing) (id string, err error)
	AttachAll(ctx context.Context, pageID string, drawings []confluence.Drawing) (ids map[string]string, err error)
	Attachment(ctx context.Context, pageID, file string) (*confluence.Attachment, error)
	Users(ctx context.Context, ids []string) (map[string]outcome.User, error)
	Leads(address string, p *confluence.Page) bool
	ForPeople(address string, p confluence.Page) string
	Site() string
	Style() confluence.Style
	Time() (time.Time, bool)
	Requests() int64
}

// A Worker runs jobs against one Jira and one Confluence.
type Worker struct {
	Jira  tickets
	Pages pages
	// Remembered is what Jira's fields meant the last time, nil if that is not known.
	Remembered func() Guess
	Model      writer // nil: no language model is asked
	// BuiltIn takes the built-in words, also where a page has a model's.
	BuiltIn bool
	Owner   string           // names this deployment in its marks
	Now     func() time.Time // the clock
	Log     *slog.Logger
	// Progress is told what a run is doing, one short line at a time; nil is
	// silence.
	Progress func(format string, args ...any)
}

// A Team is whose sessions are run, and how.
type Team struct {
	Name       string
	Backlog    ticket.BacklogQuery
	Limit      int           // issues considered for one session; 0 means 100
	Format     string        // of the built-in guide, see [guide.BuiltIn]
	Guide      guide.Guide   // its own, in the place of that
	Duration   time.Duration // 0 means what the guide's sessions usually last
	Hour       int           // clock time of a session without a schedule
	Minute     int
	Zone       *time.Location // never nil
	Space      string
	Pictures   bool      // the pages show some
	Parent     string    // title, else id, of the page that session pages go under; empty: the home page
	Schedule   *Schedule // nil: sessions are published by hand
	Estimation talks.Estimation
	Objectives []brief.Objective
	// ObjectivePages are titles, else ids, of pages that list more objectives.
	ObjectivePages []string
	// Presenters take turns in presenting the items.
	Presenters []string
	Ready      ready.Definition
	// ServiceComments is what the team wants on tickets of service projects.
	ServiceComments outcome.ServiceComments
	// Actions are what becomes of action items beside their lines in the comments.
	Actions outcome.ActionSettings
	// Split is what becomes of the stories that items are split into.
	Split outcome.SplitSettings
	// Effects are what ticking a box of an item does to its ticket.
	Effects map[outcome.Box]outcome.Effect
	// Criteria is the field that agreed criteria go into, none if it is empty.
	Criteria outcome.Field
	// LinkBlockers says that what blocks a ticket is linked to it.
	LinkBlockers bool
	// SetRank says that a line about an item's rank moves it in the backlog.
	SetRank bool
	// SetEstimate says that an agreed estimate goes into its field.
	SetEstimate bool
	// Notify are where messages about its sessions go, each by a name of its own.
	Notify []place
}

// setsFields reports whether a sync may set fields of the team's tickets, or of new ones.
func (t Team) setsFields() bool {
	return len(t.Effects) > 0 || t.Criteria != "" || t.SetEstimate || t.SetRank || t.Split.Create
}

// Ranks reports whether a sync may move the team's tickets in their backlog.
func (t Team) Ranks() bool {
	ranked := func(e outcome.Effect) bool { return e.Rank != "" }
	return t.SetRank || slices.ContainsFunc(slices.Collect(maps.Values(t.Effects)), ranked)
}

func (w *Worker) progress(format string, args ...any) {
	if w.Progress != nil {
		w.Progress(format, args...)
	}
}

// Requests is how many requests all services were sent.
func (w *Worker) Requests() int64 {
	n := w.Jira.Requests() + w.Pages.Requests()
	if w.Model != nil {
		n += w.Model.Requests()
	}
	return n
}

// write makes one write unless the run was cancelled before. The client finishes
// what is in flight when a cancel comes, since half of it may have happened; it
// is not waited for beyond room, for then another run may hold the session.
func write(ctx context.Context, room time.Duration, do func(context.Context) error) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, room)
	defer cancel()
	return do(ctx)
}
