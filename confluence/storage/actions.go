package storage

import (
	"fmt"
	"strconv"
	"strings"
)

// A Task is an item of a task list. Its first mention is its owner, its first
// date the day it is due.
type Task struct {
	// ID tells the tasks of a page apart; 0 takes the next free one.
	ID   int
	Done bool
	Text []Inline
}

// Todo is a task that is not done.
func Todo(text ...Inline) Task { return Task{Text: text} }

// TaskList writes tasks with a checkbox each, which can be ticked without
// opening the editor. It writes nothing if there are none.
func (b *Builder) TaskList(tasks ...Task) {
	if len(tasks) == 0 {
		return
	}
	b.element("ac:task-list", nil, func() {
		for _, t := range tasks {
			b.element("ac:task", nil, func() { b.task(t) })
		}
	})
}

func (b *Builder) task(t Task) {
	id, status := t.ID, "incomplete"
	if id == 0 {
		id = b.ids.nextTask()
	}
	if t.Done {
		status = "complete"
	}
	b.write(element("ac:task-id", nil, strconv.Itoa(id)))
	b.write(element("ac:task-status", nil, status))
	b.line("ac:task-body", t.Text)
}

// A Decision is an item of a decision list.
type Decision struct {
	Open bool // still to be decided
	Text []Inline
}

// Decided is a decision that was taken.
func Decided(text ...Inline) Decision { return Decision{Text: text} }

// DecisionList writes the decision list of Confluence Cloud, together with the
// plain list that stands for it where it is not known. Without decisions it is
// a list of one empty item, for people to type into.
func (b *Builder) DecisionList(decisions ...Decision) {
	if len(decisions) == 0 {
		decisions = []Decision{{}}
	}
	b.element("ac:adf-extension", nil, func() {
		b.element("ac:adf-node", []Attr{{"type", "decision-list"}}, func() {
			b.localID()
			for _, d := range decisions {
				b.element("ac:adf-node", []Attr{{"type", "decision-item"}}, func() { b.decision(d) })
			}
		})
		b.element("ac:adf-fallback", nil, func() {
			b.element("ul", []Attr{{"class", "decision-list"}}, func() {
				for _, d := range decisions {
					b.line("li", d.Text)
				}
			})
		})
	})
}

func (b *Builder) decision(d Decision) {
	state := "DECIDED"
	if d.Open {
		state = "UNDECIDED"
	}
	b.localID()
	b.adfAttribute("state", state)
	if len(d.Text) > 0 {
		b.line("ac:adf-content", d.Text)
	}
}

func (b *Builder) localID() { b.adfAttribute("local-id", b.ids.nextLocal()) }

func (b *Builder) adfAttribute(key, value string) {
	b.write(element("ac:adf-attribute", []Attr{{"key", key}}, escape(value)))
}

// IDs counts out the ids of tasks and decisions, so that each stands on a page
// once. They are the same for the same sequence of calls.
type IDs struct {
	task, local int
	taken       map[string]bool
}

// IDsFor counts out ids that the page does not have yet.
func IDsFor(page *Document) *IDs {
	ids := &IDs{taken: map[string]bool{}}
	for n := range page.Root.All() {
		switch {
		case n.is("ac:task-id"), n.is("ac:adf-attribute") && n.AttrValue("key") == "local-id":
			ids.taken[strings.TrimSpace(n.content())] = true
		}
	}
	return ids
}

func (ids *IDs) nextTask() int {
	for {
		ids.task++
		if !ids.taken[strconv.Itoa(ids.task)] {
			return ids.task
		}
	}
}

// nextLocal is an id of twelve hexadecimal digits, as Cloud gives them.
func (ids *IDs) nextLocal() string {
	for {
		ids.local++
		if id := fmt.Sprintf("%012x", ids.local); !ids.taken[id] {
			return id
		}
	}
}
