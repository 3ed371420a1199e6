package brief

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"refine/internal/lazyregexp"
	"refine/planner/text"
	"refine/planner/ticket"
)

// An Objective is something that a team wants to reach soon.
type Objective struct {
	ID   string `json:"id,omitempty"` // as tickets name it: "Q4-2"; empty if it has none
	Text string `json:"text"`
}

var objectiveID = lazyregexp.New(`^([A-Z]{1,8}[-.]?\d+(?:[-.]\d+)*)(?:[:.)]| [-–—])? +(\S.*)$`)

// ParseObjective reads a line of a list: "Q4-1: Fewer invoices are paid late". An
// id at its beginning is how tickets may name it.
func ParseObjective(line string) Objective {
	if m := objectiveID.FindStringSubmatch(line); m != nil {
		return Objective{ID: m[1], Text: m[2]}
	}
	return Objective{Text: line}
}

// Title names the objective for people.
func (o Objective) Title() string {
	return text.OneLine(o.ID + " " + o.Text)
}

// Serves says which objective a ticket serves, and by what that shows.
type Serves struct {
	Objective string `json:"objective"`
	By        string `json:"evidence"`
}

// recogniseObjectives settles what the session's objectives are and which tickets
// serve them: those that were given, else the releases, sprint goals and epics of
// the tickets themselves.
func (b *Brief) recogniseObjectives() {
	given := len(b.Objectives) > 0
	for n := range b.Tickets {
		t := &b.Tickets[n]
		if !given {
			t.Serves = b.belongs(t.Issue)
			continue
		}
		for _, o := range b.Objectives {
			if by := servedBy(t.Issue, o); by != "" {
				t.Serves = append(t.Serves, Serves{o.Title(), by})
			}
		}
	}
	if given {
		return
	}
	for _, t := range b.Tickets {
		for _, s := range t.Serves {
			if o := (Objective{Text: s.Objective}); !slices.Contains(b.Objectives, o) {
				b.Objectives = append(b.Objectives, o)
			}
		}
	}
}

// belongs are the objectives that an issue has by itself.
func (b *Brief) belongs(i ticket.Issue) (out []Serves) {
	for _, v := range i.FixVersions {
		if v.Ahead(b.Session.Date()) {
			out = append(out, Serves{releaseName(v.Name), "its fix version"})
		}
	}
	if s := i.Sprint; s != nil && s.State != "closed" && strings.TrimSpace(s.Goal) != "" {
		out = append(out, Serves{"sprint goal: " + text.OneLine(s.Goal), "it is in " + s.Name})
	}
	switch epic := b.Epic; {
	case epic != nil && !epic.Issue.Restricted:
		out = append(out, Serves{strings.TrimSpace(epic.Issue.Key + " " + epic.Issue.Summary), "its epic"})
	case epic == nil && i.Parent != nil && !i.Subtask:
		out = append(out, Serves{strings.TrimSpace(i.Parent.Key + " " + i.Parent.Summary), "its epic"})
	}
	return out
}

// servedBy says by what an issue shows that it serves an objective: it names it,
// or belongs to something that the objective names. Words that both happen to
// use show nothing.
func servedBy(i ticket.Issue, o Objective) string {
	named := o.ID + " " + o.Text
	switch {
	case o.ID != "" && names(i.Summary+"\n"+i.Description+"\n"+strings.Join(i.Labels, "\n"), o.ID):
		return "names " + o.ID
	case i.Parent != nil && names(named, i.Parent.Key):
		return "its epic is " + i.Parent.Key
	case names(named, i.Key):
		return "is named by it"
	case i.Sprint != nil && names(named, i.Sprint.Name):
		return "it is in " + i.Sprint.Name
	}
	for _, v := range i.FixVersions {
		if names(named, v.Name) {
			return "its fix version is " + v.Name
		}
	}
	return ""
}

// names reports whether text holds name as words of their own, in any case of
// letters.
func names(text, name string) bool {
	text, name = strings.ToLower(text), strings.ToLower(strings.TrimSpace(name))
	if name == "" {
		return false
	}
	for from := 0; ; {
		at := strings.Index(text[from:], name)
		if at < 0 {
			return false
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(name):])
		if !partOfWord(before) && !partOfWord(after) {
			return true
		}
		from = at + len(name)
	}
}

func partOfWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// releaseName calls a version a release, unless its name says what it is.
func releaseName(name string) string {
	if n := strings.ToLower(name); strings.HasPrefix(n, "release") || strings.Contains(n, "sprint") {
		return name
	}
	return "release " + name
}
