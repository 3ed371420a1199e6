package assistant

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// checkInput has the tickets or stories themselves: a server that opens files for
// an assistant would open any.
type checkInput struct {
	Content string `json:"content" jsonschema:"issues as Jira's REST API writes them (one JSON object a line, a list of them, or the answer of a search), or user stories, one a line of text"`
	Team    string `json:"team,omitempty" jsonschema:"name of the team whose Definition of Ready counts; without it the default one does"`
}

func (in checkInput) command() (Command, error) {
	return Command{Args: arguments("check", option{"team", in.Team}, "-"), Stdin: in.Content}, nil
}

// selection says which session is meant.
type selection struct {
	Team string   `json:"team,omitempty" jsonschema:"name of the team; needed where the configuration has several"`
	Epic string   `json:"epic,omitempty" jsonschema:"key of an epic, such as PAY-1, whose open children are the items; of epic, jql and keys choose one, or none for the team's flagged items"`
	JQL  string   `json:"jql,omitempty" jsonschema:"JQL query for the items, within the team's own"`
	Keys []string `json:"keys,omitempty" jsonschema:"keys of the items, such as PAY-7"`
	Date string   `json:"date,omitempty" jsonschema:"day of the session, such as 2026-11-24; without it the next scheduled one, else the next working day"`
}

func (in selection) options() (all []any) {
	all = []any{option{"team", in.Team}, option{"epic", in.Epic}, option{"jql", in.JQL}, option{"date", in.Date}}
	for _, key := range in.Keys {
		all = append(all, option{"keys", key})
	}
	return all
}

type briefInput struct{ selection }

func (in briefInput) command() (Command, error) {
	return Command{Args: arguments("brief", in.options()...)}, nil
}

type planInput struct {
	selection
	Draft  map[string]any `json:"draft,omitempty" jsonschema:"your words for the plan, in the form that brief gives as writing.draft_schema; each line is held against the tickets, and those that do not stand come back in draft.refused"`
	Strict bool           `json:"strict,omitempty" jsonschema:"with a draft: make nothing of it if a line does not stand"`
}

func (in planInput) command() (Command, error) { return in.of("plan") }

func (in planInput) of(name string) (Command, error) {
	c := Command{Args: arguments(name, in.options()...)}
	if in.Strict {
		c.Args = append(c.Args, "--strict")
	}
	if in.Draft == nil {
		return c, nil
	}
	draft, err := json.Marshal(in.Draft)
	c.Args, c.Stdin = append(c.Args, "--draft=-"), string(draft)
	return c, err
}

// writing is whether a call is to write: one that says nothing is a dry run.
type writing struct {
	DryRun *bool `json:"dry_run,omitempty"`
}

type publishInput struct {
	planInput
	writing
}

func (in publishInput) command() (Command, error) { return in.of("publish") }

type syncInput struct {
	Team string `json:"team,omitempty" jsonschema:"name of the team; needed where the configuration has several"`
	Page string `json:"page,omitempty" jsonschema:"id or address of the session's page; without page, date and epic it is the team's latest session that has begun"`
	Date string `json:"date,omitempty" jsonschema:"day of the session, such as 2026-11-24"`
	Epic string `json:"epic,omitempty" jsonschema:"key of the epic that the session was about"`
	writing
}

func (in syncInput) command() (Command, error) {
	return Command{Args: arguments("sync", option{"team", in.Team}, option{"page", in.Page}, option{"date", in.Date}, option{"epic", in.Epic})}, nil
}

// An option is a flag with a value; an empty one was not given.
type option struct{ name, value string }

// arguments put a command line together. A value stays one word with its flag,
// whatever it holds.
func arguments(command string, rest ...any) []string {
	args := []string{command, "--output=json"}
	for _, r := range rest {
		switch r := r.(type) {
		case string:
			args = append(args, r)
		case option:
			if r.value != "" {
				args = append(args, "--"+r.name+"="+r.value)
			}
		}
	}
	return args
}

