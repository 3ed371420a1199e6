package text

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A script is the letters from one to another.
type script struct{ from, to rune }

// usualLanguage is what a text counts as that is too short to tell.
const usualLanguage = "en"

// A mask is a set of lexicons, by their place.
type mask uint64

// mostLanguages is how many a mask holds.
const mostLanguages = 64

// languages tell in which language a text is written.
type languages struct {
	all    []*Language
	words  map[string]mask // of which languages a word is one of the commonest
	runes  map[rune]mask   // which languages write a letter
	ranges []rangeMask
	usual  *Language
}

type rangeMask struct {
	script
	in mask
}

// spoken are the languages that there are files for.
var spoken = sync.OnceValue(func() *languages { return newLanguages(lexicons()) })

func newLanguages(all []*Language) *languages {
	l := &languages{all: all, words: map[string]mask{}, runes: map[rune]mask{}}
	for n, x := range all {
		in := mask(1) << n
		for _, w := range x.common {
			l.words[w] |= in
		}
		for _, some := range x.letters {
			if some.from == some.to {
				l.runes[some.from] |= in
			} else {
				l.ranges = append(l.ranges, rangeMask{some, in})
			}
		}
		if x.code == usualLanguage {
			l.usual = x
		}
	}
	return l
}

// A tally counts the signs of languages among words.
type tally struct {
	total   int32 // words that could be of a language, so no numbers and no code
	foreign int32 // in letters that no lexicon has
	// accented are those with letters that not every alphabet has.
	accented int32
	signs    [mostLanguages]int32
}

func (l *languages) count(said []Sentence) (t tally) {
	for _, s := range said {
		for n := range s.words {
			l.countWord(&t, &s.words[n])
		}
	}
	return t
}

// add adds the signs of other words.
func (t *tally) add(o *tally) {
	t.total, t.foreign, t.accented = t.total+o.total, t.foreign+o.foreign, t.accented+o.accented
	for n := range t.signs {
		t.signs[n] += o.signs[n]
	}
}

func (l *languages) countWord(t *tally, w *word) {
	if !w.natural() {
		return
	}
	t.total++
	in, known := l.written(w.text)
	if !known {
		t.foreign++
	}
	if strings.IndexFunc(w.text, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		t.accented++
	}
	for ; in != 0; in &= in - 1 {
		t.signs[bits.TrailingZeros64(uint64(in))]++
	}
}

// natural tells a word from a number and from a name in code.
func (w *word) natural() bool {
	if w.code || w.number() || w.text == "%" || w.text[0] == '?' || strings.IndexByte(w.text, '_') >= 0 {
		return false
	}
	inner := w.written[min(1, len(w.written)):]
	return w.text == w.written || strings.IndexFunc(inner, unicode.IsUpper) < 0 || strings.IndexFunc(inner, unicode.IsLower) < 0
}

// written are the languages that a word gives away, by itself or by its letters,
// and whether any language has all of them.
func (l *languages) written(w string) (in mask, known bool) {
	if in = l.words[w]; in != 0 {
		return in, true
	}
	by, seen := ^mask(0), false
	for n, r := range w {
		if r < utf8.RuneSelf {
			continue
		}
		m := l.letter(r)
		if m != 0 {
			if by &= m; by == 0 { // Japanese ends in letters of its own what begins in Chinese ones
				by = m
			}
			seen = true
		} else if r > 0x24F && n == 0 && unicode.IsLetter(r) {
			return 0, false
		}
	}
	if !seen {
		return 0, true
	}
	return by, true
}

func (l *languages) letter(r rune) (in mask) {
	in = l.runes[r]
	for _, some := range l.ranges {
		if some.from <= r && r <= some.to {
			in |= some.in
		}
	}
	return in
}

// How much tells a language: of a text of some length one word in fourteen, of a
// short one two words, or one of three. The usual language is believed sooner,
// of a text without letters of another: much of what people write is names.
const (
	someLength  = 12
	wordsASign  = 14
	wordsUsual  = 28
	shortASign  = 3
	mostForeign = 3
)

// of is the language of a text, nil if it is none of them.
func (l *languages) of(t *tally) *Language {
	best := l.best(t)
	switch {
	case best < 0 && (t.total >= someLength || t.foreign*mostForeign >= max(t.total, 1)):
		return nil
	case best < 0:
		return l.usual
	case l.all[best] == l.usual && t.accented == 0:
		return l.told(t, best, wordsUsual)
	case l.all[best] != l.usual && t.total < someLength:
		if t.signs[best] == 1 && t.total > shortASign {
			return l.usual
		}
		return l.all[best]
	}
	return l.told(t, best, wordsASign)
}

func (l *languages) told(t *tally, best int, words int32) *Language {
	if t.total >= someLength && t.signs[best]*words <= t.total {
		return nil
	}
	return l.all[best]
}

// best is the language with most signs, the usual one among equals, -1 if there
// is no sign.
func (l *languages) best(t *tally) int {
	best := -1
	for n, x := range l.all {
		if t.signs[n] == 0 {
			continue
		}
		if best < 0 || cmp.Or(cmp.Compare(t.signs[n], t.signs[best]), favour(x == l.usual)) > 0 {
			best = n
		}
	}
	return best
}

func favour(usual bool) int {
	if usual {
		return 1
	}
	return 0
}

// within is the language of a part of a text in language main: another one only
// where the part clearly shows it.
func (l *languages) within(main *Language, t *tally) *Language {
	best := l.best(t)
	if best < 0 || t.signs[best] < clearSigns || t.signs[best]*6 < t.total {
		return main
	}
	if n := slices.Index(l.all, main); n >= 0 && t.signs[n]*2 > t.signs[best] {
		return main
	}
	return l.all[best]
}

// clearSigns is the least number of signs by which a part of a text is in
// another language than the rest.
const clearSigns = 3

// Listen settles in which language texts are that belong together, and hears
// what their sentences say in it.
func Listen(docs ...*Doc) *Language {
	var few [16]tally // of each block, most often
	all, counted := tally{}, few[:0]
	for _, d := range docs {
		for _, b := range d.Blocks {
			counted = append(counted, spoken().count(b.Sentences))
			all.add(&counted[len(counted)-1])
		}
	}
	x := spoken().of(&all)
	for _, d := range docs {
		d.Language = x
		for n := range d.Blocks {
			d.Blocks[n].hear(spoken().within(x, &counted[n]))
		}
		counted = counted[len(d.Blocks):]
	}
	return x
}

// Listen hears what a text says in the language, and a block that is clearly in
// another one in that.
func (x *Language) Listen(d *Doc) {
	d.Language = x
	for n := range d.Blocks {
		t := spoken().count(d.Blocks[n].Sentences)
		d.Blocks[n].hear(spoken().within(x, &t))
	}
}

// hear finds what a block says in a language, if there are rules for it.
func (b *Block) hear(x *Language) {
	for n := range b.Sentences {
		s := &b.Sentences[n]
		if x != nil {
			s.marks = x.marks(s.words)
		}
		s.words = nil // they are heard
	}
}
