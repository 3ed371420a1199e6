//go:build !race && whole

package worker_test

// sample plays all cases of the large tables.
const sample = 1
