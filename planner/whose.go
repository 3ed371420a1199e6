package planner

import (
	"fmt"

	"refine/planner/draft"
	"refine/planner/text"
)

// written counts the lines of a draft that are not the built-in ones.
func (p *Preparation) written(d draft.Draft) (n int) {
	own := map[string]bool{}
	for _, part := range p.BuiltIn().Parts() {
		for _, l := range part.Lines {
			own[l.Text] = true
		}
	}
	for _, part := range d.Parts() {
		for _, l := range part.Lines {
			if !own[l.Text] {
				n++
			}
		}
	}
	return n
}

// whose are the words of a plan, told with what they have been held against and no
// more than that.
func (d Draft) whose() string {
	switch {
	case d.By == ByPerson && d.Lines > 0:
		return fmt.Sprintf("Words: %s from a draft that was handed in, held against the tickets by the program's rules; the others are built-in.", text.Counted(d.Lines, "line"))
	case d.By == ByModel && d.Reviewed:
		return fmt.Sprintf("Words: %s by the language model %s, held against the tickets by the program's rules and read a second time by the model; the others are built-in.", text.Counted(d.Lines, "line"), d.Model)
	case d.By == ByModel:
		return fmt.Sprintf("Words: %s by the language model %s, held against the tickets by the program's rules and not read a second time; the others are built-in.", text.Counted(d.Lines, "line"), d.Model)
	case d.Model != "":
		return fmt.Sprintf("Words: built-in. The language model %s was asked and is not used: %s.", d.Model, d.Reason)
	}
	return "" // there was nobody else
}
