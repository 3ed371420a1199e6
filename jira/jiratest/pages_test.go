package jiratest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/jira/jiratest"
)

// F5
func TestPagesAreSafe(t *testing.T) {
	t.Parallel()
	s := jiratest.New(jiratest.Options{})
	require.NoError(t, s.Load(strings.NewReader(`{"key":"PAY-1","fields":{"summary":"</h1><script>alert(1)</script> {color:red}[~admin] ]]> & \"x\"","description":"<img src=x onerror=alert(1)> [a|javascript:alert(1)] {code}<b>{code} *bold*"}}`)))
	_, err := s.Comment("PAY-1", s.Me(), "<script>alert(2)</script>\n||<i>||\n|<u>|")
	require.NoError(t, err)
	c := client{s}
	for _, path := range []string{"/", "/browse/PAY-1"} {
		page := c.get(path)
		require.Equal(t, 200, page.status)
		for _, bad := range []string{"<script", "<img", "<i>", "<u>", `href="javascript`} {
			assert.NotContains(t, page.raw, bad, path)
		}
		assert.Contains(t, page.raw, "&lt;script&gt;alert(1)", path)
		assert.Contains(t, page.header.Get("Content-Security-Policy"), "default-src 'none'")
	}
	assert.Contains(t, c.get("/browse/PAY-1").raw, "<strong>bold</strong>")
	assert.Equal(t, 404, c.get("/browse/PAY-2").status)
}

func TestPagesNameThoseWhoAreMentioned(t *testing.T) {
	t.Parallel()
	for deployment, markup := range map[jiratest.Deployment]string{
		jiratest.Cloud: "[~accountid:5f:1] and [~accountid:x&y]", jiratest.DataCenter: "[~zoe] and [~x&y]",
	} {
		s := site(t, deployment)
		s.AddPerson(jiratest.Person{AccountID: "5f:1", Key: "K1", Name: "zoe", DisplayName: "Zoe <R>"})
		_, err := s.Comment("PAY-2", s.Me(), markup)
		require.NoError(t, err)
		page := client{s}.get("/browse/PAY-2").raw
		assert.Contains(t, page, `<span class="mention">@Zoe &lt;R&gt;</span> and <span class="mention">@x&amp;y</span>`, deployment)
	}
}

func TestIssuePage(t *testing.T) {
	t.Parallel()
	s := site(t, jiratest.DataCenter)
	require.NoError(t, s.Flag("PAY-2"))
	c := client{s}
	c.do("POST", "/rest/api/2/issue/PAY-2/remotelink", object{"object": object{"url": "https://wiki.example.com/1", "title": "Session page"}})
	page := c.get("/browse/PAY-2").raw
	for _, want := range []string{
		"Send an invoice by mail", "<strong>mail</strong>", "Flagged", "Ana Ruiz", `href="https://wiki.example.com/1"`, "Session page",
		"blocks", `href="../browse/PAY-3"`, `href="../browse/PAY-4"`, `href="../browse/PAY-1"`,
	} {
		assert.Contains(t, page, want)
	}
	assert.Contains(t, c.get("/").raw, `href="browse/PAY-2"`)
}
