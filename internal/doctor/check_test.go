package doctor

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
	"refine/internal/model"
)

// takes is a check that ends after a while.
func takes(id string, d time.Duration, r result, needs ...*check) *check {
	return &check{id: id, name: id, needs: needs, run: func(ctx context.Context) result {
		select {
		case <-ctx.Done():
			return failure(context.Cause(ctx), "wait")
		case <-time.After(d):
			return r
		}
	}}
}

// What does not depend on one another runs side by side, what depends on a failed
// check is skipped and says of what, and the order of the findings is that of the
// checks.
func TestChecksRunAsFarAsTheyCan(t *testing.T) { // O4
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		slow := takes("slow", 10*time.Second, ok("there"))
		broken := takes("broken", 10*time.Second, failed("mend it", "not there"))
		odd := takes("odd", 10*time.Second, warning("look", "strange"))
		late := takes("late", 10*time.Second, ok("also"), slow, odd)
		never := takes("never", time.Hour, ok("no"), slow, broken)
		nor := takes("nor", time.Hour, ok("no"), never)
		endless := takes("endless", time.Hour, ok("no"))
		after := takes("after", 0, ok("however"))
		after.after = []*check{broken}
		findings := examine(t.Context(), []*check{nor, never, late, slow, broken, odd, endless, after})
		assert.Equal(t, longest, time.Since(start), "as long as the slowest")
		assert.Equal(t, []Finding{
			{"nor", "", "nor", Skipped, "needs broken, which failed", ""},
			{"never", "", "never", Skipped, "needs broken, which failed", ""},
			{"late", "", "late", OK, "also", ""},
			{"slow", "", "slow", OK, "there", ""},
			{"broken", "", "broken", Failed, "not there", "mend it"},
			{"odd", "", "odd", Warning, "strange", "look"},
			{"endless", "", "endless", Failed, "context deadline exceeded", "wait"},
			{"after", "", "after", OK, "however", ""},
		}, findings)
		r := Report{Findings: findings}
		assert.Equal(t, []int{3, 1, 2, 2}, []int{r.Count(OK), r.Count(Warning), r.Count(Failed), r.Count(Skipped)})
	})
}

type hinted struct{ error }

func (hinted) Hint() string { return "do that" }

func TestFailuresSayWhatToTry(t *testing.T) { // O4
	t.Parallel()
	assert.Equal(t, result{status: Failed, detail: "one; two", try: "otherwise"}, failure(errors.Join(errors.New("one"), errors.New("two")), "otherwise"))
	assert.Equal(t, result{status: Failed, detail: "one", try: "do that"}, failure(hinted{errors.New("one")}, "otherwise"))
	assert.Equal(t, result{status: Failed, detail: "Jira: GET /x: 403 Forbidden", try: "ask"}, failure(&atlassian.APIError{Product: "Jira", Method: "GET", Path: "/x", Status: 403, Hint: "ask"}, "otherwise"))
}

// The model's server is asked for its models, and nothing else is sent to it.
func TestTheModelIsExamined(t *testing.T) { // O4
	t.Parallel()
	for name, test := range map[string]struct {
		status    int
		body      string
		want      Status
		says, try string
	}{
		"there":          {200, `{"data":[{"id":"small"}]}`, OK, "the key is taken, and the model is there", ""},
		"a wrong key":    {401, `{"error":{"message":"no such key: canary-1"}}`, Failed, "its server answered 401", "check model.key"},
		"another model":  {200, `{"data":[{"id":"large"}]}`, Warning, "no model is called as configured", "set model.model"},
		"no list":        {404, `{}`, Warning, "does not list its models", "run refine plan"},
		"something else": {200, `"hello"`, Failed, "could not be read", "model.provider"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				assert.Equal(t, "GET /v1/models", r.Method+" "+r.URL.Path)
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(test.status)
				_, err := w.Write([]byte(test.body))
				assert.NoError(t, err)
			}))
			t.Cleanup(srv.Close)
			d, err := model.New(model.Options{Provider: model.OpenAI, BaseURL: srv.URL + "/v1", Model: "small", Key: atlassian.NewSecret("canary-1")})
			require.NoError(t, err)
			e := &examination{Options: Options{Model: d}}
			got := e.checkModel(t.Context())
			assert.Equal(t, test.want, got.status)
			assert.Contains(t, got.detail, test.says)
			assert.Contains(t, got.try, test.try)
			assert.NotContains(t, got.detail+got.try, "canary")
		})
	}
}
