package jiratest

import (
	"bytes"
	"cmp"
	_ "embed"
	"html"
	"html/template"
	"net/http"
	"sync"
	"time"
)

//go:embed pages.html
var pagesHTML string

// pages are what a browser is shown. The template escapes every value; only
// what render writes is markup already.
var pages = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("pages").Funcs(template.FuncMap{
		"day": func(t time.Time) string { return t.Format("2 January 2006") },
		"at":  func(t time.Time) string { return t.Format("2 Jan 2006, 15:04") },
	}).Parse(pagesHTML))
})

type issueView struct {
	Issue
	Epic     ref
	Links    []linkView
	Subtasks []ref

	people map[string]string // display names by account id or user name
}

// Wiki shows markup with the names of those it mentions.
func (v issueView) Wiki(markup string) template.HTML {
	shown := mentionSpan.ReplaceAllStringFunc(render(markup), func(span string) string {
		id := html.UnescapeString(mentionSpan.FindStringSubmatch(span)[1])
		return mention(cmp.Or(v.people[id], id))
	})
	return template.HTML(shown) // render and mention escape
}

type linkView struct {
	Phrase string
	ref
}

func (s *Server) listPage(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	issues := s.sorted()
	shown := make([]Issue, len(issues))
	for n, i := range issues {
		shown[n] = *i.clone()
	}
	s.mu.Unlock()
	writePage(w, http.StatusOK, "list", shown)
}

func (s *Server) issuePage(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	i := s.find(r.PathValue("issue"))
	var shown issueView
	if i != nil {
		shown = s.viewOf(i)
	}
	s.mu.Unlock()
	if i == nil {
		writePage(w, http.StatusNotFound, "missing", r.PathValue("issue"))
		return
	}
	writePage(w, http.StatusOK, "issue", shown)
}

func (s *Server) viewOf(i *Issue) issueView {
	shown := issueView{Issue: *i.clone(), Epic: s.refOf(i.Parent), people: map[string]string{}}
	for _, p := range s.people {
		shown.people[p.AccountID], shown.people[p.Name] = p.DisplayName, p.DisplayName
	}
	for _, l := range s.linksOf(i.Key) {
		if l.From == i.Key {
			shown.Links = append(shown.Links, linkView{l.Type.Outward, s.refOf(l.To)})
		} else {
			shown.Links = append(shown.Links, linkView{l.Type.Inward, s.refOf(l.From)})
		}
	}
	for _, sub := range s.subtasks(i) {
		shown.Subtasks = append(shown.Subtasks, s.refOf(sub.Key))
	}
	return shown
}

// writePage renders before it writes, so that no half page goes out.
func writePage(w http.ResponseWriter, status int, name string, data any) {
	var page bytes.Buffer
	if err := pages().ExecuteTemplate(&page, name, data); err != nil {
		http.Error(w, "the page cannot be shown", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	writeHTML(w, status, page.String())
}
