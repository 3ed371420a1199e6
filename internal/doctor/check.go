package doctor

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"refine/internal/atlassian"
)

// Status is how a check went.
type Status string

// The statuses. A warning is something that does not fail a run by itself.
const (
	OK      Status = "ok"
	Warning Status = "warning"
	Failed  Status = "failed"
	Skipped Status = "skipped"
)

// A Finding is what a check found.
type Finding struct {
	ID     string `json:"id"`             // stable: jira.credentials
	Team   string `json:"team,omitempty"` // whose setting it is about; empty for all
	Name   string `json:"name"`
	Status Status `json:"status"`
	Detail string `json:"detail"`
	Try    string `json:"try,omitempty"` // what to do, unless all is well
}

// A check finds one thing out.
type check struct {
	id, team, name string
	needs          []*check // which must not have failed
	after          []*check // which must have ended, however
	run            func(context.Context) result

	done   chan struct{}
	result result // once it is done
}

// A result is what one check says.
type result struct {
	status      Status
	detail, try string
	because     string // of one that was skipped: the check that failed
}

func ok(format string, args ...any) result {
	return result{status: OK, detail: fmt.Sprintf(format, args...)}
}

func warning(try, format string, args ...any) result {
	return result{status: Warning, detail: fmt.Sprintf(format, args...), try: try}
}

func failed(try, format string, args ...any) result {
	return result{status: Failed, detail: fmt.Sprintf(format, args...), try: try}
}

func skipped(format string, args ...any) result {
	return result{status: Skipped, detail: fmt.Sprintf(format, args...)}
}

// failure is a check that ended with an error, which knows best what to try.
func failure(err error, otherwise string) result {
	try := otherwise
	if e, ok := errors.AsType[interface {
		error
		Hint() string
	}](err); ok && e.Hint() != "" {
		try = e.Hint()
	} else if hint := atlassian.HintOf(err); hint != "" {
		try = hint
	}
	return result{status: Failed, detail: oneLine(err.Error()), try: try}
}

// oneLine joins the lines of an error that has several.
func oneLine(s string) string { return strings.ReplaceAll(strings.TrimSpace(s), "\n", "; ") }

// longest is how long a check may take: a service that does not answer is named
// within a minute.
const longest = 45 * time.Second

// examine makes all checks, each as soon as those it depends on have ended.
func examine(ctx context.Context, checks []*check) []Finding {
	for _, c := range checks {
		c.done = make(chan struct{})
	}
	var wg sync.WaitGroup
	for _, c := range checks {
		wg.Go(func() {
			defer close(c.done)
			c.result = c.make(ctx)
		})
	}
	wg.Wait()
	findings := make([]Finding, len(checks))
	for i, c := range checks {
		findings[i] = Finding{c.id, c.team, c.name, c.result.status, c.result.detail, c.result.try}
	}
	return findings
}

// stuck is the result of what needs this check, if it cannot be made: it names the
// one that failed first.
func (c *check) stuck() (r result, stuck bool) {
	switch c.result.status {
	case Failed:
		r, stuck = skipped("needs %s, which failed", c.name), true
		r.because = c.name
	case Skipped:
		r, stuck = skipped("needs %s, which was skipped", c.name), true
		if r.because = c.result.because; r.because != "" {
			r.detail = fmt.Sprintf("needs %s, which failed", r.because)
		}
	}
	return r, stuck
}

func (c *check) make(ctx context.Context) result {
	for _, other := range c.after {
		<-other.done
	}
	for _, other := range c.needs {
		<-other.done
		if r, stuck := other.stuck(); stuck {
			return r
		}
	}
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	return c.run(ctx)
}
