package confluence

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"refine/confluence/storage"
	"refine/internal/lazyregexp"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// A place is where something stands on the page: at which item, and in which part
// of it or of the page.
type place struct {
	items   []item // the innermost last
	heading string
	part    part
	doubt   string // why it is not certain which item it is, empty if it is
	aside   *item  // the item in whose section the heading of another stands, until that has its facts
	pending string // the key of a ticket that stands alone on the last line, and may be a heading
	about   string // the ticket of the session's question below which this is, or nothing
}

// An item is the section of one.
type item struct {
	key   string
	level int  // of the heading, or as what it stood there
	firm  bool // it is a ticket for certain: "SHA-256?" only looks like a key
	had   map[kind]bool
	boxes bool // its checkboxes have passed, which are its last part
}

// A part is what a place is for.
type part struct {
	kind  kind
	level int   // of its heading; 0 in a panel, where it lasts to the end
	sure  bool  // its title says so and nothing else
	cell  *cell // in which its heading stands
	outer *part // what goes on behind it, nil if nothing does
}

// end is the part that goes on where this one ends.
func (p part) end() part {
	if p.outer == nil {
		return part{}
	}
	return *p.outer
}

// nameIt is what to do about a doubt.
const nameIt = ": name the ticket in the line"

// factsKind is what stands between an item's heading and the places for people.
const factsKind kind = "facts"

// isForm reports whether an item has a place of that kind.
func (k kind) isForm() bool { return k.isOutcome() && k != reasonKind }

// lowestLevel is that of a heading that is none by its markup.
const lowestLevel = 7

// item is the key of the innermost section, or nothing.
func (p place) item() string {
	if len(p.items) == 0 {
		return ""
	}
	return p.items[len(p.items)-1].key
}

// outer are the keys of the sections around the innermost, from inside out.
func (p place) outer() (keys []string) {
	for i := len(p.items) - 2; i >= 0; i-- {
		keys = append(keys, p.items[i].key)
	}
	return keys
}

// where tells people the place: "PAY-7, Decisions".
func (p place) where() string {
	return cmp.Or(strings.Trim(p.item()+", "+p.heading, ", "), "top of the page")
}

func (p place) clone() place {
	p.items = slices.Clone(p.items)
	for i := range p.items {
		p.items[i].had = maps.Clone(p.items[i].had)
	}
	return p
}

// container is what has a place of its own, with the place before it.
type container struct {
	before place
	keeps  bool // an item began in it, so that what follows belongs there
}

// open enters a cell, a panel or a quotation.
func (r *reader) open(p piece) {
	r.containers = append(r.containers, container{before: r.place.clone()})
	k, sure := titleKind(p.title)
	if l, ok := leadOf(outcome.Text{{Text: fold(p.title)}}, ""); ok && len(l.rest) > 0 && l.kind.isOutcome() {
		r.suggest(plainText(fold(p.title)), "it is a panel's title: type it into the panel")
		return
	}
	if k != plainKind {
		r.heading, r.part = fold(p.title), part{kind: k, sure: sure}
	}
}

// shut leaves it. Behind it the place before it counts again, unless an item began
// in it: then somebody has put its heading there.
func (r *reader) shut() {
	c := r.containers[len(r.containers)-1]
	r.containers = r.containers[:len(r.containers)-1]
	if !c.keeps {
		r.place = c.before
	} else if r.part.level == 0 {
		r.part = part{}
	}
}

// enter follows a heading: one that names a ticket begins its section. Levels
// alone decide nothing, since people restyle headings: what an item's places are
// called, and what we wrote below its heading, tell more.
func (r *reader) enter(p piece) {
	level, title := p.node.HeadingLevel(), p.text.String()
	r.asked, r.about, r.announced = 0, "", announced{}
	l, labelled := leadOf(p.text, "")
	decides := labelled && l.kind == decisionKind && l.sure && len(l.rest) > 0
	key, begins, linked := r.headed(p)
	k, sure := titleKind(title)
	if k != reasonKind {
		r.decision = 0
	}
	switch {
	case decides:
	case key != "" && k.isForm() && sure && key != r.item() && len(r.items) > 0:
		r.enterItem(key, max(level-1, 1), linked)
	case key != "" && (begins || len(r.items) == 0):
		within := r.part
		r.enterItem(key, level, linked)
		if within.kind.isOutcome() && within.level > 0 && level > within.level {
			r.part = within // a ticket's own lines within the place of another
		}
		return
	}
	r.leaveItems(p, level, k)
	r.enterPart(p, level, k, sure)
	r.wishing, r.wishesListed = r.part.kind == retroKind && wishLabel.MatchString(title+":"), false
	if r.heading = title; r.isOurs(p) {
		r.heading = r.told(p)
	} else if decides {
		r.labelled(l, p)
	}
}

