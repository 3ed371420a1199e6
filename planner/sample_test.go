package planner

import "refine/internal/sampled"

// sample plays all cases of the large tables, but a part under the race detector: a
// plan is made by one goroutine.
var sample = sampled.One(1, 4)
