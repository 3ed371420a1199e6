package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"refine/internal/files"
	"refine/internal/worker"
)

// destination is where a plan goes, if not to stdout: a file, and a browser.
type destination struct {
	file string
	open bool
}

func (d *destination) add(c *cobra.Command) {
	c.Flags().StringVar(&d.file, "out", "", "write the plan to `file` instead of stdout")
	c.Flags().BoolVar(&d.open, "open", false, "with --preview: show the page in a browser")
}

func (d destination) check(format string) error {
	if d.open && format != "html" {
		return errors.New("--open shows a page: use it with --preview, and without --output json")
	}
	return nil
}

// deliver has a plan written where it goes. A file that was there is replaced once
// all of the new one is written.
func (d destination) deliver(ctx context.Context, a *app, p worker.Planned, write func(io.Writer) error) error {
	if d.file == "" && !d.open || p.Note != "" {
		return write(nil)
	}
	name := d.file
	if name == "" {
		dir, err := os.MkdirTemp("", "refine-preview-")
		if err != nil {
			return fmt.Errorf("making a file to show: %w", err)
		}
		name = filepath.Join(dir, p.Plan.Session.ID+".html")
	}
	if err := files.Write(name, 0o644, write); err != nil {
		return fmt.Errorf("writing the plan to %s: %w", name, err)
	}
	if a.output != "json" {
		fmt.Fprintf(a.out, "%s\n", name)
	}
	if d.open {
		return show(ctx, name)
	}
	return nil
}

// show opens a file in the browser that the machine has for it. The program that
// does so returns at once.
func show(ctx context.Context, name string) error {
	path, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	command := []string{"xdg-open", path}
	switch runtime.GOOS {
	case "darwin":
		command = []string{"open", path}
	case "windows":
		command = []string{"rundll32", "url.dll,FileProtocolHandler", path}
	}
	if err := exec.CommandContext(ctx, command[0], command[1:]...).Run(); err != nil {
		// not wrapped: the exit code of that program is none of ours
		return fmt.Errorf("opening %s in a browser: %v; it is there to be opened by hand", name, err)
	}
	return nil
}
