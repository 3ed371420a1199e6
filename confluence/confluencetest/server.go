package confluencetest

import (
	"cmp"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Deployment is which of the two products a [Server] is.
type Deployment string

// The two products.
const (
	Cloud      Deployment = "cloud"
	DataCenter Deployment = "datacenter"
)

// Options configure a [Server]. The zero value is a Cloud site with one space.
type Options struct {
	Deployment Deployment // default Cloud
	// User and Token are the account of the API: Basic with both, or the token
	// alone as Bearer. Default "refine@example.com" and "token".
	User, Token string
	// PersonalToken makes Token a personal access token of Data Center, which is
	// no password: it goes by Bearer alone.
	PersonalToken bool
	// SpaceKey and SpaceName name the one space; default "PAY" and "Payments".
	SpaceKey, SpaceName string
	// Users are the people who can be mentioned and who use the pages; default
	// a team of five.
	Users []User
	Now   func() time.Time // default time.Now
	// BaseURL is the site's address as people reach it, without Cloud's /wiki
	// and without a slash at the end. Default: what the request was sent to.
	BaseURL func(*http.Request) string
	// IssueURL is where the pages link an issue to; default nowhere.
	IssueURL func(key string) string
}

// A Server is a Confluence site. It is rooted at the site: Cloud's paths begin
// with /wiki, a context path is stripped outside.
type Server struct {
	opts Options
	api  *http.ServeMux
	web  http.Handler

	mu   sync.Mutex // guards all that site holds
	site *site
	ends time.Time // of the token; zero: never
}

// New returns a site with one space and its home page.
func New(o Options) *Server {
	o.Deployment = cmp.Or(o.Deployment, Cloud)
	o.User = cmp.Or(o.User, "refine@example.com")
	o.Token = cmp.Or(o.Token, "token")
	o.SpaceKey = cmp.Or(o.SpaceKey, "PAY")
	o.SpaceName = cmp.Or(o.SpaceName, "Payments")
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.BaseURL == nil {
		o.BaseURL = addressedTo
	}
	if o.IssueURL == nil {
		o.IssueURL = func(string) string { return "" }
	}
	s := &Server{opts: o, site: newSite(o)}
	s.api = s.routes()
	s.web = s.pagesForPeople()
	return s
}

// addressedTo is the site as the request names it.
func addressedTo(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// ServeHTTP answers the API, and everything else with pages for people.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.isAPI(r.URL.Path) {
		s.api.ServeHTTP(w, r)
		return
	}
	s.web.ServeHTTP(w, r)
}

func (s *Server) isAPI(path string) bool {
	if s.cloud() {
		return strings.HasPrefix(path, "/wiki/api/") || strings.HasPrefix(path, "/wiki/rest/")
	}
	return strings.HasPrefix(path, "/rest/")
}

func (s *Server) cloud() bool { return s.opts.Deployment == Cloud }

// root is the path below which the site's pages and API live.
func (s *Server) root() string {
	if s.cloud() {
		return "/wiki"
	}
	return ""
}

// routes lists every call there is, with the query parameters it knows.
func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	if s.cloud() {
		s.routeV2(mux)
	} else {
		s.routeDataCenter(mux)
	}
	s.routeShared(mux)
	s.routeAttachments(mux)
	return mux
}
