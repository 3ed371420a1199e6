package draft

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// A Verdict is what a second reader says of a line.
type Verdict string

// What a second reader may say. All but the first keep a line from standing.
const (
	Supported   Verdict = "supported"
	Unsupported Verdict = "unsupported" // no ticket says it
	Solution    Verdict = "solution"
	Estimate    Verdict = "estimate"
	Answered    Verdict = "answered" // by a ticket, or another line
	Generic     Verdict = "generic"  // it fits any topic, or none of these
)

// A Remark is a second reader's verdict on the line at a place of a draft.
type Remark struct {
	Place   string  `json:"id"`
	Verdict Verdict `json:"verdict"`
	Reason  string  `json:"reason"` // a few words
}

// faultOf says of each verdict what is wrong with a line.
var faultOf = map[Verdict]string{
	Unsupported: "a second reader found nothing in the tickets that says so",
	Solution:    "a second reader takes it for a solution",
	Estimate:    "a second reader takes it for an estimate",
	Answered:    "a second reader found it answered or asked already",
	Generic:     "a second reader found nothing of this topic in it",
}

// Fault is why the line does not stand, empty if it does.
func (r Remark) Fault() string {
	said := faultOf[r.Verdict]
	if said != "" && r.Reason != "" {
		return said + ": " + r.Reason
	}
	return said
}

//go:embed review.md
var reviewing string

// ReviewPrompt asks for a second reading of a draft, in a request that holds the
// tickets and its lines and nothing else. mark is as for [Ask].
func ReviewPrompt(in Input, d Draft, mark string) Prompt {
	var b strings.Builder
	fmt.Fprintf(&b, "BEGIN lines %s\n", mark)
	for _, p := range d.Parts() {
		for n, l := range p.Lines {
			fmt.Fprintf(&b, "%s (about %s): %s\n", Place(p.Name, n), strings.Join(l.Keys, ", "), l.Text)
		}
	}
	fmt.Fprintf(&b, "END lines %s\n", mark)
	return Prompt{
		System: reviewing,
		User:   around(mark) + texts(in, mark) + b.String() + "\nJudge each of these lines.\n",
		Schema: reviewSchema(),
	}
}

func reviewSchema() json.RawMessage {
	str := map[string]any{"type": "string"}
	verdicts := []Verdict{Supported, Unsupported, Solution, Estimate, Answered, Generic}
	schema, err := json.Marshal(object("lines", listOf(object("id", str, "verdict", map[string]any{"type": "string", "enum": verdicts}, "reason", str))))
	if err != nil {
		panic("draft: the schema of a review: " + err.Error()) // strings, maps and slices
	}
	return schema
}

// ReadReview reads a second reader's answer. Each line of the draft has to have one
// verdict: who passes lines over has not read them.
func ReadReview(text string, d Draft) ([]Remark, error) {
	object, err := jsonObject(text)
	if err != nil {
		return nil, err
	}
	var answer struct {
		Lines []Remark `json:"lines"`
	}
	dec := json.NewDecoder(bytes.NewReader(object))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&answer); err != nil {
		return nil, err
	}
	for _, p := range d.Parts() {
		for n := range p.Lines {
			place := Place(p.Name, n)
			at := slices.IndexFunc(answer.Lines, func(r Remark) bool { return r.Place == place })
			if at < 0 {
				return nil, fmt.Errorf("it has no verdict on %s", place)
			}
			if v := answer.Lines[at].Verdict; v != Supported && faultOf[v] == "" {
				return nil, fmt.Errorf("%q is no verdict", v)
			}
		}
	}
	return answer.Lines, nil
}
