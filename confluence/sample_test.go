package confluence_test

import "refine/internal/sampled"

// sample plays one in so many of the random interleavings.
var sample = sampled.One(40, 40)
