package confluence

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"refine/confluence/storage"

	"refine/planner/ticket"

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

// ReadOutcomes reads what people typed on a page: native decisions and tasks
// wherever they stand, lines that begin with "Decision:", and the checkboxes of
// the page itself. known holds the fingerprints of the page's generated regions;
// in those that nobody changed nothing is an outcome, whatever the tickets they
// quote may say. browse is how the address of an issue begins.
func ReadOutcomes(body string, known []map[string]string, browse string) (outcome.Outcomes, error) {
	doc, err := storage.Parse(body)
	if err != nil {
		return outcome.Outcomes{}, err
	}
	r := reader{generated: generatedNodes(doc, known)}
	r.out.Browse = browse
	for _, n := range doc.Blocks() {
		r.ours = r.generated[n]
		r.node(n)
	}
	return r.out, nil
}

func generatedNodes(doc *storage.Document, known []map[string]string) map[*storage.Node]bool {
	l := newLocator(doc)
	for _, regions := range known {
		for _, id := range slices.Sorted(maps.Keys(regions)) {
			for found := true; found; { // also what somebody copied to another place
				_, found = l.find(regions[id])
			}
		}
	}
	nodes := map[*storage.Node]bool{}
	for i, b := range l.blocks {
		nodes[b.node] = l.claimed[i]
	}
	return nodes
}

// reader walks a page top to bottom and knows at any point where it is.
type reader struct {
	out       outcome.Outcomes
	generated map[*storage.Node]bool
	ours      bool // within a generated region
	quoting   bool // within a quotation: somebody else's words
	place
	highest  int  // level of the highest heading since the container began
	decision int  // index+1 of the decision that a reason may follow, or 0
	awaited  bool // a label without a text: the next line is the decision
	listed   bool // within the list that follows such a label
	asked    int  // index+1 of the question left open that the next line may answer, or 0
	wishing  bool // below the label of what to do differently
}

// place is under which headings something stands.
type place struct {
	sections []section // the items, the innermost last
	heading  string
	part     part
}

type section struct {
	key   string
	level int // of the item's heading
}

func (r *reader) node(n *storage.Node) {
	switch name := n.Name; {
	case n.Kind != storage.Element, unread[name]:
	case headingLevel(n) > 0:
		r.enter(n)
	case name == "ac:task":
		r.awaited = false
		r.task(n)
	case name == "ac:adf-node" && n.AttrValue("type") == "decision-item":
		r.awaited = false
		r.decided(n)
	case name == "td", name == "th", name == "ac:rich-text-body":
		r.container(n)
	case name == "blockquote":
		r.quoting = true
		r.container(n)
		r.quoting = false
	case (name == "ul" || name == "ol") && r.awaited:
		r.awaited, r.listed = false, true
		r.children(n)
		r.listed = false
	default:
		r.children(n)
	}
}

// unread are the elements in which nobody decides anything.
var unread = map[string]bool{
	"ac:adf-fallback": true, "ac:placeholder": true, "ac:plain-text-body": true, "ac:parameter": true, "pre": true,
}

// container reads what has headings of its own. Behind it the place before it
// counts again, unless it held a heading as high as the item's: then somebody
// has put the next item's heading into it.
func (r *reader) container(n *storage.Node) {
	outer, highest := r.place, r.highest
	outer.sections = slices.Clone(outer.sections)
	r.highest = lowestLevel
	r.children(n)
	if len(outer.sections) == 0 || r.highest > outer.sections[len(outer.sections)-1].level {
		r.place = outer
	}
	r.highest = min(highest, r.highest)
}

const lowestLevel = 7

// children reads an element's blocks, and the lines between them: a list item
// may hold text and then another list.
func (r *reader) children(n *storage.Node) {
	var line []*storage.Node
	flush := func() {
		r.line(line)
		line = nil
	}
	for _, c := range n.Children {
		switch {
		case c.Kind == storage.Element && c.Name == "br":
			flush()
		case inline(c):
			line = append(line, c)
		default:
			flush()
			r.node(c)
		}
	}
	flush()
}

