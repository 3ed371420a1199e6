package jira

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/jira/jiratest"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// newAction is an action of PAY-2 that becomes an issue.
func newAction(t *testing.T, w *world, as outcome.ActionsAs) outcome.Change {
	t.Helper()
	settings := outcome.ActionSettings{As: as}
	list, err := w.Creatable(t.Context(), settings, []outcome.Wanted{{Project: "PAY", People: []string{w.assigneeOf(t)}}})
	require.NoError(t, err)
	can := list["PAY"]
	require.Empty(t, can.Missing)
	require.Empty(t, can.Unassignable)
	require.Contains(t, can.Screen, "issuelinks")
	e := outcome.Entry{Kind: outcome.Action, Text: outcome.Text{{Text: "ask the bank"}}, Due: ticket.Date{Year: 2026, Month: 12, Day: 7}}
	n := &outcome.NewIssue{
		Project: "PAY", TypeID: can.TypeID, Type: can.Type, Summary: "ask the bank", Due: e.Due, Assignee: w.assigneeOf(t), Describe: true,
		Ticket: "PAY-2", PageURL: "https://wiki.example.com/pages/7", PageTitle: "Session", Entry: e,
	}
	if n.Link = "Relates"; as == outcome.ActionsAsSubtask {
		n.Parent, n.Link = "PAY-2", ""
	}
	mark := outcome.ActionMark{Version: 1, Kind: "action", Owner: "acme", Session: "s1", Page: "7", Ticket: "PAY-2", Entry: e}
	return outcome.Change{Issue: "PAY-2", Kind: outcome.ActionChange, Action: &outcome.ActionWrite{Mark: mark, New: n}}
}

func (w *world) assigneeOf(t *testing.T) string {
	t.Helper()
	if w.cloud {
		return w.jira.Me().AccountID
	}
	return w.jira.Me().Name
}

// madeOf reads what stands of PAY-2's actions, as a sync does.
func (w *world) madeOf(t *testing.T) []outcome.Made {
	t.Helper()
	s := ticket.Session{ID: "s1", Owner: "acme"}
	found, err := w.Written(t.Context(), s, outcome.PageRef{ID: "7"}, []string{"PAY-2"})
	require.NoError(t, err)
	return found[0].Made
}

// The issue of an action is made, changed, ended and deleted as the services'
// documents say, and an answer that was lost is settled by looking.
func TestTheIssueOfAnAction(t *testing.T) { // S2 S5 S9
	for _, as := range []outcome.ActionsAs{outcome.ActionsAsSubtask, outcome.ActionsAsTask} {
		t.Run(string(as), func(t *testing.T) {
			deployments(t, func(t *testing.T, w *world) {
				w.jira.Allow(jiratest.DeleteIssues)
				c := newAction(t, w, as)
				w.lose.Store("POST /issue")
				require.NoError(t, w.Apply(t.Context(), c))
				list := w.madeOf(t)
				require.Len(t, list, 1)
				m := list[0]
				assert.Equal(t, c.Action.Key, m.Key)
				assert.Equal(t, w.assigneeOf(t), m.Assignee)
				assert.Equal(t, "2026-12-07", m.Due.String())
				assert.Empty(t, m.By)
				assert.Empty(t, m.Kept)

				screens, err := w.Screens(t.Context(), []outcome.Look{{Issue: m.Key, Fields: []outcome.Field{outcome.StatusField}}})
				require.NoError(t, err)
				change := *c.Action
				change.New, change.From, change.Mark.Entry.Done = nil, m.Status, true
				for _, step := range screens[m.Key].Transitions {
					if step.Category == "done" {
						change.Move = &step
					}
				}
				change.Set = map[string]outcome.ActionValue{outcome.SummaryField: {From: "ask the bank", To: "call the bank"}, outcome.DueField: {From: "2026-12-07"}}
				require.NoError(t, w.Apply(t.Context(), outcome.Change{Issue: "PAY-2", Kind: outcome.ActionChange, Action: &change}))
				m = w.madeOf(t)[0]
				assert.True(t, m.Done)
				assert.Equal(t, "call the bank", m.Summary)
				assert.True(t, m.Due.IsZero())
				assert.False(t, m.Moved.IsZero())
				assert.True(t, m.Mark.Entry.Done)
				assert.Empty(t, m.By, "what we did is no person's")

				w.lose.Store("DELETE /" + m.Key)
				require.NoError(t, w.Apply(t.Context(), outcome.Change{Issue: "PAY-2", Kind: outcome.ActionChange, Back: true, Target: m.Key}))
				assert.Empty(t, w.madeOf(t))
			})
		})
	}
}

// What the screen of a new issue has no field for stands in its description.
func TestTheDescriptionNamesWhatNoFieldTakes(t *testing.T) { // S2 S4
	deployments(t, func(t *testing.T, w *world) {
		n := outcome.NewIssue{Ticket: "PAY-2", Epic: "PAY-1", Entry: outcome.Entry{
			Kind: outcome.SplitStory, Text: outcome.Text{{Text: "Pay by card"}}, Due: ticket.Date{Year: 2026, Month: 12, Day: 7},
		}}
		assert.Contains(t, w.describe(n), "Due: 2026-12-07\n")
		assert.Contains(t, w.describe(n), "Epic: [PAY-1|"+w.Browse("PAY-1")+"]\n")
		n.EpicField = "parent"
		assert.NotContains(t, w.describe(n), "Epic:")
	})
}
