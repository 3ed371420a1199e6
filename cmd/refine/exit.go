package main

import (
	"context"
	"errors"

	"refine/config"
	"refine/internal/atlassian"
)

// Exit codes that errors without one of their own stand for.
const (
	exitFailed = 1
	exitUsage  = 2
)

// errInterrupted is what every wait ends with once a signal came.
var errInterrupted = context.Canceled

// A coded error knows its exit code.
type coded interface {
	error
	ExitCode() int
}

// A hinting error knows what to try.
type hinting interface {
	error
	Hint() string
}

// A usageError is a command line that cannot be run.
type usageError struct {
	err     error
	command string // the command whose help is of use
}

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }
func (e *usageError) ExitCode() int { return exitUsage }
func (e *usageError) Hint() string  { return e.command + " --help" }

func exitCode(err error) int {
	if _, ok := errors.AsType[*config.Error](err); ok {
		return exitUsage // before coded: a token command's own exit code is not ours
	}
	if e, ok := errors.AsType[coded](err); ok {
		return e.ExitCode()
	}
	return exitFailed
}

func hintOf(err error) string {
	if e, ok := errors.AsType[hinting](err); ok {
		return e.Hint()
	}
	return atlassian.HintOf(err)
}
