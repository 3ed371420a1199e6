package config

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMain hides the machine's own settings from the tests.
func TestMain(m *testing.M) {
	for _, v := range Variables() {
		os.Unsetenv(v.Name)
	}
	os.Exit(m.Run())
}

const least = `
jira: {url: "https://acme.atlassian.net/", auth: {user: me@acme.example, token: s3cret}}
confluence: {space: PAY}
`

func write(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), FileName)
	require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	return name
}

func TestLeastConfiguration(t *testing.T) {
	t.Parallel()
	c, err := Load(write(t, least))
	require.NoError(t, err)

	assert.Equal(t, "refine", c.Owner)
	assert.Equal(t, "https://acme.atlassian.net", c.Jira.URL)
	assert.Equal(t, "https://acme.atlassian.net/wiki", c.Confluence.URL)
	assert.Equal(t, Basic, c.Jira.Auth.Type)
	assert.Equal(t, c.Jira.Auth, c.Confluence.Auth)
	assert.Equal(t, Auto, c.Jira.Deployment)
	assert.Equal(t, 30*time.Second, c.HTTP.Timeout)

	require.Len(t, c.Teams, 1)
	team := c.Teams[0]
	assert.Equal(t, "PAY", team.Name)
	assert.Equal(t, "PAY", team.Page.Space)
	assert.True(t, team.Backlog.OnlyFlagged())
	assert.Equal(t, 40, team.Backlog.Limit)
	assert.Equal(t, 90*time.Minute, team.Session.Duration)
	assert.Equal(t, time.UTC, team.Session.Location())
	assert.False(t, team.Schedule.Recurs())
	hour, minute := team.Session.Clock()
	assert.Equal(t, [2]int{10, 0}, [2]int{hour, minute})
}

// L16 L17: objectives and sizes are what was typed.
func TestSessionOfTheFile(t *testing.T) {
	t.Parallel()
	c, err := Load(write(t, least+`
teams:
  - name: A
    session:
      format: popm
      estimation: {scale: t-shirt, sizes: [{name: S, points: 2}, {name: M, points: 3.5}, {name: 5}], poker_url: "https://poker.example/acme"}
      objectives: [{id: Q4-1, text: Fewer late payments}, {page: 4711}]
`))
	require.NoError(t, err)
	s := c.Teams[0].Session
	assert.Equal(t, Estimation{"t-shirt", []Size{{"S", 2}, {"M", 3.5}, {"5", 0}}, "https://poker.example/acme"}, s.Estimation)
	assert.Equal(t, []Objective{{ID: "Q4-1", Text: "Fewer late payments"}, {Page: "4711"}}, s.Objectives)
}

func TestTeamOfTheFile(t *testing.T) {
	t.Parallel()
	c, err := Load(write(t, least+`
teams:
  - name: Checkout Crew
    backlog: {jql: "project = PAY", label: to-refine, board: 12, limit: 7}
    session: {duration: 60m, presenters: [Dana, 007]}
    schedule: {rrule: FREQ=WEEKLY;BYDAY=TU, start: 2026-01-06T14:30, timezone: Europe/Berlin, lead: 2h}
    page: {space: TEAM, parent: Sessions}
`))
	require.NoError(t, err)
	team, err := c.Team("")
	require.NoError(t, err)

	assert.Equal(t, "Checkout Crew", team.Name, "names keep their case")
	assert.Equal(t, []string{"Dana", "007"}, team.Session.Presenters, "names are what was typed")
	assert.False(t, team.Backlog.OnlyFlagged(), "a label selects instead of the flag")
	assert.Equal(t, "12", team.Backlog.Board, "an id needs no quotation marks")
	assert.Equal(t, 7, team.Backlog.Limit)
	assert.Equal(t, "TEAM", team.Page.Space)
	assert.Equal(t, 2*time.Hour, team.Schedule.Lead)
	assert.Equal(t, "14:30", team.Session.Start, "follows from the schedule")
	assert.Equal(t, "Europe/Berlin", team.Session.Location().String())
	assert.Equal(t, "2026-01-06T14:30:00+01:00", team.Schedule.First().Format(time.RFC3339))
}