func addTools(ctx context.Context, s *mcp.Server, o Options) error {
	return errors.Join(
		add[checkInput](ctx, s, o, &mcp.Tool{Name: "check", Title: "Check tickets or stories for readiness", Description: `Say what keeps tickets or user stories from being ready for a sprint: by rule of the team's Definition of Ready, with the words that
it is about, and by INVEST. Offline: it reads what is handed in and asks nobody. ` + isData}),
		add[briefInput](ctx, s, o, &mcp.Tool{Name: "brief", Title: "What is known of a session", Description: `Read all that a plan of a refinement session can be written from: the tickets with their texts, comments and links, what of the
Definition of Ready they do not meet, the doubts that they leave, and under "writing" how a draft is written and its schema. Writes
nothing. Call it before you word a plan. ` + isData}),
		add[planInput](ctx, s, o, &mcp.Tool{Name: "plan", Title: "Make the plan of a session", Description: `Make the plan of a refinement session: agenda with minutes, key points, questions, readiness of each item. Writes nothing. Without a
draft the words are built in or a configured model's; with one they are yours, line by line held against the tickets. ` + isData}),
		addWriting[publishInput](ctx, s, o, &mcp.Tool{Name: "publish", Title: "Publish the plan as a page", Description: `Make the plan and publish it as a Confluence page, or bring the session's page up to date; what people wrote on it stays. Takes what
plan takes. ` + isData}, "say what would become of the page, and write nothing"),
		addWriting[syncInput](ctx, s, o, &mcp.Tool{Name: "sync", Title: "Write decisions back to the tickets", Description: `Read what people decided on a session's page and write it to the tickets: one comment per ticket, and links. Where the team's settings
say so it also sets fields, flag, labels and status, and makes issues of action items and split stories. Lines that belong to no ticket come back as "unattributed", text that only looks like an action as "suggestions". ` + isData}, "say what would be written, and write nothing"),
	)
}

// A toolInput is the arguments of a call, which become a command line.
type toolInput interface{ command() (Command, error) }

// add offers a tool that never writes.
func add[In toolInput](ctx context.Context, s *mcp.Server, o Options, t *mcp.Tool) error {
	t.Annotations = &mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true}
	schema, err := inputSchema[In]()
	if err != nil {
		return fmt.Errorf("tool %s: %w", t.Name, err)
	}
	t.InputSchema = schema
	offer(ctx, s, o, t, func(in In) (Command, error) { return in.command() })
	return nil
}

// addWriting offers a tool that writes where that was switched on and the call
// asks for it.
func addWriting[In interface {
	toolInput
	dryRun() bool
}](ctx context.Context, s *mcp.Server, o Options, t *mcp.Tool, dry string) error {
	destructive := t.Name == "sync" // which may set fields and status; a publish changes what refine made itself
	t.Annotations = &mcp.ToolAnnotations{ReadOnlyHint: !o.AllowWrites, DestructiveHint: &destructive, IdempotentHint: true}
	schema, err := inputSchema[In]()
	if err != nil {
		return fmt.Errorf("tool %s: %w", t.Name, err)
	}
	said, property := "Writes only with dry_run false. ", "true: "+dry+"; false: do it, after the person that you work for has seen the dry run"
	if !o.AllowWrites {
		said, property = "Writes are switched off here: it is always a dry run. ", "true: "+dry+"; anything else is switched off here"
	}
	t.Description = said + t.Description
	schema.Properties["dry_run"].Description = property
	schema.Properties["dry_run"].Default = json.RawMessage("true")
	t.InputSchema = schema
	offer(ctx, s, o, t, func(in In) (Command, error) {
		c, err := in.command()
		switch {
		case in.dryRun():
			c.Args = append(c.Args, "--dry-run")
		case !o.AllowWrites:
			err = errors.Join(err, fmt.Errorf(`%s: writes are switched off, nothing was done
try: dry_run true, and show the result; a person can run refine %[1]s, or start this server as refine mcp --allow-writes`, t.Name))
		}
		return c, err
	})
	return nil
}

func (w writing) dryRun() bool { return w.DryRun == nil || *w.DryRun }

// inputSchema describes arguments. An empty text or list is refused rather than
// taken for none: with an empty epic the whole backlog would be meant.
func inputSchema[In any]() (*jsonschema.Schema, error) {
	schema, err := jsonschema.For[In](nil)
	if err != nil {
		return nil, err
	}
	one := 1
	for _, p := range schema.Properties {
		if len(p.Types) == 2 && p.Types[0] == "null" { // Go's nil, which nobody needs to send
			p.Type, p.Types = p.Types[1], nil
		}
		switch p.Type {
		case "string":
			p.MinLength = &one
		case "array":
			p.MinItems = &one
		}
	}
	return schema, nil
}
