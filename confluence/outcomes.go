package confluence

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"refine/confluence/storage"
	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

// BodyMark is the session id that a page's own body carries, in the id of its
// page properties, or nothing. It is written with the page, so that a publish
// that stops before it can mark the page otherwise leaves no orphan.
func BodyMark(body string) string {
	doc, err := storage.Parse(body)
	if err != nil {
		return "" // not a body of ours, then
	}
	return markIn(doc)
}

func markIn(doc *storage.Document) string {
	for n := range doc.Root.Find("ac:structured-macro") {
		if id := n.Param("id"); n.Macro() == "details" && strings.HasPrefix(id, "refine-") {
			return id
		}
	}
	return ""
}

// Outcomes reads what people typed on a page (S1, S2, S7, S11): for each piece of
// text where it stands, see [place], and what shape it has, see [reader.line]. It ends
// as an entry, which is written; as a suggestion, which is listed with the reason why
// not; as something left open, which is carried over; or it is plain prose outside
// the items' sections. In a generated region that nobody changed nothing is an
// outcome, whatever the tickets it quotes may say, and in one that people changed
// what is remembered of our words is none. browse are how the addresses of the
// site's issues begin, people's first.
func (s State) Outcomes(body string, browse ...string) (outcome.Outcomes, error) {
	doc, err := storage.Parse(body)
	if err != nil {
		return outcome.Outcomes{}, err
	}
	r := reader{source: body, said: readSaid(s.Said), session: s.ItemKeys(), known: map[string]bool{}}
	for _, print := range slices.Concat(slices.Collect(maps.Values(s.Told))...) {
		r.known[print] = true
	}
	if len(browse) > 0 && browse[0] != "" {
		r.browse, r.out.Browse, r.out.Also = browse, browse[0], browse[1:]
	}
	regions := generatedNodes(doc, s.Known())
	var pieces []*piece // of which a large page has thousands
	page := scanner{take: func(p piece) { pieces = append(pieces, &p) }}
	for _, n := range doc.Blocks() {
		page.region = regions[n]
		page.block(n)
	}
	for p := range r.joined(pieces) {
		r.take(p)
	}
	r.weigh()
	return r.out, nil
}

// ItemKeys are the keys of the items that a page was written for.
func (s State) ItemKeys() map[string]bool {
	keys := map[string]bool{}
	for _, regions := range s.Known() {
		for id := range regions {
			if key, isItem := ItemOf(id); isItem {
				keys[key] = true
			}
		}
	}
	return keys
}

// generatedNodes are the blocks that stand as they were written, by the region
// they belong to; also what somebody copied to another place.
func generatedNodes(doc *storage.Document, known []map[string]string) map[*storage.Node]string {
	l := newLocator(doc)
	nodes := map[*storage.Node]string{}
	for _, regions := range known {
		for _, id := range slices.Sorted(maps.Keys(regions)) {
			for s, found := l.find(regions[id]); found; s, found = l.find(regions[id]) {
				for _, b := range l.blocks[s.from:s.to] {
					nodes[b.Node] = id
				}
			}
		}
	}
	return nodes
}

// reader takes a page's pieces from top to bottom and knows at any point where it
// is.
type reader struct {
	out     outcome.Outcomes
	source  string
	browse  []string
	said    said
	session map[string]bool // the items that the page was written for
	known   map[string]bool // the prints of the lines that the tickets were told
	place
	containers   []container
	foreign      string // the item whose words the last line repeats, though it does not stand there
	announced    announced
	decision     int           // index+1 of the decision that a reason may follow, or 0
	asked        int           // index+1 of the question left open that the next line may answer in so many words, or 0
	bullet       *storage.Node // the entry of a list that only names a ticket
	bulletKey    string        // that ticket, which what stands below it is about
	bulletOwner  outcome.Text  // or whom it names, who is to do what stands below it
	wishing      bool          // below the label of what to do differently
	wishesListed bool          // which stands in a list
	loose        []looseEntry
	below        below
}

func (r *reader) take(p piece) {
	switch p.form {
	case openForm:
		r.open(p)
	case shutForm:
		r.shut()
	case rowForm:
		r.decision, r.announced = 0, announced{}
	case headingForm:
		r.follow(p)
		r.enter(p)
	case taskForm:
		r.announced = announced{}
		r.task(p)
	case decisionForm:
		r.announced = announced{}
		r.decided(p)
	case lineForm:
		r.follow(p)
		r.line(p)
	}
}

// isOurs reports whether a piece is text that we wrote, which may be a ticket's:
// in a region that nobody changed, or word for word elsewhere (S7).
func (r *reader) isOurs(p piece) bool {
	return p.region != "" || r.said.regionOf(p.text) != ""
}

