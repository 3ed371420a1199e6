package jira

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

var meeting = ticket.Session{ID: "s1", Owner: "acme", Start: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)}

// itsPage is the page of that meeting, as [note] has it.
var itsPage = outcome.PageRef{ID: "42", URL: "https://wiki.example.com/x/42", Title: "2026-11-24 Refinement – Payments – Refunds"}

// withComments is an issue's answer with some of its comments.
func withComments(n, total int, comments ...object) object {
	i := stub(n)
	i["fields"] = object{"comment": object{"comments": comments, "total": total}}
	return i
}

func written(id, author, editor, body string) object {
	return object{
		"id": id, "body": body, "created": "2026-11-24T12:00:0" + id[len(id)-1:] + ".000+0000",
		"author": object{"accountId": author, "key": author, "displayName": author}, "updateAuthor": object{"accountId": editor, "key": editor, "displayName": editor},
	}
}

func marked(c object, mark any) object {
	c["properties"] = []object{{"key": "other", "value": 1}, {"key": propertyKey, "value": mark}}
	return c
}

func ticketKeys(list []outcome.Ticket) (keys []string) {
	for _, t := range list {
		keys = append(keys, t.Key)
	}
	return keys
}

func TestTicketsOfCloud(t *testing.T) { // S5
	t.Parallel()
	mark := note().Mark()
	other := mark
	other.Session = "s2"
	ours, foreign := written("11", "bot", "bot", ""), written("12", "bot", "bot", "")
	c, s := serve(t, "cloud", map[string]any{
		"POST /issue/bulkfetch": object{
			"issues":      []object{withComments(2, 2, foreign, ours), withComments(1, 0), withComments(3, 9, written("13", "ana", "ana", ""))},
			"issueErrors": []object{{"id": "PAY-404", "errorMessage": "gone"}},
		},
		"GET /issue/PAY-3/comment": object{"total": 2, "comments": []object{written("13", "ana", "ana", ""), written("14", "bot", "Ana", "")}},
		"POST /comment/list": object{"values": []object{
			marked(written("11", "bot", "bot", ""), mark), marked(written("12", "bot", "bot", ""), other),
			written("13", "ana", "ana", ""), marked(written("14", "bot", "Ana", ""), mark),
		}},
	})
	found, missing, err := c.Tickets(t.Context(), meeting, itsPage, []string{"PAY-1", "PAY-404", "PAY-3", "PAY-2", "PAY-1"})
	require.NoError(t, err)
	assert.Equal(t, []string{"PAY-1", "PAY-3", "PAY-2"}, ticketKeys(found))
	assert.Equal(t, []string{"PAY-404"}, missing)
	assert.Nil(t, found[0].Comment)
	require.NotNil(t, found[1].Comment)
	assert.Equal(t, "14", found[1].Comment.ID)
	assert.Equal(t, "Ana", found[1].Comment.EditedBy)
	require.NotNil(t, found[2].Comment)
	assert.Equal(t, "11", found[2].Comment.ID)
	assert.Empty(t, found[2].Comment.EditedBy)
	assert.EqualValues(t, 6, c.Requests(), "fields, issues, the missing one, one issue's comments, marks, whom we act as; asked %v", s.asked)
}

func TestTicketsOfDataCenter(t *testing.T) { // S5
	t.Parallel()
	mark := note().Mark()
	byHeading := written("22", "former", "former", WikiNote(note(), false))
	c, s := serve(t, "datacenter", map[string]any{
		"POST /search": func(_ *http.Request, body string) any {
			var in struct {
				JQL           string
				ValidateQuery *bool
			}
			assert.NoError(t, json.Unmarshal([]byte(body), &in))
			assert.Equal(t, `key in ("PAY-1", "PAY-2", "PAY-404")`, in.JQL)
			assert.Equal(t, new(bool), in.ValidateQuery)
			return object{"total": 2, "issues": []object{
				withComments(1, 2, written("20", "ana", "ana", "hello"), written("21", "bot", "bot", "x")),
				withComments(2, 1, byHeading),
			}}
		},
		"GET /comment/22/properties/refine": object{"key": "refine", "value": mark},
	})
	found, missing, err := c.Tickets(t.Context(), meeting, itsPage, []string{"PAY-1", "PAY-2", "PAY-404"})
	require.NoError(t, err)
	assert.Equal(t, []string{"PAY-404"}, missing)
	assert.Nil(t, found[0].Comment)
	require.NotNil(t, found[1].Comment)
	assert.Equal(t, mark, found[1].Comment.Mark)
	assert.Zero(t, s.count("GET /comment/20/properties/refine"), "a stranger's comment is not looked at")
	assert.Equal(t, 1, s.count("GET /comment/21/properties/refine"))
}

