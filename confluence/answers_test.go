package confluence_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/planner"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// A reason on a second line of a native decision is one, as below a line on Data Center.
func TestANativeDecisionHasItsReason(t *testing.T) { // S1
	t.Parallel()
	for content, want := range map[string][2]string{
		`Keep them<br/>Reason: legal asked`:                       {"Keep them", "legal asked"},
		`Keep them<br /><strong>Grund:</strong> die<br/>Rechtler`: {"Keep them", "die Rechtler"},
		`Keep them<br/>all<br/>because legal asked`:               {"Keep them all", "because legal asked"},
		`Keep them<br/>all, reason unknown`:                       {"Keep them all, reason unknown", ""},
	} {
		body := `<h2>PAY-7 Refunds</h2><h3>Decisions</h3>` + strings.Replace(decided("DECIDED"), "Refund within a day", content, 1)
		out, err := confluence.State{}.Outcomes(body, "https://jira.example/browse/")
		require.NoError(t, err)
		require.Len(t, out.Entries, 1, content)
		assert.Equal(t, want, [2]string{out.Entries[0].Text.String(), out.Entries[0].Reason.String()}, content)
	}
}

func TestAnItemLeadsToItsQuestion(t *testing.T) { // C9
	t.Parallel()
	plan := planner.Plan{Items: []planner.Item{{Issue: ticket.Issue{Key: "PAY-7"}, Verdict: "PAY-7 names nobody: question 1."}}}
	body := confluence.Assemble(confluence.Render(plan, confluence.Style{}))
	assert.Contains(t, body, `names nobody: <ac:link ac:anchor="questions"><ac:link-body>question 1</ac:link-body></ac:link>.</p>`)
	assert.Empty(t, confluence.Unreachable(body))
	for verdict, want := range map[string]string{
		"Question 2 is about it.":              `<ac:link ac:anchor="questions"><ac:link-body>Question 2</ac:link-body></ac:link> is about it.</p>`,
		"It says “A”. Question 2 is about it.": `It says “A”. <ac:link ac:anchor="questions"><ac:link-body>Question 2</ac:link-body></ac:link> is about it.</p>`,
		"Unsure. Question 3 names it, too.":    `Unsure. <ac:link ac:anchor="questions"><ac:link-body>Question 3</ac:link-body></ac:link> names it, too.</p>`,
		"“Which is question 3 of the form”.":   `“Which is question 3 of the form”.</p>`,
	} {
		plan.Items[0].Verdict = verdict
		assert.Contains(t, confluence.Assemble(confluence.Render(plan, confluence.Style{})), want)
	}
	plan.Items[0].Verdict = "PAY-7 names nobody: question 1."
	regions, err := confluence.RenderFor(body, plan, confluence.Style{}, nil, "questions")
	require.NoError(t, err)
	assert.Contains(t, confluence.Assemble(regions), `names nobody: question 1.</p>`, "where people took the anchor off")
}

// What people type below the session's questions stays on the page, and each line of it
// is listed with what to do; what has the label of a decision is the page's, as elsewhere
// outside the items' sections.
func TestAnAnswerIsListed(t *testing.T) { // S7 S11
	t.Parallel()
	const (
		first   = `<h2>Discussion questions</h2><p><strong>1. </strong>PAY-12 says “14 days”. Who relies on it?</p>`
		second  = `<p>2. PAY-6: who asked?</p>`
		closing = `<p><em>More questions stand under each item.</em></p><h2>PAY-6 Refunds</h2><p>A note</p>`
		about12 = "an answer stays on this page: to have it written, type it as a decision below PAY-12"
		aboutNo = "an answer stays on this page: to have it written, type it as a decision below its item"
	)
	region := confluence.Region{ID: "questions", Body: first + second + `<p><em>More questions stand under each item.</em></p>`, Generated: true}
	said := saidOf(t, []confluence.Region{region}, region.Body, nil)
	for name, state := range map[string]confluence.State{"ours by what we said": {Said: said}, "a page of an earlier version": {}} {
		out, err := state.Outcomes(first + `<p>Accounts does</p><ul><li>since 2019</li></ul><p>Decision: we keep them</p><p>Action: ask legal</p><p>Estimate: 8</p>` +
			second + `<p>Who knows?</p><p><ac:placeholder>Type</ac:placeholder></p>` + `<p>3. Who pays? The bank</p><p>it said so</p>` + closing)
		require.NoError(t, err, name)
		answer := func(text, ticket, reason string) outcome.Suggestion {
			return outcome.Suggestion{Text: text, Issue: ticket, Where: "Discussion questions", Reason: reason, Note: true}
		}
		want := []outcome.Suggestion{
			answer("Accounts does", "PAY-12", about12), answer("since 2019", "PAY-12", about12),
			{Text: "Action: ask legal", Issue: "PAY-12", Where: "Discussion questions"},
			answer("Estimate: 8", "PAY-12", about12),
			answer("Who knows?", "PAY-6", "an answer stays on this page: to have it written, type it as a decision below PAY-6"),
			answer("3. Who pays? The bank", "", aboutNo), answer("it said so", "", aboutNo),
		}
		if assert.Len(t, out.Suggestions, len(want)+1, name) {
			want = append(want, out.Suggestions[len(want)])
			assert.Equal(t, "A note", want[len(want)-1].Text)
			assert.Equal(t, want, out.Suggestions, name)
		}
		if assert.Len(t, out.Entries, 1, name) {
			assert.Equal(t, "we keep them", out.Entries[0].Text.String(), name)
			assert.Empty(t, out.Entries[0].Section, name)
			assert.Equal(t, "Discussion questions", out.Entries[0].Where, name)
		}
	}
}
