package draft

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/brief"
	"refine/planner/guide"
	"refine/planner/talks"
	"refine/planner/text"
	"refine/planner/ticket"
)

// L14: what stands between the tickets of a session and its epic is told, and that they
// are parts of the epic unless a field says otherwise.
func TestBetweenTellsWhatIsAPart(t *testing.T) {
	t.Parallel()
	out := func(phrase string) []ticket.Link {
		return []ticket.Link{{Phrase: phrase, Ref: ticket.Ref{Key: "OUT-1", Summary: "The card reader", Status: "Open"}}}
	}
	for want, parent := range map[string]*ticket.Ref{
		"":                           {Key: "LIB-9"},
		"LIB-1 is a part of LIB-0. ": {Key: "LIB-0"},
	} {
		w := writerOf(&ticket.Issue{Key: "LIB-0", Summary: "Loans", Epic: true, Links: out("depends on")},
			ticket.Issue{Key: "LIB-1", Summary: "Renewals", Description: "Readers renew their loans at the desk only.", Links: out("is dependent of"), Parent: parent})
		line, ok := w.askBetween()
		require.True(t, ok)
		assert.Equal(t, "LIB-0 waits for OUT-1 “The card reader” (Open), which is not in this session and by its links comes after LIB-1. "+want+
			"Which of them can begin now, and who sees to the one outside?", line.Text)
	}
}

// L3 L18: what tickets say of one another without a link is a key point, and the reason why
// they are one talk; so is a criterion that several have.
func TestWhatBelongsTogetherByWords(t *testing.T) {
	t.Parallel()
	const room = "Readers renew their loans at the desk only, which takes them an hour. "
	w := writerOf(nil,
		ticket.Issue{Key: "LIB-1", Summary: "Renewals", Description: room + "It is tested by LIB-3."},
		ticket.Issue{Key: "LIB-2", Summary: "Returns", Description: room + "Its test is a part of LIB-3.\n\nAcceptance criteria:\n* The end of the loan is shown."},
		ticket.Issue{Key: "LIB-3", Summary: "Tests", Description: room + "\n\nAcceptance criteria:\n* The end of the loan is shown."},
	)
	points := w.namedPoint()
	require.Len(t, points, 1)
	assert.Equal(t, "LIB-1 and LIB-2 name LIB-3, and no link does: “It is tested by LIB-3”. Ask which of them comes first.", points[0].Text)
	assert.Equal(t, "In their texts LIB-1 and LIB-2 name LIB-3.", w.tie([]string{"LIB-1", "LIB-2", "LIB-3"}))

	shared := w.sharedPoint()
	require.Len(t, shared, 1)
	assert.Equal(t, "LIB-2 and LIB-3 have a criterion in common: “The end of the loan is shown”. Ask for which of them it is not enough.", shared[0].Text)
	assert.Equal(t, []string{"LIB-3", "LIB-1"}, w.Brief.Tied("LIB-2", w.keys(), 2), "and what belongs to that")
}

// L3 L4 L8: what a ticket is not sure of is asked, is a key point, and stands below its title.
func TestWhatATicketIsNotSureOf(t *testing.T) {
	t.Parallel()
	of := func() *writer {
		return writerOf(nil, ticket.Issue{Key: "LIB-1", Summary: "Doors", Description: "The door stays shut at night. The doors of the cellar are probably shut, too."})
	}
	const said = "“The doors of the cellar are probably shut, too”. "
	asked := of().askGuesses(1)
	require.Len(t, asked, 1)
	assert.Equal(t, "LIB-1: "+said+"Who can settle that, and what depends on it?", asked[0].Text)
	w := of()
	w.put(asked[0])
	assert.Equal(t, "Unsure: question 1.", w.verdict("LIB-1").Text)
	points := of().guessPoint()
	require.Len(t, points, 1)
	assert.Equal(t, "LIB-1: "+said+"Ask who can settle that.", points[0].Text)
	assert.Equal(t, "Unsure: "+strings.TrimSpace(said), of().verdict("LIB-1").Text)
}

// L4 L8: a fault that nobody has seen again is asked where it still shows, not who decides.
func TestAFaultThatNobodySees(t *testing.T) {
	t.Parallel()
	dana, robin := ticket.Person{ID: "d", Name: "Dana"}, ticket.Person{ID: "r", Name: "Robin"}
	w := writerOf(nil, ticket.Issue{Key: "LIB-1", Summary: "Doors do not shut", Type: "Bug", Description: "The doors of the cellar stay open at night.", Reporter: dana,
		Comments: []ticket.Comment{{Author: robin, Body: "I cannot reproduce this with the doors of the cellar."}}, CommentTotal: 1})
	lines := w.questions(0)
	assert.Equal(t, "LIB-1, comment by Robin: “I cannot reproduce this with the doors of the cellar”. Who still sees it, and where?", lines[0].Text)
	assert.Equal(t, "Not seen again: question 1.", w.verdict("LIB-1").Text)
}

