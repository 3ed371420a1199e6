package planner

import (
	"fmt"
	"io"
	"strings"
)

// markdownEscaper makes ticket text stay text in CommonMark and its tables.
var markdownEscaper = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;",
	"|", `\|`, "#", `\#`, "!", `\!`, "~", `\~`, "\n", " ", "\r", " ",
)

func md(s string) string { return markdownEscaper.Replace(s) }

// WriteMarkdown writes the plan as a Markdown document.
func WriteMarkdown(w io.Writer, p Plan) error {
	var out page
	out.line("# %s\n\n%s.", md(p.Session.Title()), md(p.Ready.String()))
	out.bullets("Before", p.Before)
	out.markdownCarryOver(p.CarryOver)
	out.markdownAgenda(p)
	out.bullets(md(p.throughout("")), p.Throughout)
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

func (out *page) markdownCarryOver(c *CarryOver) {
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

func (out *page) markdownAgenda(p Plan) {
	out.line("\n## Agenda\n\n| Time | Minutes | Item | Notes |\n|---|---|---|---|")
	for _, ph := range p.Agenda {
		out.line("| %s–%s | %d | **%s** | %s |", clock(ph.Start), clock(ph.End), ph.Minutes, md(ph.Name), md(strings.Join(ph.Lines, " ")))
		for _, s := range ph.Items {
			out.line("| %s–%s | %d | %s | %s |", clock(s.Start), clock(s.End), s.Minutes, md(p.presented(s, ph.Name)), md(s.Note))
		}
	}
}

func (out *page) markdownItem(p Plan, i Item) {
	out.line("\n### %s %s\n", markdownLink(i.Issue.Key, i.Issue.URL), md(oneLine(i.Issue.Summary)))
	out.line("%d minutes, %s.\n", i.Minutes, md(i.OrderReason))
	if i.Why != "" {
		out.line("- Why: %s", md(i.Why))
	}
	if serves := p.ServesLine(i); serves != "" {
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
	out.line("- %s", md(upperFirst(i.verdict())))
	for _, f := range i.Findings[min(len(i.Findings), 1):] {
		out.line("- %s", md(upperFirst(f.String())))
	}
	if i.Invest.Verdict != "" {
		out.line("- INVEST: %s", md(i.Invest.String()))
	}
	for n, l := range i.ruleLines() {
		out.line("%s- %s", strings.Repeat("  ", min(n, 1)), md(l))
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

func (out *page) markdownDeferred(p Plan) {
	if len(p.Deferred) == 0 {
		return
	}
	out.line("\n## For the next session\n")
	for _, d := range p.Deferred {
		out.line("- %s %s: %s", markdownLink(d.Key, d.URL), md(oneLine(d.Summary)), md(d.Reason))
	}
}
