package draft

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

// L6: what tickets rest on and nobody read for the plan is to be brought, by who reported
// all of them; that pages and attachments were not opened is an assumption.
func TestWhatWasNotReadIsToBeBrought(t *testing.T) {
	t.Parallel()
	ann, bob := ticket.Person{Name: "Ann"}, ticket.Person{Name: "Bob"}
	linked := ticket.Issue{Key: "LIB-1", Reporter: ann, Summary: "Renewals", Description: "Readers renew at the desk only, see https://wiki.lib.org/renew for more."}
	naming := ticket.Issue{Key: "LIB-2", Reporter: bob, Summary: "Returns", Description: "Readers wait at the door, which LIB-7 is to open for them."}
	blocked := ticket.Issue{Key: "LIB-3", Reporter: ann, Summary: "Fees", Description: "Readers pay at the desk only.",
		Links: []ticket.Link{{Phrase: "is blocked by", Type: "Blocks", Inward: true, Ref: ticket.Ref{Key: "TILL-9", Summary: "The till", Status: "Open"}}}}
	for want, issues := range map[string][]ticket.Issue{
		"": {{Key: "LIB-4", Reporter: ann, Summary: "Index", Description: "Readers find nothing in the index."}},
		"Ask Ann to bring what was not read for this plan: the pages that LIB-1 links to; how far TILL-9 is.":                {linked, blocked},
		"Ask Bob to bring what was not read for this plan: LIB-7, which LIB-2 names.":                                        {naming},
		"Bring what was not read for this plan: the pages that LIB-1 links to; LIB-7, which LIB-2 names; how far TILL-9 is.": {linked, naming, blocked},
		"Ask Bob to bring what was not read for this plan: LIB-7, which LIB-2 and LIB-5 name.":                               {naming, {Key: "LIB-5", Reporter: bob, Summary: "Bell", Description: "Readers ring, as LIB-7 has it."}},
	} {
		w := writerOf(nil, issues...)
		assert.Equal(t, want, w.bring(w.invite()))
	}

	assert.Equal(t, "Bring what was not read for this plan: the pages that LIB-1 links to.", writerOf(nil, linked).bring([]Line{{Text: "Invite Bob (reported LIB-2)."}}))

	for want, i := range map[string]ticket.Issue{
		"": {Key: "LIB-4", Summary: "Index", Description: "The server at http://localhost:80/ and http://10.0.0.1/ is slow.\n{code}\nGET https://wiki.lib.org\n{code}\nSee http://www.example.com/a and http://catalogue.lib.org:8080/x."},
		"No page was opened that a text or a comment links to.": linked,
		"No attachment was opened.":                             {Key: "LIB-4", Summary: "Index", Attachments: []ticket.Attachment{{Name: "fees.png"}}},
		"No attachment was opened, and no page that a text or a comment links to.": {Key: "LIB-4", Summary: "Index", Attachments: []ticket.Attachment{{Name: "fees.png"}},
			Comments: []ticket.Comment{{Author: ann, Body: "Look at https://forum.lib.org/t/4."}}},
	} {
		assert.Equal(t, want, writerOf(nil, i).unopened())
	}
}

// L6: that fields are empty is said of those that are so in all tickets.
func TestWhatIsEmptyInAllTickets(t *testing.T) {
	t.Parallel()
	one := ticket.Issue{Key: "LIB-1", Summary: "Renewals"}
	assert.Equal(t, "Empty in LIB-1: priority, issue links, due date and release.", writerOf(nil, one).empty())
	two := ticket.Issue{Key: "LIB-2", Summary: "Returns", Priority: "High", Due: ticket.Date{Year: 2027, Month: 1, Day: 3}}
	assert.Equal(t, "Empty in all of them: issue links and release.", writerOf(nil, one, two).empty())
	two.Links, two.FixVersions = []ticket.Link{{Ref: ticket.Ref{Key: "LIB-1"}}}, []ticket.Version{{Name: "Spring"}}
	assert.Empty(t, writerOf(nil, one, two).empty())
}

// L3: for whom stories are told is a key point in their own words.
func TestRolesPoint(t *testing.T) {
	t.Parallel()
	story := func(key, role string) ticket.Issue {
		return ticket.Issue{Key: key, Summary: "As a " + role + ", I want to see the fees so that I can pay them"}
	}
	of := func(issues ...ticket.Issue) string {
		points := writerOf(nil, issues...).rolesPoint()
		if len(points) == 0 {
			return ""
		}
		return points[0].Text
	}
	bare := ticket.Issue{Key: "LIB-9", Summary: "Fees"}
	assert.Empty(t, of(story("LIB-1", "reader"), bare), "one story says nothing of a session")
	assert.Equal(t, "Stories are told for “reader” (LIB-1) and “clerk at the desk” (LIB-2). Ask who in the room can answer for each.",
		of(story("LIB-1", "reader"), bare, story("LIB-2", "clerk at the desk")))
	assert.Equal(t, "Stories are told for “reader” (LIB-1 and LIB-2). Ask who else is touched, and how.", of(story("LIB-1", "reader"), story("LIB-2", "Reader")))
}

