package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"refine/internal/lazyregexp"
)

// cloudID is the id of every sandbox that is a site of Cloud.
const cloudID = "5a6d0c1e-0000-4000-8000-7e5f1c2b3a4d"

// A gateway stands before both services as Atlassian Cloud's API gateway does: it
// takes the account's token with scopes, and access tokens that it gave an OAuth
// client; the services themselves take neither. A request whose scope the token
// lacks goes no further.
type gateway struct {
	at     map[string]http.Handler // what stands behind it, by product
	hosts  map[string]string
	scopes []string

	mu     sync.Mutex
	issued int // access tokens so far
}

// scopedToken is the account's where there is a gateway; it is also the secret of
// the OAuth client, whose id is the account's name.
const scopedToken = "sandbox-scoped-81d3c7"

// edge lets a site tell its id to anybody.
func edge(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/_edge/tenant_info" {
			next.ServeHTTP(w, r)
			return
		}
		respond(w, http.StatusOK, map[string]string{"cloudId": cloudID})
	})
}

func respond(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that has gone is not our failure
}

func (g *gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/oauth/token" {
		g.grant(w, r)
		return
	}
	rest, ok := strings.CutPrefix(r.URL.Path, "/ex/")
	product, rest, ok2 := strings.Cut(rest, "/")
	id, path, ok3 := strings.Cut(rest, "/")
	if !ok || !ok2 || !ok3 || g.at[product] == nil || id != cloudID {
		respond(w, http.StatusNotFound, map[string]any{"code": http.StatusNotFound, "message": "No tenant was found for this address"})
		return
	}
	inner := r.Clone(r.Context())
	inner.URL.Path, inner.URL.RawPath, inner.Host = "/"+path, "", g.hosts[product]
	g.at[product].ServeHTTP(w, inner)
}

// before admits a request to a service as the account that it knows.
func (g *gateway) before(product string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		needed, known := scopesOf(product, r.Method, r.URL.Path)
		switch {
		case !g.authentic(r):
			respond(w, http.StatusUnauthorized, map[string]any{"code": http.StatusUnauthorized, "message": "Unauthorized"})
		case !known, !g.covers(needed):
			respond(w, http.StatusUnauthorized, map[string]any{"code": http.StatusUnauthorized, "message": "Unauthorized; scope does not match"})
		default:
			r.SetBasicAuth(user, token)
			next.ServeHTTP(w, r)
		}
	})
}

func (g *gateway) covers(needed []string) bool {
	for _, s := range needed {
		if !slices.Contains(g.scopes, s) {
			return false
		}
	}
	return true
}

