package planner

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"refine/planner/guide"
)

// timeboxes states how the session's minutes came about.
func (b *builder) timeboxes() string {
	low, high := b.guide.Span()
	total, planned := b.guide.Session(b.in.Session.Duration), 0
	var each []string
	for _, m := range b.minutes {
		planned += m
		each = append(each, strconv.Itoa(m))
	}
	boxes := strings.Join(each, "+")
	longest := int(guide.LongestUsual / time.Minute)
	switch {
	case total < low:
		return fmt.Sprintf("Time: %d minutes were asked for, less than the %d that the guide's ranges add up to; its boxes are scaled to %s.", total, low, boxes)
	case total > high && total > longest:
		return fmt.Sprintf("Time: %d minutes were configured, more than the usual %d; the guide's ranges end at %d, so %s are planned and %d minutes stay free.", total, longest, high, boxes, total-planned)
	case total > high:
		return fmt.Sprintf("Time: %d minutes were configured; the guide's ranges end at %d, so %s are planned and %d minutes stay free.", total, high, boxes, total-planned)
	case total > longest:
		return fmt.Sprintf("Time: %d minutes were configured, more than the usual %d; the boxes are %s, within the guide's ranges.", total, longest, boxes)
	case b.guide.Name() == guide.Weekly && !b.guide.Own():
		return fmt.Sprintf("Time: %d minutes as %s. A weekly session has the phases of the 90-minute one, scaled to %d to %d minutes, and fewer items.", total, boxes, low, high)
	default:
		return fmt.Sprintf("Time: %d minutes as %s, within the guide's ranges.", total, boxes)
	}
}

// guideRoles says how a team's own guide was read, since its headings were
// written for people.
func (b *builder) guideRoles() string {
	if !b.guide.Own() {
		return ""
	}
	boxes := b.guide.Boxes()
	parts := []string{fmt.Sprintf("the items are talked about in its longest phase, %s", inMarks(boxes[b.guide.Box(guide.Talk)].Name))}
	for _, r := range []struct {
		role guide.Role
		says string
	}{{guide.Check, "success criteria"}, {guide.Size, "estimates"}, {guide.Order, "order and dependencies"}} {
		if n := b.guide.Box(r.role); n >= 0 {
			parts = append(parts, fmt.Sprintf("%s belong to %s", r.says, inMarks(boxes[n].Name)))
		}
	}
	if b.guide.Box(guide.Check) < 0 {
		parts = append(parts, "no phase names success criteria, so they are agreed on there")
	}
	if !b.guide.Estimates() {
		parts = append(parts, "no phase names estimates, so there are none")
	}
	return fmt.Sprintf("Guide: the team's own, %s; %s.", b.guide.Name(), strings.Join(parts, "; "))
}

// inMarks puts a name into quotation marks, unless it has some of its own.
func inMarks(name string) string {
	if strings.ContainsAny(name, "“”") {
		return name
	}
	return "“" + name + "”"
}
