package config

import (
	"fmt"
	"io"
	"log/slog"
)

const redacted = "[redacted]"

// A Secret hides itself from everything that prints, logs or encodes it. It
// holds a pointer because fmt shows the plain string of an unexported field
// without asking for its Format method.
//
// Package atlassian has one of its own. This one is read from a file, may be
// empty and says so; that one is sent. Neither package has a reason to import
// the other, and a third one for both would be a place for whatever is shared.
type Secret struct{ s *string }

// NewSecret hides s. An empty string is no secret: it gives the zero value.
func NewSecret(s string) Secret {
	if s == "" {
		return Secret{}
	}
	return Secret{&s}
}

// Reveal is the secret itself, for the one place that sends it.
func (s Secret) Reveal() string {
	if s.s == nil {
		return ""
	}
	return *s.s
}

// IsZero reports whether there is no secret.
func (s Secret) IsZero() bool { return s.s == nil }

// Format writes a placeholder, whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { io.WriteString(f, s.String()) }

// String is a placeholder, empty for no secret.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return redacted
}

// LogValue is what slog shows.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText is what JSON and XML show.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalYAML is what YAML shows.
func (s Secret) MarshalYAML() (any, error) { return s.String(), nil }

// UnmarshalText takes what the file or the environment holds.
func (s *Secret) UnmarshalText(b []byte) error {
	*s = NewSecret(string(b))
	return nil
}
