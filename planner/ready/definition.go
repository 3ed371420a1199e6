package ready

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"refine/planner/text"
)

// rule is the team's entry for id, for items of a type; nil if it has none.
func (d Definition) rule(id, kind string) *Rule {
	for n := range d.Rules {
		if r := &d.Rules[n]; r.ID == id && r.about(kind) {
			return r
		}
	}
	return nil
}

func (r *Rule) about(kind string) bool {
	same := func(t string) bool { return strings.EqualFold(t, kind) }
	return len(r.Types) == 0 || slices.ContainsFunc(r.Types, same)
}

// severity is what the team made of a rule, empty where it left it alone.
func (d Definition) severity(id, kind string) Severity {
	if r := d.rule(id, kind); r != nil {
		return r.Severity
	}
	return ""
}

// types are the issue types that the team's entries for a rule are about.
func (d Definition) types(id string) (out []string) {
	for _, k := range d.Rules {
		if k.ID == id {
			out = append(out, k.Types...)
		}
	}
	return out
}

// A judgedRule is a rule as it is for one type of issue.
type judgedRule struct {
	Rule
	aside string // why it is not about issues of that type
}

// judged are the rules for issues of a type, in their order: [Rules], then the
// team's own. What is off for all is left out.
func (d Definition) judged(kind string) (out []judgedRule) {
	for _, k := range Rules() {
		out = d.judge(out, k, kind)
	}
	for n, k := range d.Rules {
		first := slices.IndexFunc(d.Rules, func(o Rule) bool { return o.ID == k.ID })
		if k.Pattern != nil && first == n {
			k.Severity, k.Sentence = cmp.Or(k.Severity, Required), k.said()
			out = d.judge(out, k, kind)
		}
	}
	return out
}

// byType is [Definition.judged], made once for each type.
func (d Definition) byType() func(kind string) []judgedRule {
	made := map[string][]judgedRule{}
	return func(kind string) []judgedRule {
		if _, known := made[kind]; !known {
			made[kind] = d.judged(kind)
		}
		return made[kind]
	}
}

func (d Definition) judge(out []judgedRule, k Rule, kind string) []judgedRule {
	switch entry := d.rule(k.ID, kind); {
	case entry == nil && k.Pattern != nil:
		return append(out, judgedRule{k, "it is for " + text.Enumerate(d.types(k.ID)) + " alone"})
	case entry == nil:
		return append(out, judgedRule{k, ""})
	case entry.Severity == Off && len(entry.Types) > 0:
		return append(out, judgedRule{k, "the team has switched it off for " + text.Enumerate(entry.Types)})
	case entry.Severity == Off:
		return out
	default:
		k.Severity = cmp.Or(entry.Severity, k.Severity)
		k.Pattern, k.Forbid, k.In = entry.Pattern, entry.Forbid, entry.In
		return append(out, judgedRule{k, ""})
	}
}

// String tells how the team's definition differs from the default.
func (d Definition) String() string {
	said := map[Severity][]string{}
	var own []string
	for _, k := range d.Rules {
		name := k.ID
		if len(k.Types) > 0 {
			name += " (" + text.Enumerate(k.Types) + ")"
		}
		switch {
		case k.Pattern != nil && k.Severity != Off:
			own = append(own, fmt.Sprintf("%s %s", cmp.Or(k.Severity, Required), name))
		case k.Severity != "":
			said[k.Severity] = append(said[k.Severity], name)
		}
	}
	parts := []string{"the default rules"}
	for _, s := range []Severity{Required, Advice, Off} {
		if names := said[s]; len(names) > 0 {
			parts = append(parts, text.Enumerate(names)+" "+string(s))
		}
	}
	if d.MaxPoints > 0 {
		parts = append(parts, fmt.Sprintf("at most %g story points", d.MaxPoints))
	}
	if len(own) > 0 {
		parts = append(parts, "rules of the team's own: "+text.Enumerate(own))
	}
	return strings.Join(parts, "; ")
}
