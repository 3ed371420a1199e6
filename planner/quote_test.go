package planner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSentences(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{"Use X, e.g. Y.", "It is 1.5 times faster!", "Why?"}, sentences("Use X, e.g. Y. It is 1.5 times faster! Why?"))
	assert.Equal(t, []string{"Cats, dogs, etc. are out.", "No."}, sentences("Cats, dogs, etc. are out. No."))
	assert.Empty(t, sentences("  "))
}

func TestClip(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("many words that go on ", 6)
	for _, c := range []struct{ name, sentence, at, want string }{
		{"a short sentence whole", "The list is open, etc.", "etc", "The list is open, etc"},
		{"the clause of a long one", long + "first; it should wait for the bank, which is slow; " + long, "wait", "it should wait for the bank, which is slow"},
		{"a readable sentence whole", "Besides letters, phone calls, and maybe a visit of the desk by the payer on a Monday, I'm not sure what other reminders of a fee there are.", "not sure", "Besides letters, phone calls, and maybe a visit of the desk by the payer on a Monday, I'm not sure what other reminders of a fee there are"},
		{"what turns the sense of a long sentence", "Besides letters, calls, and maybe a visit of the desk by the payer on a Monday, I'm not sure which reminders there are, " + long + "they say, " + long, "not sure", "Besides letters, calls, and maybe a visit of the desk by the payer on a Monday, I'm not sure which reminders there are"},
		{"a clause from its beginning", "The books of the ledger are kept by the modes that clerks should enter them in but it doesn't provide for any tracking of letters and fees back to the months of the year that they are for", "doesn't", "The books of the ledger are kept by the modes that clerks should enter them in but it doesn't provide for any tracking of letters and fees back"},
		{"what is long from its clause's beginning", "This list of the desk could help to find out if the fees of a letter are those of the month of the payer and if the change of a fee has already been told to the bank in another letter", "find out if the fees of a letter are those of the month of the payer and if the change of a fee has already been told to the bank in another letter", "This list of the desk could help to find out if the fees of a letter are those of the month of the payer and if the change of a fee has already been told"},
		{"what stands by itself in a long clause", long + long + "but it doesn't provide for any tracking of letters", "doesn't", "it doesn't provide for any tracking of letters"},
		{"not within who does it", long + long + "whatever the desk and its clerks do not provide for any tracking of letters", "tracking", "the desk and its clerks do not provide for any tracking of letters"},
		{"dates are not clauses", "From February 1, 2015 it must be there", "must", "From February 1, 2015 it must be there"},
		{"brackets stay whole", "We investigate how resources (screens, strings) load", "investigate", "We investigate how resources (screens, strings) load"},
		{"never across what cannot be quoted", "Port the logic from \uFFFC to here", "Port", "Port the logic"},
	} {
		i := strings.Index(c.sentence, c.at)
		got, _, _ := clip(c.sentence, [2]int{i, i + len(c.at)})
		assert.Equal(t, c.want, got, c.name)
	}
}

// The rest of a list that was cut is told by an ellipsis, the next clause is not.
func TestClipTellsOfTheRestOfAList(t *testing.T) {
	t.Parallel()
	tail := strings.Repeat(" one word after the other", 3)
	for _, c := range []struct {
		sentence string
		after    bool
	}{
		{"The clerks of the desk collect" + tail + ", letters, fees, and the names of payers" + tail + tail, true},
		{"The clerks of the desk collect" + tail + ", which takes a whole day" + tail + tail, false},
	} {
		_, _, after := clip(c.sentence, [2]int{4, 10})
		assert.Equal(t, c.after, after, c.sentence)
	}
}

func TestClipIsShortAndSaysWhereItWasCut(t *testing.T) {
	t.Parallel()
	sentence := strings.Repeat("word ", 30) + "TBD " + strings.Repeat("word ", 30)
	i := strings.Index(sentence, "TBD")
	quote, before, after := clip(sentence, [2]int{i, i + 3})
	assert.LessOrEqual(t, len(quote), maxQuote)
	assert.Contains(t, quote, "TBD")
	assert.True(t, before && after)
	assert.Equal(t, "…“x”", Evidence{Quote: "x", before: true}.String())
}

func TestHoldsIgnoresMarkupAndSpace(t *testing.T) {
	t.Parallel()
	s := newSource("description", "The *quick*  {color:red}brown{color}\r\n_fox_")
	assert.True(t, s.holds("The quick brown fox"))
	assert.False(t, s.holds("The quick red fox"))
}
