package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"refine/internal/lazyregexp"
)

// Ready is a team's Definition of Ready, as changes to the default one.
type Ready struct {
	Rules     []Rule `json:"rules" jsonschema_description:"Changes to the default rules, and rules of the team's own. Of several entries for one id, the first that is about an issue's type counts."`
	MaxPoints int    `json:"max_points" jsonschema:"minimum=1" jsonschema_description:"Most story points of one ticket; more keep it from being ready by the rule size. Without it more than 13 are told and keep none."`
}

// Rule changes one of [ReadyRules] or, with Pattern or Forbid, is a rule of the
// team's own.
type Rule struct {
	ID       string   `json:"id" jsonschema:"required" jsonschema_description:"One of refine's own rules, which refine check names in its findings, or any other name for a rule with pattern or forbid."`
	Severity string   `json:"severity" jsonschema:"enum=required,enum=advice,enum=off" jsonschema_description:"required: an item that does not meet it is not ready; advice: shown, no more; off: not looked at. Default for a rule of the team's own: required."`
	Types    []string `json:"types" jsonschema_description:"Names of the issue types it is about. Default: all."`
	Pattern  string   `json:"pattern" jsonschema_description:"Regular expression (RE2) that has to match: (?i)figma|mock-?up."`
	Forbid   string   `json:"forbid" jsonschema_description:"Regular expression that must not match."`
	In       string   `json:"in" jsonschema:"enum=summary,enum=description,enum=acceptance-criteria,enum=comments" jsonschema_description:"What pattern or forbid reads. Default: title, description and acceptance criteria."`
	Message  string   `json:"message" jsonschema_description:"What is true of an item that meets a rule of the team's own: links a mock-up."`
	INVEST   string   `json:"invest" jsonschema:"enum=I,enum=N,enum=V,enum=E,enum=S,enum=T" jsonschema_description:"The INVEST letter that a rule of the team's own stands for."`
}

// ReadyRules are the ids of refine's own rules.
var ReadyRules = []string{
	"acceptance-criteria", "atomic", "dependency", "minimal", "no-benefit", "no-description", "open-question", "size", "stale",
	"uniform", "unique", "vague", "well-formed",
}

// The values of Rule.Severity and of Rule.In.
var (
	severities = []string{"required", "advice", "off"}
	ruleTexts  = []string{"summary", "description", "acceptance-criteria", "comments"}
)

// ruleName keeps a rule's id usable in a line of findings.
var ruleName = lazyregexp.New(`^[a-z][a-z0-9-]{0,39}$`)

func (r Ready) validate(key string) []fault {
	var faults []fault
	for i, rule := range r.Rules {
		at := fmt.Sprintf("%s.rules[%d]", key, i)
		faults = append(faults, rule.validate(at)...)
		if slices.ContainsFunc(r.Rules[:i], func(first Rule) bool { return first.hides(rule) }) {
			faults = append(faults, about(at, "never counts: an entry for %s before it is about the same types", rule.ID))
		}
	}
	return faults
}

// own reports whether the rule is an expression of the team's.
func (r Rule) own() bool { return r.Pattern != "" || r.Forbid != "" }

func (r Rule) validate(key string) []fault {
	faults := oneOf(key+".severity", r.Severity, append([]string{""}, severities...)...)
	faults = append(faults, oneOf(key+".in", r.In, append([]string{""}, ruleTexts...)...)...)
	faults = append(faults, oneOf(key+".invest", r.INVEST, "", "I", "N", "V", "E", "S", "T")...)
	faults = append(faults, r.validateID(key+".id")...)
	faults = append(faults, validateExpression(key+".pattern", r.Pattern)...)
	faults = append(faults, validateExpression(key+".forbid", r.Forbid)...)
	switch {
	case r.Pattern != "" && r.Forbid != "":
		faults = append(faults, about(key, "both pattern and forbid"))
	case !r.own() && r.Severity == "" && slices.Contains(ReadyRules, r.ID):
		faults = append(faults, about(key, "changes nothing: give it a severity"))
	}
	for _, only := range []struct{ name, value string }{{"in", r.In}, {"message", r.Message}, {"invest", r.INVEST}} {
		if !r.own() && only.value != "" {
			faults = append(faults, about(key+"."+only.name, "is for rules with pattern or forbid"))
		}
	}
	return faults
}

func (r Rule) validateID(key string) []fault {
	known := slices.Contains(ReadyRules, r.ID)
	switch {
	case r.ID == "":
		return []fault{about(key, "missing: one of %s, or a name for a rule with pattern or forbid", strings.Join(ReadyRules, ", "))}
	case known && r.own():
		return []fault{about(key, "is one of refine's own rules: a rule with pattern or forbid needs another id")}
	case !known && !r.own():
		return []fault{about(key, "unknown rule %q%s", r.ID, meant(r.ID, ReadyRules))}
	case !ruleName.MatchString(r.ID):
		return []fault{about(key, "must be lower-case letters, digits and dashes")}
	}
	return nil
}

func validateExpression(key, expression string) []fault {
	if _, err := regexp.Compile(expression); err != nil {
		return []fault{about(key, "is no regular expression: %s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))}
	}
	return nil
}

// hides reports whether a later entry never counts because of this one.
func (r Rule) hides(later Rule) bool {
	about := func(t string) bool {
		return slices.ContainsFunc(r.Types, func(own string) bool { return strings.EqualFold(own, t) })
	}
	return r.ID == later.ID && (len(r.Types) == 0 ||
		len(later.Types) > 0 && !slices.ContainsFunc(later.Types, func(t string) bool { return !about(t) }))
}
