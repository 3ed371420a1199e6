package model

import (
	"context"
	"math"
	"strings"

	"github.com/sashabaranov/go-openai"

	"refine/planner/draft"
)

// openAI speaks OpenAI's chat completions, as Ollama, vLLM and gateways do.
type openAI struct {
	client *openai.Client
	model  string
}

func newOpenAI(o Options, w *wire) *openAI {
	config := openai.DefaultConfig(o.Key.Reveal())
	if o.BaseURL != "" {
		config.BaseURL = o.BaseURL
	}
	config.HTTPClient = w
	return &openAI{client: openai.NewClientWithConfig(config), model: o.Model}
}

func (s *openAI) ask(ctx context.Context, p draft.Prompt) (answer, error) {
	got, err := s.client.CreateChatCompletion(ctx, s.request(p))
	if err != nil {
		return answer{}, err
	}
	out := answer{tokens: got.Usage.TotalTokens}
	if len(got.Choices) == 0 {
		return out, &failure{reason: "its answer was empty", again: true}
	}
	choice := got.Choices[0]
	switch {
	case choice.Message.Refusal != "" || choice.FinishReason == openai.FinishReasonContentFilter:
		return out, declined()
	case choice.Message.Content == "" && len(choice.Message.MultiContent) > 0:
		out.text = textOf(choice.Message.MultiContent)
	default:
		out.text = choice.Message.Content // empty after a tool call: no JSON, and told so
	}
	return out, nil
}

func declined() *failure { return &failure{reason: "it declined to answer", settled: true} }

func textOf(parts []openai.ChatMessagePart) string {
	var b strings.Builder
	for _, part := range parts {
		b.WriteString(part.Text)
	}
	return b.String()
}

func (s *openAI) request(p draft.Prompt) openai.ChatCompletionRequest {
	seed := 1
	req := openai.ChatCompletionRequest{
		Model: s.model,
		Messages: []openai.ChatCompletionMessage{
			{Role: openai.ChatMessageRoleSystem, Content: p.System},
			{Role: openai.ChatMessageRoleUser, Content: p.User},
		},
		Seed: &seed,
		ResponseFormat: &openai.ChatCompletionResponseFormat{
			Type:       openai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: "draft", Schema: p.Schema, Strict: true},
		},
	}
	if reasoning(s.model) { // they think within the same limit, and at one temperature
		req.MaxCompletionTokens = 4 * mostTokens
		return req
	}
	//lint:ignore SA1019 servers that others wrote know this name alone; one that refuses it is asked again with the newer
	req.MaxTokens = mostTokens
	req.Temperature = math.SmallestNonzeroFloat32 // 0 would be left out, and 1 stand for it
	return req
}

// reasoning reports whether OpenAI's name of a model is that of one that thinks
// first, which takes other parameters.
func reasoning(model string) bool {
	for _, family := range []string{"o1", "o3", "o4", "gpt-5"} {
		if strings.HasPrefix(model, family) {
			return true
		}
	}
	return false
}
