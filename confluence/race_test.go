//go:build race

package confluence_test

// The race detector makes everything slower, and a pure function has no races.
func init() { *weaves /= 10 }
