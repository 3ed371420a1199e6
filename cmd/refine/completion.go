package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"refine/config"
)

// asksToComplete reports whether a shell asks what could stand next. Only then is
// completion set up: cobra keeps that for good, and a server runs many commands.
func asksToComplete(args []string) bool {
	return len(args) > 0 && (args[0] == cobra.ShellCompRequestCmd || args[0] == cobra.ShellCompNoDescRequestCmd)
}

// complete makes a shell complete the values of every command's flags. What a flag
// takes is what its help says, so that no command has to say it twice: the words
// of `text|json`, the names of a file, a team of the configuration.
func (a *app) complete(root *cobra.Command) {
	complete := func(c *cobra.Command) func(*pflag.Flag) {
		return func(f *pflag.Flag) {
			if values := a.valuesOf(f); values != nil {
				c.RegisterFlagCompletionFunc(f.Name, values) // refuses only what is there already
			}
		}
	}
	root.PersistentFlags().VisitAll(complete(root))
	for commands := root.Commands(); len(commands) > 0; commands = commands[1:] {
		commands[0].LocalNonPersistentFlags().VisitAll(complete(commands[0]))
		if !strings.Contains(commands[0].Use, "FILE") {
			commands[0].ValidArgsFunction = cobra.NoFileCompletions
		}
		commands = append(commands, commands[0].Commands()...)
	}
}

// valuesOf is nil where a shell's own completion of files is right.
func (a *app) valuesOf(f *pflag.Flag) cobra.CompletionFunc {
	placeholder, _ := pflag.UnquoteUsage(f)
	switch {
	case f.Name == "team":
		return a.completeTeams
	case placeholder == "file":
		return nil
	case strings.Contains(placeholder, "|"):
		return cobra.FixedCompletions(strings.Split(placeholder, "|"), cobra.ShellCompDirectiveNoFileComp)
	}
	return cobra.NoFileCompletions
}

// completeTeams names the configured teams. A configuration that cannot be read
// has none: while one types is not the time to say so.
func (a *app) completeTeams(*cobra.Command, []string, string) (names []string, _ cobra.ShellCompDirective) {
	c, err := config.LoadTeams(a.configFile)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	for _, t := range c.Teams {
		names = append(names, t.Name)
	}
	return slices.Compact(names), cobra.ShellCompDirectiveNoFileComp
}
