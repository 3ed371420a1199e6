package jira

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"refine/internal/atlassian"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// ticketFields are what writing back needs, with what it may change; descriptions
// are long and not among them.
func (c *Client) ticketFields() []string {
	ids := []string{"summary", "issuetype", "status", "updated", "security", "comment", "project", "labels", "subtasks", "issuelinks", "parent"}
	for _, f := range slices.Concat(c.fields()[flagged], c.fields()[storyPoints], c.fields()[epicLink], c.fields()[rank]) {
		ids = append(ids, f.ID)
	}
	return ids
}

// bulk is how many issues one request may ask for.
const bulk = 100

// Tickets reads issues for writing back, in the order of the keys, each with
// the comment of the session, whose page this is, if it has one. Missing are the keys that do not exist,
// that this user may not see, or that are none. An issue that was moved keeps
// the key it was asked for by; asked for by several, it is one ticket under the
// first.
func (c *Client) Tickets(ctx context.Context, s ticket.Session, page outcome.PageRef, keys []string) (found []outcome.Ticket, missing []string, err error) {
	return c.TicketsSince(ctx, s, page, keys)(keys, outcome.Memory{})
}

// TicketsSince begins to read the issues that are likely to be asked for, and returns what
// waits for them: [Client.Tickets] for a page that remembers how syncs left their
// comments: the marks of those that stand as they were left, and say what the page
// says, are not read.
func (c *Client) TicketsSince(ctx context.Context, s ticket.Session, page outcome.PageRef, likely []string) func(keys []string, memory outcome.Memory) (found []outcome.Ticket, missing []string, err error) {
	begun := c.beginLookUp(ctx, likely)
	return func(keys []string, memory outcome.Memory) ([]outcome.Ticket, []string, error) {
		keys = unique(keys)
		byKey, err := begun(keys)
		if err != nil {
			return nil, nil, fmt.Errorf("reading issues: %w", err)
		}
		return c.tickets(ctx, session{s, page}, keys, byKey, memory)
	}
}

// beginLookUp begins to read issues and returns what waits for those of the keys, of
// which only the others are asked for then.
func (c *Client) beginLookUp(ctx context.Context, likely []string) func(keys []string) (map[string]issue, error) {
	var (
		begun map[string]issue
		err   error
		wg    sync.WaitGroup
	)
	likely = unique(likely)
	wg.Go(func() { begun, err = c.lookUp(ctx, likely) })
	return func(keys []string) (map[string]issue, error) {
		byKey, failed := c.lookUp(ctx, slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return slices.Contains(likely, k) }))
		wg.Wait()
		if err := cmp.Or(failed, err); err != nil {
			return nil, err
		}
		for _, key := range keys {
			if i, ok := begun[key]; ok {
				byKey[key] = i
			}
		}
		return byKey, nil
	}
}

// tickets makes tickets of issues that were read by the keys.
func (c *Client) tickets(ctx context.Context, s session, keys []string, byKey map[string]issue, memory outcome.Memory) (found []outcome.Ticket, missing []string, err error) {
	missing = slices.DeleteFunc(slices.Clone(keys), func(k string) bool { _, ok := byKey[k]; return ok })
	aliases := mergeMoved(keys, byKey)
	service, err := c.serviceProjects(ctx, byKey)
	if err != nil {
		return nil, nil, err
	}
	comments, err := c.comments(ctx, byKey)
	if err != nil {
		return nil, nil, err
	}
	stood, err := c.stood(ctx, s, comments, memory.Comments)
	if err != nil {
		return nil, nil, err
	}
	for _, key := range keys {
		if raw, ok := byKey[key]; ok {
			t := outcome.Ticket{Issue: c.issue(raw), Estimate: c.estimate(raw), Aliases: aliases[key], Comment: stood[key]}
			t.Key, t.URL, t.Service = key, c.Browse(key), service[projectOf(raw).Key]
			found = append(found, t)
		}
	}
	if len(stood) > 0 {
		for _, key := range memory.Settle(found, missing) {
			delete(stood, key)
		}
	}
	maps.DeleteFunc(comments, func(key string, _ []comment) bool { return stood[key] != nil })
	ours, err := c.sessionComments(ctx, s, comments)
	if err != nil {
		return nil, nil, err
	}
	for i, t := range found {
		found[i].Comment = cmp.Or(stood[t.Key], ours[t.Key])
	}
	return found, missing, nil
}

// Hidden lists those of the keys whose issues may not be shown: they have a
// security level, or this user cannot see them (P7).
func (c *Client) Hidden(ctx context.Context, keys []string) (hidden []string, err error) {
	byKey, err := c.lookUp(ctx, keys)
	if err != nil {
		return nil, fmt.Errorf("asking what may still be shown: %w", err)
	}
	for _, key := range keys {
		if i, seen := byKey[key]; !seen || get[any](i.Fields, "security") != nil {
			hidden = append(hidden, key)
		}
	}
	return hidden, nil
}

