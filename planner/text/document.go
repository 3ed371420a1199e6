package text

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// mostText is how many bytes of one text are read: eight times what Jira allows
// unless somebody has raised its limit.
const mostText = 256 << 10

// A Doc is one text of an issue: its title, its description, a comment.
type Doc struct {
	Raw    string // as Jira holds it
	Blocks []Block
	// Cut says that the text was too long to be read to its end.
	Cut bool
	// Language is the one it was listened to in: nil before [Listen], and where
	// there are no rules for it.
	Language *Language

	fold   sync.Once
	folded string // see [Fold]; after fold
}

// Read reads wiki markup as prose, sentence by sentence. Code, logs, stack traces
// and quoted mail are left out, and of tables all but what is expected.
func Read(raw string) *Doc {
	d := newDoc(raw)
	d.Blocks = readBlocks(d.readable())
	setAside(d.Blocks)
	d.split()
	return d
}

// ReadLine reads a title: one paragraph, in which no line is machine text.
func ReadLine(raw string) *Doc {
	d := newDoc(raw)
	if s := plain(d.readable()); s != "" {
		d.Blocks = []Block{{Text: s}}
	}
	d.split()
	return d
}

func newDoc(raw string) *Doc {
	return &Doc{Raw: raw, Cut: len(raw) > mostText}
}

// readable is as much of the text as is read, to the end of a line or a word.
func (d *Doc) readable() string {
	if !d.Cut {
		return d.Raw
	}
	s := d.Raw[:mostText]
	if at := strings.LastIndexAny(s, "\n\r "); at > 0 {
		return s[:at]
	}
	for s != "" && !utf8.RuneStart(d.Raw[len(s)]) {
		s = s[:len(s)-1]
	}
	return s
}

func (d *Doc) split() {
	runs := 0
	for _, b := range d.Blocks {
		runs += Runs(b.Text)
	}
	words := make([]word, 0, runs)
	for n := range d.Blocks {
		b := &d.Blocks[n]
		for s := range sentences(b.Text) {
			from := len(words)
			words = appendWords(words, s)
			b.Sentences = append(b.Sentences, Sentence{Text: s, words: words[from:len(words):len(words)]})
		}
	}
}

// Holds reports whether quote stands in the text, markup and white space aside.
func (d *Doc) Holds(quote string) bool {
	if strings.IndexByte(d.Raw, '{') < 0 && strings.Contains(d.Raw, quote) {
		return true // as most do, and no macro begins before them
	}
	d.fold.Do(func() { d.folded = Fold(d.Raw) })
	return strings.Contains(d.folded, Fold(quote))
}

// Words counts the words of what is read as prose, headings aside.
func (d *Doc) Words() (n int) {
	for _, b := range d.Blocks {
		if b.Kind != Heading {
			n += Count(strings.ReplaceAll(b.Text, string(unquotable), " "))
		}
	}
	return n
}
