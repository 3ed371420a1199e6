package main

import (
	"errors"
	"io"

	"github.com/spf13/cobra"

	"refine/internal/worker"
	"refine/jira"
)

func undoCommand(a *app) *cobra.Command {
	var f syncFlags
	c := &cobra.Command{
		Use:   "undo --page ID",
		Short: "Take back what syncs of a session wrote on the tickets",
		Long: `Takes back what syncs of a session wrote on the tickets: comments, links to the page
and the issues of action items and split stories are deleted, fields, labels, states
and links to what blocks are set back to what stood there before. What a person has
edited since is named and left alone. The page stays and says so; refine run does not
write it anew, the next refine sync does.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.undo(c, f) },
	}
	flags := c.Flags()
	flags.StringVar(&f.page, "page", "", "`id` or address of the page")
	flags.BoolVar(&f.dryRun, "dry-run", false, "say what would be taken back; write nothing")
	return c
}

func (a *app) undo(c *cobra.Command, f syncFlags) error {
	if f.page == "" {
		return &usageError{errors.New("--page says which session: its page's id or address"), c.CommandPath()}
	}
	var req worker.SyncRequest
	a.learn = jira.LearnLater
	return a.onSite(c.Context(), f.into(&req, c), func(w *worker.Worker) error {
		undone, err := w.Undo(c.Context(), req)
		if !tells(undone, err) {
			return err
		}
		printErr := a.result(resultOf(undone, f.dryRun, w.Requests()), func(out io.Writer) { syncText(out, undone, f.dryRun) })
		return errors.Join(err, printErr)
	})
}
