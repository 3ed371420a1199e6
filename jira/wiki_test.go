package jira

import (
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/jira/jiratest"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

func note(entries ...outcome.Entry) outcome.Note {
	return outcome.Note{
		Owner: "acme", Session: "s1",
		PageID: "42", PageURL: "https://wiki.example.com/x/42", PageTitle: "2026-11-24 Refinement – Payments – Refunds",
		Entries: entries,
	}
}

func typed(s string) outcome.Text { return outcome.Text{{Text: s}} }

func TestWikiNote(t *testing.T) { // S1, S2
	t.Parallel()
	ana := outcome.User{AccountID: "5b10:a-c", Key: "JIRAUSER1", Name: "ana", Display: "Ana Ruiz"}
	n := note(
		outcome.Entry{Kind: outcome.Action, Text: typed("Ask the bank for limits"), Owner: &ana, Due: ticket.Date{Year: 2026, Month: 12, Day: 1}},
		outcome.Entry{Kind: outcome.Decision, Text: typed("Refunds go back to the card"), Reason: typed("fees are lower")},
		outcome.Entry{Kind: outcome.Action, Text: outcome.Text{{User: &ana}, {Text: " draws the flow with "}, {User: &outcome.User{AccountID: "x", Display: "Bo"}}}, Owner: &ana, Done: true},
		outcome.Entry{Kind: outcome.Decision, Text: outcome.Text{{Text: "As in "}, {Text: "the spec", URL: "https://example.com/a_b?c=[d]|e"}}},
	)
	assert.Equal(t, strings.Join([]string{
		"h4. Refinement session: [2026-11-24 Refinement – Payments – Refunds|https://wiki.example.com/x/42]",
		"",
		"*Decisions*",
		"* Refunds go back to the card",
		"** Reason: fees are lower",
		"* As in [the spec|https://example.com/a_b?c=%5Bd%5D%7Ce]",
		"",
		"*Action items*",
		"* ☐ Ask the bank for limits – owner [~accountid:5b10:a-c], due 2026-12-01",
		"* ☑ [~accountid:5b10:a-c] draws the flow with @Bo – done",
		"",
	}, "\n"), WikiNote(n, true))
	assert.Contains(t, WikiNote(n, false), "owner [~ana], due 2026-12-01")
}

func TestANoteTellsWhatLeftThePage(t *testing.T) { // S8, A1 A16
	t.Parallel()
	ana := outcome.User{AccountID: "5b10:a-c", Name: "ana", Display: "Ana Ruiz"}
	n := note(
		outcome.Entry{Kind: outcome.Decision, Text: typed("Cards first")},
		outcome.Entry{Kind: outcome.Decision, Text: typed("Use *SEPA*"), Reason: typed("fees are lower"), Gone: true},
		outcome.Entry{Kind: outcome.Action, Text: outcome.Text{{User: &ana}, {Text: " asks"}}, Owner: &ana, Gone: true, Moved: "PAY-8"},
		outcome.Entry{Kind: outcome.Action, Text: typed("call the bank"), Owner: &ana, Done: true, Gone: true},
		outcome.Entry{Kind: outcome.Decision, Text: typed("Forged"), Gone: true, Moved: "{color:red}"},
	)
	for _, cloud := range []bool{true, false} {
		text := WikiNote(n, cloud)
		assert.Contains(t, text, strings.Join([]string{
			"*Decisions*",
			"* Cards first",
			"",
			"*Left the page*",
			`* Use \*SEPA\* – no longer on the page`,
			"** Reason: fees are lower",
			"* ☐ @Ana Ruiz asks – moved to PAY-8",
			"* ☑ call the bank – owner @Ana Ruiz, done, no longer on the page",
			`* Forged – moved to \{color:red}`,
			"",
		}, "\n"), "nobody is notified")
		assert.Equal(t, []string{"Cards first"}, entriesIn(text, decisions), "what left the page is agreed no more")
	}
}

// What left the page stands nowhere else, so it has room before the page's lines.
func TestWhatLeftThePageHasRoomFirst(t *testing.T) { // S8
	t.Parallel()
	var entries []outcome.Entry
	for range 40 {
		entries = append(entries, outcome.Entry{Kind: outcome.Decision, Text: typed(strings.Repeat("long ", 200))})
	}
	entries = append(entries, outcome.Entry{Kind: outcome.Decision, Text: typed("Use SEPA"), Gone: true})
	text, omitted := wikiNote(note(entries...), true)
	assert.Positive(t, omitted)
	assert.LessOrEqual(t, length(text), maxComment)
	assert.Contains(t, text, "* Use SEPA – no longer on the page\n")
}

func TestNotesAreRecognised(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{
		WikiNote(note(), true):                                    true,
		"\r\nh4.Refinement session: [Payments]":                   true,
		"h4. Refinement session 2026-11-24: [Payments|https://x]": true,
		"Refinement session 2026-11-24: Payments":                 true,
		"Refinement session: we should talk about vouchers":       false,
		"See h4. Refinement session: [Payments]":                  false,
		"h4. Refinement sessions are long":                        false,
	} {
		assert.Equal(t, want, isNote(body), body)
	}
}

func TestMentionsNeedAnID(t *testing.T) { // F5
	t.Parallel()
	for name, test := range map[string]struct {
		user  outcome.User
		cloud bool
		want  string
	}{
		"account id":             {outcome.User{AccountID: "557058:0-a", Display: "Ana"}, true, "owner [~accountid:557058:0-a]"},
		"breaks out":             {outcome.User{AccountID: "x] {color:red}[~admin", Display: "Ana"}, true, "owner @Ana"},
		"name":                   {outcome.User{Name: "ana.ruiz@example.com", Display: "Ana"}, false, "owner [~ana.ruiz@example.com]"},
		"name breaks out":        {outcome.User{Name: "a][~admin", Display: "Ana"}, false, "owner @Ana"},
		"longest name":           {outcome.User{Name: strings.Repeat("é", 255), Display: "Ana"}, false, "owner [~" + strings.Repeat("é", 255) + "]"},
		"name that is too long":  {outcome.User{Name: strings.Repeat("é", 256), Display: "Ana"}, false, "owner @Ana"},
		"key only":               {outcome.User{Key: "JIRAUSER1", Display: "Ana [~admin]"}, false, `owner @Ana \[\~admin\]`},
		"nothing":                {outcome.User{}, false, "owner @somebody"},
		"a key without a name":   {outcome.User{Key: "JIRAUSER1"}, false, "owner @JIRAUSER1"}, // A9
		"an old key on Cloud":    {outcome.User{Key: "ff8080"}, true, "owner @ff8080"},        // R11
		"an id without a name":   {outcome.User{AccountID: "1:2"}, false, "owner @1:2"},       // A9
		"Data Center on Cloud":   {outcome.User{Key: "k", Name: "ana", Display: "Ana"}, true, "owner @Ana"},
		"Cloud on a Data Center": {outcome.User{AccountID: "1:2", Display: "Ana"}, false, "owner @Ana"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := note(outcome.Entry{Kind: outcome.Action, Text: typed("Ask"), Owner: &test.user})
			assert.Contains(t, WikiNote(n, test.cloud), "* ☐ Ask – "+test.want+"\n")
		})
	}
}

