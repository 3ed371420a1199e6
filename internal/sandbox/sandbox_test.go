package sandbox

import (
	"cmp"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence/confluencetest"
)

// O7: the same servers that the demo runs on answer any client.
func TestSandboxServes(t *testing.T) {
	t.Parallel()
	for _, deployment := range []string{"cloud", "datacenter"} {
		t.Run(deployment, func(t *testing.T) {
			t.Parallel()
			s, err := Start(Options{Deployment: deployment})
			require.NoError(t, err)
			defer func() { assert.NoError(t, s.Close()) }()

			assert.Equal(t, deployment == "cloud", strings.HasSuffix(s.Site.Confluence, "/wiki"))
			status, body := get(t, s.Site.Jira+"/rest/api/2/serverInfo", s.Site.User, s.Site.Token)
			assert.Equal(t, http.StatusOK, status)
			assert.Contains(t, body, map[string]string{"cloud": `"Cloud"`, "datacenter": `"Server"`}[deployment])

			status, _ = get(t, s.Site.Jira+"/rest/api/2/myself", s.Site.User, "wrong")
			assert.Equal(t, http.StatusUnauthorized, status)

			space := "/rest/api/space/PAY"
			if deployment == "cloud" {
				space = "/api/v2/spaces?keys=PAY"
			}
			status, body = get(t, s.Site.Confluence+space, s.Site.User, s.Site.Token)
			assert.Equal(t, http.StatusOK, status)
			assert.Contains(t, body, `"PAY"`)
		})
	}
}

func get(t *testing.T, url, user, token string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	require.NoError(t, err)
	req.SetBasicAuth(user, token)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, string(body)
}

func TestBacklogOfTheCaller(t *testing.T) {
	t.Parallel()
	s, err := Start(Options{
		Backlog: []io.Reader{strings.NewReader(`{"key":"SHOP-1","fields":{"summary":"x"}}` + "\n")},
		Flag:    []string{"SHOP-1"},
		Open:    true,
	})
	require.NoError(t, err)
	defer s.Close()
	status, body := get(t, s.Site.Jira+"/rest/api/2/issue/SHOP-1", s.Site.User, s.Site.Token)
	assert.Equal(t, http.StatusOK, status)
	assert.Contains(t, body, "Impediment")
}

func TestStartRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		options Options
		want    string
	}{
		{"deployment", Options{Deployment: "server"}, "must be cloud or datacenter"},
		{"issues", Options{Backlog: []io.Reader{strings.NewReader("no JSON")}}, "loading issues"},
		{"a document", Options{Backlog: []io.Reader{strings.NewReader(`{"key":"LIB-1","fields":{"summary":"A","description":{"type":"doc"}}}`)}}, "fields.description is no object there"},
		{"flag", Options{Flag: []string{"NONE-1"}}, "flagging issues"},
		{"address", Options{Listen: "nowhere"}, "listening"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Start(tt.options)
			assert.ErrorContains(t, err, tt.want)
		})
	}
}

// A page of another site, open in the same browser, must not change anything.
func TestOtherSitesCannotWrite(t *testing.T) {
	t.Parallel()
	s, err := Start(Options{})
	require.NoError(t, err)
	defer s.Close()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.Site.Jira+"/_sandbox/faults", strings.NewReader(`{"faults":[]}`))
	require.NoError(t, err)
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	resp.Body.Close()
	assert.Equal(t, http.StatusForbidden, resp.StatusCode)
}

// The demo has about twelve open items of two epics, some flagged, and links
// that lead somewhere.
func TestDemoBacklog(t *testing.T) {
	t.Parallel()
	type issue struct {
		Key    string
		Fields struct {
			Summary   string
			Flagged   bool
			Epic      struct{ Key string }
			IssueType struct{ Name string }
			Reporter  struct{ AccountID, DisplayName string }
			Links     []struct {
				OutwardIssue, InwardIssue struct{ Key string }
			} `json:"issuelinks"`
		}
	}
	var keys, epics, linked []string
	children, flagged := map[string]int{}, 0
	dec := json.NewDecoder(DemoBacklog())
	for dec.More() {
		var i issue
		require.NoError(t, dec.Decode(&i))
		assert.NotEmpty(t, i.Fields.Summary, i.Key)
		keys = append(keys, i.Key)
		if i.Fields.IssueType.Name == "Epic" {
			epics = append(epics, i.Key)
		} else {
			children[i.Fields.Epic.Key]++
		}
		for _, l := range i.Fields.Links {
			linked = append(linked, cmp.Or(l.OutwardIssue.Key, l.InwardIssue.Key))
		}
		if i.Fields.Flagged {
			flagged++
		}
		assert.True(t, slices.ContainsFunc(demoTeam, func(u confluencetest.User) bool {
			return u.AccountID == i.Fields.Reporter.AccountID && u.Display == i.Fields.Reporter.DisplayName
		}), "%s is known in Confluence", i.Fields.Reporter.DisplayName)
	}
	assert.Len(t, epics, 2)
	for _, e := range epics {
		assert.GreaterOrEqual(t, children[e], 5, e)
	}
	assert.GreaterOrEqual(t, flagged, 6)
	assert.Subset(t, keys, linked)
	assert.Equal(t, len(keys), len(slices.Compact(slices.Sorted(slices.Values(keys)))))
}
