package planner

import (
	"fmt"
	"slices"
)

const mostPointed = 5

// A mention is an issue outside of the session that an item points to; the name has
// the title, if that is known.
type mention struct{ name, by string }

// pointedTo names the issues with the items that point there, the first few of
// them.
func pointedTo(mentions []mention) (out []string) {
	found := grouped(mentions, func(m mention) string { return m.by }, func(m mention) string { return m.name })
	for _, g := range found[:min(len(found), mostPointed)] {
		out = append(out, fmt.Sprintf("%s (for %s)", g.name, some(slices.Compact(g.keys))))
	}
	return out
}

// elsewhere lists open issues outside of the session that its items wait for.
func (b *builder) elsewhere() []string {
	var found []mention
	inside := b.keys()
	for _, r := range b.taken {
		for _, l := range r.issue.Links {
			if needs(l) && !l.Done && !slices.Contains(inside, l.Key) {
				found = append(found, mention{l.Key + titled(l.Summary), r.issue.Key})
			}
		}
	}
	return pointedTo(found)
}

// named lists issues outside of the session that the items' texts name and that
// no link leads to: their keys are all that is known of them.
func (b *builder) named() []string {
	var found []mention
	inside, projects := b.keys(), b.projects()
	if b.in.Epic != nil {
		inside = append(inside, b.in.Epic.Key)
	}
	for _, r := range b.taken {
		for _, key := range IssueKeys(r.issue.Summary + "\n" + r.issue.Description + "\n" + r.issue.AcceptanceCriteria) {
			if (projects[projectOf(key)] || likelyKey(key)) && !slices.Contains(inside, key) && !r.links(key) {
				found = append(found, mention{key, r.issue.Key})
			}
		}
	}
	return pointedTo(found)
}

func (r *reading) links(key string) bool {
	return slices.ContainsFunc(r.issue.Links, func(l Link) bool { return l.Key == key })
}

// likelyKey tells the key of a project that nothing else points to from what
// only looks like one.
func likelyKey(key string) bool {
	name := projectOf(key)
	return len(name) >= 3 && len(key)-len(name) > 3 && !standards[name]
}

var standards = wordSet("UTF ISO RFC SHA AES RSA CVE IEEE ANSI DIN HTTP TLS SSL UTC GMT ASCII COVID")

// projects are those whose keys the items and their links have.
func (b *builder) projects() map[string]bool {
	set := map[string]bool{}
	for _, r := range b.taken {
		set[projectOf(r.issue.Key)] = true
		for _, l := range r.issue.Links {
			set[projectOf(l.Key)] = true
		}
	}
	return set
}
