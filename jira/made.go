package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"refine/internal/atlassian"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// madeFields are what bringing an issue and the line that it was made of together
// needs, and what tells whether people touched it.
var madeFields = []string{"summary", "status", "duedate", "assignee", "creator", "comment", "subtasks"}

// Made finds for each ticket the issues that were made of its lines. They are its
// sub-tasks, what it is linked to, or what its comment names, and carry the session's
// mark: none of these goes by the search index, which may not know yet what was just
// made.
func (c *Client) Made(ctx context.Context, s ticket.Session, found []outcome.Ticket) error {
	by := map[string]int{} // the ticket of each candidate
	for n, t := range found {
		for _, key := range candidates(t) {
			if _, known := by[key]; !known {
				by[key] = n
			}
		}
	}
	if len(by) == 0 {
		return nil
	}
	keys := make([]string, 0, len(by))
	for key := range by {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	list, err := c.site.marked(ctx, keys, func(key string) bool { return inComment(found[by[key]], key) })
	if err != nil {
		return fmt.Errorf("looking for the issues of action items: %w", err)
	}
	for _, i := range list {
		m, ours, err := c.made(ctx, session{Session: s}, i)
		if err != nil {
			return err
		}
		if ours {
			n := by[i.Key]
			if home := slices.IndexFunc(found, func(t outcome.Ticket) bool { return t.Key == m.Mark.Ticket }); home >= 0 {
				n = home
			}
			found[n].Made = append(found[n].Made, m)
		}
	}
	return nil
}

// candidates are the issues that may have been made of a ticket's lines.
func candidates(t outcome.Ticket) (keys []string) {
	for _, sub := range t.Subtasks {
		keys = append(keys, sub.Key)
	}
	for _, l := range t.Links {
		keys = append(keys, l.Key)
	}
	if t.Comment != nil {
		for _, e := range t.Comment.Mark.Entries {
			if checkKey(e.Issue) == nil {
				keys = append(keys, e.Issue)
			}
		}
	}
	return keys
}

// inComment reports whether a ticket's comment names an issue.
func inComment(t outcome.Ticket, key string) bool {
	return t.Comment != nil && slices.ContainsFunc(t.Comment.Mark.Entries, func(e outcome.Entry) bool { return e.Issue == key })
}

// made reads an issue that may have been made of a line; ours is false where it
// was not, by this session.
func (c *Client) made(ctx context.Context, s session, i issue) (m outcome.Made, ours bool, err error) {
	var mark outcome.ActionMark
	if json.Unmarshal(i.Properties[propertyKey], &mark) != nil || mark.Version != 1 || !mark.Of() ||
		mark.Owner != s.Owner || !slices.Contains(s.IDs(), mark.Session) {
		return m, false, nil
	}
	me, err := c.me(ctx)
	if err != nil {
		return m, false, err
	}
	state := get[status](i.Fields, "status")
	m = outcome.Made{
		Key: i.Key, Summary: get[string](i.Fields, "summary"), Status: state.Name, Done: state.category() == done,
		Due: parseDate(get[string](i.Fields, "duedate")), Assignee: get[user](i.Fields, "assignee").assignee(), By: touchedBy(i, me), Mark: mark,
	}
	for _, entry := range i.Changelog.entries() {
		if slices.ContainsFunc(entry.Items, func(item changeItem) bool { return strings.EqualFold(item.Field, "status") }) && entry.Created.After(m.Moved) {
			m.Moved = entry.Created.Time
		}
	}
	return m, true, nil
}

// touchedBy says what somebody else than us did to an issue, empty if nobody did
// anything.
func touchedBy(i issue, me user) string {
	if creator := get[user](i.Fields, "creator"); !creator.is(me) {
		return "it was made by " + creator.person().Name
	}
	for _, entry := range i.Changelog.entries() {
		if len(entry.Items) > 0 && !entry.Author.is(me) {
			return fmt.Sprintf("%s changed its %s", somebody(entry.Author), strings.ToLower(entry.Items[0].Field))
		}
	}
	for _, cm := range get[commentPage](i.Fields, "comment").Comments {
		if !cm.Author.is(me) {
			return somebody(cm.Author) + " commented on it"
		}
	}
	if subs := get[[]neighbour](i.Fields, "subtasks"); len(subs) > 0 {
		return "it has sub-tasks"
	}
	return ""
}

func somebody(u user) string {
	if name := u.person().Name; name != "" {
		return name
	}
	return "somebody"
}

// entries are an issue's changes, none where the service told none.
func (l *changelog) entries() []historyEntry {
	if l == nil {
		return nil
	}
	return l.Histories
}

// marked reads issues with their marks in bulk.
func (c cloud) marked(ctx context.Context, keys []string, _ func(string) bool) (found []issue, err error) {
	for chunk := range slices.Chunk(keys, bulk) {
		in := struct {
			Keys       []string `json:"issueIdsOrKeys"`
			Fields     []string `json:"fields"`
			Properties []string `json:"properties"`
			Expand     []string `json:"expand"`
		}{chunk, madeFields, []string{propertyKey}, []string{changelogExpand}}
		var out struct {
			Issues []issue `json:"issues"`
		}
		err := c.read(ctx, "rest/api/2/issue/bulkfetch", in, &out)
		if notOffered(err) {
			out.Issues, err = c.markedOneByOne(ctx, chunk)
		}
		if err != nil {
			return nil, err
		}
		found = append(found, out.Issues...)
	}
	return found, nil
}

// marked reads the marks one by one, since no search tells them: of what we made,
// and of what a comment of ours names, should the account have changed since.
func (d dataCenter) marked(ctx context.Context, keys []string, known func(string) bool) ([]issue, error) {
	me, err := d.me(ctx)
	if err != nil {
		return nil, err
	}
	list, err := d.byKeys(ctx, keys, []string{"creator"})
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(i issue) bool { return !get[user](i.Fields, "creator").is(me) && !known(i.Key) })
	mine := make([]string, len(list))
	for n, i := range list {
		mine[n] = i.Key
	}
	return d.markedOneByOne(ctx, mine)
}

