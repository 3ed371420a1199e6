package confluence

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"refine/confluence/storage"
	"refine/planner"
	"refine/planner/draft"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// State is what the page's content property remembers. Everybody who can edit
// the page can edit it, and a copied page carries its own: nothing in it is
// believed that the tickets or the page contradict.
type State struct {
	Version   int       `json:"v"` // 1
	Owner     string    `json:"owner"`
	Team      string    `json:"team"`
	Session   string    `json:"session"`
	Page      string    `json:"page"` // its own id: a copy holds another page's
	Selection Selection `json:"selection"`
	Topic     string    `json:"topic"`
	Start     time.Time `json:"start"`
	Zone      string    `json:"zone"`
	Minutes   int       `json:"minutes"`
	Format    string    `json:"format"`
	// Regions holds, for each generated region by its name, the fingerprint of
	// what was last written there. See [Merge].
	Regions map[string]string `json:"regions"`
	// Pending holds the fingerprints that an update under way is about to
	// write, so that a crash between the page and its state is no edit by a
	// person.
	Pending map[string]string `json:"pending,omitempty"`
	// Said holds, by region, the hashes of the lines that we wrote, see [Lines.Said].
	Said map[string]string `json:"said,omitempty"`
	// Links holds, by issue, the hash of the remote link last written. A link
	// that somebody deleted in Jira stays deleted until it changes.
	Links map[string]string `json:"links,omitempty"`
	// Told holds, by issue, the prints of all lines that our comment on it has
	// said, so that one which people deleted stays deleted.
	Told map[string][]string `json:"told,omitempty"`
	// Done is what was set on the tickets, see [outcome.Done].
	Done outcome.Done `json:"done,omitempty"`
	// Before is what stood on the tickets before that, see [outcome.Before].
	Before outcome.Before `json:"before,omitempty"`
	// Comments holds, by issue, how a sync left its comment, see [outcome.Left].
	Comments map[string]string `json:"comments,omitempty"`
	// Items holds what is remembered of each item of the session, by its key;
	// see [planner.Notice].
	Items map[string]planner.Facts `json:"items,omitempty"`
	// Pictures holds what the page's pictures show, by their files, and Drawing
	// those that an update under way is about to attach, so that one whose upload
	// was cut short is looked for and not attached twice.
	Pictures map[string]Drawn  `json:"pictures,omitempty"`
	Drawing  map[string]string `json:"drawing,omitempty"`
	// Draft is what a language model wrote of the session's tickets.
	Draft *draft.Record `json:"draft,omitempty"`
	// Undone is when what the session's syncs wrote was taken back, zero unless it
	// was and no sync has written since.
	Undone time.Time `json:"undone,omitzero"`
	// Undoing is what an undo under way takes back.
	Undoing *Undoing `json:"undoing,omitempty"`
	// ReceiptDay is the day that the page's receipt bears, see [State.Receipt].
	ReceiptDay ticket.Date `json:"receipt_day,omitzero"`
	// Unshown says that a sync has told or set something that may have made items ready, and
	// that the page does not show yet.
	Unshown bool `json:"unshown,omitempty"`
	// Notices hold, by event, how far its message has come.
	Notices map[outcome.Event]outcome.Notice `json:"notices,omitempty"`
	Lock    *Lock                            `json:"lock,omitempty"`
}

// SetNotice notes how far an event's message has come.
func (s *State) SetNotice(e outcome.Event, n outcome.Notice) {
	notices := map[outcome.Event]outcome.Notice{}
	maps.Copy(notices, s.Notices)
	notices[e] = n
	s.Notices = notices
}

// Selection is ticket.Selection as it is stored.
type Selection struct {
	Kind  string   `json:"kind"`
	Value string   `json:"value,omitempty"`
	ID    string   `json:"id,omitempty"` // of the epic's issue
	Keys  []string `json:"keys,omitempty"`
}

// A Lock says that a run is writing. It is taken by writing the state's next
// version, which only one of two runs can do.
type Lock struct {
	Holder string    `json:"holder"` // host and process, for people
	Run    string    `json:"run"`    // random, to recognise one's own
	Since  time.Time `json:"since"`
	Until  time.Time `json:"until"`
	// Machine, PID and Begun identify the process, so that a later run on the
	// same machine can tell whether it still lives. An empty Machine is not
	// known.
	Machine string `json:"machine,omitempty"`
	PID     int    `json:"pid,omitempty"`
	Begun   string `json:"begun,omitempty"`
}

// Known lists the fingerprints each region may stand under: what was written
// last, and what an update that did not finish was about to write.
func (s State) Known() []map[string]string {
	known := []map[string]string{s.Regions}
	if s.Pending != nil {
		known = append(known, s.Pending)
	}
	return known
}

// WereReady are the session's items, and whether each was called ready when people
// first read of it.
func (s State) WereReady() map[string]bool {
	items := map[string]bool{}
	for key, f := range s.Items {
		if !f.Gone {
			items[key] = f.Ready && !f.Bare && !f.Unsure
		}
	}
	return items
}

// Stands reports whether anything that the session's page is made of stands in
// the body: its mark, a generated region as it was written, or an item's heading.
// Nothing of it does in the empty body that some live documents answer, whatever
// people see (F7). A body that cannot be parsed is left to whoever needs to.
func (s State) Stands(body string) bool {
	doc, err := storage.Parse(body)
	if err != nil || markIn(doc) != "" {
		return true
	}
	l := newLocator(doc)
	for _, known := range s.Known() {
		for _, print := range known {
			if _, found := l.find(print); found {
				return true
			}
		}
	}
	for level := 1; level < lowestLevel; level++ {
		for h := range doc.Root.Find(fmt.Sprintf("h%d", level)) {
			if s.names(textOf(h.Children).String()) {
				return true
			}
		}
	}
	return false
}

// ItemsOn are the keys of the items that a page has sections for, by their headings:
// of a page without a state nothing else tells.
func ItemsOn(body string) (keys []string) {
	doc, err := storage.Parse(body)
	if err != nil {
		return nil
	}
	for h := range doc.Root.Find(fmt.Sprintf("h%d", itemLevel)) {
		text := textOf(h.Children).String()
		if named := ticket.IssueKeys(text); len(named) > 0 && strings.HasPrefix(text, named[0]) && !slices.Contains(keys, named[0]) {
			keys = append(keys, named[0])
		}
	}
	return keys
}

// names reports whether a heading names one of the session's items.
func (s State) names(heading string) bool {
	for _, key := range ticket.IssueKeys(heading) {
		for _, known := range s.Known() {
			if _, ok := known[itemRegion+key]; ok {
				return true
			}
		}
	}
	return false
}
