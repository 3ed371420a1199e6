package draft

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/brief"
	"refine/planner/talks"
	"refine/planner/text"
	"refine/planner/ticket"
)

// kinds are those that a plan speaks of: personal data is asked about nowhere.
var kinds = []brief.Kind{
	brief.Asked, brief.Undecided, brief.Unseen, brief.NoDescription, brief.NoResult, brief.Blocked, brief.Waits, brief.Circle, brief.Alike,
	brief.TwoValues, brief.Size, brief.Duplicate, brief.Vague, brief.TeamRule, brief.Returned,
}

// L4: every kind of doubt has its frames, each a sentence that opens and none that a
// yes answers or that asks how.
func TestFrames(t *testing.T) {
	t.Parallel()
	assert.Len(t, framesOf, len(kinds))
	for _, kind := range kinds {
		f, ok := framesOf[kind]
		if !assert.True(t, ok, kind) {
			continue
		}
		for name, part := range map[string]string{"goal": f.goal, "blocker": f.blocker, "result": f.result} {
			assert.NotEmpty(t, part, "%s of %s", name, kind)
		}
		assert.NotEmpty(t, Means(kind), kind)
		for _, ask := range f.asks {
			asksOpenly(t, ask)
		}
	}
	for _, ask := range slices.Concat([]string{epicAsk, lastAsk}, commentAsks, spokenAsks, anyAsks[:]) {
		asksOpenly(t, ask)
	}
}

func asksOpenly(t *testing.T, ask string) {
	t.Helper()
	first, _ := utf8.DecodeRuneInString(ask)
	assert.True(t, unicode.IsUpper(first) && strings.HasSuffix(ask, "?"), ask)
	opens := strings.HasPrefix(ask, "W") || strings.HasPrefix(ask, "By ") || strings.HasPrefix(ask, "How ")
	assert.True(t, opens, "%q can be answered by yes", ask)
}

// L4: a ticket is asked what tickets of its kind leave out, which a field, a link or its
// literal words tell.
func TestTicketsAreAskedByTheirKind(t *testing.T) {
	t.Parallel()
	one := 1.0
	dana := ticket.Person{Name: "Dana"}
	to := func(phrase string) []ticket.Link {
		return []ticket.Link{{Phrase: phrase, Ref: ticket.Ref{Key: "LIB-9", Summary: "The card reader", Status: "Open"}}}
	}
	for want, i := range map[string]ticket.Issue{
		"LIB-9 “The card reader” (Open) waits for LIB-1, by a link. What happens to it if LIB-1 comes later?":                                   {Links: to("blocks")},
		"LIB-9 “The card reader” (Open) is linked as a duplicate of LIB-1. What does it ask for that LIB-1 does not, and which of them stays?":  {Links: to("is duplicated by")},
		"LIB-1 “Renewals” was planned for 2.0, which is out. What is left to do?":                                                               {FixVersions: []ticket.Version{{Name: "2.0", Released: true}}},
		"LIB-1: “Readers should be able to renew a loan from home”. What do we look at before we accept the ticket, and who has the last word?": {StoryPoints: &one, Assignee: dana, Description: "Readers should be able to renew a loan from home."},
		"LIB-1 “Renewals”: what do we look at before we accept the ticket, and who has the last word?":                                          {Description: "So the desk has to do all of it again and again: then the reader has to come back, and so do those behind."},
	} {
		i.Key, i.Summary, i.Type = "LIB-1", "Renewals", "Story"
		if i.Description == "" {
			i.Description = "Readers renew their loans at the desk only, which takes them an hour."
		}
		other := ticket.Issue{Key: "LIB-2", Summary: "Desk", Priority: "Low", Description: i.Description, Assignee: dana}
		in := brief.Input{Session: ticket.Session{Start: time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)}, Issues: []ticket.Issue{i, other}}
		w := newWriter(Input{Brief: brief.Make(in), Talks: &talks.Arrangement{Order: []string{"LIB-1", "LIB-2"}, By: "priority"}})
		w.asked["LIB-2"] = true
		lines := slices.Concat(w.askKinds(1), w.askBare(1), w.askAny(1))
		assert.Equal(t, want, lines[0].Text)
		asksOpenly(t, text.UpperFirst(want[max(strings.LastIndex(want, ". ")+2, strings.LastIndex(want, ": w")+2, strings.LastIndex(want, ": b")+2, 0):]))
	}
}

