package atlassian

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"

	"refine/internal/lazyregexp"
)

// Connect is [New] for a site of Atlassian Cloud that is to be reached through
// its API gateway, as tokens with scopes and service accounts are: with
// Options.Gateway given, the site's cloud id is looked up there, without
// credentials, and the client sends to the gateway while people's addresses stay
// the site's.
func Connect(ctx context.Context, o Options) (*Client, error) {
	if o.Gateway == "" {
		return New(o)
	}
	site, err := parseBase(o.BaseURL)
	if err != nil {
		return nil, err
	}
	spent := int64(0)
	if o.CloudID == "" {
		if o.CloudID, spent, err = lookUpCloudID(ctx, o); err != nil {
			return nil, err
		}
	}
	o.Site, o.Deployment = cmp.Or(o.Site, site.String()), cloud
	o.BaseURL = strings.TrimRight(o.Gateway, "/") + "/ex/" + strings.ToLower(o.Product) + "/" + o.CloudID
	c, err := New(o)
	if err != nil {
		return nil, err
	}
	c.cloudID = o.CloudID
	c.requests.Add(spent)
	return c, nil
}

// Beside completes the options with what another product's client knows of the
// same site of Cloud: its id at the gateway, or where people reach it if only the
// gateway's address is given.
func (o *Options) Beside(other *Client, people string) {
	at, err := parseBase(o.BaseURL)
	switch {
	case err != nil:
	case at.Host == other.people.Host:
		o.CloudID = other.cloudID
	case at.Host == other.base.Host && path.Base(at.Path) == path.Base(other.base.Path) && other.Gateway():
		o.Site = people
	}
}

// Gateway reports whether the requests go to an API gateway, whose address is no
// place for people.
func (c *Client) Gateway() bool { return gatewayPath.MatchString(c.base.Path) }

var gatewayPath = lazyregexp.New(`^/ex/(?:jira|confluence)/[^/]+`)

// cloudIDPattern is what may become part of an address.
var cloudIDPattern = lazyregexp.New(`^[0-9A-Za-z-]{1,64}$`)

// lookUpCloudID asks the site itself, which tells anybody.
func lookUpCloudID(ctx context.Context, o Options) (id string, requests int64, err error) {
	asker, err := anonymous(o)
	if err != nil {
		return "", 0, err
	}
	var tenant struct {
		CloudID string `json:"cloudId"`
	}
	err = asker.JSON(ctx, http.MethodGet, "/_edge/tenant_info", nil, nil, &tenant)
	if err == nil && !cloudIDPattern.MatchString(tenant.CloudID) {
		err = fmt.Errorf("%s: GET /_edge/tenant_info tells no cloud id", asker.product)
	}
	if err != nil {
		return "", 0, &CloudIDError{product: strings.ToLower(asker.product), gateway: strings.TrimRight(o.Gateway, "/"), err: err}
	}
	return tenant.CloudID, asker.Requests(), nil
}

// A CloudIDError is a site that does not tell its id at the API gateway.
type CloudIDError struct {
	product, gateway string
	err              error
}

func (e *CloudIDError) Error() string {
	return fmt.Sprintf("looking up the site's cloud id for the API gateway: %v", e.err)
}

// Unwrap is why.
func (e *CloudIDError) Unwrap() error { return e.err }

// Hint says what to try.
func (e *CloudIDError) Hint() string {
	return fmt.Sprintf("check that %s.url is the site's own address, such as https://acme.atlassian.net; or give the gateway's with the id: %s/ex/%s/CLOUD-ID",
		e.product, e.gateway, e.product)
}

// anonymous is a client to the same place that sends no credentials.
func anonymous(o Options) (*Client, error) {
	base, err := parseBase(o.BaseURL)
	if err != nil {
		return nil, err
	}
	network, err := networkOf(o)
	if err != nil {
		return nil, err
	}
	c := newClient(o, base, network)
	c.signer = nil
	return c, nil
}

// ScopeMissing reports whether err is the API gateway's answer to a token that
// lacks the scope of what was asked.
func ScopeMissing(err error) bool {
	e, ok := errors.AsType[*APIError](err)
	return ok && e.Status == http.StatusUnauthorized && scopeMismatch(strings.Join(e.Messages, " "))
}

func scopeMismatch(said string) bool {
	return strings.Contains(strings.ToLower(said), "scope does not match")
}

// within is where an address stands below another, with a slash in front, or
// nothing for the other itself.
func within(address, below *url.URL) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(address.String()+"/", below.String()+"/")
	if rest = strings.TrimSuffix(rest, "/"); rest != "" {
		rest = "/" + rest
	}
	return rest, ok
}
