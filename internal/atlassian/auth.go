package atlassian

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
)

// A Secret hides itself wherever it might be printed, logged or marshalled.
// It holds a pointer, because fmt prints a plain string of an unexported field.
type Secret struct{ s *string }

// NewSecret wraps s. The empty string is no secret: the zero value.
func NewSecret(s string) Secret {
	if s == "" {
		return Secret{}
	}
	return Secret{&s}
}

// Reveal is the only way to the text.
func (s Secret) Reveal() string {
	if s.s == nil {
		return ""
	}
	return *s.s
}

// IsZero reports whether there is no secret.
func (s Secret) IsZero() bool { return s.s == nil }

const redacted = "[redacted]"

func (Secret) Format(f fmt.State, _ rune)   { io.WriteString(f, redacted) }
func (Secret) LogValue() slog.Value         { return slog.StringValue(redacted) }
func (Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Ways to authenticate.
const (
	Basic  = "basic"  // user (an e-mail address on Cloud) and API token or password
	Bearer = "bearer" // personal access token of Data Center, or an OAuth access token
)

// Auth is how a request says who asks.
type Auth struct {
	Type  string // Basic or Bearer; empty means Basic where there is a User, else Bearer
	User  string // Basic only
	Token Secret
}

func (a Auth) kind() string {
	switch {
	case a.Type != "":
		return a.Type
	case a.User != "":
		return Basic
	}
	return Bearer
}

func (a Auth) validate() error {
	switch {
	case a.kind() != Basic && a.kind() != Bearer:
		return fmt.Errorf("authentication type %q is neither %s nor %s", a.Type, Basic, Bearer)
	case a.Token.IsZero():
		return errors.New("no token")
	case strings.ContainsFunc(a.Token.Reveal(), isControl):
		return errors.New("the token contains a control character, perhaps a line break from its file")
	case a.kind() == Basic && a.User == "":
		return errors.New("basic authentication needs a user")
	case a.kind() == Basic && strings.Contains(a.User, ":"):
		return errors.New("the user contains a colon, which basic authentication cannot carry")
	}
	return nil
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// sign authenticates the request.
func (a Auth) sign(req *http.Request) {
	if a.kind() == Basic {
		req.SetBasicAuth(a.User, a.Token.Reveal())
		return
	}
	req.Header.Set("Authorization", "Bearer "+a.Token.Reveal())
}
