package brief_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/brief"
	"refine/planner/ticket"
)

// L14: a comment calls a ticket a duplicate of another one; who asks does not, and a link
// says it by itself.
func TestCalledADuplicate(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]bool{
		"Closing as duplicate of LIB-3.": true, "Dupe of LIB-3": true, "This is a duplicate of LIB-3, as Dana found.": true,
		"Is this a duplicate of LIB-3?": false, "Dup of LIB-1": false, "It duplicates the work of LIB-3.": false,
	} {
		i := comments(described("LIB-1", "A reader renews a loan."), by(eli, said), by(dana, "The desk waits for it."))
		found := of(made(i, described("LIB-3", "A reader keeps a book for longer.")), brief.Duplicate)
		require.Equal(t, want, len(found) == 1, said)
		if want {
			assert.Equal(t, "LIB-3", found[0].Others[0].Key)
			assert.True(t, found[0].Blocks)
		}
		i.Links = []ticket.Link{link("duplicates", "LIB-3", "Open")}
		linked := of(made(i), brief.Duplicate)
		require.Len(t, linked, 1, "the link is told")
		assert.Empty(t, linked[0].Quotes, said)
	}
}

// Reports, newcomer 9: a reopened ticket whose last comment says that it is done.
func TestFinished(t *testing.T) {
	t.Parallel()
	for _, last := range []string{
		"Closing ticket as fixed.", "Resolving it as the problem got fixed.", "Resolved", "PR merged", "Merged.", "Closing as duplicate.", "Verified the fix on 8.1.0.", "Fixed in 2.4.",
		"This was implemented back in May.", "Pull request has been merged", "Resolving as won't fix, nobody pays by phone.", "The patch was merged to master. Thanks!",
	} {
		t.Run(last, func(t *testing.T) {
			t.Parallel()
			i := comments(described("LIB-1", "A reader renews a loan."), by(dana, "How odd."), by(eli, last), by(ticket.Person{Name: "jenkins"}, "Build failed in Jenkins"))
			found := of(made(i), brief.Finished)
			require.Len(t, found, 1)
			assert.Equal(t, eli, found[0].By)
			assert.Equal(t, "comment by Eli", found[0].Quotes[0].Where)
			assert.False(t, found[0].Blocks)
		})
	}
	for _, last := range []string{
		"Not fixed in 2.4.", "Resolved? It still happens.", "PR merged, but the phone still shows the old date.", "Reopening, this was fixed for the desk only.",
		"We should close the loan when it is returned.", "Closing the app loses the loan.", "Fixed amounts are charged weekly", "Resolved with a new rule once legal agrees.",
	} {
		t.Run(last, func(t *testing.T) {
			t.Parallel()
			assert.Empty(t, of(made(comments(described("LIB-1", "A reader renews a loan."), by(eli, last))), brief.Finished))
		})
	}
	done := comments(described("LIB-1", "A reader renews a loan."), by(eli, "PR merged"))
	done.StatusCategory = "done"
	assert.Empty(t, of(made(done), brief.Finished), "it is not open")
	later := comments(described("LIB-1", "A reader renews a loan."), by(eli, "PR merged"), by(dana, "It happens again at the desk."))
	assert.Empty(t, of(made(later), brief.Finished))
}

