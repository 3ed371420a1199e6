package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"refine/config"
	"refine/internal/atlassian"
	"refine/internal/notify"
	"refine/internal/worker"
)

// told gives teams the places where they are told of their sessions. The network to
// those is made once, where it is needed.
func told(h config.HTTP) func(*worker.Team, config.Team) error {
	network := sync.OnceValues(func() (*http.Transport, error) { return network(h) })
	return func(out *worker.Team, t config.Team) error {
		for _, n := range t.Notify {
			transport, err := network()
			if err != nil {
				return err
			}
			out.Notify = append(out.Notify, notify.New(n.Name, n.Type, revealed(n.Address), transport))
		}
		return nil
	}
}

func revealed(secret func(context.Context) (config.Secret, error)) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		s, err := secret(ctx)
		return s.Reveal(), err
	}
}

// network is how anything but the two services and the model is reached.
func network(h config.HTTP) (*http.Transport, error) {
	return atlassian.Transport(atlassian.Options{CAFile: h.CAFile, ClientCert: h.ClientCert, ClientKey: h.ClientKey, Proxy: h.Proxy})
}

// noticesText says who was told of a session, and who was not. shown is what stands
// above already.
func noticesText(out io.Writer, notices []worker.Delivery, shown string) {
	for _, said := range []struct {
		status worker.DeliveryState
		as     string
	}{{worker.ToBeSent, "would tell "}, {worker.WasSent, "told "}} {
		var to []string
		text := ""
		for _, n := range notices {
			if n.Status == said.status {
				to, text = append(to, n.To), n.Text
			}
		}
		switch {
		case len(to) == 0:
		case text == shown:
			fmt.Fprintf(out, "%s%s\n", said.as, strings.Join(to, ", "))
		default:
			fmt.Fprintf(out, "%s%s: %s\n", said.as, strings.Join(to, ", "), text)
		}
	}
	for _, n := range notices {
		switch n.Status {
		case worker.NotSent:
			fmt.Fprintf(out, "not told, the next run tries again: %s: %s\n", n.To, n.Reason)
		case worker.PerhapsSent:
			fmt.Fprintf(out, "perhaps told, not sent again: %s: %s: %s\n", n.To, n.Reason, n.Text)
		}
	}
}

// reportRun calls the address that watches over runs, if there is one. That it could
// not be called fails nothing.
func (a *app) reportRun(ctx context.Context, c *config.Config, failed bool) {
	address, err := c.Health.Address(ctx)
	if err == nil && address.IsZero() {
		return
	}
	var transport *http.Transport
	if err == nil {
		transport, err = network(c.HTTP)
	}
	if err == nil {
		defer transport.CloseIdleConnections()
		err = notify.Report(ctx, address.Reveal(), failed, transport)
	}
	if err != nil {
		a.log.Warn("the health address could not be called", "error", err)
	}
}
