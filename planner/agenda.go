package planner

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// contextLines are what the product owner has to say before anything else.
func (b *builder) contextLines() (lines []string) {
	lines = append(b.fromLastTime(), b.goal())
	if objectives := b.objectivesLine(); objectives != "" {
		lines = append(lines, objectives)
	}
	if b.epic != nil {
		lines = append(lines, b.epicLine())
	}
	return append(lines, b.whyNow())
}

// goal says what the session is to leave behind, and what it is not about.
func (b *builder) goal() string {
	open := b.where(func(r *reading) bool { return !r.ready() })
	ready := len(b.taken) - len(open)
	result := ""
	switch {
	case len(open) == 0:
		return fmt.Sprintf("Goal: confirm that %s can be started as written, and hear what speaks against it.", some(b.keys()))
	case ready == 0:
		result = "find for each ticket who needs it and how they will know that it is done"
	default:
		settled := keysOf(slices.DeleteFunc(slices.Clone(open), func(r *reading) bool { return r.beyond() != "" }))
		if len(settled) == 0 {
			settled = keysOf(open)
		}
		result = fmt.Sprintf("bring %s to where %s already %s: nothing that blocks",
			some(settled), some(keysOf(b.where((*reading).ready))), agree(ready, "stands", "stand"))
	}
	if c, ok := b.shared(); ok {
		result = fmt.Sprintf("settle %s; then %s", c.settle, result)
	}
	return "Goal: " + result + ". " + b.notToday()
}

// notToday says what the session is not about.
func (b *builder) notToday() string {
	if b.guide.Estimates() {
		return "Not today: solutions; a size comes last, once the problem is clear."
	}
	return "Not today: solutions and estimates."
}

func (b *builder) epicLine() string {
	i := b.epic.issue
	if i.Restricted {
		return fmt.Sprintf("%s has a security level. The product owner tells of it what may be told.", i.Key)
	}
	if b.epic.words == 0 {
		return fmt.Sprintf("%s has a title and no description. The product owner says in two sentences what is wrong today without%s.", i.Key, cmp.Or(titled(b.epic.subject()), " it"))
	}
	main := b.epic.mainEvidence()
	if preamble.MatchString(main.Quote) {
		main = b.epic.titleEvidence()
	}
	if n := slices.IndexFunc(b.epic.hits, func(h hit) bool { return h.rule == ruleProblem }); n >= 0 {
		main = b.epic.hits[n].ev
	} else if benefit := b.epic.aim(); benefit != "" {
		return fmt.Sprintf("The product owner starts from what %s is for: %s.", i.Key, benefit)
	}
	return fmt.Sprintf("The product owner starts from %s, %s, and says who feels it.", i.Key, main)
}

// preamble is a sentence about the epic, not about what it is for.
var preamble = regexp.MustCompile(`(?i)^(?:this|the) (?:epic|ticket|issue)\b`)

// whyNow states what the tickets tell about urgency, and asks for the rest.
func (b *builder) whyNow() string {
	facts := b.urgencyFacts()
	if len(facts) == 0 {
		return fmt.Sprintf("Why now: no due date, release or sprint goal stands on the %s. The product owner brings the reason.", agree(len(b.taken), "ticket", "tickets"))
	}
	ask := "The product owner says what follows from it."
	if missing := b.gaps(); len(missing) > 0 {
		ask = fmt.Sprintf("No ticket has a %s: the product owner brings what there is.", anyOf(missing))
	}
	return "Why now? By the tickets: " + strings.Join(facts, "; ") + ". " + ask
}

