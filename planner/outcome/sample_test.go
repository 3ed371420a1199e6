//go:build !race

package outcome_test

// sample plays all of the random lives.
const sample = 1
