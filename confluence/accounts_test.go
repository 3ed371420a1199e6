package confluence_test

import (
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/storage"
	"refine/internal/people"
	"refine/internal/sampled"
	"refine/planner/outcome"
)

var typedSentences = flag.Int("sentences", 40/sampled.One(4, 4), "how many sentences of real pages are typed in every place and shape; 0 is all")

// ownSentences are what people type in eight languages.
var ownSentences = []string{
	"renew twice at most", "We keep cards for now, says Dana.", "Refunds go back to the card – within 14 days", "10 % of the orders are affected",
	"as in UTF-8, see https://example.com/a?b=c", "“fast” means below 200 ms", "(only for business customers)", "Fees: 3 EUR", "the bank answers; then we go on",
	"zweimal verlängern, höchstens", "Die Bank klärt das bis Freitag", "renouveler deux fois, sans frais", "l'équipe attend la banque", "renovar dos veces como máximo",
	"¿quién paga?", "rinnovare due volte", "renovar no máximo duas vezes", "twee keer verlengen", "przedłużyć najwyżej dwa razy", "最多续借两次", "Will anybody need it?", "- dash in front", "3) numbered", "✅ with a tick",
}

// realSentences are the lines of real pages, where they are at hand.
func realSentences(t *testing.T) (lines []string) {
	files, err := filepath.Glob("../../shared/data/confluence/*.xml")
	require.NoError(t, err)
	for _, file := range files {
		body, err := os.ReadFile(file)
		require.NoError(t, err)
		doc, err := storage.Parse(string(body))
		if err != nil {
			continue // a few are broken on purpose
		}
		for line := range strings.Lines(doc.Root.PlainText()) {
			if line = strings.TrimSpace(line); len(line) > 14 && len(line) < 300 {
				lines = append(lines, line)
			}
		}
	}
	slices.Sort(lines)
	lines = slices.Compact(lines)
	if n := *typedSentences; n > 0 && len(lines) > n {
		step := len(lines) / n
		var some []string
		for i := 0; i < len(lines); i += step {
			some = append(some, lines[i])
		}
		lines = some
	}
	return lines
}

// A shape is how people type a line: what stands around all of them, and around
// each.
type shape struct{ before, each, after string }

// shapes of lines; %s is the line, %d a number for ids.
var shapes = map[string]shape{
	"paragraph":       {"", "<p>%[1]s</p>", ""},
	"bold":            {"", "<p><strong>%[1]s</strong></p>", ""},
	"list":            {"<ul>", "<li><p>%[1]s</p></li>", "</ul>"},
	"old list":        {"<ol>", "<li>%[1]s</li>", "</ol>"},
	"nested list":     {"<ul><li>Payment terms of today<ul>", "<li>%[1]s</li>", "</ul></li></ul>"},
	"lines":           {"<p>", "%[1]s<br />", "</p>"},
	"quotation":       {"<blockquote>", "<p>%[1]s</p>", "</blockquote>"},
	"panel":           {`<ac:structured-macro ac:name="info"><ac:rich-text-body>`, "<p>%[1]s</p>", "</ac:rich-text-body></ac:structured-macro>"},
	"table":           {"<table><tbody>", "<tr><td>%[1]s</td></tr>", "</tbody></table>"},
	"columns":         {"<ac:layout><ac:layout-section><ac:layout-cell>", "<p>%[1]s</p>", "</ac:layout-cell></ac:layout-section></ac:layout>"},
	"native task":     {"<ac:task-list>", "<ac:task><ac:task-id>9%[2]d</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>%[1]s</ac:task-body></ac:task>", "</ac:task-list>"},
	"native decision": {`<ac:adf-extension><ac:adf-node type="decision-list">`, `<ac:adf-node type="decision-item"><ac:adf-attribute key="state">DECIDED</ac:adf-attribute><ac:adf-content>%[1]s</ac:adf-content></ac:adf-node>`, `</ac:adf-node></ac:adf-extension>`},
}

// labels in eight languages, each as people write it.
var labels = []string{
	"Decision: ", "DECISION 2: ", "✅ Decisions – ", "Action: ", "Action items: ", "Entscheidung: ", "Beschlüsse: ", "Aufgabe: ", "De\u0301cision\u202f: ", "À faire : ", "Decisión: ", "Próximos pasos: ",
	"Decisione: ", "Azioni: ", "Decisão: ", "Ação: ", "Beslissing: ", "Actiepunt: ", "Decyzja: ", "Zadanie: ", "Acceptance criterion: ", "Akzeptanzkriterien: ", "Estimate: ", "Schätzung: ", "Outcome: ", "Ergebnis: ",
}

