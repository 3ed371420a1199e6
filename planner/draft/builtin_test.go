package draft

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"

	"refine/planner/brief"
	"refine/planner/talks"
	"refine/planner/text"
	"refine/planner/ticket"
)

// kinds are those that a plan speaks of: personal data is asked about nowhere.
var kinds = []brief.Kind{
	brief.Asked, brief.Undecided, brief.NoDescription, brief.NoResult, brief.Blocked, brief.Waits, brief.Circle, brief.Alike, brief.Unlinked,
	brief.TwoValues, brief.Finished, brief.Size, brief.Duplicate, brief.Vague, brief.TeamRule,
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
		for name, part := range map[string]string{"find": f.find, "blocker": f.blocker, "result": f.result} {
			assert.NotEmpty(t, part, "%s of %s", name, kind)
		}
		assert.NotEmpty(t, Means(kind), kind)
		for _, ask := range f.asks {
			asksOpenly(t, ask)
		}
	}
	for _, ask := range slices.Concat([]string{epicAsk}, commentAsks, anyAsks[:]) {
		asksOpenly(t, ask)
	}
}

func asksOpenly(t *testing.T, ask string) {
	t.Helper()
	first, _ := utf8.DecodeRuneInString(ask)
	assert.True(t, unicode.IsUpper(first) && strings.HasSuffix(ask, "?"), ask)
	opens := strings.HasPrefix(ask, "W") || strings.HasPrefix(ask, "By ") || strings.HasPrefix(ask, "How long")
	assert.True(t, opens, "%q can be answered by yes", ask)
}

// L4: a ticket is asked what tickets of its kind leave out, which a field, a link or its
// literal words tell.
func TestTicketsAreAskedByTheirKind(t *testing.T) {
	t.Parallel()
	one, ten := 1.0, 10.0
	dana := ticket.Person{Name: "Dana"}
	criteria := "Acceptance criteria:\n* The loan ends four weeks later.\n* The reader gets a mail."
	to := func(phrase string) []ticket.Link {
		return []ticket.Link{{Phrase: phrase, Ref: ticket.Ref{Key: "LIB-9", Summary: "The card reader", Status: "Open"}}}
	}
	for want, i := range map[string]ticket.Issue{
		"LIB-9 “The card reader” (Open) waits for LIB-1, by a link. What has to be there before that can begin?":                 {Links: to("blocks")},
		"LIB-1: “As a reader, I want to renew a loan on the phone”. Who has that role, and what goes wrong for them without it?": {Description: "As a reader, I want to renew a loan on the phone."},
		"LIB-1: “As a user, I want to renew a loan on the phone”. What do they do today instead, and what does that cost them?":  {Description: "As a user, I want to renew a loan on the phone."},
		"LIB-1, among its criteria: “The loan ends four weeks later”. Which of them is hardest to check, and who checks it?":     {Description: criteria},
		"LIB-1 “Renewals” has 10 points. Which part of it would be of use by itself?":                                            {StoryPoints: &ten},
		"LIB-1 “Renewals” was reported by Dana. What would Dana look at first to call it done?":                                  {Reporter: dana},
		"LIB-1 “Renewals” was in Sprint 7, a sprint that is over. What kept it from being done?":                                 {Sprint: &ticket.Sprint{Name: "Sprint 7", State: "closed"}},
		"LIB-1 “Renewals” has been in 3 sprints so far. What kept it from being done?":                                           {Sprint: &ticket.Sprint{State: "closed"}, History: &ticket.History{Sprints: 3}},
		"LIB-1 “Renewals” was planned for 2.0, which is out. What of it is in there, and what is left to do?":                    {FixVersions: []ticket.Version{{Name: "2.0", Released: true}}},
		"LIB-1 waited for LIB-9 “The card reader” (Closed), by its link. What is left to do?":                                    {Links: []ticket.Link{{Phrase: "depends on", Ref: ticket.Ref{Key: "LIB-9", Summary: "The card reader", Status: "Closed", Done: true}}}},
		"LIB-1: what is known about it that its text does not say?":                                                              {StoryPoints: &one},
	} {
		i.Key, i.Summary = "LIB-1", "Renewals"
		if i.Description == "" {
			i.Description = "Readers renew their loans at the desk only, which takes them an hour."
		}
		other := ticket.Issue{Key: "LIB-2", Summary: "Desk", Priority: "Low", Description: i.Description}
		in := brief.Input{Session: ticket.Session{Start: time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)}, Issues: []ticket.Issue{i, other}}
		w := newWriter(Input{Brief: brief.Make(in), Talks: &talks.Arrangement{Order: []string{"LIB-1", "LIB-2"}, By: "priority"}})
		w.asked["LIB-2"] = true
		lines := slices.Concat(w.askKinds(1, ticketKinds...), w.askKinds(1, (*writer).owned), w.askAny(1))
		assert.Equal(t, want, lines[0].Text)
		asksOpenly(t, text.UpperFirst(want[max(strings.LastIndex(want, ". ")+2, strings.LastIndex(want, ": w")+2, 0):]))
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

// L4 L8: what is shown of a ticket is a whole sentence that can be understood alone.
func TestWholeSentences(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]bool{
		"Readers come to the desk only to renew a loan.":   true,
		"Readers renew a loan.":                            false, // says too little
		"The note SHALL have an importance and":            false, // cut
		"This happens to all readers of the main branch.":  false, // leans on what stands before
		"The screenshot below shows what readers get.":     false,
		"Loans.renew() is called for all the loans.":       false, // code
		"a. A branch SHALL support the renewal of loans.":  false, // an entry's number
		"Hello all, readers cannot renew their loans.":     false,
		"Must be shown wherever a reader renews a loan.":   false, // its subject stands elsewhere
		"Called for each loan of each reader of the town.": false,
		"Readers see the loans (sorted by title?) of all.": false, // leaves something open
		"It was seen (in two branches of the main library": false,
	} {
		assert.Equal(t, want, whole(said), said)
	}
}

