package planner

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// marked is what of a sentence a lexicon with these lines takes for vague.
func marked(t *testing.T, lines, sentence string) string {
	t.Helper()
	x, err := parseLexicon("xx", "[lists]\nbeast: cat, sea lion\n[vague aim]\n"+lines)
	require.NoError(t, err, lines)
	s := x.reads(sentence)
	at, _ := s.says(saysVagueAim)
	return s.text[at[0]:at[1]]
}

// What stands in lexicon/README.md.
func TestLexiconNotation(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, lines, sentence, want string }{
		{"a word, whatever its capitals", "easier", "Much Easier than before", "Easier"},
		{"not within another one", "easier", "An uneasier feeling", ""},
		{"not within a name of code", "missing", "See user.missing and missing() there", ""},
		{"a hyphen is a space", "user-friendly", "A user friendly and a user-friendly page", "user friendly"},
		{"one of several", "is/seems too big", "It seems too big", "seems too big"},
		{"no mark within a phrase", "too big", "It is too, big time", ""},
		{"a word that may be missing", "big for (just) one", "Too big for one and for all", "big for one"},
		{"a word that may be missing is there", "big for (just) one", "Too big for just one", "big for just one"},
		{"a beginning", "confus*", "Such confusion", "confusion"},
		{"an end", "some *s", "For some users it's so", "some users"},
		{"an end is no apostrophe", "some (_) *s", "In some cases it's so", "some cases"},
		{"only so written", `"TBD"`, "The tbd of a TBD", "TBD"},
		{"question marks", "???", "The colour is ????", "????"},
		{"a number", "{number} percent", "By 20 percent", "20 percent"},
		{"a list", "a {beast} eats", "Here a sea lion eats, there a cat eats", "a sea lion eats"},
		{"up to three words", "split ... tickets", "Split it into two tickets", "Split it into two tickets"},
		{"four are too many", "split ... tickets", "Split it into two or more tickets", ""},
		{"three words in one part", "split ... tickets", "Split, if you like tickets", ""},
		{"anything", "took >> instead of", "It took us, on Monday, a day instead of an hour", "took us, on Monday, a day instead of"},
		{"what the plan names", "add (_) < some *s", "Please add there some files", "some files"},
		{"only at the beginning", "^remove", "We remove it", ""},
		{"behind a label", "^remove", "API: remove it", "remove"},
		{"only at the end", "and more .", "One and more, and more of it", "and more"},
		{"not in the middle", "and more .", "One and more of it", ""},
		{"settled by the sentence", "faster\nunless: {number} percent", "Be faster, by 20 percent", ""},
		{"except in a phrase", "missing\nexcept: missing from", "Missing from the list", ""},
		{"elsewhere, too", "missing\nexcept: missing from", "Missing from the list is missing text", "missing"},
		{"the first place counts", "faster\neasier", "An easier and faster way", "easier"},
		{"of two there the longer", "faster\nfaster and easier", "A faster and easier way", "faster and easier"},
		{"elided articles", "export", "Quand l'export échoue", "export"},
		{"a curly apostrophe", "doesn't", "It doesn’t fit", "doesn’t"},
	} {
		assert.Equal(t, c.want, marked(t, c.lines, c.sentence), c.name)
	}
}

// A line that cannot be read is named, so that whoever wrote it finds it.
func TestLexiconFaults(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"easier":                           `line 1, "easier": stands before the first [section]`,
		"[vage aim]":                       `line 1, "[vage aim]": no such section`,
		"[vague aim]\nx\n{beast} eats":     `line 3, "{beast} eats": there is no list {beast}`,
		"[vague aim]\nab* x":               `"ab" is too short to stand before *`,
		"[vague aim]\n(a) (b)":             "all of it may be missing",
		"[vague aim]\n... a":               "it has to begin with a word",
		"[vague aim]\nunless:":             "there is no word in it",
		"[vague aim]\na / b":               `"" is no word`,
		"[lists]\nbeast":                   "a list is written as name: one, another",
		"[letters]\nabc":                   `"abc" is neither a letter nor a range such as а-я`,
		"[vague aim]\na !":                 `"!" is no word`,
		"[vague aim]\nabc (maybe) *s >> .": "",
	} {
		_, err := parseLexicon("xx", text)
		if want == "" {
			assert.NoError(t, err, text)
			continue
		}
		assert.ErrorContains(t, err, want, text)
	}
	_, err := loadLexicons(fstest.MapFS{"lexicon/xx.txt": {Data: []byte("x")}})
	assert.ErrorContains(t, err, "lexicon/xx.txt: line 1")
}

// madeUp is a language that nobody speaks.
const madeUp = `[language]
Blorbish
[common words]
zu bla ki
[vague aim]
flink
[undecided]
ka woss
[people]
mobo
`

// L15: adding a language is adding a file.
func TestAddingALanguage(t *testing.T) {
	t.Parallel()
	all, err := loadLexicons(fstest.MapFS{"lexicon/xx.txt": {Data: []byte(madeUp)}})
	require.NoError(t, err)
	r := newLanguages(all).read(Issue{
		Key: "PAY-1", Summary: "Zu flink bla rask", Description: "Ki mobo rask zu bla dorum. Bla ki dorum zu ka woss, ki bla rask dorum dorum.",
	})
	require.Equal(t, "Blorbish", r.lex.called())
	require.Len(t, r.hits, 2)
	assert.Equal(t, ruleOpenQuestion, r.hits[0].rule)
	assert.Equal(t, "Bla ki dorum zu ka woss, ki bla rask dorum dorum", r.hits[0].ev.Quote)
	assert.Equal(t, ruleVague, r.hits[1].rule)
	assert.Equal(t, "flink", r.hits[1].word)
	assert.True(t, r.namesPeople())
}

// Every cue has a sense of its own, and every sense a section in English.
func TestEnglishKnowsEverySense(t *testing.T) {
	t.Parallel()
	for n, name := range senseNames {
		assert.True(t, spoken.usual.knows(sense(n)), name)
	}
	for n, c := range cues {
		assert.Equal(t, sense(n), c.sense, c.tells)
	}
}
