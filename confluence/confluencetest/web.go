package confluencetest

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"refine/confluence/storage"
)

//go:embed people
var assets embed.FS

var templates = sync.OnceValue(func() *template.Template { return template.Must(template.ParseFS(assets, "people/*.html")) })

// pagesForPeople serves what a person opens in a browser. There is no log-in:
// whoever comes is the first of the site's people.
func (s *Server) pagesForPeople() http.Handler {
	mux := http.NewServeMux()
	root := s.root()
	mux.HandleFunc("GET "+root+"/{$}", s.webList)
	if root != "" {
		mux.HandleFunc("GET /{$}", s.webList)
	}
	mux.HandleFunc("GET "+root+"/spaces/{key}", s.webList)
	mux.HandleFunc("GET "+root+"/display/{key}", s.webList)
	mux.HandleFunc("GET "+root+"/display/{key}/{title}", s.webByTitle)
	mux.HandleFunc("GET "+root+"/pages/viewpage.action", s.webByParameter)
	mux.HandleFunc("GET "+root+"/spaces/{key}/pages/{id}", s.webView)
	mux.HandleFunc("GET "+root+"/spaces/{key}/pages/{id}/{title...}", s.webView)
	mux.HandleFunc("GET "+root+"/pages/{id}/edit", s.webEdit)
	mux.HandleFunc("GET "+root+"/pages/{id}/source", s.webSource)
	mux.HandleFunc("POST "+root+"/pages/{id}/tick", s.webTick)
	mux.HandleFunc("POST "+root+"/pages/{id}/text", s.webSave(editText))
	mux.HandleFunc("POST "+root+"/pages/{id}/add", s.webSave(addEntry))
	mux.HandleFunc("POST "+root+"/pages/{id}/remove", s.webSave(removeBlock))
	mux.HandleFunc("POST "+root+"/pages/{id}/source", s.webSave(replaceBody))
	mux.HandleFunc("GET "+root+"/download/attachments/{id}/{file}", s.webFile)
	mux.HandleFunc("GET "+root+"/_people/{file}", s.webAsset)
	return protected(mux)
}

// protected keeps other sites from posting forms here, and keeps whatever a
// page may hold from running as a script.
func protected(next http.Handler) http.Handler {
	const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	guard := http.NewCrossOriginProtection()
	return guard.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	}))
}

// A frame is what every page for people shows around its content.
type frame struct {
	Root     string // before every link
	Title    string
	Space    string
	SpaceKey string
	Visitor  string
}

// A sheet is a page as it is viewed and edited.
type sheet struct {
	frame
	ID, Status    string
	Version       int
	Editor, Saved string
	Message       string
	View          string // the page's address
	Labels        []string
	Ancestors     []crumb
	Body          template.HTML
	Blocks        []block // in edit mode
	People        []User
	DataCenter    bool
	Source        string
	Versions      []versionLine
	Properties    []propertyLine
}

// Under is what the form for entries needs to know.
func (s sheet) Under(where *section) any {
	return struct {
		sheet
		Section *section
	}{s, where}
}

// Anywhere is the section of entries that belong under no heading.
func (s sheet) Anywhere() *section { return &section{-1, true, true, true} }

type crumb struct{ Title, Link string }

type versionLine struct {
	Number            int
	When, By, Message string
}

type propertyLine struct {
	Key     string
	Version int
	Value   string
}

func (s *Server) newFrame(r *http.Request, title string) frame {
	sp := s.site.spaces[0]
	return frame{
		Root: pathOf(s.opts.BaseURL(r)) + s.root(), Title: title, Space: sp.name, SpaceKey: sp.key,
		Visitor: s.site.people[0].Display,
	}
}

const clock = "2 Jan 2006 15:04"

