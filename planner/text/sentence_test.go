package text

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"an abbreviation", "Use X, e.g. Y. It is 1.5 times faster! Why?", []string{"Use X, e.g. Y.", "It is 1.5 times faster!", "Why?"}},
		{"one that may end a sentence", "Cats, dogs, etc. are out. No.", []string{"Cats, dogs, etc. are out.", "No."}},
		{"German", "Am Monatsende, z. B. Rechnungen. Nr. 7 auch.", []string{"Am Monatsende, z. B. Rechnungen.", "Nr. 7 auch."}},
		{"French", "Voir p. ex. Facture. Fin.", []string{"Voir p. ex. Facture.", "Fin."}},
		{"Japanese", "失敗した。再試行？", []string{"失敗した。", "再試行？"}},
		{"a bracket belongs to what it explains", "Need to determine the flow. (As discussed, it stays empty.) Then test.", []string{"Need to determine the flow. (As discussed, it stays empty.)", "Then test."}},
		{"a bracket within", "Show the sources (by S/N?) that went in (colour, size, etc.) to the user. Done.", []string{"Show the sources (by S/N?) that went in (colour, size, etc.) to the user.", "Done."}},
		{"nothing", "  ", nil},
	} {
		assert.Equal(t, c.want, slices.Collect(sentences(c.text)), c.name)
	}
}

// Of hard inputs the next sentence begins where the bar stands. A library for
// Unicode's rules (uax29 v2.7.0) gets 16 of them, and 19 with our abbreviations:
// it takes a small letter for no beginning, as much of what stands in tickets has.
func TestHardSentences(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Mr. Smith pays. |He is late.", "It works (see Fig. 3). |Done.", "The U.S. office pays. |It is late.", "Use v1.2. of it. |Then stop.",
		"Wait... it works. |Good.", "Really?! |Yes.", `He said "pay." |Then he left.`, "Set retry.max to 3. |Restart.", "Send it to a.b@c.de. |Wait.",
		"It fails at 10 a.m. on Mondays. |Always.", "Is it late? |(yes) Pay.", "The list ends etc. |Then we pay.", "Call pay(). |It fails.",
		"iOS crashes. |iPhone too.", "Open index.html. |Click on it.", "See Nr. 5. |Ende.", "¿Funciona? |Sí.", "是的。 |好。", "It costs 5.00 EUR. |OK.",
		"it fails. |then it works.", "End of v. 2. |New v. 3.", "Dr. No and Prof. X meet. |Nobody comes.", "The e.g. case. |E.g. this one.", "One! |two!",
	} {
		want := strings.Split(text, " |")
		assert.Equal(t, want, slices.Collect(sentences(strings.Join(want, " "))), text)
	}
}

func TestAsks(t *testing.T) {
	t.Parallel()
	d := Read("Who pays? The bank pays.")
	assert.True(t, d.Blocks[0].Sentences[0].Asks())
	assert.False(t, d.Blocks[0].Sentences[1].Asks())
}
