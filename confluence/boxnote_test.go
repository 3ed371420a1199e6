package confluence_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// A box with a note is either what became of the item, to the sync and to the update
// alike, or listed and to both nothing.
func TestABoxWithANoteIsOneTruth(t *testing.T) { // S3 S10 S11
	t.Parallel()
	for label, want := range map[string]string{
		"Needs another session: UX input":  "Needs another session (UX input)",
		"needs another session – UX input": "Needs another session (UX input)",
		"Parked (legal is asked)":          "Parked (legal is asked)",
		"Dropped, nobody asks for it":      "Dropped (nobody asks for it)",
		"Split":                            "Split",
		"Ready.":                           "Ready",
		"Ready: if legal agrees":           "",
		"Ready for the sprint":             "",
		"Parked if legal says no":          "",
		"Parked because legal is asked":    "Parked (because legal is asked)",
		"Dropped bc nobody asks for it":    "Dropped (bc nobody asks for it)",
		"Split cards first":                "Split (cards first)",
		"Dropped unless sales objects":     "",
		"Dropped when PAY-9 ships":         "",
		"Split: once legal agrees":         "",
		"Parked, sobald PAY-9 da ist":      "",
		"Dropped quand PAY-9 est là":       "",
		"Parked nur wenn Legal nein sagt":  "",
		"Parked until May":                 "Parked (until May)",
		"Split only the export":            "Split (only the export)",
		"Dropped: se hace en PAY-9":        "Dropped (se hace en PAY-9)",
	} {
		t.Run(label, func(t *testing.T) {
			t.Parallel()
			read, err := confluence.State{}.Outcomes(`<h2>PAY-7 Pay at once</h2><h3>Outcome</h3><ac:task-list><ac:task><ac:task-id>1</ac:task-id>` +
				`<ac:task-status>complete</ac:task-status><ac:task-body>` + label + `</ac:task-body></ac:task></ac:task-list>`)
			require.NoError(t, err)
			if want == "" {
				assert.Empty(t, read.Entries)
				require.Len(t, read.Suggestions, 1)
				return
			}
			require.Len(t, read.Entries, 1)
			e := read.Entries[0]
			told := e.Text.String()
			if len(e.Reason) > 0 {
				told += " (" + e.Reason.String() + ")"
			}
			assert.Equal(t, want, told)
			assert.Equal(t, outcome.Result, e.Kind)
			assert.Empty(t, read.Suggestions)
		})
	}
}

// Where another box is ticked with what may be a condition, nobody guesses which counts;
// a task that is told no is none, whoever it mentions.
func TestATickThatIsNotCertain(t *testing.T) { // S3 S11
	t.Parallel()
	task := func(status, body string) string {
		return `<ac:task><ac:task-id>1</ac:task-id><ac:task-status>` + status + `</ac:task-status><ac:task-body>` + body + `</ac:task-body></ac:task>`
	}
	read, err := confluence.State{}.Outcomes(`<h2>PAY-7 Pay at once</h2><h3>Outcome</h3><ac:task-list>` + task("complete", "Ready") + task("complete", "Parked if legal says no") + `</ac:task-list>` +
		`<h2>PAY-8 Contract</h2><h3>Outcome</h3><ac:task-list>` + task("complete", "Split") + `</ac:task-list>`)
	require.NoError(t, err)
	require.Len(t, read.Entries, 2)
	assert.Equal(t, []string{"PAY-7"}, read.Unclear)
	plan := outcome.Writeback(outcome.WritebackInput{Outcomes: read, Tickets: []outcome.Ticket{{Issue: ticket.Issue{Key: "PAY-7"}}, {Issue: ticket.Issue{Key: "PAY-8"}}}})
	require.Len(t, plan.Unattributed, 1)
	assert.Equal(t, "another box of it is ticked with a note, and nobody guesses which one counts: leave one", plan.Unattributed[0].Reason)
	assert.Equal(t, "PAY-8", plan.Changes[0].Issue, "and nothing goes to PAY-7")

	read, err = confluence.State{}.Outcomes(`<h2>PAY-7 Pay at once</h2><h3>Outcome</h3><p>Outcome: Parked if legal says no</p><ac:task-list>` + task("complete", "Ready") + `</ac:task-list>`)
	require.NoError(t, err)
	require.Len(t, read.Suggestions, 1)
	assert.Equal(t, "it has a note, so that it is not certain what was agreed: tick it without, or type the note as a decision", read.Suggestions[0].Reason)
	assert.Equal(t, []string{"PAY-7"}, read.Unclear, "also beside one in words")

	const dana = `<ac:link><ri:user ri:account-id="1" /></ac:link>`
	read, err = confluence.State{}.Outcomes(`<h2>PAY-7 Pay at once</h2><h3>Action items</h3><ac:task-list>` +
		task("incomplete", `❌ call the vendor `+dana) + task("incomplete", "cancelled: dump 2014") +
		task("incomplete", `<ac:structured-macro ac:name="status"><ac:parameter ac:name="title">Cancelled</ac:parameter></ac:structured-macro> faq `+dana) +
		task("incomplete", "call Priya?") + `</ac:task-list>`)
	require.NoError(t, err)
	require.Len(t, read.Entries, 1)
	assert.Equal(t, "call Priya?", read.Entries[0].Text.String())
	assert.Len(t, read.Suggestions, 3)
}

