package text

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestClip(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("many words that go on ", 12)
	for _, c := range []struct{ name, sentence, at, want string }{
		{"a short sentence whole", "The list is open, etc.", "etc", "The list is open, etc"},
		{"the clause of a long one", long + "first; it should wait for the bank, which is slow; " + long, "wait", "it should wait for the bank, which is slow"},
		{
			// judged.md: "cut before the answer"
			"the bracket that answers", "Need to determine the flow and what is sent back to the payer and if the letter is stored at all in the archive of the clerks (per discussion, it stays empty and is not sent) " + long, "determine",
			"Need to determine the flow and what is sent back to the payer and if the letter is stored at all in the archive of the clerks (per discussion, it stays empty and is not sent)",
		},
		{"the clause that turns it", long + ", the fee is paid by the bank, but only if the payer asks for it in a letter, " + long, "paid", "the fee is paid by the bank, but only if the payer asks for it in a letter"},
		{
			"what turns it before", "Besides letters, calls, and maybe a visit of the desk by the payer on a Monday, I'm not sure which reminders there are, " + long + "they say, " + long, "not sure",
			"Besides letters, calls, and maybe a visit of the desk by the payer on a Monday, I'm not sure which reminders there are",
		},
		{"dates are no clauses", long + ", from February 1, 2015 it must be there, " + long, "must", "from February 1, 2015 it must be there"},
		{"never across what cannot be quoted", "Port the logic from \uFFFC to here", "Port", "Port the logic"},
		{"nor across a quote", "They say “wait”, and we pay", "pay", "and we pay"},
	} {
		i := strings.Index(c.sentence, c.at)
		assert.Equal(t, c.want, Clip(c.sentence, [2]int{i, i + len(c.at)}), c.name)
	}
}

func TestClipOfWhatHasNoClauses(t *testing.T) {
	t.Parallel()
	sentence := strings.Repeat("word ", 80) + "TBD " + strings.Repeat("word ", 80)
	i := strings.Index(sentence, "TBD")
	quote := Clip(sentence, [2]int{i, i + 3})
	assert.LessOrEqual(t, len(quote), longest)
	assert.Contains(t, quote, "TBD")
	assert.True(t, strings.HasPrefix(quote, "word ") && strings.HasSuffix(quote, " word"), quote)
}

func TestHoldsIgnoresMarkupAndSpace(t *testing.T) {
	t.Parallel()
	d := Read("The *quick*  {color:red}brown{color}\r\n_fox_")
	assert.True(t, d.Holds("The quick brown fox"))
	assert.False(t, d.Holds("The quick red fox"))
}

// L4: a quote stands behind what lost lines left before it.
func TestClipBeginsBehindMarks(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"Ideas: * Use the card * Use the phone How much faster will it be?": "How much faster will it be?",
		"*strong text*Does the phone renew a loan?":                         "Does the phone renew a loan?",
	} {
		assert.Equal(t, want, Clip(said, [2]int{len(said) - 1, len(said)}))
	}
}
