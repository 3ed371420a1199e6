package config

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
	"unicode"
)

// commandTimeout is long enough for a person to unlock a password store.
const commandTimeout = time.Minute

// Tokens fetches the tokens from where they are kept. A command that both
// services share runs once.
func (c *Config) Tokens(ctx context.Context) (jira, confluence Secret, err error) {
	jira, err = c.Jira.Auth.token(ctx)
	if err != nil {
		return Secret{}, Secret{}, tokenError("jira.auth", err)
	}
	if c.Confluence.Auth == c.Jira.Auth {
		return jira, jira, nil
	}
	confluence, err = c.Confluence.Auth.token(ctx)
	if err != nil {
		return Secret{}, Secret{}, tokenError("confluence.auth", err)
	}
	return jira, confluence, nil
}

func tokenError(key string, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return &Error{Faults: []error{fmt.Errorf("%s: %w", key, err)}}
}

// ModelKey fetches the model's key from where it is kept.
func (c *Config) ModelKey(ctx context.Context) (Secret, error) {
	key, err := c.Model.secret().fetch(ctx)
	if err != nil {
		return Secret{}, tokenError("model", err)
	}
	return key, nil
}

// A keptSecret is where a secret is kept: at most one of three ways is given.
type keptSecret struct {
	name          string // its key; those of the other ways follow from it
	value         Secret
	file, command string
}

func (a Auth) secret() keptSecret {
	return keptSecret{"token", a.Token, a.TokenFile, a.TokenCommand}
}

func (m Model) secret() keptSecret {
	return keptSecret{"key", m.Key, m.KeyFile, m.KeyCommand}
}

func (a Auth) token(ctx context.Context) (Secret, error) { return a.secret().fetch(ctx) }

func (k keptSecret) fetch(ctx context.Context) (Secret, error) {
	switch {
	case k.file != "":
		data, err := os.ReadFile(k.file)
		if err != nil {
			return Secret{}, fmt.Errorf("reading %s_file: %w", k.name, err)
		}
		return clean(k.name+"_file", string(data))
	case k.command != "":
		out, err := runShell(ctx, k.command)
		if err != nil {
			return Secret{}, fmt.Errorf("running %s_command: %w", k.name, err)
		}
		line, _, _ := strings.Cut(out, "\n")
		return clean(k.name+"_command", line)
	}
	return clean(k.name, k.value.Reveal())
}

// ways counts the ways to the secret that were given.
func (k keptSecret) ways() int {
	n := 0
	for _, given := range []bool{!k.value.IsZero(), k.file != "", k.command != ""} {
		if given {
			n++
		}
	}
	return n
}

// clean refuses what cannot be a token before a service answers 401 to it.
func clean(key, text string) (Secret, error) {
	token := strings.TrimSpace(text)
	switch {
	case token == "":
		return Secret{}, fmt.Errorf("%s gives nothing", key)
	case strings.ContainsFunc(token, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }):
		return Secret{}, fmt.Errorf("%s gives more than one word", key)
	}
	return NewSecret(token), nil
}

// runShell gives what the command prints. What it says on stderr is shown to
// the person who waits for it, and never becomes part of an error.
func runShell(ctx context.Context, command string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, commandTimeout)
	defer cancel()
	shell, flag := "sh", "-c"
	if runtime.GOOS == "windows" {
		shell, flag = "cmd", "/C"
	}
	cmd := exec.CommandContext(ctx, shell, flag, command)
	cmd.Stdin, cmd.Stderr = os.Stdin, os.Stderr
	cmd.WaitDelay = time.Second // a grandchild may hold the pipe open
	out, err := cmd.Output()
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return "", fmt.Errorf("not done after %v", commandTimeout)
	}
	return string(out), err
}
