package outcome_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

// R2: every address of Jira's own pages names the ticket it shows.
func TestIssueAt(t *testing.T) {
	t.Parallel()
	const site = "https://acme.atlassian.net/"
	for address, want := range map[string]string{
		site + "browse/LIB-3":                                            "LIB-3",
		site + "browse/LIB-3?focusedCommentId=1#x":                       "LIB-3",
		site + "browse/LIB-3#comment-UTF-8":                              "LIB-3",
		site + "browse/lib-3":                                            "LIB-3",
		site + "jira/software/projects/LIB/boards/1?selectedIssue=LIB-3": "LIB-3",
		site + "jira/software/c/projects/LIB/boards/1/backlog?view=detail&selectedIssue=LIB-3": "LIB-3",
		site + "jira/software/c/projects/LIB/issues/LIB-3?jql=project%20%3D%20LIB":             "LIB-3",
		site + "jira/core/projects/LIB/board?selectedIssue=LIB-3":                              "LIB-3",
		site + "projects/LIB/issues/LIB-3":                                                     "LIB-3",
		site + "projects/LIB/issues/LIB-3?filter=allopenissues":                                "LIB-3",
		site + "issues/LIB-3": "LIB-3",
		site + "secure/RapidBoard.jspa?rapidView=7&selectedIssue=LIB-3": "LIB-3",
		site + "servicedesk/customer/portal/1/LIB-3":                    "LIB-3",
		site + "jira/servicedesk/projects/LIB/queues/custom/12/LIB-3":   "LIB-3",
		site + "jira/servicedesk/projects/LIB/queues/issue/LIB-3":       "LIB-3",
		site + "wiki/spaces/X/pages/1/browse/LIB-3":                     "",
		site + "wiki/spaces/X/pages/7/UTF-8":                            "",
		site + "projects/LIB/versions/1":                                "",
		site + "secure/attachment/10/LIB-3":                             "",
		site + "issues/?jql=key%3DLIB-3":                                "",
		"https://elsewhere.example/browse/LIB-3":                        "",
		"https://elsewhere.example/?u=" + site + "browse/LIB-3":         "",
		"https://acme.atlassian.net.evil.example/browse/LIB-3":          "",
		"": "",
	} {
		assert.Equal(t, want, outcome.IssueAt(address, site+"browse/"), address)
	}
	assert.Equal(t, "LIB-3", outcome.IssueAt("https://example.com/jira/projects/LIB/issues/LIB-3", "https://example.com/jira/browse/"))
	assert.Equal(t, "LIB-3", outcome.IssueAt("http://jira.internal:8080/browse/LIB-3"), "of any site")
}

// R3: a site may be reached by several addresses.
func TestASiteOfSeveralAddresses(t *testing.T) { // S12
	t.Parallel()
	addresses := []string{"https://acme.example/jira/browse/", "http://jira.internal:8080/browse/", "https://api.atlassian.com/ex/jira/0a1b/browse/"}
	for address, want := range map[string]string{
		"https://acme.example/jira/browse/LIB-2":                      "LIB-2",
		"http://acme.example:80/jira/browse/LIB-2":                    "LIB-2",
		"HTTPS://ACME.example:443/jira/projects/LIB/issues/LIB-2":     "LIB-2",
		"http://jira.internal:8080/browse/LIB-2/":                     "LIB-2",
		"http://jira.internal:8080//browse/LIB-2":                     "LIB-2",
		"http://jira.internal:8080/secure/X.jspa?selectedIssue=lib-2": "LIB-2",
		"https://api.atlassian.com/ex/jira/0a1b/browse/LIB-2":         "LIB-2",
		"https://api.atlassian.com/ex/jira/other/browse/LIB-2":        "",
		"https://acme.example/browse/LIB-2":                           "",
		"https://acme.example/jirafiles/browse/LIB-2":                 "",
		"http://jira.internal:9090/browse/LIB-2":                      "",
		"http://jira.internal/browse/LIB-2":                           "",
		"http://jira.internal:8080@evil.example/browse/LIB-2":         "",
		"browse/LIB-2": "",
	} {
		assert.Equal(t, want, outcome.IssueAt(address, addresses...), address)
	}
}

