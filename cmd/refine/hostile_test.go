package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/storage"
	"refine/jira"
	"refine/jira/jiratest"
	"refine/planner"
	"refine/planner/face"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// hostile reads the corpus of texts that try to break out of where they stand.
func hostile(t *testing.T) (texts []string) {
	t.Helper()
	corpus, err := os.ReadFile("testdata/hostile.txt")
	require.NoError(t, err)
	for line := range strings.Lines(string(corpus)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		text, err := strconv.Unquote(strings.TrimSpace(line))
		require.NoError(t, err, line)
		texts = append(texts, text)
	}
	return texts
}

const site = "https://jira.example.com/browse/"

// planOf is a plan of three issues that say text wherever a ticket may say
// anything.
func planOf(text string) planner.Plan {
	var all []ticket.Issue
	for n := 1; n <= 3; n++ {
		key := fmt.Sprintf("PAY-%d", n)
		all = append(all, ticket.Issue{
			ID: strconv.Itoa(n), Key: key, URL: site + key, Type: "Story", Summary: text, Status: text, Priority: text,
			Description: "As a clerk I want " + text + " so that " + text + ".", AcceptanceCriteria: "* " + text,
			Labels: []string{text}, Components: []string{text}, Reporter: ticket.Person{Name: text}, Assignee: ticket.Person{Name: text},
			Comments: []ticket.Comment{{Author: ticket.Person{Name: text}, Body: text + "?"}}, CommentTotal: 1,
			Attachments: []ticket.Attachment{{Name: text + ".png", Type: "image/png"}},
			Visuals:     []ticket.Visual{{Name: text, Where: text}, {Name: text, URL: text, Where: "description"}},
			FixVersions: []ticket.Version{{Name: text}}, Sprint: &ticket.Sprint{Name: text, Goal: text},
			Links: []ticket.Link{{Type: text, Phrase: text, Ref: ticket.Ref{Key: "PAY-9", Summary: text, Status: text}}},
		})
	}
	start := time.Date(2026, time.November, 24, 10, 0, 0, 0, time.UTC)
	return planner.Build(planner.Input{
		Session: ticket.Session{ID: "refine-x-2026-11-24", Owner: "acme", Team: text, Topic: text, Start: start, Duration: 90 * time.Minute},
		Issues:  all, Presenters: []string{text}, Assumed: []string{text},
	})
}

// TestNothingInATicketBreaksOut writes plans full of hostile texts in every
// format and reads them back with parsers that are not ours.
func TestNothingInATicketBreaksOut(t *testing.T) { // F5
	t.Parallel()
	texts := hostile(t)
	require.GreaterOrEqual(t, len(texts), 60)
	var plans []planner.Plan
	for n, text := range texts {
		if n%sample == 0 {
			plans = append(plans, planOf(text))
		}
	}
	checks := 0
	for _, style := range []confluence.Style{{Decisions: true, Issues: storage.IssueCard}, {Issues: storage.IssueMacro}} {
		known := markupOf(t, planOf("pay by card"), style).names
		for n, plan := range plans {
			what := fmt.Sprintf("text %d: %.60q", n*sample+1, texts[n*sample])
			found := markupOf(t, plan, style)
			for name := range found.names {
				assert.True(t, known[name], "%s: the page holds %s", what, name)
			}
			for _, link := range found.links {
				assert.True(t, harmless(link), "%s: the page links to %s", what, link)
			}
			assert.Zero(t, found.mentions, what)
			checkHTML(t, plan, style, what)
			checks += 2
		}
	}
	for n, plan := range plans {
		text := texts[n*sample]
		what := fmt.Sprintf("text %d: %.60q", n*sample+1, text)
		checkLines(t, plan, what)
		checkNote(t, text, what)
		checkTerminal(t, plan, text, what)
		checks += 3
	}
	t.Logf("%d texts, %d checks", len(plans), checks)
}

// harmless links lead to the site or are a person's own words as a mail or web
// address; none runs anything.
func harmless(link string) bool {
	return strings.HasPrefix(link, "https://") || strings.HasPrefix(link, "http://") || strings.HasPrefix(link, "mailto:")
}

type markup struct {
	names    map[string]bool // elements, and macros as ac:name=…
	links    []string
	mentions int
}

// markupOf reads a page with the standard library's parser.
func markupOf(t *testing.T, p planner.Plan, style confluence.Style) markup {
	t.Helper()
	var body strings.Builder
	require.NoError(t, confluence.WriteStorage(&body, p, style))
	dec := xml.NewDecoder(strings.NewReader(`<r xmlns:ac="ac" xmlns:ri="ri" xmlns:at="at">` + body.String() + `</r>`))
	dec.Entity = xml.HTMLEntity
	out := markup{names: map[string]bool{}}
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return out
		}
		require.NoError(t, err, "%.300s", body.String())
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		name := start.Name.Space + ":" + start.Name.Local
		out.names[name] = true
		if name == "ri:user" {
			out.mentions++
		}
		for _, a := range start.Attr {
			switch {
			case name == "ac:structured-macro" && a.Name.Local == "name":
				out.names["macro "+a.Value] = true
			case a.Name.Local == "href" || a.Name.Local == "value":
				out.links = append(out.links, a.Value)
			}
		}
	}
}

