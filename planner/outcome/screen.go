package outcome

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"refine/planner/ticket"
)

// A Screen is what the site lets be set on one ticket, as it was asked.
type Screen struct {
	// Fields are the site's own for each that was asked for.
	Fields map[Field]SiteField
	// Transitions are those that can be taken from where the ticket stands.
	Transitions []Transition
	// Ranking is the backlog, nil unless it was asked for.
	Ranking *Ranking
}

// A SiteField is the field of a site that a [Field] means. Missing says why there
// is none that can be set, empty if there is one.
type SiteField struct {
	ID      string
	Kind    string   // number, string or option
	Options []string // of an option, those that there are
	Missing string
	// Holds is what a board's estimation field holds, Planned whether the plan goes by
	// the same field.
	Holds   string
	Planned bool
	// Lines are those of the passage under the heading that was asked for, empty if
	// there is none.
	Lines []string
}

// A Transition leads from a ticket's status to another.
type Transition struct {
	ID, Name, To string
	Category     string   // of the status that it leads to: new, indeterminate or done
	Needs        []string // fields that have to be filled in with it
}

// A Look is what has to be known of a ticket before it is written.
type Look struct {
	Issue  string
	Fields []Field
	// Heading is that of the passage, where one of the fields has one.
	Heading string
	// Board is the one whose estimation field is meant, if there is one.
	Board string
	// Of a rank, IssueID is the issue's own id, Beside are other issues whose order
	// matters, and Within is the backlog that is meant, nil where these are enough.
	IssueID string
	Beside  []string
	Within  *ticket.BacklogQuery
}

// Wants lists what has to be known before the changes of a plan are decided for
// good: of projects in which issues are to be made, and of the issues on which
// something is to be set.
func (p SyncPlan) Wants() (create []Wanted, looks []Look) {
	look := func(issue string, f Field, s Setting) {
		n := slices.IndexFunc(looks, func(l Look) bool { return l.Issue == issue })
		if n < 0 {
			n, looks = len(looks), append(looks, Look{Issue: issue})
		}
		looks[n].Fields = append(looks[n].Fields, f)
		looks[n].Heading, looks[n].Board = cmp.Or(looks[n].Heading, s.Heading), cmp.Or(looks[n].Board, s.Board)
		if f == RankField {
			looks[n].IssueID, looks[n].Within = s.IssueID, s.Within
			looks[n].Beside = slices.DeleteFunc(append(s.Between[:], s.Beside), func(key string) bool { return key == "" })
		}
	}
	for _, c := range p.Changes {
		switch {
		case !c.Writes():
		case c.Set != nil:
			look(c.Issue, c.Set.Field, *c.Set)
		case c.Action == nil:
		case c.Action.New != nil:
			create = c.Action.New.wanted(create)
		case c.Action.Move != nil:
			look(c.Action.Key, StatusField, Setting{})
		}
	}
	return create, looks
}

// asks is what has to be known of where the issue is made.
func (i NewIssue) asks() Wanted {
	if i.Split() {
		return Wanted{Project: i.Project, Type: i.Type}
	}
	return Wanted{Project: i.Project}
}

// wanted are the projects with that of a new issue.
func (i NewIssue) wanted(create []Wanted) []Wanted {
	asked := i.asks()
	n := slices.IndexFunc(create, func(w Wanted) bool { return w.Key() == asked.Key() })
	if n < 0 {
		n, create = len(create), append(create, asked)
	}
	if who := i.Entry.Owner.Assignee(); who != "" && !slices.Contains(create[n].People, who) {
		create[n].People = append(create[n].People, who)
	}
	return create
}

// leadsTo is the status that a transition of that name leads to; without such a
// one the name itself, which may be that of a status.
func (s Screen) leadsTo(name string) string {
	if t := s.transition(name); t != nil {
		return t.To
	}
	return name
}

// transition is the one of that name, else the one that leads to a status of that
// name.
func (s Screen) transition(name string) *Transition {
	for _, is := range []func(Transition) string{func(t Transition) string { return t.Name }, func(t Transition) string { return t.To }} {
		for i, t := range s.Transitions {
			if strings.EqualFold(is(t), name) {
				return &s.Transitions[i]
			}
		}
	}
	return nil
}

