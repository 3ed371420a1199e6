package serve

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"
)

const secret = "0123456789abcdef"

func (b *bench) site(t *testing.T, key string) *httptest.Server {
	t.Helper()
	b.Secret = key
	web := httptest.NewUnstartedServer(nil)
	b.Listen = web.Listener
	web.Config.Handler = b.handler()
	web.Start()
	t.Cleanup(web.Close)
	return web
}

func ask(t *testing.T, method, url, body string, headers ...string) (status int, answer string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	require.NoError(t, err)
	for i := 0; i < len(headers); i += 2 {
		if req.Header.Set(headers[i], headers[i+1]); headers[i] == "Host" {
			req.Host = headers[i+1]
		}
	}
	w := httptest.NewRecorder()
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	_, err = w.Body.ReadFrom(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, w.Body.String()
}

func signature(body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(body))
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

func TestTheWebhookTakesAHintFromWhoKnowsTheSecret(t *testing.T) { // O3
	t.Parallel()
	b := newBench(t)
	hook := b.site(t, secret).URL + "/hooks/confluence"
	page := `{"event":"page_updated","page":{"id":65626,"title":"x"}}`
	for name, c := range map[string]struct {
		body, header, value string
		want                int
	}{
		"signed":                   {page, "X-Hub-Signature", signature(page), http.StatusAccepted},
		"a secret":                 {`{"page":"65626"}`, "X-Refine-Secret", secret, http.StatusAccepted},
		"by a rule":                {`{"pageId": 7}`, "X-Refine-Secret", secret, http.StatusAccepted},
		"another's signature":      {page, "X-Hub-Signature", signature(page + " "), http.StatusUnauthorized},
		"no signature at all":      {page, "X-Hub-Signature", "sha256=", http.StatusUnauthorized},
		"a hash that is no longer": {page, "X-Hub-Signature", "sha1=00", http.StatusUnauthorized},
		"half a secret":            {page, "X-Refine-Secret", secret[:8], http.StatusUnauthorized},
		"nothing":                  {page, "X-Other", "1", http.StatusUnauthorized},
		"no page":                  {`{"page":{"id":"../x"}}`, "X-Refine-Secret", secret, http.StatusBadRequest},
		"no JSON":                  {`page=7`, "X-Refine-Secret", secret, http.StatusBadRequest},
		"too much":                 {strings.Repeat("x", mostHint+1), "X-Refine-Secret", secret, http.StatusRequestEntityTooLarge},
	} {
		status, answer := ask(t, "POST", hook, c.body, c.header, c.value)
		assert.Equal(t, c.want, status, name)
		if status == http.StatusUnauthorized {
			assert.Equal(t, "unauthorized\n", answer, name)
		}
	}
	status, _ := ask(t, "GET", hook, "")
	assert.Equal(t, http.StatusMethodNotAllowed, status)
	status, _ = ask(t, "POST", newBench(t).site(t, "").URL+"/hooks/confluence", page, "X-Refine-Secret", "")
	assert.Equal(t, http.StatusNotFound, status, "without a secret there is none")

	did := b.passes(t)
	assert.ElementsMatch(t, []string{"hint 65626", "hint 7"}, did, "hints before a look are one")
	ask(t, "POST", hook, page, "X-Refine-Secret", secret)
	assert.Equal(t, []string{"hint 65626"}, b.passes(t), "and one after it is another")
	assert.NotContains(t, b.log.String(), secret)
}

func TestTheStatusPage(t *testing.T) { // O6 F5
	t.Parallel()
	team := weekly(t)
	team.Name = `<script>alert(1)</script>`
	b := newBench(t, team)
	site := b.site(t, "")
	b.opened.Store(false)
	for path, want := range map[string]int{"/healthz": http.StatusOK, "/readyz": http.StatusServiceUnavailable, "/": http.StatusServiceUnavailable} {
		status, _ := ask(t, "GET", site.URL+path, "")
		assert.Equal(t, want, status, "without a store: %s", path)
	}
	b.opened.Store(true)
	status, answer := ask(t, "GET", site.URL+"/readyz", "")
	assert.Equal(t, http.StatusServiceUnavailable, status, answer)
	b.fail = &worker.HeldError{Holder: "x"}
	b.passes(t)
	b.fail = os.ErrPermission
	b.passes(t)

	status, page := ask(t, "GET", site.URL, "")
	require.Equal(t, http.StatusOK, status)
	assert.NotContains(t, page, "<script")
	assert.Contains(t, page, "&lt;script&gt;alert(1)&lt;/script&gt;")
	for _, says := range []string{"permission denied", "<strong>Try:</strong> mend it", "Tue 1 Dec 10:00", "not published yet, see above", `name="viewport"`} {
		assert.Contains(t, page, says)
	}
	status, _ = ask(t, "GET", site.URL, "", "Host", "evil.example")
	assert.Equal(t, http.StatusMisdirectedRequest, status, "a name that leads here")
	status, _ = ask(t, "GET", site.URL+"/other", "")
	assert.Equal(t, http.StatusNotFound, status)
	status, _ = ask(t, "POST", site.URL, "")
	assert.Equal(t, http.StatusMethodNotAllowed, status, "it is read only")

	status, _ = ask(t, "GET", site.URL+"/readyz", "")
	assert.Equal(t, http.StatusOK, status)
	b.now = b.now.Add(10 * time.Minute)
	status, _ = ask(t, "GET", site.URL+"/readyz", "")
	assert.Equal(t, http.StatusServiceUnavailable, status, "nobody has looked for a while")
	_, page = ask(t, "GET", site.URL, "")
	assert.Contains(t, page, "Nothing goes on.")
	status, answer = ask(t, "GET", site.URL+"/metrics", "")
	assert.Equal(t, http.StatusOK, status)
	assert.Contains(t, answer, `refine_work{job="publish",state="retrying"} 1`)
	assert.Contains(t, answer, `refine_runs_total{job="publish",result="retrying"} 1`)
}

func TestAStoreThatIsOfNoUseIsTold(t *testing.T) { // O2
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(dir+"/damaged.db", []byte(strings.Repeat("not a database ", 1000)), 0o600))
	for name, c := range map[string]struct{ store, says string }{
		"damaged":   {"sqlite:" + dir + "/damaged.db", "file is not a database"},
		"no folder": {"sqlite:" + dir + "/none/store.db", "unable to open database file"},
		"a folder":  {"sqlite:" + dir, "unable to open database file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.Store = c.store
			_, err := b.open(t.Context())
			require.ErrorContains(t, err, c.says)
			hint, is := err.(interface{ Hint() string })
			require.True(t, is)
			assert.Contains(t, hint.Hint(), "can be deleted")
		})
	}
}