// headed is the ticket that a heading names, whether it begins with that, and
// whether a link or a macro does.
func (r *reader) headed(p piece) (key string, begins, linked bool) {
	text := p.text
	if len(text) == 0 { // all of it is struck through: dropped, perhaps, but still the item's
		for n := range p.node.All() {
			if isStruck(n) {
				text = append(text, textOf(n.Children)...)
			}
		}
	}
	return keyOf(text, p.nodes, r.browse)
}

// keyOf is the first ticket that a text names.
func keyOf(text outcome.Text, nodes []*storage.Node, browse []string) (key string, begins, linked bool) {
	var b strings.Builder
	for _, run := range text {
		switch issue := outcome.IssueAt(run.URL, browse...); {
		case issue != "":
			linked = true
			b.WriteString(" " + issue + " ")
		case run.User == nil:
			b.WriteString(run.Text)
		}
	}
	s := dashed(b.String())
	keys := ticket.IssueKeys(s)
	if len(keys) == 0 {
		return "", false, false
	}
	from := decoration(s)
	for _, n := range nodes {
		linked = linked || holdsIssueMacro(n)
	}
	return keys[0], strings.HasPrefix(strings.TrimLeft(s[from:], "[("), keys[0]), linked
}

func holdsIssueMacro(n *storage.Node) bool {
	return n.Macro() == "jira" && n.Param("key") != "" || slices.ContainsFunc(n.Children, holdsIssueMacro)
}

// enterItem begins an item's section.
func (r *reader) enterItem(key string, level int, certain bool) {
	firm := certain || r.session[key] || slices.ContainsFunc(r.items, func(i item) bool { return i.firm && ticket.Project(i.key) == ticket.Project(key) })
	for i := range r.containers {
		if len(r.containers[i].before.items) == 0 || level <= r.containers[i].before.items[len(r.containers[i].before.items)-1].level || r.session[key] {
			r.containers[i].keeps = true
		}
	}
	r.aside = nil
	if n := len(r.items); n > 0 && level > r.items[n-1].level {
		r.aside = &r.items[n-1]
	}
	r.items = slices.DeleteFunc(slices.Clone(r.items), func(i item) bool { return i.level >= level || firm && i.firm })
	r.items = append(r.items, item{key: key, level: level, firm: firm || len(r.items) == 0, had: map[kind]bool{}})
	if r.part.level >= level || r.part.kind.isOutcome() || r.part.kind == notesKind || r.part.kind == factsKind {
		r.part = part{}
	}
	r.heading, r.doubt, r.pending = "", "", ""
	if !slices.Contains(r.out.Keys, key) {
		r.out.Keys = append(r.out.Keys, key)
	}
}

// leaveItems ends the sections that a heading which begins none of its own ends.
func (r *reader) leaveItems(p piece, level int, k kind) {
	for len(r.items) > 0 {
		i := r.items[len(r.items)-1]
		switch {
		case !i.firm && level <= i.level: // which only looked like one
		case level <= i.level && level <= itemLevel:
		case i.boxes && isPageKind(k), p.region != "" && !strings.HasPrefix(p.region, itemRegion):
		case k.isForm() || level > i.level:
			return
		default:
			r.doubt = "it is not certain that this heading is a part of " + i.key + nameIt
			return
		}
		r.items, r.doubt = r.items[:len(r.items)-1], ""
		if isPageKind(k) && len(r.containers) > 0 {
			for c := range r.containers {
				r.containers[c].keeps = true
			}
		}
	}
	r.doubt = ""
}

// itemLevel is the level of the headings that we give to items.
const itemLevel = 2

// isPageKind reports whether the page itself has a section of that kind, behind
// all items.
func isPageKind(k kind) bool {
	return k == questionKind || k == parkedKind || k == retroKind || k == deferredKind || k == accountKind
}

// enterPart begins what a heading's title stands for. Where a place comes again
// behind the last one of an item, the heading of the next item is gone.
func (r *reader) enterPart(p piece, level int, k kind, sure bool) {
	for r.part.level >= level {
		r.part = r.part.end()
	}
	if r.part.kind == factsKind {
		r.part = part{}
	}
	if n := len(r.items); k.isForm() && sure && n > 0 && level <= r.items[n-1].level+1 { // a lower heading is somebody's own
		r.followForm(k, level)
	}
	switch {
	case k == rejectedKind && sure && r.item() != "":
		outer := r.part
		r.part = part{kind: k, level: level, sure: sure, cell: p.cell, outer: &outer}
	case k != plainKind && k != rejectedKind && (!isColumn(k) || k == reasonKind):
		r.part = part{kind: k, level: level, sure: sure, cell: p.cell}
	}
}

