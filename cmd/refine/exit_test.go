package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/config"
	"refine/internal/worker"
	"refine/planner/outcome"
)

func TestExitCodes(t *testing.T) {
	t.Parallel()
	var (
		plain   = errors.New("no such host")
		usage   = &usageError{plain, "refine"}
		faulty  = &config.Error{Faults: []error{plain}}
		partly  = &worker.PartlyError{Causes: []error{context.Canceled}}
		refused = &worker.RefusedError{}
		held    = &worker.HeldError{Holder: "elsewhere"}
	)
	tests := []struct {
		name string
		err  error
		want int
	}{
		{"plain", plain, 1},
		{"wrapped", fmt.Errorf("syncing: %w", held), 5},
		{"configuration", fmt.Errorf("team: %w", faulty), 2},
		{"usage beside a failure", errors.Join(plain, usage), 2},
		{"partly done and its release failed", errors.Join(partly, plain), 3},
		{"partly done and held", errors.Join(held, partly), 3},
		{"partly done and interrupted", errors.Join(partly, context.Canceled), 3},
		{"held twice", errors.Join(held, held), 5},
		{"held and failed", errors.Join(held, plain), 1},
		{"refused and held", errors.Join(refused, fmt.Errorf("team: %w", held)), 1},
		{"some jobs of a run", errors.Join(&someFailed{errors.Join(held, plain)}, nil), 3},
		{"interrupted", context.Canceled, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, exitCode(tt.err))
		})
	}
}

// An interruption is told in one word, unless there is more to tell.
func TestWhatAnInterruptionSays(t *testing.T) {
	t.Parallel()
	ticket := outcome.Change{Issue: "PAY-3", Kind: outcome.CommentChange, Reason: "interrupted"}
	set := func(f outcome.Field) outcome.Change {
		return outcome.Change{Issue: "PAY-3", Kind: outcome.FieldChange, Reason: "not tried", Set: &outcome.Setting{Field: f}}
	}
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"nothing else", fmt.Errorf("reading: %w", context.Canceled), "refine: interrupted\n"},
		{"twice", errors.Join(context.Canceled, fmt.Errorf("reading: %w", context.Canceled)), "refine: interrupted\n"},
		{"beside a failure", errors.Join(context.Canceled, errors.New("disk full")), "disk full"},
		{"partly done", &worker.PartlyError{Failed: []outcome.Change{ticket}, Causes: []error{context.Canceled}}, "PAY-3, comment: interrupted"},
		{"one reason", &worker.PartlyError{Failed: []outcome.Change{
			ticket, set(outcome.FlagField), set(outcome.RankField), {Issue: "PAY-4", Kind: outcome.LinkChange, Reason: "not tried"},
		}}, "\n  - PAY-3, comment: interrupted\n  - PAY-3, flag, rank: not tried\n  - PAY-4, link: not tried\n"},
		{"a ticket in part", &worker.PartlyError{Failed: []outcome.Change{ticket, {Issue: "PAY-4"}}, Written: []string{"PAY-2", "PAY-3"}, Stopped: true}, "stopped by a signal; written: PAY-2; in part: PAY-3; not written: PAY-4\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var stderr bytes.Buffer
			a := &app{err: newTerminal(&stderr)}
			a.fail(tt.err)
			assert.Contains(t, stderr.String(), tt.want)
		})
	}
}
