package worker_test

import "refine/internal/sampled"

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