// L3, L6: how old tickets are is told by their days and those of their comments.
func TestOldPoint(t *testing.T) {
	t.Parallel()
	at := func(year int) time.Time { return time.Date(year, 3, 3, 12, 0, 0, 0, time.UTC) }
	old := func(key string, year int, said ...int) ticket.Issue {
		i := ticket.Issue{Key: key, Summary: "Renewals", Created: at(year), CommentTotal: len(said)}
		for _, y := range said {
			i.Comments = append(i.Comments, ticket.Comment{Created: at(y), Body: "Still so."})
		}
		return i
	}
	unread := old("LIB-1", 2019, 2020)
	unread.CommentTotal = 4
	for want, issues := range map[string][]ticket.Issue{
		"LIB-1 was written in 2019, and has no comment. Ask first whether it is still wanted.":                                                                   {old("LIB-1", 2019)},
		"LIB-1 was written in 2019, and the last comment on it is of 3 March 2022. Ask first whether it is still wanted.":                                        {old("LIB-1", 2019, 2020, 2022), old("LIB-2", 2026)},
		"LIB-1 was written in 2019. Ask first whether it is still wanted.":                                                                                       {unread},
		"LIB-1 and LIB-2 were written in 2019 and 2020, and none has a comment. Ask first whether they are still wanted.":                                        {old("LIB-1", 2019), old("LIB-2", 2020)},
		"All three tickets were written between 2016 and 2020, and the last comment on any of them is of 3 March 2024. Ask first whether they are still wanted.": {old("LIB-1", 2019, 2024), old("LIB-2", 2020), old("LIB-3", 2016)},
	} {
		points := writerOf(nil, issues...).oldPoint()
		require.Len(t, points, 1)
		assert.Equal(t, want, points[0].Text)
	}
	assert.Empty(t, writerOf(nil, old("LIB-1", 2019, 2026)).oldPoint(), "it was spoken of this year")
}

// L18: how links join the tickets of a talk is told as they do.
func TestHowTicketsAreJoined(t *testing.T) {
	t.Parallel()
	to := func(key string, others ...string) ticket.Issue {
		i := ticket.Issue{Key: key, Summary: "Renewals"}
		for _, o := range others {
			i.Links = append(i.Links, ticket.Link{Phrase: "relates to", Ref: ticket.Ref{Key: o}})
		}
		return i
	}
	w := writerOf(nil, to("LIB-1", "LIB-2"), to("LIB-2"), to("LIB-3", "LIB-2"), to("LIB-4", "LIB-3"))
	assert.Equal(t, "Linked to each other.", w.joined([]string{"LIB-1", "LIB-2"}))
	assert.Equal(t, "LIB-1 and LIB-3 are linked to LIB-2.", w.joined([]string{"LIB-1", "LIB-2", "LIB-3"}))
	assert.Equal(t, "Joined by links.", w.joined([]string{"LIB-1", "LIB-2", "LIB-3", "LIB-4"}))
}

// L5: what the epic's story is good for begins the closing, in its own words.
func TestClosingBeginsWithTheValue(t *testing.T) {
	t.Parallel()
	epic := &ticket.Issue{Key: "LIB-0", Epic: true, Summary: "As a reader I want to renew from home so that I need not come to the desk"}
	l, ok := writerOf(epic, ticket.Issue{Key: "LIB-1", Summary: "Renewals"}).wanted()
	require.True(t, ok)
	assert.Equal(t, "What LIB-0 is for, in its words: “I need not come to the desk”.", l.Text)
	epic.Restricted = true
	_, ok = writerOf(epic, ticket.Issue{Key: "LIB-1", Summary: "Renewals"}).wanted()
	assert.False(t, ok)
}

// L4 L14: of the same work on several things is asked what holds for all of it.
func TestSeriesIsAskedAbout(t *testing.T) {
	t.Parallel()
	w := writerOf(nil,
		ticket.Issue{Key: "LIB-1", Summary: "Print the card of a reader in the hall"}, ticket.Issue{Key: "LIB-2", Summary: "Print the card of a clerk in the hall"},
		ticket.Issue{Key: "LIB-3", Summary: "Print the card of a school in the hall"})
	line, ok := w.askSeries()
	require.True(t, ok)
	assert.Equal(t, "The titles of LIB-1, LIB-2 and LIB-3 say the same but for a name: “Print the card of a” … “in the hall”. Which of them is not like the others, and what do all of them need?", line.Text)
	_, ok = w.askSeries()
	assert.False(t, ok, "it is said")
}

// L5: what waits and what is too wide are told apart.
func TestClosingTellsWhatStays(t *testing.T) {
	t.Parallel()
	blocked := ticket.Issue{Key: "LIB-1", Summary: "Fees", Description: "Readers pay at the desk only.",
		Links: []ticket.Link{{Phrase: "is blocked by", Type: "Blocks", Inward: true, Ref: ticket.Ref{Key: "TILL-9", Summary: "The till", Status: "Open"}}}}
	other := blocked
	other.Key = "LIB-2"
	wide := ticket.Issue{Key: "LIB-3", Summary: "All", Description: "Readers do all of it at the desk.", Comments: []ticket.Comment{{Author: ticket.Person{Name: "Ann"}, Body: "This is at least three stories."}}, CommentTotal: 1}
	for want, issues := range map[string][]ticket.Issue{
		"LIB-1 is blocked by TILL-9, and LIB-3 is more than one ticket.":              {blocked, wide},
		"LIB-1 and LIB-2 wait for something else, and LIB-3 is more than one ticket.": {blocked, other, wide},
	} {
		assert.Contains(t, writerOf(nil, issues...).worth().Text, want)
	}
}
