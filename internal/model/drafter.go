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
	"refine/planner/check"
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
	ask(ctx context.Context, p draft.Prompt) (string, error)
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

// An outcome is what the requests for one session have come to.
type outcome struct {
	draft    draft.Draft // the lines that stand
	answered bool
	repaired bool
	reason   string // why there is no draft
	settled  bool   // the model has answered: asking again would be the same question
	hint     string // for the log
}

// mostRequests bounds what the words of one session cost.
const mostRequests = 2

// Words asks the model to word a session. What it returns is checked and stands;
// without an answer the words are the built-in ones, with the reason. settled says
// that the model answered, so that the same tickets need not be put to it again.
// An error means that the caller's context has ended, and only that.
func (d *Drafter) Words(ctx context.Context, p *planner.Preparation) (w planner.Words, record draft.Record, settled bool, err error) {
	limited, cancel := context.WithTimeout(ctx, d.timeout)
	defer cancel()
	out := d.words(limited, p)
	if ctx.Err() != nil {
		return planner.Words{}, draft.Record{}, false, context.Cause(ctx)
	}
	record = draft.Record{Input: draft.Shown(p.Input), Model: d.model, Repaired: out.repaired, Reason: out.reason}
	if out.answered {
		record.Answer = &out.draft
		d.log.InfoContext(ctx, "the model's draft is used", "model", d.model, "repaired", out.repaired)
	} else {
		d.log.WarnContext(ctx, "the model's draft is not used", "model", d.model, "reason", out.reason, "try", out.hint)
	}
	return planner.Recall(record), record, out.settled, nil
}

// words asks, and once more for the lines that do not stand. What stands of the
// first answer is not lost by the second.
func (d *Drafter) words(ctx context.Context, p *planner.Preparation) (out outcome) {
	prompt := draft.Ask(p.Input, mark())
	for left := mostRequests - 1; left >= 0; left-- {
		text, err := d.service.ask(ctx, prompt)
		if err != nil {
			f := asFailure(err)
			if !out.answered {
				out = outcome{reason: f.reason, settled: f.settled, hint: f.hint}
			}
			if left == 0 || !f.again || !d.wait(ctx, cmp.Or(f.after, d.breath)) {
				return out
			}
			continue
		}
		answer, err := draft.Read(text)
		if err != nil {
			if !out.answered {
				out = outcome{reason: "its answer was no draft", settled: true, hint: "another model.model may do better"}
			}
			prompt = draft.Repair(p.Input, mark(), text, []draft.Fault{{Place: "the answer", Reason: "it is not one complete JSON object that fits the schema: " + err.Error()}})
			continue
		}
		stands, refused := check.Check(answer, p.Input)
		out = outcome{draft: merged(stands, out.draft), answered: true, repaired: out.answered, settled: true}
		if len(refused) == 0 {
			return out
		}
		d.log.DebugContext(ctx, "lines of the model's draft do not stand", "model", d.model, "lines", len(refused))
		prompt = draft.Repair(p.Input, mark(), text, faults(refused))
	}
	return out
}

func faults(refused []check.Refusal) (all []draft.Fault) {
	for _, r := range refused {
		all = append(all, draft.Fault{Place: r.Place, Text: r.Text, Reason: r.Reason})
	}
	return all
}

// merged is an answer, and what an earlier one had where it has nothing.
func merged(d, before draft.Draft) draft.Draft {
	if d.Goal.Text == "" {
		d.Goal = before.Goal
	}
	for _, part := range []struct{ now, then *[]draft.Line }{
		{&d.Talks, &before.Talks}, {&d.Verdicts, &before.Verdicts}, {&d.Results, &before.Results}, {&d.KeyPoints, &before.KeyPoints},
		{&d.Questions, &before.Questions}, {&d.Invite, &before.Invite}, {&d.Parked, &before.Parked}, {&d.Closing, &before.Closing},
	} {
		if len(*part.now) < len(*part.then) {
			*part.now = *part.then
		}
	}
	return d
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
