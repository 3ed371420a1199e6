package confluence

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"refine/confluence/storage"
	"refine/internal/lazyregexp"
	"refine/planner"
	"refine/planner/draft"
	"refine/planner/outcome"
	"refine/planner/ready"
	"refine/planner/text"
)

// Style is what differs between the pages of the two products.
type Style struct {
	// Decisions says that the product has decision lists. Elsewhere decisions
	// are lines that begin with a green lozenge.
	Decisions bool
	Issues    storage.IssueStyle
}

// Style is the style of the product this client speaks to.
func (c *Client) Style() Style { return c.edition.style() }

func (cloudEdition) style() Style { return Style{Decisions: true, Issues: storage.IssueCard} }
func (dataCenter) style() Style   { return Style{Issues: storage.IssueMacro} }

// itemRegion begins the names of the regions that hold an item's facts.
const itemRegion = "item/"

// ItemOf is the key of the item whose facts a region holds, by the region's name.
func ItemOf(region string) (key string, ok bool) { return strings.CutPrefix(region, itemRegion) }

// contentsRegion lists the page's headings.
const contentsRegion = "contents"

// heldText is the checkbox that ends a session, see [planner.Plan.HeldBox].
const heldText = "Session held: write back to Jira"

// criteriaHeading is the heading under which people type acceptance criteria.
const criteriaHeading = "Acceptance criteria"

// estimateHeading is the heading under which people type the agreed size, where
// the guide has a phase for it.
const estimateHeading = "Estimate"

// moreQuestions closes the session's questions.
const moreQuestions = "More questions stand under each item."

// withheldItem is what is said of an item with a security level.
const withheldItem = "has a security level and is not shown here"

// Render writes the plan as the regions of a new page, in order. The same
// content is the preview.
func Render(p planner.Plan, style Style) []Region {
	r := &renderer{plan: p, style: style, ids: new(storage.IDs), wrote: func(Region) {}}
	return r.page()
}

// RenderFor writes the plan for a page that exists: the ids of its tasks and
// decisions are none that the page has. unreachable are the items that nothing on
// the page may lead to, see [Unreachable]. known are the regions of the same plan, as a
// new page has them, if they are written: but for what leads to an item, what is ours says
// the same on every page.
func RenderFor(body string, p planner.Plan, style Style, known []Region, unreachable ...string) ([]Region, error) {
	doc, err := storage.Parse(body)
	if err != nil {
		return nil, fmt.Errorf("the page's body: %w", err)
	}
	written := make(chan string, 16)
	var reading sync.WaitGroup
	reading.Go(func() {
		for body := range written {
			storage.ReadAhead(body)
		}
	})
	defer reading.Wait()
	defer close(written)
	r := &renderer{plan: p, style: style, ids: storage.IDsFor(doc), wrote: func(r Region) { written <- r.Body }, unreachable: unreachable}
	if len(unreachable) == 0 {
		r.know(known)
	}
	return r.page(), nil
}

// ReadAhead reads a body of which somebody will soon ask what it says.
func ReadAhead(body string) { storage.ReadAhead(body) }

// page writes all regions.
func (r *renderer) page() []Region {
	r.opening()
	r.topics()
	for _, item := range r.plan.Items {
		r.item(item)
	}
	r.ending()
	return r.regions
}

type renderer struct {
	plan    planner.Plan
	style   Style
	ids     *storage.IDs
	regions []Region
	wrote   func(Region) // is told of each that is generated
	// unreachable are the items whose sections have no anchor on the page.
	unreachable []string
	known       map[string]string // bodies of generated regions that were written before, by their ids
}

// know keeps the regions that are ours.
func (r *renderer) know(regions []Region) {
	r.known = make(map[string]string, len(regions))
	for _, region := range regions {
		if region.Generated {
			r.known[region.ID] = region.Body
		}
	}
}

// generated adds a region that is ours to refresh.
func (r *renderer) generated(id string, write storage.Body) { r.add(id, true, write) }

// forPeople adds a place that is theirs from the start.
func (r *renderer) forPeople(id string, write storage.Body) { r.add(id, false, write) }

