//go:build race

package planner

// sample plays one in so many cases of the large tables: a plan is made by one
// goroutine, and the race detector makes it ten times as slow.
const sample = 4