// add notes an entry where the reader is.
func (r *reader) add(e outcome.Entry, p piece) {
	if len(e.Text) == 0 || r.isOurs(p) {
		return
	}
	if r.part.kind == discussKind { // what stands below one of the session's questions is its answer
		r.settle()
	}
	e.Section, e.Outer, e.Where, e.Doubt = r.item(), r.outer(), r.where(), r.doubt
	if r.about != "" {
		e.Doubt = anAnswer + r.about
	}
	row, several := r.rowKey(p.cell)
	switch {
	case several:
		e.Doubt = "its row names several tickets: give each a row"
	case row == "" && r.bullet != nil && r.bulletKey != "" && p.node != nil && holds(r.bullet, p.node):
		row = r.bulletKey
	}
	e.Row = row
	r.out.Entries = append(r.out.Entries, e)
	if p.loose != "" {
		r.unsure(p)
	}
	if e.Kind == outcome.Decision {
		r.out.Entries[len(r.out.Entries)-1].ID = p.id
		r.decision = len(r.out.Entries)
	}
}

// rowKey is the ticket that the row of a table is about, as far as it names one
// and no other beside what it decides.
func (r *reader) rowKey(c *cell) (found string, several bool) {
	if c == nil || c.isTitle() {
		return "", false
	}
	if c.row.named == nil {
		c.row.named = map[*cell][]string{}
		for _, other := range slices.Concat(c.row.cells, c.row.reach) {
			if !other.header && !other.kind.isForm() {
				c.row.named[other] = textOf(other.node.Children).Keys(r.browse...)
			}
		}
	}
	for other, keys := range c.row.named {
		for _, key := range keys {
			if other == c {
				continue
			}
			if found != "" && found != key {
				return "", true
			}
			found = key
		}
	}
	return found, false
}

// suggest lists what is not written, with the reason. What stands below it is no reason
// of the decision above it.
func (r *reader) suggest(t outcome.Text, reason string) {
	if r.decision = 0; len(t) > 0 {
		r.out.Suggestions = append(r.out.Suggestions, r.suggestion(t, reason))
	}
}

// suggestion is what is not written where the reader is: at an item, or below a question
// about one.
func (r *reader) suggestion(t outcome.Text, reason string) outcome.Suggestion {
	if r.doubt != "" {
		reason += "; " + r.doubt
	}
	s := outcome.Suggestion{Text: t.String(), Issue: cmp.Or(r.item(), r.about), Where: r.where(), Reason: strings.TrimPrefix(reason, "; ")}
	if firstUser(t) != nil {
		s.Said = t
	}
	return s
}

// task reads a native task. The page's own checkboxes are none.
func (r *reader) task(p piece) {
	text, done := textOf(p.nodes), ticked(p.node)
	label := text.String()
	switch box, note, _ := noted(text); {
	case strings.EqualFold(label, heldText):
		r.out.Held = r.out.Held || done
	case box != "" && (r.part.kind == resultKind || len(note) == 0 && r.part.kind != actionKind && r.part.kind != decisionKind):
		r.box(done, p)
	case r.carriedTask(text, p.nodes, done):
	case len(text) == 0:
		if shown := shows(p.nodes); shown != "" && !r.isOurs(p) {
			r.suggest(plainText("("+shown+")"), noWords)
		}
	default:
		if p.text = text; !r.isOurs(p) {
			p.text = r.keyed(text)
		}
		p.id = strings.TrimSpace(childText(p.node, "ac:task-id"))
		switch l, ok := leadOf(p.text, boldText(p.nodes)); {
		case !ok && r.part.kind == criterionKind && r.item() != "":
			r.line(p)
		case !ok || l.kind != decisionKind || !l.ends:
			r.act(p.text, p, outcome.Entry{ID: p.id, Done: done})
		case len(l.rest) == 0:
			r.suggest(p.text, onlyAnnounces)
		default:
			r.line(p)
		}
	}
}

// dueWhat is how a line begins that says a day and behind it what is due then.
var dueWhat = lazyregexp.New(`^(?:[^:：]*` + isoDay + `\)?(?:\s*[:：]|\s[–—-]\s)|[^:：]*[:：]\s*` + isoDay + `\s*[:：])\s*[\pL\pN]`)

// amend reads a line under an action that says who or when: "Owner: Noor" adds to
// that action and is none itself. "Due 2026-12-09: check the mail" is an action.
func (r *reader) amend(l lead, p piece) bool {
	if n := len(strings.Fields(l.rest.String())); l.kind != ownerKind && l.kind != dueKind || !l.sure || !l.ends || n == 0 || n > 3 || r.isOurs(p) {
		return false
	}
	if l.kind == dueKind && dueWhat.MatchString(flat(p.text)) {
		return false
	}
	r.whoOrWhen(l.rest, p)
	return true
}

