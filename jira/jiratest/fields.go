package jiratest

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// field is all the site knows of one field. The table of them says how each is
// listed, shown, edited, searched and sorted.
type field struct {
	id      string // empty: JQL knows it, issues do not show it
	name    string // in the site's language
	english string // as Cloud remembers it
	schema  schema
	hidden  bool // not navigable: shown only when asked for
	// clauses are its names in JQL, the proper one first.
	clauses []string
	show    func(view, *Issue) any
	edit    func(*Server, *Issue, json.RawMessage) error // nil: cannot be edited
	search  searcher                                     // nil: cannot be searched
	order   func(s *Server, a, b *Issue) int             // nil: cannot be sorted by
	allowed func(view) []any                             // values to choose from; nil: any
	// of a new issue: it has to be given, or cannot be
	required, offScreen bool
}

// schema is a field's type. Custom is empty for system fields.
type schema struct{ kind, items, custom string }

const (
	systemTypes = "com.atlassian.jira.plugin.system.customfieldtypes:"
	agileTypes  = "com.pyxis.greenhopper.jira:"
)

func siteFields(cloud bool) []*field {
	return slices.Concat(textFields(), workflowFields(cloud), listFields(), peopleFields(), dateFields(), relationFields(cloud), queryFields(cloud), customFields(cloud))
}

func (f *field) isCustom() bool { return f.schema.custom != "" }

func (f *field) customID() int64 {
	id, _ := strconv.ParseInt(strings.TrimPrefix(f.id, "customfield_"), 10, 64)
	return id
}

func textFields() []*field {
	return []*field{
		{id: "summary", name: "Summary", schema: schema{kind: "string"}, clauses: []string{"summary"},
			show: func(_ view, i *Issue) any { return i.Summary }, edit: editSummary,
			search: words(func(i *Issue) string { return i.Summary }), order: byText(func(i *Issue) string { return i.Summary })},
		{id: "description", name: "Description", schema: schema{kind: "string"}, clauses: []string{"description"},
			show:   func(_ view, i *Issue) any { return orNull(i.Description) },
			edit:   editText("description", func(i *Issue) *string { return &i.Description }),
			search: words(func(i *Issue) string { return i.Description })},
		{id: "environment", name: "Environment", schema: schema{kind: "string"}, clauses: []string{"environment"},
			show:   func(_ view, i *Issue) any { return orNull(i.Environment) },
			edit:   editText("environment", func(i *Issue) *string { return &i.Environment }),
			search: words(func(i *Issue) string { return i.Environment })},
		{id: "comment", name: "Comment", schema: schema{kind: "comments-page"}, clauses: []string{"comment"}, hidden: true,
			show: func(v view, i *Issue) any { return v.commentField(i, len(i.Comments)) }, search: words(commentText)},
	}
}

func workflowFields(cloud bool) []*field {
	fields := []*field{
		{id: "issuetype", name: "Issue Type", schema: schema{kind: "issuetype"}, clauses: []string{"issuetype", "type"},
			show: func(v view, i *Issue) any { return v.issueType(i.Type) }, edit: editType, search: typeSearch,
			order: byText(func(i *Issue) string { return i.Type.Name })},
		{id: "project", name: "Project", schema: schema{kind: "project"}, clauses: []string{"project"},
			show: func(v view, i *Issue) any { return v.project(i.Project) }, search: projectSearch,
			order: byText(func(i *Issue) string { return i.Project.Key })},
		{id: "status", name: "Status", schema: schema{kind: "status"}, clauses: []string{"status"},
			show: func(v view, i *Issue) any { return v.status(i.Status) }, search: statusSearch,
			order: byText(func(i *Issue) string { return i.Status.Name })},
		{id: "resolution", name: "Resolution", schema: schema{kind: "resolution"}, clauses: []string{"resolution"},
			show: func(v view, i *Issue) any { return v.named("resolution", i.Resolution) }, search: resolutionSearch,
			order: byText(func(i *Issue) string { return i.Resolution.Name })},
		{id: "priority", name: "Priority", schema: schema{kind: "priority"}, clauses: []string{"priority"},
			show: func(v view, i *Issue) any { return v.named("priority", i.Priority) }, edit: editPriority, search: prioritySearch,
			order: byPriority},
		{id: "security", name: "Security Level", schema: schema{kind: "securitylevel"}, clauses: []string{"level"},
			show: func(v view, i *Issue) any { return v.named("securitylevel", i.Security) }},
	}
	category := &field{id: "statusCategory", name: "Status Category", schema: schema{kind: "statusCategory"}, clauses: []string{"statusCategory"},
		show: func(v view, i *Issue) any { return v.category(i.Status.Category) }, search: categorySearch}
	if !cloud {
		category.id = "" // searchable on both, shown on Cloud only
	}
	return append(fields, category)
}