// labelledShapes are labels in front of each line, and above them all.
func labelledShapes() map[string]shape {
	all := map[string]shape{}
	for _, label := range labels {
		all[label] = shape{"", "<p>" + label + "%[1]s</p>", ""}
		all[label+"bold"] = shape{"<ul>", "<li><strong>" + label + "</strong>%[1]s</li>", "</ul>"}
		if name, isLabel := strings.CutSuffix(label, ": "); isLabel {
			all[label+"above"] = shape{"<p>" + name + ":</p><ul>", "<li>%[1]s</li>", "</ul><p />"}
		}
	}
	return all
}

// tally is what became of the lines that were typed.
type tally struct{ typed, written, listed, left int }

func (n tally) String() string {
	return fmt.Sprintf("%d typed = %d written + %d listed + %d left open", n.typed, n.written, n.listed, n.left)
}

// S11: whatever people type in an item's section, in whatever place and shape, and
// whatever they label, is written, listed or left open.
func TestNothingTypedIsDropped(t *testing.T) {
	t.Parallel()
	sentences := realSentences(t)
	for n, own := range ownSentences {
		if n%sampled.One(2, 2) == 0 {
			sentences = append(sentences, own)
		}
	}
	places := []string{"Decisions", "Action items", "Acceptance criteria", "Estimate", "Outcome"}
	onBoth(t, func(t *testing.T, page written) {
		var all tally
		for name, s := range shapes {
			for _, place := range places {
				all.add(t, place+", "+name, page.under(t, "PAY-2", place, "%TYPED%"), s, sentences)
			}
		}
		t.Log("in the places:", all)
		var noted, labelled tally
		notes := page.with(t, "<h3>Decisions</h3>", "<h3>Notes</h3>%TYPED%<h3>Decisions</h3>")
		facts := page.with(t, "<h3>Decisions</h3>", "%TYPED%<h3>Decisions</h3>")
		for name, s := range shapes {
			noted.add(t, "notes, "+name, notes, s, sentences)
			noted.add(t, "below the facts, "+name, facts, s, sentences)
		}
		t.Log("beside the places:", noted)
		for name, s := range labelledShapes() {
			labelled.add(t, name, notes, s, sentences)
			labelled.add(t, name+" below Decisions", page.under(t, "PAY-3", "Decisions", "%TYPED%"), s, sentences)
		}
		t.Log("labelled:", labelled)
	})
}

// add types the sentences and counts what becomes of each.
func (n *tally) add(t *testing.T, name string, page written, s shape, sentences []string) {
	var b strings.Builder
	b.WriteString(s.before)
	for i, sentence := range sentences {
		fmt.Fprintf(&b, s.each, html.EscapeString(sentence)+fmt.Sprintf(" w%dx", i), i)
	}
	b.WriteString(s.after)
	page.body = strings.Replace(page.body, "%TYPED%", b.String(), 1)
	out, err := page.state.Outcomes(page.body, browse)
	require.NoError(t, err, name)
	written, listed, left := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, e := range out.Entries {
		note(written, e.Text.String()+" "+e.Reason.String())
		assert.Empty(t, e.Doubt, "%s: %s", name, e.Text)
		assert.Equal(t, "PAY-", e.Section[:min(4, len(e.Section))], "%s: %s", name, e.Text)
	}
	for _, l := range out.Suggestions {
		note(listed, l.Text)
	}
	for _, l := range out.Left {
		note(left, l.Text.String())
	}
	for i, sentence := range sentences {
		word := fmt.Sprintf("w%dx", i)
		switch n.typed++; {
		case written[word]:
			n.written++
		case listed[word]:
			n.listed++
		case left[word]:
			n.left++
		default:
			assert.Fail(t, "dropped without a word", "%s: %s", name, sentence)
		}
	}
}

func note(set map[string]bool, text string) {
	for _, word := range people.Typed(text) {
		set[word] = true
	}
}

// Reading takes time in proportion to the page.
func BenchmarkReadOutcomes(b *testing.B) {
	for _, lines := range []int{1000, 10000} {
		var body strings.Builder
		body.WriteString("<h2>PAY-7</h2><h3>Decisions</h3><p>Decision:</p>")
		for i := range lines {
			fmt.Fprintf(&body, "<p>keep <strong>card</strong> no. %d</p><table><tbody><tr><th>Item</th><th>Decision</th></tr><tr><td>x</td><td>go</td></tr></tbody></table>", i)
		}
		b.Run(fmt.Sprintf("lines=%d", lines), func(b *testing.B) {
			for b.Loop() {
				var out outcome.Outcomes
				var err error
				if out, err = (confluence.State{}).Outcomes(body.String(), browse); err != nil || len(out.Entries) == 0 {
					b.Fatal(err)
				}
			}
		})
	}
}
