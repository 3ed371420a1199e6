package planner

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
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
				name := v.title()
				if !v.Release.IsZero() && v.Release.Compare(b.in.Session.Date()) < 0 {
					name += ", a day that is past"
				}
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

// exploreNote says what the item's time in exploration is for.
func (r *reading) exploreNote() string {
	if r.ready() && (len(r.findings) == 0 || r.findings[0].weight < promoteWeight) {
		return fmt.Sprintf("ready; read %s aloud and ask for objections", r.confirmed())
	}
	find, shown := r.toFindOut()
	note := "find out " + find + shown
	if r.ready() {
		note = "ready, with one thing open: " + note
	}
	return note
}

// toFindOut is what the item's talk has to bring to light, and the quote that
// shows it: in the ticket's own words where a probe or the title has them.
func (r *reading) toFindOut() (find, shown string) {
	f := r.leading()
	if p, ok := r.probeOf(f); ok {
		return p.fill(p.find), "" // in the ticket's own words; the quote stands beneath the item
	}
	if _, find, _, _ := r.aboutThing(); find != "" && f.plainGap() {
		return find, f.showsShort()
	}
	if f.plainGap() {
		return f.find, f.showsShort()
	}
	return f.find, f.shows()
}

// leading is the finding that the item's own talk is about.
func (r *reading) leading() finding {
	if n := slices.IndexFunc(r.findings, func(f finding) bool { return !f.first }); n >= 0 {
		return r.findings[n]
	}
	return r.findings[0]
}

// plainGap reports whether the finding says only that something is missing, as
// could be said of any ticket.
func (f finding) plainGap() bool {
	switch f.Rule {
	case ruleCriteria, ruleNoBenefit, ruleSolution, ruleStakeholder, ruleNoDescription:
		return f.hit == nil
	}
	return false
}

// probeOf is the probe that says the finding in the ticket's own words: one that
// speaks of its sentence, or the strongest if it only misses something.
func (r *reading) probeOf(f finding) (probed, bool) {
	for _, p := range r.probed {
		if p.fill(p.find) == "" {
			continue
		}
		same := len(f.Evidence) > 0 && (strings.Contains(f.Evidence[0].Quote, p.ev.Quote) || strings.Contains(p.ev.Quote, f.Evidence[0].Quote))
		if same || f.plainGap() && f.Rule != ruleNoDescription {
			return p, true
		}
	}
	return probed{}, false
}

// shows is the quote that a note ends with, both where two do not agree.
func (f finding) shows() string {
	switch {
	case len(f.Evidence) == 0:
		return ""
	case f.Rule == ruleContradiction:
		return fmt.Sprintf(": %s (%s) or %s (%s)", f.Evidence[0], f.Evidence[0].Where, f.Evidence[1], f.Evidence[1].Where)
	default:
		return ": " + f.Evidence[0].String()
	}
}

// showsShort is the same for a gap, which a long quote does not explain: it
// stands beneath the item, and with its verdict.
func (f finding) showsShort() string {
	if len(f.Evidence) > 0 && len(f.Evidence[0].Quote) > shownShort {
		return ""
	}
	return f.shows()
}

// shownShort is the length of a quote that does not drown its line.
const shownShort = 70

// confirmed quotes what a ready ticket is ready by.
func (r *reading) confirmed() string {
	best := Evidence{}
	for _, l := range r.criteria {
		ev, ok := l.from.quote(l.text)
		switch {
		case !ok || strings.HasSuffix(strings.TrimSpace(l.text), ":"), strings.ContainsAny(ev.Quote[:1], `"'(`):
		case checkable(ev.Quote):
			return ev.String()
		case best.Quote == "":
			best = ev
		}
	}
	if best.Quote == "" {
		best = r.mainEvidence()
	}
	return best.String()
}

// successNote says which result is to be written for the item.
func (r *reading) successNote() string {
	switch {
	case r.ready():
		return "confirm the result as it stands"
	case len(r.criteria) > 0 && r.stated:
		return fmt.Sprintf("write %s; keep %s", r.gain(r.leading()), r.confirmed())
	case len(r.limits()) > 0:
		return fmt.Sprintf("write %s; non-negotiable or not: %s", r.gains(), r.limits()[0].ev)
	default:
		return fmt.Sprintf("write %s", r.gains())
	}
}