// L8: where a ticket says when it is done, in whatever form, that is confirmed.
func TestCriteriaAreConfirmed(t *testing.T) {
	t.Parallel()
	for _, said := range []string{
		"COS: - Allow renewal - Allow return", "COS - If I am a reader I would like to be taken to my loans", "CC:\n\nEach loan is listed.\n\nQA:\n\nLook at it.",
		"Loans end. ACCEPTANCE CRITERIA : a loan ends", "Steps:\n# Log in\n\n*Expected Result:*\nThe loan ends", "DoD:\n* a loan ends",
	} {
		in := brief.Input{Issues: []ticket.Issue{{Key: "LIB-1", Summary: "Renewals", Description: said}}}
		w := newWriter(Input{Brief: brief.Make(in), Talks: &talks.Arrangement{Order: []string{"LIB-1"}}})
		assert.Equal(t, "the criteria, as confirmed", w.confirmed("LIB-1"), said)
	}
}

// L4 L8: words are to be confirmed that are a whole sentence and tell more than the title,
// unless somebody has taken them back.
func TestWordsToConfirm(t *testing.T) {
	t.Parallel()
	dana := ticket.Person{Name: "Dana"}
	for name, test := range map[string]struct {
		issue ticket.Issue
		shown bool
	}{
		"a sentence of its own":           {ticket.Issue{Summary: "Phone", Comments: []ticket.Comment{{Author: ticket.Person{Name: "Max"}, Body: "Same here."}}}, true},
		"one that its title says":         {ticket.Issue{Summary: "Readers cannot renew a loan on the phone"}, false},
		"one that the reporter came back": {ticket.Issue{Summary: "Phone", Comments: []ticket.Comment{{Author: dana, Body: "It was the wrong number."}}}, false},
		"one of a double":                 {ticket.Issue{Summary: "Phone", Comments: []ticket.Comment{{Body: "This is a dup of LIB-7."}}}, false},
	} {
		i := test.issue
		i.Key, i.Reporter, i.Description = "LIB-1", dana, "Readers of the town branch cannot renew a loan on the phone."
		in := brief.Make(brief.Input{Issues: []ticket.Issue{i}})
		w := newWriter(Input{Brief: in, Talks: &talks.Arrangement{Order: []string{"LIB-1"}}})
		known := w.known(in.Ticket("LIB-1"))
		assert.Equal(t, "the description", known.name, name)
		assert.Equal(t, test.shown, known.Text != "", name)
	}
}