// act adds an action item: its owner is the first person it mentions, its due date
// the first date; in a table, those of their columns.
func (r *reader) act(text outcome.Text, p piece, e outcome.Entry) {
	if l, ok := leadOf(text, ""); ok && p.cell == nil && r.amend(l, p) {
		return
	}
	if r.noAction(text, p) || p.form == taskForm && r.ofOthers(p) {
		return
	}
	text, answers := r.answered(cut(text, typedBullet), p)
	if text == nil {
		return
	}
	ticked := func() {
		e.Done = e.Done || isDone(text, p)
		text = cut(cut(text, checkbox), doneLead)
	}
	ticked()
	e.Kind, e.Due, e.Owner = outcome.Action, dueIn(p.nodes, text), firstUser(text)
	if !answers {
		text = withoutLabels(text, e.Owner, e.Due)
		ticked() // "@Ivo done: logos"
	}
	e.Text = text
	if c := p.cell; c != nil {
		if e.Owner == nil {
			e.Owner = firstUser(c.row.text(ownerKind))
			e.Text = beside(e.Text, c.row.text(ownerKind), persons(c.row.text(ownerKind)) == 1)
		}
		if e.Due.IsZero() {
			e.Due = dueIn(c.row.nodes(dueKind), c.row.text(dueKind))
			e.Text = beside(e.Text, c.row.text(dueKind), !e.Due.IsZero())
		}
	}
	if r.bullet != nil && len(r.bulletOwner) > 0 && p.node != nil && p.node != r.bullet && holds(r.bullet, p.node) && e.Owner == nil {
		if e.Owner = firstUser(r.bulletOwner); persons(r.bulletOwner) != 1 {
			e.Text = beside(e.Text, r.bulletOwner, false)
		}
	}
	r.add(e, p)
}

// noAction reports whether a line in the place of an action is none, after listing
// it or giving it to what it belongs to. What somebody made a task is one unless it says
// nothing.
func (r *reader) noAction(text outcome.Text, p piece) bool {
	native, reason := p.form == taskForm, refusal(actionKind, text, p)
	if native && reason == aQuestion { // people made a task of it
		reason = emptyWords(withoutUsers(text).String())
	}
	switch {
	case r.onlyTicket(text):
		r.headBullet(p)
	case reason == notDecided, reason == nothingHere, reason != "" && firstUser(text) == nil:
		r.suggest(text, reason)
	case p.cell == nil && heads(text) && (!native || holdsList(p.node)):
		r.headPerson(p)
	case native && r.onlyWhoOrWhen(p): // somebody began it and left it
		r.suggest(p.text, notWhat)
	default:
		return false
	}
	return true
}

// beside puts the words of another cell behind an action, unless they are read as
// its owner or its date: who "Noor" is nobody guesses, and nothing is dropped.
func beside(text, cell outcome.Text, read bool) outcome.Text {
	if read || cell.String() == "" || len(text) == 0 {
		return text
	}
	return merge(slices.Concat(text, outcome.Text{{Text: " – "}}, cell))
}

func childText(n *storage.Node, name string) string {
	if c := n.Child(name); c != nil {
		return rawText(c)
	}
	return ""
}

// withReason is what a native decision says, and why, where a line of its own below it
// has the label of a reason or begins with "because".
func withReason(nodes []*storage.Node) (text, reason outcome.Text) {
	for i, n := range nodes {
		if n.Kind != storage.Element || n.Name != "br" {
			continue
		}
		below := nodes[i+1:]
		text, reason = textOf(nodes[:i]), textOf(below)
		switch l, ok := leadOf(reason, boldText(below)); {
		case len(text) == 0:
		case ok && l.kind == reasonKind && l.sure && len(l.rest) > 0:
			return text, l.rest
		case because.MatchString(folded(reason.String())):
			return text, reason
		}
	}
	return textOf(nodes), nil
}

// decided reads a native decision as an entry of a list is read in a place for them: by
// its label, and with what makes such an entry none. One that is still open is carried over.
func (r *reader) decided(p piece) {
	var reason outcome.Text
	state := ""
	for _, c := range p.nodes {
		switch {
		case c.Name == "ac:adf-content":
			p.text, reason = withReason(c.Children)
			p.shows, p.taken = shows(c.Children), slices.ContainsFunc(c.Children, holdsStruck)
			p.nodes = c.Children
		case c.Name == "ac:adf-attribute" && c.AttrValue("key") == "local-id":
			p.id = strings.TrimSpace(rawText(c))
		case c.Name == "ac:adf-attribute" && c.AttrValue("key") == "state":
			state = strings.TrimSpace(rawText(c))
		}
	}
	empty := emptyWords(p.text.String())
	switch l, ok := leadOf(p.text, boldText(p.nodes)); {
	case r.isOurs(p):
	case len(p.text) == 0 && p.shows == "":
	case state == "UNDECIDED" && empty == "":
		r.suggest(titled("still undecided", p.text), "it opens the next session: mark it as decided once it is")
		r.leftOpen(outcome.Carried{Kind: outcome.OpenQuestion, Text: p.text})
	case ok && len(l.rest) == 0 && l.kind.isOutcome() && p.shows == "" && !p.taken:
		r.suggest(p.text, onlyAnnounces)
	default:
		before := len(r.out.Entries)
		r.line(p)
		switch decided := r.decision > before; {
		case len(reason) == 0:
		case decided:
			r.because(reason, reason)
		default:
			r.suggest(reason, noDecision)
		}
	}
}
