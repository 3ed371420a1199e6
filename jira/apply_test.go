package jira

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
	"refine/planner/outcome"
)

func commentChange(id string, entries ...outcome.Entry) outcome.Change {
	n := note(entries...)
	return outcome.Change{Issue: "PAY-1", Kind: outcome.CommentChange, CommentID: id, Note: &n}
}

var agreed = outcome.Entry{Kind: outcome.Decision, Text: typed("Refunds go to the card {x}")}

// drop takes effect and loses the answer.
func drop(*http.Request, string) any { panic(http.ErrAbortHandler) }

func TestACommentIsCreatedWithItsMark(t *testing.T) { // S1, S5
	t.Parallel()
	change := commentChange("", agreed)
	c, s := serve(t, "cloud", map[string]any{"POST /issue/PAY-1/comment": func(_ *http.Request, body string) any {
		var in struct {
			Body       string
			Properties []struct {
				Key   string
				Value outcome.Mark
			}
		}
		assert.NoError(t, json.Unmarshal([]byte(body), &in))
		assert.Equal(t, WikiNote(*change.Note, true), in.Body)
		assert.Contains(t, in.Body, `\{x}`)
		if assert.Len(t, in.Properties, 1) {
			assert.Equal(t, propertyKey, in.Properties[0].Key)
			assert.Equal(t, change.Note.Mark(), in.Properties[0].Value)
		}
		return object{"id": "1"}
	}})
	require.NoError(t, c.Apply(t.Context(), change))
	assert.Equal(t, 1, s.count("POST /issue/PAY-1/comment"))
}

func TestALostCreateIsLookedUp(t *testing.T) { // S5, F2
	t.Parallel()
	change := commentChange("", agreed)
	stale := commentChange("", outcome.Entry{Kind: outcome.Decision, Text: typed("something else")})
	comments := object{"total": 1, "comments": []object{written("11", "bot", "bot", "")}}
	list := func(n *outcome.Note) object {
		return object{"values": []object{marked(written("11", "bot", "bot", ""), n.Mark())}}
	}
	for name, test := range map[string]struct {
		routes map[string]any
		want   string // of the error, empty for none
	}{
		"it is there":        {map[string]any{"GET /issue/PAY-1/comment": comments, "POST /comment/list": list(change.Note)}, ""},
		"it is not there":    {map[string]any{"GET /issue/PAY-1/comment": object{"total": 0, "comments": []any{}}}, "closed without an answer"},
		"another is there":   {map[string]any{"GET /issue/PAY-1/comment": comments, "POST /comment/list": list(stale.Note)}, "closed without an answer"},
		"it cannot be known": {map[string]any{"GET /issue/PAY-1/comment": http.StatusForbidden}, "looking whether it was written"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.routes["POST /issue/PAY-1/comment"] = drop
			c, s := serve(t, "cloud", test.routes)
			err := c.Apply(t.Context(), change)
			if test.want == "" {
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, test.want)
			}
			assert.Equal(t, 1, s.count("POST /issue/PAY-1/comment"), "never written twice")
		})
	}
}

func TestARefusedCreateIsNotLookedUp(t *testing.T) {
	t.Parallel()
	c, s := serve(t, "cloud", map[string]any{"POST /issue/PAY-1/comment": http.StatusForbidden})
	err := c.Apply(t.Context(), commentChange("", agreed))
	require.ErrorContains(t, err, "writing the comment: Jira: POST /rest/api/2/issue/PAY-1/comment: 403 Forbidden: no")
	assert.NotEmpty(t, atlassian.HintOf(err))
	assert.Zero(t, s.count("GET /issue/PAY-1/comment"))
}

func TestWhatAPersonChangedIsLeftAlone(t *testing.T) { // S6
	t.Parallel()
	c, s := serve(t, "cloud", map[string]any{"GET /issue/PAY-1/comment/11": written("11", "bot", "Ana", "")})
	err := c.Apply(t.Context(), commentChange("11", agreed))
	edited, ok := errors.AsType[*EditedError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, EditedError{By: "Ana", Comment: "11"}, *edited)
	require.ErrorContains(t, err, "Ana changed comment 11")
	assert.Zero(t, s.count("PUT /issue/PAY-1/comment/11"))
}

