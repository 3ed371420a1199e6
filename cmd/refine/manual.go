//go:build manual

package main

import (
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// With the build tag manual, refine can write its manual pages. The program that
// people run does without: what formats the pages is no part of it.
func init() { commands = append(commands, manualCommand) }

func manualCommand(*app) *cobra.Command {
	return &cobra.Command{
		Use:    "manual FOLDER",
		Short:  "Write the manual pages",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return err
			}
			c.Root().DisableAutoGenTag = true
			header := &doc.GenManHeader{Title: "REFINE", Section: "1", Source: "refine", Manual: "refine"}
			if date, err := time.Parse(time.RFC3339, buildVersion().Time); err == nil {
				header.Date = &date // a commit's pages are always the same bytes
			}
			return doc.GenManTree(c.Root(), header, args[0])
		},
	}
}
