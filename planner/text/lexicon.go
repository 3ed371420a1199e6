package text

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
)

// A Language is what is known of one: the words that give it away, and the words
// that each sense goes by. lexicon/README.md tells how its file is written. The nil
// Language is one that nothing is known of.
type Language struct {
	code, name string
	common     []string // the language's commonest words
	letters    []script
	known      [senses]bool // the senses that it has words for
	stop       map[string]bool
	brief      map[string]bool // abbreviations that end no sentence
	closing    map[string]bool // abbreviations that end one before a capital
	loose      map[string]bool // words that a quote should not end with
	byWord     map[string][]*phrase
	byStem     map[string][]*phrase // of phrases that begin with "word*", by three letters
	byNumber   []*phrase
}

//go:embed lexicon/*.txt
var lexiconFiles embed.FS

// lexicons are the languages that there are files for, by their code.
var lexicons = sync.OnceValue(func() []*Language {
	all, err := loadLexicons(lexiconFiles)
	if err != nil {
		panic(err) // of a file built into the program; a test loads them all
	}
	return all
})

func loadLexicons(files fs.FS) (all []*Language, err error) {
	names, err := fs.Glob(files, "lexicon/*.txt")
	if err != nil {
		return nil, err
	}
	for _, name := range names { // sorted
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		code := strings.TrimSuffix(strings.TrimPrefix(name, "lexicon/"), ".txt")
		lex, err := parseLexicon(code, string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, lex)
	}
	if len(all) > mostLanguages {
		return nil, fmt.Errorf("there are %d lexicons, and no more than %d can be told apart", len(all), mostLanguages)
	}
	return all, nil
}

// Knows reports whether the language has words for a sense.
func (x *Language) Knows(s Sense) bool { return x != nil && x.known[s] }

// HasRules reports whether any rule about wording applies to it.
func (x *Language) HasRules() bool { return x != nil && slices.Contains(x.known[:], true) }

// Name is the language's name in English.
func (x *Language) Name() string {
	if x == nil {
		return "another language"
	}
	return x.name
}

// A mark is where a sentence says something of a sense.
type mark struct {
	sense Sense
	at    [2]int // in the sentence
}

// marks finds what a sentence says, in one pass over its words: of each sense
// the first place, the longest phrase there. An exception hides the place that
// it covers, and an "unless" the sense in the whole sentence.
func (x *Language) marks(words []word) (found []mark) {
	var hidden []mark
	var unless [senses]bool
	for n := range words {
		x.phrasesAt(words, n, func(p *phrase, end int) {
			m := mark{p.sense, [2]int{int(words[p.begins(words, n, end)].at), words[end-1].end()}}
			switch p.kind {
			case unlessPhrase:
				unless[p.sense] = true
			case exceptPhrase:
				hidden = append(hidden, m)
			default:
				found = append(found, m)
			}
		})
	}
	found = slices.DeleteFunc(found, func(m mark) bool {
		return unless[m.sense] || slices.ContainsFunc(hidden, m.hiddenBy)
	})
	return firstOfEach(found)
}

func (m mark) hiddenBy(by mark) bool {
	return by.sense == m.sense && by.at[0] < m.at[1] && m.at[0] < by.at[1]
}

// firstOfEach keeps the first mark of each sense, the longest of those that
// begin together. They are kept where they stand.
func firstOfEach(found []mark) []mark {
	kept := found[:0]
	for _, m := range found {
		n := slices.IndexFunc(kept, func(k mark) bool { return k.sense == m.sense })
		switch {
		case n < 0:
			kept = append(kept, m)
		case kept[n].at[0] == m.at[0]:
			kept[n].at[1] = max(kept[n].at[1], m.at[1])
		}
	}
	return kept
}

// phrasesAt calls found with every phrase that begins at the nth word, and
// where it ends.
func (x *Language) phrasesAt(words []word, n int, found func(*phrase, int)) {
	w := words[n]
	if w.code {
		return
	}
	try := func(phrases []*phrase, filed bool) {
		for _, p := range phrases {
			if end := p.match(words, n, filed); end > n {
				found(p, end)
			}
		}
	}
	try(x.byWord[w.text], true)
	if len(w.text) >= stemBytes {
		try(x.byStem[w.text[:stemBytes]], false)
	}
	if w.number() {
		try(x.byNumber, true)
	}
}

// beginsWith reports whether words begin with a phrase of a sense.
func (x *Language) beginsWith(words []word, s Sense) (ok bool) {
	if len(words) > 0 && x.Knows(s) {
		x.phrasesAt(words, 0, func(p *phrase, _ int) { ok = ok || p.sense == s && p.kind == findPhrase })
	}
	return ok
}

// stemBytes is the least that stands before a phrase's "*".
const stemBytes = 3

// What is so in any language, as it is asked of texts whose language does not
// matter or is not known.
var (
	stopWords     = everyLexicon(func(x *Language) map[string]bool { return x.stop }) // say nothing about a subject
	abbreviations = everyLexicon(func(x *Language) map[string]bool { return x.brief })
	closing       = everyLexicon(func(x *Language) map[string]bool { return x.closing })
	looseEnds     = everyLexicon(func(x *Language) map[string]bool { return x.loose })
)

func everyLexicon(part func(*Language) map[string]bool) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		all := map[string]bool{}
		for _, x := range lexicons() {
			maps.Copy(all, part(x))
		}
		return all
	})
}
