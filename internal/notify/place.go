package notify

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"refine/planner/outcome"
)

// The kinds of places.
const (
	Slack      = "slack"
	Teams      = "teams"
	Mattermost = "mattermost"
	GoogleChat = "googlechat"
	Email      = "email"
	Webhook    = "webhook"
)

// Kinds are all of them.
var Kinds = []string{Slack, Teams, Mattermost, GoogleChat, Email, Webhook}

// A Place is where messages go.
type Place struct {
	name, kind string
	address    func(context.Context) (string, error)
	network    *http.Transport
}

// New is the place of that kind, known by name. Its address, which is a secret, is
// fetched when a message is due. network is never changed; its proxy and authorities
// count for mail as far as mail has them.
func New(name, kind string, address func(context.Context) (string, error), network *http.Transport) *Place {
	return &Place{name, kind, address, network}
}

// Name is what people call the place.
func (p *Place) Name() string { return p.name }

// patience bounds how long a place may take to take a message.
const patience = 15 * time.Second

// Send sends the message, within 15 seconds. An error is a [*Error].
func (p *Place) Send(ctx context.Context, m outcome.Message) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	u, err := p.find(ctx)
	if err != nil {
		return err
	}
	if p.kind == Email {
		return p.mail(ctx, u, m)
	}
	body, err := payload(p.kind, m)
	if err != nil {
		return &Error{what: err.Error()}
	}
	return post(ctx, p.network, u, body)
}

// Try finds out, within 15 seconds, whether a message would be taken, as far as that
// sends none, and says what it found: the host of a webhook is asked for its first
// page, a mail server whether it takes this sender and these receivers. An error is a
// [*Error].
func (p *Place) Try(ctx context.Context) (found string, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	u, err := p.find(ctx)
	if err != nil {
		return "", err
	}
	if p.kind == Email {
		return "the mail server takes the sender and the receivers", p.tryMail(ctx, u)
	}
	return u.Host + " can be reached", reach(ctx, p.network, u)
}

// find fetches the address and holds it against what such a place has.
func (p *Place) find(ctx context.Context) (*url.URL, error) {
	address, err := p.address(ctx)
	if err != nil {
		return nil, &Error{what: err.Error()}
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "":
		return nil, &Error{what: "its address is none"} // which the error of net/url would repeat
	case p.kind == Email && u.Scheme != "smtp" && u.Scheme != "smtps":
		return nil, &Error{what: "its address must be like smtp://user:password@mail.acme.example:587/?from=refine@acme.example&to=team@acme.example"}
	case p.kind != Email && u.Scheme != "http" && u.Scheme != "https":
		return nil, &Error{what: "its address must begin with https://"}
	}
	return u, nil
}

// An Error says why a message was not sent, or that nobody knows.
type Error struct {
	what  string
	maybe bool
}

func (e *Error) Error() string {
	if e.maybe {
		return e.what + "; it may have arrived"
	}
	return e.what
}

// MayHaveArrived reports whether the message was perhaps taken all the same.
func (e *Error) MayHaveArrived() bool { return e.maybe }

// reason is what went wrong on the way, without the address.
func reason(err error) string {
	if e, ok := errors.AsType[*url.Error](err); ok {
		err = e.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Sprintf("no answer within %v", patience)
	}
	return err.Error()
}
