package check

import (
	"fmt"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/draft"
)

// tie is a sentence that says how two issues are linked.
var tie = lazyregexp.New(`\b([A-Z][A-Z0-9_]+-\d+)(?: “”)? (?:depends on|is blocked by|blocks|waits for|duplicates|is linked to|relates to) ([A-Z][A-Z0-9_]+-\d+)\b`)

// ties wants "KEY depends on KEY" to rest on a link of the two, or on a text of one
// that names the other.
func (k *knowledge) ties(l draft.Line, _ part) string {
	for _, m := range tie.FindAllStringSubmatch(draft.Outside(l.Text), -1) {
		if !k.tied(m[1], m[2]) && !k.tied(m[2], m[1]) {
			return fmt.Sprintf("nothing ties %s to %s", m[1], m[2])
		}
	}
	return ""
}

func (k *knowledge) tied(from, to string) bool {
	for _, p := range k.passages(from) {
		if strings.Contains(p.raw, to) { // links among them
			return true
		}
	}
	return false
}
