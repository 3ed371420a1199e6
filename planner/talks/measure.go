package talks

import (
	"cmp"
	"fmt"
	"strings"

	"refine/planner/ticket"
)

// A measure orders issues and says of one why it stands where it does. Where it
// does not tell two apart, the next one does.
type measure struct {
	name    string
	compare func(a, b *ticket.Issue) int
	reason  func(i *ticket.Issue) string // empty: it says nothing of i
}

// measuresOf are those that order the issues, the first one foremost.
func measuresOf(issues []*ticket.Issue, waiting map[string]int) []measure {
	urgent := map[string]int{} // by the name of the priority
	for _, i := range issues {
		urgent[i.Priority] = Urgency(i)
	}
	out := []measure{
		{"priority", func(a, b *ticket.Issue) int { return cmp.Compare(urgent[a.Priority], urgent[b.Priority]) }, priorityReason},
		{"rank", compareRank, rankReason},
		{"what others wait for", func(a, b *ticket.Issue) int { return cmp.Compare(waiting[b.Key], waiting[a.Key]) }, func(i *ticket.Issue) string {
			switch n := waiting[i.Key]; n {
			case 0:
				return ""
			case 1:
				return "1 of the selection waits for it"
			default:
				return fmt.Sprintf("%d of the selection wait for it", n)
			}
		}},
		{"due date", compareDue, func(i *ticket.Issue) string {
			if i.Due.IsZero() {
				return ""
			}
			return "due " + i.Due.String()
		}},
		{"age", compareAge, func(i *ticket.Issue) string {
			if i.Created.IsZero() {
				return ""
			}
			return "created " + i.Created.Format("January 2006")
		}},
	}
	if !weighs(issues) {
		return out
	}
	value := map[string]float64{}
	for _, i := range issues {
		value[i.Key] = wsjfOf(i).value
	}
	byWeight := measure{"WSJF", func(a, b *ticket.Issue) int { return cmp.Compare(value[b.Key], value[a.Key]) }, weightReason}
	return append([]measure{byWeight}, out...)
}

// priorities ranks the names that Jira's default schemes use, most urgent first.
var priorities = map[string]int{
	"blocker": 1, "highest": 1, "critical": 2, "high": 3, "major": 3, "medium": 4, "normal": 4,
	"minor": 5, "low": 5, "lowest": 6, "trivial": 6,
}

// Urgency is an issue's place by priority; unknown names stand in the middle.
func Urgency(i *ticket.Issue) int {
	return cmp.Or(priorities[strings.ToLower(i.Priority)], priorities["medium"])
}

func weightReason(i *ticket.Issue) string {
	if w := wsjfOf(i).text; w != "" {
		return w
	}
	if p := priorityReason(i); p != "" {
		return p + ", behind those with a WSJF"
	}
	return "behind those with a WSJF"
}

func priorityReason(i *ticket.Issue) string {
	if !i.HasPriority() {
		return ""
	}
	return "priority " + i.Priority
}

func rankReason(i *ticket.Issue) string {
	if i.Rank == "" {
		return ""
	}
	return "by rank"
}

// compareRank puts what has no rank behind what has one.
func compareRank(a, b *ticket.Issue) int {
	if a.Rank == "" || b.Rank == "" {
		return cmp.Compare(b.Rank, a.Rank)
	}
	return cmp.Compare(a.Rank, b.Rank)
}

// compareDue puts what has no due date behind what has one.
func compareDue(a, b *ticket.Issue) int {
	if a.Due.IsZero() || b.Due.IsZero() {
		return b.Due.Compare(a.Due)
	}
	return a.Due.Compare(b.Due)
}

// compareAge puts the older one first, and last what has no known age.
func compareAge(a, b *ticket.Issue) int {
	if a.Created.IsZero() || b.Created.IsZero() {
		return b.Created.Compare(a.Created)
	}
	return a.Created.Compare(b.Created)
}
