package text

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// marked is what of a sentence a lexicon with these lines takes for evident.
func marked(t *testing.T, lines, sentence string) string {
	t.Helper()
	x, err := parseLexicon("xx", "[lists]\nbeast: cat, sea lion\n[evident]\n"+lines)
	require.NoError(t, err, lines)
	s := x.reads(sentence)
	at, _ := s.Says(Evident)
	return s.Text[at[0]:at[1]]
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
		"easier":                         `line 1, "easier": stands before the first [section]`,
		"[evidnt]":                       `line 1, "[evidnt]": no such section`,
		"[evident]\nx\n{beast} eats":     `line 3, "{beast} eats": there is no list {beast}`,
		"[evident]\nab* x":               `"ab" is too short to stand before *`,
		"[evident]\n(a) (b)":             "all of it may be missing",
		"[evident]\n... a":               "it has to begin with a word",
		"[evident]\nunless:":             "there is no word in it",
		"[evident]\na / b":               `"" is no word`,
		"[lists]\nbeast":                 "a list is written as name: one, another",
		"[letters]\nabc":                 `"abc" is neither a letter nor a range such as а-я`,
		"[evident]\na !":                 `"!" is no word`,
		"[evident]\nabc (maybe) *s >> .": "",
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

// L15: adding a language is adding a file.
func TestAddingALanguage(t *testing.T) {
	t.Parallel()
	const madeUp = "[language]\nBlorbish\n[common words]\nzu bla ki\n[undecided]\nka woss\n"
	all, err := loadLexicons(fstest.MapFS{"lexicon/xx.txt": {Data: []byte(madeUp)}})
	require.NoError(t, err)
	x := newLanguages(all).languageOf("Ki mobo rask zu bla dorum. Bla ki dorum zu ka woss, ki bla rask dorum dorum.")
	require.Equal(t, "Blorbish", x.Name())
	assert.True(t, x.HasRules())
	assert.True(t, x.reads("Bla ki dorum zu ka woss").Is(Undecided))
}

// Every sense has a section in English.
func TestEnglishKnowsEverySense(t *testing.T) {
	t.Parallel()
	for n, name := range senseNames {
		assert.True(t, spoken().usual.Knows(Sense(n)), name)
	}
}

// languageOf is the language of a text by itself.
func (l *languages) languageOf(text string) *Language {
	t := l.count([]Sentence{{words: wordsIn(text)}})
	return l.of(&t)
}

// reads finds what a text, up to a sentence long, says in the language.
func (x *Language) reads(text string) Sentence {
	s := Sentence{Text: text, words: wordsIn(text)}
	if x != nil {
		s.marks = x.marks(s.words)
	}
	return s
}
