package outcome_test

import "refine/internal/sampled"

// sample plays one in so many of the random lives. A pure function has no races.
var sample = sampled.One(40, 40)
