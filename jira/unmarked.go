package jira

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

// unmarked finds the session's comment among those that carry no mark of it any
// more: people delete properties, imports lose them, and Data Center answers 404
// for one that it cannot read. One that we wrote, with our heading and a link to
// the session's page, is taken up again. One that only looks like it is named as
// a doubt, which keeps a second one from being written.
func (c *Client) unmarked(ctx context.Context, s session, list []comment, marks map[string]reading) (*outcome.Marked, error) {
	alike := slices.DeleteFunc(slices.Clone(list), func(cm comment) bool { return !s.heads(cm.Body) })
	if len(alike) == 0 {
		return nil, nil
	}
	cm := alike[0]
	if len(alike) > 1 {
		return doubtful(cm, fmt.Sprintf("comments %s and %s both look like this session's, and neither carries its mark", cm.ID, alike[1].ID)), nil
	}
	if _, carries := marks[cm.ID]; carries {
		return doubtful(cm, "comment "+cm.ID+" looks like this session's, and its mark is another's or cannot be read"), nil
	}
	me, err := c.me(ctx)
	if err != nil {
		return nil, err
	}
	if !cm.Author.is(me) {
		return doubtful(cm, fmt.Sprintf("comment %s looks like this session's, carries no mark and is by %s", cm.ID, cmp.Or(cm.Author.person().Name, "somebody"))), nil
	}
	return c.taken(ctx, cm, outcome.Mark{Page: s.page.ID, Entries: readNote(cm.Body)})
}

func doubtful(cm comment, why string) *outcome.Marked {
	return &outcome.Marked{ID: cm.ID, Doubt: why}
}

// pageID is how an address names a page, on Cloud and on Data Center.
var pageID = lazyregexp.New(`(?:[?&]pageId=|/pages/(?:edit-v2/|edit/)?)([0-9]+)(?:[^0-9]|$)`)

// heads reports whether a comment begins as the session's does: with our heading
// and a link to its page, whichever of its addresses that is.
func (s session) heads(body string) bool {
	heading, _, _ := strings.Cut(strings.TrimLeft(body, " \t\r\n"), "\n")
	if s.page.ID == "" || !isNote(heading) {
		return false
	}
	if s.page.URL != "" && strings.Contains(heading, "|"+linkTarget(s.page.URL)+"]") {
		return true
	}
	return slices.ContainsFunc(pageID.FindAllStringSubmatch(heading, -1), func(m []string) bool { return m[1] == s.page.ID })
}

// readNote reads the entries off a comment that [WikiNote] wrote: what it says,
// not what the page called it.
func readNote(body string) (entries []outcome.Entry) {
	within := -1 // of the parts
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		reason, isReason := strings.CutPrefix(line, "** "+reasonLabel)
		item, isItem := strings.CutPrefix(line, "* ")
		switch {
		case isReason && len(entries) > 0:
			entries[len(entries)-1].Reason = readText(reason)
		case isItem && within >= 0:
			entries = append(entries, readEntry(within, item))
		}
		if n := slices.IndexFunc(parts, func(p part) bool { return line == "*"+p.title+"*" }); n >= 0 {
			within = n
		}
	}
	return entries
}

var (
	box   = lazyregexp.New(`^[☐☑]\s*`)
	terms = lazyregexp.New(` – (?:owner (.+?))?(?:(?:, |^)?due (\d{4}-\d{2}-\d{2}))?(?:(?:, |^)?(done))?(?:(?:, |^)?([A-Z][A-Z0-9_]+-[1-9][0-9]*))?(?:(?:, |^)?(?:no longer on the page|no longer the outcome|moved to (\S+)))?$`)
)

// partKinds are what the parts list; what left the page says itself what it was.
var partKinds = map[int]outcome.EntryKind{
	decisions: outcome.Decision, actions: outcome.Action, results: outcome.Result, criteria: outcome.Criterion,
	estimates: outcome.Estimate, blockers: outcome.Blocker, ranks: outcome.Rank, splits: outcome.SplitStory, gone: outcome.Decision,
}

// readEntry reads one item of a part. Only actions have boxes.
func readEntry(within int, item string) outcome.Entry {
	e := outcome.Entry{Kind: partKinds[within], Gone: within == gone}
	for kind, label := range goneLabel {
		if rest, labelled := strings.CutPrefix(item, label); labelled && e.Gone {
			e.Kind, item = kind, rest
		}
	}
	if tick := box.FindString(item); tick != "" {
		e.Kind, e.Done = outcome.Action, strings.HasPrefix(tick, "☑")
		item = item[len(tick):]
	}
	if m := terms.FindStringSubmatchIndex(item); m != nil && m[1]-m[0] > len(" – ") && (e.Kind == outcome.Action || e.Kind == outcome.SplitStory || e.Gone) {
		e.Owner, e.Due, e.Moved = readOwner(submatch(item, m, 1)), parseDate(submatch(item, m, 2)), submatch(item, m, 5)
		e.Issue = submatch(item, m, 4)
		item = item[:m[0]]
	}
	e.Text = readText(item)
	if n := slices.IndexFunc(e.Text, func(r outcome.Run) bool { return r.User != nil }); n >= 0 && e.Owner == nil {
		e.Owner = e.Text[n].User // only the owner is mentioned
	}
	return e
}

func submatch(s string, m []int, n int) string {
	if m[2*n] < 0 {
		return ""
	}
	return s[m[2*n]:m[2*n+1]]
}

func readOwner(s string) *outcome.User {
	text := readText(s)
	switch {
	case len(text) == 0:
		return nil
	case text[0].User != nil:
		return text[0].User
	}
	return &outcome.User{Display: strings.TrimPrefix(text.String(), "@")}
}

// readText undoes what escape, mention and wikiLink write.
func readText(s string) (t outcome.Text) {
	var plain strings.Builder
	flush := func() {
		if plain.Len() > 0 {
			t = append(t, outcome.Run{Text: plain.String()})
			plain.Reset()
		}
	}
	r := []rune(s)
	for i := 0; i < len(r); i++ {
		switch next := at(r, i+1); {
		case string(r[i]) == noBreak:
		case r[i] == '\\' && next != 0 && next != ' ' && string(next) != noBreak && !isWord(next):
			plain.WriteRune(next)
			i++
		case r[i] == '[':
			end := slices.Index(r[i:], ']')
			if end < 0 {
				plain.WriteRune(r[i])
				continue
			}
			flush()
			t = append(t, readLink(string(r[i+1:i+end])))
			i += end
		default:
			plain.WriteRune(r[i])
		}
	}
	flush()
	return t
}

// readLink reads what stands between the brackets of a link or a mention.
func readLink(inner string) outcome.Run {
	if id, ok := strings.CutPrefix(inner, "~accountid:"); ok {
		return outcome.Run{User: &outcome.User{AccountID: id}}
	}
	if name, ok := strings.CutPrefix(inner, "~"); ok {
		return outcome.Run{User: &outcome.User{Name: name}}
	}
	text, address, labelled := strings.Cut(inner, "|")
	if !labelled {
		return outcome.Run{Text: inner, URL: inner}
	}
	return outcome.Run{Text: readText(text).String(), URL: address}
}
