package outcome

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"refine/planner/text"
	"refine/planner/ticket"
)

// A PageRef is the session's page as tickets link to it.
type PageRef struct{ ID, URL, Title string }

// WritebackInput is everything that decides what a sync writes.
type WritebackInput struct {
	Session  ticket.Session
	Page     PageRef
	Outcomes Outcomes
	Tickets  []Ticket
	Missing  []string // keys that were asked for and do not exist
	// Linked holds, by issue, [RemoteLink.Hash] of the link the page's state
	// says was written. Writing one again is harmless, so it need not be exact.
	Linked map[string]string
	// Told holds, by issue, [Mark.Told] of its comment as a sync last found or wrote
	// it: where there is none any more, people have deleted it. What is missing
	// here costs no more than that the comment is written once more.
	Told map[string][]string
	// ServiceComments is what the team wants on tickets of service projects.
	ServiceComments ServiceComments
	// Effects are what ticking a box does, none unless the team says so.
	Effects map[Box]Effect
	// Criteria is the field that agreed criteria go into, none if it is empty.
	Criteria Field
	// LinkBlockers says that what blocks a ticket is linked to it.
	LinkBlockers bool
	// SetEstimate says that an agreed estimate goes into its field; Sizes are what the
	// team calls them. EstimateBoard is the board whose field it is, if the team has one.
	SetEstimate   bool
	EstimateBoard string
	Sizes         []Size
	// SetRank says that a line about an item's rank moves it, Backlog is the team's.
	SetRank bool
	Backlog ticket.BacklogQuery
	// Seen is what each ticket held when the session was planned, Done what was set
	// on it since, Stood what was there until then.
	Seen  map[string]Seen
	Done  Done
	Stood Before
	// Screens are what the tickets take, by issue, of those in [SyncPlan.Wants].
	Screens map[string]Screen
	// Before are the session's items, see [Outcomes.Update].
	Before map[string]bool
	// Actions are what the team wants of action items, Split of split stories, and
	// Creatable what can be made of them, by [Wanted.Key], as far as it was asked.
	Actions   ActionSettings
	Split     SplitSettings
	Creatable map[string]Creatable
	// Saved is when the page was last saved.
	Saved time.Time
}

// Seen is what a ticket held when the session was planned, as far as the page
// remembers it.
type Seen struct {
	Status string
	// Estimate is nil where that is not known.
	Estimate *string
	// Rank is the text of its rank, empty where that is not known.
	Rank string
}

// SyncPlan is what a sync would write, and what it could not place.
type SyncPlan struct {
	Changes      []Change
	Unattributed []Unattributed
	Suggestions  []Suggestion
	Update       Update // what the session came to

	boxes map[string]Box // the one that is ticked below each item, by issue
}

// Writeback decides what the page's outcomes change on the tickets: one comment
// per ticket and session, and a link back to the page (S1, S2, S4, S7, S8). The
// changes are ordered by issue; those that stand as wanted are included, as
// [Unchanged].
func Writeback(in WritebackInput) SyncPlan {
	entries, unattributed := attribute(in)
	plan := SyncPlan{
		Unattributed: unattributed, Suggestions: append(in.unsized(), in.Outcomes.listed()...),
		boxes: map[string]Box{}, Update: in.Outcomes.Update(in.Before),
	}
	tickets := slices.SortedFunc(slices.Values(in.Tickets), func(a, b Ticket) int { return cmp.Compare(a.Key, b.Key) })
	histories, keys := map[string]*history{}, make([]string, len(tickets))
	for i, t := range tickets {
		keys[i] = t.Key
		lendNames(t.marked().Entries, entries[t.Key])
		now, doubt := oneBox(entries[t.Key])
		if doubt != nil {
			plan.Unattributed = append(plan.Unattributed, *doubt)
		}
		plan.boxes[t.Key] = ticked(now)
		history := compareEntries(t.marked().Entries, now, t.takenBack(in.Told[t.Key]))
		histories[t.Key] = &history
	}
	follow(histories, keys)
	acts := in.actionChanges(tickets, histories)
	for _, t := range tickets {
		if in.keptFromCustomers(t) != "" {
			continue // also what was written there before
		}
		plan.Changes = append(plan.Changes, acts[t.Key]...)
		plan.Changes = append(plan.Changes, ticketChanges(in, t, *histories[t.Key])...)
		plan.Changes = append(plan.Changes, in.settings(t, entries[t.Key])...)
	}
	in.arrange(plan.Changes)
	return plan
}

