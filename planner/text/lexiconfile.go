package text

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A lexiconReader reads a lexicon's file, line by line.
type lexiconReader struct {
	lex   *Language
	lists map[string][]string
	// take reads a line of the section that the reader is in.
	take func(line string) error
}

// parseLexicon reads the file of a language, told by its code ("en").
func parseLexicon(code, text string) (*Language, error) {
	r := &lexiconReader{lists: map[string][]string{}, lex: &Language{
		code: code, name: code, stop: map[string]bool{}, brief: map[string]bool{},
		closing: map[string]bool{}, loose: map[string]bool{},
		byWord: map[string][]*phrase{}, byStem: map[string][]*phrase{},
	}}
	r.take = func(string) error { return errors.New("stands before the first [section]") }
	number := 0
	for line := range strings.Lines(text) {
		number++
		if err := r.line(strings.TrimSpace(line)); err != nil {
			return nil, fmt.Errorf("line %d, %q: %w", number, strings.TrimSpace(line), err)
		}
	}
	return r.lex, nil
}

func (r *lexiconReader) line(line string) error {
	switch {
	case line == "" || strings.HasPrefix(line, "#"):
		return nil
	case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
		return r.section(strings.TrimSpace(line[1 : len(line)-1]))
	default:
		return r.take(line)
	}
}

func (r *lexiconReader) section(name string) error {
	switch name {
	case "language":
		r.take = func(line string) error { r.lex.name = line; return nil }
	case "common words":
		r.take = func(line string) error {
			r.lex.common = append(r.lex.common, strings.Fields(Lower(line))...)
			return nil
		}
	case "letters":
		r.take = r.letters
	case "stop words":
		r.take = func(line string) error { addWords(r.lex.stop, line); return nil }
	case "abbreviations":
		r.take = func(line string) error { r.lex.brief[abbreviated(line)] = true; return nil }
	case "closing abbreviations":
		r.take = func(line string) error { r.lex.closing[abbreviated(line)] = true; return nil }
	case "loose ends":
		r.take = func(line string) error { addWords(r.lex.loose, line); return nil }
	case "lists":
		r.take = r.list
	default:
		n := slices.Index(senseNames[:], name)
		if n < 0 {
			return errors.New("no such section")
		}
		r.take = func(line string) error { return r.phrase(Sense(n), line) }
	}
	return nil
}

func addWords(set map[string]bool, line string) {
	for w := range strings.FieldsSeq(Lower(line)) {
		set[w] = true
	}
}

// letters reads characters and ranges of them: "ä ö ü", "а-я".
func (r *lexiconReader) letters(line string) error {
	for f := range strings.FieldsSeq(line) {
		switch run := []rune(f); {
		case len(run) == 1:
			r.lex.letters = append(r.lex.letters, script{run[0], run[0]})
		case len(run) == 3 && run[1] == '-' && run[0] < run[2]:
			r.lex.letters = append(r.lex.letters, script{run[0], run[2]})
		default:
			return fmt.Errorf("%q is neither a letter nor a range such as а-я", f)
		}
	}
	return nil
}

// list reads "name: one, another one".
func (r *lexiconReader) list(line string) error {
	name, entries, ok := strings.Cut(line, ":")
	if !ok {
		return errors.New("a list is written as name: one, another")
	}
	for e := range strings.SplitSeq(entries, ",") {
		r.lists[name] = append(r.lists[name], strings.TrimSpace(e))
	}
	return nil
}

// phrase reads a line of a sense's section.
func (r *lexiconReader) phrase(s Sense, line string) error {
	p := &phrase{sense: s}
	for kind, mark := range map[phraseKind]string{unlessPhrase: "unless:", exceptPhrase: "except:"} {
		if rest, ok := strings.CutPrefix(line, mark); ok {
			p.kind, line = kind, strings.TrimSpace(rest)
		}
	}
	if rest, ok := strings.CutPrefix(line, "^"); ok {
		p.first, line = true, rest
	}
	if rest, ok := strings.CutSuffix(line, " ."); ok {
		p.last, line = true, rest
	}
	before, behind, marked := strings.Cut(line, " < ")
	parts, err := r.parts(before)
	if err != nil {
		return err
	}
	if marked {
		if p.tail, err = r.parts(behind); err != nil {
			return err
		}
	}
	parts = slices.Concat(parts, p.tail)
	p.parts = parts
	r.lex.known[s] = r.lex.known[s] || p.kind == findPhrase
	return r.lex.index(p, parts)
}