func TestUpdateFails(t *testing.T) {
	t.Parallel()
	read := "GET /issue/PAY-1/comment/11"
	for name, test := range map[string]struct {
		id     string
		routes map[string]any
		want   string
	}{
		"it is gone":     {"11", nil, "reading the comment before changing it"},
		"refused":        {"11", map[string]any{read: written("11", "bot", "bot", ""), "PUT /issue/PAY-1/comment/11": http.StatusForbidden}, "changing the comment"},
		"mark refused":   {"11", map[string]any{read: written("11", "bot", "bot", ""), "PUT /issue/PAY-1/comment/11": object{}, "GET /comment/11/properties/refine": http.StatusForbidden}, "marking the comment"},
		"not even an id": {"11/../12", nil, "not the id of a comment"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := serve(t, "datacenter", test.routes)
			assert.ErrorContains(t, c.Apply(t.Context(), commentChange(test.id, agreed)), test.want)
		})
	}
}

func linkChange() outcome.Change {
	return outcome.Change{Issue: "PAY-1", Kind: outcome.LinkChange, Link: &outcome.RemoteLink{
		GlobalID: "refine-1=2&3", URL: "https://wiki.example.com/x/42", Title: strings.Repeat("ä", 300), Summary: "Session",
	}}
}

func TestALinkIsUpserted(t *testing.T) { // S4
	t.Parallel()
	c, _ := serve(t, "cloud", map[string]any{"POST /issue/PAY-1/remotelink": func(_ *http.Request, body string) any {
		var in struct {
			GlobalID    string
			Application *struct{}
			Object      struct{ URL, Title, Summary string }
		}
		assert.NoError(t, json.Unmarshal([]byte(body), &in))
		assert.Equal(t, "refine-1=2&3", in.GlobalID)
		assert.Nil(t, in.Application)
		assert.Len(t, []rune(in.Object.Title), maxLinkTitle)
		return object{"id": 1}
	}})
	require.NoError(t, c.Apply(t.Context(), linkChange()))
}

func TestALostLinkIsLookedUp(t *testing.T) { // S5, F2
	t.Parallel()
	record := func(title string) object {
		return object{"id": 1, "globalId": "refine-1=2&3", "object": object{"url": "https://wiki.example.com/x/42", "title": title}}
	}
	full := cut(strings.Repeat("ä", 300), maxLinkTitle)
	for name, test := range map[string]struct {
		answer any
		done   bool
	}{
		"one record":    {record(full), true},
		"a list of one": {[]object{record(full)}, true},
		"another title": {record("old"), false},
		"none":          {http.StatusNotFound, false},
		"unknown":       {http.StatusForbidden, false},
		"of no shape":   {"text", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := serve(t, "cloud", map[string]any{
				"POST /issue/PAY-1/remotelink": drop,
				"GET /issue/PAY-1/remotelink": func(r *http.Request, _ string) any {
					assert.Equal(t, "refine-1=2&3", r.URL.Query().Get("globalId"))
					return test.answer
				},
			})
			err := c.Apply(t.Context(), linkChange())
			assert.Equal(t, test.done, err == nil, "%v", err)
			assert.Equal(t, 1, s.count("POST /issue/PAY-1/remotelink"))
		})
	}
}

func TestApplyRefuses(t *testing.T) {
	t.Parallel()
	long := linkChange()
	long.Link.GlobalID = strings.Repeat("x", 256)
	c, s := serve(t, "cloud", nil)
	for want, change := range map[string]outcome.Change{
		"not an issue key":   {Issue: "PAY-1/../2", Kind: outcome.CommentChange, Note: commentChange("").Note},
		"writes nothing":     {Issue: "PAY-1", Kind: outcome.RemovedLine},
		"256 characters":     long,
		"kind remote-link w": {Issue: "PAY-1", Kind: outcome.LinkChange, Note: commentChange("").Note},
	} {
		assert.ErrorContains(t, c.Apply(t.Context(), change), want)
	}
	assert.Len(t, s.asked, 1, "only the fields")
}
