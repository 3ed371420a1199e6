package jira

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

func TestVisualsInText(t *testing.T) { // P8 F5
	t.Parallel()
	at := func(name, url string) []ticket.Visual {
		return []ticket.Visual{{Name: name, URL: url, Where: "description"}}
	}
	for text, want := range map[string][]ticket.Visual{
		"See https://miro.com/app/board/uXjVN=/.":                                        at("Miro board", "https://miro.com/app/board/uXjVN=/"),
		"[Checkout flow|https://www.figma.com/design/a1/Checkout?node-id=1-2]":           at("Figma file: Checkout flow", "https://www.figma.com/design/a1/Checkout?node-id=1-2"),
		"[https://www.figma.com/board/a1/x|https://www.figma.com/board/a1/x|smart-link]": at("FigJam board", "https://www.figma.com/board/a1/x"),
		"(https://lucid.app/lucidchart/9/edit)":                                          at("Lucid diagram", "https://lucid.app/lucidchart/9/edit"),
		"https://app.diagrams.net/#G1x":                                                  at("draw.io diagram", "https://app.diagrams.net/#G1x"),
		"https://app.mural.co/t/a/m/b":                                                   at("Mural board", "https://app.mural.co/t/a/m/b"),
		"https://excalidraw.com/#json=1,2":                                               at("Excalidraw drawing", "https://excalidraw.com/#json=1,2"),
		"https://acme.atlassian.net/wiki/spaces/PAY/whiteboard/123":                      at("Confluence whiteboard", "https://acme.atlassian.net/wiki/spaces/PAY/whiteboard/123"),
		"[Story map|https://intranet.example.com/maps/7]":                                at("Story map", "https://intranet.example.com/maps/7"),
		"!https://example.com/a/flow.PNG|width=300!":                                     at("flow.PNG", "https://example.com/a/flow.PNG"),
		"As it is: !Screen Shot 1.png|thumbnail! and now !new.jpg!":                      {{Name: "Screen Shot 1.png", Where: "description"}, {Name: "new.jpg", Where: "description"}},

		"{code}!not.png! https://miro.com/app/board/x{code}":              nil,
		"Stop! Look at a.png! Now":                                        nil,
		"[the wiki|https://example.com/page] and https://example.com/doc": nil,
		"https://miro.com and https://figma.com/ are tools":               nil,
		"https://miro.com.evil.example/app/board/x":                       nil,
		"https://miro.com@evil.example/app/board/x":                       nil,
		"[mock-up|javascript:alert(1)]":                                   nil,
		"file:///etc/a.png":                                               nil,
		"[spec|https://example.com/spec.pdf]":                             nil,

		"https://user:secret@miro.com/app/board/x":                        at("Miro board", ""),
		"[mock-up|https://example.com/" + strings.Repeat("a", 3000) + "]": at("mock-up", ""),
	} {
		assert.Equal(t, want, look(ticket.Issue{Description: text}), text)
	}
}

func TestVisualsAreListedOnce(t *testing.T) { // P8
	t.Parallel()
	site := "https://jira.example.com/jira"
	i := ticket.Issue{
		Description: "!flow.png|thumbnail! https://miro.com/app/board/x",
		Comments:    []ticket.Comment{{Author: ticket.Person{Name: "Ana"}, Body: "https://miro.com/app/board/x and !flow.png! and !other.gif!"}},
		Attachments: attachments([]attachment{
			{ID: "7", Filename: "flow.png", MimeType: "image/png"}, {ID: "8", Filename: "a b/ü.PDF", MimeType: "application/pdf"},
			{ID: "9", Filename: "log.txt", MimeType: "text/plain"}, {ID: "10", Filename: "film", MimeType: "video/mp4"},
			{ID: "../../x", Filename: "sketch.svg"},
		}, site),
	}
	assert.Equal(t, []ticket.Visual{
		{Name: "flow.png", URL: site + "/secure/attachment/7/flow.png", Where: "attachment"},
		{Name: "a b/ü.PDF", URL: site + "/secure/attachment/8/a%20b%2F%C3%BC.PDF", Where: "attachment"},
		{Name: "film", URL: site + "/secure/attachment/10/film", Where: "attachment"},
		{Name: "sketch.svg", Where: "attachment"},
		{Name: "Miro board", URL: "https://miro.com/app/board/x", Where: "description"},
		{Name: "other.gif", Where: "comment by Ana"},
	}, look(i))

	var many strings.Builder
	for n := range 40 {
		many.WriteString("!" + strings.Repeat("a", n+1) + ".png! ")
	}
	assert.Len(t, look(ticket.Issue{Description: many.String()}), mostVisuals)
}

func TestAttachmentsHaveTheSitesAddress(t *testing.T) { // P8
	deployments(t, func(t *testing.T, w *world) {
		require.NoError(t, w.jira.Load(strings.NewReader(`{"key":"PAY-9","fields":{"summary":"Sketched","attachment":[{"id":"77","filename":"flow.png","mimeType":"image/png"}]}}`)))
		issues, _, _, err := w.Search(t.Context(), "key = PAY-9", 0)
		require.NoError(t, err)
		want := w.browse + "/secure/attachment/77/flow.png"
		assert.Equal(t, []ticket.Attachment{{Name: "flow.png", URL: want, Type: "image/png"}}, issues[0].Attachments)
		assert.Equal(t, []ticket.Visual{{Name: "flow.png", URL: want, Where: "attachment"}}, issues[0].Visuals)
	})
}
