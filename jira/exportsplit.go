package jira

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"refine/internal/lazyregexp"
)

// A splitter cuts a file into the JSON values that stand in it one after the
// other, or are the entries of a list. What is broken is named by its line, and
// the next line that begins a value is where it goes on: lines are what people
// and programs break files by.
type splitter struct {
	in   *bufio.Reader
	last int        // line that was read from in
	back []textLine // lines to be read again before those of in, the first one last
	// take is given a value with the line it begins on, or what is wrong with a
	// line. It reports whether to go on.
	take func(line int, raw []byte, err error) bool

	lists    int // that are open
	spoilt   bool
	answer   bool // the list is that of a search's answer whose end is broken
	skipping bool // until a value begins, indented by room at most
	room     int
	owed     *lineFault // of an answer, unless one of its entries is the broken one
	err      error      // of reading
}

type textLine struct {
	n    int
	text []byte // with its end
}

func (l textLine) indent() int { return len(l.text) - len(bytes.TrimLeft(l.text, " \t")) }

// alone reports whether the line holds a whole object, as the entry of a list may.
func (l textLine) alone() bool {
	text := bytes.TrimSuffix(bytes.TrimSpace(l.text), []byte(","))
	return bytes.HasPrefix(text, []byte("{")) && json.Valid(text)
}

type lineFault struct {
	line int
	err  error
}

// errCut is a value that its file ends within.
var errCut = errors.New("the file ends within it")

func (s *splitter) run() {
	for {
		l, ok := s.next()
		if !ok {
			break
		}
		if !s.line(l) {
			return
		}
	}
	line := max(s.last, 1)
	switch {
	case s.err != nil:
		s.take(line, nil, s.err)
	case s.owed != nil:
		s.take(s.owed.line, nil, s.owed.err)
	case s.lists > 0 && !s.spoilt:
		s.take(line, nil, notAnIssue(errCut))
	}
}

func (s *splitter) next() (l textLine, ok bool) {
	if len(s.back) > 0 {
		l, s.back = s.back[len(s.back)-1], s.back[:len(s.back)-1]
		return l, true
	}
	text, err := s.in.ReadBytes('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	if len(text) == 0 || s.err != nil {
		return textLine{}, false
	}
	s.last++
	return textLine{s.last, text}, true
}

// again has lines read once more.
func (s *splitter) again(lines []textLine) {
	for _, l := range slices.Backward(lines) {
		s.back = append(s.back, l)
	}
}

// line takes the values that begin on a line.
func (s *splitter) line(l textLine) bool {
	if s.skipping {
		if l.indent() > s.room || !bytes.HasPrefix(bytes.TrimSpace(l.text), []byte("{")) {
			return true
		}
		s.skipping = false
	}
	rest := l.text
	for {
		rest = bytes.TrimLeft(rest, " \t\r\n,")
		switch {
		case len(rest) == 0:
			return true
		case rest[0] == '[':
			s.lists++
			rest = rest[1:]
		case rest[0] == ']' && s.lists > 0:
			s.lists--
			rest = rest[1:]
			if s.answer && s.lists == 0 {
				s.answer, s.skipping, s.room = false, true, 0
				return true
			}
		case rest[0] == '{':
			var more bool
			if l, rest, more = s.object(l, rest); !more {
				return false
			}
		case s.spoilt && bytes.IndexByte([]byte("]}"), rest[0]) >= 0:
			return true // what is left of a broken value
		default:
			n := scalar(rest)
			if !s.value(l.n, rest[:n]) {
				return false
			}
			rest = rest[n:]
		}
	}
}

// value gives one value away.
func (s *splitter) value(line int, raw []byte) bool {
	if !json.Valid(raw) {
		s.spoilt, s.owed = true, nil
	}
	return s.take(line, raw, nil)
}

func (s *splitter) fault(line int, err error) bool {
	s.spoilt, s.owed = true, nil
	return s.take(line, nil, notAnIssue(err))
}

