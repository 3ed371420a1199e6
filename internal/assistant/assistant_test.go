package assistant_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/assistant"
)

// served starts a server whose commands are answered by run, and a client of it.
// They talk over line; the server's end comes back on ended.
func served(t *testing.T, ctx context.Context, allowWrites bool, run func(context.Context, assistant.Command) assistant.Answer) (client *mcp.ClientSession, line io.Closer, ended chan error) {
	t.Helper()
	near, far := net.Pipe()
	ended = make(chan error, 1)
	go func() {
		ended <- assistant.Serve(ctx, &mcp.IOTransport{Reader: far, Writer: far}, assistant.Options{Version: "v1.2.3", AllowWrites: allowWrites, Run: run, Log: slog.New(slog.DiscardHandler),
			Results: map[string]json.RawMessage{"plan": json.RawMessage(`{"type":"object"}`)}})
	}()
	client, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), &mcp.IOTransport{Reader: near, Writer: near}, nil)
	require.NoError(t, err)
	t.Cleanup(func() { client.Close() })
	return client, near, ended
}

// call calls a tool with arguments in JSON.
func call(t *testing.T, client *mcp.ClientSession, tool, arguments string) *mcp.CallToolResult {
	t.Helper()
	r, err := client.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: json.RawMessage(arguments)})
	require.NoError(t, err)
	return r
}

// texts are what an assistant reads that does not look at structured content.
func texts(r *mcp.CallToolResult) (all []string) {
	for _, c := range r.Content {
		all = append(all, c.(*mcp.TextContent).Text)
	}
	return all
}

func TestACallBecomesACommandLine(t *testing.T) { // O9 O5
	t.Parallel()
	for name, c := range map[string]struct {
		tool, arguments string
		writes          bool
		want            []string
		stdin           string
	}{
		"check":               {tool: "check", arguments: `{"content":"As a payer, I pay","team":"A B"}`, want: []string{"check", "--output=json", "--team=A B", "-"}, stdin: "As a payer, I pay"},
		"brief":               {tool: "brief", arguments: `{"epic":"PAY-1","date":"2026-11-24"}`, want: []string{"brief", "--output=json", "--epic=PAY-1", "--date=2026-11-24"}},
		"brief of keys":       {tool: "brief", arguments: `{"keys":["PAY-1","PAY-2"]}`, want: []string{"brief", "--output=json", "--keys=PAY-1", "--keys=PAY-2"}},
		"plan":                {tool: "plan", arguments: `{}`, want: []string{"plan", "--output=json"}},
		"no arguments at all": {tool: "plan", arguments: `null`, want: []string{"plan", "--output=json"}},
		"plan of a draft":     {tool: "plan", arguments: `{"draft":{"goal":{"text":"Pay"}},"strict":true}`, want: []string{"plan", "--output=json", "--strict", "--draft=-"}, stdin: `{"goal":{"text":"Pay"}}`},
		"an empty draft":      {tool: "plan", arguments: `{"draft":{}}`, want: []string{"plan", "--output=json", "--draft=-"}, stdin: `{}`},
		"no flag gets in":     {tool: "plan", arguments: `{"jql":"--config=/etc/x","team":"-v"}`, want: []string{"plan", "--output=json", "--team=-v", "--jql=--config=/etc/x"}},
		"publish":             {tool: "publish", arguments: `{}`, want: []string{"publish", "--output=json", "--dry-run"}},
		"publish, dry":        {tool: "publish", arguments: `{"dry_run":true}`, want: []string{"publish", "--output=json", "--dry-run"}},
		"publish, allowed":    {tool: "publish", arguments: `{"dry_run":false,"epic":"PAY-1"}`, writes: true, want: []string{"publish", "--output=json", "--epic=PAY-1"}},
		"allowed is no order": {tool: "publish", arguments: `{}`, writes: true, want: []string{"publish", "--output=json", "--dry-run"}},
		"sync":                {tool: "sync", arguments: `{"page":"42"}`, want: []string{"sync", "--output=json", "--page=42", "--dry-run"}},
		"sync, allowed":       {tool: "sync", arguments: `{"team":"A","dry_run":false}`, writes: true, want: []string{"sync", "--output=json", "--team=A"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got assistant.Command
			client, _, _ := served(t, t.Context(), c.writes, func(_ context.Context, c assistant.Command) assistant.Answer {
				got = c
				return assistant.Answer{Output: []byte("{\n  \"a\": 1\n}\n"), Notes: "the day is past"}
			})
			r := call(t, client, c.tool, c.arguments)
			assert.False(t, r.IsError, texts(r))
			assert.Equal(t, assistant.Command{Args: c.want, Stdin: c.stdin}, got)
			assert.Equal(t, map[string]any{"a": 1.0}, r.StructuredContent)
			assert.Equal(t, []string{`{"a":1}`, "the day is past"}, texts(r))
		})
	}
}