// mergeMoved leaves each issue under the first of the keys it was asked for by
// and returns the others by that one, so that no issue is written to twice.
func mergeMoved(keys []string, byKey map[string]issue) map[string][]string {
	first, others := map[string]string{}, map[string][]string{}
	for _, key := range keys {
		i, ok := byKey[key]
		if !ok {
			continue
		}
		id := cmp.Or(i.ID, i.Key)
		if _, again := first[id]; !again {
			first[id] = key
			continue
		}
		others[first[id]] = append(others[first[id]], key)
		delete(byKey, key)
	}
	return others
}

func unique(keys []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(keys), func(k string) bool {
		again := seen[k]
		seen[k] = true
		return again
	})
}

// lookUp reads the issues by the keys they were asked for, as far as those are any.
func (c *Client) lookUp(ctx context.Context, keys []string) (map[string]issue, error) {
	out := map[string]issue{}
	keys = slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return checkKey(k) != nil })
	for chunk := range slices.Chunk(keys, bulk) {
		list, err := c.site.issues(ctx, chunk)
		if err != nil {
			return nil, err
		}
		if err := c.assign(ctx, chunk, list, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// assign matches answers to keys. An issue that moved to another project is
// answered under its new key, and once even if it was asked for by both; so the
// keys without an answer are read one by one, since only the service knows what
// they mean.
func (c *Client) assign(ctx context.Context, keys []string, list []issue, out map[string]issue) error {
	byKey := map[string]issue{}
	for _, i := range list {
		byKey[strings.ToUpper(i.Key)] = i
	}
	var without []string
	for _, key := range keys {
		if i, ok := byKey[strings.ToUpper(key)]; ok {
			out[key] = i
			continue
		}
		without = append(without, key)
	}
	return c.eachIssue(ctx, without, c.ticketFields(), func(key string, i issue) { out[key] = i })
}

// oneByOne reads each issue by itself.
func (c *Client) oneByOne(ctx context.Context, keys, wanted []string) ([]issue, error) {
	var out []issue
	err := c.eachIssue(ctx, keys, wanted, func(_ string, i issue) { out = append(out, i) })
	return out, err
}

// eachIssue reads issues side by side and hands on those that can be seen, one at
// a time.
func (c *Client) eachIssue(ctx context.Context, keys, wanted []string, each func(string, issue)) error {
	var mu sync.Mutex
	return c.parallel(ctx, len(keys), func(ctx context.Context, n int) error {
		i, err := c.get(ctx, keys[n], wanted)
		if c.unseen(err) {
			return nil
		}
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		each(keys[n], i)
		return nil
	})
}

// unseen reports whether a read failed because there is no such issue for this
// user. Data Center tells what is hidden from what does not exist.
func (c *Client) unseen(err error) bool {
	status := atlassian.StatusOf(err)
	return status == http.StatusNotFound || status == http.StatusForbidden && !c.cloud
}

// parallel runs do for 0 to n-1, a few at a time, until the first error.
func (c *Client) parallel(ctx context.Context, n int, do func(context.Context, int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(c.concurrency)
	for i := range n {
		group.Go(func() error { return do(ctx, i) })
	}
	return group.Wait()
}

// comments are all comments of each issue, oldest first. Where an answer holds
// some back or has none, they are read by themselves.
func (c *Client) comments(ctx context.Context, issues map[string]issue) (map[string][]comment, error) {
	out := map[string][]comment{}
	var cut []string
	for key, i := range issues {
		p := get[*commentPage](i.Fields, "comment")
		if p == nil || p.Total > len(p.Comments) {
			cut = append(cut, key)
			continue
		}
		out[key] = oldestFirst(p.Comments)
	}
	slices.Sort(cut)
	lists := make([][]comment, len(cut))
	err := c.parallel(ctx, len(cut), func(ctx context.Context, n int) (err error) {
		lists[n], err = c.allComments(ctx, cut[n])
		return err
	})
	for n, key := range cut {
		out[key] = lists[n]
	}
	return out, err
}

// allComments pages through an issue's comments.
func (c *Client) allComments(ctx context.Context, key string) ([]comment, error) {
	id := func(c comment) string { return c.ID }
	all, _, _, err := collect(atlassian.Pages(ctx, id, func(ctx context.Context, cursor string) (atlassian.Page[comment], error) {
		var p commentPage
		start := offset(cursor)
		path := fmt.Sprintf("%s?startAt=%d&maxResults=%d", commentPath(key), start, pageSize)
		err := c.call(ctx, http.MethodGet, path, nil, &p)
		return pageAt(p.Comments, start, p.Total), err
	}), 0)
	if err != nil {
		return nil, fmt.Errorf("reading the comments of %s: %w", key, err)
	}
	return oldestFirst(all), nil
}

func oldestFirst(list []comment) []comment {
	return slices.SortedStableFunc(slices.Values(list), func(a, b comment) int {
		return cmp.Or(parseTime(a.Created).Compare(parseTime(b.Created)), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
}
