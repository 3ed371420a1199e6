package outcome

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"refine/planner/ticket"
)

// Field is what a sync may set on a ticket, by what it means. Which field of the
// site that is package jira knows.
type Field string

const (
	FlagField   Field = "flag"
	LabelField  Field = "label" // one label, which is there or not
	StatusField Field = "status"
	// EstimateField is the site's number of story points, or what stands for it.
	EstimateField Field = "estimate"
	// CriteriaField is a passage of criteria, under a heading of its own, in the site's
	// field for them, DescriptionField in the description.
	CriteriaField    Field = "acceptance criteria"
	DescriptionField Field = "description"
)

// shared reports whether a field has one value, whoever sets it: what we set there
// last is known by it.
func (f Field) shared() bool { return f != LabelField && f != FlagField && f != BlockerField }

// Flagged is the value of a flag that is up.
const Flagged = "flagged"

// A Setting is one piece of a ticket as it shall be: [Change.From] is what it was
// when it was read and [Change.To] what it becomes, either empty for nothing. A
// write compares before it sets.
type Setting struct {
	Field Field
	// Label is the label that is added or taken off, the key of what blocks, or the
	// transition that the team wants.
	Label string
	Box   Box    // the box whose ticking asks for it, empty where a line does
	ID    string // what the site calls the field, or of a status the transition
	Kind  string // of the site's field, see [SiteField]
	// Heading stands over the passage that is set; its lines are those of the values.
	Heading string
	// Board is whose estimation field is set, by name or id; empty is the site's one for
	// story points.
	Board string
	// Option is the value of a flag that is raised, as the site calls it.
	Option string
	// Of a rank only: Beside is the ticket that it is in front of or behind, Between those
	// that stand in front of it and behind it once it is set, empty for none. Within is
	// the backlog of which it is the first or the last. IssueID is the ticket's id. Saw is
	// the text of its rank as it was read, Left as it is then, set by whoever writes it,
	// empty where they could not read it. Back is where it stood before. Turn counts those
	// that are ranked together.
	Beside          string
	Between         [2]string
	Within          *ticket.BacklogQuery
	IssueID         string
	Saw, Left, Back string
	Turn            int
}

// piece names what a change sets among the pieces of its ticket.
func (c Change) piece() string {
	name := strings.TrimSpace(string(c.Set.Field) + " " + c.Set.Label)
	if c.Set.Field == RankField && c.Set.Box == "" {
		name = string(RankField) + " line" // whatever it says
	}
	if c.Set.Box != "" {
		name = string(c.Set.Box) + "/" + name
	}
	return name
}

// settings are what the ticket's lines ask for beside being told there: the agreed
// criteria, the estimate, what blocks it, its rank, and what a ticked box does. Each is
// decided, and checked where the screen is known. A new status comes last: it may
// lock what else is set.
func (in WritebackInput) settings(t Ticket, entries []Entry) (changes []Change) {
	box := ticked(entries)
	effect := in.Effects[box]
	add := func(kind ChangeKind, s Setting, from, to, saw string) {
		s.Box = box
		changes = append(changes, in.sets(t, kind, s, from, to, saw))
	}
	changes = slices.Concat(in.criteria(t, entries), in.estimate(t, entries), in.blockers(t, entries))
	if effect.RemoveFlag {
		add(FieldChange, Setting{Field: FlagField}, given(t.Flagged, Flagged), "", Flagged)
	}
	if l := effect.AddLabel; l != "" {
		add(FieldChange, Setting{Field: LabelField, Label: l}, given(slices.Contains(t.Labels, l), l), l, "")
	}
	if l := effect.RemoveLabel; l != "" {
		add(FieldChange, Setting{Field: LabelField, Label: l}, given(slices.Contains(t.Labels, l), l), "", l)
	}
	changes = append(changes, in.rank(t, entries, box)...)
	if to := effect.Transition; to != "" {
		add(TransitionChange, Setting{Field: StatusField, Label: to}, t.Status, in.leadsTo(t, box, to), cmp.Or(in.Seen[t.Key].Status, t.Status))
	}
	return changes
}

