package planner

import (
	"fmt"
	"testing"
)

func BenchmarkBuild(b *testing.B) {
	keys, issues, _ := realIssues(b)
	for _, n := range []int{10, 100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			in := Input{Session: testSession("x")}
			for _, k := range keys[:n] {
				in.Issues = append(in.Issues, issues[k])
			}
			for b.Loop() {
				Build(in)
			}
		})
	}
}