// enterBold begins what stands below a bold line "Rejected" within an item's place.
func (r *reader) enterBold(l lead, p piece) bool {
	if l.kind != rejectedKind || !l.sure || p.cell != nil || p.node.Name != "p" || !isBold(p) || nearest(p.node, "li") != nil || !r.part.kind.isForm() {
		return false
	}
	r.announced = announced{}
	r.enterPart(p, lowestLevel, l.kind, l.sure)
	return true
}

// passBold ends it at the next bold line.
func (r *reader) passBold(p piece) {
	if r.part.level == lowestLevel && p.node.Name == "p" && isBold(p) {
		r.part = r.part.end()
	}
}

// isBold reports whether all of a line is bold, as a heading may be.
func isBold(p piece) bool { return boldText(p.nodes) == p.text.String() }

// isColumn reports whether only a table is divided that way.
func isColumn(k kind) bool {
	return k == ownerKind || k == dueKind || k == itemKind || k == statusKind || k == reasonKind
}

func (r *reader) followForm(k kind, level int) {
	i := &r.items[len(r.items)-1]
	switch again := i.had[k]; {
	case r.aside != nil && level <= i.level && !r.aside.had[k]:
		r.doubt = fmt.Sprintf("it may belong to %s or to %s, whose heading stands in its section"+nameIt, r.aside.key, i.key)
		return
	case again && r.pending != "":
		r.enterItem(r.pending, lowestLevel, true)
		i = &r.items[len(r.items)-1]
	case again && i.boxes:
		r.doubt = "the heading of its item is gone" + nameIt
		return
	case r.pending != "":
		r.doubt, r.pending = "", ""
	}
	i.had[k] = true
}

// follow looks for the item in what we wrote ourselves: its facts begin with its
// key, also where people have changed or removed its heading. Other lines of an
// item only make it doubtful whose place it is, since people drag them about.
func (r *reader) follow(p piece) {
	key, isItem := strings.CutPrefix(p.region, itemRegion)
	if facts := factsOf(p.text, r.browse); facts != "" {
		key, isItem = facts, true
	}
	if isItem {
		r.foreign = ""
		r.enterFacts(key)
		return
	}
	key, isItem = strings.CutPrefix(r.said.regionOf(p.text), itemRegion)
	switch {
	case !isItem, key == r.item(), r.part.kind == factsKind: // where only a list was dragged among others
		r.foreign = ""
	case r.foreign == key && r.pending != key && r.item() != "":
		r.pending = key
		r.doubt = fmt.Sprintf("it may belong to %s or to %s, whose facts stand above it"+nameIt, r.item(), key)
	default: // a single line may be a copy
		r.foreign = key
	}
}

func (r *reader) enterFacts(key string) {
	if r.item() != key {
		r.enterItem(key, itemLevel, true)
	}
	r.part, r.aside = part{kind: factsKind}, nil
}

// factsLine is how the line below an item's heading reads, also as earlier versions wrote
// it; see [renderer.facts].
var factsLine = lazyregexp.New(`^(?:(?:No gap found|Gap found|Ready|No criteria yet|Not ready) )?\d+ min\. .*\bIn Jira:`)

// factsOf is the key of the item whose facts begin with that line, or nothing.
func factsOf(t outcome.Text, browse []string) string {
	if len(t) == 0 || !factsLine.MatchString(t[0].Text) {
		return ""
	}
	last := t[len(t)-1]
	if key := outcome.IssueAt(last.URL, browse...); key != "" {
		return key
	}
	if keys := ticket.IssueKeys(last.Text); len(keys) > 0 {
		return keys[len(keys)-1]
	}
	return ""
}

// alone notes a ticket that stands alone on a line, or a bold line that begins
// with one: perhaps the heading of its section.
func (r *reader) alone(p piece) bool {
	if len(p.text) == 0 || p.cell != nil || p.node.Name == "li" || nearest(p.node, "li") != nil || len(r.items) == 0 {
		return false
	}
	key, begins, _ := keyOf(p.text, p.nodes, r.browse)
	whole := p.text.String()
	if !begins || key == r.item() || !r.session[key] && ticket.Project(key) != ticket.Project(r.item()) {
		return false
	}
	only := len(p.text) == 1 && (p.text[0].URL != "" || whole == key)
	if !only && boldText(p.nodes) != whole {
		return false
	}
	if !only {
		r.note(p)
	}
	r.pending = key
	r.doubt = fmt.Sprintf("it may belong to %s or to %s, which stands on a line of its own above it"+nameIt, r.item(), key)
	r.decision, r.announced = 0, announced{}
	return true
}
