//go:build !race && whole

package main

// sample plays all cases of the large tables.
const sample = 1
