package planner

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// before is what has to have happened when the session starts.
func (b *builder) before() (lines []string) {
	lines = append(lines, fmt.Sprintf("%s, or at once if that is past: share %s with everybody invited.", sharedBy(b.in.Session.Start), all(len(b.taken))))
	if who := b.authors(); who != "" {
		lines = append(lines, who)
	}
	if guests := b.invitations(); guests != "" {
		lines = append(lines, guests)
	}
	if exposed := b.exposed(); exposed != "" {
		lines = append(lines, exposed)
	}
	if others := slices.Concat(b.elsewhere(), b.besides(), b.named()); len(others) > 0 {
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
// before that, on which somebody is there to read. Whether that is past is not
// known here: a plan is the same whenever it is made.
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
		return fmt.Sprintf("Invite %s, who reported %s; others read %s aloud.", names[0], allOf(len(b.taken)), agree(len(b.taken), "it", "them"))
	}
	var parts []string
	for _, n := range names[:min(len(names), 4)] {
		parts = append(parts, fmt.Sprintf("%s (%s)", n, b.those(byName[n])))
	}
	return "Invite those who reported them: " + strings.Join(parts, ", ") + "."
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
		"Every line above is a timebox. A scribe writes under each ticket what stays open and who asks, decisions with their reason, and actions with owner and date.",
	}
	if parked := b.parked(); len(parked) > 0 {
		lines = append(lines, "Parked from the start, as a matter of how: "+enumerate(parked)+".")
	}
	return lines
}

// after is what follows on the same day. What found no time is listed with its
// reason.
func (b *builder) after() []string {
	return []string{"Same day: the scribe writes the agreed result into each ticket, and shares the notes with those who could not come."}
}
