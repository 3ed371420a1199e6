package brief_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/brief"
	"refine/planner/ready"
	"refine/planner/ticket"
)

func TestNoDescription(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text, thing string
		want        bool
	}{
		"nothing":                     {" \r\n ", "", true},
		"a placeholder":               {"*TBD*", "a placeholder", true},
		"another":                     {"To be defined.", "a placeholder", true},
		"a name":                      {"Robert McKercher", "only two words", true},
		"three words":                 {"Including late fees.", "only three words", true},
		"four words":                  {"Including all late fees.", "", false},
		"the title again":             {"Renew loans from the *phone* LIB-1.", "the title again", true},
		"a link alone":                {"See here: https://docs.example.org/loans", "only links", true},
		"a key alone":                 {"Details in LIB-7", "only links", true},
		"one short sentence":          {"Needs some basic design", "", false},
		"a link with what it is for":  {"Follows closely the format of LIB-7", "", false},
		"a sentence about a ??? mark": {"The page shows ??? for a name", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := of(made(described("LIB-1", c.text)), brief.NoDescription)
			if !c.want {
				assert.Empty(t, found)
				return
			}
			require.Len(t, found, 1)
			assert.Equal(t, c.thing, found[0].Thing)
			assert.Empty(t, found[0].Quotes)
		})
	}
	i := described("LIB-1", "")
	i.AcceptanceCriteria = "* a loan is renewed once"
	assert.Empty(t, of(made(i), brief.NoDescription), "criteria in a field of their own say something")
}

func TestOversized(t *testing.T) {
	t.Parallel()
	points := func(n float64) ticket.Issue {
		i := described("LIB-1", "A reader renews a loan.")
		i.StoryPoints = &n
		return i
	}
	by := func(most float64, i ticket.Issue) []brief.Doubt {
		return of(brief.Make(brief.Input{Issues: []ticket.Issue{i}, Ready: ready.Definition{MaxPoints: most}}), brief.Size)
	}
	found := by(13, points(21))
	require.Len(t, found, 1)
	assert.Equal(t, "21 story points, more than 13", found[0].Thing)
	assert.True(t, found[0].Blocks)
	assert.Empty(t, by(13, points(13)))
	assert.Empty(t, by(0, points(21)), "no limit was given")

	i := described("LIB-1", "A reader renews a loan.")
	i.Subtasks = make([]ticket.Ref, 9)
	assert.Empty(t, by(13, i), "subtasks are parts already")
}

func TestAlike(t *testing.T) {
	t.Parallel()
	titled := func(key, title, text string) ticket.Issue {
		i := described(key, text)
		i.Summary = title
		return i
	}
	for name, c := range map[string]struct {
		a, b ticket.Issue
		want bool
	}{
		"one title": {titled("LIB-1", "Renew a loan from the phone", ""), titled("LIB-2", "Renew the loan from a phone.", ""), true},
		"one title, texts of one thing": {titled("LIB-1", "Renew a loan from the phone", "Readers renew a loan by phone, once."),
			titled("LIB-2", "Renew a loan from the phone", "Readers may renew a loan by phone."), true},
		"one title, texts of two things": {titled("LIB-1", "Update the user documentation", "Fees are charged per week since May."),
			titled("LIB-2", "Update the user documentation", "Opening hours of branches moved."), false},
		"one that says so":                {titled("LIB-1", "Renew from the phone at night", "Readers stand before a closed door."), titled("LIB-2", "Renew from the phone at night", "Same as LIB-1?"), true},
		"brothers":                        {titled("LIB-1", "Acceptance test for the loan desk", "As QA I cover the loan desk"), titled("LIB-2", "Acceptance test for the return desk", "As QA I cover the return desk"), false},
		"the other way":                   {titled("LIB-1", "Move loans from phone to desk", ""), titled("LIB-2", "Move loans from desk to phone", ""), false},
		"a title of a word, and one text": {titled("LIB-1", "Cleanup", "Old loans are deleted."), titled("LIB-2", "Cleanup", "Old loans are deleted."), true},
		"a title of a word":               {titled("LIB-1", "Cleanup", ""), titled("LIB-2", "Cleanup", ""), false},
		"two releases":                    {titled("LIB-1", "Test all that is new again", "All that is new in 4.3 is tested."), titled("LIB-2", "Test all that is new again", "All that is new in 4.4 is tested."), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := made(c.a, c.b)
			found := of(b, brief.Alike)
			if assert.Len(t, found, map[bool]int{true: 1}[c.want]) && c.want {
				assert.Equal(t, []string{"LIB-1", "LIB-2"}, found[0].Keys)
				assert.False(t, b.Tickets[1].Ready, "which of the two stays is to be settled")
				told := func(f ready.Finding) bool { return f.Blocks && f.Message == "another item asks for the same" }
				assert.True(t, slices.ContainsFunc(b.Tickets[1].Findings, told))
			}
		})
	}
	linked := titled("LIB-1", "Renew a loan from the phone", "")
	linked.Links = []ticket.Link{link("duplicates", "LIB-2", "Open")}
	assert.Empty(t, of(made(linked, titled("LIB-2", "Renew a loan from the phone", "")), brief.Alike), "people know of it")
}

