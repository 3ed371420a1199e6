package confluencetest_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence/confluencetest"
	"refine/confluence/storage"
)

// browser is a person in front of a page.
type browser struct {
	t    *testing.T
	fake *confluencetest.Server
	site string
	root string
	id   string
}

// sessionBody is a page with room for what people type, as a session has it.
func sessionBody(cloud bool) string {
	b := storage.NewBuilder(new(storage.IDs))
	for _, key := range []string{"PAY-7", "PAY-9"} {
		b.Heading(2, storage.Link("https://jira.example/browse/"+key, key), storage.Plain(" Something"))
		b.Paragraph(storage.Plain("What it is about."))
		b.Heading(3, storage.Plain("Decisions"))
		if cloud {
			b.DecisionList()
		} else {
			b.BulletList(storage.Line(storage.Status(storage.Green, "Decision"), storage.Plain(" "), storage.Placeholder("Type what was decided")))
		}
		b.Heading(3, storage.Plain("Action items"))
		b.TaskList(storage.Todo(storage.Placeholder("Type an action")))
		b.Heading(3, storage.Plain("Outcome"))
		b.TaskList(storage.Todo(storage.Plain("Ready")), storage.Todo(storage.Plain("Parked")))
	}
	b.Heading(2, storage.Plain("Retrospective"))
	b.BulletList(storage.Line(storage.Placeholder("What went well")))
	return b.String()
}

func open(t *testing.T, d confluencetest.Deployment, body string) *browser {
	t.Helper()
	fake := confluencetest.New(confluencetest.Options{Deployment: d})
	site := httptest.NewServer(fake)
	t.Cleanup(site.Close)
	id, err := fake.Create("Priya Nair", "", "Session", body)
	require.NoError(t, err)
	b := &browser{t: t, fake: fake, site: site.URL, id: id}
	if d == confluencetest.Cloud {
		b.root = "/wiki"
	}
	return b
}

func (b *browser) get(path string) (int, string) {
	b.t.Helper()
	resp, err := http.Get(b.site + path)
	require.NoError(b.t, err)
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(b.t, err)
	return resp.StatusCode, string(raw)
}

// post sends a form of the page as it stands, and returns what comes back.
func (b *browser) post(act string, form url.Values) (int, string) {
	b.t.Helper()
	if form.Get("version") == "" {
		form.Set("version", strconv.Itoa(b.page().Version))
	}
	resp, err := http.PostForm(b.site+b.root+"/pages/"+b.id+"/"+act, form)
	require.NoError(b.t, err)
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(b.t, err)
	return resp.StatusCode, string(raw)
}

func (b *browser) page() confluencetest.Page {
	p, ok := b.fake.Page(b.id)
	require.True(b.t, ok)
	return p
}

// block is the number of the first block that says text.
func (b *browser) block(text string) string {
	doc, err := storage.Parse(b.page().Body)
	require.NoError(b.t, err)
	for i, n := range doc.Blocks() {
		if strings.Contains(n.PlainText(), text) {
			return strconv.Itoa(i)
		}
	}
	b.t.Fatalf("no block says %q", text)
	return ""
}

// fields returns the names of the text fields in the form of a block.
func (b *browser) fields(block string) []string {
	_, html := b.get(b.root + "/pages/" + b.id + "/edit")
	_, html, _ = strings.Cut(html, `id="block-`+block+`"`)
	html, _, _ = strings.Cut(html, "</section>")
	var names []string
	for _, m := range regexp.MustCompile(`<textarea name="(text-\d+-\d+)"`).FindAllStringSubmatch(html, -1) {
		names = append(names, m[1])
	}
	return names
}

// section is the readable text from a heading to the next one of its level,
// line by line.
func (b *browser) section(heading string) string {
	doc, err := storage.Parse(b.page().Body)
	require.NoError(b.t, err)
	var lines []string
	in := false
	for _, n := range doc.Blocks() {
		if n.Name == "h2" {
			in = strings.HasPrefix(n.PlainText(), heading)
		}
		if in {
			lines = append(lines, n.PlainText())
		}
	}
	return strings.Join(lines, "\n")
}

