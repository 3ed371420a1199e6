package draft

import (
	"fmt"
	"strings"
	"time"

	"refine/planner/brief"
	"refine/planner/talks"
	"refine/planner/text"
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

// material is the brief as every writer is shown it, a model, an assistant or a
// person: each part between a line that begins and one that ends it, with a mark
// that no ticket can hold where a model reads it. What somebody wrote in more than a
// line begins with a bar on each, so that nothing in it can be taken for a line of
// the brief.
func material(in Input, mark string) string {
	m := &shown{Input: in, mark: mark}
	m.part("session", m.session)
	m.part("guide", m.guide)
	m.tickets()
	m.part("doubts", m.doubts)
	if len(in.Brief.Between) > 0 {
		m.part("order through issues outside", m.between)
	}
	if len(in.Brief.Named)+len(in.Brief.Shared)+len(in.Brief.Untold)+len(in.Brief.Series.Keys) > 0 {
		m.part("in common", m.common)
	}
	m.part("talks", m.talks)
	if len(in.Talks.PutOff) > 0 {
		m.part("put off", m.putOff)
	}
	if c := in.Brief.CarryOver; c != nil && len(c.Parts) > 0 {
		m.part("left open on "+c.Day.String(), m.lastTime)
	}
	m.part("people", m.people)
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

// unbroken sets what breaks a line, for a terminal or a reader of Unicode, into it.
var unbroken = strings.NewReplacer("\n", " ", "\r", " ", "\v", " ", "\f", " ", "\u0085", " ", "\u2028", " ", "\u2029", " ")

// line writes one line, whatever the values hold.
func (m *shown) line(format string, args ...any) {
	s := unbroken.Replace(fmt.Sprintf(format, args...))
	if m.mark != "" {
		s = strings.ReplaceAll(s, m.mark, "")
	}
	m.WriteString(s + "\n")
}

func (m *shown) part(name string, body func()) {
	m.WriteString(strings.TrimSpace("BEGIN "+name+" "+m.mark) + "\n")
	body()
	m.WriteString(strings.TrimSpace("END "+name+" "+m.mark) + "\n\n")
}

// said writes what somebody wrote, as far as there is room; what is left out is
// said to be.
func (m *shown) said(text string, most int) {
	text = strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), ""))
	most = min(most, max(mostOfSession-m.Len(), 0))
	cut := len(text)
	if cut > most {
		cut = strings.LastIndexAny(text[:most], " \n") + 1
	}
	for line := range strings.Lines(strings.ToValidUTF8(text[:cut], "")) {
		m.line("| %s", strings.TrimRight(line, "\n"))
	}
	if cut < len(text) {
		m.line("(%d more bytes are not shown)", len(text)-cut)
	}
}

// facts writes names with their values on one line, those that are empty left out.
func (m *shown) facts(indent string, pairs ...string) {
	var told []string
	for n := 0; n < len(pairs); n += 2 {
		if value := strings.Join(strings.Fields(pairs[n+1]), " "); value != "" {
			told = append(told, pairs[n]+" "+value)
		}
	}
	if len(told) > 0 {
		m.line("%s%s", indent, strings.Join(told, "; "))
	}
}

