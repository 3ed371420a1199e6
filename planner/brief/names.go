package brief

import (
	"slices"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/ticket"
)

// identifier is a name that only software has: TableViewRow, ti.map, user_id,
// UIModule.hpp. A word of a sentence has neither a capital within nor a joint.
var identifier = lazyregexp.New(`\b(?:[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+|[a-z]+[a-z0-9]*(?:[A-Z][a-z0-9]+)+|[A-Za-z]\w*_\w+)\b`)

// identifiers are the identifiers that an issue's own words use, in their order.
func identifiers(i ticket.Issue) (all []string) {
	for _, s := range []string{i.Summary, i.Description} {
		if len(s) > mostNamed {
			s = s[:mostNamed]
		}
		for _, name := range identifier.FindAllString(s, -1) {
			if !slices.Contains(all, name) && !strings.Contains(name, "__") {
				all = append(all, name)
			}
		}
	}
	return all
}

// mostNamed is how much of a text is looked through for names, in bytes: what a
// ticket is about stands at its beginning.
const mostNamed = 4096
