package jiratest

import (
	"net/http"
	"slices"
	"time"
)

type step struct{ id, name, to string }

// workflow lists the steps that can be taken from anywhere. An issue that began as To
// Do has another workflow than one that was opened.
func (v view) workflow(i *Issue) []step {
	first := step{"11", "Open", "Open"}
	if v.firstStatus(i) == "To Do" {
		first = step{"41", "To Do", "To Do"}
	}
	return []step{first, {"21", "Start Progress", "In Progress"}, {"31", "Done", "Done"}}
}

// firstStatus is the one that the issue was created with.
func (v view) firstStatus(i *Issue) string {
	for _, entry := range i.History {
		for _, item := range entry.Items {
			if item.FieldID == "status" {
				return item.From
			}
		}
	}
	return i.Status.Name
}

func (v view) transitions(i *Issue) []any {
	shown := []any{}
	if !v.s.may(TransitionIssues, i.Project.Key) {
		return shown
	}
	for _, t := range v.workflow(i) {
		to, _ := named(v.s.statuses, statusName, t.to)
		shown = append(shown, object{"id": t.id, "name": t.name, "to": v.status(to), "hasScreen": false, "isGlobal": true})
	}
	return shown
}

// withScreen adds to a step what its screen asks for.
func (s *Server) withScreen(step object) {
	fields := object{}
	if f := s.asks[step["name"].(string)]; f != nil {
		fields[f.id] = object{"required": true, "hasDefaultValue": false, "schema": f.schemaObject(), "name": f.name, "key": f.id, "operations": f.operations()}
	}
	step["fields"], step["hasScreen"] = fields, len(fields) > 0
}

func listTransitions(s *Server, c *call) (reply, error) {
	i, err := s.issue(c)
	if err != nil {
		return reply{}, err
	}
	shown := c.transitions(i)
	if id := c.URL.Query().Get("transitionId"); id != "" {
		shown = slices.DeleteFunc(shown, func(t any) bool { return t.(object)["id"] != id })
	}
	if slices.Contains(listed(c.URL.Query()["expand"]), "transitions.fields") {
		for _, t := range shown {
			s.withScreen(t.(object))
		}
	}
	return ok(object{"expand": "transitions", "transitions": shown})
}

func doTransition(s *Server, c *call) (reply, error) {
	i, err := s.issue(c)
	if err != nil {
		return reply{}, err
	}
	var u update
	if err := c.decode(&u); err != nil {
		return reply{}, err
	}
	if u.Transition == nil || u.Transition.ID == "" {
		return reply{}, refuse(http.StatusBadRequest, "Missing 'transition' identifier")
	}
	n := slices.IndexFunc(c.transitions(i), func(t any) bool { return t.(object)["id"] == u.Transition.ID })
	if n < 0 {
		return reply{}, refuse(http.StatusBadRequest, "It seems that you have tried to perform an illegal workflow operation.")
	}
	step := c.workflow(i)[n]
	if f := s.asks[step.name]; f != nil && u.Fields[f.id] == nil {
		return reply{}, refuseField(f.id, "%s is required.", f.name)
	}
	edited, err := s.apply(i, u)
	if err != nil {
		return reply{}, err
	}
	s.moveTo(edited, step.to)
	s.store(i, edited, s.me)
	return reply{status: http.StatusNoContent}, nil
}

// moveTo sets or clears the resolution with the status, as workflows do.
func (s *Server) moveTo(i *Issue, status string) {
	i.Status, _ = named(s.statuses, statusName, status)
	if i.Status.Category != "done" {
		i.Resolution, i.Resolved = Named{}, time.Time{}
		return
	}
	i.Resolution, _ = named(s.resolutions, asNamed, "Done")
	i.Resolved = s.now()
}