func TestRebased(t *testing.T) { // R3, S12
	t.Parallel()
	for _, test := range []struct{ address, from, to, want string }{
		{"http://jira.internal:8080/browse/LIB-2?a=b%20c#d%2Fe", "http://jira.internal:8080", "https://acme.example/jira", "https://acme.example/jira/browse/LIB-2?a=b%20c#d%2Fe"},
		{"https://acme.example/jira/browse/LIB-2", "http://jira.internal:8080", "https://acme.example/jira", "https://acme.example/jira/browse/LIB-2"},
		{"https://acme.example/jira/browse/LIB-2", "https://acme.example", "https://acme.example/jira", "https://acme.example/jira/browse/LIB-2"},
		{"https://acme.example/browse/LIB-2", "https://acme.example/", "https://acme.example/jira/", "https://acme.example/jira/browse/LIB-2"},
		{"https://elsewhere.example/browse/LIB-2", "http://jira.internal:8080", "https://acme.example", "https://elsewhere.example/browse/LIB-2"},
		{"http://jira.internal:8080", "http://jira.internal:8080", "https://acme.example", "https://acme.example/"},
		{"mailto:dana@acme.example", "http://jira.internal:8080", "https://acme.example", "mailto:dana@acme.example"},
		{"https://%zz", "http://jira.internal:8080", "https://acme.example", "https://%zz"},
	} {
		assert.Equal(t, test.want, outcome.Rebased(test.address, test.from, test.to), test.address)
	}
}

// S7: a line that begins with several tickets goes to each, and one that shortens their
// keys to none.
func TestALineForSeveralTickets(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]string{
		"PAY-8/PAY-9 same button":     {"PAY-8", "PAY-9"},
		"PAY-8 PAY-9 same button":     {"PAY-8", "PAY-9"},
		"PAY-8, PAY-9: same button":   {"PAY-8", "PAY-9"},
		"PAY-8 und PAY-9: ein Knopf":  {"PAY-8", "PAY-9"},
		"PAY-8 takes over from PAY-9": {"PAY-8"},
		"PAY-8/9 same button":         {},
		"PAY-7, 8, 9: same button":    {},
		"PAY-8+9: same button":        {},
		"PAY-8, 2 buttons":            {"PAY-8"},
	} {
		tickets := []outcome.Ticket{onTicket("PAY-7"), onTicket("PAY-8"), onTicket("PAY-9")}
		plan, _ := writeback(session(ticket.Backlog, ""), []outcome.Entry{decision("PAY-7", line)}, tickets)
		assert.ElementsMatch(t, want, slices.Collect(maps.Keys(comments(plan))), line)
		assert.Len(t, plan.Unattributed, max(0, 1-len(want)), line)
	}
}

// A ticket is not its own blocker: such a line is listed, also with others in it.
func TestATicketDoesNotWaitForItself(t *testing.T) { // S4 S7
	t.Parallel()
	for typed, want := range map[string][]string{
		"PAY-9":                        {"PAY-9"},
		"PAY-9, as PAY-7 says":         {"PAY-9"},
		"PAY-7":                        nil,
		"PAY-9, PAY-7":                 nil,
		"OLD-7, from where PAY-7 came": nil,
	} {
		moved := onTicket("PAY-7")
		moved.Aliases = []string{"OLD-7"}
		line := outcome.Entry{Kind: outcome.Blocker, Text: text(typed), Section: "PAY-7", Where: "PAY-7"}
		plan := outcome.Writeback(outcome.WritebackInput{
			Session: session(ticket.Backlog, ""), LinkBlockers: true,
			Outcomes: outcome.Outcomes{Keys: []string{"PAY-7"}, Entries: []outcome.Entry{line}},
			Tickets:  []outcome.Ticket{moved, onTicket("PAY-9")},
		})
		var linked []string
		for _, c := range plan.Changes {
			if c.Kind == outcome.IssueLinkChange {
				linked = append(linked, c.To)
			}
		}
		assert.Equal(t, want, linked, typed)
		if want == nil {
			assert.Equal(t, []outcome.Unattributed{{Text: "blocked by " + typed, Where: "PAY-7", Reason: "PAY-7 does not wait for itself: name what blocks it"}}, plan.Unattributed)
			assert.Empty(t, comments(plan))
		}
	}
}

