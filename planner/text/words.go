package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A word of a sentence, a number, a percent sign, or a run of question marks,
// which people write where a word is missing.
type word struct {
	text, written string // in lower case, and as it stands in the sentence
	at            int32  // where it begins there
	// apart says that more than a space or a hyphen stands before the word, or
	// that nothing does: no phrase runs across.
	apart bool
	label bool // a colon stands before it
	code  bool // part of a name such as user.missing or render()
}

// end is where the word ends in its sentence.
func (w word) end() int { return int(w.at) + len(w.written) }

// wordsIn splits a sentence into its words.
func wordsIn(s string) []word { return appendWords(make([]word, 0, Runs(s)), s) }

func appendWords(words []word, s string) []word {
	before := len(words)
	apart, label, glued, last := true, false, byte(0), 0 // what stands since the last word, which ends at last
	for i := 0; i < len(s); {
		size := wordAt(s[i:])
		if size == 0 {
			c, n := gapAt(s[i:])
			apart, label = apart || c != ' ' && c != '-', label || c == ':'
			if glued = 0; i == last {
				glued = c
			}
			i += n
			continue
		}
		w := word{text: Lower(s[i : i+size]), written: s[i : i+size], at: int32(i), apart: apart, label: label}
		if glued != 0 && last == i-1 && len(words) > before && strings.IndexByte(codeGlue, glued) >= 0 {
			w.code, words[len(words)-1].code = true, true
		}
		if i+size+1 < len(s) && s[i+size] == '(' && s[i+size+1] == ')' {
			w.code = true
		}
		if w.text[0] == '?' {
			w.text = "???"
		}
		words = append(words, w)
		i += size
		last, apart, label, glued = i, false, false, 0
	}
	return words
}

// Runs is about how many words a text has: very many are read, and room for more
// than there are is what reading costs most.
func Runs(s string) (n int) {
	before := 0
	for i := range len(s) {
		in := inRun[s[i]]
		n += in &^ before
		before = in
	}
	return n
}

// inRun is 1 for a byte of a word, so that nothing has to be decided for each.
var inRun = func() (set [256]int) {
	for c := range set {
		if c >= utf8.RuneSelf || letter(rune(c)) {
			set[c] = 1
		}
	}
	return set
}()

// Count is how many words white space parts in a text.
func Count(s string) (n int) {
	for range strings.FieldsSeq(s) {
		n++
	}
	return n
}

// codeGlue joins the parts of names in code.
const codeGlue = `.:\=@#$&`

// gapAt is the first character between words, and its length; any white space
// is a space, and what is not ASCII counts as a dash between clauses.
func gapAt(s string) (c byte, size int) {
	if s[0] < utf8.RuneSelf {
		if s[0] == '\t' || s[0] == '\n' {
			return ' ', 1
		}
		return s[0], 1
	}
	r, size := utf8.DecodeRuneInString(s)
	if unicode.IsSpace(r) {
		return ' ', size
	}
	return ',', size
}

// wordAt is the length of the word that s begins with, 0 if there is none.
func wordAt(s string) int {
	switch c := s[0]; {
	case c == '%':
		return 1
	case c == '?':
		if n := len(s) - len(strings.TrimLeft(s, "?")); n >= 3 {
			return n
		}
		return 0
	case '0' <= c && c <= '9':
		return numberAt(s)
	}
	return lettersAt(s)
}

// lettersAt is the length of the letters that s begins with, apostrophes within
// them included. An elided article is a word of its own: "l'", "export".
func lettersAt(s string) (n int) {
	for n < len(s) && s[n] < utf8.RuneSelf && inRun[s[n]] == 1 {
		n++ // as most words are to their end
	}
	for n < len(s) {
		r, size := rune(s[n]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[n:])
		}
		switch {
		case letter(r):
		case n > 0 && (r == '\'' || r == '’') && beginsLetter(s[n+size:]):
			if elided(s[:n]) {
				return n + size
			}
		default:
			return n
		}
		n += size
	}
	return n
}

func letter(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r)
}

// elided are the words that French and Italian shorten before a vowel.
func elided(s string) bool {
	switch s {
	case "l", "d", "n", "s", "c", "j", "m", "t", "qu", "L", "D", "N", "S", "C", "J", "M", "T", "Qu":
		return true
	}
	return false
}

// numberAt is the length of the number that s begins with: "1,000", "2.5".
func numberAt(s string) (n int) {
	for n < len(s) {
		digit := '0' <= s[n] && s[n] <= '9'
		inner := n+1 < len(s) && (s[n] == '.' || s[n] == ',') && '0' <= s[n+1] && s[n+1] <= '9'
		if !digit && !inner {
			break
		}
		n++
	}
	return n
}

func beginsLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// Lower is s in lower case with plain apostrophes. Words are mostly so already,
// and then cost nothing.
func Lower(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return strings.ReplaceAll(strings.ToLower(s), "’", "'")
		}
	}
	return s
}

func (w word) number() bool { return '0' <= w.text[0] && w.text[0] <= '9' }

// WordSet is the set of a list's words, which white space parts.
func WordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// Mentions reports whether one of the words of s, in any case of letters, is among
// words: a cheap look before an expression is tried.
func Mentions(s string, words map[string]bool) bool {
	var low [16]byte
	for i := 0; i < len(s); {
		n := 0
		for ; i < len(s); i++ {
			c := s[i] | 0x20
			if c < 'a' || c > 'z' {
				break
			}
			if n < len(low) {
				low[n] = c
			}
			n++
		}
		if n > 0 && n < len(low) && words[string(low[:n])] {
			return true
		}
		if n == 0 {
			i++
		} else if i < len(s) && s[i] == '\'' { // the "t" of "can't" is no word
			for i++; i < len(s) && 'a' <= s[i]|0x20 && s[i]|0x20 <= 'z'; i++ {
			}
		}
	}
	return false
}