func (s *Server) newSheet(r *http.Request, p *page) sheet {
	v := p.current()
	out := sheet{
		frame: s.newFrame(r, p.title), ID: p.id, Status: p.status, Version: v.number,
		Editor: v.by.Display, Saved: v.when.Format(clock), Message: v.message, DataCenter: !s.cloud(),
	}
	out.Space, out.SpaceKey = p.space.name, p.space.key
	out.View = out.Root + p.webui(s.cloud())
	for _, a := range p.ancestors() {
		out.Ancestors = append(out.Ancestors, crumb{a.title, out.Root + a.webui(s.cloud())})
	}
	for _, l := range p.labels {
		out.Labels = append(out.Labels, l.name)
	}
	for _, u := range s.site.people {
		if u != s.site.me {
			out.People = append(out.People, *u)
		}
	}
	for _, old := range slices.Backward(p.versions) {
		out.Versions = append(out.Versions, versionLine{old.number, old.when.Format(clock), old.by.Display, old.message})
	}
	for _, q := range p.properties {
		out.Properties = append(out.Properties, propertyLine{q.key, q.number, string(q.value)})
	}
	return out
}

// html renders a part of a page as people see it. root stands before every address.
func (s *Server) html(root string, p *page, body string) (template.HTML, error) {
	var b strings.Builder
	err := storage.HTML(&b, body, storage.HTMLOptions{
		Issue: s.opts.IssueURL, User: s.displayName, Tick: true,
		Picture: func(file string) string {
			if a := p.attachmentNamed(file); a != nil {
				return root + p.download(a)
			}
			return ""
		},
	})
	return template.HTML(b.String()), err // safe by the contract of storage.HTML
}

func (s *Server) displayName(u storage.User) string {
	known := s.site.who(func(k *User) bool {
		return u.AccountID != "" && k.AccountID == u.AccountID || u.Key != "" && k.Key == u.Key
	})
	if known == nil {
		return ""
	}
	return known.Display
}

// show locks the site, lets prepare fill in the data, and writes the page after
// unlocking.
func (s *Server) show(w http.ResponseWriter, r *http.Request, name string, prepare func() (any, error)) {
	s.mu.Lock()
	data, err := prepare()
	s.mu.Unlock()
	if err != nil {
		s.sorry(w, r, err)
		return
	}
	s.write(w, http.StatusOK, name, data)
}

func (s *Server) write(w http.ResponseWriter, status int, name string, data any) {
	var b bytes.Buffer
	if err := templates().ExecuteTemplate(&b, name, data); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(b.Bytes()) // an error means that the reader has gone
}

// sorry tells a person why something did not work.
func (s *Server) sorry(w http.ResponseWriter, r *http.Request, err error) {
	s.mu.Lock()
	f := s.newFrame(r, "That did not work")
	s.mu.Unlock()
	fault := asFault(err)
	s.write(w, fault.status, "sorry.html", struct {
		frame
		Message, Back string
	}{f, fault.message, r.Referer()})
}

func (s *Server) webList(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, "list.html", func() (any, error) {
		type line struct{ Title, Link, Editor, Saved, Status string }
		list := struct {
			frame
			Pages []line
		}{frame: s.newFrame(r, "Pages")}
		for _, p := range slices.Backward(s.site.pages) {
			if p.status != statusTrashed && p.status != statusDraft {
				v := p.current()
				list.Pages = append(list.Pages, line{
					p.title, list.Root + p.webui(s.cloud()), v.by.Display, v.when.Format(clock), p.status,
				})
			}
		}
		return list, nil
	})
}

// readable is the page with that id, if there is one that people can open.
func (s *Server) readable(id string) (*page, error) {
	p := s.site.page(id)
	if p == nil || p.status == statusTrashed || p.status == statusDraft {
		return nil, refuse(http.StatusNotFound, "There is no such page, or it is in the trash.")
	}
	return p, nil
}

func (s *Server) webView(w http.ResponseWriter, r *http.Request) { s.view(w, r, r.PathValue("id")) }