// R2 R4: a line goes to the ticket that it names, however it is spelled.
func TestHowALineNamesItsTicket(t *testing.T) { // S7
	t.Parallel()
	const browse = "https://jira.example/browse/"
	for name, test := range map[string]struct {
		text outcome.Text
		want string
	}{
		"upper case":        {text("LIB-2 goes first"), "LIB-2"},
		"lower case":        {text("lib-2 goes first"), "LIB-2"},
		"mixed case":        {text("for Lib-2, first"), "LIB-2"},
		"another hyphen":    {text("LIB\u20112 goes first"), "LIB-2"},
		"an en dash":        {text("LIB–2 goes first"), "LIB-2"},
		"both":              {text("lib\u20102 goes first"), "LIB-2"},
		"in brackets":       {text("[LIB-2] goes first"), "LIB-2"},
		"in round ones":     {text("goes first (lib-2)"), "LIB-2"},
		"a smart link":      {outcome.Text{{Text: "Renew loans", URL: "https://jira.example/jira/software/projects/LIB/boards/1?selectedIssue=LIB-2"}, {Text: " goes first"}}, "LIB-2"},
		"a typed address":   {text("goes to https://jira.example/browse/LIB-2."), "LIB-2"},
		"one in brackets":   {text("goes first (https://jira.example/browse/lib-2)"), "LIB-2"},
		"another site's":    {text("see https://elsewhere.example/browse/LIB-2"), "LIB-1"},
		"another project's": {text("utf-8 goes first"), "LIB-1"},
		"a word":            {text("sha-256 and covid-19"), "LIB-1"},
		"no key":            {text("libel-2a goes first"), "LIB-1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := outcome.Outcomes{Browse: browse, Keys: []string{"LIB-1"}, Entries: []outcome.Entry{{Kind: outcome.Decision, Text: test.text, Section: "LIB-1"}}}
			if test.want == "LIB-2" {
				assert.Contains(t, o.KeysToRead(""), "LIB-2")
			}
			plan := outcome.Writeback(outcome.WritebackInput{
				Session: session(ticket.Backlog, ""), Outcomes: o, Tickets: []outcome.Ticket{onTicket("LIB-1"), onTicket("LIB-2")},
			})
			assert.Len(t, comments(plan)[test.want], 1)
		})
	}
}

// A3: where it is not certain whose line it is, it goes nowhere, unless it says so.
func TestADoubtfulLineIsListed(t *testing.T) {
	t.Parallel()
	doubtful := func(s string) outcome.Entry {
		return outcome.Entry{Kind: outcome.Decision, Text: text(s), Section: "LIB-1", Doubt: "the heading of its item is gone"}
	}
	inRow := doubtful("go")
	inRow.Row = "LIB-2"
	plan, _ := writeback(session(ticket.Epic, "LIB-9"), []outcome.Entry{doubtful("wait"), doubtful("LIB-2 waits"), inRow},
		[]outcome.Ticket{onTicket("LIB-1"), onTicket("LIB-2"), onTicket("LIB-9")})
	assert.Equal(t, map[string][]string{"LIB-2": {"LIB-2 waits", "go"}}, comments(plan))
	assert.Equal(t, []outcome.Unattributed{{Text: "wait", Reason: "the heading of its item is gone"}}, plan.Unattributed)
}

// S7: an action that is listed says who and when, though both were taken off its words.
func TestAListedActionSaysWhoAndWhen(t *testing.T) {
	t.Parallel()
	dana, day := &outcome.User{AccountID: "1", Display: "Dana Whitfield"}, ticket.DateOf(time.Date(2026, 12, 8, 0, 0, 0, 0, time.UTC))
	within := outcome.Text{{Text: "ask "}, {User: dana}, {Text: " by 2026-12-08"}}
	for want, e := range map[string]outcome.Entry{
		"books a room": {Text: text("books a room")},
		"@Dana Whitfield books a room 2026-12-08": {Text: text("books a room"), Owner: dana, Due: day},
		"@Dana Whitfield books a room":            {Text: text("books a room"), Owner: dana},
		"books a room 2026-12-08":                 {Text: text("books a room"), Due: day},
		"ask @Dana Whitfield by 2026-12-08":       {Text: within, Owner: dana, Due: day},
	} {
		e.Kind = outcome.Action
		plan, _ := writeback(session(ticket.Backlog, ""), []outcome.Entry{e}, []outcome.Ticket{onTicket("LIB-1")})
		require.Len(t, plan.Unattributed, 1)
		assert.Equal(t, want, plan.Unattributed[0].Text)
		assert.Contains(t, plan.Receipt("")[0].Text, want)
	}
}
