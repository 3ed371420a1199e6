package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/sampled"
)

// An assistantSession is an assistant and the installed program that it started.
type assistantSession struct {
	*mcp.ClientSession
	stderr  *bytes.Buffer
	schemas map[string]*jsonschema.Resolved // of the tools' results
	said    bytes.Buffer                    // all that it got
}

// assists starts refine mcp on the sandbox as an assistant does.
func (g *target) assists(t *testing.T, flags ...string) *assistantSession {
	t.Helper()
	cmd := exec.Command(g.binary, append([]string{"mcp"}, flags...)...)
	cmd.Env = g.environ()
	s := &assistantSession{stderr: new(bytes.Buffer), schemas: map[string]*jsonschema.Resolved{}}
	cmd.Stderr = s.stderr
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	var err error
	s.ClientSession, err = client.Connect(t.Context(), &mcp.CommandTransport{Command: cmd}, nil)
	require.NoError(t, err)
	t.Cleanup(func() {
		assert.NoError(t, s.Close(), "it ends with its client")
		assert.Empty(t, s.stderr.String())
		for _, secret := range secrets(func(name string) string {
			return map[string]string{"REFINE_JIRA_TOKEN": g.Site.Token, "REFINE_JIRA_USER": g.Site.User}[name]
		}) {
			assert.NotContains(t, s.said.String(), secret)
		}
	})
	for tool, err := range s.Tools(t.Context(), nil) {
		require.NoError(t, err)
		written, err := json.Marshal(tool.OutputSchema)
		require.NoError(t, err)
		schema := new(jsonschema.Schema)
		require.NoError(t, json.Unmarshal(written, schema))
		assert.Equal(t, "object", schema.Type, tool.Name)
		s.schemas[tool.Name], err = schema.Resolve(nil)
		require.NoError(t, err)
	}
	return s
}

// calls calls a tool. What comes back holds to the tool's schema, and says the
// same twice.
func (s *assistantSession) calls(t *testing.T, tool string, arguments map[string]any) (result map[string]any, failure string) {
	t.Helper()
	r, err := s.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: arguments})
	require.NoError(t, err)
	text := r.Content[0].(*mcp.TextContent).Text
	s.said.WriteString(text)
	if r.IsError {
		return nil, text
	}
	result = r.StructuredContent.(map[string]any)
	assert.NoError(t, s.schemas[tool].Validate(result), tool)
	var again map[string]any
	require.NoError(t, json.Unmarshal([]byte(text), &again))
	assert.Equal(t, result, again)
	return result, ""
}

// prints is what a command prints as JSON.
func (g *target) prints(t *testing.T, args ...string) (result map[string]any) {
	t.Helper()
	cmd := exec.Command(g.binary, append(args, "--output=json")...)
	cmd.Env = g.environ()
	out, err := cmd.Output()
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(out, &result))
	return result
}

// TestAnAssistantPlaysASession lets an assistant do what the commands do, over the
// installed program's stdin and stdout: the same results, and no write before it
// is allowed and asked for.
func TestAnAssistantPlaysASession(t *testing.T) { // O9 L20 O5
	t.Parallel()
	binary := installed(t)
	for _, deployment := range sampled.Deployments(t.Name()) {
		t.Run(deployment, func(t *testing.T) {
			t.Parallel()
			g := newTarget(t, binary, deployment)
			reader := g.assists(t)
			nothing := g.left(t)

			checked, _ := reader.calls(t, "check", map[string]any{"content": "As a payer, I want to see my invoices, so that I pay in time"})
			assert.Equal(t, "1", checked["items"].([]any)[0].(map[string]any)["key"])

			brief, _ := reader.calls(t, "brief", map[string]any{"epic": "PAY-1"})
			assert.NotEmpty(t, brief["writing"].(map[string]any)["draft_schema"])
			draft := map[string]any{"goal": map[string]any{"text": "We know what keeps PAY-7 from being built."}, "questions": []any{map[string]any{"keys": []any{"PAY-4"}, "text": "PAY-4: “nowhere in it”. Who says so?"}}}
			session := map[string]any{"epic": "PAY-1", "date": "2030-01-08", "draft": draft}
			plan, _ := reader.calls(t, "plan", session)
			assert.Equal(t, "person", plan["draft"].(map[string]any)["by"])
			assert.Contains(t, plan["draft"].(map[string]any)["refused"].([]any)[0].(map[string]any)["reason"], "nowhere in it")
			assert.Equal(t, g.prints(t, "plan", "--keys=PAY-3", "--date=2030-01-08"), first(reader.calls(t, "plan", map[string]any{"keys": []any{"PAY-3"}, "date": "2030-01-08"})))

			published, _ := reader.calls(t, "publish", session)
			assert.Equal(t, "created", published["page"].(map[string]any)["action"], "it would be")
			_, failure := reader.calls(t, "publish", map[string]any{"dry_run": false})
			assert.Contains(t, failure, "--allow-writes")
			_, failure = reader.calls(t, "plan", map[string]any{"epic": "PAY-3"})
			assert.Contains(t, failure, "refine: PAY-3 is a Story, not an epic")
			assert.Equal(t, nothing, g.left(t), "a reader writes nothing")

			writer := g.assists(t, "--allow-writes")
			session["dry_run"] = false
			published, _ = writer.calls(t, "publish", session)
			assert.Equal(t, "created", published["page"].(map[string]any)["action"])
			g.types(t)
			page := map[string]any{"page": published["page"].(map[string]any)["id"]}
			planned, _ := writer.calls(t, "sync", page)
			assert.Contains(t, planned["summary"], "4 changes planned")
			assert.False(t, g.wrote())
			page["dry_run"] = false
			written, _ := writer.calls(t, "sync", page)
			assert.Contains(t, written["summary"], "4 changes (")
			assert.True(t, g.wrote())
		})
	}
}

func first[A, B any](a A, _ B) A { return a }

// An assistant that gives up stops the run before its next request, and the
// server goes on.
func TestAnAssistantGivesUp(t *testing.T) { // O9 S5
	t.Parallel()
	g := newTarget(t, installed(t), "cloud")
	writer := g.assists(t, "--allow-writes")
	calling, giveUp := context.WithCancel(t.Context())
	g.journal.call(1, giveUp)
	_, err := writer.CallTool(calling, &mcp.CallToolParams{Name: "publish", Arguments: map[string]any{"dry_run": false}})
	require.ErrorIs(t, err, context.Canceled)
	_, failure := writer.calls(t, "plan", map[string]any{"keys": []any{"PAY-99999"}})
	assert.Contains(t, failure, "PAY-99999")
	assert.Empty(t, g.Confluence.Pages(), "nothing was published after the cancel")
}

// What is broken in the configuration is told at the call, not by a server that
// does not start.
func TestAnAssistantWithoutAConfiguration(t *testing.T) { // O9
	t.Parallel()
	g := newTarget(t, installed(t), "cloud")
	cmd := exec.Command(g.binary, "mcp", "--config", "absent.yaml")
	client, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), &mcp.CommandTransport{Command: cmd}, nil)
	require.NoError(t, err)
	r, err := client.CallTool(t.Context(), &mcp.CallToolParams{Name: "plan"})
	require.NoError(t, err)
	assert.True(t, r.IsError)
	text := r.Content[0].(*mcp.TextContent).Text
	assert.True(t, strings.Contains(text, "absent.yaml") && strings.Contains(text, "\ntry: "), text)
	require.NoError(t, client.Close())
}
