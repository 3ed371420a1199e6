package planner

import "refine/internal/sampled"

// sample plays one in so many cases of the large tables. A plan is made by one
// goroutine.
var sample = sampled.One(4, 4)
