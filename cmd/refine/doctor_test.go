package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/doctor"
	"refine/internal/sandbox"
	"refine/jira/jiratest"
)

// A setUp is a configuration in its parts, and what is broken about it or about
// the services.
type setUp struct {
	deployment string // default cloud
	options    func(*sandbox.Options)
	// Parts of the file; where one is empty it is the right one.
	jira, confluence, more, team string
	breaks                       func(*testing.T, *stage)

	// What has to be named: each check that is not well, with what it says and what
	// to do. Nothing else may be.
	named []naming
}

type naming struct {
	id        string
	status    doctor.Status
	says, try string
}

func fails(id, says, try string) naming { return naming{id, doctor.Failed, says, try} }
func warns(id, says, try string) naming { return naming{id, doctor.Warning, says, try} }

// file is the configuration; JIRA, WIKI, USER, TOKEN and GATEWAY stand for those of
// the sandbox, HOOK for a place that answers.
func (u setUp) file(s *stage) string {
	jira, confluence := u.jira, u.confluence
	if jira == "" {
		jira = "url: JIRA, auth: {type: basic, user: USER, token: TOKEN}"
		if u.deployment == "datacenter" {
			jira = "url: JIRA, auth: {type: bearer, token: TOKEN}"
		}
	}
	if confluence == "" {
		confluence = "url: WIKI, space: PAY"
	}
	team := u.team
	if team == "" {
		team = `backlog: {flagged: true, jql: "project = PAY"}`
	}
	site := s.Site
	return strings.NewReplacer("JIRA", site.Jira, "WIKI", site.Confluence, "USER", site.User, "TOKEN", site.Token, "GATEWAY", site.Gateway).Replace(
		fmt.Sprintf("jira: {%s}\nconfluence: {%s}\n%s\nteams:\n  - name: Payments\n    %s\n", jira, confluence, u.more, team))
}

func on(product string, does func(*stage, http.ResponseWriter, *http.Request)) func(*testing.T, *stage) {
	return func(_ *testing.T, s *stage) {
		s.plays(func(w http.ResponseWriter, r *http.Request) bool {
			hit := strings.Contains(s.Site.Confluence, r.Host) == (product == "confluence")
			if hit {
				does(s, w, r)
			}
			return hit
		})
	}
}

func denies(p jiratest.Permission) func(*testing.T, *stage) {
	return func(_ *testing.T, s *stage) { s.Jira.Deny(p, "PAY") }
}

func without(scope string) func(*sandbox.Options) {
	return func(o *sandbox.Options) {
		o.Gateway = true
		for _, s := range sandbox.Scopes() {
			if s != scope {
				o.Scopes = append(o.Scopes, s)
			}
		}
	}
}

const (
	scopedJira = "url: JIRA, deployment: cloud, auth: {type: scoped, user: USER, token: TOKEN}"
	oauthJira  = "url: JIRA, deployment: cloud, auth: {type: oauth2, user: USER, token: TOKEN, token_url: GATEWAY/oauth/token}"
	oauthWiki  = "url: WIKI, deployment: cloud, space: PAY"
	atGateway  = "http: {gateway: GATEWAY}"
)

