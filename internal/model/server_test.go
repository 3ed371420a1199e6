package model

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
	"refine/planner"
)

// canary is the key of these tests: it must not come out anywhere.
const canary = "sk-canary-0123456789"

// A dialect writes a service's answers.
type dialect struct {
	provider, base, path string
	says                 func(text string) http.HandlerFunc
	declines, empty      http.HandlerFunc
}

var dialects = map[string]dialect{
	"openai": {
		provider: OpenAI, base: "/v1", path: "/v1/chat/completions",
		says: func(text string) http.HandlerFunc {
			return sends(map[string]any{"choices": []any{map[string]any{"message": map[string]any{"content": text}, "finish_reason": "stop"}}})
		},
		declines: sends(map[string]any{"choices": []any{map[string]any{"message": map[string]any{"refusal": "no, says " + canary}}}}),
		empty:    sends(map[string]any{"choices": []any{}}),
	},
	"anthropic": {
		provider: Anthropic, path: "/v1/messages",
		says: func(text string) http.HandlerFunc {
			return sends(map[string]any{"stop_reason": "end_turn", "content": []any{map[string]any{"type": "text", "text": text}}})
		},
		declines: sends(map[string]any{"stop_reason": "refusal", "content": []any{}}),
		empty:    sends(map[string]any{"stop_reason": "end_turn", "content": []any{}}),
	},
}

func sends(v any) http.HandlerFunc {
	body, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write(body)
	}
}

// status answers as a server that repeats key and ticket in its errors.
func status(code int, message string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Retry-After", "0.01")
		w.WriteHeader(code)
		fmt.Fprintf(w, `{"error":{"message":%q}}`, message+" "+canary+" late fees")
	}
}

func page(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, "<html>Log in with "+canary)
}

func cutBody(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", "5000")
	fmt.Fprint(w, `{"choices":[`)
	panic(http.ErrAbortHandler)
}

// A server gives one answer after the other.
type server struct {
	*httptest.Server
	mu   sync.Mutex
	sent []map[string]any // the bodies of the requests
}

