package check_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"refine/planner"
	"refine/planner/check"
	"refine/planner/draft"
	"refine/planner/ticket"
)

func session() *planner.Preparation {
	loan := ticket.Ref{Key: "LIB-7", Summary: "Fines by card", Status: "Open"}
	return planner.Prepare(planner.Input{
		Session: ticket.Session{ID: "s", Team: "Library", Topic: "Loans", Start: time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC), Duration: 90 * time.Minute},
		Issues: []ticket.Issue{
			{Key: "LIB-1", Summary: "Renew a loan from the phone", Priority: "High", Description: "Readers (of any branch) forget to renew.\n\nAt most three renewals (it was 5 before).\n\nLate fees stop (not for films).\n\nWhich branches? (all of them)\n\nThe desk does not call back.",
				FixVersions: []ticket.Version{{Name: "Spring", Release: ticket.Date{Year: 2027, Month: time.February, Day: 17}}},
				Links:       []ticket.Link{{Type: "Blocks", Phrase: "is blocked by", Inward: true, Ref: loan}, {Phrase: "relates to", Ref: ticket.Ref{Key: "LIB-8", Done: true}}, {Phrase: "relates to", Ref: ticket.Ref{Key: "LIB-9"}}}},
			{Key: "LIB-2", Summary: "Remind readers two days ahead", Priority: "Low", Description: "A reminder is sent. LIB-3 stores the address."},
			{Key: "LIB-3", Summary: "Store an address", Priority: "Low", Description: "Readers move."},
		},
	})
}

// L13: why a question does not stand, in few sure forms.
func TestQuestions(t *testing.T) {
	t.Parallel()
	p := session()
	for name, tt := range map[string]struct{ ask, want string }{
		"of the problem":              {"Who forgets, and what does it cost them?", ""},
		"how to find out":             {"Who forgets, and how would we notice that fewer do?", ""},
		"how it goes today":           {"How do readers renew today, and how long does it take them?", ""},
		"how somebody could know":     {"How can the desk tell who has forgotten?", ""},
		"an alternative":              {"Do readers forget, or what keeps them?", ""},
		"a means for the team":        {"How can the team remind readers?", "it asks for a solution"},
		"a means for the thing":       {"How should the phone app store the loan?", "it asks for a solution"},
		"a proposal at the end":       {"Who forgets, and could a letter be sent to them?", "it proposes a solution"},
		"a proposal":                  {"Should we send letters to readers who forget?", "it proposes a solution"},
		"an estimate":                 {"How long will the work on renewals take?", "it asks for an estimate"},
		"an estimate of it":           {"How long will it take?", "it asks for an estimate"},
		"a yes":                       {"Do readers forget?", "it can be answered by yes"},
		"a yes with a question in it": {"Do we know which readers these are?", "it can be answered by yes"},
		"known or not":                {"Is it clear who pays the fees?", "it can be answered by yes"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, reason(p, "questions", "LIB-1: "+tt.ask))
		})
	}
}

// L13: what a quote loses by being cut out.
func TestQuotesCutOff(t *testing.T) {
	t.Parallel()
	p := session()
	for name, tt := range map[string]struct{ text, want string }{
		"an aside":             {"LIB-1 says “Readers”.", ""},
		"with its bracket":     {"LIB-1 says “At most three renewals (it was 5 before)”.", ""},
		"a value cut off":      {"LIB-1 says “At most three renewals”.", "“At most three renewals” is cut before the bracket that answers it in LIB-1"},
		"an exception cut off": {"LIB-1 says “Late fees stop”.", "“Late fees stop” is cut before the bracket that answers it in LIB-1"},
		"an answer cut off":    {"LIB-1 asks “Which branches”.", "“Which branches” is cut before the bracket that answers it in LIB-1"},
		"its not cut off":      {"LIB-1 says “call back”.", "“call back” is cut behind its \"not\" in LIB-1"},
		"within a word":        {"LIB-1 says “eaders forge”.", "“eaders forge” does not stand in LIB-1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, reason(p, "closing", tt.text))
		})
	}
}

// L13 A8: quotation marks that a ticket holds are left to it, and signs without a
// word are quoted as they are.
func TestMarksWithinQuotes(t *testing.T) {
	t.Parallel()
	p := planner.Prepare(planner.Input{
		Session: ticket.Session{ID: "s", Team: "Library", Topic: "Loans", Start: time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC)},
		Issues: []ticket.Issue{
			{Key: "LIB-1", Summary: "[]", Description: `The row says "overdue" and by how many days. Its colour is «red».`},
		},
	})
	for name, tt := range map[string]struct{ text, want string }{
		"straight within ours": {`LIB-1: “The row says "overdue" and by how many days”. Who reads it?`, ""},
		"angled within ours":   {`LIB-1: “Its colour is «red»”. Who reads it?`, ""},
		"straight ones":        {`LIB-1 says "overdue". Who reads it?`, ""},
		"an estimate outside":  {`LIB-1 says "overdue". In how many days is it ready?`, "it asks for an estimate"},
		"a title of signs":     {"LIB-1: “[]”. Who can tell what it is?", ""},
		"other signs":          {"LIB-1: “{}”. Who can tell what it is?", "“{}” does not stand in LIB-1"},
		"nothing":              {"LIB-1: “ ”. Who can tell what it is?", "a quotation is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, reason(p, "questions", tt.text))
		})
	}
}

