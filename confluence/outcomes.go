package confluence

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"refine/confluence/storage"
	"refine/planner"
)

// BodyMark is the session id that a page's own body carries, in the id of its
// page properties, or nothing. It is written with the page, so that a publish
// that stops before it can mark the page otherwise leaves no orphan.
func BodyMark(body string) string {
	doc, err := storage.Parse(body)
	if err != nil {
		return "" // not a body of ours, then
	}
	for n := range doc.Root.Find("ac:structured-macro") {
		if id := n.Param("id"); n.Macro() == "details" && strings.HasPrefix(id, "refine-") {
			return id
		}
	}
	return ""
}

// ReadOutcomes reads what people typed on a page: native decisions and tasks
// wherever they stand, lines that begin with "Decision:", and the checkbox that
// ends the session. known holds the fingerprints of the page's generated
// regions; in those that nobody changed nothing is an outcome, whatever the
// tickets they quote may say.
func ReadOutcomes(body string, known []map[string]string) (planner.Outcomes, error) {
	doc, err := storage.Parse(body)
	if err != nil {
		return planner.Outcomes{}, err
	}
	r := reader{generated: generatedNodes(doc, known)}
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
			l.find(regions[id])
		}
	}
	nodes := map[*storage.Node]bool{}
	for i, b := range l.blocks {
		nodes[b.node] = l.claimed[i]
	}
	return nodes
}

// reader walks a page top to bottom and knows at any point under which headings
// it is.
type reader struct {
	out       planner.Outcomes
	generated map[*storage.Node]bool
	ours      bool   // within a generated region
	section   string // key of the item
	level     int    // of that item's heading
	heading   string
	decision  int // index+1 of the decision that a reason may follow, or 0
}

func (r *reader) node(n *storage.Node) {
	switch name := n.Name; {
	case n.Kind != storage.Element, name == "ac:adf-fallback", name == "ac:placeholder", name == "ac:plain-text-body", name == "ac:parameter":
	case headingLevel(n) > 0:
		r.enter(n)
	case name == "ac:task":
		r.task(n)
	case name == "ac:adf-node" && n.AttrValue("type") == "decision-item":
		r.decided(n)
	case name == "td", name == "th", name == "ac:rich-text-body", name == "blockquote":
		outer := *r // headings within count within
		r.children(n)
		r.section, r.level, r.heading = outer.section, outer.level, outer.heading
	default:
		r.children(n)
	}
}

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
// which ends at the next heading of the same or a higher level.
func (r *reader) enter(n *storage.Node) {
	level, title := headingLevel(n), textOf(n.Children)
	r.decision = 0
	if keys := planner.IssueKeys(title.String()); len(keys) > 0 {
		r.section, r.level, r.heading = keys[0], level, ""
		if !slices.Contains(r.out.Keys, keys[0]) {
			r.out.Keys = append(r.out.Keys, keys[0])
		}
		return
	}
	if level <= r.level {
		r.section, r.level = "", 0
	}
	r.heading = title.String()
}

func headingLevel(n *storage.Node) int {
	if len(n.Name) == 2 && n.Name[0] == 'h' && n.Name[1] >= '1' && n.Name[1] <= '6' {
		return int(n.Name[1] - '0')
	}
	return 0
}

// where tells people the place: "PAY-7, Decisions".
func (r *reader) where() string {
	return strings.Trim(r.section+", "+r.heading, ", ")
}

func (r *reader) add(e planner.Entry) {
	if r.ours || len(e.Text) == 0 {
		return
	}
	e.Section, e.Where = r.section, r.where()
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
	case r.section != "" && slices.ContainsFunc(outcomes, func(o string) bool { return strings.EqualFold(o, label) }):
	default:
		e := planner.Entry{Kind: planner.Action, ID: strings.TrimSpace(childText(n, "ac:task-id")), Done: done, Due: dueDate(body)}
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
	e := planner.Entry{Kind: planner.Decision}
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
	decisionLike  = regexp.MustCompile(`(?i)^(?:we|the team) (?:have )?(?:decided|agreed)\b`)
)

// line reads what stands on one line.
func (r *reader) line(nodes []*storage.Node) {
	text := textOf(nodes)
	s := text.String()
	switch {
	case s == "" || r.ours:
		return
	case afterLozenge(nodes) != nil:
		r.addDecision(textOf(afterLozenge(nodes)))
	case decisionLabel.MatchString(s):
		r.addDecision(cut(text, decisionLabel))
	case reasonLabel.MatchString(s) && r.decision > 0:
		d := &r.out.Entries[r.decision-1]
		d.Reason = cut(text, reasonLabel)
		r.decision = 0
	default:
		r.decision = 0
		if actionLike.MatchString(s) || decisionLike.MatchString(s) {
			r.suggest(s)
		}
	}
}

func (r *reader) addDecision(text planner.Text) {
	text = cut(text, leadingMark)
	if len(text) == 0 {
		return
	}
	r.add(planner.Entry{Kind: planner.Decision, Text: text})
	r.decision = len(r.out.Entries)
}

func (r *reader) suggest(s string) {
	if !r.ours && s != "" {
		r.out.Suggestions = append(r.out.Suggestions, planner.Suggestion{Text: s, Issue: r.section, Where: r.where()})
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