func listFields() []*field {
	return []*field{
		{id: "labels", name: "Labels", schema: schema{kind: "array", items: "string"}, clauses: []string{"labels"},
			show: func(_ view, i *Issue) any { return append([]string{}, i.Labels...) }, edit: editLabels,
			search: choice{values: func(_ *evaluator, i *Issue) []string { return i.Labels }}},
		{id: "components", name: "Components", schema: schema{kind: "array", items: "component"}, clauses: []string{"component"},
			show: func(v view, i *Issue) any { return v.nameds("component", i.Components) }, edit: editComponents, search: componentSearch},
		{id: "versions", name: "Affects Versions", schema: schema{kind: "array", items: "version"}, clauses: []string{"affectedVersion"},
			show:   func(v view, i *Issue) any { return v.versions(i.Versions) },
			search: versionSearch(func(i *Issue) []Version { return i.Versions })},
		{id: "fixVersions", name: "Fix Versions", schema: schema{kind: "array", items: "version"}, clauses: []string{"fixVersion"},
			show: func(v view, i *Issue) any { return v.versions(i.FixVersions) }, edit: editFixVersions,
			search: versionSearch(func(i *Issue) []Version { return i.FixVersions })},
		{id: "attachment", name: "Attachment", schema: schema{kind: "array", items: "attachment"}, clauses: []string{"attachments"},
			show: func(v view, i *Issue) any { return v.attachments(i) }},
	}
}

func peopleFields() []*field {
	person := func(id, name string, of func(*Issue) *Person) *field {
		return &field{id: id, name: name, schema: schema{kind: "user"}, clauses: []string{id},
			show:   func(v view, i *Issue) any { return v.person(*of(i)) },
			edit:   editPerson(id, of),
			search: personSearch(of),
			order:  byText(func(i *Issue) string { return of(i).DisplayName })}
	}
	creator := person("creator", "Creator", func(i *Issue) *Person { return &i.Creator })
	creator.edit = nil
	return []*field{
		person("assignee", "Assignee", func(i *Issue) *Person { return &i.Assignee }),
		person("reporter", "Reporter", func(i *Issue) *Person { return &i.Reporter }),
		creator,
	}
}

func dateFields() []*field {
	at := func(id, name, clause string, of func(*Issue) time.Time) *field {
		return &field{id: id, name: name, schema: schema{kind: "datetime"}, clauses: []string{clause},
			show:   func(_ view, i *Issue) any { return wireOrNull(of(i)) },
			search: moment(of), order: byTime(of)}
	}
	due := func(i *Issue) time.Time { day, _ := time.Parse(time.DateOnly, i.Due); return day }
	return []*field{
		at("created", "Created", "created", func(i *Issue) time.Time { return i.Created }),
		at("updated", "Updated", "updated", func(i *Issue) time.Time { return i.Updated }),
		at("resolutiondate", "Resolved", "resolved", func(i *Issue) time.Time { return i.Resolved }),
		{id: "duedate", name: "Due date", schema: schema{kind: "date"}, clauses: []string{"due", "duedate"},
			show: func(_ view, i *Issue) any { return orNull(i.Due) }, edit: editDue, search: moment(due), order: byTime(due)},
	}
}

