package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"refine/internal/worker"
	"refine/jira"
	"refine/planner/draft"
	"refine/planner/face"
)

func briefCommand(a *app) *cobra.Command {
	var (
		flags  selectionFlags
		format string
		schema bool
		words  bool
	)
	c := &cobra.Command{
		Use:   "brief",
		Short: "Print what is known of a session, for whoever words its plan; write nothing",
		Long: `brief prints all that a plan can be written from, and how: what to write, the
tickets with their fields, texts, comments and links, what of the Definition of
Ready they do not meet, the doubts that they leave, each with an id and its quotes,
and the form of a draft, which plan and publish take with --draft. Hand it to any
assistant, or to a person. Personal data in the tickets is taken out, and it says so.`,
		Args: cobra.NoArgs,
	}
	flags.add(c)
	c.Flags().StringVar(&format, "format", "text", "`text|json`")
	c.Flags().BoolVar(&schema, "schema", false, "print the JSON schema of --format json, and nothing else")
	c.Flags().BoolVar(&words, "draft", false, "print the built-in words as a draft, to be changed by hand and handed to plan or publish --draft")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := oneOf("--format", format, "text", "json"); err != nil {
			return &usageError{err, c.CommandPath()}
		}
		if words && (schema || c.Flags().Changed("format")) {
			return &usageError{errors.New("--draft is JSON of its own; leave --format and --schema out"), c.CommandPath()}
		}
		if !schema {
			return a.brief(c, flags, format, words)
		}
		if c.Flags().NFlag() > 1 {
			return &usageError{errors.New("--schema goes alone"), c.CommandPath()}
		}
		_, err := a.data.Write(face.BriefSchema)
		return err
	}
	return c
}

func (a *app) brief(c *cobra.Command, flags selectionFlags, format string, words bool) error {
	var req worker.Request
	a.learn = jira.LearnAhead
	return a.onSite(c.Context(), flags.into(&req, c), func(w *worker.Worker) error {
		known, err := w.Brief(c.Context(), req)
		if err != nil {
			return err
		}
		if words && known.Note == "" {
			return a.json(draft.ByHand(known.BuiltIn()))
		}
		if a.asJSON(format) {
			view := face.Brief(known.Input)
			view.Note, view.Requests = known.Note, w.Requests()
			return a.json(view)
		}
		a.status.clear()
		if known.Note != "" {
			_, err = fmt.Fprintln(a.out, known.Note)
		} else {
			_, err = fmt.Fprint(a.out, draft.Text(known.Input))
		}
		if err != nil {
			return fmt.Errorf("printing the brief: %w", err)
		}
		return nil
	})
}
