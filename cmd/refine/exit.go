package main

import (
	"context"
	"errors"
	"slices"

	"refine/config"
	"refine/internal/atlassian"
	"refine/internal/worker"
)

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
func (e *usageError) ExitCode() int { return worker.ExitUsage }
func (e *usageError) Hint() string  { return e.command + " --help" }

// exitCode is the code of all that err joins. What can only be mended on the
// command line or in the configuration comes first, then that something was
// done. Else failures of one kind have that kind's code, and a mixture is a
// plain failure: waiting, say, would mend only one of them.
func exitCode(err error) int {
	codes := exitCodes(err)
	for _, first := range []int{worker.ExitUsage, worker.ExitPartly} {
		if slices.Contains(codes, first) {
			return first
		}
	}
	if len(slices.Compact(codes)) == 1 {
		return codes[0]
	}
	return worker.ExitFailed
}

// exitCodes lists the codes of the errors that err joins. An error with a code
// of its own speaks for its causes.
func exitCodes(err error) []int {
	switch e := err.(type) {
	case *config.Error:
		return []int{worker.ExitUsage} // a token command's own exit code is not ours
	case coded:
		return []int{e.ExitCode()}
	case interface{ Unwrap() []error }:
		var codes []int
		for _, cause := range e.Unwrap() {
			codes = append(codes, exitCodes(cause)...)
		}
		return codes
	}
	if cause := errors.Unwrap(err); cause != nil {
		return exitCodes(cause)
	}
	return []int{worker.ExitFailed}
}

// onlyInterrupted reports whether err says nothing but that a signal came.
func onlyInterrupted(err error) bool {
	switch e := err.(type) {
	case coded:
		return false // it names what was not done
	case interface{ Unwrap() []error }:
		return !slices.ContainsFunc(e.Unwrap(), func(cause error) bool { return !onlyInterrupted(cause) })
	}
	if cause := errors.Unwrap(err); cause != nil {
		return onlyInterrupted(cause)
	}
	return errors.Is(err, context.Canceled)
}

func hintOf(err error) string {
	if e, ok := errors.AsType[hinting](err); ok {
		return e.Hint()
	}
	return atlassian.HintOf(err)
}
