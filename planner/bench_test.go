package planner

import (
	"fmt"
	"testing"
)

// BenchmarkBuild plans sessions over backlogs of growing size.
func BenchmarkBuild(b *testing.B) {
	for _, size := range []int{10, 100, 1000} {
		in := Input{Session: testSession("Flagged items")}
		for n := range size {
			key := fmt.Sprintf("PAY-%d", n+1)
			in.Issues = append(in.Issues, Issue{
				Key: key, Summary: fmt.Sprintf("Show what customer group %d owes", n), Priority: "High",
				Description: fmt.Sprintf("As a clerk, I want to see what group %d owes, so that I can call them.\n\nh3. Acceptance criteria\n* The sum of the %d oldest invoices stands on top.\n* Should paid ones be hidden?", n, n%7),
				Comments:    []Comment{{Author: Person{Name: "Dana"}, Body: "How many customers ask for that today?"}},
			})
		}
		b.Run(fmt.Sprintf("issues=%d", size), func(b *testing.B) {
			for b.Loop() {
				Build(in)
			}
		})
	}
}
