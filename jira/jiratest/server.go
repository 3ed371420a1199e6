package jiratest

import (
	"bytes"
	"cmp"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Deployment says which of the two products a server is.
type Deployment string

const (
	Cloud      Deployment = "cloud"
	DataCenter Deployment = "datacenter"
)

// Options of a server; the zero value is a Cloud site.
type Options struct {
	Deployment Deployment // default Cloud
	// User and Token are the one account that may call: by Basic with both, or
	// by Bearer with the token. Defaults: refine@example.com and token.
	User, Token string
	// PersonalToken makes Token a personal access token of Data Center, which is
	// no password: it goes by Bearer alone.
	PersonalToken bool
	Now           func() time.Time // default time.Now
	// BaseURL is what the site believes its address to be, as in self links.
	// Default: the host of each request.
	BaseURL string
	// PageSize caps a page of search results below what a request asks for, as
	// real sites do. Default: 100 issues with fields on Cloud, 1000 on Data Center.
	PageSize int
	// WriteLimits holds each issue to the writes Cloud publishes: 20 within 2 s
	// and 100 within 30 s, by the clock of Now.
	WriteLimits bool
}

// Server is a Jira site. Its handler is rooted at the site root: a context
// path is to be stripped in front of it. It may be used from many goroutines.
type Server struct {
	options Options
	cloud   bool
	api     *http.ServeMux
	meta    *http.ServeMux // what can be created
	pages   *http.ServeMux

	mu sync.Mutex
	site
	me           Person
	fields       []*field
	denied       map[Permission][]string // projects; "" is all of them
	unrankable   []string                // keys of issues
	added        int                     // custom fields
	unassignable []string
	asks         map[string]*field // by transition, what its screen requires
	deaf         bool              // see [Server.PublishAll]
	refusing     Refusal
	ends         time.Time             // of the token; zero: never
	retired      map[string]bool       // "POST /rest/api/2/issue/bulkfetch"
	writes       map[int64][]time.Time // by issue, for its limits
	index        map[string]*Issue     // what search sees while it lags, else nil
	journal      []Exchange

	validating bool // every search, see [Server.Validate]
	mostTold   int
	textAlone  bool // see [Server.TextAlone]
}

// New returns a site without issues.
func New(o Options) *Server {
	o.Deployment = cmp.Or(o.Deployment, Cloud)
	o.User = cmp.Or(o.User, "refine@example.com")
	o.Token = cmp.Or(o.Token, "token")
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{
		options: o,
		cloud:   o.Deployment == Cloud,
		api:     http.NewServeMux(),
		meta:    http.NewServeMux(),
		pages:   http.NewServeMux(),
		site:    newSite(),
		denied:  map[Permission][]string{},
		asks:    map[string]*field{},
		retired: map[string]bool{},
		writes:  map[int64][]time.Time{},
	}
	name, _, _ := strings.Cut(o.User, "@")
	s.me = s.addPerson(Person{Name: name, DisplayName: name, Email: o.User})
	s.fields = siteFields(s.cloud)
	for _, p := range unusual {
		s.denied[p] = []string{""}
	}
	s.route()
	return s
}

// ServeHTTP answers the REST API to the account, and a browser's pages to
// anybody.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.HasPrefix(r.URL.Path, "/rest/") {
		s.pages.ServeHTTP(w, r)
		return
	}
	answer := &recorder{ResponseWriter: w}
	s.guard(answer, r)
	s.remember(Exchange{Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Status: answer.status})
}

// guard lets through who may call.
func (s *Server) guard(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	refusing, retired := s.refusing, s.retired[r.Method+" "+r.URL.Path]
	s.mu.Unlock()
	switch {
	case refusing != 0:
		refusing.write(w)
	case r.URL.Path == "/rest/api/2/serverInfo" && r.Header.Get("Authorization") == "":
		s.admit(w, r) // which it tells anybody
	case !s.authentic(r):
		s.unauthorized(w)
	case browserForgery(r):
		http.Error(w, "XSRF check failed", http.StatusForbidden)
	case retired:
		http.NotFound(w, r)
	default:
		s.admit(w, r)
	}
}

