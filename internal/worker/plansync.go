package worker

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"refine/confluence"
	"refine/internal/atlassian"
	"refine/planner"
	"refine/planner/outcome"
	"refine/planner/talks"
	"refine/planner/ticket"
)

// planSync reads the page's outcomes and the tickets they concern, and decides.
func (w *Worker) planSync(ctx context.Context, team Team, s ticket.Session, page confluence.Page) (plan outcome.SyncPlan, hidden map[string]string, err error) {
	state, ref := page.Property.State, outcome.PageRef{ID: page.ID, URL: page.URL, Title: page.Title}
	if team.setsFields() {
		if err := w.Jira.Learn(ctx); err != nil {
			return plan, nil, err
		}
	}
	// Both go on while the page is read, and none behind this.
	requests, onTheirWay := atlassian.Begun(ctx, 2)
	said, tickets := w.beside(requests, page.ID), w.Jira.TicketsSince(requests, s, ref, likelyKeys(s, state))
	defer func() { _, _ = said() }()
	onTheirWay()
	outcomes, err := w.outcomesOf(page)
	if err != nil {
		_, _, _ = tickets(nil, outcome.Memory{})
		return plan, nil, err
	}
	w.name(ctx, outcomes.Users())
	// also those whose whole section left the page, to tell what went with it (S8)
	keys := slices.AppendSeq(outcomes.KeysToRead(epicKey(s)), maps.Keys(state.Links))
	slices.Sort(keys)
	keys = slices.Compact(keys)
	w.progress("reading %d tickets", len(keys))
	undoing := state.Undoing
	state.Forget()
	in := outcome.WritebackInput{
		Session: s, Page: ref, Outcomes: outcomes,
		Linked: state.Links, Told: state.Told, Done: state.Done, Stood: state.Before, Seen: seen(undoing, state.Items),
		ServiceComments: team.ServiceComments, Effects: team.Effects,
		Criteria: team.Criteria, LinkBlockers: team.LinkBlockers, SetEstimate: team.SetEstimate, EstimateBoard: team.Backlog.Board, Sizes: sizes(team.Estimation),
		SetRank: team.SetRank, Backlog: team.Backlog,
		Before:  state.WereReady(),
		Actions: team.Actions, Split: team.Split, Saved: page.Saved,
	}
	in.Tickets, in.Missing, err = tickets(keys, outcome.Memory{Comments: state.Comments, Settle: in.Settle})
	if err != nil {
		return plan, nil, fmt.Errorf("reading the tickets: %w", err)
	}
	typed, err := said()
	if err != nil {
		return plan, nil, err
	}
	in.Outcomes.Suggestions = append(in.Outcomes.Suggestions, typed...)
	plan, err = w.decide(ctx, in)
	w.tellOmitted(plan.Changes)
	return plan, hiddenNow(state, in.Tickets, in.Missing), err
}

// outcomesOf reads what people typed on a page on which a session stands.
func (w *Worker) outcomesOf(page confluence.Page) (outcomes outcome.Outcomes, err error) {
	if err := standing(&page); err != nil {
		return outcomes, err
	}
	if outcomes, err = page.Property.State.Outcomes(page.Body, w.Jira.IssueAddresses()...); err != nil {
		return outcomes, fmt.Errorf("reading the page %s: %w", page.URL, err)
	}
	return outcomes, nil
}

// likelyKeys are those of the tickets that a sync has to read whatever people typed: of
// the session's items, and of those that the page was linked on.
func likelyKeys(s ticket.Session, state confluence.State) []string {
	keys := slices.AppendSeq(slices.Collect(maps.Keys(state.ItemKeys())), maps.Keys(state.Links))
	return slices.Sorted(slices.Values(append(keys, epicKey(s))))
}

// decide works out what a sync writes, and looks up before what only matters where
// something of that kind is to be written.
func (w *Worker) decide(ctx context.Context, in outcome.WritebackInput) (plan outcome.SyncPlan, err error) {
	if in.Actions.Creates() || in.Split.Create || slices.ContainsFunc(in.Tickets, outcome.Ticket.NamesIssues) {
		if err := w.Jira.Made(ctx, in.Session, in.Tickets); err != nil {
			return outcome.SyncPlan{}, err
		}
	}
	plan = outcome.Writeback(in)
	create, looks := plan.Wants()
	if len(create)+len(looks) == 0 {
		return plan, nil
	}
	if in.Creatable, err = w.Jira.Creatable(ctx, in.Actions, create); err != nil {
		return outcome.SyncPlan{}, err
	}
	if in.Screens, err = w.Jira.Screens(ctx, looks); err != nil {
		return outcome.SyncPlan{}, err // nobody is told what nobody has checked
	}
	return outcome.Writeback(in), nil
}

