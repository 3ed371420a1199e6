package confluence

import (
	"strings"

	"refine/confluence/storage"
	"refine/planner/ready"
	"refine/planner/ticket"
)

// rules is the Definition of Ready for one item: each rule that is not met or that the
// ticket's own words meet with what shows it, the others in a line for each reason. It
// is closed until somebody wants to know, so that the page stays short.
func rules(b *storage.Builder, all ready.Results) {
	if len(all) == 0 {
		return
	}
	b.Expand("Definition of Ready: "+all.String(), func(b *storage.Builder) {
		var told []storage.Body
		for _, r := range all {
			if r.State == ready.NotMet || len(r.Evidence) > 0 {
				told = append(told, storage.Line(ruleLine(r)...))
			}
		}
		if len(told) > 0 {
			b.BulletList(told...)
		}
		if met := unopposed(all.In(ready.Met)); len(met) > 0 {
			b.Paragraph(storage.Plain("Nothing was found against: " + strings.Join(met, "; ") + "."))
		}
		for _, line := range notAsked(all.In(ready.NotApplicable)) {
			b.Paragraph(storage.Plain(line))
		}
	})
}

// ruleLine is a rule with what shows its state: red only where it keeps the item from
// being ready.
func ruleLine(r ready.Result) (line []storage.Inline) {
	switch {
	case r.State == ready.Met:
	case r.Severity == ready.Required:
		line = append(line, storage.Status(storage.Red, "Not met"), storage.Plain(" "))
	default:
		line = append(line, storage.Status(storage.Yellow, "Advice"), storage.Plain(" "))
	}
	line = append(line, storage.Plain(named(r)))
	if said := shown(r.Note, r.Evidence); len(said) > 0 {
		line = append(append(line, storage.Plain(": ")), said...)
	}
	return line
}

func named(r ready.Result) string { return r.Sentence + " (" + r.Rule + ")" }

// unopposed are the rules that no words show to be met, each with where it was looked.
func unopposed(met ready.Results) (all []string) {
	for _, r := range met {
		switch {
		case len(r.Evidence) > 0:
		case r.Note == "":
			all = append(all, named(r))
		default:
			all = append(all, named(r)+", as "+r.Note)
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
