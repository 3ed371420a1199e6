package outcome_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

// A page of before, which does not remember what stood on the tickets, is read: what
// was set stays, and each piece is named once, by whatever box or line.
func TestAnUndoNamesWhatItNoLongerKnows(t *testing.T) { // S9
	t.Parallel()
	done := outcome.Done{"PAY-7": {
		"Ready/status": "1", "status": "1", "Ready/flag": "2", "Ready/label refined/ok": "3",
		"estimate": "4", "acceptance criteria": "5", "blocked by PAY-8": "6",
	}}
	changes := outcome.Undo(outcome.UndoInput{
		Session: session(ticket.Backlog, ""), Tickets: []outcome.Ticket{onTicket("PAY-7"), onTicket("PAY-9")}, Done: done,
	})
	var told []string
	for _, c := range changes {
		assert.Equal(t, outcome.Unchanged, c.Status)
		assert.False(t, c.Writes())
		assert.Contains(t, c.Reason, "no longer known")
		told = append(told, c.Issue+": "+c.Detail)
	}
	assert.Equal(t, []string{
		"PAY-7: “status” stays as it is",
		"PAY-7: “acceptance criteria” stays as it is", "PAY-7: “blocked by PAY-8” stays as it is", "PAY-7: “estimate” stays as it is",
		"PAY-7: “flag” stays as it is", "PAY-7: “label refined/ok” stays as it is",
	}, told)
}

// memory is what a page remembers of a ticket whose estimate syncs set.
type memory struct {
	before outcome.Before
	done   outcome.Done
}

// set is a sync that sets an estimate, or is about to.
func (l *memory) set(from, to string, s outcome.Status) {
	c := outcome.Change{Issue: "PAY-7", Kind: outcome.FieldChange, Status: s, From: from, To: to, Set: &outcome.Setting{Field: outcome.EstimateField}}
	plan := outcome.SyncPlan{Changes: []outcome.Change{c}}
	l.before = plan.Before(l.before, l.done)
	if s != outcome.Planned {
		l.done = plan.Done(l.done)
	}
}

func TestWhatStoodThereBeforeIsRestored(t *testing.T) { // S9
	t.Parallel()
	planned, applied, unchanged, failed, conflict := outcome.Planned, outcome.Applied, outcome.Unchanged, outcome.Failed, outcome.Conflict
	type sync struct {
		from, to string
		status   outcome.Status
	}
	long := strings.Repeat("long ", 100)
	for name, test := range map[string]struct {
		syncs []sync
		now   string
		want  string // "STATUS detail: reason"; empty for nothing to say
	}{
		"once":                               {[]sync{{"3", "5", planned}, {"3", "5", applied}}, "5", "planned taken back: estimate: “5” → “3”"},
		"what was empty":                     {[]sync{{"", "5", planned}, {"", "5", applied}}, "5", "planned taken back: estimate: “5” → nothing"},
		"twice":                              {[]sync{{"3", "5", planned}, {"3", "5", applied}, {"5", "8", planned}, {"5", "8", applied}}, "8", "planned taken back: estimate: “8” → “3”"},
		"killed behind the write":            {[]sync{{"3", "5", planned}}, "5", "planned taken back: estimate: “5” → “3”"},
		"killed before it":                   {[]sync{{"3", "5", planned}}, "3", ""},
		"killed between two":                 {[]sync{{"3", "5", planned}, {"3", "5", applied}, {"5", "8", planned}}, "5", "planned taken back: estimate: “5” → “3”"},
		"killed behind it, and found":        {[]sync{{"3", "5", planned}, {"5", "5", unchanged}}, "5", "planned taken back: estimate: “5” → “3”"},
		"perhaps set":                        {[]sync{{"3", "5", planned}, {"3", "5", failed}}, "5", "planned taken back: estimate: “5” → “3”"},
		"found as wanted":                    {[]sync{{"5", "5", unchanged}}, "5", ""},
		"found as wanted, then set":          {[]sync{{"5", "5", unchanged}, {"5", "8", planned}, {"5", "8", applied}}, "8", "planned taken back: estimate: “8” → “5”"},
		"somebody was faster":                {[]sync{{"3", "5", planned}, {"3", "5", conflict}}, "13", ""},
		"people changed it":                  {[]sync{{"3", "5", planned}, {"3", "5", applied}}, "13", "conflict taken back: estimate: “13” → “3”: people changed it in Jira since it was set: it is “13”; it was left alone"},
		"people changed it back":             {[]sync{{"3", "5", planned}, {"3", "5", applied}}, "3", ""},
		"people changed it, and it was set":  {[]sync{{"3", "5", planned}, {"3", "5", applied}, {"4", "8", planned}, {"4", "8", applied}}, "8", "planned taken back: estimate: “8” → “4”"},
		"a page that was forged":             {[]sync{{"3", "5", planned}, {"3", "5", applied}}, "5", "unchanged “estimate” stays as it is: nothing on the ticket says that this session wrote on it, and the page alone is not believed"},
		"what has no room":                   {[]sync{{long, "5", planned}, {long, "5", applied}}, "5", "unchanged “estimate” stays as it is: what it was before a sync set it is too long to be remembered"},
		"set before pages remembered":        {nil, "5", "unchanged “estimate” stays as it is: what it was before a sync set it is no longer known"},
		"found, set before pages remembered": {[]sync{{"5", "5", unchanged}}, "5", "unchanged “estimate” stays as it is: what it was before a sync set it is no longer known"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var l memory
			if strings.Contains(name, "set before") {
				l.done = outcome.Done{"PAY-7": {"estimate": "ef2d127d"}}
			}
			for _, s := range test.syncs {
				l.set(s.from, s.to, s.status)
			}
			found := onTicket("PAY-7")
			found.Estimate, found.Link = test.now, &outcome.RemoteLink{}
			if name == "a page that was forged" {
				found.Link = nil
			}
			changes := slices.DeleteFunc(outcome.Undo(outcome.UndoInput{Session: session(ticket.Backlog, ""), Tickets: []outcome.Ticket{found}, Done: l.done, Before: l.before}), func(c outcome.Change) bool {
				return c.Kind == outcome.LinkChange
			})
			if test.want == "" {
				require.Empty(t, changes)
				return
			}
			require.Len(t, changes, 1)
			got := string(changes[0].Status) + " " + changes[0].Detail
			if changes[0].Reason != "" {
				got += ": " + changes[0].Reason
			}
			assert.Equal(t, test.want, got)
		})
	}
}

