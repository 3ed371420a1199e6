package draft

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/talks"
	"refine/planner/text"
)

// talks say what each talk is to find out: why its tickets are talked about
// together, and their doubts by the question that is about them or by kind.
func (w *writer) talks() (lines []Line) {
	for _, t := range w.Talks.Talks {
		var parts []string
		if bond := bond(t); bond != "" {
			parts = append(parts, bond)
		}
		if t.Bond == talks.OfEpic {
			lines = append(lines, Line{Keys: t.Keys, Text: "What the epic itself has to say."})
			continue
		}
		if t.Bond == talks.Ready {
			parts = append(w.asksOfAll(t.Keys), text.Agree(len(t.Keys), "What would stop whoever starts it?", "Of each: what would stop whoever starts it?"))
		}
		parts = append(parts, w.finds(t)...)
		lines = append(lines, Line{Keys: t.Keys, Text: strings.Join(parts, " "), Doubts: t.Doubts})
	}
	return lines
}

// asksOfAll names the questions that are about one of some tickets each.
func (w *writer) asksOfAll(keys []string) []string {
	var numbers []string
	for n, q := range w.asks {
		if len(q.Keys) == 1 && slices.Contains(keys, q.Keys[0]) {
			numbers = append(numbers, fmt.Sprint(n+1))
		}
	}
	if len(numbers) == 0 {
		return nil
	}
	return []string{text.Agree(len(numbers), "Question ", "Questions ") + text.Enumerate(numbers) + "."}
}

// bond says why several tickets are one talk.
func bond(t talks.Talk) string {
	both := text.Agree(len(t.Keys)-1, "both", "all") // of two or more
	switch t.Bond {
	case talks.Linked:
		return "Linked to each other."
	case talks.Component:
		return fmt.Sprintf("Component of %s: %s.", both, t.Name)
	case talks.Named:
		return fmt.Sprintf("What %s name: %s.", both, t.Name)
	case talks.Doubt:
		return "One doubt is about " + both + "."
	}
	return ""
}

// finds are what the talk's tickets leave open, those of one kind together.
func (w *writer) finds(t talks.Talk) (parts []string) {
	byKind := map[string][]string{}
	var order []string
	for _, key := range t.Keys {
		for _, d := range w.Brief.Of(key) {
			find := w.find(d)
			if find == "" || d.Kind == brief.Finished || d.Kind == brief.Unlinked || d.Keys[0] != key && slices.Contains(t.Keys, d.Keys[0]) {
				continue
			}
			if byKind[find] == nil {
				order = append(order, find)
			}
			byKind[find] = append(byKind[find], key)
			break // the heaviest of a ticket leads; the others stand under it
		}
	}
	for _, find := range order {
		if len(byKind[find]) == len(t.Keys) { // all of them: the slot names them
			parts = append(parts, text.UpperFirst(find)+".")
			continue
		}
		parts = append(parts, fmt.Sprintf("%s: %s.", some(byKind[find]), find))
	}
	return parts
}

// find is what a talk finds out of a doubt: the answer to a question of the
// session, or what its kind asks for.
func (w *writer) find(d brief.Doubt) string {
	if n := w.number[d.ID]; n > 0 {
		return fmt.Sprintf("question %d", n)
	}
	return fill(framesOf[d.Kind].find, d)
}
