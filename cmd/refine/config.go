package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"refine/config"
)

func configCommand(a *app) *cobra.Command {
	group := &cobra.Command{
		Use:   "config",
		Short: "Write, check or describe the configuration",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return &usageError{errors.New("config: which one, init, check or schema?"), c.CommandPath()}
		},
	}
	group.AddCommand(configInitCommand(a), configCheckCommand(a), configSchemaCommand(a))
	return group
}

func configInitCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "init",
		Short: "Write a commented example to refine.yaml, or to the file of --config",
		Long: `Writes a commented example to refine.yaml, or to the file that --config names.
A file that is there already is left alone. "--config -" prints the example.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if a.configFile == "-" {
				_, err := io.WriteString(a.data, config.Example)
				return err
			}
			return a.initConfig(cmp.Or(a.configFile, config.FileName))
		},
	}
}

func (a *app) initConfig(name string) error {
	// A token may come to stand in it: nobody else's to read.
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return &config.Error{Faults: []error{fmt.Errorf("%s is there already and was left alone", name)},
			Remedy: "refine config init --config - prints the example"}
	}
	if err != nil {
		return fmt.Errorf("writing the example: %w", err)
	}
	_, err = io.WriteString(f, config.Example)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("writing the example: %w", err)
	}
	return a.result(struct {
		File string `json:"file"`
	}{name}, func(w io.Writer) {
		fmt.Fprintf(w, "wrote %s; put your addresses in, then run refine config check\n", name)
	})
}

func configCheckCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Check file and environment, and show what they come to",
		Long: `Reads the file and the environment, reports every fault with its line, and shows
what they come to, with the next sessions of each team. The token is fetched as a
run would do it. Jira and Confluence are sent nothing: whether they take it shows
only when they are asked, as refine doctor does.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.checkConfig(c.Context()) },
	}
}

func (a *app) checkConfig(ctx context.Context) error {
	c, err := a.config()
	if err != nil {
		return err
	}
	if _, _, err := c.Tokens(ctx); err != nil {
		return err
	}
	s, err := summarise(ctx, c, a.now())
	if err != nil {
		return err
	}
	return errors.Join(a.result(s, s.text), s.unread())
}

func configSchemaCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON schema of the configuration file",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			schema, err := config.Schema()
			if err != nil {
				return err
			}
			_, err = a.data.Write(schema)
			return err
		},
	}
}
