package worker

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"refine/internal/atlassian"
	"refine/planner"
	"refine/planner/check"
	"refine/planner/outcome"
)

// Exit codes of the program, as the contract has them.
const (
	ExitFailed  = 1
	ExitUsage   = 2
	ExitPartly  = 3
	ExitRefused = 4
	ExitHeld    = 5
)

// A HeldError says that another run is writing this session.
type HeldError struct {
	Holder       string
	Since, Until time.Time
}

func (e *HeldError) Error() string {
	s := "another run holds this session: " + e.Holder
	if !e.Since.IsZero() {
		s += ", since " + e.Since.UTC().Format(time.RFC3339)
	}
	if !e.Until.IsZero() {
		s += fmt.Sprintf("; its hold ends at %s at the latest", e.Until.UTC().Format(time.RFC3339))
	}
	return s
}

// ExitCode is the program's exit code for this error.
func (e *HeldError) ExitCode() int { return ExitHeld }

// Hint says what to try.
func (e *HeldError) Hint() string { return "wait for it to finish, then run the same command again" }

// A RefusedError says that the plan breaks rules and was not published (L7).
type RefusedError struct{ Violations []planner.Violation }

func (e *RefusedError) Error() string {
	lines := make([]string, len(e.Violations))
	for i, v := range e.Violations {
		lines[i] = "\n  - " + v.String()
	}
	return fmt.Sprintf("the plan breaks %d of its rules, nothing was published:%s", len(lines), strings.Join(lines, ""))
}

// ExitCode is the program's exit code for this error.
func (e *RefusedError) ExitCode() int { return ExitRefused }

// A DraftError says that lines of a draft do not stand, and that nothing was made
// of it: strict was asked for (L20).
type DraftError struct{ Refused []check.Refusal }

func (e *DraftError) Error() string {
	lines := make([]string, len(e.Refused))
	for i, r := range e.Refused {
		lines[i] = "\n  - " + r.String()
	}
	return fmt.Sprintf("the draft does not stand in %d of its lines, nothing was published:%s", len(lines), strings.Join(lines, ""))
}

// ExitCode is the program's exit code for this error.
func (e *DraftError) ExitCode() int { return ExitRefused }

// A PartlyError says that some tickets could not be written.
type PartlyError struct {
	Failed []outcome.Change
	Causes []error
	// Written are the tickets that were, all or in part, if the run was stopped by a signal.
	Written []string
	Stopped bool
}

func (e *PartlyError) Error() string {
	if e.Stopped {
		return "stopped by a signal; " + e.stopped()
	}
	var b strings.Builder
	b.WriteString("partly done, not everything was written:")
	for n := 0; n < len(e.Failed); {
		c, what := e.Failed[n], []string{}
		for ; n < len(e.Failed) && e.Failed[n].Issue == c.Issue && e.Failed[n].Reason == c.Reason; n++ {
			what = append(what, e.Failed[n].Named())
		}
		fmt.Fprintf(&b, "\n  - %s, %s: %s", c.Issue, strings.Join(what, ", "), c.Reason)
	}
	return b.String()
}

// stopped says how far a run came that was stopped: a ticket may be written in part.
func (e *PartlyError) stopped() string {
	left := issuesOf(e.Failed)
	begun := func(key string) bool { return slices.Contains(e.Written, key) && slices.Contains(left, key) }
	part := slices.DeleteFunc(slices.Clone(left), func(key string) bool { return !begun(key) })
	line := "written: " + listed(slices.DeleteFunc(slices.Clone(e.Written), begun))
	if len(part) > 0 {
		line += "; in part: " + listed(part)
	}
	return line + "; not written: " + listed(slices.DeleteFunc(left, begun))
}

func (e *PartlyError) Unwrap() []error { return e.Causes }

// ExitCode is the program's exit code for this error: a run that was stopped
// before it wrote anything has not done its work in part.
func (e *PartlyError) ExitCode() int {
	if e.Stopped && len(e.Written) == 0 {
		return ExitFailed
	}
	return ExitPartly
}

// Hint says what to try.
func (e *PartlyError) Hint() string {
	if e.Stopped {
		return hintThenAgain("")
	}
	return hintThenAgain("mend what is named above and ", e.Causes...)
}

// issuesOf are the tickets of changes that are ordered by ticket.
func issuesOf(changes []outcome.Change) (keys []string) {
	for _, c := range changes {
		keys = append(keys, c.Issue)
	}
	return slices.Compact(keys)
}

func listed(keys []string) string { return cmp.Or(strings.Join(keys, ", "), "none") }

// A ReceiptError says that the tickets were dealt with and the page's account of
// it could not be written.
type ReceiptError struct {
	err error
	// nothing says that the tickets' changes have failed, all of them.
	nothing bool
	// inside says that people see the account, and only the page's state lacks it.
	inside bool
}

func (e *ReceiptError) Error() string {
	if e.inside {
		return fmt.Sprintf("all is written, but not noted in the page's state: %v", e.err)
	}
	return fmt.Sprintf("the page does not yet say what became of its lines: %v", e.err)
}

func (e *ReceiptError) Unwrap() error { return e.err }

// ExitCode is the program's exit code for this error.
func (e *ReceiptError) ExitCode() int {
	if e.nothing {
		return ExitFailed
	}
	return ExitPartly
}

// Hint says what to try.
func (e *ReceiptError) Hint() string { return hintThenAgain("", e.err) }

// hintThenAgain says what the causes suggest, or otherwise if they suggest
// nothing, and to run again.
func hintThenAgain(otherwise string, causes ...error) string {
	const again = "run the same command again; what is done is not done twice"
	var hints []string
	for _, cause := range causes {
		if hint := atlassian.HintOf(cause); hint != "" {
			hints = append(hints, hint)
		}
	}
	if len(hints) == 0 {
		return otherwise + again
	}
	slices.Sort(hints)
	return strings.Join(slices.Compact(hints), "; ") + "; then " + again
}

// sameFault reports whether two errors are one fault met twice: credentials that
// are not taken, or a service that answers, or does not, as before.
func sameFault(a, b error) bool {
	return atlassian.Unauthenticated(a) && atlassian.Unauthenticated(b) || atlassian.SameFault(a, b)
}

// alsoFailed joins what failed after err, unless that is the same fault again.
func alsoFailed(err, next error) error {
	if sameFault(err, next) {
		return err
	}
	return errors.Join(err, next)
}

// A problem is an error that a person can mend, with what to try.
type problem struct {
	what, hint string
}

func (p *problem) Error() string { return p.what }

// Hint says what to try.
func (p *problem) Hint() string { return p.hint }
