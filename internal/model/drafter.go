package model

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"refine/internal/atlassian"
	"refine/planner"
	"refine/planner/draft"
)

// Providers of models.
const (
	OpenAI    = "openai"    // any server with OpenAI's chat completions
	Anthropic = "anthropic" // the messages API
)

// Options of a drafter. Provider, Model and Key are required.
type Options struct {
	Provider string
	BaseURL  string // with /v1 for OpenAI, without for Anthropic; empty means the provider's own
	Model    string
	Key      atlassian.Secret
	Timeout  time.Duration // for a whole draft, 0 means 4 minutes
	Unread   bool          // no second reading of what the model wrote
	// How requests leave the machine, see [atlassian.Options].
	CAFile, ClientCert, ClientKey, Proxy string
	UserAgent                            string       // empty means "refine"
	Log                                  *slog.Logger // nil means none
}

// A Drafter asks one model. It is safe for concurrent use.
type Drafter struct {
	model   string
	review  bool
	timeout time.Duration
	breath  time.Duration // before a request is repeated, where the server names no time
	wire    *wire
	service service
	list    lister
	log     *slog.Logger
}

// A service is an API that models are asked by.
type service interface {
	// ask returns the answer, whose text should be JSON. What is no answer is a
	// [*failure].
	ask(ctx context.Context, p draft.Prompt) (answer, error)
}

// A lister tells the ids of the models that its server has.
type lister interface {
	models(ctx context.Context) ([]string, error)
}

// An answer is what a model wrote, and what it cost.
type answer struct {
	text   string
	tokens int // sent and received, as the service counts them; 0 if it does not say
}

// mostTokens is more than the longest draft that the checks let through has.
const mostTokens = 12_000

// New checks the options and returns a drafter. It sends nothing.
func New(o Options) (*Drafter, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	transport, err := atlassian.Transport(atlassian.Options{CAFile: o.CAFile, ClientCert: o.ClientCert, ClientKey: o.ClientKey, Proxy: o.Proxy})
	if err != nil {
		return nil, err
	}
	d := &Drafter{
		model: o.Model, review: !o.Unread, timeout: cmp.Or(o.Timeout, 4*time.Minute), breath: time.Second,
		log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)),
	}
	optional := optionalOfOpenAI
	if o.Provider == Anthropic {
		optional = optionalOfAnthropic
	}
	d.wire = newWire(transport, cmp.Or(o.UserAgent, "refine"), optional, d.log)
	if o.Provider == Anthropic {
		s := newAnthropic(o, d.wire)
		d.service, d.list = s, s
	} else {
		s := newOpenAI(o, d.wire)
		d.service, d.list = s, s
	}
	return d, nil
}

func (o Options) validate() error {
	switch {
	case o.Provider != OpenAI && o.Provider != Anthropic:
		return fmt.Errorf("the model's provider %q is neither %s nor %s", o.Provider, OpenAI, Anthropic)
	case o.Model == "":
		return errors.New("no model is named")
	case o.Key.IsZero():
		return errors.New("the model has no key")
	case strings.ContainsFunc(o.Key.Reveal(), func(r rune) bool { return r <= ' ' || r >= 0x7f }):
		return errors.New("the model's key contains a character that no key has, perhaps a line break from its file")
	}
	if o.BaseURL == "" {
		return nil
	}
	u, err := url.Parse(o.BaseURL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("the model's address must be like https://llm.acme.example/v1, with nothing before the host or behind the path")
	}
	return nil
}

// Requests counts the requests sent so far.
func (d *Drafter) Requests() int64 { return d.wire.requests.Load() }

// Words asks the model to word a session. What it returns is checked and stands;
// without an answer the words are the built-in ones, with the reason. settled says
// that the model answered, so that the same tickets need not be put to it again.
// An error means that the caller's context has ended, and only that.
func (d *Drafter) Words(ctx context.Context, p *planner.Preparation) (w planner.Words, record draft.Record, settled bool, err error) {
	limited, cancel := context.WithTimeout(ctx, d.timeout)
	defer cancel()
	r := &run{Drafter: d, input: p.Input, left: mostRequests, wrong: map[string]bool{}}
	r.words(limited)
	if ctx.Err() != nil {
		return planner.Words{}, draft.Record{}, false, context.Cause(ctx)
	}
	record = draft.Record{Input: draft.Shown(p.Input), Model: d.model, Repaired: r.repaired, Reviewed: r.answered && r.reviewed}
	if r.answered {
		record.Answer = &r.draft
		d.log.InfoContext(ctx, "the model's draft is used", "model", d.model, "repaired", r.repaired, "reviewed", r.reviewed, "requests", mostRequests-r.left, "tokens", r.tokens)
	} else {
		record.Reason = r.reason
		d.log.WarnContext(ctx, "the model's draft is not used", "model", d.model, "reason", r.reason, "try", r.hint)
	}
	w = planner.Recall(record)
	w.Requests, w.Tokens = mostRequests-r.left, r.tokens
	return w, record, r.settled, nil
}

// mark is a word that no ticket can hold.
func mark() string { return strings.ToLower(rand.Text()) }

// wait lets the time pass that the server needs, if there is so much left.
func (d *Drafter) wait(ctx context.Context, pause time.Duration) bool {
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= pause {
		return false
	}
	select {
	case <-ctx.Done():
		return false
	case <-time.After(pause):
		return true
	}
}
