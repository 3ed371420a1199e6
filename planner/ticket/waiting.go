package ticket

// A Wait is an issue that has to wait for another, as a link of either says. One of
// the two may be known by that link alone.
type Wait struct {
	Issue, For string
	Status     string // of the other end of the link, empty if that is not known
}

// Waiting are the waits among issues and what they are linked to, each once, in their
// order. What is done holds nobody up, and nobody waits for the parent: it ends with
// its children.
func Waiting(issues []*Issue) (all []Wait) {
	parents, seen := map[string]string{}, map[[2]string]bool{}
	for _, i := range issues {
		if i.Parent != nil {
			parents[i.Key] = i.Parent.Key
		}
	}
	for _, i := range issues {
		for _, l := range i.Links {
			w := Wait{i.Key, l.Key, l.Status}
			switch {
			case l.Done || l.Key == i.Key:
				continue
			case l.NeededBy():
				w.Issue, w.For = l.Key, i.Key
			case !l.Needs():
				continue
			}
			if pair := [2]string{w.Issue, w.For}; parents[w.Issue] != w.For && !seen[pair] {
				seen[pair] = true
				all = append(all, w)
			}
		}
	}
	return all
}
