package model

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"sync"

	"refine/internal/lazyregexp"
)

// Servers take different parameters: newer models no temperature, small servers no
// seed and no schema. One that refuses a parameter names it in a 400, and is asked
// again without it.

// optional are the parameters of a request that an answer can do without, by the
// name that may stand in their place.
var (
	optionalOfOpenAI    = map[string]string{"temperature": "", "seed": "", "response_format": "", "max_tokens": "max_completion_tokens", "max_completion_tokens": ""}
	optionalOfAnthropic = map[string]string{"temperature": ""}
)

// A diet is what a server's requests go without. It is safe for concurrent use.
type diet struct {
	optional map[string]string
	mu       sync.Mutex
	without  map[string]bool
}

func newDiet(optional map[string]string) *diet {
	return &diet{optional: optional, without: map[string]bool{}}
}

// known are the parameters that the server has refused before.
func (d *diet) known() map[string]bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return maps.Clone(d.without)
}

func (d *diet) learn(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.without[name] = true
}

// on is a request's body without those parameters.
func (d *diet) on(body []byte, without map[string]bool) []byte {
	var members map[string]json.RawMessage
	if len(without) == 0 || json.Unmarshal(body, &members) != nil {
		return body
	}
	for _, name := range slices.Sorted(maps.Keys(without)) {
		value, has := members[name]
		delete(members, name)
		if instead := d.optional[name]; has && instead != "" && !without[instead] {
			members[instead] = value
		}
	}
	out, err := json.Marshal(members)
	if err != nil {
		return body
	}
	return out
}

// mostRefusal is how many bytes of a refusal are read for a parameter's name.
const mostRefusal = 16 << 10

var parameter = lazyregexp.New(`[a-z]+(?:_[a-z]+)*`)

// refusal is the parameter of a request that its server refuses by name, empty if
// that is none that can be left out.
func (d *diet) refusal(resp *http.Response, body []byte) string {
	if resp.StatusCode != http.StatusBadRequest && resp.StatusCode != http.StatusUnprocessableEntity {
		return ""
	}
	said, err := io.ReadAll(io.LimitReader(resp.Body, mostRefusal))
	if err != nil {
		return ""
	}
	var sent map[string]json.RawMessage
	if json.Unmarshal(body, &sent) != nil {
		return ""
	}
	var told struct {
		Error struct {
			Param string `json:"param"`
		} `json:"error"`
	}
	_ = json.Unmarshal(said, &told) // not all servers have it; then the first name counts
	for _, name := range append([]string{cmp.Or(told.Error.Param, "?")}, parameter.FindAllString(string(said), -1)...) {
		if _, may := d.optional[name]; may && sent[name] != nil {
			return name
		}
	}
	return ""
}

// send sends a request, and again without each parameter that the server refuses:
// at most once for each of them.
func (w *wire) send(req *http.Request) (*http.Response, error) {
	var full []byte
	if req.Body != nil {
		var err error
		if full, err = io.ReadAll(req.Body); err != nil {
			return nil, err
		}
	}
	without := w.diet.known()
	for {
		body := w.diet.on(full, without)
		next := req.Clone(req.Context())
		next.Body, next.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		w.requests.Add(1)
		resp, err := w.http.Do(next)
		if err != nil {
			return nil, err
		}
		name := w.diet.refusal(resp, body)
		if name == "" || without[name] {
			return resp, nil
		}
		resp.Body.Close()
		without[name] = true
		w.diet.learn(name)
		w.log.DebugContext(req.Context(), "the model's server refuses a parameter", "product", "model", "parameter", name)
	}
}