func TestReadingAPage(t *testing.T) {
	t.Parallel()
	for _, d := range []confluencetest.Deployment{confluencetest.Cloud, confluencetest.DataCenter} {
		b := open(t, d, `<p>Hello <script>alert(1)</script> &amp; <a href="javascript:alert(1)">bad</a></p>`+sessionBody(d == confluencetest.Cloud))
		paths := []string{b.root + "/pages/viewpage.action?pageId=" + b.id}
		if d == confluencetest.Cloud {
			paths = append(paths, "/wiki/spaces/PAY/pages/"+b.id, "/wiki/spaces/PAY/pages/"+b.id+"/Session")
		} else {
			paths = append(paths, "/display/PAY/Session")
		}
		for _, path := range paths {
			status, html := b.get(path)
			assert.Equal(t, 200, status, path)
			assert.Contains(t, html, "<h1>Session</h1>")
			assert.Contains(t, html, `data-task-id="1"`)
			assert.NotContains(t, html, "<script>alert")
			assert.NotContains(t, html, "javascript:")
		}
		status, html := b.get(b.root + "/")
		assert.Equal(t, 200, status)
		assert.Contains(t, html, ">Session</a>")
		status, _ = b.get("/")
		assert.Equal(t, 200, status)
		status, _ = b.get(b.root + "/pages/viewpage.action?pageId=1")
		assert.Equal(t, 404, status)
		for _, asset := range []string{"wiki.css", "site.css", "page.js"} {
			status, _ = b.get(b.root + "/_people/" + asset)
			assert.Equal(t, 200, status, asset)
		}
	}
}

func TestTicking(t *testing.T) {
	t.Parallel()
	for _, d := range []confluencetest.Deployment{confluencetest.Cloud, confluencetest.DataCenter} {
		b := open(t, d, sessionBody(d == confluencetest.Cloud))
		status, version := b.post("tick", url.Values{"task": {"2"}, "done": {"true"}})
		assert.Equal(t, 200, status)
		assert.Equal(t, "2", version, "the page's new version")
		assert.Equal(t, 1, strings.Count(b.page().Body, "<ac:task-status>complete</ac:task-status>"))
		b.post("tick", url.Values{"task": {"2"}, "done": {"false"}})
		assert.NotContains(t, b.page().Body, "<ac:task-status>complete</ac:task-status>")
		status, _ = b.post("tick", url.Values{"task": {"99"}, "done": {"true"}})
		assert.Equal(t, 404, status)
	}
}

func TestAddingDecisionsAndActions(t *testing.T) {
	t.Parallel()
	for _, d := range []confluencetest.Deployment{confluencetest.Cloud, confluencetest.DataCenter} {
		t.Run(string(d), func(t *testing.T) {
			t.Parallel()
			b := open(t, d, sessionBody(d == confluencetest.Cloud))
			dana := b.fake.People()[0]
			add := func(heading string, form url.Values) {
				form.Set("section", b.block(heading))
				status, html := b.post("add", form)
				require.Equal(t, 200, status, html)
			}
			add("PAY-9", url.Values{"kind": {"decision"}, "text": {"Ship <it> & go"}})
			add("PAY-9", url.Values{"kind": {"decision"}, "text": {"Second"}})
			add("PAY-7", url.Values{"kind": {"action"}, "text": {"Ask legal"}, "person": {dana.Key}, "due": {"2026-12-01"}})
			add("PAY-7", url.Values{"kind": {"action"}, "text": {"Tell sales"}})
			add("PAY-7", url.Values{"kind": {"text"}, "text": {"A remark"}})
			add("PAY-7", url.Values{"kind": {"text"}, "text": {"And more"}})

			decided := []string{"Ship <it> & go", "Second"}
			if d == confluencetest.DataCenter {
				decided[1] = "Decision: Second"
			}
			assert.Equal(t, strings.Join([]string{
				"PAY-9 Something", "What it is about.", "Decisions", decided[0], decided[1], "Action items", "", "Outcome", "Ready\nParked",
			}, "\n"), b.section("PAY-9"))
			assert.Equal(t, strings.Join([]string{
				"PAY-7 Something", "What it is about.", "Decisions", "", "Action items", "Ask legal 2026-12-01\nTell sales", "Outcome", "Ready\nParked", "A remark\nAnd more",
			}, "\n"), b.section("PAY-7"))
			body := b.page().Body
			if d == confluencetest.Cloud {
				assert.Equal(t, 3, strings.Count(body, `<ac:adf-node type="decision-item">`), "the empty decision was filled")
				assert.Contains(t, body, `<ri:user ri:account-id="`+dana.AccountID+`"`)
				assert.Contains(t, body, "<li>Ship &lt;it&gt; &amp; go</li><li>Second</li>")
			} else {
				assert.Contains(t, body, `<ri:user ri:userkey="`+dana.Key+`" />`)
			}
			assert.Equal(t, "Dana Whitfield", b.page().Editor)

			status, _ := b.post("add", url.Values{"kind": {"action"}, "text": {"Anywhere"}, "section": {"-1"}})
			assert.Equal(t, 200, status)
			assert.True(t, strings.HasSuffix(b.section("Retrospective"), "Anywhere"))
		})
	}
}

