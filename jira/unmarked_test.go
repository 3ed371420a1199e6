package jira

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"

	"refine/planner/outcome"
)

// Which comment is the session's where none carries its mark. We act as "bot".
func TestACommentWithoutItsMark(t *testing.T) { // A4, S5
	t.Parallel()
	ours := WikiNote(note(agreed), true)
	another := note(agreed)
	another.PageID, another.PageURL = "43", "https://wiki.example.com/x/43"
	moved := note(agreed)
	moved.PageURL = "https://new.example.com/wiki/spaces/PAY/pages/42/Any+title"
	other := note(agreed).Mark()
	other.Session = "s2"
	newer := note(agreed).Mark()
	newer.Version = 2
	for name, test := range map[string]struct {
		comments []object
		marks    map[string]any
		id       string // of the session's comment
		doubt    string
	}{
		"its property is gone":               {[]object{written("11", "bot", "bot", ours)}, nil, "11", ""},
		"and the page has another address":   {[]object{written("11", "bot", "bot", WikiNote(moved, true))}, nil, "11", ""},
		"among others":                       {[]object{written("10", "Ana", "Ana", "When?"), written("11", "bot", "bot", ours), written("12", "bot", "bot", "x")}, nil, "11", ""},
		"an import made it another's":        {[]object{written("11", "import", "import", ours)}, nil, "11", "is by import"},
		"nobody's":                           {[]object{written("11", "", "", ours)}, nil, "11", "is by somebody"},
		"two of them":                        {[]object{written("11", "bot", "bot", ours), written("12", "bot", "bot", ours)}, nil, "11", "comments 11 and 12"},
		"a mark that cannot be read":         {[]object{written("11", "bot", "bot", ours)}, map[string]any{"11": "x"}, "11", "cannot be read"},
		"a mark of a later version":          {[]object{written("11", "bot", "bot", ours)}, map[string]any{"11": newer}, "11", "cannot be read"},
		"another session's mark":             {[]object{written("11", "bot", "bot", ours)}, map[string]any{"11": other}, "11", "is another's"},
		"it links to another session":        {[]object{written("11", "bot", "bot", WikiNote(another, true))}, nil, "", ""},
		"a person quotes it":                 {[]object{written("11", "Ana", "Ana", "See “"+ours+"”")}, nil, "", ""},
		"another's comment of other words":   {[]object{written("11", "Ana", "Ana", "see https://wiki.example.com/x/42")}, nil, "", ""},
		"a marked one before an unmarked":    {[]object{written("11", "bot", "bot", ours), written("12", "bot", "bot", ours)}, map[string]any{"12": note(agreed).Mark()}, "12", ""},
		"a person's with our mark is not it": {[]object{written("11", "Ana", "Ana", "LGTM"), written("12", "bot", "bot", ours)}, map[string]any{"11": note(agreed).Mark()}, "12", ""},
	} {
		for _, deployment := range []string{cloudName, dcName} {
			t.Run(name+", "+deployment, func(t *testing.T) {
				t.Parallel()
				routes := map[string]any{
					"POST /issue/bulkfetch": object{"issues": []object{withComments(1, len(test.comments), test.comments...)}},
					"POST /search":          object{"issues": []object{withComments(1, len(test.comments), test.comments...)}, "total": 1},
				}
				var list []object
				for _, c := range test.comments {
					shown := object{}
					for k, v := range c {
						shown[k] = v
					}
					if mark, ok := test.marks[c["id"].(string)]; ok {
						marked(shown, mark)
						routes["GET /comment/"+c["id"].(string)+"/properties/refine"] = object{"key": propertyKey, "value": mark}
					}
					list = append(list, shown)
				}
				routes["POST /comment/list"] = object{"values": list}
				c, _ := serve(t, deployment, routes)
				found, _, err := c.Tickets(t.Context(), meeting, itsPage, []string{"PAY-1"})
				require.NoError(t, err)
				require.Equal(t, test.id != "", found[0].Comment != nil)
				if test.id == "" {
					return
				}
				assert.Equal(t, test.id, found[0].Comment.ID)
				if test.doubt != "" {
					assert.Contains(t, found[0].Comment.Doubt, test.doubt)
					return
				}
				assert.Empty(t, found[0].Comment.Doubt)
				if found[0].Comment.Mark.Hash == "" {
					assert.Equal(t, []outcome.Entry{agreed}, found[0].Comment.Mark.Entries)
				}
			})
		}
	}
}

// An answer that whom we act as cannot be known is no reason to write.
func TestWhoWeAreMustBeKnown(t *testing.T) { // A4, F6
	t.Parallel()
	comment := written("11", "bot", "bot", WikiNote(note(agreed), true))
	c, _ := serve(t, cloudName, map[string]any{
		"POST /issue/bulkfetch": object{"issues": []object{withComments(1, 1, comment)}},
		"POST /comment/list":    object{"values": []object{comment}},
		"GET /myself":           http.StatusForbidden,
	})
	_, _, err := c.Tickets(t.Context(), meeting, itsPage, []string{"PAY-1"})
	require.ErrorContains(t, err, "asking whom we act as")
}

// What a comment says is read as the page said it.
func TestANoteIsReadBack(t *testing.T) { // A4, S8
	t.Parallel()
	ana := outcome.User{AccountID: "5b10:a-c"}
	due := ticket.Date{Year: 2026, Month: time.December, Day: 3}
	for name, entries := range map[string][]outcome.Entry{
		"a decision":         {agreed},
		"with a reason":      {{Kind: outcome.Decision, Text: typed("renew twice"), Reason: typed("few readers *pay*")}},
		"all that is markup": {{Kind: outcome.Decision, Text: typed(`*a* _b_ {c} [d] -e- C:\temp \ h1. x ~f~ ^g^ !h! ?? (i)`)}},
		"an action":          {{Kind: outcome.Action, Text: typed("ask legal"), Owner: &ana, Due: due, Done: true}},
		"due only":           {{Kind: outcome.Action, Text: typed("ask legal – or not"), Due: due}},
		"done only":          {{Kind: outcome.Action, Text: typed("ask legal"), Done: true}},
		"nobody's":           {{Kind: outcome.Action, Text: typed("ask legal")}},
		"a link":             {{Kind: outcome.Decision, Text: outcome.Text{{Text: "see "}, {Text: "the draft", URL: "https://a.example/b"}, {Text: " first"}}}},
		"what left": {
			{Kind: outcome.Decision, Text: typed("renew twice"), Gone: true}, {Kind: outcome.Decision, Text: typed("no fee"), Gone: true, Moved: "PAY-2"},
			{Kind: outcome.Action, Text: typed("ask legal"), Due: due, Done: true, Gone: true},
		},
		"decisions and actions": {agreed, {Kind: outcome.Action, Text: typed("ask legal")}, {Kind: outcome.Action, Text: typed("ask the bank")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, err := json.Marshal(entries)
			require.NoError(t, err)
			got, err := json.Marshal(readNote(WikiNote(note(entries...), true)))
			require.NoError(t, err)
			assert.JSONEq(t, string(want), string(got), WikiNote(note(entries...), true))
		})
	}
}
