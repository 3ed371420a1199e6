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
		return fmt.Sprintf("Goal: confirm that %s can be started as written, and hear what speaks against it.", b.those(b.keys()))
	case ready == 0:
		result = "find for each ticket who needs it and how they will know that it is done"
	default:
		settled := keysOf(slices.DeleteFunc(slices.Clone(open), func(r *reading) bool { return r.beyond() != "" }))
		if len(settled) == 0 {
			settled = keysOf(open)
		}
		result = fmt.Sprintf("make %s ready", b.those(settled))
		if len(settled)+ready == len(b.taken) {
			result += fmt.Sprintf("; %s", agree(ready, "the other one already is", fmt.Sprintf("the other %d already are", ready)))
		} else {
			result += fmt.Sprintf("; %s already %s", b.those(keysOf(b.where((*reading).ready))), agree(ready, "is", "are"))
		}
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
		if b.worn(quotesIn(benefit)) {
			return fmt.Sprintf("The product owner says in two sentences what %s is for, and for whom.", i.Key)
		}
		return fmt.Sprintf("The product owner starts from what %s is for: %s.", i.Key, benefit)
	}
	return fmt.Sprintf("The product owner starts from %s, %s, and says who feels it.", i.Key, main)
}

// worn reports whether key points and questions quote it as often as a reader
// wants to see it.
func (b *builder) worn(quotes []string) bool {
	n := 0
	for _, text := range append(pointTexts(b.plan), questionTexts(b.plan)...) {
		if len(quotes) > 0 && strings.Contains(text, quotes[0]) {
			n++
		}
	}
	return n > 1
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
	return "Why now? By the tickets: " + strings.Join(facts, "; ") + ". " + ask + b.movedOn()
}

func (b *builder) urgencyFacts() (facts []string) {
	byRelease := map[string][]string{}
	for _, r := range b.concerned() {
		i := r.issue
		for _, v := range i.FixVersions {
			if !v.Released {
				name := versionTitle(v) + past(v.Release, b.in.Session.Date())
				byRelease[name] = append(byRelease[name], i.Key)
			}
		}
		if !i.Due.IsZero() {
			facts = append(facts, fmt.Sprintf("%s due %s%s", i.Key, i.Due, dueMovedOf(i, b.in.Session.Start)))
		}
		if ev := r.pressed; ev.Quote != "" && !(r == b.epic && strings.Contains(b.epicLine(), ev.Quote)) {
			facts = append(facts, fmt.Sprintf("%s (%s)", ev, i.Key))
		}
	}
	facts = append(facts, b.daysWanted()...)
	facts = append(facts, b.movesOf()...)
	if priorities := b.prioritiesTold(); priorities != "" {
		facts = append(facts, priorities)
	}
	releases := sortedBy(byRelease, func(n string) int { return -len(byRelease[n]) })
	for _, name := range releases[:min(len(releases), 2)] {
		facts = append(facts, fmt.Sprintf("%s: %s", name, b.those(byRelease[name])))
	}
	for _, g := range b.sprintGoals() {
		facts = append(facts, "sprint goal: "+g)
	}
	return facts
}

// prioritiesTold says which tickets have which priority, the most urgent first.
// The largest of several groups needs no keys where the others have theirs.
func (b *builder) prioritiesTold() string {
	by, with := map[string][]string{}, 0
	for _, r := range b.taken {
		if p := r.issue.Priority; !noPriority.MatchString(p) {
			by[p] = append(by[p], r.issue.Key)
			with++
		}
	}
	names := sortedBy(by, func(p string) int { return urgency(Issue{Priority: p}) })
	most := ""
	for _, name := range names {
		if len(by[name]) > max(len(by[most]), 2) && with == len(b.taken) && len(names) > 1 {
			most = name
		}
	}
	var parts []string
	for _, name := range names {
		if name != most {
			parts = append(parts, name+" for "+b.those(by[name]))
		}
	}
	if most != "" {
		parts = append(parts, fmt.Sprintf("%s for the other %d", most, len(by[most])))
	}
	if len(parts) == 0 {
		return ""
	}
	return "priority " + strings.Join(parts, ", ")
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
		if g := sprintGoalOf(r.issue); g != "" && !slices.Contains(goals, g) {
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
	return []string{"What worked, what did not, and " + b.retroTime() + " " + b.retroPitfall()}
}

// retroTime asks about the longest talk: of one ticket, or of several in one.
func (b *builder) retroTime() string {
	longest, minutes := discussion{}, 0
	at := 0
	for _, d := range discussions(b.taken) {
		sum := 0
		for _, m := range b.explore[at:min(at+len(d), len(b.explore))] {
			sum += m
		}
		if at += len(d); sum > minutes {
			longest, minutes = d, sum
		}
	}
	switch len(longest) {
	case 0:
		return "which part of the time brought least?"
	case 1:
		if len(b.taken) == 1 {
			return fmt.Sprintf("which of the %d minutes on %s brought most?", minutes, longest[0].issue.Key)
		}
		return fmt.Sprintf("which ticket, if any, was cut short for the %d minutes on %s?", minutes, longest[0].issue.Key)
	default:
		last := len(longest) - 1
		return fmt.Sprintf("what of %s went unsaid in the %d minutes that it shared with %s?", longest[last].issue.Key, minutes, some(keysOf(longest[:last])))
	}
}

// summaryLines end a session whose guide has no retrospective.
func (b *builder) summaryLines() []string {
	lines := []string{fmt.Sprintf("For %s: read out the decisions, and who does what by when.", b.those(b.keys()))}
	if open := b.where(func(r *reading) bool { return !r.ready() }); len(open) > 0 {
		lines = append(lines, fmt.Sprintf("For %s, if not ready by then: what is missing, and who brings it?", b.those(keysOf(open))))
	}
	lines = append(lines, "Count what is ready now, and be glad of it.")
	return append(lines, b.retroPitfall())
}

// retroPitfall names the pitfall that these tickets invite, in the guide's words
// where it has them.
func (b *builder) retroPitfall() string {
	line, seen := b.pitfall()
	if !b.guide.Has(line) {
		return "Look back on this: " + seen
	}
	return fmt.Sprintf("Pitfall “%s”: %s", line, seen)
}

func (b *builder) pitfall() (line, seen string) {
	switch solutions := b.where(func(r *reading) bool { return r.found(ruleSolution) }); {
	case len(solutions) > 0:
		return "Jumping to solutions too quickly", fmt.Sprintf("%s %s with one; when did the talk come back to the need?", b.those(keysOf(solutions)), agree(len(solutions), "begins", "begin"))
	case len(b.late) > 0:
		return "", fmt.Sprintf("%s found no time; which ticket of today could have waited instead?", tickets(len(b.late)))
	default:
		return "Missing key stakeholders", "whose answer was missing, and for which ticket?"
	}
}

func (r *reading) found(rule string) bool {
	return slices.ContainsFunc(r.findings, func(f finding) bool { return f.Rule == rule })
}
