package confluence

import (
	"strings"

	"refine/confluence/storage"
	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

// announced is a label without a text: what follows it is of its kind.
type announced struct {
	kind  kind
	sure  bool
	label *storage.Node // the block the label stands in
	scope *storage.Node // the list that follows it
	last  *storage.Node // the line that followed it
	lists bool          // only a list right below may go with it: the label has words of its own
	words outcome.Text  // of [otherKind], what each line that follows is read behind
}

// announcesOther notes a line that only says that what blocks an item, or its rank, follows.
func (r *reader) announcesOther(p piece) bool {
	if p.form != lineForm || p.quoted || r.item() == "" || !r.part.kind.isForm() && !r.part.kind.isProse() || !bareLabel.MatchString(p.text.String()) {
		return false
	}
	r.decision = 0
	r.announced = announced{kind: otherKind, sure: true, label: p.node, words: p.text}
	return true
}

// bareLabel is such a line.
var bareLabel = lazyregexp.New(`(?i)^\W*(?:` + blockedWords + `|` + rankWords + `)\s*[:：]$`)

var number = lazyregexp.New(`\d+(?:[.,]\d+)?`)

// announce notes a label without a text.
func (r *reader) announce(l lead, p piece) bool {
	ends := strings.HasSuffix(p.text.String(), ":") || l.kind == rejectedKind && isBold(p)
	if !l.kind.isOutcome() && (!l.sure || l.kind != questionKind && l.kind != parkedKind && l.kind != rejectedKind || !ends) {
		return false
	}
	if size := number.FindString(p.text.String()); l.kind == estimateKind && size != "" {
		r.suggest(titled(string(l.kind), p.text), "its label has no colon: write “Estimate: "+size+"”")
		return true
	}
	if l.kind != reasonKind {
		r.decision = 0
	}
	r.announced = announced{kind: l.kind, sure: l.sure, label: p.node}
	return true
}

// settled notes a line that a label of its own has settled. A list that another
// label announced goes on.
func (r *reader) settled() {
	if r.decision = 0; r.announced.scope == nil {
		r.announced = announced{}
	}
}

// announcedKind is what a label above makes of a line: of all items of a list
// that follows it, or of the next line, but not of another row of a table. Further
// lines below that one may belong to it or not, so they only look like it, until an
// empty one.
func (r *reader) announcedKind(p piece) (k kind, sure, ok bool) {
	a := &r.announced
	switch {
	case a.kind == plainKind:
		return plainKind, false, false
	case p.cell != nil && !holds(p.cell.node.Parent, a.label): // its columns say what it is
	case a.lists && a.scope == nil:
		if list := listBehind(p.node, a.label); list != nil && (holds(a.label, list) || r.follows(list, a.label)) {
			a.scope = list
			return a.kind, a.sure, true
		}
	case a.scope == nil && a.last == nil:
		if a.scope = listBehind(p.node, a.label); a.scope == nil {
			a.last = p.node
		}
		return a.kind, a.sure, true
	case a.scope != nil && holds(a.scope, p.node), a.last == p.node:
		return a.kind, a.sure, true
	case a.last != nil && r.listFollows(p.node, a.last):
		return a.kind, false, true
	case a.last != nil && r.follows(p.node, a.last):
		a.last = p.node
		return a.kind, a.sure && r.part.sure && r.part.kind == a.kind, true // its own place says so, too
	}
	r.announced = announced{}
	return plainKind, false, false
}

// listFollows reports whether n stands in a list right below a line.
func (r *reader) listFollows(n, above *storage.Node) bool {
	list := listBehind(n, above)
	return list != nil && !holds(list, above) && r.follows(list, above)
}

// listBehind is the outermost list around n that begins behind the label.
func listBehind(n, label *storage.Node) (list *storage.Node) {
	for ; n != nil && n.Start > label.Start; n = n.Parent {
		if n.Name == "ul" || n.Name == "ol" {
			list = n
		}
	}
	return list
}

func holds(outer, n *storage.Node) bool { return outer.Start <= n.Start && n.End <= outer.End }

// follows reports whether n is the block right below another: not even an empty
// line stands between them.
func (r *reader) follows(n, above *storage.Node) bool {
	return n.Parent == above.Parent && above.End <= n.Start && strings.TrimSpace(r.source[above.End:n.Start]) == ""
}