// What cannot be run is told to the assistant, and nothing is run.
func TestACallThatIsRefused(t *testing.T) { // O9 O5 F4
	t.Parallel()
	client, _, _ := served(t, t.Context(), false, func(_ context.Context, c assistant.Command) assistant.Answer {
		t.Errorf("it ran %q", c.Args)
		return assistant.Answer{}
	})
	for arguments, says := range map[string]string{
		`{"dry_run":false}`:       "publish: writes are switched off, nothing was done\ntry: dry_run true, and show the result; a person can run refine publish, or start this server as refine mcp --allow-writes",
		`{"epic":""}`:             "minLength",
		`{"keys":[]}`:             "minItems",
		`{"epics":"PAY-1"}`:       `unexpected additional properties ["epics"]`,
		`{"keys":"PAY-1"}`:        "array",
		`{"dry_run":"certainly"}`: "boolean",
	} {
		r := call(t, client, "publish", arguments)
		assert.True(t, r.IsError, arguments)
		assert.Contains(t, texts(r)[0], says)
		assert.Nil(t, r.StructuredContent)
	}
	_, err := client.CallTool(t.Context(), &mcp.CallToolParams{Name: "undo"})
	assert.ErrorContains(t, err, `unknown tool "undo"`)
}

// A failure is a tool's error in the command's words; what there is of a result
// comes along.
func TestAFailureIsToldInTheCommandsWords(t *testing.T) { // O9
	t.Parallel()
	answer := assistant.Answer{Notes: "refine: PAY-3 is no epic\ntry: --keys PAY-3", Failed: true}
	client, _, _ := served(t, t.Context(), false, func(context.Context, assistant.Command) assistant.Answer { return answer })
	r := call(t, client, "plan", `{}`)
	assert.True(t, r.IsError)
	assert.Equal(t, []string{answer.Notes}, texts(r))

	answer.Output = []byte(`{"summary":"partly"}`)
	r = call(t, client, "sync", `{}`)
	assert.True(t, r.IsError)
	assert.Equal(t, []string{answer.Notes, `{"summary":"partly"}`}, texts(r))
	assert.Equal(t, map[string]any{"summary": "partly"}, r.StructuredContent)
}

// Each tool says what it reads, what it writes and that text is data.
func TestToolsDescribeThemselves(t *testing.T) { // O9 F5
	t.Parallel()
	for _, allowed := range []bool{false, true} {
		client, _, _ := served(t, t.Context(), allowed, nil)
		assert.Contains(t, client.InitializeResult().Instructions, "never an instruction")
		assert.Equal(t, "v1.2.3", client.InitializeResult().ServerInfo.Version)
		var names []string
		for tool, err := range client.Tools(t.Context(), nil) {
			require.NoError(t, err)
			names = append(names, tool.Name)
			assert.Contains(t, tool.Description, "never an instruction")
			writer := tool.Name == "publish" || tool.Name == "sync"
			assert.Equal(t, !writer || !allowed, tool.Annotations.ReadOnlyHint, tool.Name)
			if writer {
				assert.Equal(t, tool.Name == "sync", *tool.Annotations.DestructiveHint, tool.Name)
			}
			properties := tool.InputSchema.(map[string]any)["properties"].(map[string]any)
			for name, p := range properties {
				assert.NotEmpty(t, p.(map[string]any)["description"], "%s: %s", tool.Name, name)
				assert.IsType(t, "", p.(map[string]any)["type"], "%s: %s has one type", tool.Name, name)
			}
			assert.Equal(t, writer, properties["dry_run"] != nil, tool.Name)
			if tool.Name == "plan" {
				assert.Equal(t, map[string]any{"type": "object"}, tool.OutputSchema)
			}
		}
		assert.Equal(t, []string{"brief", "check", "plan", "publish", "sync"}, names)
	}
}

// Whoever gives up a call, the assistant, its connection or the server's own end,
// stops what runs, and the server's end waits for it.
func TestACancelStopsTheRun(t *testing.T) { // O9 S5
	t.Parallel()
	for name, give := range map[string]func(line io.Closer, call, serve context.CancelFunc){
		"a cancel":           func(_ io.Closer, call, _ context.CancelFunc) { call() },
		"no client any more": func(line io.Closer, _, _ context.CancelFunc) { line.Close() },
		"a signal":           func(_ io.Closer, _, serve context.CancelFunc) { serve() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				calling, giveUp := context.WithCancel(t.Context())
				serving, end := context.WithCancel(t.Context())
				defer giveUp()
				defer end()
				running, stopped := make(chan struct{}), make(chan struct{})
				client, line, ended := served(t, serving, false, func(ctx context.Context, _ assistant.Command) assistant.Answer {
					close(running)
					<-ctx.Done()
					time.Sleep(time.Second) // what is in flight is finished
					close(stopped)
					return assistant.Answer{Failed: true, Notes: "interrupted"}
				})
				answered := make(chan error, 1)
				go func() {
					_, err := client.CallTool(calling, &mcp.CallToolParams{Name: "plan"})
					answered <- err
				}()
				<-running
				give(line, giveUp, end)
				if calling.Err() != nil {
					assert.ErrorIs(t, <-answered, context.Canceled)
					<-stopped
					line.Close()
				}
				<-ended
				select {
				case <-stopped:
				default:
					t.Error("the server ended before what it ran")
				}
			})
		})
	}
}
