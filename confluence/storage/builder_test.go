package storage_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"refine/confluence/storage"
)

// build is the body that one call writes.
func build(write storage.Body) string {
	b := storage.NewBuilder(nil)
	write(b)
	return b.String()
}

func TestBuilderMarkup(t *testing.T) {
	t.Parallel()
	text := storage.Plain
	for name, tt := range map[string]struct {
		write storage.Body
		want  string
	}{
		"heading":         {func(b *storage.Builder) { b.Heading(9, text("a")) }, `<h6>a</h6>`},
		"empty line":      {func(b *storage.Builder) { b.Paragraph() }, `<p />`},
		"emphasis":        {storage.Line(storage.Strong("a"), storage.Em("b")), `<p><strong>a</strong><em>b</em></p>`},
		"list":            {func(b *storage.Builder) { b.BulletList(storage.Line(text("a"))) }, `<ul><li><p>a</p></li></ul>`},
		"no items":        {func(b *storage.Builder) { b.OrderedList() }, ``},
		"no tasks":        {func(b *storage.Builder) { b.TaskList() }, ``},
		"table":           {func(b *storage.Builder) { b.Table([]string{"a"}, storage.Row{nil}) }, `<table><tbody><tr><th><p>a</p></th></tr><tr><td /></tr></tbody></table>`},
		"properties":      {func(b *storage.Builder) { b.Details("i", storage.Property{"a", storage.Line(text("b"))}) }, `<ac:structured-macro ac:name="details" ac:schema-version="1"><ac:parameter ac:name="id">i</ac:parameter><ac:rich-text-body><table><tbody><tr><th><p>a</p></th><td><p>b</p></td></tr></tbody></table></ac:rich-text-body></ac:structured-macro>`},
		"web link":        {storage.Line(storage.Link("https://x.test/?a=1&b=2", "a")), `<p><a href="https://x.test/?a=1&amp;b=2">a</a></p>`},
		"mail link":       {storage.Line(storage.Link("mailto:a@x.test", "a")), `<p><a href="mailto:a@x.test">a</a></p>`},
		"script link":     {storage.Line(storage.Link("javascript:alert(1)", "a")), `<p>a</p>`},
		"link to nowhere": {storage.Line(storage.Link("https:///x", "a"), storage.Link("/x", "b")), `<p>ab</p>`},
		"issue card":      {storage.Line(storage.JiraIssue(storage.IssueCard, "A-1", "https://x.test/browse/A-1")), `<p><a href="https://x.test/browse/A-1" data-card-appearance="inline">A-1</a></p>`},
		"issue macro":     {storage.Line(storage.JiraIssue(storage.IssueMacro, "A-1", "")), `<p><ac:structured-macro ac:name="jira" ac:schema-version="1"><ac:parameter ac:name="key">A-1</ac:parameter></ac:structured-macro></p>`},
		"issue only":      {storage.Line(storage.JiraIssue(storage.IssueCard, "A-1", "ftp://x")), `<p>A-1</p>`},
		"no colour":       {storage.Line(storage.Status("", "a")), `<p><ac:structured-macro ac:name="status" ac:schema-version="1"><ac:parameter ac:name="title">a</ac:parameter></ac:structured-macro></p>`},
		"date":            {storage.Line(storage.Time(time.Date(2026, 1, 2, 23, 0, 0, 0, time.UTC))), `<p><time datetime="2026-01-02" /></p>`},
		"mention":         {storage.Line(storage.Mention(storage.User{AccountID: "1"}), storage.Mention(storage.User{Key: "k"}), storage.Mention(storage.User{})), `<p><ac:link><ri:user ri:account-id="1" /></ac:link><ac:link><ri:user ri:userkey="k" /></ac:link></p>`},
		"hint":            {storage.Line(storage.Placeholder("a")), `<p><ac:placeholder>a</ac:placeholder></p>`},
		"tasks": {
			func(b *storage.Builder) { b.TaskList(storage.Todo(text("a")), storage.Task{ID: 7, Done: true}) },
			`<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>a</ac:task-body></ac:task>` +
				`<ac:task><ac:task-id>7</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body /></ac:task></ac:task-list>`,
		},
		"decision to fill in": {
			func(b *storage.Builder) { b.DecisionList() },
			`<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-attribute key="local-id">000000000001</ac:adf-attribute>` +
				`<ac:adf-node type="decision-item"><ac:adf-attribute key="local-id">000000000002</ac:adf-attribute><ac:adf-attribute key="state">DECIDED</ac:adf-attribute></ac:adf-node></ac:adf-node>` +
				`<ac:adf-fallback><ul class="decision-list"><li /></ul></ac:adf-fallback></ac:adf-extension>`,
		},
		"decisions": {
			func(b *storage.Builder) {
				b.DecisionList(storage.Decided(text("a")), storage.Decision{Open: true, Text: []storage.Inline{text("b")}})
			},
			`<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-attribute key="local-id">000000000001</ac:adf-attribute>` +
				`<ac:adf-node type="decision-item"><ac:adf-attribute key="local-id">000000000002</ac:adf-attribute><ac:adf-attribute key="state">DECIDED</ac:adf-attribute><ac:adf-content>a</ac:adf-content></ac:adf-node>` +
				`<ac:adf-node type="decision-item"><ac:adf-attribute key="local-id">000000000003</ac:adf-attribute><ac:adf-attribute key="state">UNDECIDED</ac:adf-attribute><ac:adf-content>b</ac:adf-content></ac:adf-node></ac:adf-node>` +
				`<ac:adf-fallback><ul class="decision-list"><li>a</li><li>b</li></ul></ac:adf-fallback></ac:adf-extension>`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := build(tt.write)
			assert.Equal(t, tt.want, got)
			_, err := storage.Parse(got)
			require.NoError(t, err)
		})
	}
}

