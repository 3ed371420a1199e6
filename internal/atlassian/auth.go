package atlassian

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
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
	Scoped = "scoped" // the same with an API token that has scopes, which works at the API gateway alone
	Bearer = "bearer" // personal access token of Data Center, or an OAuth access token
	OAuth2 = "oauth2" // an OAuth 2.0 client's own credentials: User is its id, Token its secret
)

// Auth is how a request says who asks.
type Auth struct {
	Type  string // empty means Basic where there is a User, else Bearer
	User  string // none for Bearer
	Token Secret
	// TokenURL is where OAuth2 gets access tokens; empty means Atlassian Cloud's
	// address, or the site's own of Data Center. Scope is what it asks for there.
	TokenURL, Scope string
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
	case !slices.Contains([]string{Basic, Scoped, Bearer, OAuth2}, a.kind()):
		return fmt.Errorf("authentication type %q is none of %s, %s, %s and %s", a.Type, Basic, Scoped, Bearer, OAuth2)
	case a.Token.IsZero():
		return errors.New("no token")
	case strings.ContainsFunc(a.Token.Reveal(), isControl):
		return errors.New("the token contains a control character, perhaps a line break from its file")
	case a.kind() == OAuth2 && a.User == "":
		return errors.New("an OAuth client needs its id as user")
	case a.named() && a.User == "":
		return errors.New("basic authentication needs a user")
	case a.named() && strings.Contains(a.User, ":"):
		return errors.New("the user contains a colon, which basic authentication cannot carry")
	}
	return nil
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// named reports whether user and token go together with each request.
func (a Auth) named() bool { return a.kind() == Basic || a.kind() == Scoped }

// A signer authenticates a request; nil sends it as nobody's.
type signer func(req *http.Request) error

// sign authenticates the request by what it has itself.
func (a Auth) sign(req *http.Request) error {
	if a.named() {
		req.SetBasicAuth(a.User, a.Token.Reveal())
	} else {
		bear(req, a.Token.Reveal())
	}
	return nil
}

func bear(req *http.Request, token string) { req.Header.Set("Authorization", "Bearer "+token) }

// signByGrant authenticates the request by an access token, which is a secret from
// now on, too.
func (c *Client) signByGrant(req *http.Request) error {
	token, err := c.grant.access(req.Context())
	if err != nil {
		return err
	}
	c.secrets.add(token.AccessToken)
	if state, ok := req.Context().Value(callKey{}).(*call); ok {
		state.access = token.AccessToken
	}
	bear(req, token.AccessToken)
	return nil
}
