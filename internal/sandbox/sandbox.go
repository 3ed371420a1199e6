// Package sandbox serves a Jira and a Confluence that keep state, on two ports
// of this machine, for the demo, for trying things out and for whoever wants to
// know how refine behaves when a service does not.
//
// In come issues as JSON lines and the faults to inject; out come two addresses,
// an account, and a journal of every request to the two APIs. Pages that people
// look at with a browser are neither counted nor broken. It keeps everything in
// memory, writes no credentials into the journal and sends nothing anywhere.
package sandbox

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"refine/confluence/confluencetest"
	"refine/jira/jiratest"
)

// Options of a sandbox. The zero value is a Cloud site with the demo's backlog.
type Options struct {
	// Listen is Jira's address; Confluence gets the port after it. Port 0 takes
	// any two ports. Default 127.0.0.1:0.
	Listen string
	// JiraURL and ConfluenceURL are what the services believe people reach them by,
	// as behind a proxy: without Cloud's /wiki, without a slash at the end. Default:
	// where they listen.
	JiraURL, ConfluenceURL string
	Deployment             string // cloud or datacenter; default cloud
	// Gateway puts an API gateway before a site of Cloud, on a third port: the account
	// then has a token with scopes, which works there alone. Scopes are the token's;
	// nil is all that refine needs.
	Gateway bool
	Scopes  []string
	// Backlog holds issues as JSON lines; nil means the demo's backlog.
	Backlog []io.Reader
	Flag    []string // keys of issues to flag
	Open    bool     // reopen all issues
	// Latency delays each request to an API, before it takes effect.
	Latency time.Duration
	Rate    Rate      // that each service limits its API to
	Journal io.Writer // gets a line of JSON for each request to an API; nil for none
	Faults  []Fault
	// Instead answers requests to an API in the services' place, and returns
	// false for those that it leaves to them. It is how a test plays a proxy, a
	// login page or a service that refuses. Nil leaves all.
	Instead func(http.ResponseWriter, *http.Request) bool
	Now     func() time.Time // default time.Now
	// Network is where it listens: the machine's, unless a test brings one whose
	// waits cost nothing. Its listeners have the address of a port.
	Network func(network, address string) (net.Listener, error)
}

// A Site is how to reach a sandbox.
type Site struct {
	Jira       string `json:"jira"`
	Confluence string `json:"confluence"`
	User       string `json:"user"`
	Token      string `json:"token"`
	Space      string `json:"space"`
	Gateway    string `json:"gateway,omitempty"`
}

// The account and the space of every sandbox.
const (
	user  = "refine@example.com"
	token = "sandbox-4e9c1f"
	space = "PAY"
)

// A Sandbox serves until it is closed. The two servers let a program look
// inside, and do what people do.
type Sandbox struct {
	Site       Site
	Jira       *jiratest.Server
	Confluence *confluencetest.Server

	gate    *gate
	servers []*http.Server
	serving sync.WaitGroup
}

