package atlassian

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// A proxyError is a proxy that does not let a connection through. The network's
// own error would hold nothing but the status' text.
type proxyError struct {
	proxy  string // host and port
	status int
}

func (e *proxyError) Error() string {
	return fmt.Sprintf("the proxy %s refused: %d %s", e.proxy, e.status, http.StatusText(e.status))
}

func (e *proxyError) hint(host string) string {
	if e.status == http.StatusProxyAuthRequired {
		return "the proxy wants credentials: give them in the address, http://USER:PASSWORD@" + e.proxy + ", as REFINE_HTTP_PROXY"
	}
	return "have the proxy let connections to " + host + " through, or choose another as http.proxy; NO_PROXY of the environment leaves it out where http.proxy is not set"
}

// tunnelled judges a proxy's answer to CONNECT.
func tunnelled(_ context.Context, proxy *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	return &proxyError{proxy.Host, answer.StatusCode}
}

// viaProxy reports whether the proxy itself could not be reached.
func viaProxy(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "proxyconnect"
}

// wantsCertificate reports whether the server broke the handshake off for want of
// a client certificate that it takes. The alert has no type of its own.
func wantsCertificate(err error) bool {
	for _, alert := range []string{"tls: certificate required", "tls: bad certificate", "tls: unknown certificate authority"} {
		if strings.HasSuffix(err.Error(), alert) {
			return true
		}
	}
	return false
}