// enter follows a heading: one that names an issue begins that item's section,
// which ends at the next heading of the same or a higher level. Within an item
// only a heading that begins with a key does: "SHA-256?" is none to rely on, so
// the outer item stays known.
func (r *reader) enter(n *storage.Node) {
	level, title := headingLevel(n), textOf(n.Children)
	r.decision, r.awaited, r.highest = 0, false, min(r.highest, level)
	r.enterPart(level, title.String())
	for len(r.sections) > 0 && r.sections[len(r.sections)-1].level >= level {
		r.sections = r.sections[:len(r.sections)-1]
	}
	keys := ticket.IssueKeys(title.String())
	if len(keys) > 0 && (len(r.sections) == 0 || strings.HasPrefix(title.String(), keys[0])) {
		r.sections = append(r.sections[:len(r.sections):len(r.sections)], section{keys[0], level})
		r.heading = ""
		if !slices.Contains(r.out.Keys, keys[0]) {
			r.out.Keys = append(r.out.Keys, keys[0])
		}
		return
	}
	r.heading = title.String()
	if decisionLabel.MatchString(r.heading) && !r.ours {
		r.addDecision(cut(title, decisionLabel))
	}
}

func headingLevel(n *storage.Node) int {
	if len(n.Name) == 2 && n.Name[0] == 'h' && n.Name[1] >= '1' && n.Name[1] <= '6' {
		return int(n.Name[1] - '0')
	}
	return 0
}

// item is the key of the innermost section, or nothing.
func (p place) item() string {
	if len(p.sections) == 0 {
		return ""
	}
	return p.sections[len(p.sections)-1].key
}

// outer are the keys of the sections around the innermost, from inside out.
func (p place) outer() (keys []string) {
	for i := len(p.sections) - 2; i >= 0; i-- {
		keys = append(keys, p.sections[i].key)
	}
	return keys
}

// where tells people the place: "PAY-7, Decisions".
func (p place) where() string {
	return cmp.Or(strings.Trim(p.item()+", "+p.heading, ", "), "top of the page")
}

func (r *reader) add(e outcome.Entry) {
	if r.ours || len(e.Text) == 0 {
		return
	}
	r.settle()
	e.Section, e.Outer, e.Where = r.item(), r.outer(), r.where()
	r.out.Entries = append(r.out.Entries, e)
}

// task reads a native task. The page's own checkboxes are none.
func (r *reader) task(n *storage.Node) {
	var body []*storage.Node
	if b := n.Child("ac:task-body"); b != nil {
		body = b.Children
	}
	text := textOf(body)
	done := strings.TrimSpace(childText(n, "ac:task-status")) == "complete"
	switch label := text.String(); {
	case strings.EqualFold(label, heldText):
		r.out.Held = r.out.Held || done
	case slices.ContainsFunc(outcomes, func(o string) bool { return strings.EqualFold(o, label) }):
		if done {
			r.suggest("outcome: " + label)
			r.leaveItem(label)
		}
	case r.carriedTask(text, body, done):
	default:
		e := outcome.Entry{Kind: outcome.Action, ID: strings.TrimSpace(childText(n, "ac:task-id")), Done: done, Due: dueDate(body)}
		e.Owner = firstUser(text)
		e.Text = withoutLabels(text, e.Owner, e.Due)
		r.add(e)
	}
	for list := range n.Find("ac:task-list") { // nested in the task or in its body
		if nearest(list, "ac:task") == n {
			r.children(list)
		}
	}
}

func childText(n *storage.Node, name string) string {
	if c := n.Child(name); c != nil {
		return rawText(c)
	}
	return ""
}

// decided reads a native decision. One that is still open is offered, not
// written.
func (r *reader) decided(n *storage.Node) {
	e := outcome.Entry{Kind: outcome.Decision}
	state := ""
	for _, c := range n.Children {
		switch {
		case c.Name == "ac:adf-content":
			e.Text = textOf(c.Children)
		case c.Name == "ac:adf-attribute" && c.AttrValue("key") == "local-id":
			e.ID = strings.TrimSpace(rawText(c))
		case c.Name == "ac:adf-attribute" && c.AttrValue("key") == "state":
			state = strings.TrimSpace(rawText(c))
		}
	}
	if state == "UNDECIDED" {
		r.suggest("still undecided: " + e.Text.String())
		if !r.ours && len(e.Text) > 0 {
			r.leftOpen(outcome.Carried{Kind: outcome.OpenQuestion, Text: e.Text})
		}
		return
	}
	before := len(r.out.Entries)
	r.add(e)
	if len(r.out.Entries) > before {
		r.decision = len(r.out.Entries)
	}
}

