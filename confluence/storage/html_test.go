package storage_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence/storage"
)

var update = flag.Bool("update", false, "write the golden files anew")

var options = storage.HTMLOptions{
	Picture: func(file string) string { return map[string]string{"known.png": "/known.png"}[file] },
	Issue:   func(key string) string { return "https://jira.test/browse/" + key },
	User:    func(u storage.User) string { return map[string]string{"1": "Dana", "k": "Kim"}[u.AccountID+u.Key] },
}

func html(tb testing.TB, body string, o storage.HTMLOptions) string {
	tb.Helper()
	var b strings.Builder
	require.NoError(tb, storage.HTML(&b, body, o))
	inner, ok := strings.CutPrefix(b.String(), `<div class="wiki">`)
	require.True(tb, ok)
	inner, ok = strings.CutSuffix(inner, `</div>`)
	require.True(tb, ok)
	return inner
}

func TestHTML(t *testing.T) {
	t.Parallel()
	macro := func(name, rest string) string {
		return `<ac:structured-macro ac:name="` + name + `">` + rest + `</ac:structured-macro>`
	}
	for name, tt := range map[string]struct{ body, want string }{
		"text":            {"a &lt; b &amp; &quot;c&quot;", "a &lt; b &amp; &quot;c&quot;"},
		"unknown":         {"<x:y onclick='z'>a</x:y><script>alert(1)</script>", "aalert(1)"},
		"no attributes":   {`<p style="x" onclick="y" id="z">a</p>`, "<p>a</p>"},
		"spans":           {`<table><tr><td colspan="2" rowspan="x">a</td></tr></table>`, `<table><tr><td colspan="2">a</td></tr></table>`},
		"astray":          {`<td>a</td><li>b</li><tr>c</tr>`, "abc"},
		"safe link":       {`<a href="https://x.test/?a&amp;b">a</a>`, `<a href="https://x.test/?a&amp;b" rel="noopener noreferrer">a</a>`},
		"relative link":   {`<a href="/x#y">a</a>`, `<a href="/x#y" rel="noopener noreferrer">a</a>`},
		"script link":     {`<a href="java&#9;script:x">a</a><a href=" javascript:x">b</a><a href="data:text/html,x">c</a>`, "abc"},
		"foreign host":    {`<a href="//x.test">a</a><a href="/\x.test">b</a>`, "ab"},
		"card of address": {`<a href="https://x.test/browse/A-1" data-card-appearance="inline">https://x.test/browse/A-1</a>`, `<a href="https://x.test/browse/A-1" rel="noopener noreferrer" class="issue">A-1</a>`},
		"issue macro":     {macro("jira", `<ac:parameter ac:name="key">A-1</ac:parameter>`), `<a href="https://jira.test/browse/A-1" rel="noopener noreferrer" class="issue">A-1</a>`},
		"issue search":    {macro("jira", `<ac:parameter ac:name="jqlQuery">a = b</ac:parameter>`), `<span class="macro">Jira: a = b</span>`},
		"lozenge":         {macro("status", `<ac:parameter ac:name="colour">Green</ac:parameter><ac:parameter ac:name="title">Ready</ac:parameter>`), `<span class="status green">Ready</span>`},
		"odd colour":      {macro("status", `<ac:parameter ac:name="colour">x"&gt;</ac:parameter>`), `<span class="status">x&quot;&gt;</span>`},
		"expand":          {"<p>" + macro("expand", `<ac:parameter ac:name="title">T</ac:parameter><ac:rich-text-body><p>a</p></ac:rich-text-body>`) + "</p>", `<div class="p"><details class="expand"><summary>T</summary><p>a</p></details></div>`},
		"panel":           {macro("info", `<ac:rich-text-body>a</ac:rich-text-body>`), `<div class="panel info">a</div>`},
		"titled panel":    {macro("panel", `<ac:parameter ac:name="title">T</ac:parameter><ac:rich-text-body>a</ac:rich-text-body>`), `<div class="panel"><p class="title">T</p>a</div>`},
		"panel of cloud":  {`<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">error</ac:adf-attribute><ac:adf-content><p>a</p></ac:adf-content></ac:adf-node></ac:adf-extension>`, `<div class="panel error"><p>a</p></div>`},
		"properties":      {macro("details", `<ac:rich-text-body>a</ac:rich-text-body>`), `<div class="properties">a</div>`},
		"hidden":          {macro("details", `<ac:parameter ac:name="hidden">true</ac:parameter><ac:rich-text-body>a</ac:rich-text-body>`), ``},
		"code":            {macro("code", "<ac:plain-text-body><![CDATA[<b>]]></ac:plain-text-body>"), `<pre><code>&lt;b&gt;</code></pre>`},
		"other macro":     {macro("toc", "") + macro("anchor", "") + macro("center", "<ac:rich-text-body>a</ac:rich-text-body>"), `<span class="macro">toc</span><div>a</div>`},
		"mentions":        {`<ac:link><ri:user ri:account-id="1"/></ac:link><ac:link><ri:user ri:userkey="k"/></ac:link><ac:link><ri:user ri:account-id="9"/></ac:link>`, `<span class="mention">@Dana</span><span class="mention">@Kim</span><span class="mention">@someone</span>`},
		"page link":       {`<ac:link><ri:page ri:content-title="Home"/></ac:link>`, `<span class="link">Home</span>`},
		"address link":    {`<ac:link><ri:url ri:value="https://x.test"/><ac:link-body>a</ac:link-body></ac:link>`, `<a href="https://x.test" rel="noopener noreferrer">a</a>`},
		"dates":           {`<time datetime="2026-11-04">x</time><time datetime="soon"/>`, `<time datetime="2026-11-04">4 Nov 2026</time><time datetime="soon">soon</time>`},
		"hint":            {`<ac:placeholder>a</ac:placeholder>`, `<span class="placeholder">a</span>`},
		"inline comment":  {`<ac:inline-comment-marker ac:ref="1">a</ac:inline-comment-marker>`, `<mark>a</mark>`},
		"emoji":           {`<ac:emoticon ac:name="tick" ac:emoji-fallback=":check:"/><ac:emoticon ac:name="blue-star" ac:emoji-fallback="🥲"/><ac:emoticon ac:name="x"/>`, `✅🥲:x:`},
		"picture":         {`<ac:image ac:alt="A"><ri:attachment ri:filename="a.png"/><ac:caption><p>c</p></ac:caption></ac:image><ac:image><ri:url ri:value="https://x.test/a"/></ac:image>`, `<span class="image">A</span><p>c</p><span class="image"><a href="https://x.test/a" rel="noopener noreferrer">https://x.test/a</a></span>`},
		"attached":        {`<ac:image ac:alt="A"><ri:attachment ri:filename="known.png"/></ac:image>`, `<img class="picture" src="/known.png" alt="A">`},
		"jump":            {`<h2>` + macro("anchor", `<ac:parameter ac:name="">A-1</ac:parameter>`) + `x</h2><ac:link ac:anchor="A-1"><ac:link-body>a</ac:link-body></ac:link>`, `<h2><span id="wiki-A-1"></span>x</h2><a href="#wiki-A-1">a</a>`},
		"jump elsewhere":  {`<ac:link ac:anchor="x"><ri:page ri:content-title="Home"/><ac:link-body>a</ac:link-body></ac:link>`, `<span class="link">a</span>`},
		"contents": { // C9
			macro("toc", `<ac:parameter ac:name="maxLevel">2</ac:parameter>`) + `<h1>A</h1><h2></h2><h2>B<em>b</em></h2><h3>C</h3>`,
			`<nav class="contents" aria-label="Contents"><ul><li><a href="#wiki-heading-1">A</a></li><li><a href="#wiki-heading-2">Bb</a></li></ul></nav><h1 id="wiki-heading-1">A</h1><h2></h2><h2 id="wiki-heading-2">B<em>b</em></h2><h3 id="wiki-heading-3">C</h3>`,
		},
		"layout": {`<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell>a</ac:layout-cell></ac:layout-section><ac:layout-section ac:type='"x'/></ac:layout>`, `<div class="layout two-equal"><div class="cell">a</div></div><div class="layout"></div>`},
		"task": {
			`<ac:task-list><ac:task><ac:task-id>7</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>a</ac:task-body></ac:task></ac:task-list>`,
			`<div class="tasks" role="list"><div class="task done" role="listitem"><input type="checkbox" data-task-id="7" aria-label="a" checked="" disabled=""><div class="text">a</div></div></div>`,
		},
		"decisions": {
			`<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-node type="decision-item"><ac:adf-attribute key="state">UNDECIDED</ac:adf-attribute><ac:adf-content>a</ac:adf-content></ac:adf-node><ac:adf-node type="decision-item"/></ac:adf-node><ac:adf-fallback>b</ac:adf-fallback></ac:adf-extension>`,
			`<div class="decisions" role="list"><div class="decision open" role="listitem"><span class="icon"><span>To decide: </span></span><div class="text">a</div></div><div class="decision empty" role="listitem"><span class="icon"><span>Decision: </span></span><div class="text"></div></div></div>`,
		},
		"unknown of cloud": {`<ac:adf-extension><ac:adf-node type="x">a</ac:adf-node><ac:adf-fallback>b</ac:adf-fallback></ac:adf-extension>`, `b`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := html(t, tt.body, options)
			assert.Equal(t, tt.want, got)
			requireSafe(t, got)
		})
	}
}

