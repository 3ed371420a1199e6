package worker

import (
	"context"
	"maps"
	"slices"
	"time"

	"refine/confluence"
	"refine/planner/ticket"
)

// teamsAtOnce is how many teams' pages one search asks for. Each has room for ten
// pages in the answer, which comes with the newest first.
const teamsAtOnce = 20

// finished are a team's pages whose session is over, by their ids, and what kept
// others from being told.
type finished struct {
	ids []string
	err error
}

// finishedOf finds what a run has to sync (O1, O3): the pages whose session
// has ended, or whose last box says that it was held, wherever its end is. A search
// names the pages of twenty teams, a second request reads those of them that may
// still be open, 25 at a time; the days of the others tell enough. Where a session
// has no page, one more request looks for one that was begun, see [Worker.unfinishedPages].
func (w *Worker) finishedOf(ctx context.Context, teams []Team) map[string]finished {
	labels := make([]string, len(teams))
	for i, t := range teams {
		labels[i] = ticket.TeamLabel(w.Owner, t.Name)
	}
	found, err := w.Pages.PagesByLabel(ctx, "", labels, "")
	unlabelled := func(f confluence.Found) bool { return f.Labels == nil }
	if len(teams) > 1 && (len(found) == confluence.MostFound || slices.ContainsFunc(found, unlabelled)) {
		half := len(teams) / 2 // there may be more, or it is not told whose they are: ask for fewer
		all := w.finishedOf(ctx, teams[:half])
		maps.Copy(all, w.finishedOf(ctx, teams[half:]))
		return all
	}
	var unmarked map[string][]confluence.Found
	if err == nil {
		unmarked, err = w.unfinishedPages(ctx, teams, found)
	}
	all := map[string]finished{}
	var open []string
	for i, t := range teams {
		f := finished{err: err}
		own := slices.DeleteFunc(slices.Clone(found), func(page confluence.Found) bool {
			return len(teams) > 1 && !slices.Contains(page.Labels, labels[i])
		})
		for _, page := range append(own, unmarked[t.Name]...) {
			a := w.age(page)
			if a != long {
				f.ids = append(f.ids, page.ID)
			}
			if a == mayBeOpen {
				open = append(open, page.ID)
			}
		}
		all[t.Name] = f
	}
	return w.withoutOpen(ctx, all, open)
}

// withoutOpen drops the pages whose session goes on, of those that may. Where they
// cannot be read, the others are synced all the same.
func (w *Worker) withoutOpen(ctx context.Context, all map[string]finished, open []string) map[string]finished {
	seen, err := w.Pages.Together(ctx, open)
	for team, f := range all {
		f.ids = slices.DeleteFunc(f.ids, func(id string) bool {
			if !slices.Contains(open, id) {
				return false
			}
			if err != nil {
				f.err = err
			}
			return err != nil || w.goesOn(seen, id)
		})
		all[team] = f
	}
	return all
}

// goesOn reports whether a page that was read together with others shows that its
// session is not over. One that does not show it is read by itself.
func (w *Worker) goesOn(seen map[string]confluence.Seen, id string) bool {
	s, ok := seen[id]
	return ok && s.Err == nil && s.Page.Property != nil && !w.over(*s.Page)
}

// age is what the day of a session tells.
type age int

const (
	long      age = iota // ago, or out of people's way
	overByDay            // within the time in which later edits are written
	mayBeOpen            // only the page can tell
)

// longest is how long after the beginning of its day, in UTC, a session of any
// length ends in any zone.
const longest = 48 * time.Hour

func (w *Worker) age(f confluence.Found) age {
	day, err := ticket.ParseDate(dayOf(f))
	start := day.At(0, 0, time.UTC)
	switch {
	case f.Archived():
		return long
	case err != nil:
		return mayBeOpen
	case !start.After(w.Now().Add(-LookBack)):
		return long
	case !start.After(w.Now().Add(-longest)):
		return overByDay
	}
	return mayBeOpen
}

// over reports whether the page's session has ended, by the clock or because people
// say that it was held (O3).
func (w *Worker) over(p confluence.Page) bool {
	if p.Property == nil || p.Property.State.Page != p.ID {
		return false
	}
	s := p.Property.State
	return !w.Now().Before(s.Start.Add(time.Duration(s.Minutes)*time.Minute)) || confluence.Held(p.Body)
}