func TestAddingToAPageWithoutRoom(t *testing.T) {
	t.Parallel()
	for _, d := range []confluencetest.Deployment{confluencetest.Cloud, confluencetest.DataCenter} {
		b := open(t, d, "<h2>One</h2><p>a</p><h2>Two</h2>")
		for _, kind := range []string{"decision", "action"} {
			status, _ := b.post("add", url.Values{"kind": {kind}, "text": {"a new " + kind}, "section": {"0"}})
			assert.Equal(t, 200, status)
		}
		assert.Regexp(t, "^One\na\n(Decision: )?a new decision\na new action$", b.section("One"))
	}
	b := open(t, confluencetest.Cloud, "")
	status, html := b.post("add", url.Values{"kind": {"text"}, "text": {"first words"}, "section": {"-1"}})
	assert.Equal(t, 200, status, html)
	assert.Contains(t, b.page().Body, "first words")
}

// As the editor does it: @ and a name is a mention, // and a day a date, a new line one.
func TestTyping(t *testing.T) {
	t.Parallel()
	for _, d := range []confluencetest.Deployment{confluencetest.Cloud, confluencetest.DataCenter} {
		for typed, shown := range map[string]string{
			"ask @Dana Whitfield, today":     "ask @Dana Whitfield, today",
			"ask @priya.nair //2026-12-07":   "ask @Priya Nair 7 Dec 2026",
			"@kofi asks\nand @Yuki tells\n":  "@Kofi Mensah asks\nand @Yuki Tanaka tells",
			"a@b.example and @nobody //soon": "a@b.example and @nobody //soon",
			"see https://x.test/@dana.x":     "see https://x.test/@dana.x",
		} {
			for _, kind := range []string{"decision", "action", "text"} {
				b := open(t, d, "<h2>One</h2>")
				status, html := b.post("add", url.Values{"kind": {kind}, "text": {typed}, "section": {"0"}})
				require.Equal(t, 200, status, html)
				_, view := b.get(b.root + "/pages/viewpage.action?pageId=" + b.id)
				assert.Contains(t, shownText(view), shown, "%s: %s", kind, b.page().Body)
			}
		}
	}
}

// shownText is what a page's HTML says, line by line.
func shownText(html string) string {
	html = regexp.MustCompile(`<br ?/?>`).ReplaceAllString(html, "\n")
	return regexp.MustCompile(`<[^>]*>`).ReplaceAllString(html, "")
}

