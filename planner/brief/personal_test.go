package brief_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/brief"
)

// L14: personal data is said and never shown.
func TestPersonal(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, secret, what string }{
		"an address":            {"Ask jo.smith@library.org first.", "jo.smith", "e-mail address"},
		"an address as a link":  {"Ask [mailto:jo@library.co.uk].", "jo@", "e-mail address"},
		"a number":              {"Call +49 30 1234567 before.", "1234567", "phone number"},
		"a number without sign": {"Office: 916.673.9799", "673", "phone number"},
		"one in brackets":       {"Call (916) 673-9799.", "673", "phone number"},
		"one in markup":         {"<phone>+1-570-887-6374</phone>", "6374", "phone number"},
		"a street":              {"Lives at 12 Elm Street, Springfield, IL 62704", "Elm", "street address"},
		"eine Straße":           {"Wohnt Lindenstraße 12, 10969 Berlin", "Linden", "street address"},
		"an account":            {"Pay to DE89 3704 0044 0532 0130 00 by May", "3704", "bank account"},
		"a token":               {"curl -H ghp_abcdefghijklmnopqrstuvwxyz0123456789", "ghp_", "secret"},
		"a home folder":         {"Error in /Users/jsmith/loans/renew.js", "jsmith", "somebody's folder"},
		"a home in an address":  {`at "file:///Users/jsmith/loans/renew.js"`, "jsmith", "somebody's folder"},
		"a home on Windows":     {`see C:\Users\jsmith\loans`, "jsmith", "somebody's folder"},
		"a password":            {"Log in as test, password: hunter2lends", "hunter2", "secret"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := comments(described("LIB-1", "A reader renews a loan."), by(eli, c.text))
			b := made(i)
			found := of(b, brief.Personal)
			require.Len(t, found, 1)
			assert.Equal(t, c.what+" (comment by Eli)", found[0].Thing)
			assert.Empty(t, found[0].Quotes)
			assert.NotContains(t, b.Tickets[0].Issue.Comments[0].Body, c.secret)
			assert.Contains(t, b.Tickets[0].Issue.Comments[0].Body, "["+c.what+"]")
			assert.Contains(t, i.Comments[0].Body, c.secret, "the caller's issue stays as it is")
		})
	}
	for name, text := range map[string]string{
		"an example's address": "Mail to user@example.com and a@lib.example",
		"a picture":            "See icon@2x.png and loans@3x.library.org",
		"a repository":         "git clone git@github.com:lib/loans.git",
		"a version":            "Node 10.201.402.1107 and build 201.402.11075",
		"an object's number":   "urn:oid:1.2.840.113.6198.3.7 is meant",
		"an identifier":        "9f8b-123-456-7890 was refused",
		"a story's number":     "Call 555-123-4567",
		"no account":           "Use DE89 3704 0044 0532 0130 01 in tests",
		"code":                 "@Override public void run",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := made(described("LIB-1", text))
			assert.Empty(t, of(b, brief.Personal))
			assert.Equal(t, text, b.Tickets[0].Issue.Description)
		})
	}
	long := strings.Repeat("+1 22 a@b ", 100_000)
	assert.NotPanics(t, func() { made(described("LIB-1", long)) })
}
