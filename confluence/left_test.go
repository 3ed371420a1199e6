package confluence_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/planner"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// left is a line as these tests write it: its kind, its item, its words.
type left struct {
	kind  outcome.CarriedKind
	words string
}

func TestWhatASessionLeavesOpen(t *testing.T) { // P6
	t.Parallel()
	const (
		box       = `<ac:task-list><ac:task><ac:task-status>complete</ac:task-status><ac:task-body>Needs another session</ac:task-body></ac:task></ac:task-list>`
		questions = `<h2>Discussion questions</h2><p><strong>1. </strong>PAY-7 says “14 days”. Who relies on it?</p>`
	)
	for name, test := range map[string]struct {
		body string
		want []left
	}{
		"parking lot": {`<h2>Parking lot</h2><ul><li>Currencies, <s>not this</s></li><li><ac:placeholder>Type</ac:placeholder></li><li><p>Refunds</p></li></ul><h2>Other</h2><p>not this</p>`,
			[]left{{outcome.Parked, "“Currencies,”"}, {outcome.Parked, "“Refunds”"}}},
		"none is parked":             {`<h2>Parking lot</h2><ul><li>n/a</li><li>none</li><li>–</li></ul>`, nil},
		"below a heading of its own": {`<h2>Parking lot</h2><h3>Later</h3><p>Currencies</p>`, []left{{outcome.Parked, "“Currencies”"}}},
		"renamed and decorated":      {`<h1>🅿️ Our parked topics (2)</h1><p>Currencies</p>`, []left{{outcome.Parked, "“Currencies”"}}},
		"in an item's section":       {`<h2>PAY-7 Refunds</h2><h3>Parked</h3><p>Currencies</p>`, []left{{outcome.Parked, "PAY-7: “Currencies”"}}},
		"in a table": {`<h2>Parking lot</h2><table><tbody><tr><th>Topic</th></tr><tr><td>Currencies</td></tr></tbody></table>`,
			[]left{{outcome.Parked, "“Currencies”"}}},
		"German": {`<h2>Themenspeicher</h2><p>Währungen</p><h2>Offene Fragen</h2><p>Wer zahlt?</p><h2>Retrospektive</h2><p>Beim nächsten Mal anders: kürzer</p>`,
			[]left{{outcome.Parked, "“Währungen”"}, {outcome.OpenQuestion, "“Wer zahlt?”"}, {outcome.Wish, "“kürzer”"}}},
		"French": {`<h2>Sujets en attente</h2><p>Devises</p><h2>Questions ouvertes</h2><p>Qui paie ?</p><h2>Rétrospective</h2><p>À faire différemment la prochaine fois : plus court</p>`,
			[]left{{outcome.Parked, "“Devises”"}, {outcome.OpenQuestion, "“Qui paie ?”"}, {outcome.Wish, "“plus court”"}}},
		"Spanish": {`<h2>Temas aparcados</h2><p>Divisas</p><h2>Preguntas abiertas</h2><p>¿Quién paga?</p><p>Respuesta: el banco</p><h2>Retrospectiva</h2><p>La próxima vez: más corto</p>`,
			[]left{{outcome.Parked, "“Divisas”"}, {outcome.Wish, "“más corto”"}}},
		"Polish": {`<h2>Tematy odłożone</h2><p>Waluty</p><h2>Otwarte pytania</h2><p>Kto płaci?</p><h2>Retrospektywa</h2><p>Następnym razem: krócej</p>`,
			[]left{{outcome.Parked, "“Waluty”"}, {outcome.OpenQuestion, "“Kto płaci?”"}, {outcome.Wish, "“krócej”"}}},
		"an open question with its answer": {`<h2>Open questions</h2><p>Who pays?</p><p>Answer: the bank</p><p>Since when?</p>`,
			[]left{{outcome.OpenQuestion, "“Since when?”"}}},
		"an open question above an outcome": {`<h2>PAY-7</h2><h3>Open questions</h3><ul><li>Who pays?</li></ul><p>Action items:</p><ul><li>ask the bank</li></ul>`,
			[]left{{outcome.OpenQuestion, "PAY-7: “Who pays?”"}}},
		"an undecided decision": {`<h2>PAY-7</h2>` + decided("UNDECIDED"), []left{{outcome.OpenQuestion, "PAY-7: “Refund within a day”"}}},
		"session questions": {questions + `<p>Dana does</p><p>2. PAY-6: who asked?</p><p><ac:placeholder>Type</ac:placeholder></p><p><em>More questions stand under each item.</em></p>`,
			[]left{{outcome.OpenQuestion, "“PAY-6: who asked?”"}}},
		"answered behind the question mark": {`<h2>Discussion questions</h2><p>1. PAY-6: who asked? Dana did</p>`, nil},
		"answered by a decision":            {questions + `<p>Decision: nobody does</p>`, nil},
		"retrospective": {`<h2>Retrospective</h2><ul><li>What worked well: the examples</li><li>Discussion and time: too long</li><li>To do differently next time: fewer details</li></ul>`,
			[]left{{outcome.Wish, "“fewer details”"}}},
		"several wishes in a list": {`<h2>Retro</h2><ul><li>To do differently next time:<ul><li>fewer details</li><li>start: on time</li></ul></li><li>What worked well: all</li></ul>`,
			[]left{{outcome.Wish, "“fewer details”"}, {outcome.Wish, "“start: on time”"}}},
		"a paragraph below the wishes": {`<h2>Retro</h2><ul><li>To do differently next time: fewer details</li><li>start on time</li></ul><p>thanks, all</p>`,
			[]left{{outcome.Wish, "“fewer details”"}, {outcome.Wish, "“start on time”"}}},
		"an empty retrospective": {`<h2>Retrospective</h2><ul><li>What worked well: </li><li>To do differently next time: </li></ul>`, nil},
		"boxes":                  {`<h2>PAY-7 Refunds</h2><h3>Outcome</h3>` + box + `<h2>Notes</h2>` + box, []left{{outcome.AnotherTime, "PAY-7"}}},
		"put off": {`<h2>Proposed for another session</h2><ul><li><a href="https://jira.example/browse/PAY-8">PAY-8</a> Fees: no time left; place 8 of 9</li>` +
			`<li>PAY-9 An epic: is an epic; plan its children with --epic PAY-9</li><li>PAY-10: has a security level and is not shown here</li></ul>`,
			[]left{{outcome.Postponed, "PAY-8"}}},
		"a decision in the parking lot is none to park": {`<h2>Parking lot</h2><p>Decision: drop it</p>`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, err := confluence.State{}.Outcomes(test.body, "https://jira.example/browse/")
			require.NoError(t, err)
			var got []left
			for _, l := range out.Left {
				got = append(got, left{l.Kind, l.String()})
			}
			assert.Equal(t, test.want, got)
		})
	}
}

