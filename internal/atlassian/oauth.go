package atlassian

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// Where an OAuth 2.0 client gets its access tokens, unless told otherwise: of
// Atlassian Cloud at one place for all sites, of Data Center at the site.
const (
	cloudTokenURL       = "https://auth.atlassian.com/oauth/token"
	dataCenterTokenPath = "/rest/oauth2/latest/token"
)

// A grant gets access tokens for an OAuth 2.0 client with its own credentials,
// and a new one before the last ends. It is safe for concurrent use.
type grant struct {
	config clientcredentials.Config
	asker  *Client // whose requests to the token's address carry no Authorization

	mu    sync.Mutex
	token *oauth2.Token // nil: none yet, or it was not taken
}

func newGrant(o Options, base *url.URL) (*grant, error) {
	standard := base.String() + dataCenterTokenPath
	if deploymentOf(o.Deployment, base) == cloud {
		standard = cloudTokenURL
	}
	address := cmp.Or(o.Auth.TokenURL, standard)
	at, err := url.Parse(address)
	if err != nil || at.Host == "" {
		return nil, fmt.Errorf("the address of access tokens is not a URL such as %s", cloudTokenURL)
	}
	o.BaseURL = (&url.URL{Scheme: at.Scheme, Host: at.Host}).String()
	asker, err := anonymous(o)
	if err != nil {
		return nil, err
	}
	return &grant{
		config: clientcredentials.Config{
			ClientID: o.Auth.User, ClientSecret: o.Auth.Token.Reveal(), TokenURL: address,
			Scopes: strings.Fields(o.Auth.Scope), AuthStyle: oauth2.AuthStyleInParams,
		},
		asker: asker,
	}, nil
}

// access is a token that has not ended. A fetch that fails is an [*APIError].
func (g *grant) access(ctx context.Context) (*oauth2.Token, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.token.Valid() {
		return g.token, nil
	}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, &http.Client{Transport: tokenFetch{g.asker}})
	token, err := g.config.Token(ctx)
	if e, ok := errors.AsType[*APIError](err); ok {
		err = e // without the address, which others put before it
	}
	if err != nil {
		return nil, fmt.Errorf("getting an access token for the OAuth client: %w", err)
	}
	g.token = token
	return token, nil
}

// drop forgets a token that was not taken, unless another has come since.
func (g *grant) drop(refused string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.token != nil && g.token.AccessToken == refused {
		g.token = nil
	}
}

// tokenFetch sends the fetch of a token as everything is sent: repeated where that
// may help, bounded, and explained.
type tokenFetch struct{ asker *Client }

func (f tokenFetch) RoundTrip(req *http.Request) (*http.Response, error) {
	return f.asker.Do(req.WithContext(Read(req.Context()))) // it changes nothing
}

// Claims are what is known of a token without asking anybody.
type Claims struct {
	Ends   time.Time // zero if it does not say, or is renewed
	Scopes []string  // none if it does not say
}

// Claims reads the token that requests carry, as far as it tells: the access
// token of an OAuth client, which is fetched for that, or a signed token. An API
// token and a personal access token say nothing of themselves.
func (c *Client) Claims(ctx context.Context) (Claims, error) {
	if c.grant == nil {
		return claimsOf(c.auth.Token.Reveal()), nil
	}
	token, err := c.grant.access(ctx)
	if err != nil {
		return Claims{}, err
	}
	claims := claimsOf(token.AccessToken)
	claims.Ends = time.Time{} // another comes before it ends
	if told, ok := token.Extra("scope").(string); ok && told != "" {
		claims.Scopes = strings.Fields(told)
	}
	return claims, nil
}

// claimsOf reads a JSON web token: three parts, of which the second tells.
func claimsOf(token string) Claims {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return Claims{}
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	var told struct {
		Exp   int64  `json:"exp"`
		Scope string `json:"scope"`
	}
	if err != nil || json.Unmarshal(raw, &told) != nil {
		return Claims{}
	}
	out := Claims{Scopes: strings.Fields(told.Scope)}
	if told.Exp > 0 {
		out.Ends = time.Unix(told.Exp, 0).UTC()
	}
	return out
}