// A word that begins as a box does is none, and what stands behind one may be any sign.
func TestABoxIsAWord(t *testing.T) { // S3 S11
	t.Parallel()
	for typed, want := range map[string]string{
		"<p>Outcome: splitting the export</p>":                                     "listed it is none of the five outcomes; tick one, or begin the line with what it is: Decision, Action, Estimate, Blocked by",
		"<p>the bank answers in May</p>":                                           "listed a note: begin it with “Decision:” if it is one",
		"<p>legal said no<br/>to all</p>":                                          "listed a note: begin it with “Decision:” if it is onelisted a note: begin it with “Decision:” if it is one",
		"<p>Dana: splitting took long</p>":                                         "listed a note: begin it with “Decision:” if it is one",
		"<ul><li>Readymade parts</li></ul>":                                        "listed it is none of the five outcomes; tick one, or begin the line with what it is: Decision, Action, Estimate, Blocked by",
		"<p>Outcome: Split cards first</p>":                                        "Split | cards first",
		"<h4>Pros / cons Mollie</h4><ul><li>+ SEPA incl.</li><li>Parked</li></ul>": "Parked | listed a note: begin it with “Decision:” if it is one",
		"<h4>Notes on it</h4><p>Outcome: SEPA incl.</p>":                           "listed it is none of the five outcomes; tick one, or begin the line with what it is: Decision, Action, Estimate, Blocked by",
		"<h3>Acceptance criteria</h3><h3>Outcome</h3><ac:task-list>TASK(Ready)</ac:task-list><h3>Acceptance criteria Ivo</h3><ul><li>bucket policy</li></ul>": "Ready | listed it only looks like one: begin it with “Acceptance criterion:”",
		"<ac:task-list>TASK(Parked—legal is asked)</ac:task-list>":                                                                                            "Parked | legal is asked",
		"<ac:task-list>TASK(✅ Parked)</ac:task-list>":                                                                                                         "Parked | ",
		"<ac:task-list>TASK(Parkedeck is redrawn)</ac:task-list>":                                                                                             "action",
	} {
		typed = strings.NewReplacer("TASK(", "<ac:task><ac:task-status>complete</ac:task-status><ac:task-body>", ")</", "</ac:task-body></ac:task></").Replace(typed)
		read, err := confluence.State{}.Outcomes(`<h2>PAY-7 Pay at once</h2><h3>Outcome</h3>` + typed)
		require.NoError(t, err)
		var got string
		for _, e := range read.Entries {
			if got += e.Text.String() + " | " + e.Reason.String(); e.Kind != outcome.Result {
				got = string(e.Kind)
			}
		}
		for _, s := range read.Suggestions {
			got += "listed " + s.Reason
		}
		assert.Equal(t, strings.Replace(want, "action", string(outcome.Action), 1), got, typed)
	}
}