func (r *renderer) add(id string, generated bool, write storage.Body) {
	if body, known := r.known[id]; known && generated {
		r.regions = append(r.regions, Region{ID: id, Body: body, Generated: true})
		return
	}
	b := storage.NewBuilder(r.ids)
	write(b)
	region := Region{ID: id, Body: b.String(), Generated: generated}
	r.regions = append(r.regions, region)
	if generated {
		r.wrote(region)
	}
}

// section adds a section that people fill: its heading is a region, so that
// later insertions know where it stands.
func (r *renderer) section(id, title string, body storage.Body) {
	r.generated(id, func(b *storage.Builder) { b.Heading(2, storage.Plain(title)) })
	r.forPeople(id+"/text", body)
}

// opening is what a session begins with.
func (r *renderer) opening() {
	r.generated("properties", r.properties)
	r.generated(contentsRegion, func(b *storage.Builder) { b.Contents(itemLevel) })
	r.glance()
	if len(r.plan.Noticed) > 0 {
		r.generated(changedRegion, r.changed)
	}
	r.section("participants", "Participants", hints("Mention who is here with @"))
	r.generated("goals", r.goals)
	r.carryOver()
	r.section("actions", "Open action items", func(b *storage.Builder) {
		b.TaskList(storage.Todo(storage.Placeholder("Type an action, mention its owner with @ and add a date with //")))
	})
}

// properties carries the session's id, which is the mark that is written with
// the page itself; see [BodyMark].
func (r *renderer) properties(b *storage.Builder) {
	s := r.plan.Session
	b.Details(s.ID,
		storage.Property{Name: "Date", Value: storage.Line(storage.Time(s.Start),
			storage.Plain(fmt.Sprintf(" %s–%s %s", clock(s.Start), clock(s.End()), s.Start.Format("MST"))))},
		storage.Property{Name: "Team", Value: storage.Line(storage.Plain(s.Team))},
		storage.Property{Name: "Topic", Value: storage.Line(r.topic()...)},
		storage.Property{Name: "Items", Value: storage.Line(storage.Plain(r.counts()))},
		storage.Property{Name: "Ready", Value: storage.Line(storage.Plain(fmt.Sprintf("%d of %d%s", r.plan.Ready.Ready(), r.plan.Ready.Items, r.plan.Ready.Lacking())))},
		storage.Property{Name: "Ready after", Value: storage.Line(storage.Plain(aim(r.plan.Ready)))},
	)
}

// aim is what the session is to reach; the assumptions tell what it counts.
func aim(r planner.Readiness) string {
	text := fmt.Sprintf("%d of %d is the aim", r.Aim, r.Items)
	for _, b := range r.Beyond {
		text += fmt.Sprintf("; %s %s", b.Key, b.Reason)
	}
	return text
}

func (r *renderer) topic() []storage.Inline {
	epic := r.plan.Epic
	if epic == nil {
		return []storage.Inline{storage.Plain(r.plan.Session.Topic)}
	}
	return []storage.Inline{storage.Link(epic.URL, epic.Key), storage.Plain(" " + epic.Summary)}
}

func (r *renderer) counts() string {
	s := fmt.Sprintf("%d of %d chosen", len(r.plan.Items), r.plan.Matched)
	if n := len(r.plan.Deferred); n > 0 {
		s += fmt.Sprintf(", %d proposed for another session", n)
	}
	return s
}

func (r *renderer) goals(b *storage.Builder) {
	b.Heading(2, storage.Plain("Goals"))
	goals := []storage.Body{
		storage.Line(storage.Plain(r.plan.Goal)),
		storage.Line(storage.Plain("Leave each item with an outcome. Decisions, action items, criteria and the outcome that are typed and ticked under it are written back to its ticket: nobody has to copy them.")),
	}
	for _, o := range r.plan.Objectives {
		if epic := r.plan.Epic; epic != nil && strings.HasPrefix(o, epic.Key+" ") {
			continue // the topic says so
		}
		goals = append(goals, storage.Line(storage.Strong("Objective: "), storage.Plain(o)))
	}
	b.BulletList(goals...)
	if len(r.plan.Before) > 0 {
		b.Paragraph(storage.Strong("Before the session"))
		b.BulletList(lines(r.plan.Before)...)
	}
}

