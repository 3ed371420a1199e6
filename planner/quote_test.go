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
		{"dates are not clauses", "From February 1, 2015 it must be there", "must", "From February 1, 2015 it must be there"},
		{"brackets stay whole", "We investigate how resources (screens, strings) load", "investigate", "We investigate how resources (screens, strings) load"},
		{"never across what cannot be quoted", "Port the logic from \uFFFC to here", "Port", "Port the logic"},
	} {
		i := strings.Index(c.sentence, c.at)
		got, _, _ := clip(c.sentence, [2]int{i, i + len(c.at)})
		assert.Equal(t, c.want, got, c.name)
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
