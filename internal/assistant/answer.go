package assistant

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// offer adds a tool that runs a command line. The call ends with the server, too:
// the protocol's own context outlives it.
func offer[In any](serving context.Context, s *mcp.Server, o Options, t *mcp.Tool, command func(In) (Command, error)) {
	if schema := o.Results[t.Name]; schema != nil {
		t.OutputSchema = schema
	}
	mcp.AddTool(s, t, func(ctx context.Context, _ *mcp.CallToolRequest, in In) (*mcp.CallToolResult, any, error) {
		c, err := command(in)
		if err != nil {
			return nil, nil, err
		}
		ctx, cancel := context.WithCancelCause(ctx)
		defer cancel(nil)
		defer context.AfterFunc(serving, func() { cancel(context.Cause(serving)) })()
		began := time.Now()
		answer := o.Run(ctx, c)
		o.Log.Info("tool called", "tool", t.Name, "failed", answer.Failed, "ms", time.Since(began).Milliseconds())
		return result(answer), nil, nil
	})
}

// result puts an answer into the protocol's form: its JSON as structured content
// and, for assistants that do not read that, as text; an error in front.
func result(a Answer) *mcp.CallToolResult {
	r := &mcp.CallToolResult{IsError: a.Failed, Content: []mcp.Content{}}
	if a.Failed {
		r.Content = append(r.Content, &mcp.TextContent{Text: a.Notes})
	}
	var compact bytes.Buffer
	if json.Compact(&compact, a.Output) == nil && compact.Len() > 0 {
		r.StructuredContent = json.RawMessage(compact.Bytes())
		r.Content = append(r.Content, &mcp.TextContent{Text: compact.String()})
	}
	if !a.Failed && a.Notes != "" {
		r.Content = append(r.Content, &mcp.TextContent{Text: a.Notes})
	}
	return r
}
