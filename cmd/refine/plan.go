package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"refine/confluence"
	"refine/internal/worker"
	"refine/planner"
	"refine/planner/face"
)

// planFormats are the faces of a plan. Those of the page need to know what kind
// of Confluence it is for.
var planFormats = map[string]func(io.Writer, planner.Plan, confluence.Style) error{
	"text":     func(w io.Writer, p planner.Plan, _ confluence.Style) error { return face.Text(w, p) },
	"tagged":   func(w io.Writer, p planner.Plan, _ confluence.Style) error { return face.Tagged(w, p) },
	"markdown": func(w io.Writer, p planner.Plan, _ confluence.Style) error { return face.Markdown(w, p) },
	"html":     confluence.WriteHTML,
	"storage":  confluence.WriteStorage,
}

func planCommand(a *app) *cobra.Command {
	var (
		flags   selectionFlags
		words   draftFlags
		format  string
		preview bool
		to      destination
	)
	c := &cobra.Command{
		Use:   "plan",
		Short: "Print the plan of a session; write nothing",
		Args:  cobra.NoArgs,
	}
	flags.add(c)
	words.add(c)
	c.Flags().StringVar(&format, "format", "text", "`text|tagged|markdown|html|storage|json`")
	c.Flags().BoolVar(&preview, "preview", false, "show the page as it will look, as --format html does")
	to.add(c)
	c.Flags().BoolVar(&a.noModel, "no-model", false, "use the built-in words; ask no language model")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if preview {
			if c.Flags().Changed("format") && format != "html" {
				return &usageError{errors.New("--preview is --format html; choose one"), c.CommandPath()}
			}
			format = "html"
		}
		if err := oneOf("--format", format, "text", "tagged", "markdown", "html", "storage", "json"); err != nil {
			return &usageError{err, c.CommandPath()}
		}
		if a.asJSON(format) {
			format = "json"
		}
		if err := to.check(format); err != nil {
			return &usageError{err, c.CommandPath()}
		}
		return a.plan(c, flags, words, format, to)
	}
	return c
}

func (a *app) plan(c *cobra.Command, flags selectionFlags, words draftFlags, format string, to destination) error {
	var req worker.Request
	if err := words.into(&req, c, a.stdin); err != nil {
		return err
	}
	return a.planning(c.Context(), req.Draft != nil, flags.into(&req, c), func(w *worker.Worker) error {
		planned, err := w.Plan(c.Context(), req)
		if err != nil {
			return err
		}
		defer a.refusedText(planned.Plan.Draft.Refused)
		a.status.clear()
		return to.deliver(c.Context(), a, planned, func(out io.Writer) error {
			if err := a.printPlan(out, planned, format, w); err != nil {
				return fmt.Errorf("printing the plan: %w", err)
			}
			return nil
		})
	})
}

// printPlan writes the plan to out, nil for stdout.
func (a *app) printPlan(out io.Writer, p worker.Planned, format string, w *worker.Worker) error {
	switch {
	case out != nil:
	case format == "json":
		out = a.data
	case format == "html" || format == "storage":
		out = a.page // what a publish sends, to the byte
	default:
		out = a.out
	}
	switch {
	case format == "json":
		page := pageResult{Action: string(worker.None), Title: p.Plan.Session.Title()}
		return writeJSON(out, planResult{PlanView: face.View(p.Plan), Page: page, Note: p.Note, Requests: w.Requests()})
	case p.Note == "":
		return planFormats[format](out, p.Plan, w.Pages.Style())
	case format != "text":
		out = a.err // the document is empty
	}
	_, err := fmt.Fprintln(out, p.Note)
	return err
}

// planResult is what plan and publish print as JSON.
type planResult struct {
	face.PlanView
	Page pageResult `json:"page"`
	Kept []string   `json:"kept,omitempty"` // parts of the page that people changed and that therefore stay
	// Changed is what differs in the tickets from what people first read.
	Changed  []planner.Noticed `json:"changed,omitempty"`
	Note     string            `json:"note,omitempty"` // why there was nothing to do
	Notices  []worker.Delivery `json:"notices,omitempty"`
	Requests int64             `json:"requests"`
}

type pageResult struct {
	ID      string   `json:"id"`
	URL     string   `json:"url"`
	Title   string   `json:"title"`
	Version int      `json:"version"`
	Action  string   `json:"action"`
	Others  []string `json:"others,omitempty"` // addresses of other pages of the session, left alone
	// Pictures are the files that were attached to it, or would be.
	Pictures []string `json:"pictures,omitempty"`
}
