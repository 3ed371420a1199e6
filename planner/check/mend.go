package check

import (
	"slices"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/draft"
	"refine/planner/text"
	"refine/planner/ticket"
)

// straight are quotation marks of other kinds around something.
var straight = lazyregexp.New(`"([^"“”\n]+)"|„([^“”\n]+)[“”]|«\s?([^«»\n]+?)\s?»`)

// mend puts right what is only a slip: white space, quotation marks, a key that
// the text names and the line does not list, the ticket's own spelling of a
// quote, a missing stop, what stands in front of the line anyway.
func (k *knowledge) mend(l draft.Line, p part) draft.Line {
	l.Text = unheaded(text.OneLine(l.Text), l.Keys, p)
	l.Keys = slices.Clone(l.Keys)
	for _, key := range ticket.IssueKeys(draft.Outside(l.Text)) {
		if k.keyed[key] && !slices.Contains(l.Keys, key) {
			l.Keys = append(l.Keys, key)
		}
	}
	l.Text = draft.MapOutside(l.Text, func(s string) string { return k.requoted(l, s) })
	for _, q := range draft.Quotes(l.Text) {
		if own := k.spelled(l, q); own != "" && own != q {
			l.Text = strings.Replace(l.Text, "“"+q+"”", "“"+own+"”", 1)
		}
	}
	if n := len(l.Text); n > 0 && !strings.ContainsAny(l.Text[n-1:], ".?!:)") && !strings.HasSuffix(l.Text, "”") && !strings.HasSuffix(l.Text, "…") {
		l.Text += "."
	}
	return l
}

// unheaded leaves out what the plan itself puts in front: the status before a
// verdict, the only key before what a talk is for.
func unheaded(line string, keys []string, p part) string {
	var heads []string
	switch {
	case p == verdictPart:
		heads = []string{"Ready", "No criteria yet", "Not ready", "No gap found", "Gap found"}
	case (p == talkPart || p == resultPart) && len(keys) == 1:
		heads = keys
	}
	for _, head := range heads {
		if rest, ok := strings.CutPrefix(line, head+": "); ok {
			return text.UpperFirst(rest)
		}
	}
	return line
}

// requoted gives words of a ticket in other quotation marks the plan's.
func (k *knowledge) requoted(l draft.Line, text string) string {
	if !strings.Contains(text, `"`) && !strings.Contains(text, "„") && !strings.Contains(text, "«") {
		return text
	}
	return straight.ReplaceAllStringFunc(text, func(s string) string {
		if within := strings.Trim(s, "\"„“”«» "); k.stands(l, within) {
			return "“" + within + "”"
		}
		return s
	})
}
