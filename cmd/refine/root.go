package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"
)

// commands are all that refine can do, in the order of its help.
var commands = []func(*app) *cobra.Command{
	planCommand,
	briefCommand,
	publishCommand,
	syncCommand,
	undoCommand,
	checkCommand,
	runCommand,
	serveCommand,
	mcpCommand,
	historyCommand,
	demoCommand,
	sandboxCommand,
	configCommand,
	doctorCommand,
	versionCommand,
}

// execute runs one command line and gives the exit code.
func (a *app) execute(ctx context.Context, args []string) int {
	root := a.rootCommand()
	root.SetArgs(args)
	if asksToComplete(args) {
		a.complete(root)
	}
	command, err := root.ExecuteContextC(ctx)
	switch {
	case err == nil:
		return 0
	case !a.started:
		return a.fail(&usageError{err, command.CommandPath()})
	}
	return a.fail(err)
}

func init() {
	cobra.EnableCommandSorting = false // commands are shown in the order in which people meet them
}

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "refine",
		Short: "A worker between Jira and Confluence for product refinement sessions",
		Long: `refine plans a refinement session from the flagged items of a backlog, publishes
the plan as a Confluence page, and writes what people decide on that page back to
the tickets.

Results go to stdout, everything else to stderr.
Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 partly done,
4 plan refused by its gate, 5 another run holds this session.`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: func(*cobra.Command, []string) error { return a.setUp() },
	}
	var version strings.Builder
	buildVersion().text(&version)
	root.Version = buildVersion().Version
	root.SetVersionTemplate(version.String())
	root.SetIn(a.stdin)
	root.SetOut(a.out)
	root.SetErr(a.err)
	a.globalFlags(root)
	for _, command := range a.commands {
		root.AddCommand(command(a))
	}
	a.noteStart(root)
	return root
}

func (a *app) globalFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.StringVar(&a.configFile, "config", "", "configuration `file` (default: refine.yaml here, else in the user's configuration folder)")
	flags.StringVar(&a.output, "output", "text", "form of the result, `text|json`")
	flags.StringVar(&a.logLevel, "log-level", "warn", "least level to log, `debug|info|warn|error`")
	flags.StringVar(&a.logFormat, "log-format", "text", "form of the log, `text|json`")
}

// noteStart makes every command note that it runs: cobra reports a wrong flag or
// argument like any other error, but only before.
func (a *app) noteStart(c *cobra.Command) {
	for _, child := range c.Commands() {
		a.noteStart(child)
	}
	if run := c.RunE; run != nil {
		c.RunE = func(c *cobra.Command, args []string) error {
			a.started = true
			return run(c, args)
		}
	}
}
