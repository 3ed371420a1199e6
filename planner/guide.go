package planner

import "refine/planner/guide"

// A Guide is what sessions of a team follow.
type Guide = guide.Guide