// relationFields tie issues together. On Data Center only a sub-task has a
// parent; an epic's issues name it in a field of their own.
func relationFields(cloud bool) []*field {
	return []*field{
		{id: "parent", name: "Parent", schema: schema{kind: "issuelink"}, clauses: []string{"parent"},
			show: func(v view, i *Issue) any {
				if !cloud && !i.Type.Subtask {
					return nil
				}
				return v.ref(i.Parent)
			},
			edit: editParent,
			search: issueSearch(func(e *evaluator, i *Issue) []string {
				if !cloud && !i.Type.Subtask {
					return nil
				}
				return e.s.aliases(i.Parent)
			})},
		{id: "issuelinks", name: "Linked Issues", schema: schema{kind: "array", items: "issuelinks"}, clauses: []string{"issueLinkType"},
			show: func(v view, i *Issue) any { return v.links(i) }},
		{id: "subtasks", name: "Sub-tasks", schema: schema{kind: "array", items: "issuelinks"}, clauses: []string{"subtasks"},
			show: func(v view, i *Issue) any { return v.subtasks(i) }},
	}
}

// queryFields exist in JQL only.
func queryFields(cloud bool) []*field {
	key := issueSearch(func(e *evaluator, i *Issue) []string { return e.s.aliases(i.Key) })
	key.always = true
	key.position = keyPosition
	fields := []*field{
		{clauses: []string{"key", "issuekey", "issue", "id"}, search: key, order: func(_ *Server, a, b *Issue) int { return byKey(a, b) }},
		{clauses: []string{"text"}, search: words(func(i *Issue) string {
			return strings.Join([]string{i.Summary, i.Description, i.Environment, i.AcceptanceCriteria, commentText(i)}, "\n")
		})},
		{clauses: []string{"filter", "request", "savedFilter", "searchRequest"}, search: savedFilter{}},
	}
	if cloud {
		fields = append(fields, &field{clauses: []string{"parentEpic"}, search: issueSearch(func(e *evaluator, i *Issue) []string {
			return e.s.aliases(e.s.epicOf(i))
		})})
	}
	return fields
}

func commentText(i *Issue) string {
	var text strings.Builder
	for _, c := range i.Comments {
		text.WriteString(c.Body)
		text.WriteByte('\n')
	}
	return text.String()
}

// aliases are the names an issue is searched by, those of before a move
// included; none for no issue.
func (s *site) aliases(key string) []string {
	r := s.refOf(key)
	if r.Key == "" {
		return nil
	}
	names := []string{r.Key, r.ID}
	for before, now := range s.moved {
		if now == r.Key {
			names = append(names, before)
		}
	}
	return names
}

// epicOf is the key of the epic above an issue, through its parent if it is a
// sub-task.
func (s *site) epicOf(i *Issue) string {
	if parent := s.find(i.Parent); i.Type.Subtask && parent != nil {
		return parent.Parent
	}
	return i.Parent
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func wireOrNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return wire(t)
}

func byText(of func(*Issue) string) func(*Server, *Issue, *Issue) int {
	return func(_ *Server, a, b *Issue) int {
		return emptyLast(of(a) == "", of(b) == "", strings.Compare(of(a), of(b)))
	}
}

func byTime(of func(*Issue) time.Time) func(*Server, *Issue, *Issue) int {
	return func(_ *Server, a, b *Issue) int {
		return emptyLast(of(a).IsZero(), of(b).IsZero(), of(a).Compare(of(b)))
	}
}

func byNumber(of func(*Issue) *float64) func(*Server, *Issue, *Issue) int {
	return func(_ *Server, a, b *Issue) int {
		if of(a) == nil || of(b) == nil {
			return emptyLast(of(a) == nil, of(b) == nil, 0)
		}
		return cmp.Compare(*of(a), *of(b))
	}
}

// byPriority puts the least urgent first, as Jira's ascending order does.
func byPriority(s *Server, a, b *Issue) int {
	return emptyLast(a.Priority.Name == "", b.Priority.Name == "",
		cmp.Compare(slices.Index(s.priorities, b.Priority), slices.Index(s.priorities, a.Priority)))
}

// emptyLast puts what has no value behind what has one.
func emptyLast(a, b bool, otherwise int) int {
	switch {
	case a && b:
		return 0
	case a:
		return 1
	case b:
		return -1
	default:
		return otherwise
	}
}
