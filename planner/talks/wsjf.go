package talks

import (
	"fmt"
	"strconv"
	"strings"

	"refine/planner/ticket"
)

// A wsjf is an issue's weighted shortest job first: what its delay costs, by the
// size of the job. The zero value is none.
type wsjf struct {
	value float64
	text  string // "WSJF 6.5 = 13/2"
}

// wsjf is computed from the fields that the issue has: business value, time
// criticality and risk reduction, of which at least one is given, by the job's
// size, else the story points. Without a size there is none.
func wsjfOf(i *ticket.Issue) wsjf {
	size := i.StoryPoints
	if i.JobSize != nil {
		size = i.JobSize
	}
	sum, parts := 0.0, []string{}
	for _, cost := range []*float64{i.BusinessValue, i.TimeCriticality, i.RiskReduction} {
		if cost != nil {
			sum += *cost
			parts = append(parts, number(*cost))
		}
	}
	if size == nil || *size <= 0 || len(parts) == 0 {
		return wsjf{}
	}
	cost := strings.Join(parts, "+")
	if len(parts) > 1 {
		cost = "(" + cost + ")"
	}
	value := sum / *size
	equals := "="
	if rounded, _ := strconv.ParseFloat(strconv.FormatFloat(value, 'f', 1, 64), 64); rounded != value {
		equals = "≈"
	}
	text := strings.TrimSuffix(strconv.FormatFloat(value, 'f', 1, 64), ".0")
	return wsjf{value, fmt.Sprintf("WSJF %s %s %s/%s", text, equals, cost, number(*size))}
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// weighs reports whether so many issues have a WSJF that it orders them: at
// least two, and no fewer than half.
func weighs(issues []*ticket.Issue) bool {
	n := weighed(issues)
	return n > 1 && 2*n >= len(issues)
}

// weighed is how many issues have a WSJF.
func weighed(issues []*ticket.Issue) (n int) {
	for _, i := range issues {
		if wsjfOf(i).text != "" {
			n++
		}
	}
	return n
}