// L4: what any sentence can be asked is asked once; then come questions that quote
// nothing.
func TestNoQuestionIsAskedTwice(t *testing.T) {
	t.Parallel()
	var issues []ticket.Issue
	order := []string{"LIB-1", "LIB-2", "LIB-3"}
	for n, said := range []string{"Readers come to the desk only to renew a loan.", "Students return books to the branch that is next to them.", "Teachers keep a box of books for a whole school year."} {
		issues = append(issues, ticket.Issue{Key: order[n], Summary: "Loans", Description: said + "\n\nAcceptance criteria:\n* The loan ends four weeks later."})
	}
	asked := map[string]bool{}
	for _, q := range newWriter(Input{Brief: brief.Make(brief.Input{Issues: issues}), Talks: &talks.Arrangement{Order: order}}).questions(0) {
		asked[q.Text[max(strings.LastIndex(q.Text, "”"), strings.LastIndex(q.Text, ": ")):]] = true
	}
	assert.Len(t, asked, Least)
}

// L4: where no doubt is found, a ticket is asked what its own words leave out: of a
// criterion, of a fault.
func TestTicketsAreAskedBehindTheirOwnWords(t *testing.T) {
	t.Parallel()
	for want, i := range map[string]ticket.Issue{
		"LIB-1: “The loan ends four weeks later”. What could still be wrong after that?":                      {Description: "Readers renew their loans at the desk only.\n\nAcceptance criteria:\n* The loan ends four weeks later."},
		"LIB-1: “A renewed loan does not show its new end on the phone”. Where else could the same be wrong?": {Type: "Bug", Description: "A renewed loan does not show its new end on the phone."},
	} {
		i.Key, i.Summary = "LIB-1", "Renewals"
		w := newWriter(Input{Brief: brief.Make(brief.Input{Issues: []ticket.Issue{i}}), Talks: &talks.Arrangement{Order: []string{"LIB-1"}}})
		lines := w.askCore(1)
		require.NotEmpty(t, lines, want)
		assert.Equal(t, want, lines[0].Text)
		assert.NotEmpty(t, outcomeOf(lines[0].Text), "what comes of it has a name")
	}
}

// L8: an item shows what the ticket says of itself below its title, and nothing that leads
// on to something else.
func TestAReadyItemShowsItsTicketsWords(t *testing.T) {
	t.Parallel()
	for want, said := range map[string]string{
		"Its description says no more than “Readers renew their loans at the desk only. It takes them an hour”.": "Readers renew their loans at the desk only. It takes them an hour.",
		"Criteria, among them “The loan ends four weeks later than today”.":                                      "Readers ask.\n\nAcceptance criteria:\n* The loan ends four weeks later than today.\n* The reader gets a mail.",
		"": "So the desk has to do all of it again and again: then the reader has to come back, and so do those behind.",
	} {
		w := newWriter(Input{
			Brief: brief.Make(brief.Input{Issues: []ticket.Issue{{Key: "LIB-1", Summary: "Renewals", Description: said}}}),
			Talks: &talks.Arrangement{Order: []string{"LIB-1"}},
		})
		assert.Equal(t, want, w.verdict("LIB-1").Text)
	}
}

// L21: a description is not shown whole below an item where another line quotes a sentence
// of it.
func TestNoSentenceIsShownTwice(t *testing.T) {
	t.Parallel()
	w := writerOf(nil, ticket.Issue{Key: "LIB-1", Summary: "Renewals", Description: "Readers renew their loans at the desk only, and it takes them an hour. Readers should be able to renew a loan at home."})
	points := w.problemPoint()
	require.Len(t, points, 1)
	w.sayAll(points[0].Text)
	assert.Empty(t, w.verdict("LIB-1").Text)
}

