package ready

import (
	"slices"
	"time"

	"refine/planner/ticket"
)

// Judge reads issues and judges each by a team's Definition of Ready on the day
// of at, by itself and its story beside the others. They come back in their order.
func Judge(issues []ticket.Issue, d Definition, at time.Time) []Judged {
	by := standard{d, at}
	var set storySet
	rules := d.byType()
	out, all := make([]Judged, len(issues)), make([][]finding, len(issues))
	for n, i := range issues {
		r := Read(i)
		out[n].Issue, out[n].Reading = i, r
		all[n] = r.findings(by)
		set.stories = append(set.stories, r.sketch())
	}
	set.settle()
	for n := range out {
		beside := weighed(set.findings(n), issues[n].Type, d)
		out[n].judge(rules(issues[n].Type), sorted(append(all[n], beside...)))
		out[n].Rules.beside(set.proofs(n), beside)
	}
	return out
}

func (j *Judged) judge(rules []judgedRule, all []finding) {
	j.Findings, j.Ready = plain(all), !blocked(all)
	j.Rules = j.Reading.results(rules, all)
	j.Invest = j.Reading.invest(all)
	j.Criteria = j.Reading.criteria()
}

// beside says of the rules about a set what the story shows beside the others.
func (all Results) beside(shown setProofs, broken []finding) {
	proofs := map[string]proof{RuleUnique: shown.unique, RuleUniform: shown.uniform}
	for n, r := range all {
		p, about := proofs[r.Rule]
		if !about || r.Note != noOthers {
			continue
		}
		if i := slices.IndexFunc(broken, func(f finding) bool { return f.Rule == r.Rule }); i >= 0 {
			all[n] = r.broken(broken[i].Finding)
		} else {
			all[n] = r.shown(p)
		}
	}
}