// L4: an epic that says no more than its title is asked by that; what waits for different
// issues is asked once.
func TestOneQuestionForWhatIsAlike(t *testing.T) {
	t.Parallel()
	waits := func(key, on, title string) ticket.Issue {
		return ticket.Issue{Key: key, Summary: "Title of " + key, Description: "Readers renew at the desk only, which takes them an hour each time.",
			Links: []ticket.Link{{Ref: ticket.Ref{Key: on, Summary: title, Status: "Open"}, Type: "Blocks", Phrase: "is blocked by"}}}
	}
	w := writerOf(&ticket.Issue{Key: "LIB-9", Epic: true, Summary: "Renew loans from home."},
		waits("LIB-1", "LIB-7", "Open the vault"), waits("LIB-2", "LIB-8", "Wire the yard"), ticket.Issue{Key: "LIB-3", Summary: "Fees"})
	var asked []string
	for _, q := range w.questions(0) {
		asked = append(asked, q.Text)
	}
	assert.ElementsMatch(t, []string{
		"LIB-9 says no more than its title, “Renew loans from home”. Which of these three tickets does somebody wait for most, and what do they do until it is there?",
		"LIB-1: blocked by LIB-7 “Open the vault” (Open); LIB-2: blocked by LIB-8 “Wire the yard” (Open). What of them can be settled before then?",
		"LIB-3: no description. Who can tell what stands behind it, and who waits for it?",
	}, asked)
}

// L8: a ticket that a question names behind another one says so.
func TestAQuestionNamesAnotherTicketToo(t *testing.T) {
	t.Parallel()
	w := writerOf(nil, ticket.Issue{Key: "LIB-1", Summary: "Doors"}, ticket.Issue{Key: "LIB-2", Summary: "Gates", Type: "Bug", Description: "The gates of the yard do not open at night."})
	w.put(Line{Keys: []string{"LIB-1", "LIB-2"}, Text: "LIB-1 and LIB-2: what joins them?"})
	assert.Equal(t, "Question 1 names it, too.", w.verdict("LIB-2").Text)
}

// L14: an issue outside of the session that a ticket's text names, and no link does, is told
// below its title, once.
func TestANamedIssueOutsideIsTold(t *testing.T) {
	t.Parallel()
	w := writerOf(nil, ticket.Issue{Key: "LIB-1", Summary: "Doors", Description: "Each of the doors is to be tested as it was before, in the night and in the day, as the two of LIB-8 and of LIB-9 have it, and so is each of the gates."})
	assert.Equal(t, "Its text names LIB-8 and LIB-9, and no issue link does.", w.verdict("LIB-1").Text)
}

// L3 L14: what somebody said last on the epic is told in their words, unless it asks or is
// about progress.
func TestLastWordOnTheEpic(t *testing.T) {
	t.Parallel()
	desk := ticket.Issue{Key: "LIB-1", Summary: "Renewals", Description: "Readers renew their loans at the desk only."}
	for said, want := range map[string]string{
		"The branch in the harbour does not lend books any more, only music.": "A comment by Eli on LIB-0: “The branch in the harbour does not lend books any more, only music”. Ask what follows from it.",
		"Which of the branches still lends books to readers without a card?":  "",
		"PR merged.": "",
	} {
		w := writerOf(&ticket.Issue{Key: "LIB-0", Summary: "Loans", Epic: true, Comments: []ticket.Comment{
			{Author: ticket.Person{Name: "Dana"}, Body: "Readers of the old town want to renew by mail as well as at the desk."},
			{Author: ticket.Person{Name: "Eli"}, Body: said},
		}}, desk)
		points := w.lastWordPoint()
		if want == "" {
			for _, p := range points {
				assert.NotContains(t, p.Text, said)
			}
			continue
		}
		require.Len(t, points, 1)
		assert.Equal(t, want, points[0].Text)
	}
}

