package ticket

import "strings"

// unset are the names that sites give to not having a priority.
var unset = map[string]bool{
	"": true, "-": true, "none": true, "undefined": true, "unset": true, "unprioritized": true, "unprioritised": true,
	"not prioritized": true, "not prioritised": true, "no priority": true,
}

// HasPriority reports whether the issue has a priority that says something.
func (i Issue) HasPriority() bool { return !unset[strings.ToLower(strings.TrimSpace(i.Priority))] }
