//go:build race

package worker_test

// sample plays one in so many cases of the large tables: the race detector makes
// each of them ten times as slow, and all of them take the same ways through the
// code.
const sample = 12
