package confluence_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
)

// People add entries between a line that says who, when or why and what it belongs to:
// it stays with what a ticket was told it with.
func TestALineStaysWithWhatItWasReadWith(t *testing.T) { // S8
	t.Parallel()
	const (
		noor   = `<ac:link><ri:user ri:account-id="noor" /></ac:link>`
		ivo    = `<ac:link><ri:user ri:account-id="ivo" /></ac:link>`
		reason = `<p>Reason: cheaper</p>`
	)
	native := func(items ...string) (list string) {
		for _, item := range items {
			list += `<ac:adf-node type="decision-item"><ac:adf-attribute key="state">DECIDED</ac:adf-attribute><ac:adf-content>` + item + `</ac:adf-content></ac:adf-node>`
		}
		return `<ac:adf-extension><ac:adf-node type="decision-list">` + list + `</ac:adf-node></ac:adf-extension>`
	}
	for name, test := range map[string]struct {
		place, before, after string
		want                 []string
	}{
		"a decision": {"Decisions", `<ul><li>use SEPA</li></ul>` + reason, `<ul><li>use SEPA</li><li>keep cards</li></ul>` + reason,
			[]string{"D use SEPA | cheaper", "D keep cards"}},
		"a native decision": {"Decisions", native("use SEPA") + reason, native("use SEPA", "keep cards") + reason,
			[]string{"D use SEPA | cheaper", "D keep cards"}},
		"a decision, and a question": {"Decisions", `<ul><li>use SEPA</li></ul><p>because it is cheaper</p>`, `<ul><li>use SEPA</li><li>who signs?</li></ul><p>because it is cheaper</p>`,
			[]string{"D use SEPA | because it is cheaper"}},
		"a decision, and an action": {"Decisions", `<p>Decision: use SEPA</p>` + reason, `<p>Decision: use SEPA</p><p>Action: ask legal</p>` + reason,
			[]string{"D use SEPA | cheaper", "A ask legal"}},
		"a decision with another reason": {"Decisions", `<p>Decision: use SEPA</p>` + reason, `<p>Decision: use SEPA</p>` + reason + `<p>Decision: keep cards</p><p>Reason: people ask</p>`,
			[]string{"D use SEPA | cheaper", "D keep cards | people ask"}},
		"who and when on two lines": {"Action items", `<ul><li>ask legal</li><li>Owner: ` + noor + `</li><li>Due: 2026-12-09</li></ul>`,
			`<ul><li>ask legal</li><li>call the bank ` + ivo + `</li><li>Owner: ` + noor + `</li><li>Due: 2026-12-09</li></ul>`, []string{"A ask legal @ 2026-12-09", "A call the bank @"}},
		"a name, and a tick": {"Action items", `<ul><li>ask legal</li><li>Owner: Noor</li></ul>`, `<ul><li>done: ask legal</li><li>call the bank</li><li>Owner: Noor</li></ul>`,
			[]string{"A ask legal – Owner: Noor done", "A call the bank"}},
		"a mention alone, and more": {"Action items", `<ul><li>ask legal</li></ul><p>` + noor + `</p>`, `<ul><li>ask legal</li><li>call the bank</li></ul><p>` + noor + `</p><p>by 9 Dec</p>`,
			[]string{"A ask legal – by 9 Dec @", "A call the bank"}},
		"one that was told nothing": {"Action items", `<ul><li>ask legal</li></ul>`, `<ul><li>ask legal</li><li>call the bank</li><li>Owner: ` + noor + `</li></ul>`,
			[]string{"A ask legal", "A call the bank @"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state := confluence.State{Told: map[string][]string{}}
			out, err := state.Outcomes("<h2>PAY-7 Refunds</h2><h3>" + test.place + "</h3>" + test.before)
			require.NoError(t, err)
			for _, e := range out.Entries {
				state.Told["PAY-7"] = append(state.Told["PAY-7"], e.Print())
			}
			out, err = state.Outcomes("<h2>PAY-7 Refunds</h2><h3>" + test.place + "</h3>" + test.after)
			require.NoError(t, err)
			var got []string
			for _, e := range out.Entries {
				got = append(got, shown(e))
			}
			assert.Equal(t, test.want, got)
		})
	}
}
