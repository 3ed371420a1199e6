package worker_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence/storage"
	"refine/internal/worker"
	"refine/jira/jiratest"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// madeOf lists the issues that carry our mark, and of which ticket's action each is.
func (w *world) madeOf(t *testing.T) map[string]jiratest.Issue {
	t.Helper()
	out := map[string]jiratest.Issue{}
	for _, key := range w.Sandbox.Jira.Keys() {
		i, _ := w.Sandbox.Jira.Issue(key)
		if raw, ok := i.Properties["refine"]; ok {
			var m outcome.ActionMark
			require.NoError(t, json.Unmarshal(raw, &m))
			require.Empty(t, out[m.Ticket].Key, "two issues of %s", m.Ticket)
			out[m.Ticket] = i
		}
	}
	return out
}

// ivo is somebody whom both sites know, and how Confluence mentions him.
func (w *world) ivo() (jiratest.Person, storage.User) {
	u := w.Confluence.People()[1]
	p := w.Sandbox.Jira.AddPerson(jiratest.Person{AccountID: u.AccountID, Name: u.Name, DisplayName: u.Display})
	if w.person.Native {
		return p, storage.User{AccountID: u.AccountID}
	}
	return p, storage.User{Key: u.Key}
}

// planned is a session with one action of an owner's on PAY-6.
func (w *world) planned(t *testing.T, as outcome.ActionsAs) (page string, ivo jiratest.Person) {
	t.Helper()
	w.team.Actions.As = as
	page = w.publish(t, ticket.Selection{}).Page.ID
	ivo, user := w.ivo()
	w.edits(t, page, func(body string) (string, error) {
		return w.person.Acts(body, "PAY-6", "ask the bank [today]", user, monday.AddDate(0, 0, 9))
	})
	return page, ivo
}

func (w *world) tick(t *testing.T, page, words string, done bool) {
	t.Helper()
	w.edits(t, page, func(body string) (string, error) {
		from, to := "incomplete", "complete"
		if !done {
			from, to = to, from
		}
		at := strings.Index(body, words)
		status := strings.LastIndex(body[:at], "<ac:task-status>"+from+"<")
		return body[:status] + "<ac:task-status>" + to + body[status+len("<ac:task-status>"+from):], nil
	})
}

// An action becomes an issue with its owner and its day, once, and the comment names
// it.
func TestAnActionBecomesAnIssue(t *testing.T) { // S2 S4 S5 O5
	for _, as := range []outcome.ActionsAs{outcome.ActionsAsSubtask, outcome.ActionsAsTask} {
		t.Run(string(as), func(t *testing.T) {
			both(t, func(t *testing.T, w *world) {
				page, ivo := w.planned(t, as)
				dry, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page, DryRun: true})
				require.NoError(t, err)
				require.Empty(t, w.madeOf(t), "a dry run writes nothing")
				s := w.sync(t, page)
				require.Len(t, s.Changes, 3)
				asPrinted(t, dry, s)
				made := w.madeOf(t)["PAY-6"]
				assert.Equal(t, made.Key, s.Changes[0].Target)
				assert.Equal(t, "ask the bank [today]", made.Summary)
				assert.Equal(t, "2026-12-02", made.Due)
				assert.Equal(t, ivo.Name, made.Assignee.Name)
				assert.Contains(t, made.Description, "/browse/PAY-6")
				assert.Contains(t, made.Description, page, "it links to the page")
				assert.Contains(t, made.Description, `\[today\]`)
				if as == outcome.ActionsAsSubtask {
					assert.Equal(t, "PAY-6", made.Parent)
				}
				assert.Contains(t, w.commented(t)["PAY-6"][0], "due 2026-12-02, "+made.Key)
				p, _ := w.Confluence.Page(page)
				assert.Contains(t, p.Body, "Written as an action item, "+made.Key)

				w.requests(t)
				require.Zero(t, applied(w.sync(t, page)), "a second sync changes nothing")
				_, writes := w.requests(t)
				assert.Zero(t, writes)
			})
		})
	}
}

// acted is what a sync did about an action's issue.
func acted(s worker.Synced) outcome.Change {
	for _, c := range s.Changes {
		if c.Kind == outcome.ActionChange {
			return c
		}
	}
	return outcome.Change{}
}

