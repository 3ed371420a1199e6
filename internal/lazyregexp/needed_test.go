package lazyregexp

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
)

// What each match needs is found in any expression, and is no word that one can do
// without.
func TestNeeded(t *testing.T) {
	t.Parallel()
	for expression, want := range map[string][]string{
		`(?i)\b(?:needs? to|to be (?:discussed|decided))\b`: {"need", "to be "},
		`(?i)as soon as (?:it is )?available`:               {"as soon as "},
		`[A-Z]+-\d+`:                                        {"-"},
		`TBD|t\.b\.d\.`:                                     {"tbd", "t.b.d."},
		`(?:release){2}`:                                    {"release"},
		`(?:release)*`:                                      nil,
		`a?|b`:                                              nil,
		`é`:                                                 nil,
		`^\s*\d`:                                            nil,
	} {
		var words []string
		for _, n := range neededBy(expression).words {
			words = append(words, n.word)
		}
		assert.Equal(t, want, words, expression)
	}
}

// An answer is that of package regexp, whatever is asked of which text.
func FuzzAnswers(f *testing.F) {
	for _, expression := range []string{`(?i)\b(?:ask|disk)s?\b`, `ask|K`, `(?i)straße|mask`, `-\d`, `(a)?b`, `x*`} {
		for _, s := range []string{"", "ASK", "aſk disks", "dis\u212a", "STRASSE Maſk", "A-1", "b", "xx", "\xff-1"} {
			f.Add(expression, s)
		}
	}
	f.Fuzz(func(t *testing.T, expression, s string) {
		want, err := regexp.Compile(expression)
		if err != nil {
			t.Skip()
		}
		r := New(expression)
		assert.Equal(t, want.MatchString(s), r.MatchString(s))
		assert.Equal(t, want.FindString(s), r.FindString(s))
		assert.Equal(t, want.FindAllStringSubmatchIndex(s, -1), r.FindAllStringSubmatchIndex(s, -1))
		assert.Equal(t, want.ReplaceAllString(s, "_"), r.ReplaceAllString(s, "_"))
	})
}