func TestLinksOnlyToTheWeb(t *testing.T) { // F5
	t.Parallel()
	for _, test := range []struct{ address, text, want string }{
		{"https://a.example/b", "", "[https://a.example/b]"},
		{"https://a.example/b", "https://a.example/b", "[https://a.example/b]"},
		{"mailto:a@example.com", "mail", "[mail|mailto:a@example.com]"},
		{"javascript:alert(1)", "click", "click"},
		{"file:///etc/passwd", "", "file:" + noBreak + "///etc/passwd"},
		{"https://a.example/x", "a|b]", `a\|b\] [https://a.example/x]`},
		{"https://a.example/a b]{c}", "t", "[t|https://a.example/a%20b%5D%7Bc%7D]"},
		{"://", "t", "t"},
	} {
		assert.Equal(t, test.want, wikiLink(test.address, test.text), test.address)
	}
}

// S1 F5: an address that somebody typed is one that can be followed and copied, and reads
// as it was typed.
func TestATypedAddressIsALink(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"mockup B from https://figma.example/file/x1y2 it is":   "mockup B from [https://figma.example/file/x1y2] it is",
		"as in https://acme.example/spec#3.":                    "as in [https://acme.example/spec#3].",
		"look! (https://a.example/b?c=d_e&f=g-h)":               "look! ([https://a.example/b?c=d_e&f=g-h])",
		"https://a.example/wiki/X_(Y), then mailto:a@b.example": "[https://a.example/wiki/X_(Y)], then [mailto:a@b.example]",
		"https://a.example/?f[a]=1|2":                           "[https://a.example/?f%5Ba%5D=1%7C2]",
		"wow!https://a.example":                                 `wow\![https://a.example]`,
		"javascript:alert(1) and ftp://a.example":               "javascript:alert(1) and ftp:" + noBreak + "//a.example",
		"http:// and https://":                                  "http:" + noBreak + "// and https:" + noBreak + "//",
	} {
		text := new(noteWriter).text(typed(in), nil)
		assert.Equal(t, want, text)
		back, err := url.PathUnescape(readText(text).String())
		require.NoError(t, err)
		assert.Equal(t, in, back, "also read from a comment that lost its mark")
	}
	assert.Equal(t, "as in https://acme.example/spec", readText("as in https:"+noBreak+"//acme.example/spec").String(), "as earlier versions wrote it")
	for _, field := range []richText{docText{}, wikiText("")} {
		field, err := field.with("Agreed", []string{"as in https://acme.example/spec#3, rounded"})
		require.NoError(t, err)
		assert.Equal(t, []string{"as in https://acme.example/spec#3, rounded"}, field.lines("Agreed"))
		body, err := json.Marshal(field)
		require.NoError(t, err)
		assert.Regexp(t, `\[https://acme.example/spec#3\]|"href":"https://acme.example/spec#3"`, string(body))
	}
}