func TestEditingText(t *testing.T) {
	t.Parallel()
	for _, d := range []confluencetest.Deployment{confluencetest.Cloud, confluencetest.DataCenter} {
		t.Run(string(d), func(t *testing.T) {
			t.Parallel()
			b := open(t, d, `<p>One <strong>two</strong> three</p><p></p><ul><li>first</li><li>second</li></ul>`+
				`<p><ac:structured-macro ac:name="status"><ac:parameter ac:name="title">Decision</ac:parameter></ac:structured-macro> <ac:placeholder>type here</ac:placeholder></p>`+
				`<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-body>call <ac:link><ri:user ri:userkey="x" /></ac:link></ac:task-body></ac:task><ac:task><ac:task-id>2</ac:task-id><ac:task-body>write</ac:task-body></ac:task></ac:task-list>`)
			edit := func(block string, typed ...string) {
				names := b.fields(block)
				require.Len(t, names, len(typed), "fields of block %s", block)
				form := url.Values{"block": {block}}
				for i, name := range names {
					form.Set(name, typed[i])
				}
				status, html := b.post("text", form)
				require.Equal(t, 200, status, html)
			}
			edit("0", "Eins", "two", "<drei>")
			edit("1", "filled & done")
			edit("2", "", "zweitens")
			edit("3", "We ship")
			edit("4", "ring", "")
			body := b.page().Body
			assert.Regexp(t, `<p[^>]*>Eins <strong>two</strong> &lt;drei&gt;</p>`, body)
			assert.Regexp(t, `<p[^>]*>filled &amp; done</p>`, body)
			assert.NotContains(t, body, "first", "an emptied list item goes")
			assert.Contains(t, body, "zweitens")
			assert.Contains(t, body, "</ac:structured-macro> We ship</p>")
			assert.Contains(t, body, "ring <ac:link>")
			assert.Equal(t, 1, strings.Count(body, "<ac:task>"), "an emptied task goes")

			before := b.page().Version
			edit("0", "Eins", "two", "<drei>")
			assert.Equal(t, before, b.page().Version, "saving what stands there saves nothing")
			status, _ := b.post("remove", url.Values{"block": {"0"}})
			assert.Equal(t, 200, status)
			assert.NotContains(t, b.page().Body, "Eins")
		})
	}
}

func TestEditingTheSource(t *testing.T) {
	t.Parallel()
	b := open(t, confluencetest.Cloud, "<p>a</p>")
	status, html := b.get("/wiki/pages/" + b.id + "/source")
	assert.Equal(t, 200, status)
	assert.Contains(t, html, "&gt;a&lt;/p&gt;</textarea>")
	status, html = b.post("source", url.Values{"body": {"<p>a</q>"}})
	assert.Equal(t, 400, status)
	assert.Contains(t, html, "Error parsing xhtml")
	b.post("source", url.Values{"body": {"<p>b</p>"}})
	assert.Contains(t, b.page().Body, ">b</p>")
}

// What somebody else saved in the meantime is not overwritten.
func TestEditingWhatHasMovedOn(t *testing.T) {
	t.Parallel()
	b := open(t, confluencetest.Cloud, "<p>a</p>")
	require.NoError(t, b.fake.Edit(b.id, "Kofi Mensah", func(s string) string { return s + "<p>b</p>" }))
	for _, act := range []string{"text", "add", "remove", "source"} {
		status, html := b.post(act, url.Values{"version": {"1"}, "block": {"0"}, "text": {"what I <typed>"}})
		assert.Equal(t, 409, status, act)
		assert.Contains(t, html, "Kofi Mensah saved the page")
		assert.Contains(t, html, "what I &lt;typed&gt;</textarea>", "nobody has to type it again")
	}
	assert.Equal(t, 2, b.page().Version)
}

func TestForeignAndBrokenForms(t *testing.T) {
	t.Parallel()
	b := open(t, confluencetest.Cloud, "<p>a</p>")
	for act, form := range map[string]url.Values{
		"text":   {"block": {"7"}},
		"remove": {"block": {"x"}},
		"add":    {"section": {"0"}, "kind": {"decision"}, "text": {"no heading"}},
	} {
		status, _ := b.post(act, form)
		assert.Equal(t, 400, status, act)
	}
	for i, form := range []url.Values{
		{"kind": {"decision"}, "text": {" "}},
		{"kind": {"novel"}, "text": {"x"}},
		{"kind": {"action"}, "text": {"x"}, "person": {"nobody"}},
		{"kind": {"action"}, "text": {"x"}, "due": {"soon"}},
	} {
		form.Set("section", "-1")
		status, _ := b.post("add", form)
		assert.Equal(t, 400, status, fmt.Sprint("form ", i))
	}

	r, err := http.NewRequestWithContext(t.Context(), "POST", b.site+"/wiki/pages/"+b.id+"/tick", strings.NewReader("task=1&done=true"))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "https://elsewhere.example")
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	resp.Body.Close()
	assert.Equal(t, 403, resp.StatusCode, "other sites post no forms here")
	assert.Equal(t, 1, b.page().Version)
}
