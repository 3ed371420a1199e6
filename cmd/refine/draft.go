package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	reading "refine/internal/files"
	"refine/internal/worker"
	"refine/planner/check"
	"refine/planner/draft"
)

// mostDraft is how large, in bytes, a file with a draft may be.
const mostDraft = 1 << 20

// draftFlags say whose words a plan is to have, as they were typed.
type draftFlags struct {
	file   string
	strict bool
}

func (f *draftFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.file, "draft", "", "`file` with a draft of the words, - for stdin: see refine brief")
	c.Flags().BoolVar(&f.strict, "strict", false, "with --draft: make nothing of a draft that has a line which does not stand")
}

// into reads the draft into a request. What is wrong with it is an error of usage.
func (f *draftFlags) into(req *worker.Request, c *cobra.Command, stdin io.Reader) error {
	if !c.Flags().Changed("draft") {
		if f.strict {
			return &usageError{errors.New("--strict goes with --draft"), c.CommandPath()}
		}
		return nil
	}
	d, err := readDraft(f.file, stdin)
	if err != nil {
		return &usageError{fmt.Errorf("--draft: %w", err), "refine brief --draft"}
	}
	req.Draft, req.Strict = &d, f.strict
	return nil
}

func readDraft(name string, stdin io.Reader) (draft.Draft, error) {
	if name == "" {
		return draft.Draft{}, errors.New("it names no file")
	}
	var text []byte
	var err error
	if name == "-" {
		name = "stdin"
		text, err = io.ReadAll(io.LimitReader(stdin, mostDraft+1))
		if err == nil && len(text) > mostDraft {
			err = fmt.Errorf("%s is larger than %d KiB", name, mostDraft>>10)
		}
	} else {
		text, err = reading.Read(name, mostDraft)
	}
	if err != nil {
		return draft.Draft{}, err
	}
	d, err := draft.Read(string(text))
	if err != nil {
		return draft.Draft{}, fmt.Errorf("%s is no draft: %w", name, err)
	}
	return d, nil
}

// refusedText names the lines of a handed-in draft that do not stand, on stderr.
func (a *app) refusedText(refused []check.Refusal) {
	for _, r := range refused {
		fmt.Fprintf(a.err, "draft: %s; built-in words stand there or nothing\n", r)
	}
}
