package confluence_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

const nativeDecision = `<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-attribute key="local-id">l1</ac:adf-attribute>` +
	`<ac:adf-node type="decision-item"><ac:adf-attribute key="local-id">d1</ac:adf-attribute><ac:adf-attribute key="state">%STATE%</ac:adf-attribute>` +
	`<ac:adf-content>Refund within a day</ac:adf-content></ac:adf-node></ac:adf-node>` +
	`<ac:adf-fallback><ul class="decision-list"><li>Refund within a day</li></ul></ac:adf-fallback></ac:adf-extension>`

func TestReadOutcomes(t *testing.T) { // S1 S2 S7
	t.Parallel()
	due := ticket.Date{Year: 2026, Month: time.December, Day: 1}
	dana := &outcome.User{AccountID: "5b10:ab"}
	tests := []struct {
		name, body string
		want       []outcome.Entry
	}{
		{"a native decision, its fallback skipped", `<h2><a href="https://jira.example/browse/PAY-7">PAY-7</a> Refunds</h2><h3>Decisions</h3>` + decided("DECIDED"),
			[]outcome.Entry{{Kind: outcome.Decision, ID: "d1", Text: text("Refund within a day"), Section: "PAY-7", Where: "PAY-7, Decisions"}}},
		{"a decision and its reason", `<h2>PAY-7</h2>` + decided("DECIDED") + `<p>Reason: banks take that long</p>`,
			[]outcome.Entry{{Kind: outcome.Decision, ID: "d1", Text: text("Refund within a day"), Reason: text("banks take that long"), Section: "PAY-7", Where: "PAY-7"}}},
		{"a labelled line", `<h2>PAY-7 Refunds</h2><p><strong>Decision:</strong> refund&nbsp;at once</p>`,
			[]outcome.Entry{{Kind: outcome.Decision, Text: text("refund at once"), Section: "PAY-7", Where: "PAY-7"}}},
		{"a green lozenge", `<h2>PAY-7</h2><p><ac:structured-macro ac:name="status"><ac:parameter ac:name="colour">Green</ac:parameter><ac:parameter ac:name="title">DECISION</ac:parameter></ac:structured-macro> refund at once</p>`,
			[]outcome.Entry{{Kind: outcome.Decision, Text: text("refund at once"), Section: "PAY-7", Where: "PAY-7"}}},
		{"two lines of one paragraph", `<h2>PAY-7</h2><p>Decision: one<br/>Decision: two</p>`,
			[]outcome.Entry{{Kind: outcome.Decision, Text: text("one"), Section: "PAY-7", Where: "PAY-7"}, {Kind: outcome.Decision, Text: text("two"), Section: "PAY-7", Where: "PAY-7"}}},
		{"a task with owner and date", `<h2>PAY-7</h2><ac:task-list><ac:task><ac:task-id>3</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body><span class="placeholder-inline-tasks"><ac:link><ri:user ri:account-id="5b10:ab" /></ac:link> ask the bank <time datetime="2026-12-01" /> </span></ac:task-body></ac:task></ac:task-list>`,
			[]outcome.Entry{{Kind: outcome.Action, ID: "3", Text: text("ask the bank"), Owner: dana, Due: due, Done: true, Section: "PAY-7", Where: "PAY-7"}}},
		{"a date within the sentence stays", `<ac:task-list><ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body>ask the bank by <time datetime="2026-12-01" /></ac:task-body></ac:task></ac:task-list>`,
			[]outcome.Entry{{Kind: outcome.Action, Text: text("ask the bank by 2026-12-01"), Due: due, Where: "top of the page"}}},
		{"nested tasks are their own", `<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-body>outer<ac:task-list><ac:task><ac:task-id>2</ac:task-id><ac:task-body>inner <time datetime="2026-12-01" /></ac:task-body></ac:task></ac:task-list></ac:task-body></ac:task></ac:task-list>`,
			[]outcome.Entry{{Kind: outcome.Action, ID: "1", Text: text("outer"), Where: "top of the page"}, {Kind: outcome.Action, ID: "2", Text: text("inner"), Due: due, Where: "top of the page"}}},
		{"hints are no content", `<h2>PAY-7</h2><ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-body><ac:placeholder>Type an action</ac:placeholder></ac:task-body></ac:task></ac:task-list><p>Decision: <ac:placeholder>type</ac:placeholder></p>`, nil},
		{"the page's own checkboxes", `<h2>PAY-7</h2><ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>Needs another session</ac:task-body></ac:task></ac:task-list>`,
			[]outcome.Entry{{Kind: outcome.Result, Text: text("Needs another session"), Section: "PAY-7", Where: "PAY-7"}}},
		{"a section ends at the next heading of its level", `<h2>PAY-7</h2><h3>Notes</h3><h2>Parking lot</h2><p>Decision: in May</p>`,
			[]outcome.Entry{{Kind: outcome.Decision, Text: text("in May"), Where: "Parking lot"}}},
		{"columns and tables", `<ac:layout><ac:layout-section><ac:layout-cell><h2>PAY-7</h2><table><tbody><tr><td><h3>Inside</h3><p>Decision: in a cell</p></td></tr></tbody></table><p>Decision: behind it</p></ac:layout-cell></ac:layout-section></ac:layout>`,
			[]outcome.Entry{{Kind: outcome.Decision, Text: text("in a cell"), Section: "PAY-7", Where: "PAY-7, Inside"}, {Kind: outcome.Decision, Text: text("behind it"), Section: "PAY-7", Where: "PAY-7"}}},
		{"a jira macro in the heading", `<h2><ac:structured-macro ac:name="jira"><ac:parameter ac:name="key">PAY-7</ac:parameter></ac:structured-macro></h2><p>Decision: yes</p>`,
			[]outcome.Entry{{Kind: outcome.Decision, Text: text("yes"), Section: "PAY-7", Where: "PAY-7"}}},
		{"a note panel of Cloud", `<h2>PAY-7</h2><ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">note</ac:adf-attribute><ac:adf-content><p>Agreed today</p><p>Decision: refund</p></ac:adf-content></ac:adf-node></ac:adf-extension>`,
			[]outcome.Entry{{Kind: outcome.Decision, Text: text("refund"), Section: "PAY-7", Where: "PAY-7"}}},
		{"a definition list", `<h2>PAY-7</h2><dl><dt>Decision: eta</dt><dd>Decision: theta</dd></dl>`,
			[]outcome.Entry{{Kind: outcome.Decision, Text: text("eta"), Section: "PAY-7", Where: "PAY-7"}, {Kind: outcome.Decision, Text: text("theta"), Section: "PAY-7", Where: "PAY-7"}}},
		{"a heading that only looks like a key", `<h2>PAY-7</h2><h3>SHA-256?</h3><h3>Decisions</h3><p>Decision: for 7</p>`,
			[]outcome.Entry{{Kind: outcome.Decision, Text: text("for 7"), Section: "PAY-7", Where: "PAY-7, Decisions"}}},
		{"the next item's heading in a panel", `<h2>PAY-6</h2><ac:structured-macro ac:name="info"><ac:rich-text-body><h2>PAY-7</h2></ac:rich-text-body></ac:structured-macro><h3>Decisions</h3><p>Decision: for 7</p>`,
			[]outcome.Entry{{Kind: outcome.Decision, Text: text("for 7"), Section: "PAY-7", Where: "PAY-7, Decisions"}}},
		{"a label and then the line", `<h2>PAY-7</h2><p><strong>Decision:</strong></p><ul><li>alpha</li></ul><p>not this</p>`,
			[]outcome.Entry{{Kind: outcome.Decision, Text: text("alpha"), Section: "PAY-7", Where: "PAY-7"}}},
		{"a label and then a list", `<h2>PAY-7</h2><p>Decisions:</p><ul><li>beta</li><li>gamma</li></ul><p>not this</p>`,
			[]outcome.Entry{{Kind: outcome.Decision, Text: text("beta"), Section: "PAY-7", Where: "PAY-7"}, {Kind: outcome.Decision, Text: text("gamma"), Section: "PAY-7", Where: "PAY-7"}}},
		{"a heading that decides", `<h2>PAY-7</h2><h4>Decision: delta</h4>`,
			[]outcome.Entry{{Kind: outcome.Decision, Text: text("delta"), Section: "PAY-7", Where: "PAY-7, Decision: delta"}}},
		{"struck through", `<h2>PAY-7</h2><p><s>Decision: no</s></p><pre>Decision: no</pre>`, nil},
		{"code is not read", `<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[Decision: no]]></ac:plain-text-body></ac:structured-macro>`, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			out, err := confluence.State{}.Outcomes(test.body, "https://jira.example/browse/")
			require.NoError(t, err)
			assert.Equal(t, test.want, out.Entries)
		})
	}
}

