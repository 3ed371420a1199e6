package planner

import (
	"fmt"
	"slices"
)

// assumptions lists every default that stands for a missing input.
func (b *builder) assumptions() (out []string) {
	for _, a := range []string{
		b.scope(), b.timeboxes(), b.guideRoles(), b.spareTime(), b.readyRule() + b.aimRule(), b.orderRule(), b.purpose(), b.objectivesAssumed(), b.sizesAssumed(),
		b.peopleInvited(), b.commentsRead(), b.historyTold(), b.languages(), b.closedItems(), b.outside(), b.age(),
	} {
		if a != "" {
			out = append(out, a)
		}
	}
	return append(out, b.in.Assumed...)
}

func (b *builder) scope() string {
	s := fmt.Sprintf("Scope: %d of the %s found by the selection", len(b.taken), tickets(b.plan.Matched))
	if b.epic != nil {
		s = fmt.Sprintf("Scope: %d of the %s found under %s", len(b.taken), tickets(b.plan.Matched), b.epic.issue.Key)
		if len(b.taken) == b.plan.Matched {
			s = fmt.Sprintf("Scope: %s found under %s", all(len(b.taken)), b.epic.issue.Key)
		}
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
	if len(b.late) > 0 || need >= b.box(roleTalk) {
		return ""
	}
	return fmt.Sprintf("Few items: %s %s less time than a full session; it may end early, once nothing is left to ask.",
		tickets(len(b.taken)), agree(len(b.taken), "needs", "need"))
}

// orderRule says what orders the items, and which of them it cannot weigh.
func (b *builder) orderRule() string {
	const rest = "What others wait for comes first; minutes follow doubt."
	n, all := weighed(b.all), len(b.all)
	switch {
	case n == 0:
		return "Order: by Jira's priority and rank; no ticket has both a value and a size. " + rest
	case !weighs(b.all):
		return fmt.Sprintf("Order: by Jira's priority and rank; only %d of %s %s both a value and a size, too few for a WSJF. %s", n, tickets(all), agree(n, "has", "have"), rest)
	case n < all:
		return fmt.Sprintf("Order: by WSJF, value by size as far as both are set; the %s without go behind, by priority and rank. %s", tickets(all-n), rest)
	default:
		return "Order: by WSJF, value by size as they are set. " + rest
	}
}

// purpose tells what nobody gave: priorities of the business. The gaps that the
// tickets themselves have are asked for under "Why now".
func (b *builder) purpose() string {
	if len(b.urgencyFacts()) > 0 {
		return "Business priorities: none were given beyond those of the tickets."
	}
	return "Business priorities: none were given, and the tickets carry no priority, date, release or sprint goal."
}

func (b *builder) peopleInvited() string {
	s := "Attendees: none were given; reporters, roles and teams under “Before” are those that the tickets name."
	if b.authors() == "" {
		s = "Attendees: none were given, and the tickets do not say who reported them."
	}
	return s + b.turns()
}

func (b *builder) commentsRead() string {
	total, used, unread := 0, 0, 0
	for _, r := range b.taken {
		total += len(r.issue.Comments)
		unread += max(r.issue.CommentTotal-len(r.issue.Comments), 0)
		for _, s := range r.sources {
			if s.comment {
				used++
			}
		}
	}
	if total == 0 {
		return ""
	}
	s := "Comments: all were used"
	if used < total {
		s = fmt.Sprintf("Comments: %d of %d were used; the others tell of work that was done and were read only for what they leave open", used, total)
	}
	if b.existing() != "" {
		s += "; what they link to was not read"
	}
	if unread > 0 {
		s += fmt.Sprintf(", and %d older ones were not delivered", unread)
	}
	return s + "."
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
		return fmt.Sprintf("Status: %s %s done in Jira and taken as open, because the selection names %s.", enumerate(keysOf(done)), agree(len(done), "is", "are"), agree(len(done), "it", "them"))
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
	old := b.where(func(r *reading) bool { return r.issue.staleAt(b.in.Session.Start) })
	if len(old) == 0 {
		return ""
	}
	newest := old[0].issue.lastWord()
	for _, r := range old {
		if last := r.issue.lastWord(); last.After(newest) {
			newest = last
		}
	}
	which := some(keysOf(old))
	if len(old) == len(b.taken) {
		which = fmt.Sprintf("any of the %d tickets", len(old))
	}
	return fmt.Sprintf("Age: nobody has written in %s since %s; the text is taken as still true.", which, newest.Format("January 2006"))
}
