package atlassian

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// maxMessage bounds what one message of a service may contribute to an error.
const maxMessage = 400

// errorBody is the union of the shapes in which the services say what is wrong.
type errorBody struct {
	ErrorMessages   []string        `json:"errorMessages"` // Jira
	Errors          json.RawMessage `json:"errors"`        // Jira: {"field": text}; Confluence v2: [{"title", "detail"}]
	Message         string          `json:"message"`       // Confluence v1 and the gateway
	WarningMessages []string        `json:"warningMessages"`
	Problem         string          `json:"error"` // where access tokens are fetched
	Description     string          `json:"error_description"`
}

// messages are what the service says, without markup; [Client.say] makes them fit
// to be shown.
func (c *Client) messages(resp *http.Response, body []byte) []string {
	if resp.StatusCode >= 300 && resp.StatusCode < 400 {
		if to := c.target(resp); to != nil {
			return []string{"redirected to " + to.String()}
		}
		return []string{"redirected without a word where to"}
	}
	if isHTML(resp) {
		return []string{"answered with an HTML page instead of JSON"}
	}
	if resp.StatusCode < 300 {
		return []string{"answered as to nobody: the credentials were not taken"}
	}
	var parsed errorBody
	if json.Unmarshal(body, &parsed) != nil {
		return nil
	}
	out := append(parsed.ErrorMessages, parsed.WarningMessages...)
	out = append(out, parsed.Message, strings.Trim(parsed.Problem+": "+parsed.Description, ": "))
	return append(out, nested(parsed.Errors)...)
}

// nested reads the errors member, whose shape tells the product.
func nested(raw json.RawMessage) []string {
	var list []struct{ Title, Detail, Code string }
	if json.Unmarshal(raw, &list) == nil {
		var out []string
		for _, e := range list {
			out = append(out, strings.Trim(e.Title+": "+e.Detail, ": "))
		}
		return out
	}
	var fields map[string]any
	if json.Unmarshal(raw, &fields) != nil {
		return nil
	}
	var out []string
	for name, text := range fields {
		out = append(out, fmt.Sprintf("%s: %v", name, text))
	}
	return out
}

// shorten makes one line of a message.
func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > maxMessage {
		return string(r[:maxMessage]) + "…"
	}
	return s
}

