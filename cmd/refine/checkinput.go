package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"refine/internal/lazyregexp"
	"refine/jira"
	"refine/planner/text"
	"refine/planner/ticket"
)

// An entry is one thing to check, and where it stands. It is an issue, or a
// story in one line of text.
type entry struct {
	file  string
	line  int
	issue *ticket.Issue
	key   string // of the story
	story string
}

// A lineError is what is wrong with one line of an input.
type lineError struct {
	file string
	line int
	err  error
}

func (e *lineError) Error() string { return fmt.Sprintf("%s:%d: %v", e.file, e.line, e.err) }
func (e *lineError) Unwrap() error { return e.err }

// stdinName is what stdin is called where a file's name stands.
const stdinName = "stdin"

// inputs reads files one after the other, "-" being stdin. Errors are of one
// line or of one file; what can be read after them follows.
func inputs(files []string, stdin io.Reader, fields []jira.FieldName) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		for _, name := range files {
			if !input(name, stdin, fields, yield) {
				return
			}
		}
	}
}

func input(name string, stdin io.Reader, fields []jira.FieldName, yield func(entry, error) bool) bool {
	if name == "-" {
		return entries(stdinName, stdin, fields, yield)
	}
	f, err := os.Open(name)
	if err != nil {
		return yield(entry{}, err)
	}
	defer f.Close()
	return entries(name, f, fields, yield)
}

// shownBadLines is how many bad lines of a file are told one by one; a file in
// which nothing else was found until then is not read on.
const shownBadLines = 20

// entries reads one file, which holds issues or stories. It reports whether to
// go on with the next.
func entries(file string, r io.Reader, fields []jira.FieldName, yield func(entry, error) bool) bool {
	bad, good := 0, 0
	for e, err := range oneInput(r, fields) {
		e.file = file
		if err == nil {
			good++
		} else if bad++; bad > shownBadLines {
			if good > 0 {
				continue
			}
			return yield(entry{}, fmt.Errorf("%s: more than %d bad lines and no good one; the rest was not read", file, shownBadLines))
		} else {
			err = &lineError{file, e.line, err}
		}
		if !yield(e, err) {
			return false
		}
	}
	if more := bad - shownBadLines; more > 0 {
		return yield(entry{}, fmt.Errorf("%s: %s more", file, text.Counted(more, "bad line")))
	}
	return true
}

func issues(r io.Reader, fields []jira.FieldName) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		for e, err := range jira.ReadExport(r, fields) {
			if !yield(entry{line: e.Line, issue: &e.Issue}, err) {
				return
			}
		}
	}
}

// stories reads a story a line. Blank lines and those that begin with # are
// none, nor is the head of a column. A line that holds an issue is one.
func stories(r *bufio.Reader, fields []jira.FieldName) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		for n, line := range lines(r) {
			text := strings.TrimSpace(line.text)
			switch {
			case line.err != nil:
				yield(entry{line: n}, line.err)
				return
			case text == "" || text[0] == '#' || columnHead.MatchString(text):
			case looksLikeJSON(text):
				for e, err := range issues(strings.NewReader(text), fields) {
					if e.line = n; err == nil && e.issue.Key == "1" { // called by the only line it was read from
						e.issue.Key = strconv.Itoa(n)
					}
					if !yield(e, err) {
						return
					}
				}
			case !yield(story(n, text)):
				return
			}
		}
	}
}

type textLine struct {
	text string
	err  error // of reading
}

// lines numbers the lines of a text, however they end: LF, CR LF or CR.
func lines(r *bufio.Reader) iter.Seq2[int, textLine] {
	return func(yield func(int, textLine) bool) {
		n := 0
		for {
			text, err := r.ReadString('\n')
			text = strings.TrimRight(text, "\r\n")
			for line := range strings.SplitSeq(text, "\r") {
				if n++; !yield(n, textLine{text: line}) {
					return
				}
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(n, textLine{err: err})
				return
			}
		}
	}
}

var (
	quoted      = lazyregexp.New(`^"(?:[^"]|"")+"$`)
	storyMarker = lazyregexp.New(`^(?:[-*•]|\d{1,4}[.)])\s+`)
	storyKey    = lazyregexp.New(`^([A-Z][A-Z0-9_]+-[1-9][0-9]*)(?::\s*|\s+[-–]\s+|\s+)`)
)

// story takes a line apart: a list's marker, a key, the sentence.
func story(n int, text string) (entry, error) {
	e := entry{line: n, key: strconv.Itoa(n)}
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return e, errors.New("not text in UTF-8")
	}
	if quoted.MatchString(text) { // a table's only column
		text = strings.ReplaceAll(text[1:len(text)-1], `""`, `"`)
	}
	text = text[len(storyMarker.FindString(text)):]
	if m := storyKey.FindStringSubmatch(text); m != nil {
		e.key, text = m[1], text[len(m[0]):]
	}
	e.story = text
	return e, nil
}