func TestChoosingATeam(t *testing.T) {
	t.Parallel()
	c := Config{Teams: []Team{{Name: "A"}, {Name: "B"}}}
	team, err := c.Team("B")
	require.NoError(t, err)
	assert.Equal(t, "B", team.Name)
	_, err = c.Team("")
	assert.EqualError(t, err, "which team? one of A, B")
	_, err = c.Team("C")
	assert.EqualError(t, err, `there is no team "C"`)
}

func TestExplicitFlagWins(t *testing.T) {
	t.Parallel()
	assert.True(t, Backlog{Flagged: new(true), Label: "x"}.OnlyFlagged())
	assert.False(t, Backlog{Flagged: new(false)}.OnlyFlagged())
	assert.False(t, Backlog{Board: "7"}.OnlyFlagged(), "a board selects instead of the flag")
	assert.True(t, Backlog{JQL: "project = PAY"}.OnlyFlagged(), "a base query alone narrows the flagged items")
}

// What is wrong is said all at once, each fault with its line and its key.
func TestFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"unknown keys", "jira:\n  ulr: x\n  auth: {tokn: a}\nbogus_thing: 1", []string{
			":2: jira.ulr: unknown key; did you mean url?",
			":3: jira.auth.tokn: unknown key; did you mean token?",
			":4: bogus_thing: unknown key; known here: confluence, fields, health, http, jira, model, owner, serve, store, teams",
			"jira.url: missing; as environment: REFINE_JIRA_URL",
		}},
		{"case matters", "Jira: {}", []string{":1: Jira: unknown key; did you mean jira?"}},
		{"wrong shapes", "jira: https://x\nteams: {name: a}\nfields: [x, ]\nowner: [a]\nhttp: {timeout: 30}", []string{
			":1: jira: must be a mapping, not a single value",
			":2: teams: must be a list, not a mapping",
			":3: fields[0]: must be a mapping, not a single value",
			":4: owner: must be a single value, not a list",
			`:5: http.timeout: "30" is no duration such as 30s, 90m or 24h`,
		}},
		{"wrong types in a list", least + "teams:\n  - name: A\n    backlog: {flagged: perhaps, limit: 4x}\n  -\n  - {name: B, backlog: {limit: 0}, schedule: {lead: 0s}}\n", []string{
			`teams[0].backlog.flagged: "perhaps" is neither true nor false`,
			`teams[0].backlog.limit: "4x" is no whole number`,
			"teams[1]: is empty",
			"teams[2].backlog.limit: must be 1 or more",
			`teams[2].schedule.lead: "0s" is no duration`,
		}},
		{"given twice", least + "owner: a\nowner: b\n", []string{":5: owner: given twice"}},
		{"values", `
owner: a b
jira: {url: "https://me:pw@x.example", deployment: clowd, auth: {type: digest, token: a, token_file: b}}
confluence: {url: "x.example/wiki?a=1", space: A}
http: {client_cert: a, proxy: "ftp://x"}
fields: [{name: points, field: ""}]
`, []string{
			":2: owner: must be 1 to 64",
			":3: jira.url: has credentials in it",
			":3: jira.deployment: must be auto or cloud or datacenter",
			":3: jira.auth.type: must be basic or scoped or bearer or oauth2",
			":3: jira.auth: more than one of token, token_file and token_command",
			":4: confluence.url: must be an address such as",
			"http.client_key: missing",
			":5: http.proxy: must be an address",
			":6: fields[0].name: must be one of acceptance_criteria,",
			":6: fields[0].field: missing",
		}},
		{"teams", least + `
teams:
  - {name: A, session: {duration: 3m, start: 25:00, timezone: Mars/Olympus, format: poker}}
  - {name: A, schedule: {rrule: FREQ=HOURLY}}
  - {name: "", schedule: {cron: "0 10 * *", rrule: x}}
  - {name: C, schedule: {cron: "0 10 * *"}}
  - {name: D, schedule: {lead: 3h, start: tomorrow}}
  - {name: E, schedule: {rrule: FREQ=FOO, start: 2026-01-06T10:00, timezone: UTC}, session: {timezone: Europe/Rome}}
  - {name: F, backlog: {limit: 501}}
  - {name: G, session: {format: weekly, duration: 60m}}
  - {name: H, session: {format: popm, guide_file: our.md}}
  - {name: I, session: {estimation: {scale: hours, sizes: [{name: S}, {points: 2}, {name: S, points: x}], poker_url: poker}}}
  - {name: J, session: {objectives: [{text: A, page: B}, {id: O-1}, {page: P, id: O-2}]}}
`, []string{
			"teams[0].session.duration: must be whole minutes, from 15m to 8h",
			"teams[0].session.start: must be a clock time such as 10:00",
			`teams[0].session.timezone: unknown time zone "Mars/Olympus"`,
			"teams[0].session.format: must be guide or popm or weekly",
			"teams[1].name: a second team named A",
			"teams[1].schedule.rrule: more than one session a day",
			":7: teams[1].schedule.start: missing",
			"teams[2].name: missing",
			"teams[2].schedule: both rrule and cron",
			"teams[3].schedule.cron: must be five cron fields",
			"teams[4].schedule: neither rrule nor cron",
			"teams[4].schedule.start: must be like 2026-01-06T10:00",
			"teams[5].schedule.rrule: is no RFC 5545 rule",
			"teams[5].schedule.timezone: differs from the session's, Europe/Rome",
			"teams[6].backlog.limit: must be 1 to 500",
			":13: teams[7].session.duration: must be 30m to 45m for weekly",
			":14: teams[8].session.guide_file: beside a format",
			"teams[9].session.estimation.scale: must be points or t-shirt",
			"teams[9].session.estimation.poker_url: must be an address",
			"teams[9].session.estimation.sizes[0].points: missing: the name S is no number",
			"teams[9].session.estimation.sizes[1].name: missing",
			`teams[9].session.estimation.sizes[2].points: "x" is no number above 0`,
			"teams[10].session.objectives[0]: both text and page",
			"teams[10].session.objectives[1]: neither text nor page",
			"teams[10].session.objectives[2].id: beside a page",
		}},
		{"a model", least + "model: {provider: openaai, base_url: 'https://me:pw@x.example', key: a, key_file: b}\n", []string{
			":4: model.provider: must be none or openai or anthropic",
			":4: model.base_url: has credentials in it",
			":4: model: more than one of key, key_file and key_command",
		}},
		{"a model without key and name", least + "model: {provider: anthropic}\n", []string{
			"model.model: missing; as environment: REFINE_MODEL_MODEL", "model.key: missing; as environment: REFINE_MODEL_KEY",
		}},
		{"a model's name", least + "model: {model: \"a\\nb\"}\n", []string{":4: model.model: must be the name of a model"}},
		{"a team without a name", least + "teams:\n  - backlog: {limit: 7}\n", []string{":5: teams[0].name: missing"}},
		{"nothing at all", "# empty", []string{
			"jira.url: missing", "jira.auth.token: missing; as environment: REFINE_JIRA_TOKEN",
			"confluence.url: missing", "confluence.space: missing; as environment: REFINE_CONFLUENCE_SPACE",
		}},
		{"Cloud without a user", "jira: {url: 'https://a.atlassian.net', auth: {token: t}}\nconfluence: {space: A}", []string{
			"jira.auth.user: missing",
		}},
		{"no YAML", "jira: [", []string{"yaml:"}},
		{"a tab", "jira:\n\turl: x", []string{"yaml:", "a line begins with a tab"}},
		{"two documents", least + "---\n" + least, []string{"more than one YAML document"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := Load(write(t, tt.text))
			assert.Nil(t, c)
			require.Error(t, err)
			for _, want := range tt.want {
				assert.ErrorContains(t, err, want)
			}
			assert.NotContains(t, err.Error(), "pw")
		})
	}
}

