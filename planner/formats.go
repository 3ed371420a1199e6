package planner

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"refine/planner/guide"
)

// page collects a format's lines; what fails is the writing, at the end.
type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) {
	fmt.Fprintf(&p.Builder, format+"\n", args...)
}

func (p *page) list(mark string, lines []string) {
	for _, l := range lines {
		p.line("%s%s", mark, l)
	}
}

func (p *page) writeTo(w io.Writer) error {
	_, err := io.WriteString(w, p.String())
	return err
}

// WriteTagged writes the five sections of the guide's prompt, exactly its tags
// in its order: guide, agenda, key points, questions, closing. What a plan
// holds beside them stands inside the agenda.
func WriteTagged(w io.Writer, p Plan) error {
	var out page
	out.section("refinement_guide", func(in *page) { in.WriteString(withNewline(p.Guide.Text())) })
	out.line("")
	out.section("agenda", func(in *page) { in.agenda(p); in.notes(p) })
	out.line("")
	out.section("key_points", func(in *page) { in.keyPoints(p) })
	out.line("")
	out.section("discussion_questions", func(in *page) { in.questions(p) })
	out.line("")
	out.section("closing_statement", func(in *page) { in.line("%s", p.Closing) })
	return out.writeTo(w)
}

var sectionTag = regexp.MustCompile(`<(/?(?:refinement_guide|agenda|key_points|discussion_questions|closing_statement)>)`)

// section writes a tagged section. A ticket that holds one of the tags must not
// end it early.
func (out *page) section(tag string, body func(*page)) {
	var in page
	body(&in)
	out.line("<%s>\n%s</%s>", tag, sectionTag.ReplaceAllString(in.String(), "&lt;$1"), tag)
}

// WriteText writes the plan for a terminal.
func WriteText(w io.Writer, p Plan) error {
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
	out.deferred(p, "")
	return out.writeTo(w)
}

func (out *page) agenda(p Plan) {
	out.line("Before")
	out.list("- ", p.Before)
	out.carryOver(p.CarryOver)
	for _, ph := range p.Agenda {
		out.line("")
		out.line("%s-%s (%d min) %s", clock(ph.Start), clock(ph.End), ph.Minutes, ph.Name)
		out.list("- ", ph.Lines)
		for _, s := range ph.Items {
			out.line("- %s-%s (%d min) %s: %s", clock(s.Start), clock(s.End), s.Minutes, p.presented(s, ph.Name), s.Note)
		}
	}
	out.line("")
	out.line("%s", p.throughout("Throughout: "))
	out.list("- ", p.Throughout)
	out.line("")
	out.line("After")
	out.list("- ", p.After)
}

