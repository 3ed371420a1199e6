package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"refine/confluence"
	"refine/internal/worker"
	"refine/planner/face"
)

func publishCommand(a *app) *cobra.Command {
	var (
		flags  selectionFlags
		words  draftFlags
		dryRun bool
	)
	c := &cobra.Command{
		Use:   "publish",
		Short: "Make the plan of a session and publish it as a page",
		Long: `Makes the plan of a session and publishes it as a Confluence page. Run again, it
brings the page up to date: parts that people have changed stay as they are.`,
		Args: cobra.NoArgs,
	}
	flags.add(c)
	words.add(c)
	c.Flags().BoolVar(&dryRun, "dry-run", false, "say what would be done; write nothing")
	c.Flags().BoolVar(&a.noModel, "no-model", false, "use the built-in words; ask no language model")
	c.RunE = func(c *cobra.Command, _ []string) error { return a.publish(c, flags, words, dryRun) }
	return c
}

func (a *app) publish(c *cobra.Command, flags selectionFlags, words draftFlags, dryRun bool) error {
	req := worker.Request{DryRun: dryRun}
	if err := words.into(&req, c, a.stdin); err != nil {
		return err
	}
	return a.planning(c.Context(), req.Draft != nil, flags.into(&req, c), func(w *worker.Worker) error {
		published, err := w.Publish(c.Context(), req)
		if err != nil {
			return err
		}
		defer a.refusedText(published.Plan.Draft.Refused)
		return a.result(publishResult(published, w.Requests()), func(out io.Writer) { publishText(out, published, dryRun) })
	})
}

func publishResult(p worker.Published, requests int64) planResult {
	return planResult{
		PlanView: face.View(p.Plan), Kept: p.Kept, Changed: p.Plan.Noticed, Note: p.Note, Notices: p.Notices, Requests: requests,
		Page: pageResult{ID: p.Page.ID, URL: p.Page.URL, Title: p.Page.Title, Version: p.Page.Version, Action: string(p.Action), Others: addresses(p.Others), Pictures: p.Pictures},
	}
}

// publishText says what became of the page. A dry run says the same of what
// would become of it.
func publishText(out io.Writer, p worker.Published, dryRun bool) {
	if p.Action == worker.None {
		fmt.Fprintln(out, p.Note)
		return
	}
	would := ""
	if dryRun {
		would = "would be "
	}
	fmt.Fprintf(out, "page %s%s: %s\n", would, p.Action, p.Page.Title)
	if p.Page.URL != "" {
		fmt.Fprintln(out, p.Page.URL)
	}
	fmt.Fprintf(out, "%d of %d items chosen, %s", len(p.Plan.Items), p.Plan.Matched, p.Plan.Ready.Counts())
	if n := len(p.Plan.Deferred); n > 0 {
		fmt.Fprintf(out, ", %d proposed for another session", n)
	}
	fmt.Fprintln(out)
	othersText(out, p.Others)
	for _, n := range p.Plan.Noticed {
		fmt.Fprintf(out, "changed, noticed on %s: %s: %s\n", n.Day, n.Key, n.Text)
	}
	if len(p.Kept) > 0 {
		fmt.Fprintf(out, "left as people changed them: %s\n", strings.Join(keptTitles(p), ", "))
	}
	noticesText(out, p.Notices, "")
}

func addresses(pages []*confluence.Page) (urls []string) {
	for _, p := range pages {
		urls = append(urls, p.URL)
	}
	return urls
}

// othersText names pages that should not be.
func othersText(out io.Writer, others []*confluence.Page) {
	for _, url := range addresses(others) {
		fmt.Fprintf(out, "another page of this session was left alone, trash the one that is too many: %s\n", url)
	}
}

// keptTitles are what people call the parts of the page that are theirs now.
func keptTitles(p worker.Published) []string {
	titles := make([]string, len(p.Kept))
	for i, id := range p.Kept {
		titles[i] = confluence.RegionTitle(id)
	}
	return titles
}
