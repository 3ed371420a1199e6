package model

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
)

// A probe sends the key and asks for the list, and nothing else.
func TestProbe(t *testing.T) { // O4, F4
	t.Parallel()
	list := sends(map[string]any{"data": []any{map[string]any{"id": "other"}, map[string]any{"id": "small"}}})
	refuses := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no, says "+canary, status) }
	}
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		model  string
		want   Probe
		says   string
		try    string
	}{
		"known":           {list, "small", Probe{true, true}, "", ""},
		"not known":       {list, "large", Probe{true, false}, "", ""},
		"no list":         {refuses(404), "small", Probe{}, "", ""},
		"not for lists":   {refuses(405), "small", Probe{}, "", ""},
		"an empty list":   {sends(map[string]any{"data": []any{}}), "small", Probe{}, "", ""},
		"wrong key":       {refuses(401), "small", Probe{}, "its server answered 401", "check model.key"},
		"a web page":      {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "text/html") }, "small", Probe{}, "web page", "model.base_url"},
		"no model at all": {sends("hello"), "small", Probe{}, "could not be read", "model.provider"},
		"a cut connection": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "small", Probe{},
			"the connection was cut", "run again later"},
	} {
		for provider, d := range dialects {
			t.Run(name+", "+provider, func(t *testing.T) {
				t.Parallel()
				srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					assert.Equal(t, "GET /v1/models", r.Method+" "+r.URL.Path)
					assert.Contains(t, r.Header.Get("Authorization")+r.Header.Get("X-Api-Key"), canary)
					test.answer(w, r)
				}))
				t.Cleanup(srv.Close)
				drafter, err := New(Options{Provider: d.provider, BaseURL: srv.URL + d.base, Model: test.model, Key: atlassian.NewSecret(canary)})
				require.NoError(t, err)
				got, err := drafter.Probe(t.Context())
				if test.says == "" {
					require.NoError(t, err)
					assert.Equal(t, test.want, got)
					return
				}
				require.ErrorContains(t, err, test.says)
				var hints interface{ Hint() string }
				require.ErrorAs(t, err, &hints)
				assert.Contains(t, hints.Hint(), test.try)
				assert.NotContains(t, err.Error()+hints.Hint(), canary)
			})
		}
	}
}
