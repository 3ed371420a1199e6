//go:build !race

package planner

// sample plays all cases of the large tables.
const sample = 1