func (m *shown) session() {
	s := m.Brief.Session
	m.facts("", "Team", s.Team, "topic", s.Topic)
	m.line("Begins %s, lasts %d minutes", s.Start.Format("Mon 2 January 2006 15:04 MST"), int(s.Duration.Minutes()))
	for _, o := range m.Brief.Objectives {
		m.line("Objective: %s", o.Title())
	}
	if held := m.Brief.Withheld; len(held) > 0 {
		m.line("Withheld, as they have a security level: %s. Name them by key at most.", strings.Join(held, ", "))
	}
	for _, i := range m.Brief.Aside {
		m.line("An epic, too wide for an item: %s %s", i.Key, i.Summary)
	}
	if n := m.Brief.Repeated; n > 0 {
		m.line("Found more than once: %d", n)
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

func (m *shown) tickets() {
	if epic := m.Brief.Epic; epic != nil {
		m.part("epic "+epic.Issue.Key, func() { m.ticket(epic) })
	}
	for _, key := range m.Talks.Order {
		m.part("ticket "+key, func() { m.ticket(m.Brief.Ticket(key)) })
	}
}

// doubts are those of the tickets that are talked about.
func (m *shown) doubts() {
	for _, d := range m.Brief.Doubts {
		if !(&writer{Input: m.Input}).taken(d.Keys) {
			continue
		}
		m.line("%s %s: %s", d.ID, strings.Join(d.Keys, ", "), means(d))
		for _, q := range d.Quotes {
			m.line("   %s (%s, %s)", quoted(q.Quote), q.Key, q.Where)
		}
		for _, r := range d.Others {
			m.line("   → %s", refText(r))
		}
		m.facts("   ", "kind", string(d.Kind), "weight", fmt.Sprint(d.Weight), "said by", d.By.Name, "could be settled by", d.Ask.Name)
	}
}

// between are issues outside of the session, with what they come after and before.
func (m *shown) between() {
	for _, b := range m.Brief.Between {
		m.line("- by their links %s waits for %s; %s for it", refText(b.Ref), strings.Join(b.For, ", "), strings.Join(b.Before, ", ")+text.Agree(len(b.Before), " waits", " wait"))
	}
}

// common are things that two titles name, criteria of several tickets, and what of the
// epic's list is in none.
func (m *shown) common() {
	for _, n := range m.Brief.Named {
		if n.Same {
			m.line("- %s name the same thing in the same version, %s, and no other text does", strings.Join(n.Keys, " and "), quoted(n.Name))
			continue
		}
		m.line("- the titles of %s name %s, and no other text does", strings.Join(n.Keys, " and "), quoted(n.Name))
	}
	for _, c := range m.Brief.Shared {
		m.line("- %s have a criterion in common: %s", strings.Join(c.Keys, ", "), quoted(text.OneLine(c.Quote)))
	}
	for _, e := range m.Brief.Untold {
		m.line("- %s lists %s, which no ticket names", m.Brief.Epic.Issue.Key, quoted(e.Quote))
	}
	if s := m.Brief.Series; len(s.Keys) > 0 {
		m.line("- the titles of %s say the same but for a name: %s", strings.Join(s.Keys, ", "), quoted(strings.TrimSpace(s.Before+" … "+s.After)))
	}
}

// means says what a doubt is, with what of it no quote shows.
func means(d brief.Doubt) string {
	s := Means(d.Kind)
	if d.Thing != "" {
		s += " (" + d.Thing + ")"
	}
	if d.Blocks {
		s += "; not ready because of it"
	}
	return s
}

func (m *shown) talks() {
	for n, t := range m.Talks.Talks {
		m.line("%d. %s: %d minutes", n+1, strings.Join(t.Keys, ", "), m.Talks.Minutes[n])
		if t.Bond != talks.Alone {
			m.facts("   ", "together by", strings.TrimSpace(fmt.Sprint(t.Bond)+" "+t.Name))
		}
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
			m.line("| %s", l)
		}
		if part.More > 0 {
			m.line("and %d more", part.More)
		}
	}
}

func (m *shown) people() {
	for _, p := range m.Brief.People() {
		m.line("- %s", p.Name)
		m.facts("  ", "wrote", strings.Join(p.Wrote, ", "), "holds", strings.Join(p.Holds, ", "), "commented on", strings.Join(p.Commented, ", "))
	}
}

// refText names an issue, with its title and status.
func refText(r ticket.Ref) string {
	s := r.Key
	if r.Summary != "" {
		s += " " + quoted(r.Summary)
	}
	switch {
	case r.Status != "" && r.Done:
		s += " (" + r.Status + ", done)"
	case r.Status != "":
		s += " (" + r.Status + ")"
	}
	return s
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
