package planner

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/draft"
	"refine/planner/text"
)

// quotable are the texts that a plan may quote: as they are, and markup and white
// space aside.
func quotable(p Plan) (texts []string) {
	add := func(raw ...string) {
		for _, s := range raw {
			texts = append(texts, text.OneLine(s), text.Fold(s))
		}
	}
	add(p.Guide.Text(), p.Session.Topic)
	for _, i := range ticketsOf(p) {
		add(i.Key, i.Summary, i.Description, i.AcceptanceCriteria, i.Reporter.Name, i.Assignee.Name)
		for _, c := range i.Comments {
			add(c.Body)
		}
		for _, l := range i.Links {
			add(l.Summary, strings.TrimSpace(l.Phrase+" "+l.Key))
		}
		for _, a := range i.Attachments {
			add(a.Name)
		}
		for _, v := range i.FixVersions {
			add(v.Name)
		}
		if i.StoryPoints != nil {
			add(fmt.Sprintf("%g", *i.StoryPoints))
		}
		if i.Sprint != nil {
			add(i.Sprint.Goal)
		}
	}
	add(p.Objectives...)
	for _, l := range p.CarryOver.All() {
		add(l.Words())
	}
	return texts
}

// quote wants words to stand in one of the texts; parts between "…" each do.
func (g *gate) quote(q, where string) {
	for part := range strings.SplitSeq(strings.ReplaceAll(q, "...", "…"), "…") {
		folded, verbatim := text.Fold(part), text.OneLine(part)
		stands := slices.ContainsFunc(g.texts, func(t string) bool {
			return folded != "" && strings.Contains(t, folded) || strings.Contains(t, verbatim)
		})
		g.want(stands && strings.TrimSpace(q) != "", "quotes", "%s quotes “%s”, which stands nowhere", where, q)
	}
}

// grounds wants every quotation of the plan to stand in some text that was given.
func (g *gate) grounds() {
	for where, texts := range allTexts(g.plan) {
		for _, t := range texts {
			for _, q := range draft.Quotes(t) {
				g.quote(q, where)
			}
		}
	}
	slices.SortFunc(g.found, func(a, b Violation) int { return strings.Compare(a.String(), b.String()) })
}

// allTexts are the plan's own texts by where they stand.
func allTexts(p Plan) map[string][]string {
	out := map[string][]string{
		"goal": {p.Goal}, "before": p.Before, "throughout": p.Throughout, "after": p.After, "closing": {p.Closing}, "assumptions": p.Assumptions,
	}
	for _, k := range p.KeyPoints {
		out["key points"] = append(out["key points"], k.Text)
	}
	for _, q := range p.Questions {
		out["questions"] = append(out["questions"], q.Text)
	}
	for _, ph := range p.Agenda {
		out["agenda"] = append(out["agenda"], ph.Lines...)
		for _, s := range ph.Items {
			out["agenda"] = append(out["agenda"], s.Note)
		}
	}
	for _, i := range p.Items {
		out["items"] = append(append(out["items"], i.Why, i.Verdict), i.Questions...)
	}
	return out
}

// closingSentences are the sentences of a closing, whatever it quotes.
func closingSentences(s string) (all []string) {
	for _, q := range draft.Quotes(s) {
		s = strings.ReplaceAll(s, "“"+q+"”", "x")
	}
	for _, b := range text.ReadLine(s).Blocks {
		for _, said := range b.Sentences {
			all = append(all, said.Text)
		}
	}
	return all
}
