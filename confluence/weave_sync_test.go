package confluence_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"refine/internal/people"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// comments are what our comment on each ticket says.
type comments map[string]*outcome.Marked

var weaveSession = ticket.Session{
	ID: "refine-weave", Owner: "acme", Team: "payments", Selection: ticket.Selection{Kind: ticket.Backlog}, Topic: "Flagged items",
}

// sync writes back what the page says, twice.
func (w *weave) sync() error {
	w.did("sync", "")
	out, err := w.state.Outcomes(w.body, "")
	if err != nil {
		return err
	}
	if err := w.checkRead(out); err != nil {
		return err
	}
	plan := w.comments.writeback(out)
	if err := w.comments.check(plan, out); err != nil {
		return err
	}
	for _, c := range plan.Changes {
		if c.Note != nil && c.Writes() {
			w.comments[c.Issue] = &outcome.Marked{ID: cmp.Or(c.CommentID, "1"), Mark: c.Note.Mark()}
			w.count["comment written"]++
		}
	}
	for _, c := range w.comments.writeback(out).Changes {
		switch {
		case c.Note == nil:
		case c.Writes(): // S5
			return fmt.Errorf("a second sync writes %s again: %s", c.Issue, c.Detail)
		case !slices.Equal(entryWords(c.Note.Entries, whatever), entryWords(w.comments[c.Issue].Mark.Entries, whatever)): // S8
			return fmt.Errorf("the comment of %s is taken for up to date and is not", c.Issue)
		}
	}
	return nil
}

func (c comments) writeback(o outcome.Outcomes) outcome.SyncPlan {
	in := outcome.WritebackInput{Session: weaveSession, Page: outcome.PageRef{ID: "1", URL: "https://wiki.example/1", Title: "Session"}, Outcomes: o}
	for _, id := range weaveRegions {
		if key, isItem := strings.CutPrefix(id, "item/"); isItem {
			in.Tickets = append(in.Tickets, outcome.Ticket{Issue: ticket.Issue{Key: key}, Comment: c[key]})
		}
	}
	return outcome.Writeback(in)
}

// checkRead holds the reading of the page to reading each decision and task that
// was typed once for each place where a reader sees it.
func (w *weave) checkRead(out outcome.Outcomes) error { // S1 S2
	sheet, err := w.look()
	if err != nil {
		return err
	}
	stands := map[outcome.EntryKind][]string{}
	for _, o := range sheet.Outcomes() {
		kind := outcome.Decision
		if o.Task {
			kind = outcome.Action
		}
		stands[kind] = append(stands[kind], o.Words...)
	}
	for kind, typed := range map[outcome.EntryKind][]string{outcome.Decision: w.hands.Decisions, outcome.Action: w.hands.Tasks} {
		read := entryWords(out.Entries, func(e outcome.Entry) bool { return e.Kind == kind })
		for _, word := range typed {
			if n := count(stands[kind], word); count(read, word) != n {
				return fmt.Errorf("the %s %s stands in %d places and was read %d times", kind, word, n, count(read, word))
			}
			w.count["outcome read"] += count(read, word)
		}
	}
	return nil
}

func count(words []string, word string) (n int) {
	for _, w := range words {
		if w == word {
			n++
		}
	}
	return n
}

// entryWords are the words that people typed in those entries.
func entryWords(entries []outcome.Entry, which func(outcome.Entry) bool) (words []string) {
	for _, e := range entries {
		if which(e) {
			words = append(words, people.Typed(e.Text.String())...)
		}
	}
	return words
}

func whatever(outcome.Entry) bool { return true }

// check holds a sync to writing every outcome to a ticket or telling why not,
// and to taking nothing off a ticket: a line is only ever replaced by what it
// was reworded to.
func (c comments) check(plan outcome.SyncPlan, out outcome.Outcomes) error { // S1 S7 S8
	var placed []string
	said := map[string][]outcome.Entry{}
	for _, change := range plan.Changes {
		if change.Note == nil {
			continue
		}
		if said[change.Issue] != nil {
			return fmt.Errorf("%s gets two comments", change.Issue)
		}
		said[change.Issue] = change.Note.Entries
		placed = append(placed, entryWords(change.Note.Entries, func(e outcome.Entry) bool { return !e.Gone })...)
	}
	for _, u := range plan.Unattributed {
		placed = append(placed, people.Typed(u.Text)...)
	}
	for _, word := range entryWords(out.Entries, whatever) {
		if !slices.Contains(placed, word) {
			return fmt.Errorf("the outcome %s is neither written nor told", word)
		}
	}
	for key, comment := range c {
		if err := onlyReworded(key, comment.Mark.Entries, said[key]); err != nil {
			return err
		}
	}
	return nil
}

func onlyReworded(key string, was, is []outcome.Entry) error {
	before, now := entryWords(was, whatever), entryWords(is, whatever)
	lost := slices.DeleteFunc(slices.Clone(before), func(w string) bool { return slices.Contains(now, w) })
	fresh := slices.DeleteFunc(slices.Clone(now), func(w string) bool { return slices.Contains(before, w) })
	if len(is) < len(was) || len(lost) > len(fresh) {
		return fmt.Errorf("the comment of %s said %q and now says %q", key, before, now)
	}
	return nil
}