func (b *builder) urgencyFacts() (facts []string) {
	byPriority, byRelease := map[string][]string{}, map[string][]string{}
	for _, r := range b.concerned() {
		i := r.issue
		if !noPriority.MatchString(i.Priority) && r != b.epic {
			byPriority[i.Priority] = append(byPriority[i.Priority], i.Key)
		}
		for _, v := range i.FixVersions {
			if !v.Released {
				name := v.title() + past(v.Release, b.in.Session.Date())
				byRelease[name] = append(byRelease[name], i.Key)
			}
		}
		if !i.Due.IsZero() {
			facts = append(facts, fmt.Sprintf("%s due %s%s", i.Key, i.Due, i.dueMoved(b.in.Session.Start)))
		}
		if ev := r.pressed; ev.Quote != "" && !(r == b.epic && strings.Contains(b.epicLine(), ev.Quote)) {
			facts = append(facts, fmt.Sprintf("%s (%s)", ev, i.Key))
		}
	}
	facts = append(facts, b.daysWanted()...)
	facts = append(facts, b.movesOf()...)
	for n, name := range sortedBy(byPriority, func(p string) int { return urgency(Issue{Priority: p}) }) {
		who := some(byPriority[name])
		if n > 0 && len(b.taken) > mostNamed+1 { // the order tells which
			who = plural(len(byPriority[name]), "other")
		}
		facts = append(facts, fmt.Sprintf("%s priority for %s", name, who))
	}
	releases := sortedBy(byRelease, func(n string) int { return -len(byRelease[n]) })
	for _, name := range releases[:min(len(releases), 2)] {
		facts = append(facts, fmt.Sprintf("%s: %s", name, some(byRelease[name])))
	}
	for _, g := range b.sprintGoals() {
		facts = append(facts, "sprint goal: "+g)
	}
	return facts
}

// concerned are the epic and the items, whose urgency is the session's.
func (b *builder) concerned() []*reading {
	if b.epic == nil {
		return b.taken
	}
	return slices.Concat([]*reading{b.epic}, b.taken)
}

func (b *builder) sprintGoals() (goals []string) {
	for _, r := range b.taken {
		if g := r.issue.sprintGoal(); g != "" && !slices.Contains(goals, g) {
			goals = append(goals, g)
		}
	}
	return goals
}

func sortedBy(m map[string][]string, rank func(string) int) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b)) })
	return names
}

func (b *builder) retroLines() []string {
	longest := slices.Index(b.explore, slices.Max(append(slices.Clone(b.explore), 0)))
	line := "What worked, what did not, and was the time used well?"
	if longest >= 0 {
		line = fmt.Sprintf("What worked? Were %d minutes right for %s?", b.explore[longest], b.taken[longest].issue.Key)
	}
	return []string{line + " " + b.retroPitfall()}
}

// summaryLines end a session whose guide has no retrospective.
func (b *builder) summaryLines() []string {
	lines := []string{fmt.Sprintf("For %s: read out the decisions, and who does what by when.", some(b.keys()))}
	if open := b.where(func(r *reading) bool { return !r.ready() }); len(open) > 0 {
		lines = append(lines, fmt.Sprintf("For %s, if not ready by then: what is missing, and who brings it?", some(keysOf(open))))
	}
	lines = append(lines, "Count what is ready now, and be glad of it.")
	return append(lines, b.retroPitfall())
}

// retroPitfall names the pitfall that these tickets invite, in the guide's words
// where it has them.
func (b *builder) retroPitfall() string {
	line, seen := b.pitfall()
	if !b.guide.has(line) {
		return "Look back on this: " + seen
	}
	return fmt.Sprintf("Pitfall to look back on, “%s”: %s", line, seen)
}

func (b *builder) pitfall() (line, seen string) {
	switch solutions := b.where(func(r *reading) bool { return r.found(ruleSolution) }); {
	case len(solutions) > 0:
		return "Jumping to solutions too quickly", fmt.Sprintf("%s began with one.", some(keysOf(solutions)))
	case len(b.late) > 0:
		return "Not timeboxing discussions", fmt.Sprintf("%s found no time.", tickets(len(b.late)))
	default:
		return "Missing key stakeholders", "whose answer was missing, and for which ticket?"
	}
}

func (r *reading) found(rule string) bool {
	return slices.ContainsFunc(r.findings, func(f finding) bool { return f.Rule == rule })
}