// A fault hides no other one: as many faults as lines in the message.
func TestFaultsAreJoined(t *testing.T) {
	t.Parallel()
	_, err := Load(write(t, least+"owner: a b\nbogus: 1\n"))
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.Len(t, e.Faults, 2)
	assert.NotEmpty(t, e.Hint())
	assert.Len(t, strings.Split(err.Error(), "\n"), 2)
}

func TestAnchors(t *testing.T) {
	t.Parallel()
	c, err := Load(write(t, least+`
teams:
  - &team {name: A, session: &s {duration: 45m}}
  - {<<: *team, name: B}
  - {name: C, session: *s}
`))
	require.NoError(t, err)
	for _, team := range c.Teams {
		assert.Equal(t, 45*time.Minute, team.Session.Duration, team.Name)
	}
}

func TestEnvironmentIsEnough(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	t.Setenv("REFINE_JIRA_URL", "http://127.0.0.1:1/jira")
	t.Setenv("REFINE_JIRA_USER", "me@acme.example")
	t.Setenv("REFINE_JIRA_TOKEN", "s3cret")
	t.Setenv("REFINE_CONFLUENCE_URL", "http://127.0.0.1:2/wiki")
	t.Setenv("REFINE_CONFLUENCE_SPACE", "PAY")
	t.Setenv("REFINE_HTTP_TIMEOUT", "5s")

	c, err := Load("")
	require.NoError(t, err)
	assert.Empty(t, c.File)
	assert.Equal(t, "http://127.0.0.1:1/jira", c.Jira.URL)
	assert.Equal(t, "s3cret", c.Jira.Auth.Token.Reveal())
	assert.Equal(t, 5*time.Second, c.HTTP.Timeout)
	assert.Equal(t, "PAY", c.Teams[0].Name)
}

