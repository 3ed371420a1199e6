package face

import (
	"fmt"
	"io"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner"
	"refine/planner/text"
)

// Tagged writes the five sections of the guide's prompt, exactly its tags in its
// order: guide, agenda, key points, questions, closing (L1). What a plan holds
// beside them stands inside the agenda.
func Tagged(w io.Writer, p planner.Plan) error {
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

var sectionTag = lazyregexp.New(`<(/?(?:refinement_guide|agenda|key_points|discussion_questions|closing_statement)>)`)

// section writes a tagged section. A ticket that holds one of the tags must not
// end it early.
func (out *page) section(tag string, body func(*page)) {
	var in page
	body(&in)
	out.line("<%s>\n%s</%s>", tag, sectionTag.ReplaceAllString(in.String(), "&lt;$1"), tag)
}

// withNewline ends a text's last line.
func withNewline(s string) string {
	if strings.HasSuffix(s, "\n") {
		return s
	}
	return s + "\n"
}

// notes are what the seed's sections have no place of their own for.
func (out *page) notes(p planner.Plan) {
	out.line("")
	out.line("Readiness: %s", p.Ready)
	for _, i := range p.Items {
		out.line("- %s", strings.TrimSuffix(fmt.Sprintf("%s %s: %s", i.Issue.Key, text.OneLine(i.Issue.Summary), i.Told()), ": "))
	}
	out.serves(p)
	out.deferred(p)
	out.line("")
	out.line("Assumptions:")
	out.list("- ", p.Assumptions)
}

// serves says which objective each item serves, and which serve none. That the
// items of an epic's session serve the epic goes without saying.
func (out *page) serves(p planner.Plan) {
	var lines, none []string
	for _, i := range p.Items {
		switch line := p.ServesBeside(i); {
		case len(i.Serves) == 0 && line != "":
			none = append(none, i.Issue.Key)
		case line != "":
			lines = append(lines, i.Issue.Key+": "+line)
		}
	}
	if len(none) > 0 {
		lines = append(lines, "None of the objectives: "+strings.Join(none, ", "))
	}
	if len(lines) == 0 {
		return
	}
	out.line("")
	out.line("Objectives served:")
	out.list("- ", lines)
}
