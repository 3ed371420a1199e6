package outcome

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"refine/planner/text"
)

// instead is what the boxes of an item that is not ready say of it.
var instead = map[Box]string{
	BoxAnother: "needs another session", BoxParked: "is parked", BoxSplit: "is split", BoxDropped: "is dropped",
}

// An Update is what a session came to, for those who were not there (S10).
type Update struct {
	Items   int `json:"items"`   // of the session
	Refined int `json:"refined"` // of them, that people left something about
	Before  int `json:"before"`  // of them, that were ready when people first read of them
	// After are ready now: ticked as ready, or ready before and not ticked otherwise.
	// Judged says that somebody ticked a box at all; without one nobody has said so.
	After     int  `json:"after"`
	Judged    bool `json:"judged"`
	Decisions int  `json:"decisions"`
	Actions   int  `json:"open_actions"`
	// Needs are items that are not ready, with what they need or what became of them.
	Needs []Need `json:"needs"`
}

// A Need is why an item is not ready, as far as people said.
type Need struct {
	Key  string `json:"key"`
	Text string `json:"text"` // "needs another session: UX input", after the key
}

// Update sums up what people left on the page. before are the session's items, and
// whether each was ready when people first read of it.
func (o Outcomes) Update(before map[string]bool) Update {
	u := Update{Needs: []Need{}}
	for _, e := range o.Entries {
		u.Decisions += count(!e.Gone && e.Kind == Decision)
		u.Actions += count(!e.Gone && e.Kind == Action && !e.Done)
	}
	traces := o.traces(before)
	for _, key := range o.inOrder(before) {
		t, isReady := traces[key], before[key]
		if t.box != "" {
			isReady = t.box == BoxReady
		}
		u.Items++
		u.Before += count(before[key])
		u.After += count(isReady)
		u.Refined += count(t.touched)
		u.Judged = u.Judged || t.box != ""
		if text := t.need(); text != "" && !isReady {
			u.Needs = append(u.Needs, Need{key, text})
		}
	}
	return u
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// A trace is what people left about one item.
type trace struct {
	touched bool
	box     Box    // the one that is ticked, or said in words; empty if none or several are
	note    string // what people wrote behind it
	waits   string // for what: the first open action or question; a box says so by its note alone
}

// traces are what people left about each of the items.
func (o Outcomes) traces(items map[string]bool) map[string]trace {
	all := map[string]trace{}
	note := func(key string, waits string) {
		t := all[key]
		t.touched, t.waits = true, cmp.Or(t.waits, waits)
		all[key] = t
	}
	a := attribution{tickets: map[string]string{}, naming: o.naming(""), unclear: o.Unclear}
	for key := range items {
		a.tickets[key] = key
	}
	boxes := map[string][]Entry{}
	for _, e := range o.Entries {
		keys, _ := a.all(e)
		for _, key := range keys {
			waits := ""
			if e.Kind == Action && !e.Done {
				waits = e.Text.String()
			}
			if !e.Gone {
				note(key, waits)
			}
			same := func(b Entry) bool { return b.Text.String() == e.Text.String() }
			if e.Kind == Result && !e.Gone && !slices.ContainsFunc(boxes[key], same) {
				boxes[key] = append(boxes[key], e)
			}
		}
	}
	for _, s := range o.Suggestions {
		if !s.Note {
			note(s.Issue, "")
		}
	}
	for _, l := range o.Left {
		if l.Kind == OpenQuestion && l.Since.IsZero() {
			note(l.Key, l.Text.String())
		}
	}
	for _, key := range o.Unclear {
		note(key, "")
	}
	for key, t := range all {
		if box := ticked(boxes[key]); box != "" {
			t.box, t.note = box, boxes[key][0].Reason.String()
			all[key] = t
		}
	}
	return all
}

// inOrder are the items as they stand on the page, then those without a section.
func (o Outcomes) inOrder(items map[string]bool) (keys []string) {
	for _, key := range o.Keys {
		if _, is := items[key]; is && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(items)) {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// longestNeed is how much of a person's words a need repeats, in characters.
const longestNeed = 80

// need says what keeps the item from being ready, empty if nobody said.
func (t trace) need() string {
	what, why := "", t.waits
	if t.box != "" {
		what, why = instead[t.box], t.note
	}
	why = beginning(strings.Join(strings.Fields(why), " "), longestNeed)
	switch {
	case what != "" && why != "":
		return what + ": " + why
	case why != "":
		return "waits for “" + why + "”"
	}
	return what
}

// mostNeeds is how many items a message names.
const mostNeeds = 5

// String is the update in one message: "8 items refined, 6 ready (3 without a gap
// before); PAY-9 needs another session: UX input. 3 decisions, 2 open action items". It
// is empty where people left nothing.
func (u Update) String() string {
	if !u.Told() {
		return ""
	}
	var b strings.Builder
	if u.Refined < u.Items {
		fmt.Fprintf(&b, "%d of ", u.Refined)
	}
	fmt.Fprintf(&b, "%s refined", text.Counted(u.Items, "item"))
	switch {
	case !u.Judged:
		fmt.Fprintf(&b, ", %d ready before", u.Before)
	default:
		fmt.Fprintf(&b, ", %d ready (%d before)", u.After, u.Before)
	}
	for i, n := range u.Needs {
		if i == mostNeeds {
			fmt.Fprintf(&b, "; and %d more", len(u.Needs)-i)
			break
		}
		fmt.Fprintf(&b, "; %s %s", n.Key, n.Text)
	}
	fmt.Fprintf(&b, ". %s, %s", text.Counted(u.Decisions, "decision"), text.Counted(u.Actions, "open action item"))
	return b.String()
}

// Told reports whether there is anything to tell.
func (u Update) Told() bool { return u.Refined+u.Decisions+u.Actions > 0 }

// Readiness is before and after on one line (L8): "2 of 7 ready → 6 of 7". Where
// nobody has ticked a box there is no after.
func (u Update) Readiness() string {
	before := fmt.Sprintf("%d of %d ready", u.Before, u.Items)
	if !u.Judged {
		return before
	}
	return fmt.Sprintf("%s → %d of %d", before, u.After, u.Items)
}
