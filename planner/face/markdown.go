package face

import (
	"io"
	"strings"

	"refine/planner"
	"refine/planner/face/markdown"
	"refine/planner/outcome"
	"refine/planner/text"
)

// Markdown writes the plan as a Markdown document.
func Markdown(w io.Writer, p planner.Plan) error {
	var out page
	out.line("# %s\n\n%s.", markdown.Text(p.Session.Title()), markdown.Text(p.Ready.String()))
	out.bullets("Before", p.Before)
	out.markdownCarryOver(p.CarryOver)
	out.markdownAgenda(p)
	out.bullets(markdown.Text(throughout(p, "")), p.Throughout)
	out.bullets("After", p.After)
	out.line("\n## Key points\n")
	for n, k := range p.KeyPoints {
		out.line("%d. **%s** %s", n+1, markdown.Text(k.Lead()), markdown.Text(k.Text))
	}
	out.line("\n## Discussion questions\n")
	for n, q := range p.Questions {
		out.line("%d. %s", n+1, markdown.Text(q.Text))
	}
	out.line("\n## Items")
	for _, i := range p.Items {
		out.markdownItem(p, i)
	}
	out.markdownDeferred(p)
	out.line("\n## Closing\n\n%s", markdown.Text(p.Closing))
	out.bullets("Assumptions", p.Assumptions)
	return out.writeTo(w)
}

func (out *page) bullets(title string, lines []string) {
	out.line("\n## %s\n", title)
	for _, l := range lines {
		out.line("- %s", markdown.Text(l))
	}
}

func (out *page) markdownCarryOver(c *outcome.CarryOver) {
	if c == nil {
		return
	}
	out.line("\n## From last time\n\n%s", markdown.Link(text.OneLine(c.Page.Title), c.Page.URL))
	for _, part := range c.Parts {
		out.line("\n%s:\n", part.Kind.Title())
		for _, l := range part.Lines {
			out.line("- %s", markdown.Text(l.String()+older(c, l)))
		}
		if part.More > 0 {
			out.line("- %d more on that page", part.More)
		}
	}
}

func (out *page) markdownAgenda(p planner.Plan) {
	out.line("\n## Agenda\n\n| Time | Minutes | Item | Notes |\n|---|---|---|---|")
	for _, ph := range p.Agenda {
		out.line("| %s–%s | %d | **%s** | %s |", clock(ph.Start), clock(ph.End), ph.Minutes, markdown.Text(ph.Name), markdown.Text(strings.Join(ph.Lines, " ")))
		for _, s := range ph.Items {
			out.line("| %s–%s | %d | %s | %s |", clock(s.Start), clock(s.End), s.Minutes, markdown.Text(presented(s)), markdown.Text(s.Note))
		}
	}
}

func (out *page) markdownItem(p planner.Plan, i planner.Item) {
	out.line("\n### %s %s\n", markdown.Link(i.Issue.Key, i.Issue.URL), markdown.Text(text.OneLine(i.Issue.Summary)))
	out.line("%s, %s.\n", minutesOf(i), markdown.Text(i.OrderReason))
	if i.Why != "" && i.Why != i.OrderReason {
		out.line("- Why: %s", markdown.Text(i.Why))
	}
	if serves := p.ServesBeside(i); serves != "" {
		out.line("- Serves: %s", markdown.Text(serves))
	}
	if i.SizeHint != "" {
		out.line("- Size: %s", markdown.Text(i.SizeHint))
	}
	for _, v := range i.Issue.Visuals {
		out.line("- Look at: %s (%s)", markdown.Link(text.OneLine(v.Name), v.URL), markdown.Text(v.Where))
	}
	for _, c := range i.Carried {
		out.line("- From last time: %s", markdown.Text(c.OfItem()))
	}
	if told := i.Told(); told != "" {
		out.line("- %s", markdown.Text(told))
	}
	for _, f := range i.Beside() {
		out.line("- %s", markdown.Text(text.UpperFirst(f.Message)))
	}
	if i.Invest.Verdict != "" {
		out.line("- INVEST: %s", markdown.Text(i.Invest.String()))
	}
	if len(i.Rules) > 0 {
		out.line("- Definition of Ready: %s", markdown.Text(i.Rules.String()))
	}
	for _, q := range i.Questions {
		out.line("- Question: %s", markdown.Text(q))
	}
}

func (out *page) markdownDeferred(p planner.Plan) {
	if left := leftOut(p); left != "" {
		out.line("\n%s", markdown.Text(left))
	}
}
