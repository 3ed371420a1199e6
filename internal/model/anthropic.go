package model

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"refine/internal/atlassian"
	"refine/planner/draft"
)

// anthropic speaks the messages API. One request and one answer are all that is
// used of it: too little for an SDK of 18 modules.
type anthropic struct {
	wire  *wire
	at    string // where the API begins
	key   atlassian.Secret
	model string
}

func newAnthropic(o Options, w *wire) *anthropic {
	return &anthropic{wire: w, at: cmp.Or(o.BaseURL, "https://api.anthropic.com"), key: o.Key, model: o.Model}
}

// toolName is the only tool, which the model has to call: its input is the
// answer.
const toolName = "write_draft"

type messageRequest struct {
	Model       string        `json:"model"`
	MaxTokens   int           `json:"max_tokens"`
	Temperature float64       `json:"temperature"`
	System      string        `json:"system"`
	Messages    []messageTurn `json:"messages"`
	Tools       []messageTool `json:"tools"`
	ToolChoice  messageChoice `json:"tool_choice"`
}

type messageTurn struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type messageTool struct {
	Name        string          `json:"name"`
	Description string          `json:"description"`
	InputSchema json.RawMessage `json:"input_schema"`
}

type messageChoice struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

type messageAnswer struct {
	StopReason string `json:"stop_reason"`
	Content    []struct {
		Type  string          `json:"type"`
		Name  string          `json:"name"`
		Text  string          `json:"text"`
		Input json.RawMessage `json:"input"`
	} `json:"content"`
	Usage struct {
		Input  int `json:"input_tokens"`
		Output int `json:"output_tokens"`
	} `json:"usage"`
}

func (s *anthropic) ask(ctx context.Context, p draft.Prompt) (answer, error) {
	body, err := json.Marshal(messageRequest{
		Model: s.model, MaxTokens: mostTokens, System: p.System,
		Messages:   []messageTurn{{Role: "user", Content: p.User}},
		Tools:      []messageTool{{Name: toolName, Description: "Takes the draft.", InputSchema: p.Schema}},
		ToolChoice: messageChoice{Type: "tool", Name: toolName},
	})
	if err != nil {
		return answer{}, fmt.Errorf("encoding the request: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.at+"/v1/messages", bytes.NewReader(body))
	if err != nil {
		return answer{}, fmt.Errorf("preparing the request: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	s.sign(req)
	resp, err := s.wire.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	var said messageAnswer
	if err := json.NewDecoder(resp.Body).Decode(&said); err != nil {
		return answer{}, unreadable()
	}
	text, err := said.text()
	return answer{text, said.Usage.Input + said.Usage.Output}, err
}

func (s *anthropic) sign(req *http.Request) {
	req.Header.Set("anthropic-version", "2023-06-01")
	req.Header.Set("x-api-key", s.key.Reveal())
}

// text is the tool's input, or what the model wrote instead of calling it.
func (a messageAnswer) text() (string, error) {
	if a.StopReason == "refusal" {
		return "", declined()
	}
	said := ""
	for _, block := range a.Content {
		if block.Type == "tool_use" && block.Name == toolName {
			return string(block.Input), nil
		}
		said += block.Text
	}
	if said == "" {
		return "", &failure{reason: "its answer was empty", again: true}
	}
	return said, nil
}
