package face

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"refine/planner"
	"refine/planner/text"
)

// page collects a format's lines; what fails is the writing, at the end.
type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) {
	fmt.Fprintf(&p.Builder, format+"\n", args...)
}

func (p *page) list(mark string, lines []string) {
	for _, l := range lines {
		p.line("%s%s", mark, l)
	}
}

func (p *page) writeTo(w io.Writer) error {
	_, err := io.WriteString(w, p.String())
	return err
}

func clock(t time.Time) string { return t.Format("15:04") }

// throughout is the heading of what runs through all phases; prefix stands
// before the guide's own name for it.
func throughout(p planner.Plan, prefix string) string {
	if name := p.Guide.Throughout(); name != "" {
		return prefix + name
	}
	return "Throughout"
}

// presented names the items of a slot, with whose turn it is.
func presented(s planner.Slot) string {
	name := strings.Join(s.Keys(), ", ")
	if s.Presenter != "" {
		name += " (" + text.OneLine(s.Presenter) + ")"
	}
	return name
}

// slot is who presents what, and what for. Keys that open each part of the words
// are not said twice.
func slot(p planner.Plan, s planner.Slot) string {
	if s.Presenter == "" && opensEach(s.Note, s.Keys()) {
		return s.Note
	}
	return presented(s) + called(p, s) + ": " + s.Note
}

// minutesOf is how long an item is talked about.
func minutesOf(i planner.Item) string {
	if i.Minutes == 0 {
		return "under a minute"
	}
	return fmt.Sprintf("%d min", i.Minutes)
}

// called is the title of a slot's only item, where that only points to a question and the
// title is short.
func called(p planner.Plan, s planner.Slot) string {
	i := slices.IndexFunc(p.Items, func(i planner.Item) bool { return i.Issue.Key == s.Key })
	if i < 0 || len(s.With) > 0 || !strings.HasPrefix(s.Note, "Question") {
		return ""
	}
	title := text.OneLine(p.Items[i].Issue.Summary)
	if len(strings.Fields(title)) > mostCalled {
		return ""
	}
	return " " + title
}

// mostCalled is how many words a title has that people can say.
const mostCalled = 12

func opensEach(note string, keys []string) bool {
	return strings.HasPrefix(note, keys[0]) && !slices.ContainsFunc(keys, func(key string) bool { return !strings.Contains(note, key) })
}

// leftOut is what was not looked at, in one line with a count (L18).
func leftOut(p planner.Plan) string {
	later := slices.DeleteFunc(slices.Clone(p.Deferred), planner.Deferred.Epic)
	switch n := len(later); n {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("For the next session: %s (%s).", later[0].Key, later[0].Reason)
	default:
		first := later[:min(n, 3)]
		var keys []string
		for _, d := range first {
			keys = append(keys, d.Key)
		}
		return fmt.Sprintf("For the next session: %d tickets that found no time here, %s first.", n, strings.Join(keys, ", "))
	}
}