var (
	tag       = regexp.MustCompile(`<[^>]*>`)
	harmful   = regexp.MustCompile(`(?i)^</?(script|iframe|object|embed|img|svg|link|base|form|meta)\b`)
	attribute = regexp.MustCompile(`\s([a-zA-Z-]+)="([^"]*)"`)
	onPage    = regexp.MustCompile(`^#wiki-(heading-[0-9]+|[A-Z]+-[0-9]+|questions)$`) // of the page itself
)

// checkHTML scans the preview below its head for what a browser would run or load.
func checkHTML(t *testing.T, p planner.Plan, style confluence.Style, what string) {
	t.Helper()
	var doc strings.Builder
	require.NoError(t, confluence.WriteHTML(&doc, p, style))
	_, body, _ := strings.Cut(doc.String(), "<body>")
	for _, tag := range tag.FindAllString(body, -1) {
		assert.False(t, harmful.MatchString(tag), "%s: %s", what, tag)
		for _, a := range attribute.FindAllStringSubmatch(tag, -1) {
			name := strings.ToLower(a[1])
			assert.False(t, strings.HasPrefix(name, "on") || name == "style" || name == "src", "%s: %s", what, tag)
			assert.True(t, name != "href" || harmless(a[2]) || onPage.MatchString(a[2]), "%s: %s", what, tag)
		}
	}
}

// checkLines holds the tagged format to its five sections, Markdown to no link
// but to the site and no HTML, and JSON to being one document.
func checkLines(t *testing.T, p planner.Plan, what string) {
	t.Helper()
	var tagged, markdown, document bytes.Buffer
	require.NoError(t, face.Tagged(&tagged, p))
	for _, name := range []string{"refinement_guide", "agenda", "key_points", "discussion_questions", "closing_statement"} {
		assert.Equal(t, 1, strings.Count(tagged.String(), "<"+name+">"), "%s: %s", what, name)
		assert.Equal(t, 1, strings.Count(tagged.String(), "</"+name+">"), "%s: %s", what, name)
	}
	require.NoError(t, face.Markdown(&markdown, p))
	for _, m := range regexp.MustCompile(`(^|[^\\])\]\(([^)]*)`).FindAllStringSubmatch(markdown.String(), -1) {
		assert.True(t, strings.HasPrefix(m[2], "<"+site) || strings.HasPrefix(m[2], "<https://") || strings.HasPrefix(m[2], "<http://"), "%s: %s", what, m[0])
	}
	assert.NotRegexp(t, `(^|[^(])<[a-zA-Z/!?]`, markdown.String(), what)
	require.NoError(t, writeJSON(&document, face.View(p)), what)
	assert.True(t, json.Valid(document.Bytes()), what)
	assert.NotRegexp(t, `[\x{202a}-\x{202e}\x{2066}-\x{2069}\x{2028}\x{2029}\x{7f}-\x{9f}]`, document.String(), what)
}

var hyperlink = regexp.MustCompile(`(?i)<a [^>]*href="([^"]*)"`)

// checkNote lets the fake service render the comment: nobody is notified, and
// the only links are the page's and the addresses of the web and of mail that the text is.
func checkNote(t *testing.T, text, what string) {
	t.Helper()
	const page = "https://wiki.example.com/x/42"
	run := outcome.Text{{Text: text}}
	note := outcome.Note{Owner: "acme", Session: "s", PageID: "42", PageURL: page, PageTitle: text, Entries: []outcome.Entry{
		{Kind: outcome.Decision, Text: run, Reason: run},
		{Kind: outcome.Action, Text: run, Owner: &outcome.User{AccountID: text + "]", Name: text + "]", Display: text}},
	}}
	for _, cloud := range []bool{true, false} {
		body := jira.WikiNote(note, cloud)
		assert.Empty(t, jiratest.Mentions(body), "%s\n%s", what, body)
		shown := jiratest.HTML(body)
		for _, link := range hyperlink.FindAllStringSubmatch(shown, -1) {
			assert.True(t, link[1] == page || harmless(link[1]) && strings.Contains(text, html.UnescapeString(link[1])), "%s: the comment links to %s\n%s", what, link[1], body)
		}
		assert.NotRegexp(t, `(?i)<(script|img|iframe|style)\b`, shown, what)
	}
}

// checkTerminal sends the text to people in each way there is.
func checkTerminal(t *testing.T, p planner.Plan, text, what string) {
	t.Helper()
	var out, records bytes.Buffer
	shown := newTerminal(&out)
	require.NoError(t, face.Text(shown, p))
	a := &app{err: shown, status: &statusLine{w: shown}}
	a.fail(errors.New(text))
	logged := newTerminal(&records)
	for _, handler := range []slog.Handler{slog.NewTextHandler(logged, nil), slog.NewJSONHandler(logged, nil)} {
		slog.New(handler).Warn("page left alone", "page", text, "error", errors.New(text))
	}
	assert.Equal(t, 2, strings.Count(records.String(), "\n"), "%s: a record is one line", what)
	a.progress("reading “%s”", text)
	a.status.clear()
	visible := strings.ReplaceAll(out.String(), clearLine, "") + records.String()
	assert.NotRegexp(t, `[\x00-\x08\x0b-\x1f\x7f-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}\x{2028}\x{2029}]`, visible, what)
}
