package config

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"refine/internal/files"
)

const (
	// commandTimeout is long enough for a person to unlock a password store.
	commandTimeout = 30 * time.Second
	// mostSecret bounds what is read of a secret's file or a command's output, in
	// bytes. The longest tokens, signed claims, have a few thousand.
	mostSecret = 64 << 10
)

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

// WebhookSecret fetches what senders of the webhook know; without one there is no
// webhook.
func (c *Config) WebhookSecret(ctx context.Context) (Secret, error) {
	if c.Serve.secret().ways() == 0 {
		return Secret{}, nil
	}
	secret, err := c.Serve.secret().fetch(ctx)
	if err != nil {
		return Secret{}, tokenError("serve", err)
	}
	return secret, nil
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
		data, err := files.Read(k.file, mostSecret)
		if err != nil {
			return Secret{}, fmt.Errorf("reading %s_file: %w", k.name, err)
		}
		return clean(k.name+"_file", string(data))
	case k.command != "":
		out, err := runShell(ctx, k.command, commandTimeout)
		if err != nil {
			return Secret{}, fmt.Errorf("running %s_command: %w", k.name, err)
		}
		line, _, _ := strings.Cut(out, "\n")
		return clean(k.name+"_command", line)
	}
	return clean(k.name, k.value.Reveal())
}

// validateOnce wants at most one way to the secret under the key parent.
func (k keptSecret) validateOnce(parent string) []fault {
	if k.ways() > 1 {
		return []fault{about(parent, "more than one of %s, %[1]s_file and %[1]s_command", k.name)}
	}
	return nil
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