// attribution is what decides which tickets the page's lines belong to.
func (in WritebackInput) attribution() attribution {
	a := attribution{tickets: map[string]string{}, missing: map[string]bool{}, told: map[string][]Entry{}}
	for _, t := range in.Tickets {
		a.told[t.Key] = t.marked().Entries
		for _, key := range slices.Concat(t.Aliases, []string{t.Key}) {
			a.tickets[key] = t.Key
		}
	}
	for _, key := range in.Missing {
		a.missing[key] = true
	}
	for _, key := range in.Outcomes.Unclear {
		a.unclear = append(a.unclear, a.tickets[key])
	}
	if in.Session.Selection.Kind == ticket.Epic {
		a.epic = in.Session.Selection.Value
	}
	a.naming = in.Outcomes.naming(a.epic)
	return a
}

func attribute(in WritebackInput) (byIssue map[string][]Entry, un []Unattributed) {
	kept := map[string]string{}
	for _, t := range in.Tickets {
		kept[t.Key] = in.keptFromCustomers(t)
	}
	a := in.attribution()
	byIssue = map[string][]Entry{}
	seen := map[string]bool{} // a copied section says nothing new
	for _, e := range in.Outcomes.Entries {
		if e.Kind == Estimate && !in.isEstimate(e) {
			continue // see [WritebackInput.unsized]
		}
		all, reason := a.all(e)
		for n, key := range all {
			if n > 0 {
				e.With = all[0]
			}
			if kept[key] != "" {
				key, reason = "", kept[key]
			}
			if key == "" {
				un = append(un, Unattributed{Text: e.typed(), Where: e.Where, Reason: reason})
				continue
			}
			if e.Named = ""; e.Section != "" && key != a.sectionOf(e) && key != a.tickets[e.Row] && slices.Contains(a.known(a.meant(e)), key) {
				e.Named = text.Enumerate(all)
			}
			if print := key + " " + e.hash(); !seen[print] {
				seen[print] = true
				byIssue[key] = append(byIssue[key], e)
			}
		}
	}
	return byIssue, un
}

// ticketChanges is one ticket's share of the change set.
func ticketChanges(in WritebackInput, t Ticket, h history) []Change {
	if len(h.all()) == 0 && len(h.withheld) == 0 && (t.Comment == nil || t.Comment.Doubt != "") {
		return nil
	}
	changes := []Change{commentChange(in, t, h)}
	for _, e := range h.left { // those that went before were told then
		c := Change{
			Issue: t.Key, Kind: RemovedLine, Detail: e.describe(), Status: Unchanged,
			Moved: e.Moved, Reason: e.Departure() + "; it stays on the ticket",
		}
		if e.Issue != "" {
			c.Reason += ", and so does " + e.Issue
		}
		changes = append(changes, c)
	}
	return append(changes, linkChange(in, t))
}

// Departure says what became of a line that is gone.
func (e Entry) Departure() string {
	switch {
	case e.Moved != "":
		return "moved to " + e.Moved
	case e.Kind == Result: // its box may be ticked beside another
		return "no longer the outcome"
	default:
		return "no longer on the page"
	}
}

// marked is the mark of the ticket's comment, an empty one if it has none.
func (t Ticket) marked() Mark {
	if t.Comment == nil {
		return Mark{}
	}
	return t.Comment.Mark
}

// takenBack returns which lines the ticket is not told again. told is what it was
// told before, as the page remembers it, which counts once the comment is gone.
func (t Ticket) takenBack(told []string) func(Entry) bool {
	if t.Comment != nil {
		told = t.Comment.Mark.Withheld
	}
	return func(e Entry) bool { return slices.Contains(told, e.Print()) }
}

// commentChange creates the session's comment or brings it up to date.
func commentChange(in WritebackInput, t Ticket, h history) Change {
	note := &Note{
		Owner: in.Session.Owner, Session: in.Session.ID,
		PageID: in.Page.ID, PageURL: in.Page.URL, PageTitle: in.Page.Title,
		Entries: h.all(), Withheld: t.marked().Withheld, Internal: in.internally(t),
	}
	c := Change{
		Issue: t.Key, Kind: CommentChange, Status: Planned, Note: note, Detail: h.describe(),
		Withheld: h.withheld, told: in.Told[t.Key],
	}
	if note.Internal {
		c.Detail = "internal: " + c.Detail
	}
	if len(h.withheld) > 0 {
		c.Reason = fmt.Sprintf("people deleted the comment; what it said is not said again (%d)", len(h.withheld))
	}
	if t.Comment == nil {
		note.Withheld = c.told
		if len(note.Entries) == 0 {
			c.Status, c.Note = Unchanged, nil
		}
		return c
	}
	c.CommentID, c.Was, c.told = t.Comment.ID, t.Comment.Mark.Hash, t.Comment.Mark.Told()
	switch {
	case t.Comment.Doubt != "":
		c.Status, c.Reason = Conflict, t.Comment.Doubt+"; it was left alone and no second one was written: delete it, then sync again"
	case t.Comment.Mark.Hash == note.Hash() && (t.Comment.EditedBy != "" || h.forgotten() || !namesCame(t.marked().Entries, note.Entries)):
		c.Status = Unchanged
	case note.Internal && t.Comment.Public:
		c.Status = Conflict
		c.Reason = "customers can read comment " + t.Comment.ID + "; it was left alone; " + ChooseServiceComments
	case t.Comment.EditedBy != "":
		c.Status = Conflict
		c.Reason = t.Comment.EditedBy + " changed the comment; it was left alone, please carry the change over by hand"
	case h.forgotten() && h.onlyRemoved() && t.Comment.Mark.Page == note.PageID:
		c.Status = Unchanged // it still says all of it, perhaps in another order
	case h.forgotten():
		c.Status = Conflict
		c.Reason = "the comment is so long that only it has the full text of lines that left the page; it was left alone, please carry the change over by hand"
	}
	return c
}