// L3: tickets that have been through several sprints are a key point, those with the most;
// a point that did not stand is not made again.
func TestMovedThroughSprints(t *testing.T) {
	t.Parallel()
	through := func(key string, n int) ticket.Issue {
		return ticket.Issue{Key: key, Summary: "Renewals", Description: "Readers renew their loans at the desk only.", History: &ticket.History{Sprints: n}}
	}
	w := writerOf(nil, through("LIB-1", 4), through("LIB-2", 3), through("LIB-3", 4))
	points := w.movedPoint()
	require.Len(t, points, 1)
	assert.Equal(t, "LIB-1 and LIB-3 have been in 4 sprints so far and are not done. Ask what was missing each time.", points[0].Text)
	assert.Empty(t, writerOf(nil, through("LIB-1", 2)).movedPoint())
	w.Unsaid = map[string]bool{points[0].Text: true}
	for _, line := range w.keyPoints(0) {
		assert.NotEqual(t, points[0].Text, line.Text)
	}
}

// writerOf is the built-in writer of a session with an epic, if any, and some tickets.
func writerOf(epic *ticket.Issue, issues ...ticket.Issue) *writer {
	known := brief.Make(brief.Input{Session: ticket.Session{Start: time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)}, Epic: epic, Issues: issues})
	a := &talks.Arrangement{By: "rank"}
	for _, i := range issues {
		a.Order = append(a.Order, i.Key)
	}
	return newWriter(Input{Brief: known, Talks: a, Guide: guide.BuiltIn(guide.Default)})
}

// L20: whoever words a session is shown what its tickets have in common.
func TestMaterialTellsWhatIsInCommon(t *testing.T) {
	t.Parallel()
	const shared = "Readers wait at the desk.\n\nAcceptance criteria:\n* The end of the loan is shown."
	epic := &ticket.Issue{Key: "LIB-0", Epic: true, Summary: "Loans", Description: "Readers renew, return (renewal, return, payment) at the desk."}
	w := writerOf(epic, ticket.Issue{Key: "LIB-1", Summary: "Renewal by phone", Description: shared}, ticket.Issue{Key: "LIB-2", Summary: "Return at night", Description: shared})
	said := material(w.Input, "")
	assert.Contains(t, said, "- LIB-0 lists “payment”, which no ticket names")
	assert.Contains(t, said, "- LIB-1, LIB-2 have a criterion in common: “The end of the loan is shown”")
}

// L5 L19: a sentence says once what it tells of several results.
func TestTogether(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{"settle a, b, and c", "find d"}, together([]string{"settle a", "find d", "settle b", "settle c"}, "settle "))
	assert.Equal(t, []string{"into A-1 x, and y", "into A-1 and A-2 z"}, together([]string{"into A-1 x", "into A-1 and A-2 z", "into A-1 y"}, "into A-1 "))
	assert.Empty(t, together(nil, "into A-1 "))
}

// L2: what needs no result is confirmed, one or several of them.
func TestWhatIsToBeConfirmed(t *testing.T) {
	t.Parallel()
	sound := func(key string) ticket.Issue {
		return ticket.Issue{Key: key, Summary: "Doors of " + key, Type: "Bug", Description: "The doors of " + key + " do not open at night."}
	}
	w := writerOf(nil, sound("LIB-1"), sound("LIB-2"), ticket.Issue{Key: "LIB-3", Summary: "Fees"})
	assert.Equal(t, "Confirmed, or what speaks against it.", w.each([]string{"LIB-1"}))
	assert.Equal(t, Confirmed(2), w.each([]string{"LIB-1", "LIB-2"}))
	assert.Equal(t, "LIB-1 and LIB-2: confirmed, or what speaks against them; LIB-3: a description.", w.each([]string{"LIB-1", "LIB-2", "LIB-3"}))
}

// L2: what a circle of tickets gets is told once for all, and a line has room for each.
func TestALongTalkNamesItsResults(t *testing.T) {
	t.Parallel()
	waits := func(key, on string) ticket.Issue {
		return ticket.Issue{Key: key, Summary: "Part of the loop", Description: "Some words on " + key + ".", Links: []ticket.Link{{Type: "Blocks", Phrase: "is blocked by", Inward: true, Ref: ticket.Ref{Key: on, Status: "Open"}}}}
	}
	w := writerOf(nil, waits("LIB-1", "LIB-2"), waits("LIB-2", "LIB-3"), waits("LIB-3", "LIB-1"))
	line := w.each([]string{"LIB-1", "LIB-2", "LIB-3"})
	assert.True(t, strings.HasPrefix(line, "Which of LIB-1, LIB-2 and LIB-3 comes first; LIB-1: what can begin before LIB-2 is done"), line)
	assert.LessOrEqual(t, text.Count(line), mostOfResults)
}