func serve(t *testing.T, answers ...http.HandlerFunc) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		var body map[string]any
		_ = json.Unmarshal(raw, &body)
		s.mu.Lock()
		s.sent = append(s.sent, body)
		n := len(s.sent)
		s.mu.Unlock()
		if n > len(answers) {
			t.Errorf("request %d, though %d were due", n, len(answers))
			return
		}
		answers[n-1](w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// words asks the server for words, and holds what always holds: key and tickets
// stay out of the log and the reason, and the plan passes its gate.
func (s *server) words(t *testing.T, d dialect, timeout time.Duration) (planner.Words, *Drafter) {
	t.Helper()
	var logged bytes.Buffer
	dr, err := New(Options{
		Provider: d.provider, BaseURL: s.URL + d.base, Model: "test-model", Key: atlassian.NewSecret(canary), Timeout: timeout, Unread: true,
		Log: slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	require.NoError(t, err)
	dr.breath = time.Millisecond
	w, record, _, err := dr.Words(t.Context(), loans())
	require.NoError(t, err)
	plan, _ := loans().With(w)
	require.Empty(t, planner.Gate(plan), "L7")
	for _, secret := range []string{canary, "late fees"} {
		assert.NotContains(t, logged.String(), secret, "F4")
		assert.NotContains(t, record.Reason, secret, "F4")
	}
	return w, dr
}

func good(t *testing.T) string {
	t.Helper()
	text, err := json.Marshal(closing(fees, reminder))
	require.NoError(t, err)
	return string(text)
}

// L13: whatever a server does ends in the model's words or in the built-in ones
// with the reason.
func TestServers(t *testing.T) {
	t.Parallel()
	for name, d := range dialects {
		answer := good(t)
		for _, c := range []struct {
			name, reason string
			answers      []http.HandlerFunc
		}{
			{"an answer", "", []http.HandlerFunc{d.says(answer)}},
			{"in a code fence", "", []http.HandlerFunc{d.says("```json\n" + answer + "\n```")}},
			{"after prose", "", []http.HandlerFunc{d.says("I would rather talk."), d.says(answer)}},
			{"after a cut answer", "", []http.HandlerFunc{d.says(answer[:60]), d.says(answer)}},
			{"after a 429", "", []http.HandlerFunc{status(429, "slow"), d.says(answer)}},
			{"after a 500", "", []http.HandlerFunc{status(500, "oops"), d.says(answer)}},
			{"a refusal", "it declined to answer", []http.HandlerFunc{d.declines}},
			{"a page of a proxy", "its server answered with a web page", []http.HandlerFunc{page}},
			{"a wrong key", "its server answered 401", []http.HandlerFunc{status(401, "key")}},
			{"a 400 that names nothing", "its server answered 400", []http.HandlerFunc{status(400, "bad request")}},
			{"prose twice", "its answer was no draft", []http.HandlerFunc{d.says("no"), d.says("no")}},
			{"nothing, always", "its answer was empty", []http.HandlerFunc{d.empty, d.empty, d.empty, d.empty}},
			{"a connection cut, always", "the connection was cut", []http.HandlerFunc{cutBody, cutBody, cutBody, cutBody}},
		} {
			t.Run(name+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				s := serve(t, c.answers...)
				w, dr := s.words(t, d, 20*time.Second)
				assert.Equal(t, c.reason, w.Reason)
				assert.Equal(t, c.reason == "", w.By == planner.ByModel)
				assert.EqualValues(t, len(c.answers), dr.Requests())
				if c.reason == "" {
					assert.Equal(t, []string{fees, reminder}, texts(w.Draft.Closing))
				}
			})
		}
	}
}

// L13: a parameter that a server refuses by name is left out, once each, and from
// then on.
func TestParametersThatAServerRefuses(t *testing.T) {
	t.Parallel()
	openAI, messages := dialects["openai"], dialects["anthropic"]
	for name, c := range map[string]struct {
		dialect
		refuses []string // what each 400 says
		without []string
		with    []string
		reason  string
	}{
		"temperature, Anthropic":     {messages, []string{"temperature is deprecated for this model"}, []string{"temperature"}, []string{"max_tokens", "tools"}, ""},
		"temperature and seed":       {openAI, []string{"Unsupported value: 'temperature'", "unknown field: seed"}, []string{"temperature", "seed"}, []string{"response_format"}, ""},
		"a strict schema":            {openAI, []string{"response_format.json_schema is not supported"}, []string{"response_format"}, []string{"seed"}, ""},
		"the newer name of a limit":  {openAI, []string{"Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."}, []string{"max_tokens"}, []string{"max_completion_tokens"}, ""},
		"both names of a limit":      {openAI, []string{"max_tokens?", "max_completion_tokens?"}, []string{"max_tokens", "max_completion_tokens"}, nil, ""},
		"what is needed, Anthropic":  {messages, []string{"max_tokens: too many"}, nil, []string{"max_tokens"}, "its server answered 400"},
		"what was never sent":        {openAI, []string{"top_k is unknown"}, nil, []string{"seed"}, "its server answered 400"},
		"one after the other, ended": {openAI, []string{"seed", "temperature", "response_format", "max_tokens", "max_completion_tokens", "seed"}, []string{"seed"}, nil, "its server answered 400"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var answers []http.HandlerFunc
			for _, said := range c.refuses {
				answers = append(answers, status(400, said))
			}
			if c.reason == "" {
				answers = append(answers, c.says(good(t)), c.says(good(t)))
			}
			s := serve(t, answers...)
			w, dr := s.words(t, c.dialect, 20*time.Second)
			assert.Equal(t, c.reason, w.Reason)
			last := s.sent[len(s.sent)-1]
			for _, name := range c.without {
				assert.NotContains(t, last, name)
			}
			for _, name := range c.with {
				assert.Contains(t, last, name)
			}
			if c.reason != "" {
				assert.EqualValues(t, len(c.refuses), dr.Requests())
				return
			}
			assert.EqualValues(t, len(c.refuses)+1, dr.Requests(), "each is counted")
			_, _, _, err := dr.Words(t.Context(), loans())
			require.NoError(t, err)
			assert.EqualValues(t, len(c.refuses)+2, dr.Requests(), "what was refused is not tried again")
		})
	}
}

// L13: a server that hangs costs its time and no more.
func TestTimeOut(t *testing.T) {
	t.Parallel()
	for name, d := range dialects {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
			w, _ := s.words(t, d, 80*time.Millisecond)
			assert.Equal(t, "it did not answer in time", w.Reason)
		})
	}
}

// F4: without a key nothing can be asked, and no other host sees key or tickets.
func TestNothingGoesElsewhere(t *testing.T) {
	t.Parallel()
	_, err := New(Options{Provider: OpenAI, Model: "m"})
	require.ErrorContains(t, err, "the model has no key")
	for name, d := range dialects {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stranger := serve(t) // fails the test when it is asked
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				assert.Equal(t, d.path, r.URL.Path)
				http.Redirect(w, r, stranger.URL+d.path, http.StatusTemporaryRedirect)
			})
			w, _ := s.words(t, d, 20*time.Second)
			assert.Equal(t, "its server redirects elsewhere", w.Reason)
		})
	}
}
