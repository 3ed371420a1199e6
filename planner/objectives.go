package planner

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// An Objective is something that a team wants to reach soon.
type Objective struct {
	ID   string // as tickets name it: "Q4-2"; empty if it has none
	Text string
}

var objectiveID = regexp.MustCompile(`^([A-Z]{1,8}[-.]?\d+(?:[-.]\d+)*)(?:[:.)]| [-–—])? +(\S.*)$`)

// ParseObjective reads a line of a list: "Q4-1: Fewer invoices are paid late". An
// id at its beginning is how tickets may name it.
func ParseObjective(line string) Objective {
	if m := objectiveID.FindStringSubmatch(line); m != nil {
		return Objective{ID: m[1], Text: m[2]}
	}
	return Objective{Text: line}
}

// title names the objective for people.
func (o Objective) title() string {
	if o.ID == "" {
		return oneLine(o.Text)
	}
	return strings.TrimSpace(o.ID + " " + oneLine(o.Text))
}

// Serves says which objective an item serves, and by what that was recognised.
type Serves struct {
	Objective string `json:"objective"`
	Evidence  string `json:"evidence"`
}

func (s Serves) String() string { return fmt.Sprintf("%s (%s)", s.Objective, s.Evidence) }

// noneServed is said of an item that serves nothing that was recognised.
const noneServed = "none recognised"

// ServesLine says what an item serves, or that it serves none; empty if the
// session has no objectives.
func (p Plan) ServesLine(i Item) string {
	switch {
	case len(i.Serves) > 0:
		var all []string
		for _, s := range i.Serves {
			all = append(all, s.String())
		}
		return enumerate(all)
	case len(p.Objectives) > 0:
		return noneServed
	default:
		return ""
	}
}

// readObjectives settles what the session's objectives are and which items serve
// them: those that were given, else the releases, sprint goals and epics of the
// items themselves.
func (b *builder) readObjectives() {
	b.serves = map[string][]Serves{}
	given := b.in.Objectives
	if len(given) > 0 {
		rare := b.rareTerms()
		for _, o := range given {
			b.plan.Objectives = append(b.plan.Objectives, o.title())
			for _, r := range b.taken {
				if evidence := r.evidenceFor(o, rare); evidence != "" {
					b.serve(r, o.title(), evidence)
				}
			}
		}
		return
	}
	for _, r := range b.taken {
		for _, s := range b.belongs(r.issue) {
			b.serve(r, s.Objective, s.Evidence)
			if !slices.Contains(b.plan.Objectives, s.Objective) {
				b.plan.Objectives = append(b.plan.Objectives, s.Objective)
			}
		}
	}
}

func (b *builder) serve(r *reading, objective, evidence string) {
	key := r.issue.Key
	b.serves[key] = append(b.serves[key], Serves{objective, evidence})
}

// belongs are the objectives that an issue has by itself.
func (b *builder) belongs(i Issue) (out []Serves) {
	for _, v := range i.FixVersions {
		if !v.Released {
			out = append(out, Serves{versionTitle(v), "its fix version"})
		}
	}
	if goal := sprintGoalOf(i); goal != "" {
		out = append(out, Serves{"sprint goal: " + goal, "it is in " + oneLine(i.Sprint.Name)})
	}
	switch epic := b.epic; {
	case epic != nil && !epic.issue.Restricted:
		out = append(out, Serves{strings.TrimSpace(epic.issue.Key + " " + oneLine(epic.issue.Summary)), "its epic"})
	case epic == nil && i.Parent != nil && !i.Subtask:
		out = append(out, Serves{strings.TrimSpace(i.Parent.Key + " " + oneLine(i.Parent.Summary)), "its epic"})
	}
	return out
}