func TestALookupThatFailsIsNoAbsence(t *testing.T) { // F6
	t.Parallel()
	issues := object{"issues": []object{withComments(1, 1, written("11", "bot", "bot", ""))}, "total": 1}
	cut := object{"issues": []object{withComments(1, 5)}}
	for name, test := range map[string]struct {
		deployment string
		routes     map[string]any
		want       string
	}{
		"issues":          {"cloud", map[string]any{"POST /issue/bulkfetch": http.StatusForbidden}, "reading issues"},
		"comments":        {"cloud", map[string]any{"POST /issue/bulkfetch": cut, "GET /issue/PAY-1/comment": http.StatusForbidden}, "reading the comments of PAY-1"},
		"marks":           {"cloud", map[string]any{"POST /issue/bulkfetch": issues, "POST /comment/list": http.StatusForbidden}, "reading the marks of 1 comments"},
		"a mark left out": {"cloud", map[string]any{"POST /issue/bulkfetch": issues, "POST /comment/list": object{"values": []any{}}, "GET /comment/11/properties/refine": http.StatusForbidden}, "reading the mark of comment 11"},
		"search":          {"datacenter", map[string]any{"POST /search": http.StatusBadRequest}, "reading issues"},
		"myself":          {"datacenter", map[string]any{"POST /search": issues, "GET /myself": http.StatusForbidden}, "looking for the session's comments"},
		"a property":      {"datacenter", map[string]any{"POST /search": issues, "GET /myself": object{"accountId": "bot"}, "GET /comment/11/properties/refine": http.StatusUnauthorized}, "reading the mark of comment 11"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := serve(t, test.deployment, test.routes)
			found, missing, err := c.Tickets(t.Context(), meeting, itsPage, []string{"PAY-1"})
			require.ErrorContains(t, err, test.want)
			assert.Empty(t, found)
			assert.Empty(t, missing)
		})
	}
}

func TestWhatIsNoKeyIsMissing(t *testing.T) { // F5
	t.Parallel()
	keys := []string{"PAY-1) OR key in (PAY-2", "../field", "UTF", ""}
	c, s := serve(t, "datacenter", nil)
	found, missing, err := c.Tickets(t.Context(), meeting, itsPage, keys)
	require.NoError(t, err)
	assert.Empty(t, found)
	assert.Equal(t, keys, missing)
	assert.Len(t, s.asked, 1, "only the fields")
}

func TestTicketsWithoutBulkOperations(t *testing.T) {
	t.Parallel()
	c, _ := serve(t, "cloud", map[string]any{
		"POST /issue/bulkfetch":             http.StatusMethodNotAllowed,
		"GET /issue/PAY-1":                  withComments(1, 1, written("11", "bot", "bot", "")),
		"GET /comment/11/properties/refine": object{"key": "refine", "value": note().Mark()},
	})
	found, missing, err := c.Tickets(t.Context(), meeting, itsPage, []string{"PAY-1", "PAY-2"})
	require.NoError(t, err)
	assert.Equal(t, []string{"PAY-2"}, missing)
	require.Len(t, found, 1)
	assert.NotNil(t, found[0].Comment)
}