func TestGeneratedTextIsNoOutcome(t *testing.T) { // S7
	t.Parallel()
	quoted := region("item/PAY-7", "<h2>PAY-7 Refunds</h2><ul><li>Decision: quoted from the ticket</li></ul>")
	known := prints(t, []confluence.Region{quoted})
	body := quoted.Body + "<p>Decision: typed by a person</p>"
	out, err := confluence.State{Regions: known}.Outcomes(body, "")
	require.NoError(t, err)
	require.Len(t, out.Entries, 1)
	assert.Equal(t, "typed by a person", out.Entries[0].Text.String())
	assert.Equal(t, []string{"PAY-7"}, out.Keys)
}

func TestOnlyLooksLikeAnOutcome(t *testing.T) { // S7
	t.Parallel()
	out, err := confluence.State{}.Outcomes(`<h2>PAY-7</h2><p>TODO: ask the bank</p><ul><li>[ ] call Dana</li></ul><p>We decided to wait.</p>`+decided("UNDECIDED"), "")
	require.NoError(t, err)
	assert.Empty(t, out.Entries)
	assert.Len(t, out.Suggestions, 4)
	for _, body := range []string{
		`<h2>PAY-7</h2><blockquote><p>Decision: quoted</p></blockquote>`,
		`<h2>PAY-7</h2><p>In the overview. Decision: overview only</p>`,
		`<h2>PAY-7</h2><h3>Acceptance criteria</h3><ul><li>Is the sum right?</li></ul>`,
		`<h2>PAY-7</h2><h3>Outcome</h3><ac:task-list><ac:task><ac:task-status>complete</ac:task-status><ac:task-body>Split if legal agrees</ac:task-body></ac:task></ac:task-list>`,
	} {
		out, err := confluence.State{}.Outcomes(body, "")
		require.NoError(t, err)
		assert.Empty(t, out.Entries, body)
		assert.Len(t, out.Suggestions, 1, body)
	}
	assert.Equal(t, "PAY-7", out.Suggestions[0].Issue)
}

func TestSessionHeld(t *testing.T) {
	t.Parallel()
	for status, held := range map[string]bool{"complete": true, "incomplete": false} {
		out, err := confluence.State{}.Outcomes(`<ac:task-list><ac:task><ac:task-status>`+status+`</ac:task-status><ac:task-body>Session held: write back to Jira</ac:task-body></ac:task></ac:task-list>`, "")
		require.NoError(t, err)
		assert.Equal(t, held, out.Held)
		assert.Empty(t, out.Entries)
	}
}

func decided(state string) string { return strings.Replace(nativeDecision, "%STATE%", state, 1) }

func text(s string) outcome.Text { return outcome.Text{{Text: s}} }