var setUps = map[string]setUp{
	"nothing, on Cloud":       {},
	"nothing, on Data Center": {deployment: "datacenter", team: "backlog: {board: Payments board}\n    page: {parent: Payments Home}", breaks: aBoard},
	"nothing, at the gateway": {options: func(o *sandbox.Options) { o.Gateway = true }, jira: scopedJira, more: atGateway},
	"nothing, for an OAuth client": {
		options: func(o *sandbox.Options) { o.Gateway = true }, jira: oauthJira, confluence: oauthWiki, more: atGateway,
	},

	"a wrong token for Jira": {
		jira: "url: JIRA, auth: {type: basic, user: USER, token: wrong}", confluence: "url: WIKI, space: PAY, auth: {user: USER, token: TOKEN}",
		named: []naming{fails("jira.credentials", "401 Unauthorized", "check user and token")},
	},
	"a wrong token for Confluence": {
		deployment: "datacenter", confluence: "url: WIKI, space: PAY, auth: {token: wrong}",
		named: []naming{fails("confluence.credentials", "401 Unauthorized", "check the personal access token")},
	},
	"Jira's token for both on Data Center": {
		deployment: "datacenter", breaks: func(_ *testing.T, s *stage) { s.Confluence.EndToken(time.Now()) }, // which has another
		named: []naming{fails("confluence.credentials", "401 Unauthorized", "each product issues its own; give Confluence's as confluence.auth.token")},
	},
	"a user beside a personal access token": {
		deployment: "datacenter", breaks: func(_ *testing.T, s *stage) { s.Jira.EndToken(time.Now()) },
		jira: "url: JIRA, auth: {user: ana, token: TOKEN}", confluence: "url: WIKI, space: PAY, auth: {token: TOKEN}",
		named: []naming{fails("jira.credentials", "401 Unauthorized", "a personal access token goes without a user")},
	},
	"an expired token": {
		deployment: "datacenter", breaks: func(_ *testing.T, s *stage) { s.Jira.EndToken(time.Now().Add(-time.Hour)) },
		named: []naming{fails("jira.credentials", "401 Unauthorized", "it may have expired or been revoked")},
	},
	"a token that ends in three days": {
		deployment: "datacenter", breaks: func(_ *testing.T, s *stage) { s.Jira.EndToken(time.Now().Add(72 * time.Hour)) },
		named: []naming{warns("jira.token", "“refine” ends on 2026-11-26", "make a new one")},
	},
	"basic authentication is off": {
		deployment: "datacenter", jira: "url: JIRA, auth: {user: ana, token: TOKEN}", confluence: "url: WIKI, space: PAY, auth: {token: TOKEN}",
		breaks: func(_ *testing.T, s *stage) { s.Jira.Refuse(jiratest.BasicDisabled) },
		named:  []naming{fails("jira.credentials", "Basic Authentication has been disabled", "use a personal access token, without a user")},
	},
	"a CAPTCHA": {
		deployment: "datacenter", breaks: func(_ *testing.T, s *stage) { s.Jira.Refuse(jiratest.CAPTCHA) },
		named: []naming{fails("jira.credentials", "403 Forbidden", "solve the CAPTCHA")},
	},
	"a login page": {
		breaks: on("jira", shows(200)),
		named:  []naming{fails("jira.address", "answered with an HTML page instead of JSON", "this looks like a login page")},
	},
	"a login page elsewhere": {
		breaks: on("confluence", redirects(302)),
		named:  []naming{fails("confluence.address", "redirected to http://127.0.0.9:80/login", "check the credentials")},
	},
	"a proxy's page": {
		breaks: on("confluence", shows(403)),
		named:  []naming{fails("confluence.address", "403 Forbidden: answered with an HTML page", "")},
	},
	"a wrong context path": {
		deployment: "datacenter", jira: "url: JIRA/jira, auth: {token: TOKEN}",
		named: []naming{fails("jira.address", "GET /jira/rest/api/2/serverInfo: 404", "check jira.url and its context path")},
	},
	"a wrong context path of Confluence": {
		deployment: "datacenter", confluence: "url: WIKI/confluence, space: PAY",
		named: []naming{fails("confluence.address", "404 Not Found", "check confluence.url and its context path")},
	},
	"/wiki twice": {
		confluence: "url: WIKI/wiki, space: PAY",
		named:      []naming{fails("confluence.address", "/wiki/wiki/rest/api/user/current: 404", "has /wiki twice")},
	},
	"Confluence's address for Jira": {
		jira:  "url: WIKI, deployment: cloud, auth: {user: USER, token: TOKEN}",
		named: []naming{fails("jira.address", "404", "Jira's is without /wiki")},
	},
	"nobody listens": {
		jira: "url: http://127.0.0.1:1, auth: {user: USER, token: TOKEN}", confluence: "url: WIKI, deployment: cloud, space: PAY",
		named: []naming{fails("jira.address", "connection refused", "can be reached from here")},
	},
	"a service that is down": {
		breaks: on("jira", shows(503)), confluence: "url: WIKI, deployment: cloud, space: PAY",
		named: []naming{fails("jira.address", "503 Service Unavailable", "run again later")},
	},
	"the other deployment": {
		jira:  "url: JIRA, deployment: datacenter, auth: {user: USER, token: TOKEN}",
		named: []naming{fails("jira.deployment", "configured is datacenter, and the site says that it is cloud", "set jira.deployment to cloud")},
	},
	"the other deployment of Confluence": {
		deployment: "datacenter", confluence: "url: WIKI, deployment: cloud, space: PAY",
		named: []naming{fails("confluence.address", "404", "set confluence.deployment to datacenter")},
	},
	"a clock ten minutes ahead": {
		breaks: func(_ *testing.T, s *stage) { s.setClocks(-10 * time.Minute) },
		named:  []naming{warns("clock", "is 10m0s ahead of Jira's", "set the one that is wrong right")},
	},
	"the rate limit is used up": {
		breaks: on("jira", refuses(429, "Rate limit exceeded.", "Retry-After", "600", "X-RateLimit-Remaining", "0")), confluence: "url: WIKI, deployment: cloud, space: PAY",
		named: []naming{fails("jira.rate_limit", "requests are refused for 10m0s", "run again in 10m0s")},
	},
	"the rate limit is nearly used up": {
		breaks: func(_ *testing.T, s *stage) {
			s.plays(func(w http.ResponseWriter, r *http.Request) bool {
				w.Header().Set("X-RateLimit-Remaining", "3")
				w.Header().Set("X-RateLimit-Limit", "100")
				return false
			})
		},
		named: []naming{warns("jira.rate_limit", "3 of 100 requests left", "run less often"), warns("confluence.rate_limit", "3 of 100", "")},
	},
	"no Browse Projects": {
		breaks: denies(jiratest.BrowseProjects),
		named: []naming{
			fails("backlog.jql", "project = PAY", "a project that it may not browse is unknown to it"),
			fails("jira.permissions", "PAY: Browse Projects (or there is no such project)", "have an administrator"),
		},
	},
	"no Add Comments": {
		breaks: denies(jiratest.AddComments), named: []naming{fails("jira.permissions", "missing in PAY: Add Comments", "permission scheme")},
	},
	"no Edit Own Comments": {
		deployment: "datacenter",
		breaks:     denies(jiratest.EditOwnComments), named: []naming{fails("jira.permissions", "missing in PAY: Edit Own Comments", "permission scheme")},
	},
	"no Link Issues and no comments": {
		breaks: func(_ *testing.T, s *stage) {
			s.Jira.Deny(jiratest.LinkIssues, "PAY")
			s.Jira.Deny(jiratest.AddComments, "PAY")
		},
		named: []naming{fails("jira.permissions", "missing in PAY: Add Comments, PAY: Link Issues", "permission scheme")},
	},
	"no right to do what a ticked box does": {
		team: `backlog: {jql: "project = PAY"}` + "\n    sync: {on_ready: {remove_flag: true, transition: In Progress}}",
		breaks: func(_ *testing.T, s *stage) {
			s.Jira.Deny(jiratest.EditIssues, "PAY")
			s.Jira.Deny(jiratest.TransitionIssues, "PAY")
		},
		named: []naming{fails("jira.permissions", "missing in PAY: Edit Issues, PAY: Transition Issues", "permission scheme")},
	},
	"no right to make issues of actions": {
		team: `backlog: {jql: "project = PAY"}` + "\n    sync: {actions: task}",
		breaks: func(_ *testing.T, s *stage) {
			s.Jira.Deny(jiratest.CreateIssues, "PAY")
			s.Jira.Deny(jiratest.EditIssues, "PAY")
			s.Jira.Deny(jiratest.TransitionIssues, "PAY")
		},
		named: []naming{fails("jira.permissions", "missing in PAY: Create Issues, PAY: Edit Issues, PAY: Transition Issues", "permission scheme")},
	},
	"no right to make issues of split stories": {
		team: `backlog: {jql: "project = PAY"}` + "\n    sync: {split: issue}",
		breaks: func(_ *testing.T, s *stage) {
			s.Jira.Deny(jiratest.CreateIssues, "PAY")
			s.Jira.Deny(jiratest.EditIssues, "PAY")
			s.Jira.Deny(jiratest.TransitionIssues, "PAY") // which nothing asks for
		},
		named: []naming{fails("jira.permissions", "missing in PAY: Create Issues, PAY: Edit Issues", "permission scheme")},
	},
	"no right that nothing asks for": {breaks: denies(jiratest.EditIssues)},
	"a token without a scope to read people": {
		options: without("read:jira-user"), jira: scopedJira, more: atGateway,
		named: []naming{fails("jira.credentials", "lacks the scope read:jira-user", "give the token the scope read:jira-user")},
	},
	"a token without a scope to search pages": {
		options: without("search:confluence"), jira: scopedJira, more: atGateway,
		named: []naming{fails("page.latest", "lacks the scope search:confluence", "give the token the scope search:confluence")},
	},
	"an OAuth client without a scope to write": {
		options: without("write:jira-work"), jira: oauthJira, confluence: oauthWiki, more: atGateway,
		named: []naming{fails("jira.scopes", "missing: write:jira-work (comments, links)", "docs/scopes.md")},
	},
	"an OAuth client without a scope to read what a board estimates in": {
		options: without("read:board-scope.admin:jira-software"), jira: oauthJira, confluence: oauthWiki, more: atGateway, breaks: aBoard,
		team:  "backlog: {board: Payments board}\n    sync: {estimate: field}",
		named: []naming{warns("board.estimation", "story points are taken", "read:board-scope.admin:jira-software")},
	},
	"a scoped token without a scope to read what a board estimates in": {
		options: without("read:board-scope.admin:jira-software"), jira: scopedJira, more: atGateway, breaks: aBoard,
		team:  "backlog: {board: Payments board}\n    sync: {estimate: field}",
		named: []naming{warns("board.estimation", "story points are taken", "read:board-scope.admin:jira-software")},
	},
	"a scope that nothing asks for, as the field for estimates is named": {
		options: without("read:board-scope.admin:jira-software"), jira: oauthJira, confluence: oauthWiki, breaks: aBoard,
		more: atGateway + "\nfields: [{name: story_points, field: Story Points}]", team: "backlog: {board: Payments board}\n    sync: {estimate: field}",
	},
	"an OAuth client with a wrong secret": {
		options: without(""), jira: strings.Replace(oauthJira, "token: TOKEN", "token: wrong", 1), confluence: "url: WIKI, deployment: cloud, space: PAY, auth: {type: scoped, user: USER, token: TOKEN}", more: atGateway,
		named: []naming{fails("jira.credentials", "POST /oauth/token: 401 Unauthorized: access_denied", "auth.token"), fails("jira.scopes", "access_denied", "auth.token")},
	},
	"a scoped token at the site": {
		options: without(""), jira: "url: JIRA, deployment: cloud, auth: {user: USER, token: TOKEN}",
		named: []naming{fails("jira.credentials", "401", "needs auth type scoped"), fails("confluence.credentials", "401", "needs auth type scoped")},
	},
	"a site that is none of Cloud's": {
		options: without(""), jira: "url: 'http://" + otherHost + "', auth: {type: scoped, user: USER, token: TOKEN}", confluence: "url: WIKI, deployment: cloud, space: PAY", more: atGateway,
		named: []naming{fails("jira.address", "looking up the site's cloud id", "/ex/jira/CLOUD-ID")},
	},
	"a field that is not there": {
		more:  "fields: [{name: story_points, field: Sizing}]",
		named: []naming{fails("jira.fields", `the site has no field "Sizing" for story_points`, "set fields")},
	},
	"two fields of that name": {
		more: "fields: [{name: acceptance_criteria, field: Criteria}]",
		breaks: func(_ *testing.T, s *stage) {
			s.Jira.AddField("Criteria", "textarea")
			s.Jira.AddField("Criteria", "textarea")
		},
		named: []naming{fails("jira.fields", `"Criteria" for acceptance_criteria is ambiguous, give the id of one: Criteria (customfield_`, "set fields")},
	},
	"no flag": {
		breaks: func(_ *testing.T, s *stage) { s.Jira.RemoveField("Flagged") },
		named:  []naming{fails("backlog", "no field Flagged", "name the site's field for the flag")},
	},
	"a board that is not there": {
		team: "backlog: {board: Payment board}", breaks: aBoard,
		named: []naming{fails("backlog.board", `no board is called "Payment board"`, "check backlog.board")},
	},
	"a filter that is not there": {
		deployment: "datacenter", team: "backlog: {filter: Ready for refinement}",
		named: []naming{fails("backlog.filter", "Ready for refinement", "the filter is shared with the account")},
	},
	"JQL that is none": {
		team:  "backlog: {jql: \"project = PAY AND\"}",
		named: []naming{fails("backlog.jql", "project = PAY AND", "try the query of backlog.jql in Jira's search")},
	},
	"nothing matches": {
		team:  "backlog: {label: nobody-has-it, jql: \"project = PAY\"}",
		named: []naming{warns("backlog", "no issue matches", "flag items in Jira")},
	},
	"a space that is not there": {
		confluence: "url: WIKI, space: NOPE",
		named:      []naming{fails("space", "there is no space NOPE, or the account may not see it", "check the key")},
	},
	"no right to add pages": {
		breaks: func(_ *testing.T, s *stage) { s.Confluence.ReadOnly(true) },
		named:  []naming{fails("space.create", "may not add pages to PAY", "Add pages")},
	},
	"no right to add attachments": {
		breaks: func(_ *testing.T, s *stage) { s.Confluence.NoFiles(true) },
		named:  []naming{warns("space.create", "the pages will have no pictures", "Add attachments")},
	},
	"no right to add attachments, where none are": {
		team: "page: {pictures: false}", breaks: func(_ *testing.T, s *stage) { s.Confluence.NoFiles(true) },
	},
	"a parent that is not there": {
		deployment: "datacenter", team: "page: {parent: Refinement sessions}",
		named: []naming{fails("page.parent", "there is no page “Refinement sessions” in PAY", "make the page, or set page.parent")},
	},
	"a parent that is archived": {
		team: "page: {parent: Refinement sessions}",
		breaks: func(t *testing.T, s *stage) {
			id, err := s.Confluence.Create("Dana", "", "Refinement sessions", "<p>All of them.</p>")
			require.NoError(t, err)
			require.NoError(t, s.Confluence.Archive(id))
		},
		named: []naming{fails("page.parent", "the page “Refinement sessions” is archived", "restore it")},
	},
	"the latest page is a live document": {
		breaks: func(t *testing.T, s *stage) {
			s.published(t)
			pages := s.Confluence.Pages()
			require.NoError(t, s.Confluence.Live(pages[len(pages)-1].ID, true))
		},
		named: []naming{fails("page.latest", "nothing of the session stands in it", "turn it into a page")},
	},
	"a schedule that is over": {
		team:  `schedule: {rrule: "FREQ=WEEKLY;UNTIL=20260101T000000Z", start: 2025-01-06T10:00}`,
		named: []naming{warns("schedule", "no session will ever come", "set schedule.rrule")},
	},
	"nothing, with a calendar and places to tell": {
		team:   "schedule: {ics: team.ics, timezone: Europe/Berlin}\n    notify: [{type: slack, url: HOOK/hunter2}]",
		more:   "health: {url: HOOK/hunter2}",
		breaks: beside(map[string]string{"team.ics": tuesdays}),
	},
	"a calendar that is not there": {
		team:  "schedule: {ics: team.ics}",
		named: []naming{fails("schedule", "team.ics: no such file", "look whether schedule.ics is still where the calendar is")},
	},
	"a calendar that nobody serves": {
		team:  "schedule: {ics: 'http://127.0.0.1:1/hunter2/team.ics'}",
		named: []naming{fails("schedule", "the calendar at 127.0.0.1:1: dial tcp 127.0.0.1:1: connect: connection refused", "look whether schedule.ics")},
	},
	"a calendar that is a login page": {
		team: "schedule: {ics: team.ics}", breaks: beside(map[string]string{"team.ics": "<!DOCTYPE html><html>"}),
		named: []naming{fails("schedule", "does not begin with BEGIN:VCALENDAR", "look whether schedule.ics")},
	},
	"a calendar without the team's event": {
		team: "schedule: {ics: team.ics, event: Grooming}", breaks: beside(map[string]string{"team.ics": tuesdays}),
		named: []naming{fails("schedule", "Grooming", "whether schedule.event is part of a title in it")},
	},
	"a calendar that has ended": {
		team: "schedule: {ics: team.ics}", breaks: beside(map[string]string{"team.ics": strings.Replace(tuesdays, "BYDAY=TU", "BYDAY=TU;COUNT=1", 1)}),
		named: []naming{warns("schedule", "no session will ever come", "check schedule.ics and schedule.event")},
	},
	"a place whose address is not kept where it should be": {
		team:  "notify: [{type: teams, name: board, url_env: REFINE_NOT_SET_BOARD}]",
		named: []naming{warns("notify", "REFINE_NOT_SET_BOARD", "check its address, where that is kept")},
	},
	"a place that nobody serves": {
		team:  "notify: [{type: webhook, url: 'http://127.0.0.1:1/hunter2'}]",
		named: []naming{warns("notify", "connection refused", "can be reached from here")},
	},
	"a mailbox without a receiver": {
		team:  "notify: [{type: email, url: 'smtp://ana:hunter2@127.0.0.1:1/?from=a@acme.example'}]",
		named: []naming{warns("notify", "names no receiver", "check its address")},
	},
	"nobody who watches over the runs": {
		more:  "health: {url: 'http://127.0.0.1:1/hunter2'}",
		named: []naming{warns("health", "connection refused", "can be reached from here")},
	},
	"authorities that are none": {
		more: "http: {ca_file: authorities.pem}", team: "notify: [{type: webhook, url: 'http://127.0.0.1:1/hunter2'}]", breaks: beside(map[string]string{"authorities.pem": "none"}),
		named: []naming{fails("jira.address", "holds no certificate in PEM form", ""), fails("confluence.address", "holds no certificate in PEM form", "")},
	},
	"a proxy that refuses": {
		jira: "url: 'https://jira.acme.example', deployment: cloud, auth: {user: USER, token: TOKEN}", confluence: "url: 'https://wiki.acme.example', deployment: cloud, space: PAY",
		more: "http: {proxy: 'http://ana:hunter2@127.0.0.7:3128'}", breaks: aProxy,
		named: []naming{
			fails("jira.address", "the proxy 127.0.0.7:3128 refused: 403 Forbidden", "have the proxy let connections to jira.acme.example through"),
			fails("confluence.address", "the proxy 127.0.0.7:3128 refused: 403 Forbidden", "wiki.acme.example"),
		},
	},
	"a private authority": {
		jira: "url: 'https://127.0.0.1:443', deployment: cloud, auth: {user: USER, token: TOKEN}", breaks: overTLS,
		named: []naming{fails("jira.address", "certificate", "name its file as http.ca_file")},
	},
}

