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

func (a Auth) token(ctx context.Context) (Secret, error) {
	switch {
	case a.TokenFile != "":
		data, err := os.ReadFile(a.TokenFile)
		if err != nil {
			return Secret{}, fmt.Errorf("reading token_file: %w", err)
		}
		return clean("token_file", string(data))
	case a.TokenCommand != "":
		out, err := runShell(ctx, a.TokenCommand)
		if err != nil {
			return Secret{}, fmt.Errorf("running token_command: %w", err)
		}
		line, _, _ := strings.Cut(out, "\n")
		return clean("token_command", line)
	}
	return clean("token", a.Token.Reveal())
}

// clean refuses what cannot be a token before a service answers 401 to it.
func clean(key, text string) (Secret, error) {
	token := strings.TrimSpace(text)
	switch {
	case token == "":
		return Secret{}, fmt.Errorf("%s gives nothing", key)
	case strings.ContainsFunc(token, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }):
		return Secret{}, fmt.Errorf("%s gives more than one word, which no token is", key)
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