func TestHTMLTick(t *testing.T) {
	t.Parallel()
	body := `<ac:task><ac:task-id>7</ac:task-id></ac:task>`
	assert.Contains(t, html(t, body, storage.HTMLOptions{}), "disabled")
	assert.NotContains(t, html(t, body, storage.HTMLOptions{Tick: true}), "disabled")
}

func TestHTMLRefusesBrokenBody(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	require.Error(t, storage.HTML(&b, "<p>", storage.HTMLOptions{}))
	assert.Empty(t, b.String())
}

func TestHTMLOfRealBodies(t *testing.T) {
	t.Parallel()
	for name, doc := range wellFormed(t) {
		got := html(t, doc.Source, options)
		requireSafe(t, got)
		assert.NotContains(t, got, "<ac:", name)
	}
}

// F5: hostile text is shown and does nothing.
func TestHTMLOfHostileText(t *testing.T) {
	t.Parallel()
	for _, text := range hostile {
		requireSafe(t, html(t, everything(text), options))
	}
}

// The golden files show a whole page: as it is sent, and as it is seen.
func TestGoldenPage(t *testing.T) {
	t.Parallel()
	body := build(samplePage)
	requireGolden(t, "page.xml", body)
	requireGolden(t, "page.html", "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>Sample</title>\n<style>"+storage.CSS+"</style>\n<div class=\"wiki\">"+html(t, body, options)+"</div>\n")
}