// tuesdays is a calendar with the team's meeting at ten in Berlin.
const tuesdays = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\nSUMMARY:Refinement\n" +
	"DTSTART;TZID=Europe/Berlin:20260106T100000\nDTEND;TZID=Europe/Berlin:20260106T113000\nRRULE:FREQ=WEEKLY;BYDAY=TU\nEND:VEVENT\nEND:VCALENDAR\n"

// beside puts files next to the configuration.
func beside(named map[string]string) func(*testing.T, *stage) {
	return func(t *testing.T, s *stage) {
		for name, text := range named {
			require.NoError(t, os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o600))
		}
	}
}

func aBoard(_ *testing.T, s *stage) { s.Jira.AddBoard("Payments board", "project = PAY") }

// aProxy lets nobody through.
func aProxy(t *testing.T, s *stage) {
	l, err := s.wire.listen("tcp", "127.0.0.7:3128")
	require.NoError(t, err)
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusForbidden) })}
	go server.Serve(l) // ends with ErrServerClosed
	t.Cleanup(func() { assert.NoError(t, server.Close()) })
}

// overTLS shows Jira under a certificate that nobody has signed.
func overTLS(t *testing.T, s *stage) {
	l, err := s.wire.listen("tcp", "127.0.0.1:443")
	require.NoError(t, err)
	srv := httptest.NewUnstartedServer(s.Jira)
	require.NoError(t, srv.Listener.Close())
	srv.Listener, srv.Config.ErrorLog = l, slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	srv.StartTLS()
	t.Cleanup(srv.Close)
}