// A tick goes to Jira, a status to the page, and nothing else of the page changes.
func TestAnActionIsDoneOnBothSides(t *testing.T) { // S2 S8
	both(t, func(t *testing.T, w *world) {
		page, _ := w.planned(t, outcome.ActionsAsSubtask)
		w.decides(t, page, "PAY-3", "Refund within a day")
		w.sync(t, page)
		key := w.madeOf(t)["PAY-6"].Key

		w.tick(t, page, "ask the bank", true)
		s := w.sync(t, page)
		assert.Contains(t, acted(s).Detail, "“Open” → “Done”")
		i, _ := w.Sandbox.Jira.Issue(key)
		assert.Equal(t, "Done", i.Status.Name)
		assert.Zero(t, applied(w.sync(t, page)))

		require.NoError(t, w.Sandbox.Jira.Transition("In Progress", key))
		w.requests(t)
		before, _ := w.Confluence.Page(page)
		s = w.sync(t, page)
		after, _ := w.Confluence.Page(page)
		assert.Contains(t, acted(s).Detail, "its task on the page is opened again")
		assert.Equal(t, before.Version+1, after.Version)
		ours := before.Body[:strings.Index(before.Body, "Written back to Jira")]
		kept := ours[:strings.LastIndex(ours, "</ac:structured-macro>")] // up to the receipt
		want := strings.Replace(kept, "<ac:task-status>complete", "<ac:task-status>incomplete", 1)
		assert.True(t, strings.HasPrefix(after.Body, want), "every other byte stays")
		assert.NotContains(t, w.commented(t)["PAY-6"][0], "☑")
		assert.Zero(t, applied(w.sync(t, page)))

		require.NoError(t, w.Sandbox.Jira.Transition("Done", key))
		w.sync(t, page)
		assert.Contains(t, w.commented(t)["PAY-6"][0], "☑")
		w.tick(t, page, "ask the bank", false) // on the page again
		w.sync(t, page)
		i, _ = w.Sandbox.Jira.Issue(key)
		assert.Equal(t, "Open", i.Status.Name)
		assert.Zero(t, applied(w.sync(t, page)))

		// both were moved since: the later edit wins
		w.now = w.now.Add(time.Minute)
		w.tick(t, page, "ask the bank", true)
		w.now = w.now.Add(time.Minute)
		require.NoError(t, w.Sandbox.Jira.Transition("Done", key))
		require.NoError(t, w.Sandbox.Jira.Transition("Open", key))
		s = w.sync(t, page)
		assert.Contains(t, acted(s).Detail, "opened again")
		p, _ := w.Confluence.Page(page)
		assert.NotContains(t, p.Body, "<ac:task-status>complete")
	})
}

// A reworded line renames its issue, unless people renamed that (S6); one that left
// the page is told, and its issue stays.
func TestAnActionIsReworded(t *testing.T) { // S2 S6 S8
	both(t, func(t *testing.T, w *world) {
		page, ivo := w.planned(t, outcome.ActionsAsSubtask)
		w.sync(t, page)
		key := w.madeOf(t)["PAY-6"].Key
		w.replaces(t, page, "ask the bank [today]", "ask the bank [tomorrow]")
		w.sync(t, page)
		assert.Equal(t, "ask the bank [tomorrow]", w.madeOf(t)["PAY-6"].Summary)
		assert.Zero(t, applied(w.sync(t, page)))

		require.NoError(t, w.Sandbox.Jira.Edit(key, ivo, map[string]any{"summary": "call the bank"}))
		assert.Zero(t, applied(w.sync(t, page)), "a name that people gave is theirs")
		w.replaces(t, page, "ask the bank [tomorrow]", "ask the bank [next week]")
		_, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
		require.ErrorContains(t, err, "people changed it in Jira, to “call the bank”; it was left alone")
		assert.Equal(t, "call the bank", w.madeOf(t)["PAY-6"].Summary)

		w.replaces(t, page, "ask the bank [next week]", "")
		s := w.sync(t, page)
		n := slices.IndexFunc(s.Changes, func(c outcome.Change) bool { return c.Kind == outcome.RemovedLine })
		require.GreaterOrEqual(t, n, 0)
		assert.Contains(t, s.Changes[n].Reason, "and so does "+key)
		require.NoError(t, w.Sandbox.Jira.Delete(key))
		w.edits(t, page, func(body string) (string, error) {
			return w.person.Acts(body, "PAY-6", "ask the bank [next week]", storage.User{}, time.Time{})
		})
		w.sync(t, page)
		assert.Empty(t, w.madeOf(t), "an issue that people deleted is not made again")
	})
}