// topics is the plan of the meeting.
func (r *renderer) topics() {
	r.generated("agenda", r.agenda)
	r.generated("key-points", r.keyPoints)
	r.generated("questions", r.questions)
}

func (r *renderer) agenda(b *storage.Builder) {
	b.Heading(2, storage.Plain("Discussion topics"))
	var rows []storage.Row
	named := map[string]bool{}
	for _, phase := range r.plan.Agenda {
		rows = append(rows, phaseRow(phase))
		for _, slot := range phase.Items {
			rows = append(rows, r.slotRow(slot, named))
		}
	}
	b.Table([]string{"Time", "Item", "Presenter", "Notes"}, rows...)
	if len(r.plan.Throughout) > 0 {
		b.Paragraph(storage.Strong("Throughout"))
		b.BulletList(lines(r.plan.Throughout)...)
	}
	if len(r.plan.After) > 0 {
		b.Paragraph(storage.Strong("Afterwards"))
		b.BulletList(lines(r.plan.After)...)
	}
}

func phaseRow(p planner.Phase) storage.Row {
	notes := storage.Line()
	if len(p.Lines) > 0 {
		notes = func(b *storage.Builder) { b.BulletList(lines(p.Lines)...) }
	}
	return storage.Row{
		storage.Line(storage.Strong(fmt.Sprintf("%s–%s", clock(p.Start), clock(p.End)))),
		storage.Line(storage.Strong(p.Name), storage.Plain(fmt.Sprintf(" (%d min)", p.Minutes))),
		storage.Line(), notes,
	}
}

// slotRow is a share of a phase; an item named before needs no summary.
func (r *renderer) slotRow(s planner.Slot, named map[string]bool) storage.Row {
	return storage.Row{
		storage.Line(storage.Plain(fmt.Sprintf("%s (%d\u00a0min)", clock(s.Start), s.Minutes))),
		r.slotItems(s.Keys(), named),
		storage.Line(storage.Plain(s.Presenter)),
		storage.Line(storage.Plain(s.Note)),
	}
}

// slotItems names the items of a slot, each on its line.
func (r *renderer) slotItems(keys []string, named map[string]bool) storage.Body {
	return func(b *storage.Builder) {
		for _, key := range keys {
			item := r.issue(key)
			if named[key] {
				item = item[:1]
			}
			named[key] = true
			b.Paragraph(item...)
		}
	}
}

// issue names an item by its key, which leads to its section, and its title. An item
// whose section people took off the page, or its anchor, is linked in Jira.
func (r *renderer) issue(key string) []storage.Inline {
	for _, item := range r.plan.Items {
		if item.Issue.Key == key {
			to := storage.Jump(key, key)
			if slices.Contains(r.unreachable, key) {
				to = storage.Link(item.Issue.URL, key)
			}
			return []storage.Inline{to, storage.Plain(" " + text.OneLine(item.Issue.Summary))}
		}
	}
	if e := r.plan.Epic; e != nil && e.Key == key {
		return []storage.Inline{storage.Link(e.URL, key), storage.Plain(" " + text.OneLine(e.Summary))}
	}
	return []storage.Inline{storage.Plain(key)}
}

func (r *renderer) keyPoints(b *storage.Builder) {
	b.Heading(2, storage.Plain("Key points"))
	points := make([]storage.Body, len(r.plan.KeyPoints))
	for i, p := range r.plan.KeyPoints {
		points[i] = storage.Line(storage.Strong(p.Lead()+" "), storage.Plain(p.Text))
	}
	b.OrderedList(points...)
}

// questions is one region with room for the answers, so that an answer makes it
// a person's. Its last line closes it: what is typed above that line is inside.
func (r *renderer) questions(b *storage.Builder) {
	b.Heading(2, storage.Plain("Discussion questions"), storage.Anchor(questionsAnchor))
	for i, q := range r.plan.Questions {
		b.Paragraph(storage.Strong(fmt.Sprintf("%d. ", i+1)), storage.Plain(q.Text))
		b.Paragraph(storage.Placeholder("Type the answer here: it stays on this page"))
	}
	b.Paragraph(storage.Em(moreQuestions))
}

