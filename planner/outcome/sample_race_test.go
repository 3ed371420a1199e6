//go:build race

package outcome_test

// sample plays one in so many of the random lives: a pure function has no races,
// and the race detector makes it ten times as slow.
const sample = 20
