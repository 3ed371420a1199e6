package text

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"It doesn’t work, does it?":     {"it", "doesn't", "work", "does", "it"},
		"User-friendly in 20% of 1,000": {"user", "friendly", "in", "20", "%", "of", "1,000"},
		"After 100ms ????":              {"after", "100", "ms", "???"},
		"L'export n'est pas là":         {"l'", "export", "n'", "est", "pas", "là"},
		"Größe: 失敗した":                   {"größe", "失敗した"},
		"":                              nil,
	} {
		var got []string
		for _, w := range wordsIn(text) {
			got = append(got, w.text)
		}
		assert.Equal(t, want, got, text)
	}
}

// Every word stands where it says, and whatever a lexicon finds lies within the
// text.
func FuzzWords(f *testing.F) {
	f.Add("It doesn’t work: see user.missing(), 20% of 1,000 cases ????")
	f.Add("L'\x80qu'\xff’’ x'")
	f.Add("Either took 5, or 3 instead of some (few) things. usw. ")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, w := range wordsIn(text) {
			require.GreaterOrEqual(t, int(w.at), last)
			require.Equal(t, text[w.at:w.end()], w.written)
			require.NotEmpty(t, w.text)
			last = w.end()
		}
		for _, x := range lexicons() {
			for _, m := range x.reads(text).marks {
				require.Less(t, m.at[0], m.at[1])
				require.LessOrEqual(t, m.at[1], len(text))
			}
		}
	})
}
