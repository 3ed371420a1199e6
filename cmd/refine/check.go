package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"refine/config"
	"refine/internal/worker"
	"refine/jira"
	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

// checkFlags are what a check was asked for.
type checkFlags struct {
	team, format, failOn string
	met                  bool
}

func checkCommand(a *app) *cobra.Command {
	var flags checkFlags
	c := &cobra.Command{
		Use:   "check [FILE…|-]",
		Short: "Say what keeps issues or stories from being ready; offline",
		Long: `Reads issues as Jira's REST API writes them (one JSON object a line, a list of
them, or the answer of a search), or user stories, one a line of text, in which
blank lines and lines that begin with # are left out. Without a file, or for -,
it reads stdin. It sends nothing and needs no configuration: --team takes that
team's rules from it, without addresses or tokens.

A story is judged by its sentence: description and acceptance criteria are not
asked of it. Findings are printed one a line, as FILE:LINE: KEY: RULE: MESSAGE,
[blocks] at the end of those that keep an item from being ready. --met adds a line
for each rule that is met, with what shows it, or does not apply, with the reason.

Findings alone end with 0. --fail-on required makes it 3 if an item is not ready,
--fail-on advice if there is any finding at all.`,
	}
	c.Flags().StringVar(&flags.team, "team", "", "`name` of the team whose rules count (default: those of no team)")
	c.Flags().StringVar(&flags.format, "format", "text", "`text|json|github`; github annotates the lines of a pull request")
	c.Flags().StringVar(&flags.failOn, "fail-on", "none", "findings that end with exit code 3, `none|required|advice`")
	c.Flags().BoolVar(&flags.met, "met", false, "also say what shows that rules are met, or why they do not apply")
	c.RunE = func(c *cobra.Command, files []string) error {
		err := errors.Join(
			noneEmpty(c),
			oneOf("--format", flags.format, "text", "json", "github"),
			oneOf("--fail-on", flags.failOn, "none", "required", "advice"),
		)
		if err != nil {
			return &usageError{err, c.CommandPath()}
		}
		if len(files) == 0 {
			files = []string{"-"}
		}
		return a.check(files, flags)
	}
	return c
}

// check judges what the files hold, prints it, and then says what it could not
// read.
func (a *app) check(files []string, flags checkFlags) error {
	rules, fields, err := a.teamRules(flags.team)
	if err != nil {
		return err
	}
	found := checkResult{Items: []checkedItem{}}
	judge := ready.NewChecker(rules, time.Now())
	judge.Explain = flags.met || a.asJSON(flags.format)
	var unread []error
	var partly []ticket.Issue
	for e, err := range inputs(files, a.stdin, fields) {
		if err != nil {
			unread = append(unread, err)
			continue
		}
		found.add(e, e.judged(judge))
		if e.issue != nil && len(e.issue.Unread) > 0 {
			partly = append(partly, ticket.Issue{Key: e.issue.Key, Unread: e.issue.Unread, Restricted: e.issue.Restricted})
		}
	}
	if len(found.Items) == 0 && len(unread) == 0 {
		a.log.Warn("nothing to check: no issue and no story was found", "in", strings.Join(files, ", "))
	}
	for _, sentence := range ticket.NotRead(partly) {
		a.log.Warn("some fields could not be read", "what", sentence)
	}
	found.together(judge)
	if err := a.printCheck(found, unread, flags.format); err != nil {
		return fmt.Errorf("printing the findings: %w", err)
	}
	return checkError(unread, found, flags.failOn)
}

// teamRules are a team's Definition of Ready and the fields it is read from; the
// default ones without a team.
func (a *app) teamRules(name string) (rules ready.Definition, fields []jira.FieldName, err error) {
	if name == "" {
		return rules, nil, nil
	}
	c, err := config.LoadTeams(a.configFile)
	if err != nil {
		return rules, nil, err
	}
	t, err := c.Team(name)
	return readyRules(t.Ready), fieldNames(c.Fields), err
}

func (e entry) judged(c *ready.Checker) ready.Checked {
	if e.issue != nil {
		return c.Issue(*e.issue)
	}
	return c.Story(e.key, e.story)
}

func (a *app) printCheck(found checkResult, unread []error, format string) error {
	if a.asJSON(format) {
		a.status.clear()
		return found.json(a.data)
	}
	if format == "github" {
		return a.result(found, func(w io.Writer) { found.github(w, unread) })
	}
	return a.result(found, found.text)
}