// Start listens on both ports and returns once requests are answered.
func Start(o Options) (*Sandbox, error) {
	o.Deployment = cmp.Or(o.Deployment, string(jiratest.Cloud))
	if !slices.Contains([]string{string(jiratest.Cloud), string(jiratest.DataCenter)}, o.Deployment) {
		return nil, fmt.Errorf("deployment %q: must be cloud or datacenter", o.Deployment)
	}
	jira, err := newJira(o)
	if err != nil {
		return nil, err
	}
	if o.Gateway && o.Deployment != string(jiratest.Cloud) {
		return nil, errors.New("only Cloud has an API gateway")
	}
	s := &Sandbox{Jira: jira, gate: newGate(o)}
	if err := s.open(o); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func newJira(o Options) (*jiratest.Server, error) {
	j := jiratest.New(jiratest.Options{
		Deployment: jiratest.Deployment(o.Deployment), User: user, Token: token, Now: o.Now, BaseURL: o.JiraURL,
	})
	if o.Backlog == nil {
		o.Backlog = []io.Reader{DemoBacklog()}
	}
	for _, issues := range o.Backlog {
		if err := j.Load(issues); err != nil {
			return nil, fmt.Errorf("loading issues: %w", err)
		}
	}
	if o.Open {
		j.OpenAll()
	}
	if err := j.Flag(o.Flag...); err != nil {
		return nil, fmt.Errorf("flagging issues: %w", err)
	}
	return j, nil
}

// open brings both services to their ports.
func (s *Sandbox) open(o Options) error {
	network := net.Listen
	if o.Network != nil {
		network = o.Network
	}
	first, second, err := listen(network, cmp.Or(o.Listen, "127.0.0.1:0"))
	if err != nil {
		return err
	}
	jira, confluence := address(first), address(second)
	s.Confluence = confluencetest.New(confluencetest.Options{
		Deployment: confluencetest.Deployment(o.Deployment),
		User:       user, Token: token, SpaceKey: space, Now: o.Now,
		Users:    people(o, s.Jira),
		IssueURL: func(key string) string { return cmp.Or(o.JiraURL, jira) + "/browse/" + key },
		BaseURL:  believed(o.ConfluenceURL),
	})
	s.Site = Site{Jira: jira, Confluence: confluence, User: user, Token: token, Space: space}
	if o.Deployment == string(jiratest.Cloud) {
		s.Site.Confluence += "/wiki"
	}
	if o.Deployment != string(jiratest.Cloud) {
		s.serve(first, s.gate.guard(s.gate.control(s.Jira)))
		s.serve(second, s.gate.guard(s.Confluence))
		return nil
	}
	s.serve(first, edge(s.gate.guard(s.gate.control(s.Jira))))
	s.serve(second, edge(s.gate.guard(s.Confluence)))
	if o.Gateway {
		return s.openGateway(o, network)
	}
	return nil
}

// openGateway brings the API gateway to its port.
func (s *Sandbox) openGateway(o Options, network func(network, address string) (net.Listener, error)) error {
	host, _, err := net.SplitHostPort(strings.TrimPrefix(s.Site.Jira, "http://"))
	if err != nil {
		return fmt.Errorf("listening for the gateway: %w", err)
	}
	l, err := network("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		return fmt.Errorf("listening for the gateway: %w", err)
	}
	g := &gateway{scopes: o.Scopes, hosts: map[string]string{}}
	if g.scopes == nil {
		g.scopes = Scopes()
	}
	g.at = map[string]http.Handler{"jira": s.gate.guard(g.before("jira", s.Jira)), "confluence": s.gate.guard(g.before("confluence", s.Confluence))}
	g.hosts["jira"] = strings.TrimPrefix(s.Site.Jira, "http://")
	g.hosts["confluence"] = strings.TrimSuffix(strings.TrimPrefix(s.Site.Confluence, "http://"), "/wiki")
	s.Site.Gateway, s.Site.Token = address(l), scopedToken
	s.serve(l, g)
	return nil
}

// believed is a fixed address, or nil for none.
func believed(address string) func(*http.Request) string {
	if address == "" {
		return nil
	}
	return func(*http.Request) string { return address }
}

// serve answers on l until Close. Pages of other sites that a browser has open
// must not write to it.
func (s *Sandbox) serve(l net.Listener, h http.Handler) {
	server := &http.Server{
		Handler:           http.NewCrossOriginProtection().Handler(h),
		ReadHeaderTimeout: time.Minute, // a client on a busy machine is no attacker
	}
	s.servers = append(s.servers, server)
	s.serving.Go(func() { server.Serve(l) }) // ends with ErrServerClosed
}

// Close stops both services and reports what could not be written to the
// journal. Requests under way are cut off.
func (s *Sandbox) Close() error {
	var errs []error
	for _, server := range s.servers {
		errs = append(errs, server.Close())
	}
	s.serving.Wait()
	return errors.Join(append(errs, s.gate.journal.failure())...)
}

// listen takes the address and its neighbour.
func listen(network func(network, address string) (net.Listener, error), at string) (first, second net.Listener, err error) {
	host, port, err := net.SplitHostPort(at)
	if err != nil {
		return nil, nil, fmt.Errorf("listening: %w", err)
	}
	first, err = network("tcp", at)
	if err != nil {
		return nil, nil, fmt.Errorf("listening for Jira: %w", err)
	}
	if n, err := strconv.Atoi(port); err == nil && n > 0 {
		port = strconv.Itoa(n + 1)
	}
	second, err = network("tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("listening for Confluence: %w", err), first.Close())
	}
	return first, second, nil
}

// address is where l is reached from this machine.
func address(l net.Listener) string {
	at := l.Addr().(*net.TCPAddr)
	host := at.IP.String()
	if at.IP.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, strconv.Itoa(at.Port))
}