func requireGolden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// samplePage is one section of each kind that a session's page has.
func samplePage(b *storage.Builder) {
	text := storage.Plain
	day := time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)
	b.Details("refine",
		storage.Property{Name: "Date", Value: storage.Line(storage.Time(day))},
		storage.Property{Name: "Participants", Value: storage.Line(storage.Mention(storage.User{AccountID: "1"}))},
		storage.Property{Name: "Readiness", Value: storage.Line(storage.Status(storage.Yellow, "2 of 7 ready"))})
	b.Heading(1, text("Agenda"))
	b.Table([]string{"Time", "Item", "Notes"},
		storage.Row{storage.Words("10:00–10:18"), storage.Words("Opening"), nil},
		storage.Row{storage.Words("10:18–10:58"), func(b *storage.Builder) {
			b.BulletList(
				storage.Line(issue("PAY-7"), text(" 12 min")),
				storage.Line(issue("PAY-9"), text(" 8 min")))
		}, storage.Line(storage.Placeholder("What came up"))})
	b.Heading(2, issue("PAY-7"), text(" Refunds take <days> "), storage.Status(storage.Red, "Not ready"))
	b.Paragraph(storage.Strong("Why now: "), storage.Em("“customers call twice a day”"), text(" (comment by Kim)"))
	b.Heading(3, text("Decisions"))
	b.DecisionList(storage.Decided(text("Refunds below 50 € need no approval")))
	b.DecisionList()
	b.Heading(3, text("Action items"))
	b.TaskList(
		storage.Todo(text("Ask support for numbers "), storage.Mention(storage.User{Key: "k"}), text(" "), storage.Time(day)),
		storage.Task{Done: true, Text: []storage.Inline{text("Find the owner of the ledger")}},
		storage.Todo(storage.Placeholder("Type an action, @ for its owner, // for its date")))
	b.Expand("Refinement guide", func(b *storage.Builder) {
		b.OrderedList(storage.Words("Come prepared."), storage.Line(text("Ask "), storage.Link("https://x.test", "why"), text(".")))
	})
}

func issue(key string) storage.Inline {
	return storage.JiraIssue(storage.IssueCard, key, "https://jira.test/browse/"+key)
}

var (
	htmlTag  = regexp.MustCompile(`^<(/?)([a-z0-9]+)((?: [a-z-]+="[^"<>]*")*)>`)
	htmlAttr = regexp.MustCompile(` ([a-z-]+)="([^"]*)"`)
)

// requireSafe reads HTML more strictly than a browser: every < begins a tag
// that is allowed here, tags are balanced, and attributes are harmless.
func requireSafe(t require.TestingT, html string) {
	var open []string
	for {
		i := strings.IndexByte(html, '<')
		if i < 0 {
			break
		}
		html = html[i:]
		m := htmlTag.FindStringSubmatch(html)
		require.NotNil(t, m, "%.80s", html)
		html = html[len(m[0]):]
		require.Contains(t, allowedTags, m[2])
		requireSafeAttrs(t, m[3])
		switch {
		case m[1] == "/":
			require.NotEmpty(t, open)
			require.Equal(t, open[len(open)-1], m[2])
			open = open[:len(open)-1]
		case !slices.Contains([]string{"br", "hr", "img", "input"}, m[2]):
			open = append(open, m[2])
		}
	}
	require.Empty(t, open)
}

var allowedTags = strings.Fields("a b big blockquote br cite code del details div em h1 h2 h3 h4 h5 h6 hr i img input ins" +
	" kbd li mark nav ol p pre s small span strong sub summary sup table tbody td tfoot th thead time tr u ul")

var safeHref = regexp.MustCompile(`^(https?://|mailto:|[^:\\]*$|[^:\\]*[/?#])`)

func requireSafeAttrs(t require.TestingT, attrs string) {
	for _, a := range htmlAttr.FindAllStringSubmatch(attrs, -1) {
		switch a[1] {
		case "href":
			require.Regexp(t, safeHref, a[2])
			require.False(t, strings.HasPrefix(a[2], "//"), a[2])
		case "id":
			require.True(t, strings.HasPrefix(a[2], "wiki-"), a[2])
		case "src":
			require.Equal(t, "/known.png", a[2])
		case "class", "alt", "role", "rel", "type", "datetime", "data-task-id", "aria-label", "checked", "disabled",
			"colspan", "rowspan", "start":
		default:
			require.Fail(t, "attribute "+a[1])
		}
	}
}