// Told is what the page's state shall remember of each ticket, given what it
// remembers now; see [WritebackInput]. What was not written is not remembered.
func (p SyncPlan) Told(before map[string][]string) map[string][]string {
	after := maps.Clone(before)
	if after == nil {
		after = map[string][]string{}
	}
	for _, c := range p.Changes {
		if c.Kind != CommentChange {
			continue
		}
		told := c.told
		if c.Note != nil && c.Status == Applied {
			told = c.Note.Mark().Told()
		}
		if len(told) > 0 {
			after[c.Issue] = told
		}
	}
	return after
}

// linkTo is the link from a session's tickets to its page.
func linkTo(s ticket.Session, p PageRef) *RemoteLink {
	return &RemoteLink{
		GlobalID: s.ID, // not the page's: a page that replaces it replaces the link
		URL:      p.URL, Title: p.Title,
		Summary: "Refinement session: decisions and action items",
	}
}

func linkChange(in WritebackInput, t Ticket) Change {
	link := linkTo(in.Session, in.Page)
	c := Change{Issue: t.Key, Kind: LinkChange, Detail: "link to “" + in.Page.Title + "”", Status: Planned, Link: link}
	if in.Linked[t.Key] == link.Hash() {
		c.Status = Unchanged
	}
	return c
}

// Writes reports whether the change still has to be applied.
func (c Change) Writes() bool {
	return c.Status == Planned && (c.Back || c.Note != nil || c.Link != nil || c.Set != nil || c.Action != nil)
}

// Hash identifies what the comment says and which page it refers to, and so also
// which of its lines are gone and where they went. Ids of entries are no part of
// it, since Confluence assigns new ones, nor is the page's title: renaming a page
// must not touch every ticket.
func (n Note) Hash() string {
	contents := make([]string, len(n.Entries))
	for i, e := range n.Entries {
		if contents[i] = e.hash(); e.Gone {
			contents[i] += " " + Entry{Moved: e.Moved}.Departure()
		}
		if e.Issue != "" {
			contents[i] += " " + e.Issue
		}
	}
	return digest(struct {
		Page    string
		Entries []string
	}{n.PageID, contents})
}

// Hash identifies what the link shows.
func (l RemoteLink) Hash() string { return digest(l) }

// digest hashes a value by its JSON, which encodes struct fields in order and
// map keys sorted.
func digest(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("outcome: hashing %T: %v", v, err)) // only plain data is hashed
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// Mark is what is written beside the comment to find it again.
func (n Note) Mark() Mark {
	return Mark{Version: 1, Owner: n.Owner, Session: n.Session, Page: n.PageID, Hash: n.Hash(), Entries: n.Entries, Withheld: n.Withheld}
}

// describe is the entry on one line, for people.
func (e Entry) describe() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s “%s”", e.Kind, e.Text)
	if len(e.Reason) > 0 {
		fmt.Fprintf(&b, " (%s)", e.Reason)
	}
	if e.Owner != nil {
		fmt.Fprintf(&b, ", owner %s", e.Owner)
	}
	if !e.Due.IsZero() {
		fmt.Fprintf(&b, ", due %s", e.Due)
	}
	if e.Done {
		b.WriteString(", done")
	}
	if e.Named != "" {
		b.WriteString(", since it names " + e.Named)
	}
	return b.String()
}

// typed is an entry with the owner and the day that were taken off the ends of its text, and
// with what makes keys alone a line.
func (e Entry) typed() string {
	s := e.Text.String()
	if e.Kind == Blocker {
		s = string(e.Kind) + " " + s
	}
	if e.Owner != nil && !slices.ContainsFunc(e.Text, func(r Run) bool { return r.User == e.Owner }) {
		s = e.Owner.String() + " " + s
	}
	if !e.Due.IsZero() && !strings.Contains(s, e.Due.String()) {
		s += " " + e.Due.String()
	}
	return s
}
