package model

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"github.com/sashabaranov/go-openai"
)

// A Probe is what a model's server says before anything is put to it.
type Probe struct {
	Listed bool // it told which models there are, and so took the key
	Known  bool // the configured one is among them
}

// Probe asks which models there are, for which the key is needed, and sends
// nothing else: no ticket, no prompt. A server without such a list is reached, and
// that is all that is known of it. Any other answer is an error with a Hint.
func (d *Drafter) Probe(ctx context.Context) (Probe, error) {
	ctx, cancel := context.WithTimeout(ctx, d.timeout)
	defer cancel()
	models, err := d.list.models(ctx)
	if f, ok := errors.AsType[*failure](err); ok && f.absent {
		return Probe{}, nil
	}
	if err != nil {
		return Probe{}, asFailure(err)
	}
	return Probe{Listed: len(models) > 0, Known: slices.Contains(models, d.model)}, nil
}

// Hint says what to try.
func (f *failure) Hint() string { return f.hint }

func (s *openAI) models(ctx context.Context) (ids []string, err error) {
	list, err := s.client.ListModels(ctx)
	for _, m := range list.Models {
		ids = append(ids, m.ID)
	}
	return ids, err
}

func (s *anthropic) models(ctx context.Context) (ids []string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.at+"/v1/models?limit=1000", nil)
	if err != nil {
		return nil, err
	}
	s.sign(req)
	resp, err := s.wire.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var list openai.ModelsList // of the same shape
	if err := json.NewDecoder(resp.Body).Decode(&list); err != nil {
		return nil, unreadable()
	}
	for _, m := range list.Models {
		ids = append(ids, m.ID)
	}
	return ids, nil
}
