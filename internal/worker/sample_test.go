package worker_test

import (
	"testing"

	"refine/internal/sampled"
)

// sample plays one in so many cases of the large tables.
var sample = sampled.One(64, 64)

// picks tells of one case of a table after another whether it is played. The first is
// one of the first eight, by the table's name.
func picks(name string) func() bool {
	n := -1 - len(name)%8
	return func() bool {
		n++
		return n%sample == 0
	}
}

// apart makes a case of a group a test of its own, so that its world ends with it:
// those of a whole table kept to its end hold more files than a machine may allow.
func apart(t *testing.T, name string, test func(t *testing.T)) func() error {
	return func() error {
		t.Run(name, test)
		return nil
	}
}
