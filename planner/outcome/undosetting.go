package outcome

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"refine/planner/ticket"
)

// settingsBack restores what stood on the ticket before syncs set it, where nobody
// has touched it since. A status comes first: it may have locked the rest.
func settingsBack(in UndoInput, t Ticket) (changes []Change) {
	targets := map[string]bool{}
	for target := range in.Before[t.Key] {
		targets[target] = true
	}
	for piece := range in.Done[t.Key] {
		targets[targetOf(piece)] = true
	}
	sorted := slices.Sorted(maps.Keys(targets))
	slices.SortStableFunc(sorted, func(a, b string) int { return count(b == string(StatusField)) - count(a == string(StatusField)) })
	for _, target := range sorted {
		if c, is := in.settingBack(t, target); is {
			changes = append(changes, c.checked(in.Screens))
		}
	}
	return changes
}

// settingBack is how one piece is taken back; is is false where nothing is to be said
// of it.
func (in UndoInput) settingBack(t Ticket, target string) (c Change, is bool) {
	was, known := in.Before[t.Key][target]
	c = Change{Issue: t.Key, Kind: FieldChange, Status: Unchanged, Back: true, Detail: "“" + target + "” stays as it is"}
	s, is := settingOf(in.Session, target)
	switch {
	case was.Found:
		return c, false
	case was.Long:
		c.Reason = "what it was before a sync set it is too long to be remembered"
		return c, true
	case !known || !is:
		c.Reason = "what it was before a sync set it is no longer known"
		return c, true
	}
	if s.Field == RankField {
		return in.rankBack(t, was)
	}
	s.Board = was.Board
	c.Set, c.Kind, c.To = &s, s.Field.changes(), was.From
	now, looked := in.now(t, s)
	if missing := in.Screens[t.Key].Fields[s.Field].Missing; missing != "" && (s.Heading != "" || s.Board != "") {
		c.Status, c.Reason = Failed, missing+"; take it back by hand"
		return c, true
	}
	if !looked {
		c.Status = Planned // until it was looked at
		return c, true
	}
	c.From = now
	c.Detail = fmt.Sprintf("taken back: %s: %s → %s", s.Field, value(c.From), value(c.To))
	switch c.Status = Planned; {
	case strings.EqualFold(now, was.From):
		return c, false
	case t.unwritten():
		c.Status, c.Set, c.Detail = Unchanged, nil, "“"+target+"” stays as it is"
		c.Reason = "nothing on the ticket says that this session wrote on it, and the page alone is not believed"
	case !was.wasSet(now):
		c.Status = Conflict
		c.Reason = fmt.Sprintf("people changed it in Jira since it was set: it is %s; it was left alone", value(now))
	}
	return c, true
}

// unwritten reports whether the ticket bears no comment, link or issue of the session.
// Whoever edits the page can edit what it remembers; the ticket only those who may.
func (t Ticket) unwritten() bool { return t.Comment == nil && t.Link == nil && len(t.Made) == 0 }

// settingOf is the piece of a session's tickets that has this name among what is
// remembered of them; is is false where it is none.
func settingOf(session ticket.Session, target string) (s Setting, is bool) {
	s.Field = Field(target)
	for _, f := range []Field{LabelField, BlockerField} {
		if label, ok := strings.CutPrefix(target, string(f)+" "); ok {
			s.Field, s.Label = f, label
		}
	}
	switch s.Field {
	case CriteriaField, DescriptionField:
		s.Heading = criteriaHeading(session, s.Field)
	case FlagField, StatusField, EstimateField, RankField:
	case LabelField, BlockerField:
		return s, s.Label != ""
	default:
		return s, false
	}
	return s, true
}

// changes is the kind of a change of the field.
func (f Field) changes() ChangeKind {
	switch f {
	case StatusField:
		return TransitionChange
	case BlockerField:
		return IssueLinkChange
	case RankField:
		return RankChange
	}
	return FieldChange
}

// now is what the ticket holds of a piece; looked is false where that has to be
// looked up.
func (in UndoInput) now(t Ticket, s Setting) (now string, looked bool) {
	switch s.Field {
	case FlagField:
		return given(t.Flagged, Flagged), true
	case LabelField:
		return given(slices.Contains(t.Labels, s.Label), s.Label), true
	case BlockerField:
		return given(t.blockedBy(s.Label), s.Label), true
	case StatusField:
		return t.Status, true
	case EstimateField:
		if s.Board == "" {
			return t.Estimate, true
		}
	}
	screen, looked := in.Screens[t.Key]
	if s.Board != "" {
		return screen.Fields[s.Field].Holds, looked
	}
	return strings.Join(screen.Fields[s.Field].Lines, "\n"), looked
}

// TakenBack names, by issue, the pieces that those changes of an undo set back.
func TakenBack(changes []Change, which func(Change) bool) map[string][]string {
	taken := map[string][]string{}
	for _, c := range changes {
		if c.Back && c.Set != nil && which(c) {
			taken[c.Issue] = append(taken[c.Issue], c.target())
		}
	}
	return taken
}
