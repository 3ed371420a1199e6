package main

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// F5: nothing in a ticket reaches the terminal as a command.
func TestTerminalShowsWhatItWouldObey(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"plain", "Überfällig: 催促\t7 Tage\n", "Überfällig: 催促\t7 Tage\n"},
		{"colour", "\x1b[31mred\x1b[0m", "␛[31mred␛[0m"},
		{"title", "\x1b]0;owned\x07", "␛]0;owned␇"},
		{"one-byte sequence", "\u009b31m", `\u009b31m`},
		{"overwriting", "safe\rnot\bsafe", "safe␍not␈safe"},
		{"line ends of Jira", "a\r\nb", "a\nb"},
		{"reading direction", "abc\u202egpj.exe\u2069", `abc\u202egpj.exe\u2069`},
		{"hidden line end", "a\u2028b", `a\u2028b`},
		{"delete", "a\x7f", `a\u007f`},
		{"no text", "a\xff\xfeb", "a\ufffd\ufffdb"},
		{"joined emoji", "👩‍💻", "👩‍💻"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var whole, bytewise bytes.Buffer
			_, err := io.WriteString(newTerminal(&whole), tt.in)
			require.NoError(t, err)
			assert.Equal(t, tt.want, whole.String())

			_, err = io.Copy(newTerminal(&bytewise), iotest.OneByteReader(strings.NewReader(tt.in)))
			require.NoError(t, err)
			if tt.name != "line ends of Jira" { // a lone \r is shown: what follows is not known yet
				assert.Equal(t, tt.want, bytewise.String())
			}
		})
	}
}

func FuzzTerminal(f *testing.F) {
	f.Add("a\x1b[2J\u202e", 3)
	f.Fuzz(func(t *testing.T, in string, cut int) {
		var out bytes.Buffer
		w := newTerminal(&out)
		cut = min(max(cut, 0), len(in))
		io.WriteString(w, in[:cut])
		io.WriteString(w, in[cut:])
		assert.True(t, utf8.Valid(out.Bytes()))
		for _, r := range out.String() {
			assert.False(t, r < 0x20 && r != '\n' && r != '\t' || disguising(r), "%q", r)
		}
	})
}

func TestJSONKeepsItsValue(t *testing.T) {
	t.Parallel()
	in := "a\x1b\u202e\u009b\x7f<&>\u2028 ü"
	var out bytes.Buffer
	require.NoError(t, writeJSON(&out, map[string]string{"text": in}))
	assert.NotContains(t, out.String(), "\u202e")
	assert.NotContains(t, out.String(), "\x7f")
	assert.Contains(t, out.String(), "<&>")
	var back map[string]string
	require.NoError(t, json.Unmarshal(out.Bytes(), &back))
	assert.Equal(t, in, back["text"])
}

func TestStatusLine(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	line := &statusLine{w: newTerminal(&out)}
	line.show("reading %s", "PAY-1\x1b[2J\nand more")
	line.show("%s", strings.Repeat("x", 100))
	line.clear()
	line.clear()
	want := clearLine + "reading PAY-1␛[2J" + clearLine + strings.Repeat("x", 77) + "…" + clearLine
	assert.Equal(t, want, out.String())
}

// Nobody watches a pipe.
func TestProgressIsForTerminals(t *testing.T) { // O6, of its parts this one
	t.Parallel()
	var out bytes.Buffer
	a := &app{err: newTerminal(&out)}
	a.progress("reading %d", 1)
	a.status.clear()
	assert.Empty(t, out.String())
}