func (c *Client) markedOneByOne(ctx context.Context, keys []string) ([]issue, error) {
	list := make([]issue, len(keys))
	err := c.parallel(ctx, len(keys), func(ctx context.Context, n int) (err error) {
		list[n], err = c.markedIssue(ctx, keys[n])
		if c.unseen(err) {
			return nil
		}
		return err
	})
	return slices.DeleteFunc(list, func(i issue) bool { return i.Key == "" }), err
}

// markedIssue reads one issue with its mark and its changes.
func (c *Client) markedIssue(ctx context.Context, key string) (i issue, err error) {
	q := url.Values{"fields": {strings.Join(madeFields, ",")}, "properties": {propertyKey}, "expand": {changelogExpand}}
	err = c.call(ctx, http.MethodGet, issuePath(key)+"?"+q.Encode(), nil, &i)
	return i, err
}

// mayDelete notes on the issues that were made why this account may not delete
// them, which is asked once for each project.
func (c *Client) mayDelete(ctx context.Context, tickets []outcome.Ticket) error {
	why := map[string]string{}
	for n := range tickets {
		for m := range tickets[n].Made {
			made := &tickets[n].Made[m]
			project := ticket.Project(made.Key)
			if _, asked := why[project]; !asked {
				missing, err := c.Lacks(ctx, project, DeleteIssues)
				gone := atlassian.StatusOf(err) == http.StatusNotFound
				if err != nil && !gone {
					return err
				}
				if why[project] = ""; gone || len(missing) > 0 {
					why[project] = "this account may not delete issues of " + project
				}
			}
			made.Kept = why[project]
		}
	}
	return nil
}
