package draft

import (
	"cmp"
	"fmt"
	"strings"

	"refine/planner/brief"
	"refine/planner/ready"
	"refine/planner/text"
)

// ticket writes all that is known of a ticket, or of the epic.
func (m *shown) ticket(t *brief.Ticket) {
	i := t.Issue
	if i.Restricted {
		m.line("It has a security level; nothing of it is shown.")
		return
	}
	m.line("Title: %s", i.Summary)
	m.fields(t)
	m.ties(t)
	m.days(t)
	for _, s := range t.Serves {
		m.line("Serves: %s (%s)", s.Objective, s.By)
	}
	for _, v := range t.Masked {
		m.line("Taken out of its %s: %s", v.Where, v.What)
	}
	if t.Problem.Where != ready.Summary && t.Problem.Quote != "" {
		m.line("In its words: %s (%s)", quoted(t.Problem.Quote), t.Problem.Where)
	}
	for _, g := range t.Guesses() {
		m.line("Not sure of: %s (%s)", quoted(g.Quote), g.Where)
	}
	m.rules(t)
	m.text("Description", i.Description)
	if i.AcceptanceCriteria != "" {
		m.text("Acceptance criteria, a field of their own", i.AcceptanceCriteria)
	}
	for _, a := range i.Agreed {
		if len(a.Decisions) > 0 {
			m.line("Decided on %s:", a.On)
			m.said(strings.Join(a.Decisions, "\n"), mostOfComment)
		}
		if len(a.Criteria) > 0 {
			m.line("Acceptance criteria, agreed on %s:", a.On)
			m.said(strings.Join(a.Criteria, "\n"), mostOfComment)
		}
	}
	m.comments(t)
}

// fields are what a ticket's fields hold, by the names that people use; what is
// empty is said to be where a plan depends on it. When it last changed is left out:
// what we write into a ticket would make it another one.
func (m *shown) fields(t *brief.Ticket) {
	i := t.Issue
	m.facts("", "Type", i.Type, "status", i.Status, "priority", cmp.Or(priority(i), "none"), "story points", decimal(i.StoryPoints), "value", decimal(i.BusinessValue))
	m.facts("", "Reporter", i.Reporter.Name, "assignee", cmp.Or(i.Assignee.Name, "nobody"), "created", stamp(i.Created))
	m.facts("", "Labels", strings.Join(i.Labels, ", "))
	m.facts("", "Components", strings.Join(i.Components, ", "))
	if i.Flagged {
		m.line("Flagged")
	}
}

// ties are the issues and things beside a ticket.
func (m *shown) ties(t *brief.Ticket) {
	i := t.Issue
	if i.Parent != nil {
		m.line("Part of %s", refText(*i.Parent))
	}
	for _, l := range i.Links {
		m.line("Link: %s %s", l.Phrase, refText(l.Ref))
	}
	for _, r := range i.Subtasks {
		m.line("Subtask: %s", refText(r))
	}
	for _, a := range i.Attachments {
		m.line("Attachment: %s", a.Name)
	}
	for _, v := range i.Visuals {
		m.line("To look at: %s %s (%s)", v.Name, v.URL, v.Where)
	}
}

// days are dates, releases and sprints, past ones called so, and what moved.
func (m *shown) days(t *brief.Ticket) {
	for _, d := range t.Days {
		when := d.On.String()
		switch {
		case d.Over && d.What == "release":
			when += " (released)"
		case d.Over:
			when += " (closed)"
		case d.Past:
			when += " (past)"
		case when == "":
			when = "without a day"
		}
		m.facts("", text.UpperFirst(string(d.What)), d.Name+" "+when)
	}
	if s := t.Issue.Sprint; s != nil {
		m.facts("", "Goal of its sprint:", s.Goal)
	}
	h := t.Issue.History
	if h == nil {
		return
	}
	for _, c := range h.Changes {
		m.line("Moved: %s from %s to %s on %s", c.Field, cmp.Or(c.From, "none"), cmp.Or(c.To, "none"), stamp(c.At))
	}
	if h.Sprints > 1 {
		m.line("Moved: it has been in %d sprints", h.Sprints)
	}
}

// rules tell what of the team's Definition of Ready is not met, and where the
// ticket says when it is done. An epic is held to none.
func (m *shown) rules(t *brief.Ticket) {
	if len(t.Rules) == 0 || m.Brief.Epic != nil && t.Issue.Key == m.Brief.Epic.Issue.Key {
		return
	}
	m.line("Ready: %s; %s", map[bool]string{true: "yes", false: "no"}[t.Ready], t.Rules)
	for _, r := range t.Rules.In(ready.NotMet) {
		m.line("- not met, %s: %s", r.Severity, r)
	}
	for _, c := range t.Criteria {
		m.line("- done when: %s (%s)", quoted(c.Quote), c.Where)
	}
}

func (m *shown) text(name, text string) {
	if strings.TrimSpace(text) == "" {
		m.line("%s: none", name)
		return
	}
	m.line("%s:", name)
	m.said(text, mostOfText)
}

// comments are all that were read, those about progress and those of programs
// marked so.
func (m *shown) comments(t *brief.Ticket) {
	all := t.Reading.Comments()
	if len(all) == 0 {
		m.line("Comments: none")
	}
	if more := t.Issue.CommentTotal - len(all); more > 0 {
		m.line("(%d more comments were not delivered)", more)
	}
	before := m.Len()
	for _, c := range all {
		about := ""
		switch {
		case c.Program:
			about = " (posted by a program)"
		case c.Progress:
			about = " (progress)"
		}
		m.line("Comment by %s, %s%s:", cmp.Or(c.By().Name, "somebody"), cmp.Or(stamp(c.Comment.Created), "no day"), about)
		m.said(c.Comment.Body, min(mostOfComment, max(mostOfTicket-(m.Len()-before), 0)))
	}
}

func decimal(n *float64) string {
	if n == nil {
		return ""
	}
	return fmt.Sprintf("%g", *n)
}