func TestUnchangedRegionsLeaveNothingOpen(t *testing.T) { // P6
	t.Parallel()
	asked := region("questions", `<h2>Discussion questions</h2><p>1. PAY-7: who asked?</p><p><ac:placeholder>Type</ac:placeholder></p>`)
	put := region("deferred", `<h2>Proposed for another session</h2><ul><li>PAY-8 Fees: no time left</li></ul>`)
	known := prints(t, []confluence.Region{asked, put})
	out, err := confluence.State{Regions: known}.Outcomes(asked.Body+put.Body, "")
	require.NoError(t, err)
	require.Len(t, out.Left, 1, "nobody has looked at the questions, but what is put off stands there for the next time")
	assert.Equal(t, "PAY-8", out.Left[0].String())
}

// TestCarriedTasksAreReadBack holds the two ends together: what one page shows
// as unfinished, the next reading finds, and nothing of it as an outcome.
func TestCarriedTasksAreReadBack(t *testing.T) { // P6 S7
	t.Parallel()
	day := ticket.Date{Year: 2026, Month: time.November, Day: 10}
	dana := &outcome.User{AccountID: "5b10:ab", Display: "Dana Weber"}
	o := outcome.Outcomes{
		Keys: []string{"PAY-6"}, Browse: "https://jira.example/browse/",
		Entries: []outcome.Entry{
			{Kind: outcome.Action, Section: "PAY-6", Text: text("ask the bank about UTF-8 & <b>"), Owner: dana, Due: ticket.Date{Year: 2026, Month: time.December, Day: 1}},
			{Kind: outcome.Action, Text: text("done"), Done: true},
		},
	}
	plan := planner.Plan{CarryOver: o.CarryOver(day, outcome.PageRef{ID: "7", URL: "https://wiki.example/7", Title: "Last"})}
	body := confluence.Assemble(confluence.Render(plan, confluence.Style{Decisions: true}))
	assert.Contains(t, body, `<a href="https://jira.example/browse/PAY-6">PAY-6</a>`)
	assert.NotContains(t, body, "browse/UTF-8", "which is no issue")
	assert.NotContains(t, body, "ri:user")

	out, err := confluence.State{}.Outcomes(body, "")
	require.NoError(t, err)
	assert.Empty(t, out.Entries)
	require.Len(t, out.Left, 1)
	got := out.Left[0]
	assert.Equal(t, "PAY-6: ask the bank about UTF-8 & <b> – Dana Weber – due 2026-12-01", got.String())
	assert.Equal(t, day, got.Since)
	assert.Equal(t, "https://wiki.example/7", got.URL)
	assert.True(t, got.Names("PAY-6"))
}