// leading is the transition that leads to a status.
func (s Screen) leading(to string) *Transition {
	n := slices.IndexFunc(s.Transitions, func(t Transition) bool { return strings.EqualFold(t.To, to) })
	if n < 0 {
		return nil
	}
	return &s.Transitions[n]
}

// towards is the transition that ends an issue, or that opens it again.
func (s Screen) towards(done bool, name string) (t *Transition, why string) {
	if done && name != "" {
		if t = s.transition(name); t == nil {
			return nil, fmt.Sprintf("no transition is called or leads to “%s”; there are %s", name, s.names())
		}
	} else {
		category, instead := "new", "open it again by hand, or tick its line again"
		if done {
			category, instead = "done", "sync.actions_done names the one that is meant"
		}
		for i := range s.Transitions {
			if s.Transitions[i].Category != category {
				continue
			}
			if t != nil {
				return nil, fmt.Sprintf("several transitions lead there: %s; %s", s.leadingTo(category), instead)
			}
			t = &s.Transitions[i]
		}
		if t == nil {
			return nil, fmt.Sprintf("no transition leads there; there are %s: %s", s.names(), instead)
		}
	}
	if len(t.Needs) > 0 {
		return nil, fmt.Sprintf("the transition “%s” asks for %s; make it by hand", t.Name, strings.Join(t.Needs, ", "))
	}
	return t, ""
}

// checked holds a change that shall be made against what the site takes (S3), and
// names the site's own way to make it.
func (c Change) checked(screens map[string]Screen) Change {
	screen, known := screens[c.Issue]
	if !known || c.Status != Planned {
		return c
	}
	refuse := func(format string, args ...any) Change {
		c.Status, c.Reason = Failed, fmt.Sprintf(format, args...)
		return c
	}
	instead := "the comment says it"
	if c.Back {
		instead = "take it back by hand"
	}
	if c.Set.Field == StatusField {
		t := screen.transition(c.To)
		if c.Back { // a name of a status is none of a transition
			t = screen.leading(c.To)
		}
		switch {
		case t == nil:
			return refuse("no transition from %s is called or leads to “%s”; there are %s; %s", value(c.From), c.To, screen.names(), instead)
		case len(t.Needs) > 0:
			return refuse("the transition “%s” asks for %s, which nobody typed; make it by hand", t.Name, strings.Join(t.Needs, ", "))
		}
		c.Set.ID = t.ID
		return c
	}
	f := screen.Fields[c.Set.Field]
	if f.Missing != "" {
		return refuse("%s; %s", f.Missing, instead)
	}
	c.Set.ID, c.Set.Kind = f.ID, f.Kind
	if c.Set.Field == FlagField && c.To != "" {
		if len(f.Options) != 1 {
			return refuse("a flag is raised by hand: the site does not say by which value of its field")
		}
		c.Set.Option = f.Options[0]
	}
	if c.Set.Field == EstimateField && c.To != "" && !f.takes(c.To) {
		return refuse("the field takes no %s%s; %s", value(c.To), f.choice(), instead)
	}
	return c
}

// takes reports whether the field can hold a size.
func (f SiteField) takes(size string) bool {
	switch f.Kind {
	case "number":
		_, err := strconv.ParseFloat(size, 64)
		return err == nil
	case "option":
		return slices.Contains(f.Options, size)
	}
	return true
}

func (f SiteField) choice() string {
	if f.Kind == "number" {
		return ", only numbers; give the size its points in session.estimation.sizes"
	}
	return ", only " + strings.Join(f.Options, ", ")
}

// leadingTo names the transitions to statuses of a category.
func (s Screen) leadingTo(category string) string {
	return Screen{Transitions: slices.DeleteFunc(slices.Clone(s.Transitions), func(t Transition) bool { return t.Category != category })}.names()
}

func (s Screen) names() string {
	var names []string
	for _, t := range s.Transitions {
		names = append(names, fmt.Sprintf("“%s” (to %s)", t.Name, t.To))
	}
	if len(names) == 0 {
		return "none for this account"
	}
	return strings.Join(names, ", ")
}