func (a *app) asJSON(format string) bool { return format == "json" || a.output == "json" }

// checkResult is what check prints.
type checkResult struct {
	Items []checkedItem `json:"items"`
	Ready int           `json:"ready"` // of them
}

type checkedItem struct {
	ready.Checked
	File string `json:"file"`
	Line int    `json:"line"`
}

func (r *checkResult) add(e entry, c ready.Checked) {
	r.Items = append(r.Items, checkedItem{c, e.file, e.line})
}

// together adds what shows once all items are read, and counts the ready ones.
func (r *checkResult) together(judge *ready.Checker) {
	all := make([]*ready.Checked, len(r.Items))
	for n := range r.Items {
		all[n] = &r.Items[n].Checked
	}
	judge.Together(all)
	for _, c := range all {
		if c.Ready {
			r.Ready++
		}
	}
}

// json writes an item at a time: what each rule comes to is a lot of text for a
// whole backlog.
func (r *checkResult) json(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprint(out, "{\n  \"items\": [")
	next, end := "\n    ", ""
	for _, i := range r.Items {
		fmt.Fprint(out, next)
		if err := indentJSON(out, "    ", i); err != nil {
			return err
		}
		next, end = ",\n    ", "\n  "
	}
	fmt.Fprintf(out, "%s],\n  \"ready\": %d\n}\n", end, r.Ready)
	return out.Flush()
}

// text writes a finding a line, in the form that editors jump by.
func (r *checkResult) text(w io.Writer) {
	findings := 0
	for _, i := range r.Items {
		for _, f := range i.Findings {
			fmt.Fprintf(w, "%s:%d: %s: %s\n", i.File, i.Line, i.Key, findingLine(f))
		}
		for _, r := range i.Readiness {
			if r.State != ready.NotMet {
				fmt.Fprintf(w, "%s:%d: %s: %s\n", i.File, i.Line, i.Key, ruleLine(r))
			}
		}
		findings += len(i.Findings)
	}
	fmt.Fprintf(w, "%d of %d ready, %s\n", r.Ready, len(r.Items), text.Counted(findings, "finding"))
}

// ruleLine is a rule that nothing was found against.
func ruleLine(r ready.Result) string {
	said := []string{r.Rule, string(r.State) + ", " + r.Sentence}
	if r.State != ready.Met {
		said = []string{r.Rule, string(r.State)}
	}
	if r.Note != "" {
		said = append(said, r.Note)
	}
	for _, e := range r.Evidence {
		said = append(said, fmt.Sprintf(`"%s" (%s)`, e.Quote, e.Where))
	}
	return strings.Join(said, ": ")
}

func findingLine(f ready.Finding) string {
	line := f.Rule + ": " + f.Message
	var quotes []string
	for _, e := range f.Evidence {
		quotes = append(quotes, `"`+e.Quote+`"`)
	}
	if len(quotes) > 0 {
		line += ": " + strings.Join(quotes, ", ")
	}
	if f.Blocks {
		line += " [blocks]"
	}
	return line
}

// A checkFailure is what keeps a check from ending with 0.
type checkFailure struct {
	err  error
	code int
}

func (e *checkFailure) Error() string { return e.err.Error() }
func (e *checkFailure) Unwrap() error { return e.err }
func (e *checkFailure) ExitCode() int { return e.code }

// checkError is nil when everything was read and nothing was found that shall
// fail. With nothing read at all the check failed, else it was done in part.
func checkError(unread []error, found checkResult, failOn string) error {
	code := worker.ExitPartly
	if len(found.Items) == 0 {
		code = worker.ExitFailed
	}
	faults := slices.Clone(unread)
	if n := found.failing(failOn); n > 0 {
		faults = append(faults, fmt.Errorf("%d of %d fail by --fail-on %s", n, len(found.Items), failOn))
	}
	if len(faults) == 0 {
		return nil
	}
	return &checkFailure{errors.Join(faults...), code}
}

// failing counts the items that a pipeline is to stop for.
func (r *checkResult) failing(failOn string) (n int) {
	for _, i := range r.Items {
		if failOn != "none" && !i.Ready || failOn == "advice" && len(i.Findings) > 0 {
			n++
		}
	}
	return n
}
