package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// mostAnswer bounds what is read of an answer, in bytes: nothing in it is needed.
const mostAnswer = 64 << 10

// post sends a JSON body. Whatever was refused has not arrived; a server that failed
// over it may have taken it.
func post(ctx context.Context, network *http.Transport, u *url.URL, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), bytes.NewReader(body))
	if err != nil {
		return &Error{what: "its address is none"}
	}
	req.GetBody = nil // a connection that broke may have carried it: it is not sent anew
	req.Header.Set("Content-Type", "application/json")
	status, err := do(network, req)
	switch {
	case err != nil:
		return &Error{reason(err), !neverLeft(err)}
	case status/100 == 2:
		return nil
	}
	return &Error{what: "it answered " + told(status), maybe: status/100 == 5 && status != http.StatusServiceUnavailable}
}

// reach asks the host for its first page: the path and all else of the address, which
// are secret and would bring a message about, are left out. Any answer will do.
func reach(ctx context.Context, network *http.Transport, u *url.URL) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/"}).String(), http.NoBody)
	if err != nil {
		return &Error{what: "its address is none"}
	}
	if _, err := do(network, req); err != nil {
		return &Error{what: reason(err)}
	}
	return nil
}

// do sends a request and gives the answer's status.
func do(network *http.Transport, req *http.Request) (status int, err error) {
	req.Header.Set("User-Agent", "refine")
	client := http.Client{Transport: network, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, io.LimitReader(resp.Body, mostAnswer)) // so that the connection can be used again
	return resp.StatusCode, nil
}

// neverLeft reports whether a request failed before a byte of it was sent.
func neverLeft(err error) bool {
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return true
	}
	op, ok := errors.AsType[*net.OpError](err)
	return ok && (op.Op == "dial" || op.Op == "proxyconnect")
}

func told(status int) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", status, http.StatusText(status)))
}

// Report calls the address that watches over runs: the address itself after a run in
// which all went well, with /fail behind its path after any other. Services that
// raise an alarm when no call comes take both.
func Report(ctx context.Context, address string, failed bool, network *http.Transport) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return &Error{what: "its address must begin with https://"}
	}
	if failed {
		u = u.JoinPath("fail")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return &Error{what: "its address is none"}
	}
	switch status, err := do(network, req); {
	case err != nil:
		return &Error{what: reason(err)}
	case status/100 != 2:
		return &Error{what: "it answered " + told(status)}
	}
	return nil
}