// What was read ahead is of no use where the others cannot be read, and is read once.
func TestTicketsReadAhead(t *testing.T) {
	t.Parallel()
	var asked []string
	c, _ := serve(t, "cloud", map[string]any{"POST /issue/bulkfetch": func(_ *http.Request, body string) any {
		asked = append(asked, body)
		if strings.Contains(body, "PAY-9") {
			return http.StatusForbidden
		}
		return object{"issues": []object{stub(1)}}
	}})
	tickets := c.TicketsSince(t.Context(), meeting, itsPage, []string{"PAY-1", "PAY-1"})
	found, _, err := tickets([]string{"PAY-1"}, outcome.Memory{})
	require.NoError(t, err)
	assert.Equal(t, []string{"PAY-1"}, ticketKeys(found))
	require.Len(t, asked, 1)
	assert.Equal(t, 1, strings.Count(asked[0], "PAY-1"))

	_, _, err = tickets([]string{"PAY-1", "PAY-9"}, outcome.Memory{})
	assert.Equal(t, http.StatusForbidden, atlassian.StatusOf(err))
}

func TestAMovedIssueKeepsTheKeyItWasAskedBy(t *testing.T) {
	t.Parallel()
	moved := stub(7)
	moved["key"] = "NEW-1"
	c, _ := serve(t, "cloud", map[string]any{
		"POST /issue/bulkfetch": object{"issues": []object{stub(1), moved}},
		"GET /issue/PAY-7":      moved,
	})
	found, missing, err := c.Tickets(t.Context(), meeting, itsPage, []string{"PAY-1", "PAY-7", "PAY-8"})
	require.NoError(t, err)
	assert.Equal(t, []string{"PAY-1", "PAY-7"}, ticketKeys(found))
	assert.Equal(t, []string{"PAY-8"}, missing)
}

func TestAListThatAnswersInPartsIsAskedAgain(t *testing.T) {
	t.Parallel()
	c, s := serve(t, "cloud", map[string]any{
		"POST /issue/bulkfetch": object{"issues": []object{withComments(1, 3,
			written("11", "a", "a", ""), written("12", "a", "a", ""), written("13", "bot", "bot", ""))}},
		"POST /comment/list": func(_ *http.Request, body string) any {
			var in struct{ IDs []int64 }
			assert.NoError(t, json.Unmarshal([]byte(body), &in))
			first := written(strconv.FormatInt(in.IDs[0], 10), "a", "a", "")
			if in.IDs[0] == 13 {
				first = marked(first, note().Mark())
			}
			return object{"isLast": len(in.IDs) == 1, "values": []object{first}}
		},
	})
	found, _, err := c.Tickets(t.Context(), meeting, itsPage, []string{"PAY-1"})
	require.NoError(t, err)
	require.NotNil(t, found[0].Comment)
	assert.Equal(t, "13", found[0].Comment.ID)
	assert.Equal(t, 3, s.count("POST /comment/list"))
}

func TestMarksAreNotTrusted(t *testing.T) { // F5
	t.Parallel()
	s := session{Session: meeting}
	good := note(outcome.Entry{Kind: outcome.Decision, Text: typed("x")}).Mark()
	for name, change := range map[string]func(*outcome.Mark){
		"another owner":   func(m *outcome.Mark) { m.Owner = "globex" },
		"another session": func(m *outcome.Mark) { m.Session = "s2" },
		"another version": func(m *outcome.Mark) { m.Version = 2 },
	} {
		m := good
		change(&m)
		value, err := json.Marshal(m)
		require.NoError(t, err)
		_, ok := s.mark(value)
		assert.False(t, ok, name)
	}
	for _, value := range []string{``, `null`, `"x"`, `{"v":"1"}`, `[]`, `{"v":1,"owner":{}}`} {
		_, ok := s.mark(json.RawMessage(value))
		assert.False(t, ok, value)
	}
	m, ok := s.mark(json.RawMessage(`{"v":1,"owner":"acme","session":"s1","entries":[{"Kind":"command"},{"Kind":"action"}]}`))
	assert.True(t, ok)
	assert.Len(t, m.Entries, 1)
}