// L4, L14: what the ticket asks and nobody answered.
func TestAsked(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		said []ticket.Comment
		want []string
	}{
		"a question":             {"Readers renew by phone. Does a reserved loan count as renewed?", nil, []string{"Does a reserved loan count as renewed?"}},
		"two of one text":        {"How often may a loan be renewed?\n\nWho pays for a lost book?", nil, []string{"How often may a loan be renewed?", "Who pays for a lost book?"}},
		"to be answered":         {"TBD: what happens with a reserved loan?", nil, []string{"TBD: what happens with a reserved loan?"}},
		"a list, one unanswered": {"Q: Who may renew a loan?  A: (/) The reader.  Q: What if the card is lost?  A: (x) Not answered", nil, []string{"Q: What if the card is lost?"}},
		"the last comment":       {"Readers renew by phone.", []ticket.Comment{by(eli, "Should a reader see the fee before renewing?")}, []string{"Should a reader see the fee before renewing?"}},
		"open questions, listed": {"Some questions:\n* Can a card be shared?\n* Is one renewal enough for students?\n* What does the desk see of it?\n* Which fee is waived at last?\n", nil, []string{"Can a card be shared?", "Is one renewal enough for students?"}},
		"nobody knows":           {"Does a reserved loan count as renewed? Not sure yet.", nil, []string{"Does a reserved loan count as renewed?"}},
		"answered behind it":     {"Does a reserved loan count as renewed? It does not, since the other reader waits.", nil, nil},
		"answered by a list":     {"How does a renewal help the desk?\n* fewer calls\n* no queue\n", nil, nil},
		"answered in its list":   {"Q: Who may renew a loan?\nA: (/) The reader.", nil, nil},
		"answered in two steps":  {"Q: Who may renew a loan? Is it the reader?  A: yes, the reader", nil, nil},
		"answered in a comment":  {"Does a reserved loan count as renewed?", []ticket.Comment{by(eli, "A reserved loan is never renewed.")}, nil},
		"somebody went on":       {"Readers renew by phone.", []ticket.Comment{by(eli, "Should a reader see the fee before renewing?"), by(dana, "The fee is shown at the desk.")}, nil},
		"a polite request":       {"Could you please add the fee to the page?", nil, nil},
		"an idle one":            {"Any news on when this will be released?", nil, nil},
		"a rhetorical one":       {"Why would anybody want to stand in a queue?", nil, nil},
		"a suggestion":           {"Wouldn't it be nicer to see the fee at once?", nil, nil},
		"a guess with a mark":    {"But I think that is for students only?", nil, nil},
		"help for oneself":       {"How can I see the loans of my desk?", nil, nil},
		"process":                {"Readers renew by phone.", []ticket.Comment{by(eli, "Is this being looked into by somebody?")}, nil},
		"how to try it":          {"Readers renew by phone.", []ticket.Comment{by(eli, "How can we test this?")}, nil},
		"what something tells":   {"The page tells:\n* How many loans are open?\n* How many cards are lost?\n* What does a renewal cost?\n* When is the desk open today?\n* How long is the queue now?", nil, nil},
		"what is proposed":       {"The page tells:\n* Maybe even show the last loans?\n* Use one page instead of two?", nil, []string{"Maybe even show the last loans?", "Use one page instead of two?"}},
		"an example behind it":   {"How about showing no fee at all? (like the desk does)", nil, []string{"How about showing no fee at all?"}},
		"a space before it":      {"If the fee changes, would it reach other desks ?", nil, []string{"If the fee changes, would it reach other desks ?"}},
		"an answer that asks":    {"Q: What if two loans are renewed at once?  A: (x) We cannot, should we ?", nil, []string{"Q: What if two loans are renewed at once?", "A: (x) We cannot, should we ?"}},
		"in a comment alone":     {"Readers renew by phone.", []ticket.Comment{by(eli, "How about showing no fee at all?")}, nil},
		"within code":            {"{code}is the loan open now?{code} is printed by the desk.", nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := of(made(comments(described("LIB-1", c.text), c.said...)), brief.Asked)
			assert.Equal(t, c.want, quotes(found))
		})
	}
	decided := described("LIB-1", "Does a reserved loan count as renewed?")
	decided.Agreed = []ticket.Agreed{{On: ticket.Date{Year: 2026, Month: 11, Day: 2}, Decisions: []string{"a reserved loan is not renewed"}}}
	assert.Empty(t, of(made(decided), brief.Asked), "an earlier session decided it")
	decided.Agreed[0].On = ticket.DateOf(read)
	assert.Len(t, of(made(decided), brief.Asked), 1, "what this session decided does not change its brief")
}

