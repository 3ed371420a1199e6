package draft

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
	Timeout  time.Duration // for a whole draft, 0 means 2 minutes
	// How requests leave the machine, see [atlassian.Options].
	CAFile, ClientCert, ClientKey, Proxy string
	UserAgent                            string       // empty means "refine"
	Log                                  *slog.Logger // nil means none
}

// A Drafter asks one model. It is safe for concurrent use.
type Drafter struct {
	model   string
	timeout time.Duration
	breath  time.Duration // before a request is repeated, where the server names no time
	wire    *wire
	service service
	log     *slog.Logger
}

// A service is an API that models are asked by.
type service interface {
	// ask returns the answer's text, which should be JSON. What is no answer is
	// a [*failure].
	ask(ctx context.Context, p planner.Prompt) (string, error)
}

// mostTokens is more than the longest draft that the checks let through has.
const mostTokens = 4096

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
		model: o.Model, timeout: cmp.Or(o.Timeout, 2*time.Minute), breath: time.Second,
		log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)),
	}
	d.wire = newWire(transport, cmp.Or(o.UserAgent, "refine"), d.log)
	if o.Provider == Anthropic {
		d.service = newAnthropic(o, d.wire)
	} else {
		d.service = newOpenAI(o, d.wire)
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

// An outcome is what the requests for one draft have come to.
type outcome struct {
	plan    planner.Plan
	record  planner.DraftRecord
	settled bool   // the model has answered: asking again would be the same question
	hint    string // for the log
}

// mostRequests bounds what one draft costs.
const mostRequests = 2

// Draft returns the plan with the model's words, or with the built-in ones and
// the reason, and what to remember of it. settled says that the model answered,
// so that the same tickets need not be put to it again. An error means that the
// caller's context has ended, and only that.
func (d *Drafter) Draft(ctx context.Context, p planner.Plan) (next planner.Plan, record planner.DraftRecord, settled bool, err error) {
	limited, cancel := context.WithTimeout(ctx, d.timeout)
	defer cancel()
	out := d.draft(limited, p)
	if ctx.Err() != nil {
		return p, planner.DraftRecord{}, false, context.Cause(ctx)
	}
	out.record.Input, out.record.Model = planner.DraftInput(p), d.model
	if out.record.Answer == nil {
		out.plan = planner.WithoutDraft(p, d.model, out.record.Reason)
		d.log.WarnContext(ctx, "the model's draft is not used", "model", d.model, "reason", out.record.Reason, "try", out.hint)
	} else {
		d.log.InfoContext(ctx, "the model's draft is used", "model", d.model, "repaired", out.record.Repaired)
	}
	return out.plan, out.record, out.settled, nil
}

func (d *Drafter) draft(ctx context.Context, p planner.Plan) (out outcome) {
	prompt := planner.DraftPrompt(p, mark())
	for left := mostRequests - 1; left >= 0; left-- {
		text, err := d.service.ask(ctx, prompt)
		if err != nil {
			f := asFailure(err)
			out = outcome{record: planner.DraftRecord{Reason: f.reason}, settled: f.settled, hint: f.hint}
			if left == 0 || !f.again || !d.wait(ctx, cmp.Or(f.after, d.breath)) {
				return out
			}
			continue
		}
		answer, broken := parse(text, prompt.Schema)
		if len(broken) == 0 {
			out.plan, broken = planner.WithDraft(p, answer, d.model)
		}
		if len(broken) == 0 {
			out.plan.Draft.Repaired = out.record.Repaired
			out.record.Answer, out.record.Reason, out.settled = &answer, "", true
			return out
		}
		d.log.DebugContext(ctx, "the model's draft is refused", "model", d.model, "reason", planner.RefusalReason(broken), "faults", len(broken))
		out = outcome{record: planner.DraftRecord{Repaired: true, Reason: planner.RefusalReason(broken)}, settled: true, hint: "another model.model may do better"}
		prompt = planner.RepairPrompt(p, mark(), text, broken)
	}
	out.record.Repaired = false // tried, to no use
	return out
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
