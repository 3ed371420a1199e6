package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"refine/config"
	"refine/internal/lazyregexp"
	"refine/internal/worker"
	"refine/planner/ticket"
)

// selectionFlags say which session a plan is for, as they were typed.
type selectionFlags struct {
	team, epic, jql, date string
	keys                  []string
}

func (f *selectionFlags) add(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.team, "team", "", "`name` of the team (default: the only one)")
	flags.StringVar(&f.epic, "epic", "", "`key` of an epic whose open children are the items")
	flags.StringVar(&f.jql, "jql", "", "`query` for the items, within the team's own")
	flags.StringSliceVar(&f.keys, "keys", nil, "`keys` of the items")
	flags.StringVar(&f.date, "date", "", "`day` of the session, 2026-11-24 (default: the next scheduled, else the next working day)")
}

// check finds what is wrong with the flags together.
func (f *selectionFlags) check(c *cobra.Command) error {
	chosen := 0
	for _, name := range []string{"epic", "jql", "keys"} {
		if c.Flags().Changed(name) {
			chosen++
		}
	}
	if chosen > 1 {
		return errors.New("choose one of --epic, --jql and --keys")
	}
	return noneEmpty(c)
}

// noneEmpty refuses a flag that was typed with nothing behind it. An unset
// variable in a cron job leaves that, and must not choose the whole backlog.
func noneEmpty(c *cobra.Command) error {
	var faults []error
	c.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		value := f.Value.String()
		if list, ok := f.Value.(pflag.SliceValue); ok {
			value = strings.Join(list.GetSlice(), "")
		}
		if f.Changed && strings.TrimSpace(value) == "" {
			faults = append(faults, fmt.Errorf("--%s is empty", f.Name))
		}
	})
	return errors.Join(faults...)
}

// keyPattern is what a person may type for a key; Jira has them in capitals.
var keyPattern = lazyregexp.New(`^[A-Z][A-Z0-9_]+-[0-9]+$`)

func issueKey(s string) (string, error) {
	key := strings.ToUpper(strings.TrimSpace(s))
	if !keyPattern.MatchString(key) {
		return "", fmt.Errorf("%q is no issue key such as PAY-7", s)
	}
	return key, nil
}

// selection reads the flags; errors are of usage.
func (f *selectionFlags) selection() (ticket.Selection, error) {
	switch {
	case f.epic != "":
		key, err := issueKey(f.epic)
		return ticket.Selection{Kind: ticket.Epic, Value: key}, err
	case f.jql != "":
		return ticket.Selection{Kind: ticket.JQL, Value: f.jql}, nil
	case len(f.keys) > 0:
		return keysSelection(f.keys)
	default:
		return ticket.Selection{Kind: ticket.Backlog}, nil
	}
}

func keysSelection(typed []string) (ticket.Selection, error) {
	sel := ticket.Selection{Kind: ticket.Keys}
	var faults []error
	for _, k := range typed {
		if strings.TrimSpace(k) == "" { // "A-1,,A-2"; none at all, noneEmpty refuses
			continue
		}
		key, err := issueKey(k)
		sel.Keys = append(sel.Keys, key)
		faults = append(faults, err)
	}
	return sel, errors.Join(faults...)
}

func day(s string) (ticket.Date, error) {
	if s == "" {
		return ticket.Date{}, nil
	}
	d, err := ticket.ParseDate(s)
	if err != nil {
		return d, fmt.Errorf("--date: %w", err)
	}
	return d, nil
}

// into returns what fills in the request, once there is a configuration.
func (f *selectionFlags) into(req *worker.Request, command *cobra.Command) func(*config.Config) error {
	return func(c *config.Config) (err error) {
		sel, err := f.selection()
		date, dateErr := day(f.date)
		if err := errors.Join(f.check(command), err, dateErr); err != nil {
			return &usageError{err, command.CommandPath()}
		}
		req.Selection, req.Date = sel, date
		req.Team, err = chosenTeam(c, f.team)
		return err
	}
}

func chosenTeam(c *config.Config, name string) (worker.Team, error) {
	t, err := c.Team(name)
	if err != nil {
		return worker.Team{}, err
	}
	out, err := team(t, calendars(c, 0))
	if err == nil {
		err = told(c.HTTP)(&out, t)
	}
	return out, err
}

// chosenTeams are the one of that name, or all where none is named, for commands that
// tell nobody.
func chosenTeams(c *config.Config, name string) ([]worker.Team, error) {
	configured := c.Teams
	if name != "" {
		t, err := c.Team(name)
		if err != nil {
			return nil, err
		}
		configured = []config.Team{t}
	}
	return silentTeams(configured, calendars(c, 0))
}
