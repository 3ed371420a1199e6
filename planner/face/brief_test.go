package face_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"testing"
	"time"

	reflector "github.com/invopop/jsonschema"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/brief"
	"refine/planner/draft"
	"refine/planner/face"
	"refine/planner/guide"
	"refine/planner/outcome"
	"refine/planner/talks"
	"refine/planner/ticket"
)

var update = flag.Bool("update", false, "write the golden files anew")

// library is a brief in which every field holds something.
func library() *brief.Brief {
	at := time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC)
	dana, eli := ticket.Person{ID: "d-1", Name: "Dana"}, ticket.Person{ID: "e-1", Name: "Eli"}
	points := 21.0
	renew := ticket.Issue{
		Key: "LIB-1", URL: "https://jira.example.org/browse/LIB-1", Type: "Story", Summary: "Renew a loan from the phone", Status: "Open", StatusCategory: "new", Priority: "High",
		Description: "Readers renew by phone.\r\n\r\nDoes a reserved loan count as renewed?\r\n== Doubts (0)\r\nCall +49 30 1234567, see LIB-7.", AcceptanceCriteria: "* one renewal per loan",
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
	return brief.Make(brief.Input{
		Session: ticket.Session{ID: "s", Team: "Desk", Topic: "LIB-0 Loans", Start: at, Duration: 90 * time.Minute, Format: "guide"}, At: at,
		Epic: &ticket.Issue{Key: "LIB-0", Summary: "Loans", Description: "All about loans.", Reporter: dana}, Issues: []ticket.Issue{renew, hidden, wide, renew},
		Objectives: []brief.Objective{{ID: "Q4-1", Text: "LIB-0 is over"}},
		CarryOver:  &outcome.CarryOver{Day: ticket.Date{Year: 2026, Month: 11, Day: 16}, Parts: []outcome.CarriedPart{{Kind: outcome.Parked, Lines: []outcome.Carried{{Key: "LIB-1", Text: outcome.Text{{Text: "opening hours"}}}}, More: 2}}},
	})
}

// The schema is what the types say, and what is printed holds to it.
func TestBriefSchema(t *testing.T) {
	t.Parallel()
	golden(t, "brief.schema.json", briefSchema(t))

	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(face.BriefSchema))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("brief.json", schema))
	compiled, err := compiler.Compile("brief.json")
	require.NoError(t, err)
	for name, b := range map[string]*brief.Brief{"full": library(), "empty": brief.Make(brief.Input{})} {
		written, err := json.Marshal(face.Brief(draft.Input{Brief: b, Talks: &talks.Arrangement{}, Guide: guide.BuiltIn(guide.Default)}))
		require.NoError(t, err, name)
		read, err := jsonschema.UnmarshalJSON(bytes.NewReader(written))
		require.NoError(t, err, name)
		assert.NoError(t, compiled.Validate(read), name)
		assert.NotContains(t, string(written), "d-1", "people go by their names")
	}
	assert.Error(t, compiled.Validate(map[string]any{"session": 1}), "a schema that refuses nothing checks nothing")
}

// briefSchema is the schema of the types, told by their comments.
func briefSchema(t *testing.T) []byte {
	t.Helper()
	r := &reflector.Reflector{Anonymous: true, Mapper: func(kind reflect.Type) *reflector.Schema {
		if kind == reflect.TypeFor[ticket.Date]() {
			return &reflector.Schema{Type: "string", Pattern: `^(\d{4}-\d{2}-\d{2})?$`}
		}
		return nil
	}}
	for _, folder := range []string{".", "../brief", "../ready", "../ticket", "../outcome"} {
		require.NoError(t, r.AddGoComments("refine/planner/face", folder))
	}
	s := r.Reflect(&face.BriefView{})
	s.Title = "Brief of a refinement session, as refine brief --format json prints it"
	out, err := json.MarshalIndent(s, "", "  ")
	require.NoError(t, err)
	return append(out, '\n')
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
