package draft

import "fmt"

// A Part is a list of lines of a draft, by the name that its JSON has for it.
type Part struct {
	Name  string
	Lines []Line
}

// Parts are all lines of a draft in their order; the goal, the reason and the
// question for the end are parts of one line, or none.
func (d Draft) Parts() []Part {
	return []Part{
		{"goal", written(d.Goal)}, {"why_now", written(d.WhyNow)}, {"talks", d.Talks}, {"verdicts", d.Verdicts}, {"results", d.Results}, {"key_points", d.KeyPoints},
		{"questions", d.Questions}, {"invite", d.Invite}, {"parked", d.Parked}, {"retro", written(d.Retro)}, {"closing", d.Closing},
	}
}

// TalkParts are the tickets of each line about a talk. A writer may part a talk.
func (d Draft) TalkParts() (parts [][]string) {
	for _, l := range d.Talks {
		parts = append(parts, l.Keys)
	}
	return parts
}

// Only is the draft with the lines that keep wants, by their places.
func (d Draft) Only(keep func(place string, l Line) bool) Draft {
	left := map[string][]Line{}
	for _, p := range d.Parts() {
		for n, l := range p.Lines {
			if keep(Place(p.Name, n), l) {
				left[p.Name] = append(left[p.Name], l)
			}
		}
	}
	one := func(part string) (l Line) {
		if lines := left[part]; len(lines) > 0 {
			l = lines[0]
		}
		return l
	}
	return Draft{
		Goal: one("goal"), WhyNow: one("why_now"), Talks: left["talks"], Verdicts: left["verdicts"], Results: left["results"], KeyPoints: left["key_points"],
		Questions: left["questions"], Invite: left["invite"], Parked: left["parked"], Retro: one("retro"), Closing: left["closing"],
	}
}

// written is a line as a part, none where it says nothing.
func written(l Line) []Line {
	if l.Text == "" {
		return nil
	}
	return []Line{l}
}

// Place names the n-th line of a part for people, who count from 1.
func Place(part string, n int) string { return fmt.Sprintf("%s %d", part, n+1) }