// item is an item's section: what the plan says of it, then the places that
// people fill and the sync reads.
func (r *renderer) item(it planner.Item) {
	id := itemRegion + it.Issue.Key
	r.generated(id, func(b *storage.Builder) { r.facts(b, it) })
	r.forPeople(id+"/text", r.forms)
}

func (r *renderer) facts(b *storage.Builder, it planner.Item) {
	b.Heading(itemLevel, storage.Link(it.Issue.URL, it.Issue.Key), storage.Plain(" "+it.Issue.Summary), storage.Anchor(it.Issue.Key))
	first := []storage.Inline{
		storage.Plain(fmt.Sprintf("%d min. %s In Jira: ", it.Minutes, sentence(it.OrderReason))),
		storage.JiraIssue(r.style.Issues, it.Issue.Key, it.Issue.URL), // shows its status of today
	}
	colour := storage.Green
	switch {
	case it.Bare, it.Status() == draft.Unsure:
		colour = storage.Blue
	case !it.Ready:
		colour = storage.Yellow
	}
	first = append([]storage.Inline{storage.Status(colour, it.Status()), storage.Plain(" ")}, first...)
	b.Paragraph(first...)
	if verdict := r.toQuestions(it.Verdict); it.Ready && it.Verdict != "" {
		b.Paragraph(verdict...)
	} else if it.Verdict != "" {
		b.Paragraph(append([]storage.Inline{storage.Strong("What is missing: ")}, verdict...)...)
	}
	if it.Why != "" && it.Why != it.OrderReason {
		b.Paragraph(storage.Strong("Why now: "), storage.Plain(it.Why))
	}
	if serves := r.plan.ServesBeside(it); serves != "" {
		b.Paragraph(storage.Strong("Serves: "), storage.Plain(serves))
	}
	toLookAt(b, it.Issue.Visuals)
	r.carried(b, it.Carried)
	if beside := it.Beside(); len(beside) > 0 {
		b.Paragraph(storage.Strong("To mention"))
		b.BulletList(findings(beside)...)
	}
	if it.Invest.Verdict != "" {
		b.Paragraph(storage.Strong("INVEST: "), storage.Plain(it.Invest.String()))
	}
	rules(b, it.Rules)
	r.size(b, it.SizeHint)
	if len(it.Questions) > 0 {
		b.Paragraph(storage.Strong("Questions"))
		b.BulletList(lines(it.Questions)...)
	}
}

// questionsAnchor is where the session's questions stand on the page.
const questionsAnchor = "questions"

// numberOfQuestion is how the program's own words about an item name one of the
// session's questions; a ticket that is quoted may have numbered questions of its own.
var numberOfQuestion = lazyregexp.New(`“[^”]*”|(?:^|[:.”] )([Qq]uestion [1-9])(?: is about it| names it, too)?\.(?: |$)`)

// toQuestions is a text in which such names lead there.
func (r *renderer) toQuestions(text string) (parts []storage.Inline) {
	done := 0
	for _, at := range numberOfQuestion.FindAllStringSubmatchIndex(text, -1) {
		if from, to := at[2], at[3]; from >= 0 && !slices.Contains(r.unreachable, questionsAnchor) {
			parts = append(parts, storage.Plain(text[done:from]), storage.Jump(questionsAnchor, text[from:to]))
			done = to
		}
	}
	return append(parts, storage.Plain(text[done:]))
}

func findings(found []ready.Finding) []storage.Body {
	items := make([]storage.Body, len(found))
	for i, f := range found {
		items[i] = storage.Line(shown(f.Message, f.Evidence)...)
	}
	return items
}

// forms are the places under an item that people fill.
func (r *renderer) forms(b *storage.Builder) {
	b.Heading(3, storage.Plain("Decisions"))
	if r.style.Decisions {
		b.DecisionList()
	} else {
		// an entry, so that the next line of whoever presses Enter is one, too
		b.BulletList(storage.Line(storage.Status(storage.Green, "Decision"), storage.Plain(" "), storage.Placeholder("Type what was decided, and why")))
	}
	b.Heading(3, storage.Plain("Action items"))
	b.TaskList(storage.Todo(storage.Placeholder("Type an action, mention its owner with @ and add a date with //")))
	b.Heading(3, storage.Plain(criteriaHeading))
	hints("Type a criterion that somebody else could check")(b)
	if s := r.plan.Sizing; s != nil {
		b.Heading(3, storage.Plain(estimateHeading))
		hints("Type the agreed size: " + s.List())(b)
	}
	if r.plan.SplitForm {
		b.Heading(3, storage.Plain("Split into"))
		hints("Type what a story of its own shall be called")(b)
	}
	b.Heading(3, storage.Plain("Outcome"))
	boxes := make([]storage.Task, len(outcome.Boxes))
	for i, box := range outcome.Boxes {
		boxes[i] = storage.Todo(storage.Plain(string(box)))
	}
	b.TaskList(boxes...)
}

