package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"refine/jira"
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
		return entries("stdin", stdin, fields, yield)
	}
	f, err := os.Open(name)
	if err != nil {
		return yield(entry{}, err)
	}
	defer f.Close()
	return entries(name, f, fields, yield)
}

// maxBadLines is after how many bad lines a file is taken for something else
// than it looks like.
const maxBadLines = 20

// entries reads one file, which holds issues or stories. It reports whether to
// go on with the next.
func entries(file string, r io.Reader, fields []jira.FieldName, yield func(entry, error) bool) bool {
	bad := 0
	for e, err := range oneInput(r, fields) {
		if err != nil {
			err = &lineError{file, e.line, err}
			bad++
		}
		e.file = file
		if !yield(e, err) {
			return false
		}
		if bad == maxBadLines {
			return yield(entry{}, fmt.Errorf("%s: more than %d bad lines; the rest was not read", file, maxBadLines-1))
		}
	}
	return true
}

// oneInput tells what a file holds by how it begins.
func oneInput(r io.Reader, fields []jira.FieldName) iter.Seq2[entry, error] {
	in := bufio.NewReaderSize(r, 4096)
	if bom, err := in.Peek(3); err == nil && string(bom) == "\ufeff" {
		in.Discard(3)
	}
	head, _ := in.Peek(4096) // a read error shows again below
	if jsonHead.Match(head) {
		return issues(in, fields)
	}
	if n := bytes.IndexByte(head, 0); n >= 0 || markupHead.Match(head) || tableHead.Match(head) {
		return func(yield func(entry, error) bool) {
			yield(entry{line: 1}, errors.New("neither issues as JSON nor stories as text, one a line"))
		}
	}
	return stories(in)
}

var (
	// jsonHead is an object or a list of them. Stories begin with a bracket as
	// well: "[Web] As a user…".
	jsonHead = regexp.MustCompile(`^\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[{\]"]|$))`)
	// markupHead is a login page or Jira's export as XML.
	markupHead = regexp.MustCompile(`(?i)^\s*<(?:!doctype|\?xml|html|rss)\b`)
	// tableHead is Jira's export as CSV.
	tableHead = regexp.MustCompile(`(?i)^[^\n]*(?:summary|issue key)"?[,;\t]`)
)

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
// none.
func stories(r *bufio.Reader) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		for n := 1; ; n++ {
			line, err := r.ReadString('\n')
			if err != nil && !errors.Is(err, io.EOF) {
				yield(entry{line: n}, err)
				return
			}
			if text := strings.TrimSpace(line); text != "" && text[0] != '#' && !yield(story(n, text)) {
				return
			}
			if err != nil {
				return
			}
		}
	}
}

var (
	storyMarker = regexp.MustCompile(`^(?:[-*•]|\d{1,4}[.)])\s+`)
	storyKey    = regexp.MustCompile(`^([A-Z][A-Z0-9_]+-[1-9][0-9]*)(?::\s*|\s+[-–]\s+|\s+)`)
)

// story takes a line apart: a list's marker, a key, the sentence.
func story(n int, text string) (entry, error) {
	e := entry{line: n, key: strconv.Itoa(n)}
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return e, errors.New("not text in UTF-8")
	}
	text = text[len(storyMarker.FindString(text)):]
	if m := storyKey.FindStringSubmatch(text); m != nil {
		e.key, text = m[1], text[len(m[0]):]
	}
	e.story = text
	return e, nil
}