// evidenceFor says by what the item is recognised to serve an objective: it
// names it, or belongs to something that the objective names, or shares words
// with it that few items have; empty if by nothing.
func (r *reading) evidenceFor(o Objective, rare map[string]bool) string {
	i := r.issue
	switch {
	case o.ID != "" && namesIt(i.Summary+"\n"+i.Description+"\n"+strings.Join(i.Labels, "\n"), o.ID):
		return "names " + o.ID
	case i.Parent != nil && namesIt(o.Text+" "+o.ID, i.Parent.Key):
		return "its epic is " + i.Parent.Key
	}
	for _, v := range i.FixVersions {
		if v.Name != "" && namesIt(o.Text+" "+o.ID, v.Name) {
			return "its fix version is " + v.Name
		}
	}
	if i.Sprint != nil && i.Sprint.Name != "" && namesIt(o.Text+" "+o.ID, i.Sprint.Name) {
		return "it is in " + i.Sprint.Name
	}
	if words := r.sharedWith(o.Text, rare); len(words) >= leastSharedRare {
		return "shares " + enumerate(words)
	}
	return ""
}

// namesIt reports whether text holds name as words of their own.
func namesIt(text, name string) bool {
	return regexp.MustCompile(`(?i)(?:^|[^\pL\d])` + regexp.QuoteMeta(strings.TrimSpace(name)) + `(?:$|[^\pL\d])`).MatchString(text)
}

// leastSharedRare is how many rare words an item and an objective have to share.
const leastSharedRare = 2

// rareTerms are the terms that at most half of the selection's issues have.
func (b *builder) rareTerms() map[string]bool {
	count := map[string]int{}
	for _, r := range b.all {
		for t := range termSet(r.ownText()) {
			count[t]++
		}
	}
	rare := map[string]bool{}
	for t, n := range count {
		rare[t] = n <= max(len(b.all)/2, 1)
	}
	return rare
}

// weakWords are those that say too little to tie an item to an objective.
var weakWords = wordSet(`every each once time times less fewer better faster easier good well way ways day days week month year
quarter make makes made get gets keep able own two three half`)

// sharedWith quotes the words of an objective that the item has, too, as they
// stand in the item.
func (r *reading) sharedWith(objective string, rare map[string]bool) (out []string) {
	wanted, seen := termSet(objective), map[string]bool{}
	letters := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	for w := range strings.FieldsFuncSeq(r.ownText(), letters) {
		if lower := strings.ToLower(w); weakWords[lower] || askingWords[lower] {
			continue
		}
		for _, t := range terms(w) {
			if wanted[t] && rare[t] && !seen[t] {
				seen[t] = true
				out = append(out, "“"+w+"”")
			}
		}
	}
	return out[:min(len(out), mostNamed)]
}

// objectivesLine names the given objectives in the context phase, with the items
// that serve them. What the items have by themselves is told as why now.
func (b *builder) objectivesLine() string {
	if len(b.in.Objectives) == 0 {
		return ""
	}
	var parts, idle []string
	for _, o := range b.plan.Objectives {
		keys := keysOf(b.where(func(r *reading) bool {
			return slices.ContainsFunc(b.serves[r.issue.Key], func(s Serves) bool { return s.Objective == o })
		}))
		if len(keys) == 0 {
			keys = []string{"no item recognised"}
		}
		parts = append(parts, o+": "+some(keys))
	}
	idle = keysOf(b.where(func(r *reading) bool { return len(b.serves[r.issue.Key]) == 0 }))
	line := "Objectives: " + strings.Join(parts, "; ") + "."
	if len(idle) > 0 {
		line += fmt.Sprintf(" %s %s none that was recognised; the product owner says what for.", some(idle), agree(len(idle), "serves", "serve"))
	}
	return line
}

// objectivesAssumed states what stands for objectives that nobody gave, where that
// is not said with the priorities, and how given ones were matched.
func (b *builder) objectivesAssumed() string {
	urgent, own := len(b.urgencyFacts()) > 0, len(b.plan.Objectives) > 0
	switch {
	case len(b.in.Objectives) > 0:
		return "Objectives: an item serves one if it names it, belongs to what it names, or shares at least two words with it that few items have."
	case own && !urgent:
		return "Objectives: none were given; releases, sprint goals and epics of the tickets stand for them."
	case urgent && !own:
		return "Objectives: none were given, and no ticket has a release, a sprint goal or an epic."
	default:
		return ""
	}
}
