//go:build race

package main

// sample plays one in so many cases of the large tables: the race detector slows
// the sandbox and sees nothing of the processes that are killed.
const sample = 12
