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
)

// richText is a field's formatted text in which a passage of ours stands: a
// heading, and a list below it. All else in it stays as it is.
type richText interface {
	// lines are those of the passage, without their markup, nil if there is none.
	lines(heading string) []string
	// with is the text with the passage as it shall be, behind all else if it is new.
	with(heading string, lines []string) (richText, error)
	// without is the text as it was before the passage came to it, nil for none.
	without(heading string) richText
}

// setPassage makes the passage of a field what it shall be.
func (c *Client) setPassage(ctx context.Context, change outcome.Change) error {
	s := change.Set
	text, err := c.site.richText(ctx, change.Issue, s.ID)
	if err != nil {
		return fmt.Errorf("reading %s before setting it: %w", s.Field, err)
	}
	switch now := strings.Join(text.lines(s.Heading), "\n"); now {
	case change.To:
		return nil
	case change.From:
	default:
		return &ChangedError{Field: string(s.Field), Now: strings.ReplaceAll(now, "\n", "; ")}
	}
	next := text.without(s.Heading)
	if change.To != "" {
		if next, err = text.with(s.Heading, strings.Split(change.To, "\n")); err != nil {
			return fmt.Errorf("setting %s: %w", s.Field, err)
		}
	}
	err = c.site.setText(ctx, change.Issue, s.ID, next)
	if atlassian.Ambiguous(err) {
		return settle(err, func() (bool, error) {
			text, err := c.site.richText(ctx, change.Issue, s.ID)
			return err == nil && strings.Join(text.lines(s.Heading), "\n") == change.To, err
		})
	}
	if err != nil {
		return fmt.Errorf("setting %s: %w", s.Field, err)
	}
	return nil
}

// wikiText is text in wiki markup, as Data Center holds it.
type wikiText string

func (t wikiText) lines(heading string) []string {
	from, to := t.passage(heading)
	var out []string
	for line := range strings.Lines(string(t[from:to])) {
		if item, ok := strings.CutPrefix(line, "* "); ok {
			out = append(out, readText(strings.TrimSpace(item)).String())
		}
	}
	return out
}

// passage is where the heading begins and the list below it ends, at the text's end
// twice if there is none.
func (t wikiText) passage(heading string) (from, to int) {
	title, at := wikiHeading(heading), 0
	for line := range strings.Lines(string(t)) {
		end := at + len(line)
		switch bare := strings.TrimRight(line, "\r\n"); {
		case to == 0 && strings.TrimSpace(bare) == title:
			from, to = at, at+len(bare)
		case to > 0 && strings.HasPrefix(bare, "* "):
			to = at + len(bare)
		case to > 0:
			return from, to
		}
		at = end
	}
	if to == 0 {
		return len(t), len(t)
	}
	return from, to
}

func wikiHeading(heading string) string { return "h3. " + escape(heading) }

func (t wikiText) with(heading string, lines []string) (richText, error) {
	from, to := t.passage(heading)
	var b strings.Builder
	b.WriteString(string(t[:from]))
	if from == len(t) && strings.TrimSpace(string(t)) != "" {
		b.WriteString("\n\n")
	}
	b.WriteString(wikiHeading(heading))
	for _, l := range lines {
		b.WriteString("\n* " + new(noteWriter).text(outcome.Text{{Text: l}}, nil))
	}
	b.WriteString(string(t[to:]))
	if n := length(b.String()); n > maxComment {
		return nil, fmt.Errorf("with what was agreed it would have %d characters, of which Jira takes %d", n, maxComment)
	}
	return wikiText(b.String()), nil
}

func (t wikiText) without(heading string) richText {
	from, to := t.passage(heading)
	before := string(t[:from])
	for _, gap := range []string{"\r\n\r\n", "\n\n"} { // with puts one before it
		if rest, had := strings.CutSuffix(before, gap); had && from < len(t) {
			before = rest
			break
		}
	}
	if before+string(t[to:]) == "" {
		return nil
	}
	return wikiText(before + string(t[to:]))
}

func (d dataCenter) richText(ctx context.Context, key, fieldID string) (richText, error) {
	i, err := d.get(ctx, key, []string{fieldID})
	return wikiText(get[string](i.Fields, fieldID)), err
}

func (d dataCenter) setText(ctx context.Context, key, fieldID string, text richText) error {
	body := map[string]any{"fields": map[string]any{fieldID: text}}
	return d.call(ctx, http.MethodPut, issuePath(key), body, nil)
}

// docText is a document, as version 3 of Cloud's API holds text. Through version 2
// all of it would be converted, and lose what wiki markup has no word for.
type docText struct {
	Version int               `json:"version"`
	Type    string            `json:"type"`
	Content []json.RawMessage `json:"content"`
}

func (t docText) lines(heading string) (out []string) {
	_, list := t.passage(heading)
	if list < 0 {
		return nil
	}
	for _, item := range as[docNode](t.Content[list]).Content {
		out = append(out, strings.TrimSpace(item.inline()))
	}
	return out
}

// passage are the indexes of the heading and of the list below it, -1 without one.
func (t docText) passage(heading string) (title, list int) {
	for n, raw := range t.Content {
		node := as[docNode](raw)
		if node.Type != "heading" || strings.TrimSpace(node.inline()) != heading {
			continue
		}
		if n+1 < len(t.Content) && as[docNode](t.Content[n+1]).Type == "bulletList" {
			return n, n + 1
		}
		return n, -1
	}
	return -1, -1
}

func (t docText) with(heading string, lines []string) (richText, error) {
	type object = map[string]any
	plain := func(s string) (nodes []object) {
		for _, r := range byAddress(s) {
			node := object{"type": "text", "text": r.Text}
			if r.URL != "" {
				node["marks"] = []object{{"type": "link", "attrs": object{"href": r.URL}}}
			}
			if r.Text != "" {
				nodes = append(nodes, node)
			}
		}
		return nodes
	}
	var items []object
	for _, l := range lines {
		items = append(items, object{"type": "listItem", "content": []object{{"type": "paragraph", "content": plain(l)}}})
	}
	list, err := json.Marshal(object{"type": "bulletList", "content": items})
	if err != nil {
		return nil, err
	}
	head, err := json.Marshal(object{"type": "heading", "attrs": object{"level": 3}, "content": plain(heading)})
	if err != nil {
		return nil, err
	}
	next := docText{Version: 1, Type: "doc", Content: slices.Clone(t.Content)}
	switch title, at := t.passage(heading); {
	case at >= 0:
		next.Content[at] = list
	case title >= 0:
		next.Content = slices.Insert(next.Content, title+1, json.RawMessage(list))
	default:
		next.Content = append(next.Content, head, list)
	}
	return next, nil
}

func (t docText) without(heading string) richText {
	next := docText{Version: 1, Type: "doc", Content: slices.Clone(t.Content)}
	title, list := t.passage(heading)
	if title >= 0 {
		next.Content = slices.Delete(next.Content, title, max(title, list)+1)
	}
	if len(next.Content) == 0 {
		return nil
	}
	return next
}

func (c cloud) richText(ctx context.Context, key, fieldID string) (richText, error) {
	var i issue
	err := c.call(ctx, http.MethodGet, "rest/api/3/issue/"+url.PathEscape(key)+"?fields="+url.QueryEscape(fieldID), nil, &i)
	return get[docText](i.Fields, fieldID), err
}

func (c cloud) setText(ctx context.Context, key, fieldID string, text richText) error {
	body := map[string]any{"fields": map[string]any{fieldID: text}}
	return c.call(ctx, http.MethodPut, "rest/api/3/issue/"+url.PathEscape(key), body, nil)
}
