package confluence

import (
	"fmt"
	"slices"

	"refine/confluence/draw"
	"refine/confluence/storage"
	"refine/planner"
	"refine/planner/picture"
)

const (
	// glanceRegion is the heading of the pictures; each is a region below, so that
	// taking one off the page leaves the others ours to refresh.
	glanceRegion = "glance"
	// afterRegion tells which items were ready before and which are now. It is
	// there only once the session is over and something has changed.
	afterRegion = "after"
)

// Drawings are the pictures that a plan's page shows (C6).
func Drawings(p planner.Plan) []Drawing {
	all := atAGlance(p)
	if grid, changed := compared(p); changed && p.Pictures {
		all = append(all, Drawing{grid, afterRegion, draw.Print(grid)})
	}
	return all
}

// atAGlance are the pictures of the plan itself.
func atAGlance(p planner.Plan) (all []Drawing) {
	if !p.Pictures {
		return nil
	}
	for _, pic := range picture.Of(p) {
		all = append(all, Drawing{pic, glanceRegion + "/" + pic.File(), draw.Print(pic)})
	}
	return all
}

// compared is the grid of the items beside how people first read of them. changed is
// false where none stands otherwise.
func compared(p planner.Plan) (grid picture.Grid, changed bool) {
	if p.Comparison == nil {
		return grid, false
	}
	return picture.Compare(p.Comparison, p)
}

// glance shows the pictures of the plan. What each shows stands in words behind it,
// for whoever cannot see it.
func (r *renderer) glance() {
	drawings := atAGlance(r.plan)
	if len(drawings) == 0 {
		return
	}
	r.generated(glanceRegion, func(b *storage.Builder) { b.Heading(2, storage.Plain("At a glance")) })
	for _, d := range drawings {
		r.generated(d.Region, func(b *storage.Builder) { b.Picture(d.File(), d.Words()) })
	}
}

// comparison tells in how many items no gap was found when people first read of them, and
// in how many none is now (L8), in a line and, where there are pictures, in one.
func (r *renderer) comparison() {
	grid, changed := compared(r.plan)
	if !changed {
		return
	}
	r.generated(afterRegion, func(b *storage.Builder) {
		before, now := grid.Counts()
		n := len(r.plan.Items)
		b.Heading(2, storage.Plain("Before and after"))
		b.Paragraph(storage.Plain(fmt.Sprintf("No gap found in %d of %d → %d of %d, since this page was published.", n-before, n, n-now, n)))
		if r.plan.Pictures {
			b.Picture(grid.File(), grid.Words())
		}
	})
}

// Unreachable lists the items that something on a page leads to, without an anchor
// of theirs on it: people have taken it off with the section, or with its heading.
func Unreachable(body string) (keys []string) {
	doc, err := storage.Parse(body)
	if err != nil {
		return nil // whoever writes it will say so
	}
	anchors := map[string]bool{}
	for n := range doc.Root.All() {
		if n.Macro() == "anchor" {
			anchors[n.Param("")] = true
		}
	}
	for n := range doc.Root.Find("ac:link") {
		if to := n.Jump(); to != "" && !anchors[to] && !slices.Contains(keys, to) {
			keys = append(keys, to)
		}
	}
	return keys
}
