package outcome

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"refine/planner/ticket"
)

// pending stands for the key of an issue that is about to be made.
const pending = "a new issue"

// An action is a line of the page, an action item or a split story, with the issue
// that was made of it, if one was.
type action struct {
	ticket   *Ticket
	line     *Entry // in its ticket's history
	withheld bool   // people deleted the comment that said it
	made     *Made
}

// pairActions finds for each line of that kind the issue that was made of it.
// As for lines of comments, its words, its id and its likeness tell which it is;
// one that was moved to another ticket's section keeps its issue.
func pairActions(tickets []Ticket, histories map[string]*history, kind EntryKind) (all []*action) {
	left := map[string][]*Made{}
	for i := range tickets {
		t := &tickets[i]
		mine, made := actionsOf(t, histories[t.Key], kind), t.madeOf(kind)
		then := make([]Entry, len(made))
		for n, m := range made {
			then[n] = m.Mark.Entry
		}
		now := make([]Entry, len(mine))
		for n, a := range mine {
			now[n] = *a.line
		}
		m := newMatcher(then, now)
		m.pairAll()
		for n, a := range mine {
			if was := m.was[n]; was > 0 {
				a.made = made[was-1]
			}
		}
		for n, issue := range made {
			if !m.used[n] {
				left[t.Key] = append(left[t.Key], issue)
			}
		}
		all = append(all, mine...)
	}
	for _, sign := range []func(was, is line) bool{line.sameID, line.sameWords} {
		for _, key := range slices.Sorted(maps.Keys(left)) {
			left[key] = slices.DeleteFunc(left[key], func(m *Made) bool { return adopt(all, m, sign) })
		}
	}
	return all
}

// adopt gives an issue to the line of another ticket that it was made of.
func adopt(all []*action, m *Made, sign func(was, is line) bool) bool {
	for _, a := range all {
		if a.made == nil && sign(lineOf(m.Mark.Entry), lineOf(*a.line)) {
			a.made = m
			return true
		}
	}
	return false
}

// madeOf are the ticket's issues that were made of lines of a kind.
func (t *Ticket) madeOf(kind EntryKind) (made []*Made) {
	for n := range t.Made {
		if t.Made[n].Mark.Entry.Kind == kind {
			made = append(made, &t.Made[n])
		}
	}
	return made
}

func actionsOf(t *Ticket, h *history, kind EntryKind) (mine []*action) {
	for _, lines := range []struct {
		entries  []Entry
		withheld bool
	}{{h.now, false}, {h.withheld, true}} {
		for i := range lines.entries {
			if e := &lines.entries[i]; e.Kind == kind && e.With == "" {
				mine = append(mine, &action{ticket: t, line: e, withheld: lines.withheld})
			}
		}
	}
	return mine
}

// actionChanges decides what becomes of the issues of a session's action items and
// split stories, by ticket, and notes their keys and what Jira says of them in the
// lines.
func (in WritebackInput) actionChanges(tickets []Ticket, histories map[string]*history) map[string][]Change {
	changes := map[string][]Change{}
	for _, kind := range []EntryKind{Action, SplitStory} {
		for _, a := range pairActions(tickets, histories, kind) {
			key := a.ticket.Key
			switch {
			case a.made != nil:
				changes[key] = append(changes[key], in.update(a, histories[key])...)
			case a.line.Issue != "":
				changes[key] = append(changes[key], told(a, fmt.Sprintf("%s is gone, or hidden from this account; no other one is made", a.line.Issue)))
			case in.makes(kind) && !a.withheld && !a.line.Done:
				changes[key] = append(changes[key], in.create(a, histories[key]))
			}
		}
	}
	return changes
}

// makes reports whether issues are made of lines of that kind.
func (in WritebackInput) makes(kind EntryKind) bool {
	return kind == Action && in.Actions.Creates() || kind == SplitStory && in.Split.Create
}

// kind is that of a change of its issue.
func (a *action) kind() ChangeKind { return issueKinds[a.line.Kind] }

// told is a change that only says something of an action.
func told(a *action, reason string) Change {
	return Change{Issue: a.ticket.Key, Kind: a.kind(), Status: Unchanged, Detail: a.line.describe(), Reason: reason}
}

