package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/invopop/jsonschema"
	"github.com/mattn/go-isatty"
	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/cobra"

	"refine/internal/assistant"
	"refine/planner/face"
	"refine/planner/ticket"
)

func mcpCommand(a *app) *cobra.Command {
	var allowWrites bool
	c := &cobra.Command{
		Use:   "mcp",
		Short: "Serve check, brief, plan, publish and sync to an assistant",
		Long: `Serves the Model Context Protocol on stdin and stdout, for an assistant to start: the
tools check, brief, plan, publish and sync, with the same results as the commands
have as JSON. publish and sync are dry runs unless --allow-writes is given and the
call says so. The configuration is that of the commands and read anew with each call.`,
		Args: cobra.NoArgs,
	}
	c.Flags().BoolVar(&allowWrites, "allow-writes", false, "let publish and sync write when a call has dry_run false")
	c.RunE = func(c *cobra.Command, _ []string) error { return a.mcp(c.Context(), allowWrites) }
	return c
}

func (a *app) mcp(ctx context.Context, allowWrites bool) error {
	results, err := resultSchemas()
	if err != nil {
		return err
	}
	if in, ok := a.stdin.(*os.File); ok && isatty.IsTerminal(in.Fd()) {
		fmt.Fprintln(a.err, "refine mcp waits for an assistant on stdin, which starts it by itself: see docs/mcp.md. End it with Ctrl-C.")
	}
	err = assistant.Serve(ctx, &mcp.IOTransport{Reader: io.NopCloser(a.stdin), Writer: stays{a.data}}, assistant.Options{
		Version: buildVersion().Version, AllowWrites: allowWrites, Results: results, Run: a.within, Log: a.log,
	})
	if err != nil {
		return fmt.Errorf("serving an assistant: %w", err)
	}
	return nil
}

// stays is a stdout that the protocol's end does not close.
type stays struct{ io.Writer }

func (stays) Close() error { return nil }

// within runs a command line as main does, with streams of its own. What it logs
// is told to both sides: the assistant hears warnings, the operator's log has what
// the operator asked for.
func (a *app) within(ctx context.Context, c assistant.Command) assistant.Answer {
	var out, notes bytes.Buffer
	inner := &app{
		commands: a.commands,
		stdin:    strings.NewReader(c.Stdin), out: newTerminal(&out), data: &out, page: &out, err: newTerminal(&notes),
		dial: a.dial, now: a.now, log: slog.New(slog.DiscardHandler), outer: a.log.Handler(),
	}
	code := inner.execute(ctx, append([]string{"--config=" + a.configFile}, c.Args...))
	return assistant.Answer{Output: out.Bytes(), Notes: strings.TrimSpace(notes.String()), Failed: code != 0}
}

// resultSchemas describe what the tools' commands print.
func resultSchemas() (map[string]json.RawMessage, error) {
	of := map[string]any{"check": &checkResult{}, "plan": &planResult{}, "publish": &planResult{}, "sync": &syncResult{}}
	schemas := map[string]json.RawMessage{}
	for name, v := range of {
		// Keys may be added later: a reader is not to refuse them.
		r := jsonschema.Reflector{Anonymous: true, ExpandedStruct: true, AllowAdditionalProperties: true, Mapper: resultSchema}
		text, err := json.Marshal(r.Reflect(v))
		if err != nil {
			return nil, fmt.Errorf("describing the result of %s: %w", name, err)
		}
		schemas[name] = text
	}
	var brief map[string]json.RawMessage
	if err := json.Unmarshal(face.BriefSchema, &brief); err != nil {
		return nil, fmt.Errorf("describing the result of brief: %w", err)
	}
	brief["type"] = json.RawMessage(`"object"`) // which assistants look for beside $ref
	text, err := json.Marshal(brief)
	schemas["brief"] = text
	return schemas, err
}

// resultSchema describes what is text in JSON though it is no string in Go.
func resultSchema(t reflect.Type) *jsonschema.Schema {
	switch t {
	case reflect.TypeFor[ticket.Date]():
		return &jsonschema.Schema{Type: "string", Description: "2026-11-24, or nothing"}
	case reflect.TypeFor[time.Time]():
		return &jsonschema.Schema{Type: "string", Format: "date-time"}
	}
	return nil
}