// L13: a quote gets its ticket's capitals, unless another that is cited has it as it is.
func TestCapitalsOfQuotes(t *testing.T) {
	t.Parallel()
	p := session()
	for in, want := range map[string]string{
		"LIB-3: “readers move”. Who reads it?":              "LIB-3: “Readers move”. Who reads it?",
		"LIB-1 and LIB-2: “readers”. Who forgets to renew?": "LIB-1 and LIB-2: “readers”. Who forgets to renew?",
		"LIB-1 and LIB-2: “READERS”. Who forgets to renew?": "LIB-1 and LIB-2: “Readers”. Who forgets to renew?",
	} {
		d, refused := check.Check(draft.Draft{Questions: []draft.Line{{Text: in}}}, p.Input)
		assert.Empty(t, refused)
		assert.Equal(t, want, d.Questions[0].Text)
	}
}

// F5: a ticket's words are marked as such, and no address stands outside of them.
func TestBorrowedWords(t *testing.T) {
	t.Parallel()
	p := session()
	for name, tt := range map[string]struct{ text, want string }{
		"a few words":        {"LIB-1 is about readers who forget to renew.", ""},
		"quoted":             {"LIB-1 says “Readers (of any branch) forget to renew”.", ""},
		"a title":            {"LIB-2 is about Remind readers two days ahead, once more.", ""},
		"a sentence of it":   {"In LIB-1 readers of any branch forget to renew.", "“readers of any branch forget to renew” are a ticket's words and need quotation marks"},
		"across punctuation": {"LIB-1: at most three renewals, it was 5 before.", "“at most three renewals, it was 5” are a ticket's words and need quotation marks"},
		"an address":         {"LIB-1 is told at https://evil.example/join.", "it holds an address"},
		"a mail address":     {"LIB-1 is sent to boss@evil.example.", "it holds an address"},
		"a mention":          {"LIB-1 goes to [~boss].", "it holds an address"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, reason(p, "closing", tt.text))
		})
	}
}

// L13: what is counted, tied and said of fields is computed, not believed.
func TestFacts(t *testing.T) {
	t.Parallel()
	p := session()
	for name, tt := range map[string]struct{ text, want string }{
		"links":              {"LIB-1 has three links.", ""},
		"more links":         {"LIB-1 has four links.", "nothing gives the number four"},
		"paragraphs":         {"LIB-1 takes 5 paragraphs for it.", ""},
		"tied by a link":     {"LIB-1 is blocked by LIB-7.", ""},
		"tied by a text":     {"LIB-2 depends on LIB-3.", ""},
		"tied by nothing":    {"LIB-1 depends on LIB-3.", "nothing ties LIB-1 to LIB-3"},
		"tied with a title":  {"LIB-1 waits for LIB-2.", "nothing ties LIB-1 to LIB-2"},
		"a field":            {"LIB-1 is High and LIB-2 is Low.", ""},
		"fields swapped":     {"LIB-1 is Low.", "the priority of LIB-1 is High, not Low"},
		"a name":             {"LIB-1 was asked for by Marian.", "no ticket names Marian"},
		"a usual short form": {"LIB-1 says nothing of the UI.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, reason(p, "closing", tt.text))
		})
	}
}

// L13: a claim holds what it says and no more.
func TestClaimsHoldNoMore(t *testing.T) {
	t.Parallel()
	p := session()
	for name, tt := range map[string]struct {
		text   string
		claim  draft.Claim
		stands bool
	}{
		"a link":                      {"LIB-1 is blocked by LIB-7.", draft.Claim{Kind: draft.Linked, Key: "LIB-1", Name: "is blocked by", To: "LIB-7"}, true},
		"a link by its type, turned":  {"LIB-7 is behind LIB-1.", draft.Claim{Kind: draft.Linked, Key: "LIB-1", Name: "Blocks", To: "LIB-7"}, false},
		"a number that is none of it": {"LIB-1 costs 4711 readers.", draft.Claim{Kind: draft.Quoted, Key: "LIB-1", Words: "forget to renew", Number: 4711}, false},
		"evidence that is not shown":  {"LIB-1 limits renewals.", draft.Claim{Kind: draft.Quoted, Key: "LIB-1", Words: "At most three renewals"}, true},
		"the same words, shown":       {"LIB-1 says “At most three renewals”.", draft.Claim{Kind: draft.Quoted, Key: "LIB-1", Words: "At most three renewals"}, false},
		"an empty field":              {"LIB-1 is not due yet.", draft.Claim{Kind: draft.Field, Key: "LIB-1", Name: "due", Words: "none"}, true},
		"the day of a release":        {"LIB-1 is planned for Spring (17 February 2027).", draft.Claim{Kind: draft.Day, Key: "LIB-1", Words: "2027-02-17"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := draft.Draft{Closing: []draft.Line{{Keys: []string{"LIB-1"}, Text: tt.text, Claims: []draft.Claim{tt.claim}}}}
			_, refused := check.Check(d, p.Input)
			assert.Equal(t, tt.stands, len(refused) == 0, "%v", refused)
		})
	}
}

// reason is why a line does not stand in a part, empty if it does.
func reason(p *planner.Preparation, part, text string) string {
	line := draft.Line{Keys: []string{"LIB-1"}, Text: text}
	d := draft.Draft{Closing: []draft.Line{line}}
	if part == "questions" {
		d = draft.Draft{Questions: []draft.Line{line}}
	}
	if _, refused := check.Check(d, p.Input); len(refused) > 0 {
		return refused[0].Reason
	}
	return ""
}
