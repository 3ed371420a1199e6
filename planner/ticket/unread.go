package ticket

import (
	"fmt"
	"slices"
	"strings"
)

// An Unread field holds a value of another shape than was expected of it.
type Unread struct {
	Field  string // its name on the site, or its id
	Holds  string // "a list of objects"
	Wanted string // "a number" or "text"
}

// mostUnread is how many tickets one sentence names.
const mostUnread = 5

// NotRead says in a sentence each which fields hold what could not be read, so
// that nobody takes it for absent. A ticket of which no more than the key may be
// shown is left out.
func NotRead(issues []Issue) (out []string) {
	keys := map[Unread][]string{}
	var order []Unread
	for _, i := range issues {
		for _, u := range i.Unread {
			if i.Restricted || slices.Contains(keys[u], i.Key) {
				continue
			}
			if keys[u] == nil {
				order = append(order, u)
			}
			keys[u] = append(keys[u], i.Key)
		}
	}
	for _, u := range order {
		names := strings.Join(keys[u][:min(len(keys[u]), mostUnread)], ", ")
		if len(keys[u]) > mostUnread {
			names += " and others"
		}
		out = append(out, fmt.Sprintf("Not read: the field %s of %s, which holds %s instead of %s.", u.Field, names, u.Holds, u.Wanted))
	}
	return out
}