// L6: a ticket matters now for days and releases to come and for what changed, not for its
// priority alone.
func TestWhy(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)
	for want, i := range map[string]ticket.Issue{
		"": {Priority: "High"},
		"priority High, Low until 20 November 2026":                     {Priority: "High", History: &ticket.History{Changes: []ticket.FieldChange{{Field: ticket.PriorityChanged, At: start.AddDate(0, 0, -11), From: "Low", To: "High"}}}},
		"due 18 December 2026 (29 January 2027 until 20 November 2026)": {Due: ticket.Date{Year: 2026, Month: 12, Day: 18}, History: &ticket.History{Changes: []ticket.FieldChange{{Field: ticket.DueChanged, At: start.AddDate(0, 0, -11), From: "2027-01-29", To: "2026-12-18"}}}},
		"planned for 7.1 (3 January 2027)":                              {FixVersions: []ticket.Version{{Name: "7.0", Release: ticket.Date{Year: 2026, Month: 5, Day: 2}}, {Name: "7.1", Release: ticket.Date{Year: 2027, Month: 1, Day: 3}}}},
	} {
		b := brief.Make(brief.Input{Session: ticket.Session{Start: start}, Issues: []ticket.Issue{i}})
		assert.Equal(t, want, Why(&b.Tickets[0], b))
	}
}

// L6: a release or a sprint that is called by a year that is over says nothing of why now.
func TestPastByName(t *testing.T) {
	t.Parallel()
	for name, past := range map[string]bool{"2012 Sprint 16": true, "Release 3.0.0": false, "2026 Sprint 4": false, "Autumn 2025": true, "Build 20125": false} {
		assert.Equal(t, past, ticket.PastByName(name, 2026), name)
	}
}

// L20: a line of a draft is found by its tickets, whatever their order.
func TestLineOf(t *testing.T) {
	t.Parallel()
	lines := []Line{{Keys: []string{"PAY-2"}, Text: "one"}, {Keys: []string{"PAY-3", "PAY-4"}, Text: "two"}}
	for _, c := range []struct {
		keys []string
		want string
	}{
		{[]string{"PAY-4", "PAY-3"}, "two"}, {[]string{"PAY-2"}, "one"}, {[]string{"PAY-2", "PAY-9"}, "one"}, {[]string{"PAY-9"}, ""}, {nil, ""},
	} {
		got, _ := LineOf(lines, c.keys)
		assert.Equal(t, c.want, got.Text, c.keys)
	}
}

// L20: what stands around the object is no part of a draft; an unknown member is a
// slip that somebody wants to know of.
func TestRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		goal string
		fail bool
	}{
		"plain":        {`{"goal":{"text":"Agree."}}`, "Agree.", false},
		"in a fence":   {"```json\n{\"goal\":{\"text\":\"Agree.\"}}\n```", "Agree.", false},
		"with a word":  {"Here you are: {\"goal\":{\"text\":\"Agree.\"}} Bye.", "Agree.", false},
		"cut off":      {`{"goal":{"text":"Agr`, "", true},
		"no object":    {"I cannot do that.", "", true},
		"unknown":      {`{"goals":[]}`, "", true},
		"two of them":  {`{"goal":{"text":"A."}} {"goal":{"text":"B."}}`, "", true},
		"of its own":   {`{}`, "", false},
		"a wrong type": {`{"questions":"none"}`, "", true},
	} {
		d, err := Read(c.text)
		assert.Equal(t, c.fail, err != nil, "%s: %v", name, err)
		assert.Equal(t, c.goal, d.Goal.Text, name)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "PAY-1, PAY-2 and PAY-3", some([]string{"PAY-1", "PAY-2", "PAY-3"}))
	assert.Equal(t, "A, B, C, D, E and 2 others", some([]string{"A", "B", "C", "D", "E", "F", "G"}))
	assert.Equal(t, "one ticket", tickets(1))
	assert.Equal(t, "nine tickets", tickets(9))
	assert.Equal(t, "40 tickets", tickets(40))
	assert.Equal(t, "CSV exports", lowerFirst("CSV exports"))
	assert.Equal(t, "who knows", lowerFirst("Who knows"))
	assert.Equal(t, "", stop("Who knows?"))
	assert.False(t, quotable("It is also desired to use it ("))
	assert.False(t, quotable("***"))
	assert.True(t, quotable("(only) for guests"))
}
