package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf8"
)

// A terminal is the one way for text to people (F5). Text of a ticket may hold
// control sequences that move the cursor, set the title or hide what stands
// there, and characters that turn the reading direction around: all of them are
// written as what they are called.
type terminal struct {
	mu   sync.Mutex
	w    io.Writer
	rest []byte // of a character that the next Write completes
}

func newTerminal(w io.Writer) *terminal { return &terminal{w: w} }

// Write accepts all of p unless the writer below fails.
func (t *terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := append(t.rest, p...)
	whole := len(text) - incomplete(text)
	t.rest = append([]byte(nil), text[whole:]...)
	if _, err := io.WriteString(t.w, visible(string(text[:whole]))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// raw writes our own control sequences, which only a statusLine has.
func (t *terminal) raw(s string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	io.WriteString(t.w, s)
}

// incomplete counts the bytes at the end of b that begin a character.
func incomplete(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if c := b[len(b)-n]; utf8.RuneStart(c) {
			if utf8.FullRune(b[len(b)-n:]) {
				return 0
			}
			return n
		}
	}
	return 0
}

// visible replaces what a terminal would obey by what it can show.
func visible(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range strings.ReplaceAll(s, "\r\n", "\n") {
		switch {
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case r < 0x20:
			b.WriteRune('\u2400' + r) // the picture of the control character
		case disguising(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r) // U+FFFD for bytes that are no character
		}
	}
	return b.String()
}

// disguising reports whether r is a control character from DEL upwards, or
// changes the direction or the line structure of the text around it.
func disguising(r rune) bool {
	switch {
	case 0x7f <= r && r <= 0x9f, 0x202a <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069:
		return true
	}
	return r == 0x2028 || r == 0x2029
}

// escapeJSON writes as escapes what disguises: in JSON it stands in strings only.
func escapeJSON(s string) string {
	if !strings.ContainsFunc(s, disguising) {
		return s
	}
	return visible(s) // JSON text holds no control character but line ends
}

// A statusLine is a line of progress that replaces itself. A nil one is silent.
type statusLine struct {
	mu    sync.Mutex
	w     *terminal
	shown bool
}

const clearLine = "\r\x1b[K"

func (l *statusLine) show(format string, args ...any) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	text, _, _ := strings.Cut(fmt.Sprintf(format, args...), "\n")
	l.w.raw(clearLine)
	io.WriteString(l.w, shorten(text, 78))
	l.shown = true
}

func (l *statusLine) clear() {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.shown {
		l.w.raw(clearLine)
		l.shown = false
	}
}

// shorten keeps a status on one line of a narrow window, which clearing needs.
func shorten(s string, width int) string {
	if r := []rune(s); len(r) > width {
		return string(r[:width-1]) + "…"
	}
	return s
}