// admit lets through what keeps to the limits.
func (s *Server) admit(w http.ResponseWriter, r *http.Request) {
	if wait := s.throttle(r); wait > 0 {
		tooMany(w, wait)
		return
	}
	if strings.HasPrefix(r.URL.Path, createMeta) {
		s.meta.ServeHTTP(w, r)
		return
	}
	s.api.ServeHTTP(w, r)
}

// EndToken lets the token end at that time.
func (s *Server) EndToken(at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ends = at
}

// listTokens lists the account's personal access tokens, as Data Center does.
func listTokens(s *Server, _ *call) (reply, error) {
	token := object{"id": 1, "name": "refine", "createdAt": "2026-01-05T09:00:00.000Z", "expiringAt": nil}
	if !s.ends.IsZero() {
		token["expiringAt"] = s.ends.UTC().Format("2006-01-02T15:04:05.000Z")
	}
	return ok([]object{token})
}

func (s *Server) authentic(r *http.Request) bool {
	s.mu.Lock()
	ended := !s.ends.IsZero() && !s.now().Before(s.ends)
	s.mu.Unlock()
	if ended {
		return false
	}
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return same(token, s.options.Token)
	}
	user, token, ok := r.BasicAuth()
	return ok && !s.options.PersonalToken && same(user, s.options.User) && same(token, s.options.Token)
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// browserForgery is how Jira guards against other sites' scripts: a write that
// says it comes from a browser needs a header that such scripts cannot set.
func browserForgery(r *http.Request) bool {
	return r.Method != http.MethodGet &&
		strings.HasPrefix(r.UserAgent(), "Mozilla/") &&
		r.Header.Get("X-Atlassian-Token") != "no-check"
}

func (s *Server) now() time.Time { return s.options.Now().UTC().Truncate(time.Millisecond) }

// call is a request whose body has been read.
type call struct {
	*http.Request
	view
	body []byte
}

// endpoint answers a call. It holds the server's lock.
type endpoint func(*Server, *call) (reply, error)

// reply is a status and what goes out as JSON, nothing when nil.
type reply struct {
	status int
	body   any
}

func ok(body any) (reply, error) { return reply{http.StatusOK, body}, nil }

func (s *Server) handle(do endpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		answer, err := s.answer(do, r)
		if err != nil {
			answer = replyTo(err)
		}
		answer.write(w)
	}
}

func (s *Server) answer(do endpoint, r *http.Request) (reply, error) {
	body, err := readBody(r)
	if err != nil {
		return reply{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return do(s, &call{Request: r, view: view{s, s.baseURL(r)}, body: body})
}

func (s *Server) baseURL(r *http.Request) string {
	if s.options.BaseURL != "" {
		return strings.TrimSuffix(s.options.BaseURL, "/")
	}
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// readBody takes JSON only.
func readBody(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, refuse(http.StatusBadRequest, "The request body could not be read.")
	}
	if len(body) == 0 {
		return nil, nil
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return nil, refuse(http.StatusUnsupportedMediaType, "Unsupported Media Type")
	}
	return body, nil
}

// decode reads the body as the service's own type: every field of it is
// known and has the right type, and nothing follows.
func (c *call) decode(into any) error {
	return decode(c.body, into)
}

func decode(raw []byte, into any) error {
	if len(raw) == 0 {
		return refuse(http.StatusBadRequest, "No content to map to Object due to end of input")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		if _, syntax := errors.AsType[*json.SyntaxError](err); syntax || errors.Is(err, io.ErrUnexpectedEOF) {
			return refuse(http.StatusBadRequest, "There was an error parsing JSON. Check that your request body is valid.")
		}
		return refuse(http.StatusBadRequest, "Invalid request payload. Refer to the REST API documentation and try again.")
	}
	if d.More() {
		return refuse(http.StatusBadRequest, "There was an error parsing JSON. Check that your request body is valid.")
	}
	return nil
}

func (r reply) write(w http.ResponseWriter) {
	if r.body == nil {
		w.WriteHeader(r.status)
		return
	}
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.WriteHeader(r.status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(r.body) // a client that has gone is not our failure
}

// recorder notes the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}