// Bodies inside bodies take ids from one sequence, which steps over those that
// the page has.
func TestBuilderIDs(t *testing.T) {
	t.Parallel()
	page, err := storage.Parse(`<ac:task><ac:task-id> 2 </ac:task-id></ac:task>`)
	require.NoError(t, err)
	b := storage.NewBuilder(storage.IDsFor(page))
	b.TaskList(storage.Todo())
	b.Expand("a", func(b *storage.Builder) { b.TaskList(storage.Todo()) })
	b.BulletList(func(b *storage.Builder) { b.TaskList(storage.Todo()) })

	doc, err := storage.Parse(b.String())
	require.NoError(t, err)
	var ids []string
	for id := range doc.Root.Find("ac:task-id") {
		ids = append(ids, id.PlainText()+id.Children[0].Text)
	}
	assert.Equal(t, []string{"1", "3", "4"}, ids)
}

// hostile are texts that would break out of careless markup.
var hostile = []string{
	`</ac:structured-macro><script>alert(1)</script> {color:red}[~admin] ]]> & "x"`,
	`"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `]]>`, `]]]]>>`, `<![CDATA[`, `<!--`, `-->`,
	`&lt;b&gt; &#0; &nope;`, "a\x00b\x1f\ufffe\uffff\xff", "a\r\nb\tc", `</td></tr></table>`, "\u202egnp.exe",
}

// F5: whatever a text holds, it reads as typed, and the blocks around it are as
// many as without it.
func TestBuilderKeepsHostileText(t *testing.T) {
	t.Parallel()
	plain := shape(t, everything("x"))
	for _, text := range hostile {
		assert.Equal(t, plain, shape(t, everything(text)), "%q", text)
	}
	rapid.Check(t, func(r *rapid.T) {
		text := "x" + rapid.OneOf(rapid.String(), rapid.StringMatching(`[<>&\]"'!\[/a-z-]*`)).Draw(r, "text")
		assert.Equal(r, plain, shape(r, everything(text)), "%q", text)
	})
}

// everything is a body that has text in each place that takes some.
func everything(text string) string {
	b := storage.NewBuilder(nil)
	plain := storage.Plain(text)
	b.Heading(1, plain, storage.Status(storage.Colour(text), text))
	b.Paragraph(storage.Strong(text), storage.Em(text),
		storage.Link("https://x.test/"+text, "a"), storage.Link("https://x.test", text),
		storage.JiraIssue(storage.IssueMacro, text, ""),
		storage.JiraIssue(storage.IssueCard, text, "https://x.test"),
		storage.Mention(storage.User{AccountID: text}), storage.Placeholder(text))
	b.Details(text, storage.Property{Name: text, Value: storage.Words(text)})
	b.Table([]string{text}, storage.Row{storage.Words(text)})
	b.BulletList(storage.Words(text))
	b.Expand(text, storage.Words(text))
	b.DecisionList(storage.Decided(plain))
	b.TaskList(storage.Todo(plain))
	return b.String()
}

// shape is the names of a body's elements in order, but for a link that may
// have become text.
func shape(t require.TestingT, body string) string {
	doc, err := storage.Parse(body)
	require.NoError(t, err)
	var names []string
	for n := range doc.Root.All() {
		if n.Kind == storage.Element && n.Name != "a" {
			names = append(names, n.Name)
		}
	}
	return strings.Join(names, " ")
}
