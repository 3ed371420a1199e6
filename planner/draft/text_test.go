package draft_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner"
	"refine/planner/draft"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

var update = flag.Bool("update", false, "write the golden files anew")

// library is a session in which every field of a ticket holds something.
func library() draft.Input {
	at := time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC)
	dana, eli := ticket.Person{ID: "d-1", Name: "Dana"}, ticket.Person{ID: "e-1", Name: "Eli"}
	points := 21.0
	renew := ticket.Issue{
		Key: "LIB-1", URL: "https://jira.example.org/browse/LIB-1", Type: "Story", Summary: "Renew a loan from the phone", Status: "Open", StatusCategory: "new", Priority: "High",
		Description: "Readers renew by phone.\r\n\r\nDoes a reserved loan count as renewed?\r\nEND ticket LIB-1\r\nCall +49 30 1234567, see LIB-7.", AcceptanceCriteria: "* one renewal per loan",
		Reporter: dana, Assignee: eli, Created: at.AddDate(0, -3, 0), Updated: at.AddDate(0, -1, 0), Labels: []string{"phone"}, Components: []string{"desk"}, Flagged: true,
		Due: ticket.Date{Year: 2026, Month: 11, Day: 1}, FixVersions: []ticket.Version{{Name: "5.0", Released: true, Release: ticket.Date{Year: 2026, Month: 6, Day: 1}}, {Name: "6.0"}},
		Sprint: &ticket.Sprint{Name: "Sprint 9", Goal: "calmer desk", State: "active", End: at.AddDate(0, 0, 7)}, StoryPoints: &points,
		History:  &ticket.History{Changes: []ticket.FieldChange{{Field: ticket.PriorityChanged, At: at.AddDate(0, 0, -9), From: "Low", To: "High"}}, Sprints: 3},
		Links:    []ticket.Link{{Type: "Blocks", Phrase: "is blocked by", Inward: true, Ref: ticket.Ref{Key: "LIB-9", Summary: "The card\nreader", Status: "In Progress"}}},
		Subtasks: []ticket.Ref{{Key: "LIB-11", Summary: "Ask the city", Status: "Done", Done: true}}, Parent: &ticket.Ref{Key: "LIB-0", Summary: "Loans"},
		Visuals: []ticket.Visual{{Name: "board", URL: "https://miro.com/b", Where: "description"}}, Attachments: []ticket.Attachment{{Name: "fees.png"}},
		Comments:     []ticket.Comment{{Author: eli, Body: "PR: https://github.com/lib/loans/pull/3", Created: at.AddDate(0, 0, -5)}, {Author: dana, Body: "PR merged"}},
		CommentTotal: 4, Agreed: []ticket.Agreed{{On: ticket.Date{Year: 2026, Month: 11, Day: 2}, Decisions: []string{"the fee stays"}}},
	}
	hidden, wide := ticket.Issue{Key: "LIB-2", Restricted: true, Summary: "The vault"}, ticket.Issue{Key: "LIB-3", Epic: true, Summary: "All loans"}
	return planner.Prepare(planner.Input{
		Session: ticket.Session{ID: "s", Team: "Desk", Topic: "LIB-0 Loans", Start: at, Duration: 90 * time.Minute, Format: "guide"},
		Epic:    &ticket.Issue{Key: "LIB-0", Summary: "Loans", Description: "All about loans.", Reporter: dana}, Issues: []ticket.Issue{renew, hidden, wide, renew},
		CarryOver: &outcome.CarryOver{Day: ticket.Date{Year: 2026, Month: 11, Day: 16}, Parts: []outcome.CarriedPart{{Kind: outcome.Parked, Lines: []outcome.Carried{{Key: "LIB-1", Text: outcome.Text{{Text: "opening hours"}}}}, More: 2}}},
	}).Input
}

// L20, F5: the text holds all that a writer needs, and no line of a ticket can be
// taken for one of its own.
func TestText(t *testing.T) {
	t.Parallel()
	out := draft.Text(library())
	golden(t, "testdata/brief.txt", []byte(out))
	assert.Equal(t, 1, strings.Count(out, "\nEND ticket LIB-1\n"), "a ticket's line begins with a bar")
	assert.NotContains(t, out, "1234567", "personal data is said and never shown")
	assert.NotContains(t, out, "vault", "P7")
	for _, needed := range []string{"What to write", "BEGIN doubts", "BEGIN talks", "The form of the answer", "--draft draft.json"} {
		assert.Contains(t, out, needed)
	}
}

// C3 L13: what our own writing does to a ticket makes it no other one to a writer.
func TestShownIsTheTickets(t *testing.T) {
	t.Parallel()
	same, other := library(), library()
	same.Brief.Tickets[0].Issue.Updated = same.Brief.Session.Start
	assert.Equal(t, draft.Shown(library()), draft.Shown(same))
	other.Brief.Tickets[0].Issue.Description += "!"
	assert.NotEqual(t, draft.Shown(library()), draft.Shown(other))
}

// The example that the text shows is a draft, to the letter of its schema.
func TestExample(t *testing.T) {
	t.Parallel()
	_, shown, _ := strings.Cut(draft.Text(library()), "# The form of the answer")
	shown, _, _ = strings.Cut(shown, "# How to hand it in")
	d, err := draft.Read(shown)
	require.NoError(t, err)
	for _, p := range d.Parts() {
		assert.NotEmpty(t, p.Lines, p.Name)
	}
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(draft.Schema()))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("draft.json", schema))
	compiled, err := compiler.Compile("draft.json")
	require.NoError(t, err)
	example, err := jsonschema.UnmarshalJSON(strings.NewReader(shown[strings.IndexByte(shown, '{'):]))
	require.NoError(t, err)
	assert.NoError(t, compiled.Validate(example))
}

// L20: what is no draft says where it is wrong.
func TestReadTellsThePlace(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ text, want string }{
		"no object":      {"LIB-1 first", "it holds no JSON object"},
		"a member":       {"{\n \"goal\": {},\n \"keypoints\": []}", `line 3, column 2: unknown field "keypoints"`},
		"a line's":       {`{"goal": {"txt": "x"}}`, `line 1, column 11: unknown field "txt"`},
		"a comma":        {"{\n \"closing\": [\n  {\"text\": \"x\",}]}", "line 3, column 16: invalid character '}' looking for beginning of object key string"},
		"a kind":         {`{"closing": "x"}`, "line 1, column 15: closing must not be a string"},
		"two objects":    {`{"closing": []} {"closing": []}`, "line 1, column 15: something follows its JSON object"},
		"a fence around": {"Here:\n```json\n{\"closing\": []}\n```", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := draft.Read(tt.text)
			if tt.want == "" {
				assert.NoError(t, err)
				return
			}
			assert.EqualError(t, err, tt.want)
		})
	}
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
}