// The day at a line's end is the issue's due date and stands once in the comment; what an
// earlier version wrote otherwise follows once the line says something new.
func TestAnActionsDayIsNoneOfItsWords(t *testing.T) { // S2 S5 S8
	both(t, func(t *testing.T, w *world) {
		w.team.Actions.As = outcome.ActionsAsSubtask
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.acts(t, page, "PAY-6", "ask the bank, due 2026-12-10", time.Time{})
		w.sync(t, page)
		made := w.madeOf(t)["PAY-6"]
		assert.Equal(t, "ask the bank", made.Summary)
		assert.Equal(t, "2026-12-10", made.Due)
		assert.Contains(t, w.commented(t)["PAY-6"][0], "* ☐ ask the bank – due 2026-12-10, "+made.Key)
		assert.Zero(t, applied(w.sync(t, page)))

		ivo, _ := w.ivo()
		require.NoError(t, w.Sandbox.Jira.Edit(made.Key, ivo, map[string]any{"summary": "ask the bank, due 2026-12-10"}))
		assert.Zero(t, applied(w.sync(t, page)), "it stays as an earlier version called it")
		w.replaces(t, page, "ask the bank, due 2026-12-10", "ask the bank, due 2026-12-11")
		w.sync(t, page)
		made = w.madeOf(t)["PAY-6"]
		assert.Equal(t, "ask the bank", made.Summary)
		assert.Equal(t, "2026-12-11", made.Due)
		assert.Len(t, w.commented(t)["PAY-6"], 1)
	})
}

// What cannot be made is said, and the action stays in the comment.
func TestAnActionThatCannotBecomeAnIssue(t *testing.T) { // S2 S3
	for reason, hinder := range map[string]func(j *jiratest.Server){
		"Ivo Marek cannot be assigned issues of this project": func(j *jiratest.Server) { j.Unassignable("Ivo Marek") },
		"a Sub-task has to have Acceptance Criteria":          func(j *jiratest.Server) { j.Require("Acceptance Criteria") },
		"this account may not create issues in PAY":           func(j *jiratest.Server) { j.Deny(jiratest.CreateIssues) },
		"PAY has no type of sub-tasks":                        func(j *jiratest.Server) { j.RemoveType("Sub-task") },
	} {
		t.Run(reason, func(t *testing.T) {
			both(t, func(t *testing.T, w *world) {
				page, _ := w.planned(t, outcome.ActionsAsSubtask)
				hinder(w.Sandbox.Jira)
				s := w.sync(t, page)
				assert.Contains(t, s.Changes[0].Reason, reason)
				assert.Empty(t, w.madeOf(t))
				assert.Contains(t, w.commented(t)["PAY-6"][0], "ask the bank")
				p, _ := w.Confluence.Page(page)
				assert.Contains(t, p.Body, reason)
				w.requests(t)
				w.sync(t, page)
				_, writes := w.requests(t)
				assert.Zero(t, writes)
			})
		})
	}
}

// An undo deletes the issues that nobody touched, where the account may.
func TestAnUndoTakesBackIssues(t *testing.T) { // S9
	both(t, func(t *testing.T, w *world) {
		page, ivo := w.planned(t, outcome.ActionsAsTask)
		w.sync(t, page)
		first := w.madeOf(t)["PAY-6"].Key
		_, err := w.Undo(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
		require.ErrorContains(t, err, "this account may not delete issues of PAY: delete "+first+" by hand")
		assert.Empty(t, w.commented(t))
		w.sync(t, page)
		assert.Equal(t, first, w.madeOf(t)["PAY-6"].Key, "what was left is found again")

		w.Sandbox.Jira.Allow(jiratest.DeleteIssues)
		w.undo(t, page)
		assert.Empty(t, w.madeOf(t))
		w.sync(t, page)
		second := w.madeOf(t)["PAY-6"].Key
		assert.NotEqual(t, first, second)

		require.NoError(t, w.Sandbox.Jira.Edit(second, ivo, map[string]any{"summary": "call the bank"}))
		_, err = w.Undo(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
		require.ErrorContains(t, err, "Ivo Marek changed its summary; "+second+" was left alone")
		assert.NotEmpty(t, w.madeOf(t))
	})
}
