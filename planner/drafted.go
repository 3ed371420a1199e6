package planner

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Who wrote key points, questions and closing.
const (
	BuiltIn = "built-in"
	ByModel = "model"
)

// Drafted is what a language model may write of a plan (L13). It is believed
// in nothing: [WithDraft] checks all of it.
type Drafted struct {
	KeyPoints []KeyPoint        `json:"key_points"`
	Questions []DraftedQuestion `json:"questions"`
	Closing   string            `json:"closing"`
}

// A DraftedQuestion is a question in parts. They are put together here, so that
// key and quote stand before the question as they do in every plan.
type DraftedQuestion struct {
	Key   string `json:"key"`
	Quote string `json:"quote"` // of that ticket, verbatim
	Ask   string `json:"ask"`
}

// WithDraft is the plan with a model's draft in place of the built-in one, and
// what is wrong with it: the rules of [Gate] and those that only hold for
// models. A plan with violations must not be shown.
func WithDraft(p Plan, d Drafted, model string) (Plan, []Violation) {
	m := materialOf(p)
	d = m.spelled(d)
	next := p
	next.KeyPoints = slices.Clone(d.KeyPoints)
	next.Questions = nil
	for _, q := range d.Questions {
		next.Questions = append(next.Questions, q.question())
	}
	next.Closing = d.Closing
	next.Items = withoutQuotesOf(p.Items, d.Questions)
	next.Draft = Draft{By: ByModel, Model: model}
	next.Assumptions = append(slices.Clone(p.Assumptions), fmt.Sprintf(
		"Draft: the language model %s wrote key points, questions and closing; their quotes, numbers and names were looked up in the tickets.%s", modelName(model), m.omissions()))
	broken := append(checkDraft(p, m, d), Gate(next)...)
	slices.SortStableFunc(broken, func(a, b Violation) int { return cmp.Compare(a.String(), b.String()) })
	return next, slices.Compact(broken)
}

// WithoutDraft is the plan with its built-in draft although the model was asked
// for one; reason says in a few words why, and holds no text of tickets.
func WithoutDraft(p Plan, model, reason string) Plan {
	p.Draft = Draft{By: BuiltIn, Model: model, Reason: reason}
	p.Assumptions = append(slices.Clone(p.Assumptions), fmt.Sprintf(
		"Draft: built-in. The language model %s was asked for one that is not used: %s.", modelName(model), reason))
	return p
}

func (q DraftedQuestion) question() Question {
	lead := fmt.Sprintf("%s: “%s”%s", q.Key, q.Quote, stop(Evidence{Quote: q.Quote}))
	return Question{Text: lead + " " + upperFirst(strings.TrimSpace(q.Ask)), Key: q.Key, Quote: q.Quote}
}

// modelName is the configured name as it stands in a sentence: no quotation
// marks, which would claim that a ticket says it.
func modelName(s string) string {
	return strings.NewReplacer("“", "", "”", "").Replace(oneLine(s))
}

// withoutQuotesOf leaves out the questions under an item that quote what a
// drafted question quotes.
func withoutQuotesOf(items []Item, drafted []DraftedQuestion) []Item {
	out := slices.Clone(items)
	for n := range out {
		out[n].Questions = slices.DeleteFunc(slices.Clone(out[n].Questions), func(text string) bool {
			return slices.ContainsFunc(drafted, func(q DraftedQuestion) bool { return strings.Contains(text, "“"+q.Quote+"”") })
		})
	}
	return out
}

// RefusalReason names the rules that a draft broke: enough for a page, and no
// word of a ticket or a model.
func RefusalReason(broken []Violation) string {
	var rules []string
	for _, v := range broken {
		if !slices.Contains(rules, v.Rule) {
			rules = append(rules, v.Rule)
		}
	}
	slices.Sort(rules)
	return fmt.Sprintf("it broke %s on %s", agree(len(rules), "the rule", "the rules"), enumerate(rules))
}

// A DraftRecord remembers what became of the model's draft of a session, so
// that the same tickets are not put to it again and people find the words that
// they have read (C3).
type DraftRecord struct {
	Input    string   `json:"input"` // see [DraftInput]
	Model    string   `json:"model"`
	Repaired bool     `json:"repaired,omitempty"`
	Reason   string   `json:"reason,omitempty"` // why Answer is not there
	Answer   *Drafted `json:"answer,omitempty"`
}

// DraftInput identifies what a model is shown of a plan: equal input, equal
// tickets as far as a draft is concerned.
func DraftInput(p Plan) string {
	sum := sha256.Sum256([]byte(materialOf(p).data("")))
	return hex.EncodeToString(sum[:16])
}

// Recall makes the plan that a record is about. It fails when the tickets have
// changed since, and when the record does not hold against them: people can
// edit it.
func Recall(p Plan, r DraftRecord) (Plan, bool) {
	switch {
	case r.Input != DraftInput(p):
		return p, false
	case r.Answer == nil:
		return WithoutDraft(p, r.Model, r.Reason), r.Reason != ""
	}
	next, broken := WithDraft(p, *r.Answer, r.Model)
	next.Draft.Repaired = r.Repaired
	return next, len(broken) == 0
}