// Which comment with our mark is ours, and whose last word it is. We act as
// "bot", and were "former" before.
func TestWhoseTheMarkedCommentIs(t *testing.T) { // S5, S6, F5
	t.Parallel()
	written := func(author, editor, body string) object { return written("11", author, editor, body) }
	ours := WikiNote(note(agreed), true)
	for name, test := range map[string]struct {
		comment object
		found   bool
		edited  string
		asked   int // whom we act as
	}{
		"ours":                             {written("bot", "bot", ours), true, "", 0},
		"ours, restricted":                 {with(written("bot", "bot", ours), "visibility", object{"type": "role", "value": "staff"}), true, "", 0},
		"ours, changed by a person":        {written("bot", "Ana", ours), true, "Ana", 1},
		"ours, its heading, too":           {written("bot", "Ana", "Nonsense!"), true, "Ana", 1},
		"ours by a former account":         {written("former", "former", ours), true, "", 0},
		"that, updated by us since":        {written("former", "bot", ours), true, "", 1},
		"that, changed by a person":        {written("former", "Ana", ours), true, "Ana", 1},
		"a person's own, with our mark":    {written("Ana", "Ana", "Looks good to me"), false, "", 1},
		"another's reply, with our mark":   {written("Ana", "Bo", "Looks good to me"), false, "", 1},
		"anonymous, changed by who knows?": {written("", "", ours), true, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mark := note(agreed).Mark()
			mark.Page = "41" // trashed since
			c, s := serve(t, "cloud", map[string]any{
				"POST /issue/bulkfetch": object{"issues": []object{withComments(1, 1, test.comment)}},
				"POST /comment/list":    object{"values": []object{marked(maps.Clone(test.comment), mark)}},
			})
			found, _, err := c.Tickets(t.Context(), meeting, itsPage, []string{"PAY-1"})
			require.NoError(t, err)
			assert.Equal(t, test.found, found[0].Comment != nil)
			if found[0].Comment != nil {
				assert.Equal(t, test.edited, found[0].Comment.EditedBy)
			}
			assert.Equal(t, test.asked, s.count("GET /myself"))
		})
	}
}

func with(o object, key string, value any) object {
	o[key] = value
	return o
}

func TestAForgedMarkHidesNoCommentOfOurs(t *testing.T) { // F5
	t.Parallel()
	forged, ours := written("11", "Ana", "Ana", "LGTM"), written("12", "bot", "bot", WikiNote(note(), true))
	c, _ := serve(t, "cloud", map[string]any{
		"POST /issue/bulkfetch": object{"issues": []object{withComments(1, 2, forged, ours)}},
		"POST /comment/list":    object{"values": []object{marked(maps.Clone(forged), note().Mark()), marked(maps.Clone(ours), note().Mark())}},
	})
	found, _, err := c.Tickets(t.Context(), meeting, itsPage, []string{"PAY-1"})
	require.NoError(t, err)
	require.NotNil(t, found[0].Comment)
	assert.Equal(t, "12", found[0].Comment.ID)
}

func TestHiddenFromBothWaysOfReading(t *testing.T) {
	t.Parallel()
	c, _ := serve(t, "datacenter", map[string]any{
		"POST /search": object{"issues": []object{}, "total": 0}, "GET /issue/PAY-1": http.StatusForbidden,
	})
	found, missing, err := c.Tickets(t.Context(), meeting, itsPage, []string{"PAY-1"})
	require.NoError(t, err)
	assert.Empty(t, found)
	assert.Equal(t, []string{"PAY-1"}, missing)
}

func TestAMarkForgetsNoLine(t *testing.T) { // S8
	t.Parallel()
	var entries []outcome.Entry
	for i := range 400 {
		entries = append(entries, outcome.Entry{Kind: outcome.Decision, ID: strconv.Itoa(i), Text: typed(strings.Repeat("<支付>", 100))})
	}
	for _, n := range []int{12, 100, 400} {
		p, err := markProperty(note(entries[:n]...).Mark())
		require.NoError(t, err)
		assert.LessOrEqual(t, len(p.Value), maxProperty)
		m, ok := session{Session: meeting}.mark(p.Value)
		assert.True(t, ok)
		assert.Len(t, m.Entries, n)
	}
	_, err := markProperty(note(slices.Repeat(entries, 2)...).Mark())
	assert.ErrorContains(t, err, "a comment of 800 lines is more than its mark can remember")
}