// issueOf is the issue to be made of a line, as far as the team says it.
func (in WritebackInput) issueOf(a *action) (n NewIssue, as ActionsAs) {
	t := a.ticket
	n = NewIssue{
		Project: ticket.Project(t.Key), Summary: a.line.summary(), Ticket: t.Key, PageURL: in.Page.URL, PageTitle: in.Page.Title, Entry: *a.line,
	}
	switch {
	case n.Split():
		n.Type, n.Link = t.Type, cmp.Or(in.Split.Link, relates)
		return n, ActionsAsTask
	case in.Actions.As == ActionsAsSubtask:
		n.Parent = t.Key
	default:
		n.Link = cmp.Or(in.Actions.Link, relates)
	}
	return n, in.Actions.As
}

// relates is the type of links that every site has.
const relates = "Relates"

// create makes an issue of a line, where that can be.
func (in WritebackInput) create(a *action, h *history) Change {
	t, e := a.ticket, a.line
	if why := in.unwritable(*t, *h); why != "" {
		return told(a, "no issue is made of it while "+why)
	}
	n, as := in.issueOf(a)
	can, known := in.Creatable[n.asks().Key()]
	if known {
		if why := can.can(as, *t, *e); why != "" {
			return told(a, "it stays in the comment alone: "+why)
		}
		n.TypeID, n.Type, n.Describe = can.TypeID, can.Type, slices.Contains(can.Screen, "description")
	}
	var without []string
	if n.Split() && t.Parent != nil {
		if n.Epic, n.EpicField = t.Parent.Key, can.EpicField; n.EpicField == "" {
			without = append(without, "epic")
		}
	}
	if n.Due = e.Due; !e.Due.IsZero() && !slices.Contains(can.Screen, DueField) {
		n.Due, without = ticket.Date{}, append(without, "due date")
	}
	if n.Assignee = e.Owner.Assignee(); n.Assignee != "" && !slices.Contains(can.Screen, AssigneeField) {
		n.Assignee, without = "", append(without, "assignee")
	}
	c := Change{
		Issue: t.Key, Kind: a.kind(), Status: Planned, Detail: fmt.Sprintf("new %s: %s", cmp.Or(n.Type, "issue"), e.describe()),
		Action: &ActionWrite{Mark: in.actionMark(a, *e), New: &n},
	}
	if known && len(without) > 0 {
		c.Reason = "its screen has no field for the " + strings.Join(without, " and the ") + ", which the description names"
	}
	e.Issue = pending
	return c
}

// unwritable says why a ticket's comment, which remembers what was made of its
// lines, cannot be written, empty if it can.
func (in WritebackInput) unwritable(t Ticket, h history) string {
	if c := commentChange(in, t, h); c.Status == Conflict {
		return "the comment cannot be written: " + c.Reason
	}
	return ""
}

func (in WritebackInput) actionMark(a *action, e Entry) ActionMark {
	e.Issue, e.With = "", ""
	return ActionMark{
		Version: 1, Kind: string(a.kind()), Owner: in.Session.Owner, Session: in.Session.ID, Page: in.Page.ID,
		Ticket: a.ticket.Key, Entry: e,
	}
}

// update brings an action's issue and its line together. Either side's change
// since they last agreed reaches the other one; what both changed is a conflict.
func (in WritebackInput) update(a *action, h *history) (changes []Change) {
	m, e := a.made, a.line
	e.Issue = m.Key
	agreed := *e
	w := &ActionWrite{Key: m.Key, Set: map[string]ActionValue{}, From: m.Status}
	var details []string
	conflict := func(what, page, jira string) {
		changes = append(changes, Change{
			Issue: a.ticket.Key, Kind: a.kind(), Status: Conflict, Detail: fmt.Sprintf("%s, %s: %s", m.Key, what, value(page)),
			Reason: fmt.Sprintf("people changed it in Jira, to %s; it was left alone", value(jira)),
		})
	}
	was := m.Mark.Entry
	for _, f := range []struct {
		id, name, page, base, jira string
		keep                       func()
	}{
		{SummaryField, "summary", e.summary(), m.agreedSummary(*e), m.Summary, func() { agreed.Text = was.Text }},
		{DueField, "due date", e.Due.String(), was.Due.String(), m.Due.String(), func() { agreed.Due = was.Due }},
		{AssigneeField, "assignee", e.Owner.Assignee(), was.Owner.Assignee(), m.Assignee, func() { agreed.Owner = was.Owner }},
	} {
		switch {
		case f.page == f.base, f.page == f.jira, f.id == AssigneeField && e.Owner != nil && f.page == "":
		case f.jira != f.base:
			conflict(f.name, f.page, f.jira)
			f.keep()
		default:
			w.Set[f.id] = ActionValue{f.jira, f.page}
			details = append(details, fmt.Sprintf("%s %s → %s", f.name, value(f.jira), value(f.page)))
		}
	}
	if e.Done != m.Done && e.Kind == Action {
		detail, refused := in.status(a, w)
		if refused != "" {
			agreed.Done = was.Done
			changes = append(changes, told(a, m.Key+": "+refused))
		} else if details = append(details, detail); w.Tick != nil {
			agreed.Done = m.Done
			h.ticked(e, m.Done)
		}
	}
	w.Mark = in.actionMark(a, agreed)
	if w.Mark.Ticket = cmp.Or(m.Mark.Ticket, a.ticket.Key); len(details) == 0 && w.Mark.Entry.hash() == was.hash() {
		return changes
	}
	if len(details) == 0 {
		details = []string{"noted as page and issue have it"}
	}
	return append(changes, Change{
		Issue: a.ticket.Key, Kind: a.kind(), Status: Planned, Action: w, Target: m.Key,
		Detail: m.Key + ": " + strings.Join(details, ", "),
	})
}

