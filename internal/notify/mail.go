package notify

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"net/url"
	"strings"
	"time"

	"refine/planner/outcome"
)

// A letter is a message and the addresses on its envelope.
type letter struct {
	from mail.Address
	to   []*mail.Address
	body []byte
}

// mail sends the message to the mailboxes that the place's address names:
// smtp://user:password@mail.acme.example:587/?from=refine@acme.example&to=team@acme.example.
// smtps is encrypted from the first byte, smtp as soon as the server offers it.
func (p *Place) mail(ctx context.Context, u *url.URL, m outcome.Message) error {
	l, client, err := p.enter(ctx, u, m)
	if err != nil {
		return err
	}
	defer client.Close()
	sent, err := deliver(client, l)
	if err != nil {
		_, refused := errors.AsType[*textproto.Error](err)
		return &Error{hide(u, reason(err)), sent && !refused}
	}
	client.Quit() // it is taken, whatever the server says to that
	return nil
}

// tryMail goes as far as the letter itself, and takes the envelope back.
func (p *Place) tryMail(ctx context.Context, u *url.URL) error {
	l, client, err := p.enter(ctx, u, outcome.Message{})
	if err != nil {
		return err
	}
	defer client.Close()
	if err := address(client, l); err != nil {
		return &Error{what: hide(u, reason(err))}
	}
	client.Reset() // whatever the server says to that, it has no letter
	client.Quit()
	return nil
}

// enter writes the letter, connects to the mail server and signs in.
func (p *Place) enter(ctx context.Context, u *url.URL, m outcome.Message) (l letter, client *smtp.Client, err error) {
	if l, err = newLetter(u.Query(), m); err != nil {
		return l, nil, &Error{what: err.Error()}
	}
	if client, err = dial(ctx, p.network, u); err != nil {
		return l, nil, &Error{what: reason(err)}
	}
	if err := greet(client, p.network, u); err != nil {
		client.Close()
		return l, nil, &Error{what: hide(u, reason(err))}
	}
	return l, client, nil
}

// hide takes the password out of what a server said, also as it was sent: some repeat
// what they refuse.
func hide(u *url.URL, said string) string {
	password, _ := u.User.Password()
	if password == "" {
		return said
	}
	sent := base64.StdEncoding.EncodeToString([]byte("\x00" + u.User.Username() + "\x00" + password))
	return strings.NewReplacer(sent, "[redacted]", password, "[redacted]").Replace(said)
}

func newLetter(q url.Values, m outcome.Message) (letter, error) {
	from, err := mail.ParseAddress(q.Get("from"))
	if err != nil {
		return letter{}, errors.New("its address names no sender: ?from=refine@acme.example")
	}
	to, err := mail.ParseAddressList(strings.Join(q["to"], ","))
	if err != nil {
		return letter{}, errors.New("its address names no receiver: &to=team@acme.example")
	}
	var b bytes.Buffer
	receivers := make([]string, len(to))
	for i, a := range to {
		receivers[i] = a.String()
	}
	for _, h := range [][2]string{
		{"From", from.String()}, {"To", strings.Join(receivers, ", ")}, {"Subject", mime.QEncoding.Encode("utf-8", line(m.Title))},
		{"Date", time.Now().Format(time.RFC1123Z)}, {"Message-ID", fmt.Sprintf("<%s.%s@refine>", m.Session, m.Print())},
		{"MIME-Version", "1.0"}, {"Content-Type", "text/plain; charset=utf-8"}, {"Content-Transfer-Encoding", "quoted-printable"},
		{"Auto-Submitted", "auto-generated"},
	} {
		fmt.Fprintf(&b, "%s: %s\r\n", h[0], h[1])
	}
	b.WriteString("\r\n")
	body := quotedprintable.NewWriter(&b)
	fmt.Fprintf(body, "%s\r\n\r\n%s\r\n", m.Text, m.URL)
	if err := body.Close(); err != nil {
		return letter{}, err
	}
	return letter{*from, to, b.Bytes()}, nil
}

// dial connects. All that follows has to be done by the context's deadline.
func dial(ctx context.Context, network *http.Transport, u *url.URL) (*smtp.Client, error) {
	port := "587"
	if u.Scheme == "smtps" {
		port = "465"
	}
	host := net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), port))
	var dialer interface {
		DialContext(context.Context, string, string) (net.Conn, error)
	} = &net.Dialer{}
	if u.Scheme == "smtps" {
		dialer = &tls.Dialer{Config: encryption(network, u)}
	}
	conn, err := dialer.DialContext(ctx, "tcp", host)
	if err != nil {
		return nil, err
	}
	if deadline, ok := ctx.Deadline(); ok {
		conn.SetDeadline(deadline)
	}
	client, err := smtp.NewClient(conn, u.Hostname())
	if err != nil {
		conn.Close()
	}
	return client, err
}

// encryption trusts the authorities that all requests trust.
func encryption(network *http.Transport, u *url.URL) *tls.Config {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if network.TLSClientConfig != nil {
		c = network.TLSClientConfig.Clone()
	}
	c.ServerName, c.NextProtos = u.Hostname(), nil
	return c
}

// greet encrypts the connection if it is not and can be, and says who we are. A
// password is sent over no other, but to this machine.
func greet(client *smtp.Client, network *http.Transport, u *url.URL) error {
	if offered, _ := client.Extension("STARTTLS"); offered && u.Scheme == "smtp" {
		if err := client.StartTLS(encryption(network, u)); err != nil {
			return err
		}
	}
	if u.User == nil {
		return nil
	}
	password, _ := u.User.Password()
	return client.Auth(smtp.PlainAuth("", u.User.Username(), password, u.Hostname()))
}

// deliver hands the letter over. sent says that the server has all of it, though it
// may not have said yet that it takes it.
func deliver(client *smtp.Client, l letter) (sent bool, err error) {
	if err := address(client, l); err != nil {
		return false, err
	}
	w, err := client.Data()
	if err != nil {
		return false, err
	}
	if _, err := w.Write(l.body); err != nil {
		return false, err
	}
	return true, w.Close()
}

// address says whom the letter is from and for.
func address(client *smtp.Client, l letter) error {
	if err := client.Mail(l.from.Address); err != nil {
		return err
	}
	for _, a := range l.to {
		if err := client.Rcpt(a.Address); err != nil {
			return err
		}
	}
	return nil
}