var (
	decisionLabel = regexp.MustCompile(`(?i)^(?:decisions?|decided|agreed|entscheidung|beschluss|décision)\s*(:|：)\s*`)
	decisionTitle = regexp.MustCompile(`(?i)^(?:decisions?|decided|agreed|approved|entscheidung|beschluss|décision)\s*:?$`)
	reasonLabel   = regexp.MustCompile(`(?i)^(?:reason|rationale|why|because|begründung|grund|raison)\s*(:|：)\s*`)
	actionLike    = regexp.MustCompile(`(?i)^(?:(?:action(?: items?)?|to-?do|next steps?|follow[ -]?up|ap|ai)\s*[:–-]|\[ ?\]|☐)\s*\S`)
	leadingMark   = regexp.MustCompile(`^\s*[:,–-]?\s*`)
	decisionLike  = regexp.MustCompile(`(?i)^(?:(?:we|the team) (?:have )?(?:decided|agreed)\b|decision\b)|[.!?] decision:`)
)

// line reads what stands on one line.
func (r *reader) line(nodes []*storage.Node) {
	text := textOf(nodes)
	s, lozenge := text.String(), afterLozenge(nodes)
	switch {
	case r.ours:
		r.awaited = false
		if r.part.ours {
			r.leave(text, nodes)
		}
	case r.quoting && decisionLabel.MatchString(s):
		r.suggest(s)
	case lozenge != nil:
		r.addDecision(textOf(lozenge))
	case s == "":
	case decisionLabel.MatchString(s):
		r.addDecision(cut(text, decisionLabel))
	case r.awaited, r.listed:
		r.addDecision(text)
	case reasonLabel.MatchString(s) && r.decision > 0:
		d := &r.out.Entries[r.decision-1]
		d.Reason = cut(text, reasonLabel)
		r.decision = 0
	default:
		r.decision = 0
		r.offer(s)
		r.leave(text, nodes)
	}
}

// offer names what only looks like an outcome, or is one that is not written
// back yet.
func (r *reader) offer(s string) {
	switch {
	case isReceipt(r.heading), r.heading == changedTitle: // accounts of ours, whoever edited them
	case r.item() != "" && strings.EqualFold(r.heading, criteriaHeading):
		r.suggest("acceptance criterion: " + s)
	case r.item() != "" && strings.EqualFold(r.heading, estimateHeading):
		r.suggest("estimate: " + s)
	case actionLike.MatchString(s), decisionLike.MatchString(s):
		r.suggest(s)
	}
}

// addDecision adds a labelled decision. A label alone announces the next line.
func (r *reader) addDecision(text outcome.Text) {
	text = cut(text, leadingMark)
	r.awaited = len(text) == 0
	if r.awaited {
		return
	}
	r.add(outcome.Entry{Kind: outcome.Decision, Text: text})
	r.decision = len(r.out.Entries)
}

func (r *reader) suggest(s string) {
	if !r.ours && s != "" {
		r.out.Suggestions = append(r.out.Suggestions, outcome.Suggestion{Text: s, Issue: r.item(), Where: r.where()})
	}
}

// afterLozenge is what follows a status that says "decision" at the beginning of
// a line, or nil if the line begins otherwise.
func afterLozenge(nodes []*storage.Node) []*storage.Node {
	for i, n := range nodes {
		if n.Kind != storage.Element && strings.TrimSpace(n.Text) == "" {
			continue
		}
		if status := onlyStatus(n); status != nil && decisionTitle.MatchString(status.Param("title")) {
			return nodes[i+1:]
		}
		return nil
	}
	return nil
}

// onlyStatus is the status macro that n is or, in bold say, contains alone.
func onlyStatus(n *storage.Node) *storage.Node {
	if n.Macro() == "status" {
		return n
	}
	if len(n.Children) == 1 {
		return onlyStatus(n.Children[0])
	}
	return nil
}