// size is what helps to agree on one: what similar items took, and the way to
// the team's poker.
func (r *renderer) size(b *storage.Builder, hint string) {
	s := r.plan.Sizing
	if s == nil || hint == "" && s.Poker == "" {
		return
	}
	text := []storage.Inline{storage.Strong("Size: ")}
	if hint != "" {
		text = append(text, storage.Plain(sentence(hint)+" "))
	}
	if s.Poker != "" {
		text = append(text, storage.Link(s.Poker, "Planning poker"))
	}
	b.Paragraph(text...)
}

// ending is what a session closes with.
func (r *renderer) ending() {
	r.section("open-questions", "Open questions", hints("Type what nobody here could answer, and who will ask"))
	r.section("parking-lot", "Parking lot", hints("Type what does not belong to this session"))
	r.section("retrospective", "Retrospective", func(b *storage.Builder) {
		b.BulletList(
			storage.Line(storage.Plain("What worked well: ")),
			storage.Line(storage.Plain("Discussion and time: ")),
			storage.Line(storage.Plain("To do differently next time: ")),
		)
	})
	r.comparison()
	r.generated("closing", func(b *storage.Builder) {
		b.Heading(2, storage.Plain("Closing"))
		b.Paragraph(storage.Plain(r.plan.Closing))
	})
	if r.plan.HeldBox {
		r.forPeople("held", func(b *storage.Builder) { b.TaskList(storage.Todo(storage.Plain(heldText))) })
	}
	if len(r.plan.Deferred)+len(r.plan.Withheld) > 0 {
		r.generated("deferred", r.deferred)
	}
	r.generated("assumptions", func(b *storage.Builder) {
		b.Heading(2, storage.Plain("Assumptions"))
		b.BulletList(lines(r.plan.Assumptions)...)
	})
	r.generated("guide", func(b *storage.Builder) {
		b.Expand("The refinement guide", func(b *storage.Builder) { writeGuide(b, r.plan.Guide.Blocks()) })
	})
}

func (r *renderer) deferred(b *storage.Builder) {
	b.Heading(2, storage.Plain("Proposed for another session"))
	var items []storage.Body
	for _, d := range r.plan.Deferred {
		items = append(items, storage.Line(storage.Link(d.URL, d.Key), storage.Plain(fmt.Sprintf(" %s: %s", d.Summary, d.Reason))))
	}
	for _, key := range r.plan.Withheld {
		items = append(items, storage.Line(storage.Plain(key+": "+withheldItem)))
	}
	b.BulletList(items...)
}

// leftSelection is what stands at the head of an item's section once the item
// is no longer selected: its key alone, since nobody has read whether the rest may
// still be shown (P7).
func leftSelection(key string) string {
	b := storage.NewBuilder(nil)
	b.Heading(2, storage.Plain(key))
	b.Paragraph(storage.Status(storage.Grey, "Not selected"), storage.Plain(" This item is no longer part of the session's selection."))
	return b.String()
}

// hints is a list with one place to type into.
func hints(hint string) storage.Body {
	return func(b *storage.Builder) { b.BulletList(storage.Line(storage.Placeholder(hint))) }
}

func lines(texts []string) []storage.Body {
	items := make([]storage.Body, len(texts))
	for i, text := range texts {
		items[i] = storage.Line(storage.Plain(text))
	}
	return items
}

func clock(t time.Time) string { return t.Format("15:04") }

// sentence makes a phrase a sentence.
func sentence(s string) string {
	if s == "" || strings.HasSuffix(s, ".") {
		return text.UpperFirst(s)
	}
	return text.UpperFirst(s) + "."
}
