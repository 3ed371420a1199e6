package confluence_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/planner/outcome"
)

// Below a heading that people gave another name nothing is dropped without a word (S11).
func TestRenamedHeadings(t *testing.T) {
	t.Parallel()
	for _, heading := range []string{"決定事項", "Descisions", "What we settled on", "Bob's list"} {
		out, err := confluence.State{}.Outcomes("<h2>PAY-7 Refunds</h2><h3>" + heading + "</h3><ul><li>refund at once</li></ul><h3>Action items</h3>")
		require.NoError(t, err)
		require.Len(t, out.Suggestions, 1)
		assert.Equal(t, outcome.Suggestion{Text: "refund at once", Issue: "PAY-7", Where: "PAY-7, " + heading, Reason: "a note: begin it with “Decision:” if it is one", Note: true}, out.Suggestions[0])
	}
}

// TestOwnerOnALineOfItsOwn types who and when below an action, as people do in a
// hurry: they belong to it (S2, S11).
func TestOwnerOnALineOfItsOwn(t *testing.T) {
	t.Parallel()
	const (
		mention = `<ac:link><ri:user ri:account-id="5b10:ab" /></ac:link>`
		tasks   = `<ac:task-list><ac:task><ac:task-body>ask the bank</ac:task-body></ac:task><ac:task><ac:task-body>due 2026-12-17 – check the texts</ac:task-body></ac:task><ac:task><ac:task-body>Due: 2026-12-18: call</ac:task-body></ac:task></ac:task-list>`
	)
	for _, test := range []struct {
		name, typed string
		want        []string
		listed      int
	}{
		{"a name", "<ul><li>ask the bank</li><li>Owner: Noor</li></ul>", []string{"ask the bank – Owner: Noor"}, 0},
		{"a mention and a day", "<ul><li>ask the bank</li></ul><p>Owner: " + mention + `</p><p>Due: <time datetime="2026-12-01" /></p>`, []string{"ask the bank @ 2026-12-01"}, 0},
		{"a day in words", "<ul><li>ask the bank</li></ul><p>Bis: nächsten Freitag</p>", []string{"ask the bank – Bis: nächsten Freitag"}, 0},
		{"a day, and what is due then", "<ul><li>ask the bank</li><li>Due 2026-12-17: check the texts</li><li>check the mail</li></ul>", []string{"ask the bank", "Due 2026-12-17: check the texts 2026-12-17", "check the mail"}, 0},
		{"the editor's day, and what is due then", `<ul><li>ask the bank</li><li>Bis <time datetime="2026-12-17" />: Texte prüfen</li></ul>`, []string{"ask the bank", "Bis 2026-12-17: Texte prüfen 2026-12-17"}, 0},
		{"the same in tasks", tasks, []string{"ask the bank", "due 2026-12-17 – check the texts 2026-12-17", "Due: 2026-12-18: call 2026-12-18"}, 0},
		{"a day in words behind one", "<ul><li>ask the bank</li><li>Due: 2026-12-17 – noon</li></ul>", []string{"ask the bank – Due: 2026-12-17 – noon"}, 0},
		{"nothing to belong to", "<p>Owner: Noor</p>", nil, 1},
		{"a task that only begins so", "<ul><li>ask the bank</li><li>Name: find a better one for the field</li></ul>", []string{"ask the bank", "Name: find a better one for the field"}, 0},
		{"an action among decisions", "<h3>Decisions</h3><ul><li>refund at once</li><li>Action: ask the bank</li></ul>", []string{"refund at once", "ask the bank"}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			out, err := confluence.State{}.Outcomes("<h2>PAY-7</h2><h3>Action items</h3>" + test.typed)
			require.NoError(t, err)
			var got []string
			for _, e := range out.Entries {
				got = append(got, said(e))
			}
			assert.Equal(t, test.want, got)
			assert.Len(t, out.Suggestions, test.listed)
		})
	}
}

// said is an action with a sign for an owner that is known, and its day.
func said(e outcome.Entry) string {
	s := e.Text.String()
	if e.Owner != nil {
		s += " @"
	}
	if !e.Due.IsZero() {
		s += " " + e.Due.String()
	}
	return s
}

// S7: what is listed says what fits it, and a list of people is no outcome.
func TestHintsFitTheLine(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"it rained":              "a note: begin it with “Decision:” if it is one",
		"blocked by the lawyers": "a note: what blocks an item is told by its key, “Blocked by PAY-9”",
	} {
		out, err := confluence.State{}.Outcomes("<h2>PAY-7 Refunds</h2><p>No gap found 5 min. In Jira: PAY-7</p><p>" + typed + "</p>")
		require.NoError(t, err)
		require.Len(t, out.Suggestions, 1, typed)
		assert.Equal(t, want, out.Suggestions[0].Why(), typed)
	}
	for heading, listed := range map[string]int{"Participants": 0, "Present:": 0, "Teilnehmer:innen (5)": 0, "Present state": 1} {
		out, err := confluence.State{}.Outcomes(`<h2>` + heading + `</h2><ul><li><ac:link><ri:user ri:account-id="5b10:ab" /></ac:link> from payments</li></ul>`)
		require.NoError(t, err)
		assert.Len(t, out.Suggestions, listed, heading)
	}
}

// An item whose heading is gone is known by the line below it, as each version wrote it.
func TestFactsTellTheItem(t *testing.T) { // S7
	t.Parallel()
	for _, found := range []string{"No gap found", "Gap found", "Ready", "No criteria yet", "Not ready"} {
		out, err := confluence.State{}.Outcomes("<p>" + found + " 5 min. Priority High. In Jira: PAY-7</p><h3>Decisions</h3><ul><li>keep it</li></ul>")
		require.NoError(t, err)
		require.Len(t, out.Entries, 1, found)
		assert.Equal(t, "PAY-7", out.Entries[0].Section, found)
	}
}
