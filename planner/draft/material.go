package draft

import (
	"fmt"
	"strings"

	"refine/planner/brief"
	"refine/planner/ready"
	"refine/planner/ticket"
)

// How much of a session is shown to a writer, in bytes. What does not fit is left
// out, and said to be.
const (
	mostOfText    = 12_000  // of a description
	mostOfComment = 4_000   // of one comment
	mostOfTicket  = 30_000  // of all comments of a ticket
	mostOfSession = 240_000 // of everything
)

// material is the brief as a writer is shown it: each part between a line that
// begins and one that ends it, with the mark that no ticket can hold.
func material(in Input, mark string) string {
	m := &shown{Input: in, mark: mark}
	m.part("session", m.session)
	m.part("guide", m.guide)
	m.tickets()
	m.part("doubts", m.doubts)
	m.part("talks", m.talks)
	if len(in.Talks.PutOff) > 0 {
		m.part("put off", m.putOff)
	}
	if in.Brief.CarryOver != nil {
		m.part("left open last time", m.lastTime)
	}
	return m.String()
}

// texts are the tickets alone.
func texts(in Input, mark string) string {
	m := &shown{Input: in, mark: mark}
	m.tickets()
	return m.String()
}

// shown collects what a writer is shown.
type shown struct {
	Input
	strings.Builder
	mark string
}

func (m *shown) line(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

func (m *shown) part(name string, body func()) {
	m.line("%s", strings.TrimSpace("BEGIN "+name+" "+m.mark))
	body()
	m.line("%s\n", strings.TrimSpace("END "+name+" "+m.mark))
}

// said writes what somebody wrote, as far as there is room; what is left out is
// said to be.
func (m *shown) said(text string, most int) {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), "")
	if m.mark != "" {
		text = strings.ReplaceAll(text, m.mark, "")
	}
	most = min(most, max(mostOfSession-m.Len(), 0))
	if len(text) > most {
		cut := strings.LastIndexAny(text[:most], " \n") + 1
		text = fmt.Sprintf("%s\n(%d more bytes are not shown)", strings.ToValidUTF8(text[:cut], ""), len(text)-cut)
	}
	m.line("%s", strings.TrimSpace(text))
}

func (m *shown) tickets() {
	if epic := m.Brief.Epic; epic != nil {
		m.part("epic "+epic.Issue.Key, func() { m.ticket(epic) })
	}
	for _, key := range m.Talks.Order {
		m.part("ticket "+key, func() { m.ticket(m.Brief.Ticket(key)) })
	}
}

func (m *shown) session() {
	s := m.Brief.Session
	m.line("Team: %s", s.Team)
	m.line("Topic: %s", s.Topic)
	m.line("Begins: %s, %d minutes", s.Start.Format("Mon 2 January 2006 15:04 MST"), int(s.Duration.Minutes()))
	for _, o := range m.Brief.Objectives {
		m.line("Objective: %s", o.Title())
	}
	if held := m.Brief.Withheld; len(held) > 0 {
		m.line("Withheld, because they have a security level: %s. Name them by key at most.", strings.Join(held, ", "))
	}
}

func (m *shown) guide() {
	for _, p := range m.Guide.Phases() {
		m.line("%s", p.Name)
	}
	m.line("Lines that key points may cite:")
	for _, l := range m.Guide.Points() {
		m.line("- %s", l)
	}
}

