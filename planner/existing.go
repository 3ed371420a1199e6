package planner

import (
	"fmt"
	"regexp"
)

// begunAt says where something that the ticket asks for stands already.
var begunAt = regexp.MustCompile(`(?i)\b(?:documented|begun|started|drafted|written|described|published|uploaded|prototyped?|draft|first version|work in progress|wip)\b[^.\n]{0,40}https?://`)

// existing tells of work that comments say is there: the plan takes its tickets
// as open, and nobody should ask again for what stands on a page.
func (b *builder) existing() string {
	var pages, changes []*reading
	for _, r := range b.taken {
		page, change := r.existing()
		if page {
			pages = append(pages, r)
		}
		if change {
			changes = append(changes, r)
		}
	}
	var parts []string
	for _, there := range []struct {
		items     []*reading
		one, more string
	}{{pages, "page", "pages"}, {changes, "code change", "code changes"}} {
		if n := len(there.items); n > 0 {
			parts = append(parts, "the "+agree(n, there.one, there.more)+" for "+b.those(keysOf(there.items)))
		}
	}
	return enumerate(parts)
}

func (r *reading) existing() (page, change bool) {
	for _, c := range r.issue.Comments {
		if byProgram(c) {
			continue
		}
		page = page || begunAt.MatchString(c.Body)
		change = change || linksToChange(c.Body)
	}
	return page, change
}

// lookAtExisting is what to compare before anything is asked for again.
func (b *builder) lookAtExisting() string {
	found := b.existing()
	if found == "" {
		return ""
	}
	return fmt.Sprintf("Whoever reported the tickets reads what comments link to, so that nothing is asked for twice: %s.", found)
}
