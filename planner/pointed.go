package planner

import (
	"fmt"
	"slices"
)

const mostPointed = 5

// An outsideIssue is an issue outside of the session and the items that point there.
type outsideIssue struct {
	key, name string // the name has the title, if that is known
	by        []string
}

// outsideIssues are told with the items that point there, the first few of them.
type outsideIssues []*outsideIssue

func (o *outsideIssues) add(key, name, by string) {
	n := slices.IndexFunc(*o, func(x *outsideIssue) bool { return x.key == key })
	if n < 0 {
		n = len(*o)
		*o = append(*o, &outsideIssue{key: key, name: name})
	}
	if x := (*o)[n]; !slices.Contains(x.by, by) {
		x.by = append(x.by, by)
	}
}

func (o outsideIssues) told() (out []string) {
	for _, x := range o[:min(len(o), mostPointed)] {
		out = append(out, fmt.Sprintf("%s (for %s)", x.name, some(x.by)))
	}
	return out
}

// elsewhere lists open issues outside of the session that its items wait for.
func (b *builder) elsewhere() []string {
	var found outsideIssues
	inside := b.keys()
	for _, r := range b.taken {
		for _, l := range r.issue.Links {
			if needs(l) && !l.Done && !slices.Contains(inside, l.Key) {
				found.add(l.Key, l.Key+titled(l.Summary), r.issue.Key)
			}
		}
	}
	return found.told()
}

// named lists issues outside of the session that the items' texts name and that
// no link leads to: of those nobody in the room knows more than the key.
func (b *builder) named() []string {
	var found outsideIssues
	inside, projects := b.keys(), b.projects()
	if b.in.Epic != nil {
		inside = append(inside, b.in.Epic.Key)
	}
	for _, r := range b.taken {
		for _, key := range IssueKeys(r.issue.Summary + "\n" + r.issue.Description + "\n" + r.issue.AcceptanceCriteria) {
			if (projects[project(key)] || likelyKey(key)) && !slices.Contains(inside, key) && !r.links(key) {
				found.add(key, key, r.issue.Key)
			}
		}
	}
	return found.told()
}

func (r *reading) links(key string) bool {
	return slices.ContainsFunc(r.issue.Links, func(l Link) bool { return l.Key == key })
}

// likelyKey tells the key of a project that nothing else points to from what
// only looks like one.
func likelyKey(key string) bool {
	name := project(key)
	return len(name) >= 3 && len(key)-len(name) > 3 && !standards[name]
}

var standards = wordSet("UTF ISO RFC SHA AES RSA CVE IEEE ANSI DIN HTTP TLS SSL UTC GMT ASCII COVID")

// projects are those whose keys the items and their links have.
func (b *builder) projects() map[string]bool {
	set := map[string]bool{}
	for _, r := range b.taken {
		set[project(r.issue.Key)] = true
		for _, l := range r.issue.Links {
			set[project(l.Key)] = true
		}
	}
	return set
}