// gains names the first two things that the ticket gets in the session.
func (r *reading) gains() string {
	var out []string
	found := slices.DeleteFunc(slices.Clone(r.findings), func(f finding) bool { return f.first })
	if len(found) == 0 {
		found = r.findings
	}
	for n, f := range found[:min(len(found), 2)] {
		if n > 0 && sameSentence(found[0], f) {
			continue
		}
		if g := r.gain(f); !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return enumerate(out)
}

// sameSentence reports whether both findings show one place.
func sameSentence(a, b finding) bool {
	return len(a.Evidence) > 0 && len(b.Evidence) > 0 && overlap(termSet(a.Evidence[0].Quote), termSet(b.Evidence[0].Quote)) > 0.5
}

// gain is what the ticket gets by talk about the finding.
func (r *reading) gain(f finding) string {
	if p, ok := r.probeOf(f); ok {
		if gets := p.fill(p.gets); gets != "" {
			return gets
		}
	}
	if _, _, gets, _ := r.aboutThing(); gets != "" && f.plainGap() {
		return gets
	}
	return f.gets
}

func (r *reading) limits() (out []hit) {
	for _, h := range r.hits {
		if h.rule == ruleConstraint {
			out = append(out, h)
		}
	}
	return out
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

// before is what has to have happened when the session starts.
func (b *builder) before() (lines []string) {
	lines = append(lines, fmt.Sprintf("%s: share %s with everybody invited.", sharedBy(b.in.Session.Start), all(len(b.taken))))
	if who := b.authors(); who != "" {
		lines = append(lines, who)
	}
	if guests := b.invitations(); guests != "" {
		lines = append(lines, guests)
	}
	if exposed := b.exposed(); exposed != "" {
		lines = append(lines, exposed)
	}
	if others := slices.Concat(b.elsewhere(), b.besides()); len(others) > 0 {
		lines = append(lines, "Have open, because the tickets point there: "+strings.Join(others, ", ")+".")
	}
	if there := b.lookAtExisting(); there != "" {
		lines = append(lines, there)
	}
	if look := b.toLookAt(); look != "" {
		lines = append(lines, look)
	}
	return lines
}

// sharedBy is the guide's day before the session, or the last working day
// before that, on which somebody is there to read.
func sharedBy(start time.Time) string {
	const layout = "Mon 2 Jan 15:04 MST"
	day := start.AddDate(0, 0, -1)
	if working(day) {
		return "24 hours before the session, by " + day.Format(layout)
	}
	for !working(day) {
		day = day.AddDate(0, 0, -1)
	}
	return "By " + day.Format(layout)
}

func working(day time.Time) bool {
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

// authors are the people whose tickets these are.
func (b *builder) authors() string {
	byName := map[string][]string{}
	for _, r := range b.taken {
		if n := r.issue.Reporter.Name; n != "" {
			byName[n] = append(byName[n], r.issue.Key)
		}
	}
	names := sortedBy(byName, func(n string) int { return -len(byName[n]) })
	if len(names) == 0 {
		return ""
	}
	if len(names) == 1 && len(byName[names[0]]) == len(b.taken) {
		return fmt.Sprintf("%s reported %s, so somebody else reads %s out.", names[0], all(len(b.taken)), agree(len(b.taken), "it", "each"))
	}
	var parts []string
	for _, n := range names[:min(len(names), 4)] {
		parts = append(parts, fmt.Sprintf("%s (%s)", n, some(byName[n])))
	}
	return "Invite those who reported them: " + strings.Join(parts, ", ") + "."
}

// elsewhere lists open issues outside of the session that its items wait for.
func (b *builder) elsewhere() (out []string) {
	inside := b.keys()
	for _, r := range b.taken {
		for _, l := range r.issue.Links {
			if needs(l) && !l.Done && !slices.Contains(inside, l.Key) {
				inside = append(inside, l.Key)
				out = append(out, fmt.Sprintf("%s%s (for %s)", l.Key, titled(l.Summary), r.issue.Key))
			}
		}
	}
	return out[:min(len(out), 5)]
}

// besides lists issues outside of the session whose titles say the same.
func (b *builder) besides() (out []string) {
	for _, c := range b.across {
		if c.kind == elsewhereKind {
			out = append(out, fmt.Sprintf("%s (beside %s)", c.other, c.key))
		}
	}
	return out[:min(len(out), 2)]
}

// throughout is the guide's step without a box, for these items.
func (b *builder) throughout() []string {
	lines := []string{
		"Every line above is a timebox. A scribe writes under each ticket what is still open and who will ask, decisions with their reason, and actions with owner and date.",
	}
	if parked := b.parked(); len(parked) > 0 {
		lines = append(lines, "Parked from the start, as a matter of how: "+enumerate(parked)+".")
	}
	return lines
}

// after is what follows on the same day.
func (b *builder) after() []string {
	lines := []string{"Same day: the scribe writes the agreed result into each ticket, and shares the notes with those who could not come."}
	if len(b.late) > 0 {
		var keys []string
		for _, d := range b.late {
			keys = append(keys, d.Key)
		}
		lines = append(lines, fmt.Sprintf("Next session: %s, which found no time in this one.", some(keys)))
	}
	return lines
}
