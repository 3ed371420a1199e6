package worker_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"refine/confluence"
	"refine/internal/people"
	"refine/internal/worker"
	"refine/jira/jiratest"
	"refine/planner"
	"refine/planner/outcome"
)

// regions are a plan's, as a reader of that page would see them.
func (w *weave) regions(s save, plan planner.Plan) (out []people.Region, err error) {
	regions, err := confluence.RenderFor(s.before, plan, w.style, nil, s.headless(plan)...)
	if err != nil {
		return nil, err
	}
	for _, r := range regions {
		sheet, err := people.Look(r.Body)
		if err != nil {
			return nil, err
		}
		out = append(out, people.Region{ID: r.ID, Texts: sheet.Texts(), Generated: r.Generated})
	}
	return out, nil
}

// headless are the items whose heading people took off the page: nothing on it can
// lead to them.
func (s save) headless(plan planner.Plan) (keys []string) {
	for _, i := range plan.Items {
		if !strings.Contains(s.after, `<ac:parameter ac:name="">`+i.Issue.Key+`</ac:parameter>`) {
			keys = append(keys, i.Issue.Key)
		}
	}
	return keys
}

// looks reads a page before and after a save.
func (s save) looks() (before, after people.Sheet, err error) {
	before, err = people.Look(s.before)
	if err == nil {
		after, err = people.Look(s.after)
	}
	return before, after, err
}

func (w *weave) checkPublished(s save, plan planner.Plan) error { // C3 C4
	before, after, err := s.looks()
	if err != nil {
		return err
	}
	now, err := w.regions(s, plan)
	if err != nil {
		return err
	}
	return w.ledger.Published(before, after, now, !w.now.Before(plan.Session.Start))
}

func (w *weave) checkAccount(s save) error { // C3 C5
	before, after, err := s.looks()
	if err != nil {
		return err
	}
	return w.ledger.Accounted(before, after, "h2 Written back to Jira")
}

// onlyTheirs reports whether a sync failed for nothing but comments that people
// had rewritten.
func (w *weave) onlyTheirs(failed []outcome.Change) bool {
	return !slices.ContainsFunc(failed, func(c outcome.Change) bool {
		return c.Status != outcome.Conflict || !slices.ContainsFunc(ours(w.jira.Comments(c.Issue)), w.isTheirs)
	})
}

func (w *weave) isTheirs(c jiratest.Comment) bool { return w.theirs[c.ID] != "" }

// checkSite holds the sites to what is true at any moment: one page, one comment
// and one link per ticket, and what people wrote into a comment.
func (w *weave) checkSite() error { // S4 S5
	if n := len(w.wiki.Pages()); n != 1 {
		return fmt.Errorf("there are %d pages", n)
	}
	for _, key := range w.jira.Keys() {
		comments := ours(w.jira.Comments(key))
		if len(comments) > 1 || len(w.jira.RemoteLinks(key)) > 1 {
			return fmt.Errorf("%s has %d comments and %d links of ours", key, len(comments), len(w.jira.RemoteLinks(key)))
		}
		for _, c := range comments {
			if body, is := w.theirs[c.ID]; is && body != c.Body {
				return fmt.Errorf("a person rewrote the comment of %s, and it now says:\n%s", key, c.Body)
			}
		}
	}
	return nil
}

// checkWritten holds an undisturbed sync to what a reader of the page expects on
// each ticket: its decisions and tasks, and those of before that left the page.
func (w *weave) checkWritten(synced worker.Synced) error { // S1 S7 S8
	page, _ := w.wiki.Page(w.page)
	sheet, err := people.Look(page.Body)
	if err != nil {
		return err
	}
	var told []string
	for _, u := range synced.Unattributed {
		told = append(told, people.Typed(u.Text)...)
	}
	expected, homeless, vague := w.expected(sheet)
	for _, word := range homeless {
		if !slices.Contains(told, word) {
			return fmt.Errorf("%s has no ticket and was not told", word)
		}
	}
	removed := map[string][]string{}
	for _, c := range synced.Changes {
		if c.Kind == outcome.RemovedLine {
			removed[c.Issue] = append(removed[c.Issue], people.Typed(c.Detail)...)
		}
	}
	for _, key := range w.jira.Keys() {
		if err := w.checkComment(key, expected[key], removed[key], vague); err != nil {
			return err
		}
	}
	return nil
}

