package confluence

import (
	"slices"
	"strings"

	"refine/confluence/storage"
	"refine/planner/outcome"
)

// Tick ticks the tasks that actions of the page are, or takes their ticks off, as
// each of them says, and leaves every other byte as it is. A task is known by its
// id and its words; one that is gone, copied or of other words is left alone. browse
// is that of [State.Outcomes].
func (s State) Tick(body string, actions []outcome.Entry, browse ...string) (string, error) {
	if len(actions) == 0 {
		return body, nil
	}
	doc, err := storage.Parse(body)
	if err != nil {
		return body, err
	}
	read, err := s.Outcomes(body, browse...)
	if err != nil {
		return body, err
	}
	tasks := map[string][]*storage.Node{}
	for n := range doc.Root.Find("ac:task") {
		id := strings.TrimSpace(childText(n, "ac:task-id"))
		tasks[id] = append(tasks[id], n)
	}
	var edits []storage.Edit
	for _, want := range actions {
		same := func(e outcome.Entry) bool { return e.ID == want.ID && e.SameWords(want) }
		if list := tasks[want.ID]; want.ID != "" && len(list) == 1 && slices.ContainsFunc(read.Entries, same) {
			edits = append(edits, tickOf(list[0], want.Done)...)
		}
	}
	return storage.Splice(body, edits)
}

// tickOf writes a task's status where it stands. One without is open, and gets one
// before its text.
func tickOf(task *storage.Node, done bool) []storage.Edit {
	const status = "ac:task-status"
	word := "incomplete"
	if done {
		word = "complete"
	}
	n, text := task.Child(status), task.Child("ac:task-body")
	switch {
	case n != nil && strings.TrimSpace(rawText(n)) == word, n == nil && (text == nil || !done):
		return nil
	case n == nil:
		return []storage.Edit{{Start: text.Start, End: text.Start, New: "<" + status + ">" + word + "</" + status + ">"}}
	case n.InnerStart == n.End: // written as one tag
		return []storage.Edit{{Start: n.Start, End: n.End, New: "<" + status + ">" + word + "</" + status + ">"}}
	}
	return []storage.Edit{{Start: n.InnerStart, End: n.InnerEnd, New: word}}
}

// Ticked reports whether an action stands on the page as it says, see [State.Tick].
func (s State) Ticked(body string, action outcome.Entry, browse ...string) (bool, error) {
	read, err := s.Outcomes(body, browse...)
	return slices.ContainsFunc(read.Entries, func(e outcome.Entry) bool {
		return e.ID == action.ID && e.Done == action.Done && e.SameWords(action)
	}), err
}

// Held reports whether somebody ticked the box that ends a session. A body that
// cannot be parsed is for whoever needs to read it.
func Held(body string) bool {
	doc, err := storage.Parse(body)
	if err != nil {
		return false
	}
	for task := range doc.Root.Find("ac:task") {
		if ticked(task) && strings.EqualFold(textOf(taskBody(task)).String(), heldText) {
			return true
		}
	}
	return false
}

func ticked(task *storage.Node) bool {
	return strings.TrimSpace(childText(task, "ac:task-status")) == "complete"
}