// ticked makes a line say what Jira says of its issue.
func (h *history) ticked(e *Entry, done bool) {
	before := *e
	e.Done = done
	h.edited = append(h.edited, edit{before, *e})
}

// status decides which side follows where one says done and the other does not:
// the later edit wins. What differs from what both agreed on last was changed since;
// and a status that was moved after the page was last saved is later than any tick.
func (in WritebackInput) status(a *action, w *ActionWrite) (detail, refused string) {
	m, e := a.made, a.line
	if e.Done == m.Mark.Entry.Done || !m.Moved.IsZero() && m.Moved.After(in.Saved) {
		if e.ID == "" {
			return "", fmt.Sprintf("it is %s in Jira, and its line on the page is no task that could say so", value(m.Status))
		}
		w.Tick = e
		return fmt.Sprintf("%s in Jira, so that its task on the page is %s", value(m.Status), map[bool]string{true: "ticked", false: "opened again"}[m.Done]), ""
	}
	screen, known := in.Screens[m.Key]
	if !known {
		w.Move = &Transition{}
		return "", ""
	}
	t, why := screen.towards(e.Done, in.Actions.Done)
	if why != "" {
		return "", fmt.Sprintf("it is %s on the page, and %s", map[bool]string{true: "ticked", false: "open"}[e.Done], why)
	}
	w.Move = t
	return fmt.Sprintf("%s → %s", value(m.Status), value(t.To)), ""
}

// Named puts the keys of the issues that were made into the comment of their
// ticket. changes are one ticket's. A comment that was only to be written for
// them, and none was made, stands as wanted.
func Named(changes []Change) {
	keys := map[string]string{}
	for _, c := range changes {
		if c.Action != nil && c.Action.New != nil && c.Status == Applied {
			keys[c.Action.Mark.Entry.hash()] = c.Action.Key
		}
	}
	for i, c := range changes {
		if c.Note == nil {
			continue
		}
		waited := false // else it has more to say than its hash tells, such as a name
		for n, e := range c.Note.Entries {
			if e.Issue == pending {
				c.Note.Entries[n].Issue, waited = keys[e.hash()], true
			}
		}
		if waited && c.CommentID != "" && c.Status == Planned && c.Was == c.Note.Hash() {
			changes[i].Status = Unchanged
		}
	}
}

// SameWords reports whether two lines have the same text, whatever became of their
// owner, date and tick.
func (e Entry) SameWords(o Entry) bool { return lineOf(e).sameWords(lineOf(o)) }

// stands reports whether a line that a ticket was told says the same and is not gone.
func (e Entry) stands(told Entry) bool { return !told.Gone && e.SameWords(told) }

// Ticks reports whether the page's task has to be ticked, or its tick taken off,
// before the change is made.
func (c Change) Ticks() bool { return c.Status == Planned && c.Action != nil && c.Action.Tick != nil }

// Ticks are the actions of the page whose tasks have to say what Jira says.
func (p SyncPlan) Ticks() (actions []Entry) {
	for _, c := range p.Changes {
		if c.Ticks() {
			actions = append(actions, *c.Action.Tick)
		}
	}
	return actions
}