// parts reads what a phrase is made of.
func (r *lexiconReader) parts(line string) (parts []part, err error) {
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimSpace(line) {
		var p part
		if inner, rest, ok := strings.Cut(line, ")"); ok && strings.HasPrefix(inner, "(") {
			run, err := r.parts(inner[1:])
			if err != nil {
				return nil, err
			}
			p, line = part{kind: maybe, inner: [][]part{run}}, rest
		} else {
			item, rest, _ := strings.Cut(line, " ")
			if p, err = r.item(item); err != nil {
				return nil, err
			}
			line = rest
		}
		parts = append(parts, p)
	}
	if len(parts) == 0 {
		return nil, errors.New("there is no word in it")
	}
	return parts, nil
}

// item reads what stands between two spaces.
func (r *lexiconReader) item(item string) (part, error) {
	switch item {
	case "...":
		return part{kind: gapPart}, nil
	case ">>":
		return part{kind: laterPart}, nil
	case "_":
		return part{kind: anyPart}, nil
	}
	var one part
	var runs [][]part
	for alt := range strings.SplitSeq(item, "/") {
		if err := r.alternative(alt, &one, &runs); err != nil {
			return part{}, err
		}
	}
	single := len(one.words)+len(one.exact)+len(one.prefixes)+len(one.suffixes) > 0 || one.number
	one.compact()
	switch {
	case len(runs) == 0 && single:
		return one, nil
	case single:
		runs = append(runs, []part{one})
	case len(runs) == 0:
		return part{}, fmt.Errorf("%q is no word", item)
	}
	return part{kind: choice, inner: runs}, nil
}

// alternative adds one of the things that a part may be.
func (r *lexiconReader) alternative(alt string, one *part, runs *[][]part) error {
	switch {
	case alt == "{number}":
		one.number = true
	case strings.HasPrefix(alt, "{") && strings.HasSuffix(alt, "}"):
		entries, ok := r.lists[alt[1:len(alt)-1]]
		if !ok {
			return fmt.Errorf("there is no list %s", alt)
		}
		for _, e := range entries {
			if err := r.alternative(e, one, runs); err != nil {
				return err
			}
		}
	case len(alt) > 2 && strings.HasPrefix(alt, `"`) && strings.HasSuffix(alt, `"`):
		one.exact = append(one.exact, alt[1:len(alt)-1])
	case strings.HasSuffix(alt, "*"):
		return one.affix(&one.prefixes, Lower(strings.TrimSuffix(alt, "*")))
	case strings.HasPrefix(alt, "*"):
		one.suffixes = append(one.suffixes, Lower(alt[1:]))
	default:
		return addRun(alt, one, runs)
	}
	return nil
}

func (t *part) affix(to *[]string, stem string) error {
	if len(stem) < stemBytes {
		return fmt.Errorf("%q is too short to stand before *", stem)
	}
	*to = append(*to, stem)
	return nil
}

func addRun(alt string, one *part, runs *[][]part) error {
	if before, ok := strings.CutSuffix(alt, "'"); ok && elided(before) {
		one.words = append(one.words, Lower(alt))
		return nil
	}
	words := wordsIn(alt)
	switch len(words) {
	case 0:
		return fmt.Errorf("%q is no word", alt)
	case 1:
		one.words = append(one.words, words[0].text)
		return nil
	}
	var run []part
	for _, w := range words {
		run = append(run, part{words: []string{w.text}})
	}
	*runs = append(*runs, run)
	return nil
}

// compact puts many words into a set.
func (t *part) compact() {
	if len(t.words) > 4 {
		t.set = map[string]bool{}
		for _, w := range t.words {
			t.set[w] = true
		}
		t.words = nil
	}
}

// index files a phrase under each word that it may begin with.
func (x *Language) index(p *phrase, parts []part) error {
	head := parts[0]
	switch head.kind {
	case maybe, choice:
		for _, run := range head.inner {
			if err := x.index(p, run); err != nil {
				return err
			}
		}
		if head.kind == choice {
			return nil
		}
		if len(parts) == 1 {
			return errors.New("all of it may be missing")
		}
		return x.index(p, parts[1:])
	case onePart:
		if len(head.suffixes) == 0 {
			x.indexPart(p, head)
			return nil
		}
	}
	return errors.New("it has to begin with a word")
}

func (x *Language) indexPart(p *phrase, head part) {
	add := func(by map[string][]*phrase, key string) {
		if !slices.Contains(by[key], p) {
			by[key] = append(by[key], p)
		}
	}
	for _, w := range head.words {
		add(x.byWord, w)
	}
	for w := range head.set {
		add(x.byWord, w)
	}
	for _, w := range head.exact {
		add(x.byWord, Lower(w))
	}
	for _, stem := range head.prefixes {
		add(x.byStem, stem[:stemBytes])
	}
	if head.number {
		x.byNumber = append(x.byNumber, p)
	}
}

// abbreviated is an abbreviation without its spaces and its last dot.
func abbreviated(s string) string {
	return strings.TrimSuffix(strings.ReplaceAll(Lower(s), " ", ""), ".")
}
