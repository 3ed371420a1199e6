package main

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/sampled"
	"refine/internal/sandbox"
)

// A place is a request of a command that a fault is put to.
type place struct {
	command string
	before  func(*stage, *testing.T)
	request *regexp.Regexp // method and path
	code    int            // of the command when this request fails for good
	writes  bool
}

func nothingYet(*stage, *testing.T) {}

var places = map[string]place{
	"publish, the tickets":    {"publish", nothingYet, regexp.MustCompile(`^POST /rest/api/2/search(/jql)?$`), 1, false},
	"publish, the pages":      {"publish", nothingYet, regexp.MustCompile(`^GET (/wiki)?/rest/api/content/search$`), 1, false},
	"publish, the page":       {"publish", nothingYet, regexp.MustCompile(`^POST (/wiki/api/v2/pages|/rest/api/content)$`), 1, true},
	"publish again, the page": {"publish", (*stage).changed, regexp.MustCompile(`^PUT (/wiki/api/v2/pages|/rest/api/content)/[0-9]+$`), 1, true},
	"sync, the title":         {"sync", (*stage).typed, regexp.MustCompile(`^GET (/wiki/api/v2/pages|/rest/api/content)$`), 1, false},
	"sync, one ticket":        {"sync", (*stage).typed, regexp.MustCompile(`^POST /rest/api/2/issue/PAY-3/comment$`), 3, true},
}

func (p place) meant(r *http.Request) bool { return p.request.MatchString(r.Method + " " + r.URL.Path) }

// A fault is what a service, or what stands before it, does to a request as long
// as it lasts.
type fault struct {
	does func(s *stage, w http.ResponseWriter, r *http.Request)
	says string // about the request, after its method and path
	try  string
	// settled faults have done what they were asked to: looking shows it, and a
	// write that met one has been made.
	settled bool
}

