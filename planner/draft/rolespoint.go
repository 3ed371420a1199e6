package draft

import (
	"fmt"
	"strings"

	"refine/planner/guide"
	"refine/planner/text"
)

// rolesPoint names for whom the stories are told, in their own words.
func (w *writer) rolesPoint() []point {
	var told []string
	for _, key := range w.keys() {
		if role := w.role(key); role != "" && quotable(role) && !w.said[role] && !w.Unsaid[role] {
			told = append(told, key)
		}
	}
	groups := grouped(told, func(key string) string { return strings.ToLower(w.role(key)) })
	if len(told) < leastTold || len(groups) > MostNamed {
		return nil
	}
	p := point{topic: guide.Stakeholders, score: 22}
	var parts []string
	for _, g := range groups {
		role := w.role(g.keys[0])
		parts = append(parts, fmt.Sprintf("%s (%s)", quoted(role), some(g.keys)))
		p.Keys = append(p.Keys, g.keys...)
		p.Claims = append(p.Claims, Claim{Kind: Quoted, Key: g.keys[0], Words: role}, Claim{Kind: Count, Keys: g.keys, Number: len(g.keys)})
	}
	ask := "Ask who in the room can answer for each."
	if len(groups) == 1 {
		ask = "Ask who else is touched, and how."
	}
	p.Text = fmt.Sprintf("Stories are told for %s. %s", text.Enumerate(parts), ask)
	return []point{p}
}

// leastTold is how many stories tell something of a session.
const leastTold = 2

// role is for whom a ticket's story is told, empty where it is none, or where who tells it
// speaks of all of us or says more than who it is.
func (w *writer) role(key string) string {
	role := w.Brief.Ticket(key).Reading.Role()
	if strings.ContainsAny(role, ",;:") || strings.EqualFold(role, "team") || strings.EqualFold(role, "company") {
		return ""
	}
	return role
}
