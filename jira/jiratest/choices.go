package jiratest

import (
	"slices"
	"strconv"
	"strings"
)

// names of what an issue holds, with the ids they are also known by.
func aliasesOf(all ...Named) []string {
	var names []string
	for _, n := range all {
		if n.Name != "" {
			names = append(names, n.Name, n.ID)
		}
	}
	return names
}

func namesOf[T any](all []T, as func(T) Named) []string {
	var names []string
	for _, one := range all {
		names = append(names, aliasesOf(as(one))...)
	}
	return names
}

var typeSearch = choice{
	always: true,
	values: func(_ *evaluator, i *Issue) []string { return aliasesOf(typeName(i.Type)) },
	known: func(e *evaluator, v string) bool {
		_, ok := named(e.s.types, typeName, v)
		return ok
	},
	functions: func(e *evaluator, name string, _ []string) ([]string, bool) {
		subtasks := name == "subtaskissuetypes"
		if !subtasks && name != "standardissuetypes" {
			return nil, false
		}
		return namesOf(slices.DeleteFunc(slices.Clone(e.s.types), func(t IssueType) bool { return t.Subtask != subtasks }), typeName), true
	},
}

var projectSearch = choice{
	always: true,
	values: func(_ *evaluator, i *Issue) []string { return []string{i.Project.Key, i.Project.Name, i.Project.ID} },
	known: func(e *evaluator, v string) bool {
		for _, p := range e.s.projects {
			if strings.EqualFold(v, p.Key) || strings.EqualFold(v, p.Name) || v == p.ID {
				return e.s.may(BrowseProjects, p.Key) // one that is hidden is unknown
			}
		}
		return false
	},
}

var statusSearch = choice{
	always: true,
	values: func(_ *evaluator, i *Issue) []string { return aliasesOf(statusName(i.Status)) },
	known: func(e *evaluator, v string) bool {
		_, ok := named(e.s.statuses, statusName, v)
		return ok
	},
}

var categorySearch = choice{
	always: true,
	values: func(_ *evaluator, i *Issue) []string { return categoryNames(i.Status.Category) },
	known: func(_ *evaluator, v string) bool {
		for key := range categories {
			if slices.ContainsFunc(categoryNames(key), func(n string) bool { return strings.EqualFold(n, v) }) {
				return true
			}
		}
		return false
	},
}

func categoryNames(key string) []string {
	c := categories[key]
	return []string{key, c.name, strconv.Itoa(c.id)}
}

var resolutionSearch = choice{
	emptyName: "Unresolved",
	values:    func(_ *evaluator, i *Issue) []string { return aliasesOf(i.Resolution) },
	known: func(e *evaluator, v string) bool {
		_, ok := named(e.s.resolutions, asNamed, v)
		return ok
	},
}

// prioritySearch orders by urgency: High > Low.
var prioritySearch = choice{
	values: func(_ *evaluator, i *Issue) []string { return aliasesOf(i.Priority) },
	known: func(e *evaluator, v string) bool {
		_, ok := named(e.s.priorities, asNamed, v)
		return ok
	},
	position: func(e *evaluator, v string) int {
		return -slices.IndexFunc(e.s.priorities, func(n Named) bool { return n.ID == v || strings.EqualFold(n.Name, v) })
	},
}

var componentSearch = choice{
	values: func(_ *evaluator, i *Issue) []string { return namesOf(i.Components, asNamed) },
	known: func(e *evaluator, v string) bool {
		_, ok := named(e.s.components, asNamed, v)
		return ok
	},
}

func versionSearch(of func(*Issue) []Version) choice {
	return choice{
		values: func(_ *evaluator, i *Issue) []string { return namesOf(of(i), versionName) },
		known: func(e *evaluator, v string) bool {
			_, ok := named(e.s.versions, versionName, v)
			return ok
		},
		functions: func(e *evaluator, name string, _ []string) ([]string, bool) {
			released := name == "releasedversions"
			if !released && name != "unreleasedversions" {
				return nil, false
			}
			return namesOf(slices.DeleteFunc(slices.Clone(e.s.versions), func(v Version) bool { return v.Released != released }), versionName), true
		},
	}
}

var sprintSearch = choice{
	values: func(_ *evaluator, i *Issue) []string { return namesOf(i.Sprints, sprintName) },
	known: func(e *evaluator, v string) bool {
		_, ok := named(e.s.sprints, sprintName, v)
		return ok
	},
	functions: func(e *evaluator, name string, _ []string) ([]string, bool) {
		state, ok := map[string]string{"opensprints": "active", "closedsprints": "closed", "futuresprints": "future"}[name]
		if !ok {
			return nil, false
		}
		return namesOf(slices.DeleteFunc(slices.Clone(e.s.sprints), func(s Sprint) bool { return s.State != state }), sprintName), true
	},
}

func personSearch(of func(*Issue) *Person) choice {
	return choice{
		values: func(_ *evaluator, i *Issue) []string {
			p := *of(i)
			if p.nobody() {
				return nil
			}
			return slices.DeleteFunc([]string{p.AccountID, p.Key, p.Name, p.DisplayName, p.Email}, func(n string) bool { return n == "" })
		},
		known: func(e *evaluator, v string) bool {
			_, ok := e.s.person(v)
			return ok
		},
		functions: func(e *evaluator, name string, _ []string) ([]string, bool) {
			return []string{e.s.me.AccountID}, name == "currentuser"
		},
	}
}

// issueSearch compares with other issues; naming one that is not there is a
// mistake and not an empty result.
func issueSearch(of func(*evaluator, *Issue) []string) choice {
	return choice{
		unknown: "An issue with key '%s' does not exist for field '%s'.",
		values:  func(e *evaluator, i *Issue) []string { return of(e, i) },
		known: func(e *evaluator, v string) bool {
			i := e.s.find(v)
			return i != nil && e.s.visible(i)
		},
	}
}

// keyPosition orders keys of one project.
func keyPosition(e *evaluator, v string) int {
	if i := e.s.find(v); i != nil {
		return i.number()
	}
	return 0
}

func flaggedSearch(option string) choice {
	return choice{
		unknown: "The option '%s' for field '%s' does not exist.",
		values: func(_ *evaluator, i *Issue) []string {
			if !i.Flagged {
				return nil
			}
			return []string{option, flagOptionID}
		},
		known: func(_ *evaluator, v string) bool { return strings.EqualFold(v, option) || v == flagOptionID },
	}
}
