package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"sync/atomic"

	"github.com/rogpeppe/go-internal/testscript"

	"refine/planner/draft"
	"refine/planner/face"
)

// modelKey is looked for in all that a script prints.
const modelKey = "sk-canary-77"

// scriptModel starts a language model and points the environment at it:
//
//	model PLAN.json   words that plan anew
//	model -           answers with what is no draft
//
// $MODEL/count says how many drafts it was asked for.
func scriptModel(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: model PLAN.json|-")
	}
	content := "I would rather talk about the weather."
	if args[0] != "-" {
		var p face.PlanView
		ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &p))
		content = wordedAnew(p)
	}
	var asked atomic.Int64
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/count" {
			fmt.Fprintf(w, "%d drafts\n", asked.Load())
			return
		}
		asked.Add(1)
		request, _ := io.ReadAll(r.Body)
		if r.Header.Get("Authorization") != "Bearer "+modelKey {
			http.Error(w, "no key", http.StatusUnauthorized)
			return
		}
		content := content
		if places := lineShown.FindAllSubmatch(request, -1); places != nil {
			content = allSupported(places)
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"object": "chat.completion", "choices": []any{map[string]any{
			"index": 0, "finish_reason": "stop", "message": map[string]any{"role": "assistant", "content": content},
		}}})
	}))
	ts.Defer(srv.Close)
	ts.Check(os.WriteFile(ts.MkAbs("model-key"), []byte(modelKey+"\n"), 0o600))
	for name, value := range map[string]string{
		"MODEL": srv.URL, "REFINE_MODEL_PROVIDER": "openai", "REFINE_MODEL_BASE_URL": srv.URL + "/v1", "REFINE_MODEL_MODEL": "m-1", "REFINE_MODEL_KEY": modelKey,
	} {
		ts.Setenv(name, value)
	}
}

// lineShown is a line in a request for a second reading.
var lineShown = regexp.MustCompile(`\\n([a-z_]+ \d+) \(about`)

// allSupported is a second reading that finds nothing.
func allSupported(places [][][]byte) string {
	var lines []draft.Remark
	for _, p := range places {
		lines = append(lines, draft.Remark{Place: string(p[1]), Verdict: draft.Supported})
	}
	b, err := json.Marshal(map[string]any{"lines": lines})
	if err != nil {
		panic(err)
	}
	return string(b)
}

// scriptCounted prints how many drafts the model was asked for.
func scriptCounted(ts *testscript.TestScript, neg bool, args []string) {
	resp, err := http.Get(ts.Getenv("MODEL") + "/count")
	ts.Check(err)
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	ts.Check(err)
	if want := strings.Join(args, " "); strings.TrimSpace(string(got)) != want {
		ts.Fatalf("the model was asked for %q, want %q", got, want)
	}
}

// wordedAnew is a draft that holds, of whatever the plan is about.
func wordedAnew(p face.PlanView) string {
	guide := []string{"Define the core problem", "Clarify assumptions", "Identify affected stakeholders"}
	tails := []string{"Ask whose it is.", "Hear who has seen it otherwise.", "Find who is not in the room."}
	asks := []string{"Who meets %s in their work, and what do they expect of it?", "What did people do without %s the last time?", "Whose day looks different with %s, and why?"}
	var d draft.Draft
	for n, i := range p.Items[:3] {
		word := i.Summary[strings.LastIndexByte(i.Summary, ' ')+1:]
		keys := []string{i.Key}
		d.KeyPoints = append(d.KeyPoints, draft.Line{Guide: guide[n], Keys: keys, Text: i.Key + " is called “" + i.Summary + "”. " + tails[n]})
		d.Questions = append(d.Questions, draft.Line{Keys: keys, Text: i.Key + ": " + fmt.Sprintf(asks[n], word)})
	}
	d.Closing = []draft.Line{
		{Keys: []string{p.Items[0].Key}, Text: "What is open about " + p.Items[0].Key + " is found out together."},
		{Keys: []string{p.Items[1].Key}, Text: "Next, " + p.Items[1].Key + " gets a result that can be seen."},
	}
	b, err := json.Marshal(d)
	if err != nil {
		panic(err)
	}
	return string(b)
}