func TestUndecided(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"in brackets, or not":   {"A reader sees the fee (or only its sum?) before renewing.", nil},
		"TBD":                   {"The fee of a late renewal is TBD.", []string{"The fee of a late renewal is TBD"}},
		"small letters":         {"The fee of a late renewal is tbd.", []string{"The fee of a late renewal is tbd"}},
		"with stops":            {"The fee of a late renewal is t.b.d. by May.", []string{"The fee of a late renewal is t.b.d. by May"}},
		"TBC":                   {"The fee of a late renewal: TBC", []string{"The fee of a late renewal: TBC"}},
		"capitals":              {"The number of renewals has To Be Agreed.", []string{"The number of renewals has To Be Agreed"}},
		"in brackets":           {"A reader sees the fee (amount TBD) before renewing.", []string{"A reader sees the fee (amount TBD) before renewing"}},
		"not sure":              {"I'm not sure if students pay at all.", []string{"I'm not sure if students pay at all"}},
		"to be agreed":          {"The number of renewals is still to be agreed with the branches.", []string{"The number of renewals is still to be agreed with the branches"}},
		"need to decide":        {"We need to decide how often a loan may be renewed.", []string{"We need to decide how often a loan may be renewed"}},
		"answered in brackets":  {"Need to determine what the desk sees (per discussion it sees the fee).", nil},
		"answered behind":       {"We are not sure if students pay. It was decided that they do not.", nil},
		"of the past":           {"I was not sure which issue type this is.", nil},
		"of users":              {"Readers call since users do not know if the loan was renewed.", nil},
		"a story":               {"As a reader, I need to decide which loans I renew.", nil},
		"what a program does":   {"Fees to be defined by the desk are shown in blue.", nil},
		"where to write":        {"I'm not sure where to post this.", nil},
		"a key nobody has":      {"The rule stands in LIB-????, see there.", nil},
		"the whole description": {"TBD", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, quotes(of(made(described("LIB-1", c.text)), brief.Undecided)))
		})
	}
	for kind, text := range map[brief.Kind]string{brief.NoResult: "Some words on loans."} {
		found := of(made(described("LIB-1", text)), kind)
		require.Len(t, found, 1)
		assert.Empty(t, found[0].Quotes, "what is absent has no quote")
	}
	fee := described("LIB-1", "The fee of a late renewal is TBD.")
	assert.Empty(t, of(made(comments(fee, by(eli, "A late renewal has a fee of one euro."))), brief.Undecided), "a later comment speaks of it")
	assert.Len(t, of(made(comments(fee, by(eli, "Cards come first."))), brief.Undecided), 1)
	below := of(made(described("LIB-1", "A reader renews a loan.\n\nh3. Fees\n\nTBD\n\nh3. Cards\n\nA card is kept.")), brief.Undecided)
	require.Len(t, below, 1)
	assert.Equal(t, "Fees", below[0].Thing)
}

func TestWaits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"best to wait":         {"It is best to wait until the new desk opens.", []string{"It is best to wait until the new desk opens"}},
		"pending":              {"Pending the release of the card module, loans stay as they are.", []string{"Pending the release of the card module, loans stay as they are"}},
		"waiting on":           {"Waiting on new forms from the city to proceed.", []string{"Waiting on new forms from the city to proceed"}},
		"the next beta":        {"We need to verify this in the next beta.", []string{"We need to verify this in the next beta"}},
		"deferred":             {"Deferring until the desk is rebuilt.", []string{"Deferring until the desk is rebuilt"}},
		"a program waits":      {"The desk should wait until the card is read.", nil},
		"a module depends":     {"The loan module depends on the card module.", nil},
		"once it is available": {"The loan is shown once it is available at the desk.", nil},
		"a pending loan":       {"A pending loan is shown in grey.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, quotes(of(made(described("LIB-1", c.text)), brief.Waits)))
		})
	}
	wait := described("LIB-1", "Waiting on new forms from the city to proceed.")
	assert.Empty(t, of(made(wait), brief.Waits)[0].Thing)
	told := of(made(comments(wait, by(eli, "The city sends the new forms in May."))), brief.Waits)
	require.Len(t, told, 1)
	assert.Equal(t, brief.SpokenOf, told[0].Thing, "when it ends, the comments may say")
}