func (m *shown) ticket(t *brief.Ticket) {
	i := t.Issue
	m.line("Title: %s", i.Summary)
	if i.Restricted {
		m.line("It has a security level; nothing else of it is shown.")
		return
	}
	for _, f := range fields(t, m.Brief.Session.Date()) {
		m.line("%s: %s", f[0], f[1])
	}
	for _, v := range t.Masked {
		m.line("Taken out of its %s: %s", v.Where, v.What)
	}
	m.text("Description", i.Description)
	if i.AcceptanceCriteria != "" {
		m.text("Acceptance criteria", i.AcceptanceCriteria)
	}
	for _, a := range i.Agreed {
		m.line("Decided on %s: %s", a.On, strings.Join(a.Decisions, "; "))
	}
	m.comments(t)
	if m.Brief.Epic == nil || i.Key != m.Brief.Epic.Issue.Key {
		m.rules(t)
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

// comments are all that were read, those about progress marked so.
func (m *shown) comments(t *brief.Ticket) {
	i := t.Issue
	if more := i.CommentTotal - len(i.Comments); more > 0 {
		m.line("(%d comments are not shown)", more)
	}
	before := m.Len()
	for n, c := range i.Comments {
		progress := ""
		if said := t.Reading.Comments(); n < len(said) && said[n].Progress {
			progress = " (progress)"
		}
		m.line("Comment by %s, %s%s:", c.Author.Name, c.Created.Format("2006-01-02"), progress)
		m.said(c.Body, min(mostOfComment, max(mostOfTicket-(m.Len()-before), 0)))
	}
}

func (m *shown) rules(t *brief.Ticket) {
	status := "not ready"
	if t.Ready {
		status = "ready"
	}
	m.line("Status by the Definition of Ready: %s", status)
	for _, r := range t.Rules.In(ready.NotMet) {
		m.line("- not met: %s", r)
	}
	for _, e := range t.Criteria {
		m.line("- says when it is done: %s (%s)", quoted(e.Quote), e.Where)
	}
}

func (m *shown) doubts() {
	for _, d := range m.Brief.Doubts {
		if !m.concerns(d.Keys) {
			continue
		}
		m.line("%s", strings.TrimRight(fmt.Sprintf("%s %s, weight %d: %s %s", d.ID, d.Kind, d.Weight, strings.Join(d.Keys, ", "), d.Thing), " "))
		for _, q := range d.Quotes {
			m.line("  %s, %s: %s", q.Key, q.Where, quoted(q.Quote))
		}
	}
}

func (m *shown) concerns(keys []string) bool { return (&writer{Input: m.Input}).taken(keys) }

func (m *shown) talks() {
	for n, t := range m.Talks.Talks {
		m.line("%s", strings.TrimRight(fmt.Sprintf("%d. %s: %d minutes, together by %s %s", n+1, strings.Join(t.Keys, ", "), m.Talks.Minutes[n], t.Bond, t.Name), " "))
	}
}

func (m *shown) putOff() {
	for _, l := range m.Talks.PutOff {
		m.line("%s %s (%s)", l.Key, l.Summary, l.Reason)
	}
}

func (m *shown) lastTime() {
	for _, part := range m.Brief.CarryOver.Parts {
		m.line("%s:", part.Kind.Title())
		for _, l := range part.Lines {
			m.line("- %s", l)
		}
	}
}

// fields are what a ticket's fields hold, by the names that people use; what is
// empty is said to be where a plan depends on it.
func fields(t *brief.Ticket, today ticket.Date) (out [][2]string) {
	i := t.Issue
	add := func(name, value string) {
		if value != "" {
			out = append(out, [2]string{name, value})
		}
	}
	add("Type", i.Type)
	add("Status", i.Status)
	add("Priority", or(priority(i), "none"))
	add("Reporter", i.Reporter.Name)
	add("Assignee", or(i.Assignee.Name, "nobody"))
	if !i.Due.IsZero() {
		add("Due", i.Due.String()+past(i.Due, today))
	}
	for _, v := range i.FixVersions {
		state := " (not released)"
		if v.Released {
			state = " (released)"
		}
		add("Release", v.Name+releaseDay(v, today)+state)
	}
	add("Sprint", sprint(i))
	add("Labels", strings.Join(i.Labels, ", "))
	add("Components", strings.Join(i.Components, ", "))
	if i.StoryPoints != nil {
		add("Story points", fmt.Sprintf("%g", *i.StoryPoints))
	}
	if i.Parent != nil {
		add("Parent", i.Parent.Key+" "+i.Parent.Summary)
	}
	for _, l := range i.Links {
		add("Link", fmt.Sprintf("%s %s %s%s", l.Phrase, l.Key, l.Summary, status(l.Status)))
	}
	for _, r := range i.Subtasks {
		add("Subtask", r.Key+" "+r.Summary+status(r.Status))
	}
	for _, a := range i.Attachments {
		add("Attachment", a.Name)
	}
	if h := i.History; h != nil {
		for _, c := range h.Changes {
			add("Changed", fmt.Sprintf("%s on %s from %s to %s", c.Field, c.At.Format("2006-01-02"), or(c.From, "none"), or(c.To, "none")))
		}
	}
	if !i.Created.IsZero() {
		add("Created", i.Created.Format("2006-01-02"))
	}
	return out
}

func or(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}