// leadsTo is the status that a transition leads to, by its name. Where it was made
// already that is where the ticket stands: it may not be offered there any more.
func (in WritebackInput) leadsTo(t Ticket, box Box, name string) string {
	made := Change{Set: &Setting{Field: StatusField, Label: name, Box: box}}
	if in.Done[t.Key][made.piece()] == print(t.Status) {
		return t.Status
	}
	return in.Screens[t.Key].leadsTo(name)
}

// sets decides a setting that a line asks for, or a box.
func (in WritebackInput) sets(t Ticket, kind ChangeKind, s Setting, from, to, saw string) Change {
	return in.decided(Change{Issue: t.Key, Kind: kind, From: from, To: to, Set: &s}, saw).checked(in.Screens)
}

// given is the value if there is one.
func given(there bool, value string) string {
	if there {
		return value
	}
	return ""
}

// decided says what becomes of a setting (S6): it is made where the ticket holds
// what it held when the session was planned, or what we set there ourselves. What
// was set once and changed by people since is left alone.
func (in WritebackInput) decided(c Change, saw string) Change {
	done := in.Done[c.Issue]
	set, before := done[c.piece()]
	last, ours := done[string(c.Set.Field)]
	c.Detail = fmt.Sprintf("%s: %s → %s", c.Set.Field, value(c.From), value(c.To))
	switch c.Status = Planned; {
	case strings.EqualFold(c.From, c.To):
		c.Status = Unchanged
	case before && (set == print(c.To) || c.Set.Field == StatusField): // whose piece names what is asked for
		c.Detail = fmt.Sprintf("%s: %s, not %s", c.Set.Field, value(c.From), value(c.To))
		c.Status, c.Reason = Unchanged, "people changed it in Jira since it was set; it was left alone"
	case ours && last != print(c.From):
		c.Status = Conflict
		c.Reason = fmt.Sprintf("people changed it in Jira since it was set: it is %s; it was left alone, please carry it over by hand", value(c.From))
	case !ours && c.From != saw:
		c.Status = Conflict
		c.Reason = fmt.Sprintf("it is not what it was when the session was planned, %s, but %s; it was left alone, please carry it over by hand", value(saw), value(c.From))
	}
	return c
}

// value is what a field holds, for people.
func value(s string) string {
	if s == "" {
		return "nothing"
	}
	return quoted(strings.ReplaceAll(s, "\n", "; "))
}

// Done is what a page remembers to have set on its tickets: by issue, for each
// piece the print of its value. What stands there was set once; what people make
// of it afterwards is theirs. It is written behind the tickets: a run that dies in
// between has set something and noted nothing, and the next one finds the value as
// wanted and notes it.
type Done map[string]map[string]string

// print is a value as [Done] remembers it.
func print(value string) string { return digest(value)[:8] }

// Done is what the page's state shall remember, given what it remembers now. What
// a box did is forgotten once it is no longer ticked: ticked again, it does so
// again.
func (p SyncPlan) Done(before Done) Done {
	after := Done{}
	for issue, pieces := range before {
		box, read := p.boxes[issue]
		kept := maps.Clone(pieces)
		maps.DeleteFunc(kept, func(piece, _ string) bool {
			of, _, effect := strings.Cut(piece, "/")
			return read && effect && Box(of) != box
		})
		if len(kept) > 0 {
			after[issue] = kept
		}
	}
	for _, c := range p.Changes {
		if c.Set == nil || c.Back || c.Status != Applied && (c.Status != Unchanged || c.Reason != "") || c.Unread() {
			continue
		}
		if after[c.Issue] == nil {
			after[c.Issue] = map[string]string{}
		}
		switch after[c.Issue][c.piece()] = print(c.To); {
		case c.Set.Field == RankField: // whose place is told by other tickets
			after[c.Issue][c.piece()] = print(c.Set.Label)
			after[c.Issue][string(RankField)] = c.Set.Left
		case c.Set.Field.shared():
			after[c.Issue][string(c.Set.Field)] = print(c.To) // by whatever box, to know it as ours
		}
	}
	return after
}
