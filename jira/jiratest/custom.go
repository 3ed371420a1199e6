package jiratest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strings"
)

// Ids of the custom fields. They differ from site to site, so they are none
// of those that documentation and blogs use.
const (
	flaggedID      = "customfield_10132"
	storyPointsID  = "customfield_10128"
	valueID        = "customfield_10150"
	criticalityID  = "customfield_10151"
	riskID         = "customfield_10152"
	jobSizeID      = "customfield_10153"
	acceptanceID   = "customfield_10143"
	sprintID       = "customfield_10126"
	rankID         = "customfield_10119"
	epicLinkID     = "customfield_10107"
	epicNameID     = "customfield_10109"
	firstAddedID   = 10300
	flagOptionID   = "10219"
	flagOptionName = "Impediment"
)

// customFields are those a software project has. Cloud has no epic link: an
// epic is a parent there.
func customFields(cloud bool) []*field {
	fields := []*field{
		flaggedField(flagOptionName),
		numberField(storyPointsID, "Story Points", func(i *Issue) **float64 { return &i.StoryPoints }),
		numberField(valueID, "Business Value", func(i *Issue) **float64 { return &i.BusinessValue }),
		numberField(criticalityID, "Time Criticality", func(i *Issue) **float64 { return &i.TimeCriticality }),
		numberField(riskID, "Risk Reduction", func(i *Issue) **float64 { return &i.RiskReduction }),
		numberField(jobSizeID, "Job Size", func(i *Issue) **float64 { return &i.JobSize }),
		{id: acceptanceID, name: "Acceptance Criteria", schema: schema{kind: "string", custom: systemTypes + "textarea"},
			show:   func(_ view, i *Issue) any { return orNull(i.AcceptanceCriteria) },
			edit:   editText(acceptanceID, func(i *Issue) *string { return &i.AcceptanceCriteria }),
			search: words(func(i *Issue) string { return i.AcceptanceCriteria })},
		{id: sprintID, name: "Sprint", schema: schema{kind: "array", items: "json", custom: agileTypes + "gh-sprint"},
			show: func(v view, i *Issue) any { return v.sprints(i.Sprints) }, search: sprintSearch},
		{id: rankID, name: "Rank", schema: schema{kind: "any", custom: agileTypes + "gh-lexo-rank"},
			show: func(_ view, i *Issue) any { return i.Rank }, order: byText(func(i *Issue) string { return i.Rank })},
	}
	if !cloud {
		fields = append(fields, epicLinkField(), epicNameField())
	}
	for _, f := range fields {
		f.name, f.english = cmp.Or(f.name, f.english), cmp.Or(f.english, f.name)
		f.clauses = customClauses(f)
	}
	return fields
}

func flaggedField(option string) *field {
	shown := func(v view) []any {
		return []any{object{"self": v.self("customFieldOption/" + flagOptionID), "value": option, "id": flagOptionID}}
	}
	return &field{id: flaggedID, name: "Flagged", schema: schema{kind: "array", items: "option", custom: systemTypes + "multicheckboxes"},
		show: func(v view, i *Issue) any {
			if !i.Flagged {
				return nil
			}
			return shown(v)
		},
		edit: editFlagged(option), search: flaggedSearch(option), allowed: shown}
}

func numberField(id, name string, of func(*Issue) **float64) *field {
	value := func(i *Issue) *float64 { return *of(i) }
	return &field{id: id, name: name, schema: schema{kind: "number", custom: systemTypes + "float"},
		show: func(_ view, i *Issue) any {
			if value(i) == nil {
				return nil
			}
			return *value(i)
		},
		edit: editNumber(id, of), search: number(value), order: byNumber(value)}
}

func epicLinkField() *field {
	epic := func(i *Issue) string {
		if i.Type.Subtask {
			return ""
		}
		return i.Parent
	}
	return &field{id: epicLinkID, name: "Epic Link", schema: schema{kind: "any", custom: agileTypes + "gh-epic-link"},
		show:   func(_ view, i *Issue) any { return orNull(epic(i)) },
		edit:   editEpicLink,
		search: issueSearch(func(e *evaluator, i *Issue) []string { return e.s.aliases(epic(i)) })}
}

func epicNameField() *field {
	name := func(i *Issue) string {
		if !i.Type.Epic() {
			return ""
		}
		return i.Summary
	}
	return &field{id: epicNameID, name: "Epic Name", schema: schema{kind: "string", custom: agileTypes + "gh-epic-label"},
		show: func(_ view, i *Issue) any { return orNull(name(i)) }, search: words(name)}
}

// customClauses are the names of a custom field in JQL: by id, by name, and by
// name with its kind.
func customClauses(f *field) []string {
	clauses := []string{f.name, fmt.Sprintf("cf[%d]", f.customID())}
	_, custom, _ := strings.Cut(f.schema.custom, ":")
	if kind, ok := kinds[custom]; ok {
		clauses = append(clauses, fmt.Sprintf("%s[%s]", f.name, kind))
	}
	return clauses
}

var kinds = map[string]string{
	"multicheckboxes": "Checkboxes", "float": "Number", "textarea": "Paragraph", "textfield": "Short text", "select": "Dropdown",
}

// sprints are objects on Cloud. Data Center writes what Java makes of them.
func (v view) sprints(all []Sprint) any {
	if len(all) == 0 {
		return nil
	}
	shown := []any{}
	for _, sp := range all {
		if v.s.cloud {
			shown = append(shown, sprintObject(sp))
		} else {
			shown = append(shown, sprintString(sp))
		}
	}
	return shown
}

func sprintObject(sp Sprint) object {
	o := object{"id": sp.ID, "name": sp.Name, "state": sp.State, "boardId": sp.Board, "goal": sp.Goal}
	for key, at := range map[string]string{"startDate": sp.Start, "endDate": sp.End, "completeDate": sp.Complete} {
		if at != "" {
			o[key] = at
		}
	}
	return o
}

func sprintString(sp Sprint) string {
	h := fnv.New32a()
	h.Write([]byte(sp.Name))
	null := func(at string) string { return cmp.Or(at, "<null>") }
	return fmt.Sprintf("com.atlassian.greenhopper.service.sprint.Sprint@%x[id=%d,rapidViewId=%d,state=%s,name=%s,startDate=%s,endDate=%s,completeDate=%s,activatedDate=%s,sequence=%d,goal=%s,autoStartStop=false]",
		h.Sum32(), sp.ID, sp.Board, strings.ToUpper(sp.State), sp.Name, null(sp.Start), null(sp.End), null(sp.Complete), null(sp.Start), sp.ID, sp.Goal)
}

// addedField holds whatever is written to it.
func addedField(id, name, custom string) *field {
	f := &field{id: id, name: name, english: name, schema: schema{kind: "string", custom: custom},
		show: func(_ view, i *Issue) any { return i.Custom[id] },
		edit: func(_ *Server, i *Issue, raw json.RawMessage) error {
			i.Custom[id] = raw
			return nil
		},
		search: words(func(i *Issue) string { return string(i.Custom[id]) })}
	if strings.HasSuffix(custom, ":float") {
		f.schema.kind = "number"
	}
	f.clauses = customClauses(f)
	return f
}