func (s *Server) webByParameter(w http.ResponseWriter, r *http.Request) {
	s.view(w, r, r.URL.Query().Get("pageId"))
}

func (s *Server) webByTitle(w http.ResponseWriter, r *http.Request) {
	title, err := url.QueryUnescape(r.PathValue("title")) // + stands for a space
	if err != nil {
		title = r.PathValue("title")
	}
	s.mu.Lock()
	var id string
	for _, p := range s.site.pages {
		if strings.EqualFold(p.title, title) && p.status == statusCurrent && p.space.key == r.PathValue("key") {
			id = p.id
		}
	}
	s.mu.Unlock()
	s.view(w, r, id)
}

func (s *Server) view(w http.ResponseWriter, r *http.Request, id string) {
	s.show(w, r, "view.html", func() (any, error) {
		p, err := s.readable(id)
		if err != nil {
			return nil, err
		}
		out := s.newSheet(r, p)
		out.Body, err = s.html(out.Root, p, p.current().body)
		return out, err
	})
}

func (s *Server) webSource(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, "source.html", func() (any, error) {
		p, err := s.readable(r.PathValue("id"))
		if err != nil {
			return nil, err
		}
		out := s.newSheet(r, p)
		out.Source = p.current().body
		return out, nil
	})
}

// webTick answers the script of the page, which ticks without leaving it.
func (s *Server) webTick(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, err := s.readable(r.PathValue("id"))
	if err == nil {
		err = s.site.tick(p, r.FormValue("task"), r.FormValue("done") == "true", s.site.people[0])
	}
	if err != nil {
		f := asFault(err)
		http.Error(w, f.message, f.status)
		return
	}
	fmt.Fprint(w, p.current().number)
}

// An edition is one act of editing: it makes a new body of the document, and
// says where on the page to look afterwards.
type edition func(s *site, doc *storage.Document, form url.Values) (body, anchor string, err error)

// webSave applies an edition through the save path of the API. It was made from
// one version; if that is no longer the page's, nothing is saved.
func (s *Server) webSave(edit edition) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, 4*maxRequest) // forms are spelled longer
		if err := r.ParseForm(); err != nil {
			s.sorry(w, r, refuse(http.StatusBadRequest, "The form could not be read: %v", err))
			return
		}
		where, err := s.save(r, edit)
		if c, lost := errors.AsType[*clash](err); lost {
			s.clashed(w, r, c)
			return
		}
		if err != nil {
			s.sorry(w, r, err)
			return
		}
		http.Redirect(w, r, where, http.StatusSeeOther)
	}
}

func (s *Server) save(r *http.Request, edit edition) (where string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, err := s.readable(r.PathValue("id"))
	if err != nil {
		return "", err
	}
	if r.PostForm.Get("version") != fmt.Sprint(p.current().number) {
		return "", clashOf(p, r.PostForm)
	}
	doc, err := storage.Parse(p.current().body)
	if err != nil {
		return "", err
	}
	body, anchor, err := edit(s.site, doc, r.PostForm)
	if err != nil {
		return "", err
	}
	where = fmt.Sprintf("%s/pages/%s/edit#%s", s.newFrame(r, "").Root, p.id, anchor)
	if body == p.current().body {
		return where, nil
	}
	return where, s.site.update(p, update{
		number: p.current().number + 1, title: p.title, body: &body, author: s.site.people[0],
	})
}

// replaceBody takes the whole body as a person typed it.
func replaceBody(_ *site, _ *storage.Document, form url.Values) (body, anchor string, err error) {
	return strings.ReplaceAll(form.Get("body"), "\r\n", "\n"), "", nil
}

// webAsset serves the style sheets and the script.
func (s *Server) webAsset(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	if name == "wiki.css" {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		fmt.Fprint(w, storage.CSS)
		return
	}
	if name != "site.css" && name != "page.js" {
		http.NotFound(w, r)
		return
	}
	http.ServeFileFS(w, r, assets, "people/"+name)
}