// carryOver is what the previous session left open, with the page it stands on.
func (out *page) carryOver(c *CarryOver) {
	if c == nil {
		return
	}
	out.line("")
	out.line("From last time: %s %s", oneLine(c.Page.Title), c.Page.URL)
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
func older(c *CarryOver, l Carried) string {
	if l.Since == c.Day {
		return ""
	}
	return fmt.Sprintf(" (open since %s)", l.Since)
}

// throughout is the heading of what runs through all phases; prefix stands
// before the guide's own name for it.
func (p Plan) throughout(prefix string) string {
	if name := p.Guide.Throughout(); name != "" {
		return prefix + name
	}
	return "Throughout"
}

// talk is the name of the phase in which the items are talked about.
func (p Plan) talk() string {
	if n := p.Guide.Box(guide.Talk); n >= 0 {
		return p.Guide.Boxes()[n].Name
	}
	return ""
}

// named is an item as the agenda calls it: with its title where it comes first.
func (p Plan) named(key, phase string) string {
	for _, i := range p.Items {
		if i.Issue.Key == key && phase == p.talk() {
			return key + " " + ShortTitle(i.Issue)
		}
	}
	return key
}

// presented is the item of a slot with whose turn it is.
func (p Plan) presented(s Slot, phase string) string {
	names := []string{p.named(s.Key, phase)}
	for _, key := range s.With {
		names = append(names, p.named(key, phase))
	}
	name := enumerate(names)
	if s.Topic != "" {
		name = s.Topic
	}
	if s.Presenter == "" {
		return name
	}
	return name + " (" + oneLine(s.Presenter) + ")"
}

// withNewline ends a text's last line.
func withNewline(s string) string {
	if strings.HasSuffix(s, "\n") {
		return s
	}
	return s + "\n"
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// notes are what the seed's sections have no place of their own for.
func (out *page) notes(p Plan) {
	out.line("")
	out.line("Readiness: %s", p.Ready)
	out.list("- ", p.readyLines())
	out.serves(p)
	out.deferred(p, ":")
	out.line("")
	out.line("Assumptions:")
	out.list("- ", p.Assumptions)
}

// serves says which objective each item serves, in one line where all serve the
// same. That the items of an epic's session serve the epic goes without saying.
func (out *page) serves(p Plan) {
	served := slices.DeleteFunc(grouped(p.Items, Item.key, p.servesBeside), func(g group) bool { return g.name == "" })
	if len(served) == 0 {
		return
	}
	out.line("")
	if len(served) == 1 && len(served[0].keys) == len(p.Items) {
		out.line("Objective served by %s: %s", all(len(p.Items)), served[0].name)
		return
	}
	out.line("Objectives served:")
	for _, s := range served {
		out.line("- %s: %s", upperFirst(among(keysOfItems(p.Items), s.keys)), s.name)
	}
}

// servesBeside is what the item serves beside the session's epic, empty if that is
// all.
func (p Plan) servesBeside(i Item) string {
	all := len(i.Serves)
	i.Serves = slices.DeleteFunc(slices.Clone(i.Serves), func(s Serves) bool {
		return p.Epic != nil && strings.HasPrefix(s.Objective, p.Epic.Key+" ")
	})
	if all > 0 && len(i.Serves) == 0 {
		return ""
	}
	return p.ServesLine(i)
}

func keysOfItems(items []Item) (keys []string) {
	for _, i := range items {
		keys = append(keys, i.Issue.Key)
	}
	return keys
}

// grouped is what is said of several, each said once, with the keys that share
// it.
func grouped[T any](several []T, key, say func(T) string) (out []group) {
	for _, one := range several {
		said := say(one)
		at := slices.IndexFunc(out, func(g group) bool { return g.name == said })
		if at < 0 {
			at, out = len(out), append(out, group{name: said})
		}
		out[at].keys = append(out[at].keys, key(one))
	}
	return out
}

func (i Item) key() string { return i.Issue.Key }

// verdict is ready, or the one thing that blocks first.
func (i Item) verdict() string {
	switch {
	case i.Ready && len(i.Findings) > 0:
		return "ready. To mention: " + i.Findings[0].String()
	case i.Ready:
		return "ready"
	default:
		return notReady + i.Findings[0].String()
	}
}

// String is the finding with its evidence, on one line.
func (f Finding) String() string {
	var quotes []string
	for _, e := range f.Evidence {
		quotes = append(quotes, fmt.Sprintf("%s (%s)", e, e.Where))
	}
	if len(quotes) == 0 {
		return f.Message
	}
	return f.Message + ": " + enumerate(quotes)
}

func (out *page) deferred(p Plan, colon string) {
	if len(p.Deferred) == 0 {
		return
	}
	out.line("")
	out.line("For the next session%s", colon)
	for _, d := range p.Deferred {
		out.line("- %s %s: %s", d.Key, oneLine(d.Summary), d.Reason)
	}
}

func (out *page) keyPoints(p Plan) {
	for n, k := range p.KeyPoints {
		out.line("%d. %s %s", n+1, k.Lead(), k.Text)
	}
}

func (out *page) questions(p Plan) {
	for n, q := range p.Questions {
		out.line("%d. %s", n+1, q.Text)
	}
}

func (out *page) items(p Plan) {
	for _, i := range p.Items {
		out.line("- %s %s (%d min; %s)", i.Issue.Key, oneLine(i.Issue.Summary), i.Minutes, i.OrderReason)
		if i.Why != "" {
			out.line("    why: %s", i.Why)
		}
		if serves := p.ServesLine(i); serves != "" {
			out.line("    serves: %s", serves)
		}
		if i.SizeHint != "" {
			out.line("    size: %s", i.SizeHint)
		}
		for _, v := range i.Issue.Visuals {
			out.line("    look at: %s (%s)", oneLine(v.Name), v.Where)
		}
		for _, c := range i.Carried {
			out.line("    from last time: %s", c.OfItem())
		}
		out.line("    %s", i.verdict())
		for _, f := range i.Findings[min(len(i.Findings), 1):] {
			out.line("    also: %s", f)
		}
		if i.Invest.Verdict != "" {
			out.line("    INVEST: %s", i.Invest)
		}
		for n, l := range i.ruleLines() {
			out.line("    %s%s", strings.Repeat("  ", min(n, 1)), l)
		}
		out.list("    ? ", i.Questions)
	}
}