// Each broken set-up is named for what it is, with what to do, and nothing else is
// complained of. Nothing is written, whatever is broken.
func TestDoctorNamesWhatIsBroken(t *testing.T) { // O4, F1, F3, F4
	t.Parallel()
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "HEAD /", r.Method+" "+r.URL.String(), "a message was sent")
	}))
	t.Cleanup(hook.Close)
	for name, u := range setUps {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u.team, u.more = strings.ReplaceAll(u.team, "HOOK", hook.URL), strings.ReplaceAll(u.more, "HOOK", hook.URL)
			synctest.Test(t, func(t *testing.T) { u.examine(t) })
		})
	}
}

func (u setUp) examine(t *testing.T) {
	journal := new(watched)
	if u.deployment == "" {
		u.deployment = "cloud"
	}
	s := newStage(t, u.deployment, func(o *sandbox.Options) {
		o.Journal = journal
		if u.options != nil {
			u.options(o)
		}
	})
	s.configure(t, u.file(s))
	if u.breaks != nil {
		u.breaks(t, s)
	}
	journal.requests(t)
	code, stdout, stderr := s.execute(t, "doctor", "--output", "json")
	for _, secret := range []string{s.Site.Token, "hunter2", "wrong\"", "access-1"} {
		assert.NotContains(t, stdout+stderr, secret)
	}
	assert.NotContains(t, strings.Join(s.elsewhere, "\n"), "Authorization", "another host was sent credentials")

	var report doctorResult
	require.NoError(t, json.Unmarshal([]byte(stdout), &report), stderr)
	want := u.named
	for _, f := range report.Checks {
		if f.Status == doctor.OK || f.Status == doctor.Skipped {
			assert.Empty(t, f.Try, f.ID)
			continue
		}
		require.NotEmpty(t, want, "not well beside: %+v", f)
		assert.Equal(t, want[0].id+" "+string(want[0].status), f.ID+" "+string(f.Status))
		assert.Contains(t, f.Detail, want[0].says, f.ID)
		assert.Contains(t, f.Try, want[0].try, f.ID)
		assert.NotEmpty(t, f.Try, f.ID)
		want = want[1:]
	}
	assert.Empty(t, want, "not named in %s", stdout)
	if assert.Equal(t, min(report.Failed, 1), code); code == 1 {
		assert.Contains(t, stderr, fmt.Sprintf("refine: %d of %d checks failed", report.Failed, len(report.Checks)))
	}
	for _, r := range journal.requests(t) {
		assert.False(t, r.Writes(), "%s %s", r.Method, r.Path)
	}
}