// L4: a wish is not asked what it says itself.
func TestAWishIsNotAskedWhatItSays(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"As a librarian, I want to renew a loan on the phone":                                        wishAsks[0],
		"As a librarian, I want to renew a loan on the phone so that nobody comes in for that":       wishAsks[1],
		"As a librarian, I want to renew a loan on the phone instead of at the desk":                 wishAsks[0],
		"As a user, I want to renew a loan on the phone without the desk":                            "",
		"As a librarian, I want to renew a loan without the desk so that nobody comes in for a loan": "",
	} {
		in := brief.Make(brief.Input{Issues: []ticket.Issue{{Key: "LIB-1", Summary: "Renewals", Description: said + "."}}})
		line, ok := newWriter(Input{Brief: in, Talks: &talks.Arrangement{Order: []string{"LIB-1"}}}).wished(in.Ticket("LIB-1"))
		assert.Equal(t, want != "", ok, said)
		assert.True(t, strings.HasSuffix(line.Text, want), line.Text)
	}
}

// L3: a ticket has the most story points, or the fewest, where no other has as many.
func TestTheMostStoryPoints(t *testing.T) {
	t.Parallel()
	for said, points := range map[string][]float64{
		"LIB-1 has the most story points (8), LIB-2 the fewest (1). Ask what each number takes for granted.": {8, 1},
		"LIB-2 has the most story points (8), LIB-3 the fewest (1). Ask what each number takes for granted.": {3, 8, 1},
		"":   {8, 8, 1},
		" ":  {8, 1, 1},
		"  ": {3, 2},
	} {
		var issues []ticket.Issue
		var order []string
		for n := range points {
			order = append(order, fmt.Sprintf("LIB-%d", n+1))
			issues = append(issues, ticket.Issue{Key: order[n], Summary: "Loans", StoryPoints: &points[n]})
		}
		made := newWriter(Input{Brief: brief.Make(brief.Input{Issues: issues}), Talks: &talks.Arrangement{Order: order}}).pointsPoint()
		if said = strings.TrimSpace(said); said == "" {
			assert.Empty(t, made, points)
		} else if assert.Len(t, made, 1, points) {
			assert.Equal(t, said, made[0].Text)
		}
	}
}

// L6: a release or a sprint that is called by a year that is over says nothing of why now.
func TestPastByName(t *testing.T) {
	t.Parallel()
	for name, past := range map[string]bool{"2012 Sprint 16": true, "Release 3.0.0": false, "2026 Sprint 4": false, "Autumn 2025": true, "Build 20125": false} {
		assert.Equal(t, past, pastByName(name, 2026), name)
	}
}

// L3: a role is named once, however it is written, and a person's name is none.
func TestRoles(t *testing.T) {
	t.Parallel()
	in := brief.Input{Issues: []ticket.Issue{
		{Key: "LIB-1", Summary: "Renew", Description: "As a Reader, I want to renew a loan on the phone."},
		{Key: "LIB-2", Summary: "Return", Description: "As a reader, I want to return a loan at the desk."},
		{Key: "LIB-3", Summary: "Pay", Description: "As Dana, I want to pay a fee at the desk."},
	}}
	w := newWriter(Input{Brief: brief.Make(in), Talks: &talks.Arrangement{Order: []string{"LIB-1", "LIB-2", "LIB-3"}}})
	assert.Equal(t, "The tickets name the role “Reader” (LIB-1 and LIB-2). Ask who speaks for it.", w.rolesPoint()[0].Text)
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