func TestEnvironmentWins(t *testing.T) {
	t.Setenv("REFINE_OWNER", "acme")
	t.Setenv("REFINE_JIRA_AUTH_USER", "other@acme.example")
	t.Setenv("REFINE_JIRA_TOKEN_COMMAND", "echo other")
	t.Setenv("REFINE_CONFLUENCE_TOKEN", "theirs")
	c, err := Load(write(t, least))
	require.NoError(t, err)
	assert.Equal(t, "acme", c.Owner)
	assert.Equal(t, "other@acme.example", c.Jira.Auth.User)
	assert.True(t, c.Jira.Auth.Token.IsZero(), "the file's token gives way")
	jira, confluence, err := c.Tokens(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "other", jira.Reveal())
	assert.Equal(t, "theirs", confluence.Reveal())
	assert.Equal(t, Bearer, c.Confluence.Auth.Type)
}

func TestEnvironmentFaults(t *testing.T) {
	t.Setenv("REFINE_HTTP_TIMEOUT", "soon")
	t.Setenv("REFINE_JIRA_URL", "acme")
	_, err := Load(write(t, least))
	assert.ErrorContains(t, err, `REFINE_HTTP_TIMEOUT: http.timeout: "soon" is no duration`)
	assert.ErrorContains(t, err, "REFINE_JIRA_URL: jira.url: must be an address")
}

func TestStrays(t *testing.T) {
	t.Parallel()
	strays := new(Config).Strays([]string{"HOME=/root", "REFINE_JIRA_TOKEN=a", "REFINE_JIRA_TOKN=s3cret", "REFINE_CONFLUENCE_SPAEC=PAY"})
	assert.Equal(t, []Stray{
		{"REFINE_CONFLUENCE_SPAEC", "REFINE_CONFLUENCE_SPACE"}, {"REFINE_JIRA_TOKN", "REFINE_JIRA_TOKEN"},
	}, strays)
}

func TestFileOfTheUser(t *testing.T) {
	home := t.TempDir()
	t.Chdir(t.TempDir())
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
	dir, err := os.UserConfigDir()
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "refine"), 0o755))
	name := filepath.Join(dir, "refine", FileName)
	require.NoError(t, os.WriteFile(name, []byte(least), 0o600))

	c, err := Load("")
	require.NoError(t, err)
	assert.Equal(t, name, c.File)

	require.NoError(t, os.WriteFile(FileName, []byte(least), 0o600))
	c, err = Load("")
	require.NoError(t, err)
	assert.Equal(t, FileName, c.File, "the one here comes first")
}

