package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"refine/config"
	"refine/internal/sandbox"
)

// sandboxFlags are the command's flags as they were typed.
type sandboxFlags struct {
	listen, deployment, journal string
	rate                        string
	issues, flag, faults        []string
	open, env, gateway          bool
	latency                     time.Duration
}

func sandboxCommand(a *app) *cobra.Command {
	var f sandboxFlags
	c := &cobra.Command{
		Use:   "sandbox",
		Short: "Serve a Jira and a Confluence to try things on",
		Long: `Serves a Jira and a Confluence that keep state, in memory and on this machine
only, until it is interrupted. The first line on stdout is JSON: where they are
and which account they take. With --env it is what a shell needs instead, to run
refine on them. Their pages can be looked at with a browser.

A fault is N:KIND, the Nth request to an API of either service, or every=N:KIND.
KIND is 429, 500, 503, reset (dropped before it took effect), lost (took effect,
the answer is dropped), html (a login page), truncate or slow.
POST {jira}/_sandbox/faults {"faults":[...]} replaces them while it runs.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := f.check(); err != nil {
				return &usageError{err, c.CommandPath()}
			}
			return a.sandbox(c.Context(), f)
		},
	}
	f.register(c.Flags())
	return c
}

func (f *sandboxFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.listen, "listen", "127.0.0.1:0", "`address` of Jira; Confluence gets the port after it, or any if it is 0")
	flags.StringVar(&f.deployment, "deployment", "cloud", "what to be, `cloud|datacenter`")
	flags.StringArrayVar(&f.issues, "issues", nil, "`file` of Jira REST issue objects, one a line; repeatable (default: the demo's backlog)")
	flags.StringSliceVar(&f.flag, "flag", nil, "`keys` of issues to flag")
	flags.BoolVar(&f.open, "open", false, "reopen all issues")
	flags.BoolVar(&f.env, "env", false, "print export lines for a shell instead of JSON")
	flags.BoolVar(&f.gateway, "gateway", false, "put Cloud's API gateway before it: the account's token has scopes and works there alone")
	flags.DurationVar(&f.latency, "latency", 0, "delay of each request to an API")
	flags.StringVar(&f.rate, "rate", "", "`limit` of each service: 10 requests a second, 10/1 with one at once, 10/0 any ten a second; :wait, :pace or :nothing is what it says")
	flags.StringVar(&f.journal, "journal", "", "`file` that gets a line of JSON for each request to an API")
	flags.StringArrayVar(&f.faults, "fault", nil, "`fault` to inject; repeatable")
}

// check finds what is wrong with the flags themselves.
func (f sandboxFlags) check() error {
	_, err := sandbox.ParseFaults(f.faults)
	_, rateErr := sandbox.ParseRate(f.rate, f.deployment)
	return errors.Join(oneOf("--deployment", f.deployment, "cloud", "datacenter"), err, rateErr)
}

// sandbox serves until ctx ends, which is how it is meant to end.
func (a *app) sandbox(ctx context.Context, f sandboxFlags) error {
	o, files, err := f.options()
	if err != nil {
		return err
	}
	defer files.close()
	s, err := sandbox.Start(o)
	if err != nil {
		return err
	}
	if err := f.announce(a.data, s.Site); err != nil {
		return errors.Join(err, s.Close())
	}
	if a.status != nil {
		fmt.Fprintf(a.err, "Jira %s and Confluence %s, until Ctrl-C\n", s.Site.Jira, s.Site.Confluence)
	}
	<-ctx.Done()
	return s.Close()
}

// announce says where the sandbox is.
func (f sandboxFlags) announce(w io.Writer, site sandbox.Site) error {
	if !f.env {
		return json.NewEncoder(w).Encode(site)
	}
	_, err := fmt.Fprintf(w, "export %s\n# To look at until Ctrl-C: %s and %s\n",
		strings.Join(variables(site, f.deployment), "\nexport "), site.Jira, site.Confluence)
	return err
}

// variables are the settings that point refine at a sandbox. A personal access
// token of Data Center stands alone, as it does on a real site.
func variables(s sandbox.Site, deployment string) []string {
	vars := []string{"REFINE_JIRA_URL=" + s.Jira}
	if deployment == config.Cloud {
		vars = append(vars, "REFINE_JIRA_USER="+s.User)
	}
	if s.Gateway != "" {
		vars = append(vars, "REFINE_JIRA_AUTH_TYPE="+config.Scoped, "REFINE_HTTP_GATEWAY="+s.Gateway)
	}
	return append(vars, "REFINE_JIRA_TOKEN="+s.Token, "REFINE_CONFLUENCE_URL="+s.Confluence, "REFINE_CONFLUENCE_SPACE="+s.Space)
}

// options opens the files that the flags name.
func (f sandboxFlags) options() (o sandbox.Options, opened openFiles, err error) {
	faults, err := sandbox.ParseFaults(f.faults)
	if err != nil {
		return o, nil, err
	}
	rate, err := sandbox.ParseRate(f.rate, f.deployment)
	if err != nil {
		return o, nil, err
	}
	o = sandbox.Options{
		Listen: f.listen, Deployment: f.deployment, Flag: f.flag, Open: f.open,
		Latency: f.latency, Rate: rate, Faults: faults, Gateway: f.gateway,
	}
	for _, name := range f.issues {
		issues, err := os.Open(name)
		if err != nil {
			opened.close()
			return o, nil, fmt.Errorf("loading issues: %w", err)
		}
		opened = append(opened, issues)
		o.Backlog = append(o.Backlog, issues)
	}
	if f.journal != "" {
		journal, err := os.Create(f.journal)
		if err != nil {
			opened.close()
			return o, nil, fmt.Errorf("creating the journal: %w", err)
		}
		opened = append(opened, journal)
		o.Journal = journal
	}
	return o, opened, nil
}

type openFiles []io.Closer

func (f openFiles) close() {
	for _, file := range f {
		file.Close() // read from, or written without a buffer
	}
}