// object takes an object that begins with rest on line l and may go on over more
// lines. It returns what follows it, and the line that this stands on.
func (s *splitter) object(l textLine, rest []byte) (textLine, []byte, bool) {
	var depth nesting
	if end := depth.of(rest); end > 0 {
		return l, rest[end:], s.value(l.n, rest[:end])
	}
	lines, text := []textLine{l}, bytes.Clone(rest)
	for {
		next, ok := s.next()
		if !ok || depth.quoted { // a line does not end within a string
			if ok {
				s.again([]textLine{next})
			}
			return textLine{}, nil, s.broken(lines, text, !ok)
		}
		lines = append(lines, next)
		end := depth.of(next.text)
		if end == 0 {
			text = append(text, next.text...)
			if powerOfTwo(len(lines)) && hopeless(text) {
				return textLine{}, nil, s.broken(lines, text, false)
			}
			continue
		}
		text = append(text, next.text[:end]...)
		if !json.Valid(text) {
			return textLine{}, nil, s.broken(lines, text, false)
		}
		return next, next.text[end:], s.value(l.n, text)
	}
}

// listHead ends the line of a search's answer after which its issues stand.
var listHead = lazyregexp.New(`"issues"\s*:\s*\[\s*$`)

// broken names the line that a value is broken on, and goes back to where the
// next one may begin. ended says that the file does.
func (s *splitter) broken(lines []textLine, text []byte, ended bool) bool {
	at, err := 0, error(errCut)
	if bad, ok := errors.AsType[*json.SyntaxError](syntax(text)); ok && int(bad.Offset) < len(text) {
		at, err = bytes.Count(text[:max(int(bad.Offset)-1, 0)], []byte("\n")), bad
	} else if ended {
		at = len(lines) - 1
	}
	for i, l := range lines[:len(lines)-1] {
		if listHead.Match(l.text) {
			s.lists, s.answer, s.spoilt = s.lists+1, true, true
			s.owed = &lineFault{lines[at].n, notAnIssue(err)}
			s.again(lines[i+1:])
			return true
		}
	}
	from := max(at, 1)
	for _, l := range lines[1:] {
		if l.indent() <= lines[0].indent() && l.alone() {
			at, from = 0, 1
			break
		}
	}
	if at == 0 && (len(lines) > 1 || !ended) { // its own line is cut off
		first, _, _ := bytes.Cut(text, []byte("\n"))
		err = syntax(first)
	}
	s.skipping, s.room = true, lines[0].indent()
	s.again(lines[min(from, len(lines)):])
	return s.fault(lines[at].n, err)
}

// hopeless reports whether a text is no beginning of a value. It is asked ever
// more seldom as a value grows, so that a file of broken ones takes no longer than
// one of whole ones.
func hopeless(text []byte) bool {
	bad, ok := errors.AsType[*json.SyntaxError](syntax(text))
	return ok && int(bad.Offset) < len(text)
}

func powerOfTwo(n int) bool { return n&(n-1) == 0 }

func syntax(text []byte) error {
	var value json.RawMessage
	return json.Unmarshal(text, &value)
}

func notAnIssue(err error) error { return fmt.Errorf("not an issue: %w", err) }

// nesting is how deep in brackets a text has come, and whether in a string.
type nesting struct {
	depth           int
	quoted, escaped bool
}

// of goes on with a piece of the text. It returns where the outermost bracket is
// closed, 0 if it is not.
func (n *nesting) of(piece []byte) int {
	for i, b := range piece {
		switch {
		case n.escaped:
			n.escaped = false
		case n.quoted:
			n.escaped, n.quoted = b == '\\', b != '"'
		case b == '"':
			n.quoted = true
		case b == '{' || b == '[':
			n.depth++
		case b == '}' || b == ']':
			if n.depth--; n.depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

var scalarValue = lazyregexp.New(`^(?:"(?:[^"\\\n]|\\.)*"|[-+.\w]+)(\s*(?:[,\]]|$))`)

// scalar is the length of a value that is no object, or of a line that is no
// JSON.
func scalar(rest []byte) int {
	if m := scalarValue.FindSubmatchIndex(rest); m != nil && json.Valid(rest[:m[2]]) {
		return m[2]
	}
	return len(bytes.TrimRight(rest, " \t\r\n"))
}
