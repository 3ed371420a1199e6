package planner

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkBuild plans sessions over backlogs of growing size; what an issue
// costs must not grow with it.
func BenchmarkBuild(b *testing.B) {
	for name, backlog := range backlogs(b) {
		for _, size := range []int{100, 1_000, 10_000} {
			b.Run(fmt.Sprintf("%s/issues=%d", name, size), func(b *testing.B) {
				in := Input{Session: testSession("Flagged items"), Issues: backlog(size)}
				for b.Loop() {
					Build(in)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*size), "ns/issue")
			})
		}
	}
}

// BenchmarkNearDuplicates looks for them among all issues of a backlog.
func BenchmarkNearDuplicates(b *testing.B) {
	for name, backlog := range backlogs(b) {
		for _, size := range []int{100, 1_000, 10_000} {
			b.Run(fmt.Sprintf("%s/issues=%d", name, size), func(b *testing.B) {
				items := readings(backlog(size)...)
				for b.Loop() {
					twins(items)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*size), "ns/issue")
			})
		}
	}
}

// backlogs make issues, as many as asked for: own-written ones, and real ones
// where they are, repeated with small changes.
func backlogs(b *testing.B) map[string]func(int) []Issue {
	out := map[string]func(int) []Issue{"written": written}
	if files, _ := filepath.Glob("../../shared/data/jira/*.jsonl"); len(files) > 0 {
		out["real"] = func(size int) []Issue { return repeated(b, size) }
	}
	return out
}

func written(size int) (issues []Issue) {
	for n := range size {
		issues = append(issues, Issue{
			Key: fmt.Sprintf("PAY-%d", n+1), Summary: fmt.Sprintf("Show what customer group %d owes", n), Priority: "High",
			Description: fmt.Sprintf("As a clerk, I want to see what group %d owes, so that I can call them.\n\nh3. Acceptance criteria\n* The sum of the %d oldest invoices stands on top.\n* Should paid ones be hidden?", n, n%7),
			Comments:    []Comment{{Author: Person{Name: "Dana"}, Body: "How many customers ask for that today?"}},
		})
	}
	return issues
}

func repeated(b *testing.B, size int) (issues []Issue) {
	keys, all, _ := realIssues(b)
	for n := range size {
		i := all[keys[n%len(keys)]]
		if round := n / len(keys); round > 0 {
			i.Key = strings.Replace(i.Key, "-", fmt.Sprintf("-%d", round), 1)
			i.Summary += fmt.Sprintf(" in wave %d", round)
			i.Description = fmt.Sprintf("Team%d asks for part%d. ", round, n) + i.Description
		}
		issues = append(issues, i)
	}
	return issues
}

// BenchmarkBlocks reads the description of every real issue.
func BenchmarkBlocks(b *testing.B) {
	keys, issues, _ := realIssues(b)
	for b.Loop() {
		for _, key := range keys {
			blocks(issues[key].Description)
		}
	}
}