func (g *gateway) authentic(r *http.Request) bool {
	if name, secret, ok := r.BasicAuth(); ok {
		return name == user && secret == scopedToken
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	for n := 1; n <= g.issued; n++ { // a new one takes nothing from those before
		if r.Header.Get("Authorization") == "Bearer "+access(n) {
			return true
		}
	}
	return false
}

// access is the n-th access token, from 1.
func access(n int) string { return "sandbox-access-" + strconv.Itoa(1000+n) }

// grant gives an OAuth client an access token for its own credentials.
func (g *gateway) grant(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || r.PostFormValue("grant_type") != "client_credentials" {
		respond(w, http.StatusBadRequest, map[string]string{"error": "unsupported_grant_type"})
		return
	}
	if r.PostFormValue("client_id") != user || r.PostFormValue("client_secret") != scopedToken {
		respond(w, http.StatusUnauthorized, map[string]string{"error": "access_denied", "error_description": "Unauthorized"})
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.issued++
	respond(w, http.StatusOK, map[string]any{"access_token": access(g.issued), "token_type": "Bearer", "expires_in": 3600, "scope": strings.Join(g.scopes, " ")})
}

// Scopes are all that refine's requests take together.
func Scopes() []string {
	var all []string
	for _, o := range operations {
		all = append(all, o.scopes...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// An operation of a service, and the scopes that it takes: the classic ones where
// it has such. Those of boards have granular ones alone.
type operation struct {
	product string
	pattern *lazyregexp.Regexp
	scopes  []string
}

// operations are looked through in their order. Source: Atlassian's documents, which
// a test compares with them.
var operations = []operation{
	{"jira", lazyregexp.New(`^GET /rest/api/2/serverInfo$`), nil},
	{"jira", lazyregexp.New(`^GET /rest/api/2/myself$`), []string{"read:jira-user"}},
	{"jira", lazyregexp.New(`^POST /rest/api/2/(search/jql|search/approximate-count|issue/bulkfetch|changelog/bulkfetch|comment/list)$`), []string{"read:jira-work"}},
	{"jira", lazyregexp.New(`^GET /rest/api/[23]/(field|mypermissions|issueLinkType|project/[^/]+|issue/.+|comment/.+|search/jql)$`), []string{"read:jira-work"}},
	{"jira", lazyregexp.New(`^GET /rest/api/2/user/assignable/search$`), []string{"read:jira-user"}},
	{"jira", lazyregexp.New(`^(POST|PUT|DELETE) /rest/api/[23]/(issue|comment|issueLink)(/.+)?$`), []string{"write:jira-work"}},
	{"jira", lazyregexp.New(`^GET /rest/agile/1.0/board/[0-9]+/backlog$`), []string{"read:board-scope:jira-software", "read:issue-details:jira"}},
	{"jira", lazyregexp.New(`^GET /rest/agile/1.0/board/[0-9]+/configuration$`), []string{"read:board-scope.admin:jira-software", "read:project:jira"}},
	{"jira", lazyregexp.New(`^PUT /rest/agile/1.0/issue/rank$`), []string{"write:issue:jira-software"}},
	{"jira", lazyregexp.New(`^GET /rest/agile/1.0/`), []string{"read:board-scope:jira-software"}},
	{"confluence", lazyregexp.New(`^GET /wiki/rest/api/user/current$`), []string{"read:confluence-user"}},
	{"confluence", lazyregexp.New(`^GET /wiki/rest/api/content/search$`), []string{"search:confluence"}},
	{"confluence", lazyregexp.New(`^POST /wiki/rest/api/content/[0-9]+/label$`), []string{"write:confluence-content"}},
	{"confluence", lazyregexp.New(`^PUT /wiki/rest/api/content/[0-9]+/child/attachment$`), []string{"write:confluence-file"}},
	{"confluence", lazyregexp.New(`^GET /wiki/api/v2/pages/[0-9]+/attachments$`), []string{"read:attachment:confluence"}},
	{"confluence", lazyregexp.New(`^GET /wiki/api/v2/spaces(/[0-9]+(/operations)?)?$`), []string{"read:space:confluence"}},
	{"confluence", lazyregexp.New(`^(POST|PUT) /wiki/api/v2/pages/[0-9]+/properties(/[0-9]+)?$`), []string{"read:page:confluence", "write:page:confluence"}},
	{"confluence", lazyregexp.New(`^GET /wiki/api/v2/pages(/[0-9]+(/properties(/[0-9]+)?)?)?$`), []string{"read:page:confluence"}},
	{"confluence", lazyregexp.New(`^(POST|PUT) /wiki/api/v2/pages(/[0-9]+)?$`), []string{"write:page:confluence"}},
	{"confluence", lazyregexp.New(`^GET /wiki/api/v2/(pages/[0-9]+/(footer|inline)-comments|(footer|inline)-comments(/.+)?)$`), []string{"read:comment:confluence"}},
	{"confluence", lazyregexp.New(`^POST /wiki/api/v2/users-bulk$`), []string{"read:user:confluence"}},
}

// scopesOf are those that a request takes; known is false for one that refine does
// not make.
func scopesOf(product, method, path string) (scopes []string, known bool) {
	for _, o := range operations {
		if o.product == product && o.pattern.MatchString(fmt.Sprintf("%s %s", method, path)) {
			return o.scopes, true
		}
	}
	return nil, false
}
