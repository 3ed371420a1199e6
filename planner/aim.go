package planner

import "fmt"

// Readiness is how many items are ready when a plan is made, and how many a
// session can make ready: before and after.
type Readiness struct {
	Items  int      `json:"items"`
	Before int      `json:"before"`
	Aim    int      `json:"aim"`
	Beyond []Beyond `json:"beyond"` // items that the aim leaves out
}

// A Beyond item has a blocker that no talk settles.
type Beyond struct {
	Key    string `json:"key"`
	Reason string `json:"reason"` // "waits for OPS-3", after the key
}

// readiness counts. The aim is what is ready, and what has only blockers that
// the people in the room can settle: a missing result can be written down, while
// an open blocker stays open.
func (b *builder) readiness() Readiness {
	out := Readiness{Items: len(b.taken)}
	for _, r := range b.taken {
		beyond := r.beyond()
		switch {
		case r.ready():
			out.Before++
			out.Aim++
		case beyond != "":
			out.Beyond = append(out.Beyond, Beyond{r.issue.Key, beyond})
		default:
			out.Aim++
		}
	}
	return out
}

// beyond is why the item stays not ready whatever is said of it.
func (r *reading) beyond() string {
	for _, f := range r.findings {
		if f.Blocks && f.beyond != "" {
			return f.beyond
		}
	}
	return ""
}

// beyond is why a doubt about wording is none that talk settles: a ticket that
// is split does not become ready, its parts do.
func (h hit) beyond() string {
	switch {
	case h.sense == saysWaiting:
		return "is to wait"
	case h.rule == ruleSize:
		return "is more than one ticket"
	}
	return ""
}

// String is before and after on one line.
func (r Readiness) String() string {
	line := fmt.Sprintf("%d of %d ready", r.Before, r.Items)
	switch {
	case r.Aim > r.Before:
		line += fmt.Sprintf("; the session aims at %d", r.Aim)
	case r.Before < r.Items:
		line += "; none of the others can become so by talk"
	}
	if left := r.left(); len(left) > 0 {
		line += ", as " + enumerate(left)
	}
	return line
}

// left are the items that the aim leaves out, those of one reason together.
func (r Readiness) left() (out []string) {
	for _, g := range grouped(r.Beyond, func(b Beyond) string { return b.Key }, func(b Beyond) string { return b.Reason }) {
		said := g.name
		if len(g.keys) > 1 {
			said, _ = plurally(said)
		}
		out = append(out, enumerate(g.keys)+" "+said)
	}
	return out
}
