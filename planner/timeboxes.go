package planner

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"refine/planner/guide"
)

// timeboxes states how the session's minutes came about, and how a team's own
// guide was read.
func (p *Preparation) timeboxes() string {
	g := p.Guide
	low, high := g.Span()
	total, planned := int(p.in.Session.Duration/time.Minute), 0
	var each []string
	for _, b := range p.Talks.Boxes {
		planned += b.Minutes
		each = append(each, strconv.Itoa(b.Minutes))
	}
	boxes := strings.Join(each, "+")
	longest := int(guide.LongestUsual / time.Minute)
	said := ""
	switch {
	case total < low:
		said = fmt.Sprintf("Time: %d minutes were asked for, less than the %d that the guide's ranges add up to; its boxes are scaled to %s.", total, low, boxes)
	case total > high:
		said = fmt.Sprintf("Time: %d minutes were configured; the guide's ranges end at %d, so %s are planned and %d minutes stay free.", total, high, boxes, total-planned)
	case total > longest:
		said = fmt.Sprintf("Time: %d minutes were configured, more than the usual %d; the boxes are %s, within the guide's ranges.", total, longest, boxes)
	default:
		said = fmt.Sprintf("Time: %d minutes as %s, within the guide's ranges.", total, boxes)
	}
	return said + ownGuide(g)
}

// ownGuide says how a team's own guide was read, since its headings were written
// for people.
func ownGuide(g guide.Guide) string {
	if !g.Own() {
		return ""
	}
	boxes := g.Boxes()
	parts := []string{"the items are talked about in " + boxes[g.Box(guide.Talk)].Name}
	for _, r := range []struct {
		role guide.Role
		says string
	}{{guide.Check, "success criteria"}, {guide.Size, "sizes"}, {guide.Order, "the order"}} {
		if n := g.Box(r.role); n >= 0 {
			parts = append(parts, r.says+" in "+boxes[n].Name)
		}
	}
	return fmt.Sprintf(" The guide is the team's own, %s: %s.", g.Name(), strings.Join(parts, ", "))
}
