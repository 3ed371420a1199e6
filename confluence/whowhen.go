package confluence

import (
	"slices"
	"strings"

	"refine/confluence/storage"
	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

// dueWords stand in front of the day on which something is due; what is kept until a day,
// behind untilWords, may be due on none, unless that is at the end.
const (
	dueWords   = outcome.DueWords
	untilWords = `(?:until|till)`
)

// dayAlone is a day on a line of its own.
var dayAlone = lazyregexp.New(`^\(?(?:(?:` + dueWords + `|` + untilWords + `):? )+[\w.,/ -]{2,20}\)?$`)

// bare reads a line that says nothing but who or when, below what it belongs to; below
// an action also a day in words: "By card" is a decision.
func (r *reader) bare(k kind, p piece) bool {
	inWords := k == actionKind && len(r.out.Entries) > 0 && dayAlone.MatchString(folded(p.text.String()))
	if p.cell != nil || !inWords && !r.onlyWhoOrWhen(p) {
		return false
	}
	r.decision = 0
	r.whoOrWhen(p.text, p)
	return true
}

func (r *reader) onlyWhoOrWhen(p piece) bool {
	due := dueIn(p.nodes, p.text)
	words := strings.TrimSpace(strings.ReplaceAll(withoutUsers(p.text).String(), due.String(), ""))
	return !r.isOurs(p) && (firstUser(p.text) != nil || !due.IsZero()) && decorated(words)
}

// whoOrWhen adds who and when to the entry above, if there is one in this place.
func (r *reader) whoOrWhen(said outcome.Text, p piece) {
	owner, due, above := firstUser(said), dueIn(p.nodes, said), len(r.out.Entries)
	if above > 0 && !r.stands(r.out.Entries[above-1]) {
		above = 0
	}
	if !r.belongs(above, p.text, func(e *outcome.Entry) {
		read := false
		if e.Kind == outcome.Action && owner != nil && e.Owner == nil {
			e.Owner, read = owner, persons(said) == 1
		}
		if e.Kind == outcome.Action && !due.IsZero() && e.Due.IsZero() {
			e.Due, read = due, true
		}
		if !read {
			e.Text = beside(e.Text, p.text, false)
		}
	}) {
		r.suggest(p.text, notWhat)
	}
}

// headPerson reads an entry that ends with a colon: "Ivo:" above a list of what Ivo is
// to do.
func (r *reader) headPerson(p piece) {
	li := entryOf(p)
	if !holdsList(li) || len(strings.Fields(withoutUsers(p.text).String())) > 2 {
		r.suggest(p.text, onlyAnnounces)
		return
	}
	r.bullet, r.bulletKey, r.bulletOwner = li, "", kept(p.text, len(strings.TrimRight(flat(p.text), ": ")))
}

const (
	onlyAnnounces = "it only announces what follows: take the colon off if it is one itself"
	notWhat       = "it says who or when, and not what: type it behind what is to be done"
)

// headBullet reads a line that only names a ticket: what stands below it in its
// list is about that.
func (r *reader) headBullet(p piece) {
	li, keys := entryOf(p), p.text.Keys(r.browse...)
	if len(keys) == 1 && holdsList(li) {
		r.bullet, r.bulletKey, r.bulletOwner = li, keys[0], nil
		return
	}
	r.suggest(p.text, "it names a ticket and says nothing: type what of it on the same line")
}

// entryOf is the entry of a list, or the task, that a line stands in; nil if it stands
// in none.
func entryOf(p piece) *storage.Node {
	if p.node.Name == "li" || p.node.Name == "ac:task" {
		return p.node
	}
	return nearest(p.node, "li")
}

func holdsList(n *storage.Node) bool {
	isList := func(n *storage.Node) bool { return n.Name == "ul" || n.Name == "ol" || n.Name == "ac:task-list" }
	return n != nil && slices.ContainsFunc(slices.Collect(n.All()), isList)
}

// heads reports whether a line only announces what follows. An emoji by its name ends
// with a colon, too.
func heads(t outcome.Text) bool {
	rest, ends := strings.CutSuffix(flat(t), ":")
	return ends && !strings.Contains(rest[strings.LastIndex(rest, " ")+1:], ":")
}
