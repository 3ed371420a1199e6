package face

import (
	"fmt"
	"io"
	"strings"

	"refine/planner"
	"refine/planner/outcome"
)

// markdownEscaper makes ticket text stay text in CommonMark and its tables.
var markdownEscaper = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;",
	"|", `\|`, "#", `\#`, "!", `\!`, "~", `\~`, "\n", " ", "\r", " ",
)

func md(s string) string { return markdownEscaper.Replace(s) }

// Markdown writes the plan as a Markdown document.
func Markdown(w io.Writer, p planner.Plan) error {
	var out page
	out.line("# %s\n\n%s.", md(p.Session.Title()), md(p.Ready.String()))
	out.bullets("Before", p.Before)
	out.markdownCarryOver(p.CarryOver)
	out.markdownAgenda(p)
	out.bullets(md(throughout(p, "")), p.Throughout)
	out.bullets("After", p.After)
	out.line("\n## Key points\n")
	for n, k := range p.KeyPoints {
		out.line("%d. **%s** %s", n+1, md(k.Lead()), md(k.Text))
	}
	out.line("\n## Discussion questions\n")
	for n, q := range p.Questions {
		out.line("%d. %s", n+1, md(q.Text))
	}
	out.line("\n## Items")
	for _, i := range p.Items {
		out.markdownItem(p, i)
	}
	out.markdownDeferred(p)
	out.line("\n## Closing\n\n%s", md(p.Closing))
	out.bullets("Assumptions", p.Assumptions)
	return out.writeTo(w)
}

func (out *page) bullets(title string, lines []string) {
	out.line("\n## %s\n", title)
	for _, l := range lines {
		out.line("- %s", md(l))
	}
}

func (out *page) markdownCarryOver(c *outcome.CarryOver) {
	if c == nil {
		return
	}
	out.line("\n## From last time\n\n%s", markdownLink(oneLine(c.Page.Title), c.Page.URL))
	for _, part := range c.Parts {
		out.line("\n%s:\n", part.Kind.Title())
		for _, l := range part.Lines {
			out.line("- %s", md(l.String()+older(c, l)))
		}
		if part.More > 0 {
			out.line("- %d more on that page", part.More)
		}
	}
}

func (out *page) markdownAgenda(p planner.Plan) {
	out.line("\n## Agenda\n\n| Time | Minutes | Item | Notes |\n|---|---|---|---|")
	for _, ph := range p.Agenda {
		out.line("| %s–%s | %d | **%s** | %s |", clock(ph.Start), clock(ph.End), ph.Minutes, md(ph.Name), md(strings.Join(ph.Lines, " ")))
		for _, s := range ph.Items {
			out.line("| %s–%s | %d | %s | %s |", clock(s.Start), clock(s.End), s.Minutes, md(presented(s)), md(s.Note))
		}
	}
}

func (out *page) markdownItem(p planner.Plan, i planner.Item) {
	out.line("\n### %s %s\n", markdownLink(i.Issue.Key, i.Issue.URL), md(oneLine(i.Issue.Summary)))
	out.line("%d minutes, %s.\n", i.Minutes, md(i.OrderReason))
	if i.Why != "" {
		out.line("- Why: %s", md(i.Why))
	}
	if serves := p.ServesBeside(i); serves != "" {
		out.line("- Serves: %s", md(serves))
	}
	if i.SizeHint != "" {
		out.line("- Size: %s", md(i.SizeHint))
	}
	for _, v := range i.Issue.Visuals {
		out.line("- Look at: %s (%s)", markdownLink(oneLine(v.Name), v.URL), md(v.Where))
	}
	for _, c := range i.Carried {
		out.line("- From last time: %s", md(c.OfItem()))
	}
	out.line("- %s", md(upperFirst(verdict(i))))
	for _, f := range i.Beside() {
		out.line("- %s", md(upperFirst(f.Message)))
	}
	if i.Invest.Verdict != "" {
		out.line("- INVEST: %s", md(i.Invest.String()))
	}
	if len(i.Rules) > 0 {
		out.line("- Definition of Ready: %s", md(i.Rules.String()))
	}
	for _, q := range i.Questions {
		out.line("- Question: %s", md(q))
	}
}

// markdownLink links only to the web; an address is not text, so what could
// end it early is encoded.
func markdownLink(text, url string) string {
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		return md(text)
	}
	return fmt.Sprintf("[%s](<%s>)", md(text), strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", "\n", "").Replace(url))
}

func (out *page) markdownDeferred(p planner.Plan) {
	if left := leftOut(p); left != "" {
		out.line("\n%s", md(left))
	}
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
