package confluence

import (
	"refine/confluence/storage"
	"refine/planner/ready"
	"refine/planner/ticket"
)

// rules is the Definition of Ready for one item, rule by rule with what shows
// it. It is closed until somebody wants to know, so that the page stays short.
func rules(b *storage.Builder, all ready.Results) {
	if len(all) == 0 {
		return
	}
	rows := make([]storage.Row, len(all))
	for n, r := range all {
		rows[n] = storage.Row{
			storage.Line(storage.Plain(r.Sentence + " (" + r.Rule + ")")),
			storage.Line(ruleState(r)...),
			storage.Line(shown(r.Note, r.Evidence)...),
		}
	}
	b.Expand("Definition of Ready: "+all.String(), func(b *storage.Builder) {
		b.Table([]string{"A ready item", "This one", "What shows it"}, rows...)
	})
}

// ruleState is red only where it keeps the item from being ready. Of a rule that is met
// nothing is said: all that is known is that nothing speaks against it.
func ruleState(r ready.Result) []storage.Inline {
	switch {
	case r.State == ready.Met:
		return nil
	case r.State == ready.NotApplicable:
		return []storage.Inline{storage.Status(storage.Grey, "N/A")}
	case r.Severity == ready.Required:
		return []storage.Inline{storage.Status(storage.Red, "Not met")}
	}
	return []storage.Inline{storage.Status(storage.Yellow, "Advice")}
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
