package planner

import (
	"fmt"
	"slices"

	"refine/planner/guide"
)

// assumptions lists every default that stands for a missing input.
func (b *builder) assumptions() (out []string) {
	for _, a := range []string{
		b.scope(), b.timeboxes(), b.guideRoles(), b.spareTime(), b.readyRule(), b.orderRule(), b.purpose(), b.objectivesAssumed(), b.sizesAssumed(),
		b.peopleInvited(), b.commentsRead(), b.historyTold(), b.languages(), b.closedItems(), b.outside(), b.age(),
	} {
		if a != "" {
			out = append(out, a)
		}
	}
	return append(out, b.in.Assumed...)
}

func (b *builder) scope() string {
	by := "by the selection"
	if b.epic != nil {
		by = "under " + b.epic.issue.Key
	}
	s := fmt.Sprintf("Scope: %d of the %s found %s", len(b.taken), tickets(b.plan.Matched), by)
	if len(b.taken) == b.plan.Matched {
		s = fmt.Sprintf("Scope: %s found %s", all(len(b.taken)), by)
	}
	if b.plan.Capped {
		s += "; " + b.cut()
	}
	if n := len(b.plan.Withheld); n > 0 {
		s += fmt.Sprintf("; %s with a security level shown by key only (%s)", tickets(n), enumerate(b.plan.Withheld))
	}
	return s + "."
}

// cut says which rule cut the list: what comes after the limit was not looked
// at, however high its priority.
func (b *builder) cut() string {
	read := max(b.in.Limit, len(b.in.Issues))
	rule := fmt.Sprintf("the configured limit cut the list to the first %d in the selection's order", read)
	if more := b.in.Matched - read; more > 0 {
		return fmt.Sprintf("%s; %d more were not read, whatever their priority", rule, more)
	}
	return rule + "; more were not read, whatever their priority"
}

// spareTime says that a few items may not fill the guide's boxes.
func (b *builder) spareTime() string {
	need := 0
	for _, r := range b.taken {
		need += 2 * r.least() // at ease, not only opened
	}
	if len(b.late) > 0 || need >= b.box(guide.Talk) {
		return ""
	}
	return fmt.Sprintf("Few items: %s %s less time than a full session; it may end early, once nothing is left to ask.",
		tickets(len(b.taken)), agree(len(b.taken), "needs", "need"))
}

// orderRule says what orders the items, and which of them it cannot weigh.
func (b *builder) orderRule() string {
	rest := " Minutes follow doubt."
	waiting := waiters(b.all, waitsOf(b.all))
	if slices.ContainsFunc(b.all, func(r *reading) bool { return waiting[r.issue.Key] > 0 }) {
		rest = " What others wait for comes first; minutes follow doubt."
	}
	n, all := weighed(b.all), len(b.all)
	switch by := b.orderedBy(); {
	case n == 0:
		return fmt.Sprintf("Order: %s; no ticket has both a value and a size.%s", by, rest)
	case !weighs(b.all):
		return fmt.Sprintf("Order: %s; only %d of %s %s both a value and a size, too few for a WSJF.%s", by, n, tickets(all), agree(n, "has", "have"), rest)
	case n < all:
		return fmt.Sprintf("Order: by WSJF, value by size as far as both are set; the %s without go behind, by priority and rank.%s", tickets(all-n), rest)
	default:
		return "Order: by WSJF, value by size as they are set." + rest
	}
}

// purpose tells what nobody gave: priorities of the business, and objectives. The
// gaps that the tickets themselves have are asked for under "Why now".
func (b *builder) purpose() string {
	urgent, none := len(b.urgencyFacts()) > 0, len(b.in.Objectives) == 0
	own := none && len(b.plan.Objectives) > 0
	switch {
	case none && !own && !urgent:
		return "Business priorities and objectives: none were given, and the tickets carry no priority, date, release, sprint goal or epic."
	case urgent && own:
		return "Business priorities and objectives: none were given; what the tickets carry of priority, release, sprint goal and epic stands for them."
	case urgent:
		return "Business priorities: none were given beyond those of the tickets."
	default:
		return "Business priorities: none were given, and the tickets carry no priority, date, release or sprint goal."
	}
}

// peopleInvited says where those under “Before” come from, if any stand there.
func (b *builder) peopleInvited() string {
	s := ""
	switch wrote, concerned := b.authors() != "", b.invitations() != ""; {
	case wrote && concerned:
		s = "Attendees: none were given; the tickets name or were reported by those under “Before”."
	case wrote:
		s = "Attendees: none were given; the tickets name only who reported them."
	case concerned:
		s = "Attendees: none were given, nor who reported the tickets; those under “Before” are named in them."
	default:
		s = "Attendees: none were given, and the tickets name nobody."
	}
	return s + b.turns()
}

// languages names the tickets to which no rule about wording was applied, with
// the language if it is known.
func (b *builder) languages() string {
	other := b.where(func(r *reading) bool { return !r.lex.rules() })
	if len(other) == 0 {
		return ""
	}
	var with, tickets []string
	for _, x := range lexicons {
		if x.rules() {
			with = append(with, x.name)
		}
	}
	slices.Sort(with)
	for _, r := range other {
		tickets = append(tickets, fmt.Sprintf("%s (%s)", r.issue.Key, r.lex.called()))
	}
	return fmt.Sprintf("Language: the rules about wording are for %s, and were not applied to %s.", enumerate(with), enumerate(tickets))
}

func (b *builder) closedItems() string {
	if done := b.where(func(r *reading) bool { return r.issue.StatusCategory == "done" }); len(done) > 0 {
		return fmt.Sprintf("Status: %s %s done in Jira and taken as open, because the selection names %s.", b.those(keysOf(done)), agree(len(done), "is", "are"), agree(len(done), "it", "them"))
	}
	return ""
}

func (b *builder) outside() string {
	if len(b.elsewhere())+len(b.besides())+len(b.named()) == 0 {
		return ""
	}
	return "Issues outside of the session are known by what the tickets and their links say of them."
}

// age doubts old tickets. It goes by what people wrote, not by Jira's time of
// the last update, which a sync of ours moves.
func (b *builder) age() string {
	old := b.where(func(r *reading) bool { return staleAtOf(r.issue, b.in.Session.Start) })
	if len(old) == 0 {
		return ""
	}
	newest := lastWordOf(old[0].issue)
	for _, r := range old {
		if last := lastWordOf(r.issue); last.After(newest) {
			newest = last
		}
	}
	which := b.those(keysOf(old))
	if len(old) == len(b.taken) && len(old) > 1 {
		which = fmt.Sprintf("any of the %d tickets", len(old))
	}
	return fmt.Sprintf("Age: nobody has written in %s since %s; the text is taken as still true.", which, newest.Format("January 2006"))
}
