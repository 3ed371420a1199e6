package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"refine/config"
	"refine/jira"
)

// An app is what every command works with: the streams, the global flags and
// what follows from them.
type app struct {
	commands []func(*app) *cobra.Command

	stdin io.Reader
	out   io.Writer // stdout, for people: safe on a terminal
	data  io.Writer // stdout, for programs: bytes as they are
	page  io.Writer // stdout, for documents: as they are, unless a terminal shows them
	err   *terminal // stderr, for people

	cache               string // the user's folder for what can be found out anew, empty for none
	configFile, output  string
	logLevel, logFormat string
	noModel             bool

	learn     jira.Learning // when the command needs the site's fields
	tellClock func()        // warns of a clock that is wrong, once

	// dial reaches the services; nil: over the machine's network.
	dial func(ctx context.Context, network, address string) (net.Conn, error)

	now func() time.Time

	log     *slog.Logger
	outer   slog.Handler // also gets what is logged; nil: there is none
	status  *statusLine  // nil when nobody watches
	started bool         // a command runs: errors before are of usage
}

// clock is what the time is. Tests live at another one.
var clock = time.Now

func newApp(stdin io.Reader, stdout, stderr *os.File) *app {
	results := unread{stdout}
	a := &app{
		commands: commands,

		stdin: stdin,
		out:   newTerminal(results),
		data:  results,
		page:  results,
		err:   newTerminal(unread{stderr}),
		now:   clock,
		log:   slog.New(slog.DiscardHandler),
	}
	if isatty.IsTerminal(stdout.Fd()) {
		a.page = a.out
	}
	if isatty.IsTerminal(stderr.Fd()) {
		a.status = &statusLine{w: a.err}
	}
	return a
}

// setUp checks the global flags and starts the log.
func (a *app) setUp() error {
	var level slog.Level
	if err := level.UnmarshalText([]byte(a.logLevel)); err != nil {
		return fmt.Errorf("--log-level %q: must be debug, info, warn or error", a.logLevel)
	}
	if err := oneOf("--output", a.output, "text", "json"); err != nil {
		return err
	}
	if err := oneOf("--log-format", a.logFormat, "text", "json"); err != nil {
		return err
	}
	options := &slog.HandlerOptions{Level: level}
	var handler slog.Handler = slog.NewTextHandler(a.err, options)
	if a.logFormat == "json" {
		handler = slog.NewJSONHandler(a.err, options)
	}
	if a.outer != nil {
		handler = slog.NewMultiHandler(handler, a.outer)
	}
	a.log = slog.New(handler)
	return nil
}

func oneOf(flag, value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return fmt.Errorf("%s %q: must be %s", flag, value, strings.Join(allowed, " or "))
}

// config loads what --config names, or what is found without it.
func (a *app) config() (*config.Config, error) {
	c, err := config.Load(a.configFile)
	if err != nil {
		return nil, err
	}
	for _, stray := range c.Strays(os.Environ()) {
		a.log.Warn("unknown variable, it has no effect", "variable", stray.Name, "nearest", stray.Nearest)
	}
	a.log.Debug("configuration", "file", cmp.Or(c.File, "none"), "jira", c.Jira.URL, "confluence", c.Confluence.URL)
	return c, nil
}

// result prints what a command found or did: v as one JSON object for programs,
// else what text writes for people.
func (a *app) result(v any, text func(io.Writer)) error {
	if a.output == "json" {
		return a.json(v)
	}
	return a.text(text)
}

// text prints for people; a program waits for the one object of [app.result].
func (a *app) text(write func(io.Writer)) error {
	if a.output == "json" {
		return nil
	}
	a.status.clear()
	var b strings.Builder
	write(&b)
	_, err := io.WriteString(a.out, b.String())
	return err
}

// json prints v as one JSON object.
func (a *app) json(v any) error {
	a.status.clear()
	return writeJSON(a.data, v)
}

// writeJSON indents for the reader that looks at it after all.
func writeJSON(w io.Writer, v any) error {
	if err := indentJSON(w, "", v); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// indentJSON writes v as it stands at an indentation, without the last line's
// end. What could disguise text on a terminal is escaped: the value stays the
// same.
func indentJSON(w io.Writer, indentation string, v any) error {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent(indentation, "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("encoding the result: %w", err)
	}
	_, err := io.WriteString(w, escapeJSON(strings.TrimSuffix(b.String(), "\n")))
	return err
}

// progress tells what a long run is doing, on one line of stderr that the next
// one replaces. Nobody watching, it says nothing. A result or an error takes the
// line away.
func (a *app) progress(format string, args ...any) {
	a.status.show(format, args...)
}

// fail prints an error with what to try, and gives the exit code for it.
func (a *app) fail(err error) int {
	a.status.clear()
	message := err.Error()
	if onlyInterrupted(err) {
		message = "interrupted"
	}
	fmt.Fprintf(a.err, "refine: %s\n", message)
	if hint := hintOf(err); hint != "" {
		fmt.Fprintf(a.err, "try: %s\n", hint)
	}
	return exitCode(err)
}
