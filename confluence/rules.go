package confluence

import (
	"strings"

	"refine/confluence/storage"
	"refine/planner/ready"
	"refine/planner/ticket"
)

// rules is the Definition of Ready for one item: the rules that are not met with what
// shows it, the words of the ticket with the rules that they meet, the others in a line
// for each reason. It is closed until somebody wants to know, so that the page stays short.
func rules(b *storage.Builder, all ready.Results) {
	if len(all) == 0 {
		return
	}
	b.Expand("Definition of Ready: "+all.String(), func(b *storage.Builder) {
		var told []storage.Body
		for _, r := range all.In(ready.NotMet) {
			told = append(told, storage.Line(unmetLine(r)...))
		}
		met := all.In(ready.Met)
		if told = append(told, metLines(met)...); len(told) > 0 {
			b.BulletList(told...)
		}
		if fine := unopposed(met); len(fine) > 0 {
			b.Paragraph(storage.Plain("Nothing was found against: " + strings.Join(fine, "; ") + "."))
		}
		for _, line := range notAsked(all.In(ready.NotApplicable)) {
			b.Paragraph(storage.Plain(line))
		}
	})
}

// unmetLine is a rule with what shows that it is not met: red only where that keeps the
// item from being ready.
func unmetLine(r ready.Result) (line []storage.Inline) {
	line = append(line, storage.Status(storage.Yellow, "Advice"))
	if r.Severity == ready.Required {
		line[0] = storage.Status(storage.Red, "Not met")
	}
	line = append(line, storage.Plain(" "+named(r)))
	if said := shown(r.Note, r.Evidence); len(said) > 0 {
		line = append(append(line, storage.Plain(": ")), said...)
	}
	return line
}

// metLines are words of the ticket, each with the rules that they meet.
func metLines(met ready.Results) (lines []storage.Body) {
	var quotes []ticket.Evidence
	rules := map[ticket.Evidence][]string{}
	for _, r := range met {
		if len(r.Evidence) == 0 {
			continue
		}
		first := r.Evidence[0]
		if rules[first] == nil {
			quotes = append(quotes, first)
		}
		rules[first] = append(rules[first], metBy(r))
	}
	for _, q := range quotes {
		lines = append(lines, storage.Line(append(shown("", []ticket.Evidence{q}), storage.Plain(": "+strings.Join(rules[q], "; ")))...))
	}
	return lines
}

func named(r ready.Result) string { return r.Sentence + " (" + r.Rule + ")" }

// metBy is a rule with what is said of it.
func metBy(r ready.Result) string {
	if r.Note == "" {
		return named(r)
	}
	return r.Sentence + " (" + r.Rule + ": " + r.Note + ")"
}

// unopposed are the rules that no words show to be met, each with where it was looked.
func unopposed(met ready.Results) (all []string) {
	for _, r := range met {
		if len(r.Evidence) == 0 {
			all = append(all, metBy(r))
		}
	}
	return all
}

// notAsked names the rules that do not apply, those with one reason together.
func notAsked(aside ready.Results) (lines []string) {
	var reasons []string
	rules := map[string][]string{}
	for _, r := range aside {
		if rules[r.Note] == nil {
			reasons = append(reasons, r.Note)
		}
		rules[r.Note] = append(rules[r.Note], r.Rule)
	}
	for _, why := range reasons {
		lines = append(lines, "Does not apply, as "+why+": "+strings.Join(rules[why], ", ")+".")
	}
	return lines
}

// shown is what is said and the words of the ticket that it is about.
func shown(said string, quotes []ticket.Evidence) (text []storage.Inline) {
	if said != "" {
		text = append(text, storage.Plain(said))
	}
	for _, e := range quotes {
		if len(text) > 0 {
			text = append(text, storage.Plain(" "))
		}
		text = append(text, storage.Em("“"+e.Quote+"”"), storage.Plain(" ("+e.Where+")"))
	}
	return text
}
