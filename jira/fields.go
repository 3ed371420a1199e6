package jira

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	gojira "github.com/andygrunwald/go-jira"
)

// A FieldName says which field of the site has a meaning for the plan. Name is
// one of flagged, acceptance_criteria, story_points, business_value,
// time_criticality, risk_reduction, job_size, sprint, rank, epic_link; Field is the site's name or id of it.
type FieldName struct{ Name, Field string }

// A field is one of the site's fields. Cloud translates names into the user's
// language and tells the original beside it.
type field struct {
	gojira.Field
	UntranslatedName string `json:"untranslatedName"`
}

// fields are the site's fields by what they mean. A meaning may have several
// fields, of company-managed and team-managed projects, or none.
type fields map[string][]field

const (
	flagged            = "flagged"
	acceptanceCriteria = "acceptance_criteria"
	storyPoints        = "story_points"
	businessValue      = "business_value"
	timeCriticality    = "time_criticality"
	riskReduction      = "risk_reduction"
	jobSize            = "job_size"
	sprint             = "sprint"
	rank               = "rank"
	epicLink           = "epic_link"
	epicName           = "epic_name"
)

// counted are the meanings whose value is one.
var counted = []string{storyPoints, businessValue, timeCriticality, riskReduction, jobSize}

const (
	greenhopper = "com.pyxis.greenhopper.jira:"
	checkboxes  = "com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes"
)

// defaults find a meaning's fields where the configuration names none. Names
// are not unique on a site, so a type is asked for wherever it is distinctive.
var defaults = map[string]func(field) bool{
	flagged:            func(f field) bool { return f.Schema.Custom == checkboxes && f.called("Flagged") },
	acceptanceCriteria: func(f field) bool { return f.Custom && f.called("Acceptance Criteria") },
	storyPoints: func(f field) bool {
		return f.numeric() && (f.called("Story Points") || f.called("Story point estimate"))
	},
	businessValue:   func(f field) bool { return f.numeric() && f.calledOneOf("Business Value", "User-Business Value") },
	timeCriticality: func(f field) bool { return f.numeric() && f.called("Time Criticality") },
	riskReduction: func(f field) bool {
		return f.numeric() && f.calledOneOf("Risk Reduction", "RR&OE", "RR/OE", "RROE", "Risk Reduction & Opportunity Enablement",
			"Risk Reduction/Opportunity Enablement", "Risk Reduction and Opportunity Enablement")
	},
	jobSize:  func(f field) bool { return f.numeric() && f.called("Job Size") },
	sprint:   func(f field) bool { return f.Schema.Custom == greenhopper+"gh-sprint" },
	rank:     func(f field) bool { return f.Schema.Custom == greenhopper+"gh-lexo-rank" },
	epicLink: func(f field) bool { return f.Schema.Custom == greenhopper+"gh-epic-link" },
	epicName: func(f field) bool { return f.Schema.Custom == greenhopper+"gh-epic-label" },
}

// called compares a name in either language.
func (f field) called(name string) bool {
	return strings.EqualFold(f.Name, name) || strings.EqualFold(f.UntranslatedName, name)
}

func (f field) calledOneOf(names ...string) bool { return slices.ContainsFunc(names, f.called) }

// numeric fields may hold a number. Sites also make text or options of one.
func (f field) numeric() bool {
	return f.Custom && (f.isNumber() || slices.Contains([]string{"string", "option", "any", "array"}, f.Schema.Type))
}

func (f field) isNumber() bool { return f.Schema.Type == "number" || f.Schema.Type == "" }

// surest leaves out what only may hold a number where another field is one.
func surest(list []field) []field {
	if slices.ContainsFunc(list, field.isNumber) {
		return slices.DeleteFunc(list, func(f field) bool { return !f.isNumber() })
	}
	return list
}

// clause names the field in JQL. The id survives renaming and translation; a
// system field has only its name.
func (f field) clause() string {
	if id, ok := strings.CutPrefix(f.ID, "customfield_"); ok {
		return "cf[" + id + "]"
	}
	return quote(f.ID)
}

func (f field) String() string {
	return fmt.Sprintf("%s (%s)", f.Name, f.ID)
}

// resolve finds the field of every meaning once. Every fault is reported.
func resolve(list []field, configured []FieldName) (fields, error) {
	out := fields{}
	for meaning, fits := range defaults {
		out[meaning] = sorted(slices.DeleteFunc(slices.Clone(list), func(f field) bool { return !fits(f) }))
	}
	for _, meaning := range counted {
		out[meaning] = surest(out[meaning])
	}
	var faults []error
	for _, want := range configured {
		if _, known := defaults[want.Name]; !known {
			names := strings.Join(slices.Sorted(maps.Keys(defaults)), ", ")
			faults = append(faults, fmt.Errorf("fields: %q has no meaning here; known are %s", want.Name, names))
			continue
		}
		f, err := find(list, want)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		out[want.Name] = []field{f}
	}
	return out, errors.Join(faults...)
}

// find is the one field that the configuration means, by id or by name.
func find(list []field, want FieldName) (field, error) {
	var named []field
	for _, f := range list {
		if f.ID == want.Field {
			return f, nil
		}
		if f.called(want.Field) {
			named = append(named, f)
		}
	}
	switch len(named) {
	case 1:
		return named[0], nil
	case 0:
		return field{}, fmt.Errorf("fields: the site has no field %q for %s%s", want.Field, want.Name, similar(list, want.Field))
	}
	return field{}, fmt.Errorf("fields: %q for %s is ambiguous, give the id of one: %s", want.Field, want.Name, names(sorted(named)))
}

// similar names the fields that may have been meant.
func similar(list []field, name string) string {
	words := strings.Fields(strings.ToLower(name))
	var near []field
	for _, f := range list {
		known := strings.ToLower(f.Name + " " + f.UntranslatedName)
		if slices.ContainsFunc(words, func(w string) bool { return len(w) > 2 && strings.Contains(known, w) }) {
			near = append(near, f)
		}
	}
	if len(near) == 0 {
		return "; give the name or id of one that it has"
	}
	return "; it has " + names(sorted(near))
}

// maxNames bounds how many fields one message names.
const maxNames = 8

func names(list []field) string {
	var out []string
	for _, f := range list[:min(len(list), maxNames)] {
		out = append(out, f.String())
	}
	if len(list) > maxNames {
		out = append(out, fmt.Sprintf("and %d more", len(list)-maxNames))
	}
	return strings.Join(out, ", ")
}

func sorted(list []field) []field {
	return slices.SortedFunc(slices.Values(list), func(a, b field) int { return cmp.Compare(a.ID, b.ID) })
}

// ids are the custom fields that an issue is read with.
func (fs fields) ids() []string {
	var out []string
	for _, list := range fs {
		for _, f := range list {
			out = append(out, f.ID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// one is the field that a query relies on; several or none cannot be relied on.
func (fs fields) one(meaning, title string) (field, error) {
	switch list := fs[meaning]; len(list) {
	case 1:
		return list[0], nil
	case 0:
		return field{}, fmt.Errorf("the site shows this user no field %s; if it has another name, configure it as field %s", title, meaning)
	default:
		return field{}, fmt.Errorf("the site has several fields %s, configure one as field %s: %s", title, meaning, names(list))
	}
}
