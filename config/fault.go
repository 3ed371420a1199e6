package config

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Error says all that is wrong with a configuration. No fault quotes a secret.
type Error struct {
	Faults []error
	Remedy string // what to try
}

func (e *Error) Error() string { return errors.Join(e.Faults...).Error() }

// Unwrap gives the faults to errors.Is and errors.As.
func (e *Error) Unwrap() []error { return e.Faults }

// Hint says what to try.
func (e *Error) Hint() string { return e.Remedy }

// A fault is one thing that is wrong with one key.
type fault struct {
	key    string // jira.auth.user, teams[0].session.start
	origin string // refine.yaml:12, REFINE_JIRA_URL; empty if the key was not given
	line   int
	msg    string
}

func (f fault) Error() string {
	parts := slices.DeleteFunc([]string{f.origin, f.key, f.msg}, func(s string) bool { return s == "" })
	return strings.Join(parts, ": ")
}

// about is a fault of a key's value, whose place is found later.
func about(key, format string, args ...any) fault {
	return fault{key: key, msg: fmt.Sprintf(format, args...)}
}

// inOrder makes an Error of faults: those of the file first, line by line.
func inOrder(faults []fault, remedy string) error {
	slices.SortStableFunc(faults, func(a, b fault) int {
		if (a.line == 0) != (b.line == 0) {
			return cmp.Compare(b.line, a.line)
		}
		return cmp.Compare(a.line, b.line)
	})
	e := &Error{Remedy: remedy}
	for _, f := range faults {
		e.Faults = append(e.Faults, f)
	}
	return e
}
