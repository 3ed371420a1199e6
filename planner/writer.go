package planner

import (
	"fmt"

	"refine/planner/draft"
	"refine/planner/text"
)

// whose says which words are whose, and no more of what was checked than was
// (L13); empty where nobody but the built-in writer was asked.
func (w Words) whose() string {
	switch {
	case w.By == ByModel:
		return w.wrote("the language model " + text.OneLine(w.Model))
	case w.By == ByPerson:
		return w.wrote("a person's draft")
	case w.Model != "":
		return fmt.Sprintf("Words: built-in. The language model %s was asked for a draft that is not used: %s.", text.OneLine(w.Model), w.Reason)
	}
	return ""
}

func (w Words) wrote(who string) string {
	parts := written(w.Draft)
	if len(parts) == 0 {
		return fmt.Sprintf("Words: built-in. Nothing of what %s says stands in the tickets.", who)
	}
	return fmt.Sprintf("Words: %s gives the %s as far as they stand; the rest is built-in. Its quotes, numbers, names and keys were looked up in the tickets; whether a sentence is true was not.", who, text.Enumerate(parts))
}

// written are the parts of a draft that hold something, as a page calls them.
func written(d draft.Draft) (parts []string) {
	if d.Goal.Text != "" {
		parts = append(parts, "goal")
	}
	for _, p := range []struct {
		name  string
		lines []draft.Line
	}{
		{"talks", d.Talks}, {"verdicts", d.Verdicts}, {"results", d.Results}, {"key points", d.KeyPoints}, {"questions", d.Questions},
		{"invitations", d.Invite}, {"parked topics", d.Parked}, {"closing", d.Closing},
	} {
		if len(p.lines) > 0 {
			parts = append(parts, p.name)
		}
	}
	return parts
}
