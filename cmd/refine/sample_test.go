package main

import "refine/internal/sampled"

// sample plays one in so many cases of the large tables.
var sample = sampled.One(32, 32)