// L8: a ticket that is no fault and has no criteria is told to have none; a heading of
// some over what was taken for none is enough to say nothing.
func TestBare(t *testing.T) {
	t.Parallel()
	const wish = "Readers renew at the desk only, which takes them an hour each time."
	for said, want := range map[string]bool{
		wish: true,
		wish + "\n\nAcceptance criteria:\n* The loan ends later.":                               false,
		wish + "\n\nh3. Acceptance Test\n\n{code}\nrenew(7)\n{code}":                            false,
		wish + "\n\nh3. Acceptance criteria":                                                    true,
		wish + "\n\nAcceptance criteria: n/a":                                                   true,
		wish + "\n\nAcceptance criteria: see the page of the desk":                              false,
		wish + "\n\nQA Steps:\n\nRenew a loan, and look at the card.":                           false,
		wish + " It is an acceptance test of the new desk, and its criteria are those of LIB-7": true,
	} {
		i := described("LIB-1", said)
		i.Type = "Story"
		assert.Equal(t, want, made(i).Tickets[0].Bare, said)
		i.Type = "Bug"
		assert.False(t, made(i).Tickets[0].Bare, said)
	}
	agreed := described("LIB-1", wish)
	agreed.Type, agreed.Agreed = "Story", []ticket.Agreed{{On: ticket.Date{Year: 2020, Month: 1, Day: 7}, Criteria: []string{"The loan ends later."}}}
	assert.False(t, made(agreed).Tickets[0].Bare, "an earlier session agreed on one")
	for said, want := range map[string]bool{
		"h4. Functional test\n\n# Renew a loan\n# Look at the card": false,
		"Testing: the desk renews a loan, and the card shows it":    false,
		"Acceptance of the test desk is good":                       true,
		"Testing it took an hour":                                   true,
	} {
		i := comments(described("LIB-1", wish), ticket.Comment{Author: eli, Body: said})
		i.Type = "Story"
		assert.Equal(t, want, made(i).Tickets[0].Bare, "comment: "+said)
	}
}

// L8: what stands in the place of criteria is none, in any language.
func TestCriteriaToCome(t *testing.T) {
	t.Parallel()
	for _, said := range []string{
		"Readers renew at the desk only.\n\nAcceptance criteria: none yet", "Readers renew at the desk only.\n\nAcceptance criteria: ?", "Readers renew at the desk only.\n\nh3. Acceptance criteria\n\n* TBD",
		"Leser verlängern nur am Schalter.\n\nAkzeptanzkriterien: noch offen", "Les lecteurs prolongent au guichet.\n\nCritères d’acceptation : à définir",
	} {
		i := described("LIB-1", said)
		i.Type = "Story"
		b := made(i)
		found := of(b, brief.NoResult)
		require.Len(t, found, 1, said)
		assert.Equal(t, brief.Held, found[0].Thing, said)
		assert.False(t, b.Tickets[0].Ready, said)
		assert.Empty(t, of(b, brief.Undecided), said)
	}
}