// A page whose state has no room forgets what stood there and what was set, while an
// undo that was cut short still lists its pieces.
func TestNothingIsTakenOffWhatIsForgotten(t *testing.T) { // S9 S5
	t.Parallel()
	assert.Empty(t, outcome.Before(nil).Without("PAY-7", []string{"estimate"}))
	assert.Empty(t, outcome.Done(nil).Without("PAY-7", []string{"estimate"}))
}

// Most workflows do not offer the step to where a ticket stands already.
func TestATransitionThatIsNoLongerOfferedWasMade(t *testing.T) { // S3 S5
	t.Parallel()
	found := onTicket("PAY-7")
	found.Status = "To Do"
	in := outcome.WritebackInput{
		Session: session(ticket.Backlog, ""), Effects: map[outcome.Box]outcome.Effect{outcome.BoxReady: {Transition: "Start progress"}},
		Outcomes: outcome.Outcomes{Keys: []string{"PAY-7"}, Entries: []outcome.Entry{
			{Kind: outcome.Result, Text: outcome.Text{{Text: "Ready"}}, Section: "PAY-7", Where: "PAY-7, Outcome"},
		}},
		Screens: map[string]outcome.Screen{"PAY-7": {Transitions: []outcome.Transition{{ID: "21", Name: "Start progress", To: "In Progress"}}}},
	}
	status := func() outcome.Change {
		in.Tickets = []outcome.Ticket{found}
		for _, c := range outcome.Writeback(in).Changes {
			if c.Kind == outcome.TransitionChange {
				return c
			}
		}
		t.Fatal("no change of the status")
		return outcome.Change{}
	}
	c := status()
	require.Equal(t, "planned status: “To Do” → “In Progress”", string(c.Status)+" "+c.Detail)
	c.Status = outcome.Applied
	in.Done = outcome.SyncPlan{Changes: []outcome.Change{c}}.Done(nil)

	found.Status, in.Screens = "In Progress", nil
	assert.Equal(t, outcome.Unchanged, status().Status, "nothing has to be asked")
	found.Status, in.Screens = "Done", map[string]outcome.Screen{"PAY-7": {}}
	left := status()
	assert.Equal(t, outcome.Unchanged, left.Status)
	assert.Contains(t, left.Reason, "people changed it in Jira since it was set")
	in.Done = outcome.SyncPlan{Changes: []outcome.Change{left}}.Done(in.Done)
	found.Status, in.Screens = "In Progress", nil
	assert.Empty(t, status().Reason, "it is what was set, again")
}
