package planner

import (
	"fmt"
	"regexp"
	"strings"
)

// begunAt says where something that the ticket asks for stands already.
var begunAt = regexp.MustCompile(`(?i)\b(?:documented|begun|started|drafted|written|described|published|uploaded|prototyped?|draft|first version|work in progress|wip)\b[^.\n]{0,40}https?://`)

// existing tells of work that comments say is there: the plan takes its tickets
// as open, and nobody should ask again for what stands on a page.
func (b *builder) existing() string {
	var pages, changes []string
	for _, r := range b.taken {
		page, change := r.existing()
		if page {
			pages = append(pages, r.issue.Key)
		}
		if change {
			changes = append(changes, r.issue.Key)
		}
	}
	var parts []string
	if len(pages) > 0 {
		parts = append(parts, "pages for "+some(pages))
	}
	if len(changes) > 0 {
		parts = append(parts, "code changes for "+some(changes))
	}
	return strings.Join(parts, ", ")
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
	return fmt.Sprintf("Compare what comments link to with the tickets, so that nothing is asked for twice: %s.", found)
}