// target is where a redirect leads, without its query; nil if it does not say, or
// leads through a secret of ours, which may be spread over the parts.
func (c *Client) target(resp *http.Response) *url.URL {
	u, err := resp.Location()
	if err != nil || c.secrets.hide(u.Host+u.Path) != u.Host+u.Path {
		return nil
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
}

// A loginResult is what a service made of our credentials, as its headers tell.
type loginResult int

const (
	taken    loginResult = iota // or not told
	mistaken                    // wrong, and the request was answered as nobody's
	denied                      // not even looked at until somebody has solved a CAPTCHA
)

func login(resp *http.Response) loginResult {
	reason := resp.Header.Get("X-Seraph-LoginReason")
	switch {
	case strings.Contains(resp.Header.Get("X-Authentication-Denied-Reason"), "CAPTCHA"), strings.Contains(reason, "AUTHENTICATION_DENIED"):
		return denied
	case strings.Contains(reason, "AUTHENTICATED_FAILED"):
		return mistaken
	}
	return taken
}

// hint says what a person can do about an answer.
func (c *Client) hint(resp *http.Response, e *APIError) string {
	said := strings.ToLower(strings.Join(e.Messages, " "))
	switch {
	case strings.Contains(said, "exceeds the allowed limit"):
		return "say less on the page, or have " + c.product + "'s limit of a text raised"
	case login(resp) == denied:
		return "log in once with a browser and solve the CAPTCHA before another run: more attempts lock the account"
	case scopeMismatch(said):
		return "give the token the scope that this needs: docs/scopes.md lists them, refine doctor names those that are missing"
	case strings.Contains(said, "basic auth") && strings.Contains(said, "disabled"):
		return "basic authentication is switched off here: use a personal access token, without a user (auth type bearer)"
	case e.Status == http.StatusNotFound && isHTML(resp):
		return "this is no answer of the API: check the address and its context path"
	case login(resp) == mistaken:
		return c.tokenHint()
	case e.Status == http.StatusRequestEntityTooLarge, e.Status == http.StatusTooManyRequests: // a proxy says it in HTML
	case e.Status < 400 || isHTML(resp) && e.Status < 500:
		return c.loginHint(resp)
	}
	return c.statusHint(e)
}

// loginHint is for answers that a browser would have understood.
func (c *Client) loginHint(resp *http.Response) string {
	if u := c.target(resp); u != nil && u.Host != "" && (u.Host != c.base.Host || u.Scheme != c.base.Scheme) {
		return fmt.Sprintf("use the address it redirects to, %s://%s, or, if that is a login page, check the credentials", u.Scheme, u.Host)
	}
	return "this looks like a login page: check the address, its context path, and the credentials"
}

func (c *Client) statusHint(e *APIError) string {
	switch {
	case e.Status == http.StatusUnauthorized:
		return c.tokenHint()
	case e.Status == http.StatusForbidden:
		return "ask an administrator to give this user the permission"
	case e.Status == http.StatusNotFound && strings.HasSuffix(e.Path, "/serverInfo"): // which every site shows
		return "no API of " + c.product + " is there: check its address and context path; refine doctor tells more"
	case e.Status == http.StatusNotFound:
		return "check that it exists and that this user may see it; the service hides what is forbidden"
	case e.Status == http.StatusGone:
		return "the service no longer has this operation: check the deployment setting (cloud or datacenter)"
	case e.Status == http.StatusRequestEntityTooLarge:
		return "what is written is too large for the service or a proxy before it: choose fewer items (limit), or have its limit raised"
	case e.Status == http.StatusTooManyRequests && e.RetryAfter > 0:
		return fmt.Sprintf("the rate limit is used up: run again in %s", e.RetryAfter.Round(time.Second))
	case e.Status == http.StatusTooManyRequests:
		return "the rate limit is used up: run again later"
	case e.Status == http.StatusProxyAuthRequired:
		return "the proxy wants credentials: check the proxy setting"
	case e.Status >= 500:
		return "the service has a problem of its own: run again later"
	}
	return ""
}

// networkMessage says in one line why no answer came.
func networkMessage(err error) string {
	var timeout net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return "cancelled"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "no answer in time"
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection was closed without an answer"
	}
	if wantsCertificate(err) {
		return "it wants a client certificate: " + err.Error()
	}
	return err.Error()
}

func networkHint(err error, host string) string {
	_, dns := errors.AsType[*net.DNSError](err)
	_, authority := errors.AsType[x509.UnknownAuthorityError](err)
	_, record := errors.AsType[tls.RecordHeaderError](err)
	_, oversize := errors.AsType[*oversizeError](err)
	proxy, refused := errors.AsType[*proxyError](err)
	var timeout net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return ""
	case refused:
		return proxy.hint(host)
	case viaProxy(err):
		return "check that the proxy can be reached from here: http.proxy, else HTTPS_PROXY of the environment; NO_PROXY leaves it out"
	case wantsCertificate(err):
		return "give a client certificate that " + host + " takes, as http.client_cert and http.client_key"
	case dns:
		return "check the name " + host + " and the network"
	case authority:
		return "if the site has a private certificate authority, name its file as http.ca_file"
	case outOfDate(err):
		return "check the clock of this machine; if it is right, the certificate of " + host + " has expired"
	case oversize:
		return "choose less: a smaller limit, a narrower JQL, fewer keys; if that changes nothing, ask the service's administrator why it answers so much"
	case errors.Is(err, errUnended):
		return "raise http.timeout if " + host + " is slow; otherwise look at what stands between here and there"
	case errors.Is(err, errIncomplete):
		return "run again; if it stays so, look at the proxy between here and " + host + ": it may cut off long answers"
	case hopelessCert(err):
		return "check the address: the certificate of " + host + " does not fit it"
	case record, errors.Is(err, http.ErrSchemeMismatch):
		return "the server does not speak TLS there: check http:// or https:// and the port"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "raise http.timeout, or try again later"
	}
	return "check that " + host + " can be reached from here, and the proxy setting"
}

// outOfDate is a certificate that is not valid yet or any more, by the clock of
// this machine.
func outOfDate(err error) bool {
	invalid, ok := errors.AsType[x509.CertificateInvalidError](err)
	return ok && invalid.Reason == x509.Expired
}

func hopelessCert(err error) bool {
	_, bad := errors.AsType[*tls.CertificateVerificationError](err)
	return bad
}