// refuses answers in the shape that both products' errors have in common.
func refuses(status int, message string, header ...string) func(*stage, http.ResponseWriter, *http.Request) {
	return func(_ *stage, w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"errorMessages":[%[1]q],"message":%[1]q}`, message)
	}
}

// shows answers with a web page.
func shows(status int, header ...string) func(*stage, http.ResponseWriter, *http.Request) {
	return func(_ *stage, w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.Header().Set("Content-Type", "text/html;charset=UTF-8")
		w.WriteHeader(status)
		io.WriteString(w, "<!DOCTYPE html><html><body><form method=post action=/login></form></body></html>")
	}
}

func redirects(status int) func(*stage, http.ResponseWriter, *http.Request) {
	return func(_ *stage, w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://"+otherHost+"/login?continue=secret", status)
	}
}

var faults = map[string]fault{
	"429 that does not say when": {refuses(429, "Rate limit exceeded."), "429 Too Many Requests: Rate limit exceeded.", "the rate limit is used up: run again later", false},
	"429 for ten minutes":        {refuses(429, "Rate limit exceeded.", "Retry-After", "600"), "429 Too Many Requests", "run again in 10m0s", false},
	"429 from a proxy":           {shows(429), "429 Too Many Requests: answered with an HTML page", "the rate limit is used up: run again later", false},
	"the write limit of one issue": {
		refuses(429, "Too many writes.", "Retry-After", "300", "RateLimit-Reason", "jira-per-issue-on-write"),
		"429 Too Many Requests: Too many writes.", "run again in 5m0s", false,
	},
	"500": {refuses(500, "Internal server error"), "500 Internal Server Error", "the service has a problem of its own: run again later", false},
	"503": {shows(503), "503 Service Unavailable", "the service has a problem of its own: run again later", false},
	"timeout": {func(_ *stage, _ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}, "no answer in time", "raise http.timeout, or try again later", false},
	"cut connection": {func(*stage, http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"the connection was closed without an answer", "can be reached from here", false},
	"lost response": {func(s *stage, _ http.ResponseWriter, r *http.Request) {
		s.serve(r)
		panic(http.ErrAbortHandler)
	}, "the connection was closed without an answer", "can be reached from here", true},
	"truncated JSON": {func(s *stage, w http.ResponseWriter, r *http.Request) {
		full := s.serve(r)
		w.Header().Set("Content-Type", full.Header().Get("Content-Type"))
		w.WriteHeader(full.Code)
		w.Write(full.Body.Bytes()[:full.Body.Len()/2])
	}, "the answer was cut off", "run again", true},
	"login page":                   {shows(200), "200 OK: answered with an HTML page instead of JSON", "this looks like a login page", false},
	"redirect to another host":     {redirects(302), "302 Found: redirected to http://127.0.0.9:80/login", "check the credentials", false},
	"redirect that keeps the body": {redirects(308), "308 Permanent Redirect: redirected to http://127.0.0.9:80/login", "check the credentials", false},
	"CAPTCHA": {shows(403, "X-Seraph-LoginReason", "AUTHENTICATION_DENIED", "X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=/login.jsp"),
		"403 Forbidden", "solve the CAPTCHA", false},
	"CAPTCHA by one header alone": {refuses(401, "Login denied", "X-Seraph-LoginReason", "AUTHENTICATION_DENIED"),
		"401 Unauthorized: Login denied", "solve the CAPTCHA", false},
	"answered as to nobody": {refuses(200, "", "X-Seraph-LoginReason", "AUTHENTICATED_FAILED"),
		"200 OK: answered as to nobody", "token", false},
	"401":               {refuses(401, "Unauthorized"), "401 Unauthorized", "token", false},
	"403":               {refuses(403, "No permission."), "403 Forbidden: No permission.", "ask an administrator to give this user the permission", false},
	"413":               {refuses(413, "Content is too large."), "413 Request Entity Too Large: Content is too large.", "too large for the service or a proxy", false},
	"413 from a proxy":  {shows(413), "413 Request Entity Too Large: answered with an HTML page", "too large for the service or a proxy", false},
	"404 for forbidden": {refuses(404, "Issue does not exist or you do not have permission to see it."), "404 Not Found: Issue does not exist", "this user may see it; the service hides what is forbidden", false},
}

// TestEachFaultHasOneClearMessage puts each fault to a lookup and to a write of
// publish and sync: the exit code is the contract's, stderr holds one message
// and what to try, no secret leaves, and a run without the fault finishes what
// the first one began, once.
func TestEachFaultHasOneClearMessage(t *testing.T) { // F2 F3 F4 F6 S5 O6
	t.Parallel()
	for at, place := range places {
		for _, deployment := range sampled.Deployments(at) {
			t.Run(deployment+"/"+at, func(t *testing.T) {
				t.Parallel()
				want := undisturbed(t, deployment, place)
				for n, name := range slices.Sorted(maps.Keys(faults)) {
					if (n+len(at))%sample != 0 {
						continue
					}
					fault, place := faults[name], place
					if deployment == "datacenter" && strings.HasSuffix(at, "the title") && refusesAList[name] {
						fault.settled, place.writes = true, true // the search index tells as well
					}
					t.Run(name, func(t *testing.T) {
						synctest.Test(t, func(t *testing.T) { met(t, deployment, place, fault, want) })
					})
				}
			})
		}
	}
}

// refusesAList are the faults by which some sites of Data Center keep their pages
// from being listed.
var refusesAList = map[string]bool{"403": true, "404 for forbidden": true}

// undisturbed is what the command leaves where nothing goes wrong.
func undisturbed(t *testing.T, deployment string, p place) (want string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, deployment)
		p.before(s, t)
		code, _, stderr := s.execute(t, p.command)
		require.Zero(t, code)
		require.Empty(t, stderr)
		want = s.left(t)
	})
	return want
}

// met runs the place's command while the fault lasts, and once more after it.
func met(t *testing.T, deployment string, p place, f fault, want string) {
	s := newStage(t, deployment)
	p.before(s, t)
	var request string
	s.plays(func(w http.ResponseWriter, r *http.Request) bool {
		if !p.meant(r) {
			return false
		}
		s.mu.Lock()
		request = r.Method + " " + r.URL.Path
		s.mu.Unlock()
		for p.code == 3 && len(s.Jira.RemoteLinks("PAY-6")) == 0 { // the other ticket is done
			time.Sleep(10 * time.Millisecond)
		}
		f.does(s, w, r)
		return true
	})
	code, stdout, stderr := s.execute(t, p.command)
	require.NotEmpty(t, request, "the fault was not met")
	if f.settled && p.writes {
		assert.Zero(t, code, stderr)
		assert.Empty(t, stderr)
		assert.Equal(t, want, s.left(t))
	} else {
		assert.Equal(t, p.code, code, stderr)
		assert.Equal(t, p.code == 3, stdout != "", "what was done is told: %q", stdout)
		s.clear(t, stderr, request+": "+f.says, f.try)
	}
	s.keeps(t, stdout+stderr)

	s.plays(nil)
	time.Sleep(3 * time.Minute) // this process lives on, so a hold that it could not end has to run out
	code, _, stderr = s.execute(t, p.command)
	require.Zero(t, code, stderr)
	assert.Empty(t, stderr)
	assert.Equal(t, want, s.left(t), "the second run finishes the job")
}

// TestATokenExpiresAtAnyRequest lets the token expire from each request of a run
// on: the code says whether tickets were written, the message is one, and the
// next run, with a new token, finishes the job.
func TestATokenExpiresAtAnyRequest(t *testing.T) { // F3 S5
	t.Parallel()
	for name, p := range map[string]place{
		"publish": {command: "publish", before: nothingYet}, "publish again": {command: "publish", before: (*stage).changed}, "sync": {command: "sync", before: (*stage).typed},
	} {
		for _, deployment := range sampled.Deployments(name) {
			t.Run(deployment+"/"+name, func(t *testing.T) {
				t.Parallel()
				want, cases := undisturbed(t, deployment, p), 0
				for k, expired := 1, true; expired; k += sample {
					synctest.Test(t, func(t *testing.T) { expired = expires(t, deployment, p, k, want) })
					cases++
				}
				require.Greater(t, cases, 8/sample)
				t.Logf("%d cases", cases)
			})
		}
	}
}

// expires reports whether the run came as far as its kth request.
func expires(t *testing.T, deployment string, p place, k int, want string) (met bool) {
	s := newStage(t, deployment)
	p.before(s, t)
	requests := 0
	s.plays(func(w http.ResponseWriter, r *http.Request) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		if requests++; requests < k {
			return false
		}
		refuses(401, "Unauthorized")(s, w, r)
		return true
	})
	code, stdout, stderr := s.execute(t, p.command)
	if requests < k {
		require.Zero(t, code)
		return false
	}
	assert.Equal(t, map[bool]int{true: 3, false: 1}[s.wrote()], code, "request %d: %s", k, stderr)
	// the first lookups ask both services at once, whose tokens may differ
	assert.Regexp(t, `^refine: [^\n]+\n(reading the space PAY: [^\n]+\n)?(  - [^\n]+\n)*try: [^\n]*token[^\n]*\n$`, stderr, "request %d", k)
	assert.Regexp(t, `(Jira|Confluence): (GET|POST|PUT) /\S+: 401 Unauthorized`, stderr, "request %d", k)
	s.keeps(t, stdout+stderr)

	s.plays(nil)
	time.Sleep(3 * time.Minute) // the hold that could not be ended runs out
	code, _, stderr = s.execute(t, p.command)
	require.Zero(t, code, "request %d: %s", k, stderr)
	assert.Equal(t, want, s.left(t), "request %d", k)
	return true
}

// A comment that would be longer than Jira takes refers to the page for the rest.
// One that a site takes less of is a failure that says so.
func TestACommentThatIsTooLong(t *testing.T) { // F3 S1
	t.Parallel()
	for _, deployment := range sampled.Deployments(t.Name()) {
		t.Run(deployment, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, deployment)
				s.typed(t)
				long := strings.Repeat("a decision that is long ", 2000)
				require.NoError(t, s.Confluence.Edit(s.Confluence.Pages()[0].ID, "Dana", func(body string) string {
					body, err := sandbox.Person{Native: deployment == "cloud"}.Decides(body, "PAY-3", long)
					require.NoError(t, err)
					return body
				}))
				s.plays(func(w http.ResponseWriter, r *http.Request) bool {
					if places["sync, one ticket"].meant(r) {
						refuses(400, "The entered text is too long. It exceeds the allowed limit of 1,000 characters.")(s, w, r)
						return true
					}
					return false
				})
				code, stdout, stderr := s.execute(t, "sync")
				assert.Equal(t, 3, code, stderr)
				s.clear(t, stderr, "POST /rest/api/2/issue/PAY-3/comment: 400 Bad Request: The entered text is too long", "say less on the page, or have Jira's limit of a text raised")
				s.keeps(t, stdout+stderr)

				s.plays(nil)
				code, stdout, stderr = s.execute(t, "sync")
				require.Zero(t, code, stderr)
				assert.Empty(t, stderr)
				assert.Contains(t, stdout, "a comment has no room for 1 of its 3 lines; it refers to the page for them")
				var ours []string
				for _, c := range s.Jira.Comments("PAY-3") {
					if c.Properties["refine"] != nil {
						ours = append(ours, c.Body)
					}
				}
				require.Len(t, ours, 1)
				assert.LessOrEqual(t, utf8.RuneCountInString(ours[0]), 32767)
				assert.Contains(t, ours[0], "Fees included", "what fits is there")
				code, stdout, _ = s.execute(t, "sync")
				require.Zero(t, code)
				assert.Contains(t, stdout, "0 changes")
			})
		})
	}
}