// expected are the words of the outcomes on the page by the ticket that they
// belong to; of those that have none; and of those of which it is a matter of
// opinion.
func (w *weave) expected(sheet people.Sheet) (byTicket map[string][]string, homeless, vague []string) {
	byTicket = map[string][]string{}
	outcomes := slices.Concat(w.hands.Decisions, w.hands.Tasks)
	for _, o := range sheet.Outcomes() {
		words := slices.DeleteFunc(slices.Clone(o.Words), func(word string) bool { return !slices.Contains(outcomes, word) })
		ticket := o.Section
		if len(o.Keys) > 0 && !slices.Contains(o.Keys, ticket) {
			ticket = o.Keys[0]
		}
		switch _, exists := w.jira.Issue(ticket); {
		case o.Vague:
			vague = append(vague, words...)
		case exists:
			byTicket[ticket] = append(byTicket[ticket], words...)
		default:
			homeless = append(homeless, words...)
		}
	}
	return byTicket, homeless, vague
}

// checkComment holds a ticket's comment to saying those words, and those that it
// said before: of each that left the page the sync has to tell.
func (w *weave) checkComment(key string, expected, removed, vague []string) error {
	comments := ours(w.jira.Comments(key))
	if len(comments) == 0 {
		if len(expected) > 0 {
			return fmt.Errorf("%s has no comment and should say %q", key, expected)
		}
		return nil
	}
	c := comments[0]
	if w.isTheirs(c) {
		return nil // it stays as people left it
	}
	var mark outcome.Mark
	if err := json.Unmarshal(c.Properties["refine"], &mark); err != nil {
		return err
	}
	if len(w.jira.RemoteLinks(key)) != 1 { // S4
		return fmt.Errorf("%s has a comment and no link", key)
	}
	w.count["comment checked"]++
	said := wordsOf(mark)
	for _, e := range mark.Entries { // what an earlier sync told is told no more
		if e.Gone {
			removed = append(removed, people.Typed(e.Text.String())...)
		}
	}
	for _, word := range slices.Concat(w.hands.Decisions, w.hands.Tasks) {
		onPage, onTicket := slices.Contains(expected, word), slices.Contains(said, word)
		switch {
		case slices.Contains(vague, word):
		case onPage && !onTicket:
			return fmt.Errorf("the comment of %s says %q, and the page %q", key, said, expected)
		case onTicket && onPage && slices.Contains(removed, word):
			return fmt.Errorf("%s is on the page and on %s, and told as removed", word, key)
		case onTicket && !onPage && !slices.Contains(removed, word):
			return fmt.Errorf("%s is on %s and no longer on the page, and nobody is told", word, key)
		}
	}
	for _, word := range said {
		if !strings.Contains(c.Body, word) {
			return fmt.Errorf("the comment of %s does not show %s:\n%s", key, word, c.Body)
		}
	}
	err := w.onlyReworded(key, w.was[c.ID], mark)
	w.was[c.ID] = mark
	return err
}

// onlyReworded holds a comment to losing a line only to one that replaces it.
func (w *weave) onlyReworded(key string, was, is outcome.Mark) error { // S8
	before, now := wordsOf(was), wordsOf(is)
	lost := slices.DeleteFunc(slices.Clone(before), func(word string) bool { return slices.Contains(now, word) })
	fresh := slices.DeleteFunc(slices.Clone(now), func(word string) bool { return slices.Contains(before, word) })
	if len(is.Entries) < len(was.Entries) || len(lost) > len(fresh) {
		return fmt.Errorf("the comment of %s said %q and now says %q", key, before, now)
	}
	return nil
}

// wordsOf are the words that people typed in the lines of a comment.
func wordsOf(m outcome.Mark) (words []string) {
	for _, e := range m.Entries {
		words = append(words, people.Typed(e.Text.String())...)
	}
	return words
}
