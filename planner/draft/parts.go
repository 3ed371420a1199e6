package draft

import "fmt"

// A Part is a list of lines of a draft, by the name that its JSON has for it.
type Part struct {
	Name  string
	Lines []Line
}

// Parts are all lines of a draft in their order; the goal is a part of one line,
// or none.
func (d Draft) Parts() []Part {
	goal := []Line{d.Goal}
	if d.Goal.Text == "" {
		goal = nil
	}
	return []Part{
		{"goal", goal}, {"talks", d.Talks}, {"verdicts", d.Verdicts}, {"results", d.Results}, {"key_points", d.KeyPoints},
		{"questions", d.Questions}, {"invite", d.Invite}, {"parked", d.Parked}, {"closing", d.Closing},
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
	out := Draft{
		Talks: left["talks"], Verdicts: left["verdicts"], Results: left["results"], KeyPoints: left["key_points"],
		Questions: left["questions"], Invite: left["invite"], Parked: left["parked"], Closing: left["closing"],
	}
	if goal := left["goal"]; len(goal) > 0 {
		out.Goal = goal[0]
	}
	return out
}

// Place names the n-th line of a part for people, who count from 1.
func Place(part string, n int) string { return fmt.Sprintf("%s %d", part, n+1) }