func TestEscape(t *testing.T) { // F5
	t.Parallel()
	for in, want := range map[string]string{
		"Keep the well-known snake_case name (v2), 5 - 3 + 1!":                          "Keep the well-known snake_case name (v2), 5 - 3 + 1!",
		"PAY-7 is done by 10:30, #42 & co.":                                             "PAY-7 is done by 10:30, #42 & co.",
		`</ac:structured-macro><script>alert(1)</script> {color:red}[~admin] ]]> & "x"`: `</ac:structured-macro><script>alert(1)</script> \{color:red}\[\~admin\] \]\]> & "x"`,
		"*bold* _it_ -gone- +new+ ^up^ ~down~ ??cite??":                                 `\*bold\* \_it\_ \-gone- \+new+ \^up\^ \~down\~ \?\?cite\?\?`,
		"!pic.png! |cell|":         `\!pic.png! \|cell\|`,
		"----":                     `\-\-\-\-`,
		"- item":                   `\- item`,
		"  # item":                 `  \# item`,
		"two\nlines\r\n\tand more": "two lines   and more",
		`C:\temp\[x] \\ end\`:      `C:\temp\` + noBreak + `\[x\] \` + noBreak + `\` + " end\\" + noBreak,
		"https://example.com":      "https:" + noBreak + "//example.com",
		":) :( ;-) (x) (/) :P":     `:\) :\( ;\-\) \(x) \(/) :` + noBreak + "P",
		"&lt;b&#62;":               "&" + noBreak + "lt;b&" + noBreak + "#62;",
		"a\u202eb\x00c\ufeffd\xff": "abcd\uFFFD",
	} {
		assert.Equal(t, want, escape(in), "%q", in)
	}
}

func TestTextMakesNoMarkupBetweenRuns(t *testing.T) {
	t.Parallel()
	w := noteWriter{cloud: true}
	for want, text := range map[string]outcome.Text{
		"[https://x]":       {{Text: "https:"}, {Text: "//x"}},
		noBreak + "h1. big": {{Text: " h"}, {Text: "1. big"}},
		`\?\?x`:             {{Text: "?"}, {Text: "?x"}},
		`a\` + noBreak + "[https://example.com/]": {{Text: `a\`}, {URL: "https://example.com/"}},
		"": nil,
	} {
		assert.Equal(t, want, w.text(text, nil))
	}
}

func TestLongNotesAreCutAtAnEntry(t *testing.T) {
	t.Parallel()
	var entries []outcome.Entry
	for range 100 {
		entries = append(entries, outcome.Entry{Kind: outcome.Decision, Text: typed(strings.Repeat("𝄞 {x}", 100))})
	}
	body := WikiNote(note(entries...), true)
	assert.LessOrEqual(t, length(body), maxComment)
	assert.Greater(t, length(body), maxComment*9/10)
	assert.Regexp(t, `no room here for \d+ more entries, see the page: \[.*\|https://wiki.example.com/x/42\]\n$`, body)

	one := WikiNote(note(outcome.Entry{Kind: outcome.Decision, Text: typed(strings.Repeat("x", 2*maxComment))}), true)
	assert.Contains(t, one, "no room here for 1 more entries")
}

func TestTheMarkFitsIntoAProperty(t *testing.T) {
	t.Parallel()
	var entries []outcome.Entry
	for range 100 {
		entries = append(entries, outcome.Entry{Kind: outcome.Decision, Text: typed(strings.Repeat("ä", 500))})
	}
	n := note(entries...)
	p, err := markProperty(n.Mark())
	require.NoError(t, err)
	assert.LessOrEqual(t, len(p.Value), maxProperty)
	m, ok := session{Session: ticket.Session{ID: "s1", Owner: "acme"}}.mark(p.Value)
	require.True(t, ok)
	assert.Equal(t, n.Hash(), m.Hash)
	assert.NotEmpty(t, m.Entries)
}

// shows is how Jira reads backslashes: one that is not itself preceded by one
// takes away the meaning of the character after it.
func shows(wiki string) string {
	r := []rune(wiki)
	var b strings.Builder
	for i := 0; i < len(r); i++ {
		if r[i] == '\\' && at(r, i-1) != '\\' && i+1 < len(r) && strings.ContainsRune("-#*_+?^~|%{}[]()!@", r[i+1]) {
			i++
		}
		b.WriteRune(r[i])
	}
	return strings.ReplaceAll(b.String(), noBreak, "")
}

func FuzzEscape(f *testing.F) { // F5
	for _, s := range []string{"", `\`, `\\{`, `{code}`, `[~admin]`, "!a!", "h1. x", "https://x", "a\n* b", "&amp;", "-", "--", `\-\`, ":D"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := escape(s)
		if want := strings.ReplaceAll(plain(s), noBreak, ""); shows(got) != want {
			t.Fatalf("%q shows as %q, not as %q", got, shows(got), want)
		}
		if strings.Contains(got, `\\`) || strings.ContainsAny(got, "\n\r\x00") {
			t.Fatalf("%q breaks a line", got)
		}
		r := []rune(got)
		for i, c := range r {
			if strings.ContainsRune("{[]|~^*", c) && at(r, i-1) != '\\' {
				t.Fatalf("%q leaves %q to the renderer", got, c)
			}
		}
	})
}

// FuzzWikiNote holds a comment to what the fake service's renderer makes of it:
// whatever people typed, it has the elements of a comment about nothing, it
// mentions nobody but the owner by an id, links only to the page and to what
// people linked to, and shows each text as it was typed.
func FuzzWikiNote(f *testing.F) { // F5 S1
	f.Add("text", "https://x.example/", "Ana", "title")
	f.Add("a\nb", "javascript:x", "]", "|]")
	f.Add("a!", "https://x.example", "Ana!", "")
	f.Add("seen at xhttps://y.example", "https://x.example", "Ana", "title")
	f.Add("[~bo] {{x}} [a|http://y.example]", "https://x.example", "Ana", "title")
	f.Add("{code}\\", "mailto:a@x.example?subject=[~admin]", "5b10:a-c", "h1. x")
	f.Add(`*a* _b_ -c- !d! [~e] {color:red} \\ :) (x) &lt;`, "HTTPS://x.example/a|b]", "ana.ruiz", "https://x.example")
	f.Fuzz(func(t *testing.T, text, address, person, title string) {
		decision := outcome.Entry{Kind: outcome.Decision, Text: typed("x" + text), Reason: typed(text)}
		action := outcome.Entry{
			Kind: outcome.Action, Text: outcome.Text{{Text: text}, {Text: title, URL: address}, {User: &outcome.User{Display: person}}},
			Owner: &outcome.User{AccountID: person, Name: person, Display: person},
		}
		n, nothing := note(decision, action), note(outcome.Entry{Kind: outcome.Decision, Text: typed("x"), Reason: typed("x")}, outcome.Entry{Kind: outcome.Action, Text: typed("x")})
		n.PageTitle = title
		asked := ""
		if u, err := url.Parse(strings.TrimSpace(address)); err == nil {
			asked = linkTarget(u.String())
		}
		for _, cloud := range []bool{true, false} {
			body := WikiNote(n, cloud)
			shown := jiratest.HTML(body)
			require.Equal(t, elementsOf(jiratest.HTML(WikiNote(nothing, cloud))), elementsOf(shown), body)
			for _, link := range hrefs.FindAllStringSubmatch(shown, -1) {
				target := html.UnescapeString(link[1])
				typed := strings.Contains(unescaped(plain(text+" "+title+" "+person)), unescaped(target))
				require.True(t, target == n.PageURL || web.MatchString(target) && (target == asked || typed), "%q in\n%s", target, body)
			}
			for _, who := range jiratest.Mentions(body) {
				require.Equal(t, person, who, body)
			}
			require.Contains(t, unescaped(wordsOf(shown)), unescaped(wordsOf("x"+html.EscapeString(plain(text)))), body)
		}
	})
}

var (
	tags  = regexp.MustCompile(`<(/?[a-z0-9]+)[^>]*>`)
	web   = regexp.MustCompile(`^(?i)(https?|mailto):`)
	hrefs = regexp.MustCompile(`<a href="([^"]*)"`)
)

// elementsOf are the blocks and marks of a comment; links and mentions, which
// people may make, aside.
func elementsOf(shown string) (names []string) {
	for _, m := range tags.FindAllStringSubmatch(shown, -1) {
		if name := strings.TrimPrefix(m[1], "/"); name != "a" && name != "span" {
			names = append(names, m[1])
		}
	}
	return names
}

// unescaped is a text without what an address in it has to have encoded, spaces aside,
// which are no words.
func unescaped(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		s = u
	}
	return strings.Join(strings.Fields(s), "")
}

// wordsOf are the words that a comment shows.
func wordsOf(shown string) string {
	text := html.UnescapeString(tags.ReplaceAllString(shown, " "))
	return strings.Join(strings.Fields(strings.ReplaceAll(text, noBreak, "")), " ")
}

// What no browser takes is no link, and still stands there in words.
func TestAddressesThatAreTooLongAreText(t *testing.T) {
	t.Parallel()
	address := "https://x.example/" + strings.Repeat("a", longestAddress)
	assert.Equal(t, "here", wikiLink(address, "here"))
	assert.Contains(t, wikiLink(address[:longestAddress], "here"), "[here|https://x.example/")
}
