// Package sandboxtest tells tests what a run has left in a sandbox, and what it
// asked for on the way: all that refine has written as text to compare, and the
// journal's lines sorted into reads and writes.
package sandboxtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"refine/confluence"
	"refine/confluence/confluencetest"
	"refine/confluence/storage"
	"refine/internal/lazyregexp"
	"refine/internal/sandbox"
)

// Snapshot is all that refine has written, ids aside: pages with their labels
// and properties, comments with their marks, links, issues with what a sync may set.
// Of the property only what says who wrote when is left out.
func Snapshot(s *sandbox.Sandbox) (string, error) {
	var b strings.Builder
	pages := s.Confluence.Pages()
	for _, p := range pages {
		if err := showPage(&b, p); err != nil {
			return "", fmt.Errorf("page %s: %w", p.ID, err)
		}
	}
	issues := made(s)
	others := slices.DeleteFunc(s.Jira.Keys(), func(key string) bool { return slices.Contains(issues, key) })
	for _, key := range append(others, issues...) {
		if err := showTicket(&b, s, key); err != nil {
			return "", fmt.Errorf("ticket %s: %w", key, err)
		}
	}
	if n := len(pages); n > 0 && pages[n-1].Version > 1 && !pages[n-1].Minor {
		fmt.Fprintln(&b, "people were notified of an update") // C7
	}
	fmt.Fprintln(&b, "by rank", slices.DeleteFunc(s.Jira.Ranked(), func(key string) bool { return slices.Contains(issues, key) }))
	names := []string{s.Site.Jira, "JIRA", s.Site.Confluence, "CONFLUENCE"}
	for n, key := range issues { // keys are given once, so that one made again has another
		names = append(names, key, fmt.Sprintf("MADE-%d", n+1))
	}
	return ranks.ReplaceAllString(strings.NewReplacer(names...).Replace(b.String()), "RANK"), nil
}

// ranks are texts of ranks, which depend on the way that led to an order.
var ranks = lazyregexp.New(`[0-2]\|[0-9a-z]{6}:[0-9a-z]*`)

// made are the issues that refine has made, in the order of what they were made
// of: they were made side by side.
func made(s *sandbox.Sandbox) (keys []string) {
	marks := map[string]string{}
	for _, key := range s.Jira.Keys() {
		if i, _ := s.Jira.Issue(key); i.Properties["refine"] != nil {
			keys, marks[key] = append(keys, key), string(i.Properties["refine"])
		}
	}
	slices.SortStableFunc(keys, func(a, b string) int { return strings.Compare(marks[a], marks[b]) })
	return keys
}

func showPage(b *strings.Builder, p confluencetest.Page) error {
	doc, err := storage.Parse(p.Body)
	if err != nil {
		return err
	}
	fmt.Fprintf(b, "page %s [%s] %v\n%s\n", p.Title, p.Status, slices.Sorted(slices.Values(p.Labels)),
		storage.Canonical(doc.Root.Children...))
	var state confluence.State
	if raw, ok := p.Properties[confluence.PropertyKey]; ok {
		if err := json.Unmarshal(raw, &state); err != nil {
			return err
		}
	}
	for _, pieces := range state.Before {
		for piece, was := range pieces {
			if was.Between != "" { // the two around a rank depend on the way, as its text does
				was.Between = "RANK"
				pieces[piece] = was
			}
		}
	}
	recognised, err := recognised(p.Body, doc, state)
	if err != nil {
		return err
	}
	fmt.Fprintf(b, "properties %v, state %s %s locked=%v pending=%v announced=%v receipt=%s %v %v told=%v done=%v before=%v undone=%v undoing=%v recognised=%d\n",
		slices.Sorted(maps.Keys(p.Properties)), state.Session, state.Start, state.Lock != nil, state.Pending != nil,
		state.ReceiptAnnounced(), state.ReceiptDay,
		slices.Sorted(maps.Keys(state.Regions)), slices.Sorted(maps.Keys(state.Links)), state.Told, state.Done, state.Before, !state.Undone.IsZero(), state.Undoing != nil, recognised)
	return nil
}

// recognised is how much of the page the state knows as its own: what an empty
// plan would take off it.
func recognised(body string, doc *storage.Document, state confluence.State) (int, error) {
	current, err := confluence.Merge(body, state.Known(), nil)
	if err != nil {
		return 0, err
	}
	left, err := storage.Parse(current.Body)
	if err != nil {
		return 0, err
	}
	return len(storage.Canonical(doc.Root.Children...)) - len(storage.Canonical(left.Root.Children...)), nil
}

func showTicket(b *strings.Builder, s *sandbox.Sandbox, key string) error {
	i, _ := s.Jira.Issue(key)
	points := "none"
	if i.StoryPoints != nil {
		points = fmt.Sprint(*i.StoryPoints)
	}
	fmt.Fprintf(b, "issue %s: %s, flagged %t, labels %v, points %s, links %v\n%s\n%s\n",
		key, i.Status.Name, i.Flagged, i.Labels, points, s.Jira.Links(key), i.Description, i.AcceptanceCriteria)
	if mark, ours := i.Properties["refine"]; ours {
		fmt.Fprintf(b, "made %s %s in %s, parent %s, assignee %s, due %s\n%s\n", i.Type.Name, i.Summary, i.Project.Key, i.Parent, i.Assignee.DisplayName, i.Due, mark)
	}
	for _, c := range s.Jira.Comments(key) {
		if mark, ours := c.Properties["refine"]; ours {
			var compact bytes.Buffer // it is kept as it was sent, spaces and all
			if err := json.Compact(&compact, mark); err != nil {
				return err
			}
			_, text, _ := strings.Cut(c.Body, "\n") // the heading holds the sandbox's address
			fmt.Fprintf(b, "comment %s %s\nmarks %v %s\n", key, text, slices.Sorted(maps.Keys(c.Properties)), &compact)
		}
	}
	for _, l := range s.Jira.RemoteLinks(key) {
		fmt.Fprintf(b, "link %s %s %s %s %s\n", key, l.GlobalID, l.URL, l.Title, l.Summary)
	}
	return nil
}
