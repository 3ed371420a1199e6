package face

import (
	"fmt"
	"io"

	"refine/planner"
	"refine/planner/outcome"
	"refine/planner/text"
)

// Text writes the plan for a terminal.
func Text(w io.Writer, p planner.Plan) error {
	var out page
	out.line("%s", p.Session.Title())
	out.line("%s", p.Ready)
	out.line("")
	out.agenda(p)
	for _, part := range []struct {
		name string
		body func()
	}{
		{"Key points", func() { out.keyPoints(p) }},
		{"Discussion questions", func() { out.questions(p) }},
		{"Items", func() { out.items(p) }},
		{"Closing", func() { out.line("%s", p.Closing) }},
		{"Assumptions", func() { out.list("- ", p.Assumptions) }},
	} {
		out.line("")
		out.line("%s", part.name)
		part.body()
	}
	out.deferred(p)
	return out.writeTo(w)
}

func (out *page) agenda(p planner.Plan) {
	out.line("Before")
	out.list("- ", p.Before)
	out.carryOver(p.CarryOver)
	for _, ph := range p.Agenda {
		out.line("")
		out.line("%s-%s (%d min) %s", clock(ph.Start), clock(ph.End), ph.Minutes, ph.Name)
		out.list("- ", ph.Lines)
		for _, s := range ph.Items {
			out.line("- %s-%s (%d min) %s", clock(s.Start), clock(s.End), s.Minutes, slot(p, s))
		}
	}
	out.line("")
	out.line("%s", throughout(p, "Throughout: "))
	out.list("- ", p.Throughout)
	out.line("")
	out.line("After")
	out.list("- ", p.After)
}

// carryOver is what the previous session left open, with the page it stands on.
func (out *page) carryOver(c *outcome.CarryOver) {
	if c == nil {
		return
	}
	out.line("")
	out.line("From last time: %s %s", text.OneLine(c.Page.Title), c.Page.URL)
	for _, part := range c.Parts {
		out.line("%s:", part.Kind.Title())
		for _, l := range part.Lines {
			out.line("- %s%s", l, older(c, l))
		}
		if part.More > 0 {
			out.line("- %d more on that page", part.More)
		}
	}
}

// older says since when a line is open, if that is longer than since the last
// session.
func older(c *outcome.CarryOver, l outcome.Carried) string {
	if l.Since == c.Day {
		return ""
	}
	return fmt.Sprintf(" (open since %s)", l.Since)
}

func (out *page) keyPoints(p planner.Plan) {
	for n, k := range p.KeyPoints {
		out.line("%d. %s %s", n+1, k.Lead(), k.Text)
	}
}

func (out *page) questions(p planner.Plan) {
	for n, q := range p.Questions {
		out.line("%d. %s", n+1, q.Text)
	}
}

func (out *page) items(p planner.Plan) {
	for _, i := range p.Items {
		out.line("- %s %s (%s)", i.Issue.Key, text.OneLine(i.Issue.Summary), minutesOf(i))
		if i.Why != "" {
			out.line("    why: %s", i.Why)
		}
		if serves := p.ServesBeside(i); serves != "" && (p.Given || len(i.Serves) > 0) {
			out.line("    serves: %s", serves)
		}
		if i.SizeHint != "" {
			out.line("    size: %s", i.SizeHint)
		}
		for _, v := range i.Issue.Visuals {
			out.line("    look at: %s (%s)", text.OneLine(v.Name), v.Where)
		}
		for _, c := range i.Carried {
			out.line("    from last time: %s", c.OfItem())
		}
		out.line("    %s", i.Told())
		for _, f := range i.Beside() {
			out.line("    also: %s", f.Message)
		}
		if i.Invest.Split != nil {
			out.line("    %s", i.Invest.Split)
		}
		out.list("    ? ", i.Questions)
	}
}

func (out *page) deferred(p planner.Plan) {
	if left := leftOut(p); left != "" {
		out.line("")
		out.line("%s", left)
	}
}