// Variables alone have to do where the account has no folder of its own.
func TestNoFolderOfTheUser(t *testing.T) { // A18
	t.Chdir(t.TempDir())
	for name, value := range map[string]string{
		"JIRA_URL": "https://acme.atlassian.net", "JIRA_USER": "me@acme.example", "JIRA_TOKEN": "s3cret", "CONFLUENCE_SPACE": "PAY",
	} {
		t.Setenv("REFINE_"+name, value)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	loop := filepath.Join(dir, "loop")
	require.NoError(t, os.Symlink(loop, loop))
	for name, home := range map[string]string{"a file": file, "absent": filepath.Join(dir, "absent"), "unset": "", "a device": "/dev/null", "a loop": loop, "long": "/" + strings.Repeat("x", 5000)} {
		for _, variable := range []string{"HOME", "XDG_CONFIG_HOME"} {
			t.Run(name+" in "+variable, func(t *testing.T) {
				t.Setenv("HOME", filepath.Join(dir, "home"))
				t.Setenv("XDG_CONFIG_HOME", "")
				t.Setenv(variable, home)
				c, err := Load("")
				require.NoError(t, err)
				assert.Empty(t, c.File)
			})
		}
	}
}

func TestAbsentFile(t *testing.T) {
	t.Parallel()
	_, err := Load(filepath.Join(t.TempDir(), "absent.yaml"))
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

// A configuration is a file of some size, or what a command writes into a pipe.
func TestFilesThatAreNone(t *testing.T) { // A18
	t.Parallel()
	dir := t.TempDir()
	for name, says := range map[string]string{
		dir:                     " is a folder, not a file",
		"/dev/zero":             "/dev/zero holds more than 4096 KiB",
		filepath.Join(dir, "x"): "no such file",
	} {
		_, err := Load(name)
		var e *Error
		require.ErrorAs(t, err, &e, name)
		assert.ErrorContains(t, err, says)
		assert.Contains(t, e.Hint(), "--config")
	}
}

// A name with something in it that people do not see is not known to a service,
// which would say only that.
func TestNamesThatAreNotSeen(t *testing.T) { // R16
	t.Parallel()
	for _, stray := range []string{"\u200b", "\ufeff", "\u00a0", "\r", "\t", "\u202c", " "} {
		text := fmt.Sprintf("jira: {url: http://x.example, auth: {user: %q, token: s3cret}}\nconfluence: {url: http://y.example, space: %q}\nteams: [{name: A, page: {space: %q}}]",
			"me@acme.example"+stray, stray+"PAY", "P"+strings.TrimSpace(stray)+"Y"+stray)
		_, err := Load(write(t, text))
		for _, key := range []string{"jira.auth.user", "confluence.space", "teams[0].page.space"} {
			assert.ErrorContains(t, err, key+": has an invisible character in it, U+", "%q", stray)
		}
	}
	_, err := Load(write(t, "jira: {url: http://x.example, auth: {user: John Doe, token: s3cret}}\nconfluence: {url: http://y.example, space: PAY}"))
	assert.NoError(t, err, "accounts of a directory have such names")
}

func TestConfluenceAddress(t *testing.T) {
	t.Parallel()
	tests := []struct{ jira, want string }{
		{"https://acme.atlassian.net", "https://acme.atlassian.net/wiki"},
		{"https://ACME.Atlassian.NET", "https://ACME.Atlassian.NET/wiki"},
		{"https://api.atlassian.com/ex/jira/1-2", "https://api.atlassian.com/ex/confluence/1-2/wiki"},
		{"https://jira.acme.example/jira", ""},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, cloudConfluence(tt.jira))
	}
}

func TestExampleIsValid(t *testing.T) {
	t.Setenv("REFINE_JIRA_TOKEN", "s3cret")
	c, err := Load(write(t, Example))
	require.NoError(t, err)
	assert.Equal(t, "Payments", c.Teams[0].Name)
}