// hiddenNow are the items that a page tells of and that may not be shown any more, as
// the sync's own reading of the tickets says, with their titles as far as those are known.
func hiddenNow(state confluence.State, found []outcome.Ticket, missing []string) map[string]string {
	hidden := map[string]string{}
	note := func(key, title string) {
		if state.Tells(key) {
			hidden[key] = cmp.Or(title, state.Items[key].Summary)
		}
	}
	for _, t := range found {
		if t.Restricted {
			for _, key := range append(t.Aliases, t.Key) {
				note(key, t.Summary)
			}
		}
	}
	for _, key := range missing {
		note(key, "")
	}
	return hidden
}

// beside begins to read the comments on the page and returns what waits for them.
func (w *Worker) beside(ctx context.Context, pageID string) func() ([]outcome.Suggestion, error) {
	var (
		said []outcome.Suggestion
		err  error
		wg   sync.WaitGroup
	)
	wg.Go(func() { said, err = w.inComments(ctx, pageID) })
	return func() ([]outcome.Suggestion, error) {
		wg.Wait()
		return said, err
	}
}

// inComments lists what looks like an outcome in the comments on the page. An
// account that may not read them still syncs the page, which says so.
func (w *Worker) inComments(ctx context.Context, pageID string) ([]outcome.Suggestion, error) {
	comments, err := w.Pages.Comments(ctx, pageID)
	switch atlassian.StatusOf(err) {
	case http.StatusForbidden, http.StatusNotFound:
		w.Log.Warn("decisions in comments on the page are not listed", "error", err)
		return nil, nil
	}
	return confluence.InComments(comments, w.Jira.IssueAddresses()...), err
}

// seen is what the tickets held when the session was planned, as far as the page
// remembers it. A rank that an undo may have taken back has another text by now.
func seen(undoing *confluence.Undoing, items map[string]planner.Facts) map[string]outcome.Seen {
	out := map[string]outcome.Seen{}
	for key, f := range items {
		s := outcome.Seen{Status: f.Status, Rank: f.Rank}
		if undoing != nil && slices.Contains(undoing.Pieces[key], string(outcome.RankField)) {
			s.Rank = ""
		}
		switch f.Estimate {
		case "":
		case planner.Unestimated:
			s.Estimate = new(string)
		default:
			s.Estimate = &f.Estimate
		}
		out[key] = s
	}
	return out
}

// sizes are those that a team gives to items, the ones that its pages name.
func sizes(e talks.Estimation) (out []outcome.Size) {
	for _, s := range e.Sizing().Sizes {
		out = append(out, outcome.Size{Name: s.Name, Points: s.Points})
	}
	return out
}

// tellOmitted says where a comment cannot hold everything.
func (w *Worker) tellOmitted(changes []outcome.Change) {
	for i, c := range changes {
		if c.Note == nil || c.Status == outcome.Conflict {
			continue
		}
		if n := w.Jira.Omitted(*c.Note); n > 0 {
			cut := fmt.Sprintf("a comment has no room for %d of its %d lines; it refers to the page for them", n, len(c.Note.Entries))
			changes[i].Reason = strings.Trim(c.Reason+"; "+cut, "; ")
		}
	}
}

// name fills in what people are called. Names are a courtesy, ids are what
// counts, so a lookup that fails is only told: ids stand in for the names that it
// did not find, until a later sync does.
func (w *Worker) name(ctx context.Context, users map[string][]*outcome.User) {
	known, err := w.Pages.Users(ctx, slices.Sorted(maps.Keys(users)))
	if err != nil {
		w.Log.Warn("not all of people's names are available", "error", err)
	}
	for id, mentions := range users {
		for _, u := range mentions {
			u.Name = cmp.Or(known[id].Name, u.Name)
			u.Display = cmp.Or(known[id].Display, u.Display)
		}
	}
}
