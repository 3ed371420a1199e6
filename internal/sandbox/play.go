package sandbox

import (
	"fmt"
	"strings"
	"time"

	"refine/confluence/storage"
)

// A Person types on a session's page the way people do: into the empty forms
// under an item, and below them once they are filled.
type Person struct {
	// Native says that the editor has decision lists, as Cloud's does.
	Native bool
}

// Decides types a decision into the item's section.
func (p Person) Decides(body, key, text string) (string, error) {
	return fill(body, key, "Decisions", func(b *storage.Builder) {
		if p.Native {
			b.DecisionList(storage.Decided(storage.Plain(text)))
			return
		}
		b.BulletList(storage.Line(storage.Status(storage.Green, "Decision"), storage.Plain(" "+text)))
	})
}

// Acts types an action item into the item's section. Nobody owns it if owner is
// the zero user, and it is never due if due is the zero time.
func (p Person) Acts(body, key, text string, owner storage.User, due time.Time) (string, error) {
	line := []storage.Inline{storage.Mention(owner), storage.Plain(" " + text)}
	if !due.IsZero() {
		line = append(line, storage.Plain(" "), storage.Time(due))
	}
	return fill(body, key, "Action items", func(b *storage.Builder) { b.TaskList(storage.Todo(line...)) })
}

// ActsOnEach types an action item that nobody owns for each of some texts.
func (p Person) ActsOnEach(body, key string, texts []string) (string, error) {
	var typed []storage.Task
	for _, text := range texts {
		typed = append(typed, storage.Todo(storage.Plain(text)))
	}
	return fill(body, key, "Action items", func(b *storage.Builder) { b.TaskList(typed...) })
}

// Agrees types lines into the item's form under a heading, criteria or an estimate.
func (p Person) Agrees(body, key, heading string, lines ...string) (string, error) {
	entries := make([]storage.Body, len(lines))
	for i, l := range lines {
		entries[i] = storage.Line(storage.Plain(l))
	}
	return fill(body, key, heading, func(b *storage.Builder) { b.BulletList(entries...) })
}

// Ticks ticks a box of the item, or takes its tick away.
func (p Person) Ticks(body, key, box string, done bool) (string, error) {
	doc, err := storage.Parse(body)
	if err != nil {
		return "", err
	}
	form := findForm(doc, key, "Outcome")
	if form == nil {
		return "", fmt.Errorf("the page has no boxes under %s", key)
	}
	for _, task := range form.Children {
		text, status := task.Child("ac:task-body"), task.Child("ac:task-status")
		if text == nil || status == nil || strings.TrimSpace(text.PlainText()) != box {
			continue
		}
		state := "incomplete"
		if done {
			state = "complete"
		}
		return storage.Splice(body, []storage.Edit{{Start: status.Start, End: status.End, New: "<ac:task-status>" + state + "</ac:task-status>"}})
	}
	return "", fmt.Errorf("%s has no box %q", key, box)
}

// fill writes into the form under a heading of the item's section, or behind
// what stands there if the form is filled already.
func fill(body, key, heading string, write storage.Body) (string, error) {
	doc, err := storage.Parse(body)
	if err != nil {
		return "", err
	}
	form := findForm(doc, key, heading)
	if form == nil {
		return "", fmt.Errorf("the page has no %q under %s", heading, key)
	}
	b := storage.NewBuilder(storage.IDsFor(doc))
	write(b)
	edit := storage.Edit{Start: form.Start, End: form.End, New: b.String()}
	if !empty(form) {
		edit.Start = form.End
	}
	return storage.Splice(body, []storage.Edit{edit})
}

// findForm returns the block that follows the heading in the item's section.
func findForm(doc *storage.Document, key, heading string) *storage.Node {
	inItem, inForm := false, false
	for _, n := range doc.Blocks() {
		title := strings.TrimSpace(n.PlainText())
		switch {
		case n.Name == "h2":
			inItem = title == key || strings.HasPrefix(title, key+" ")
		case n.Name == "h3":
			inForm = inItem && title == heading
		case inForm && storage.Canonical(n) == "": // an empty line
		case inForm:
			return n
		}
	}
	return nil
}

// empty reports whether a form has nothing in it but its own lozenge and hint.
func empty(form *storage.Node) bool { return strings.TrimSpace(form.PlainText()) == "" }
