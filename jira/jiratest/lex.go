package jiratest

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a piece of JQL. Kind is one of word, text (in quotes), operator,
// punctuation or the end.
type token struct {
	kind         tokenKind
	text         string
	line, column int
}

type tokenKind int

const (
	endToken tokenKind = iota
	wordToken
	textToken
	operatorToken
	punctuationToken
)

// is compares keywords and signs; a quoted text is never one.
func (t token) is(text string) bool {
	return t.kind != textToken && t.kind != endToken && strings.EqualFold(t.text, text)
}

func (t token) at() string { return fmt.Sprintf("(line %d, character %d)", t.line, t.column) }

// badJQL is a refusal of the query itself.
func badJQL(format string, args ...any) *refusal {
	return refuse(http.StatusBadRequest, "Error in the JQL Query: "+format, args...)
}

type lexer struct {
	rest         string
	line, column int
}

func tokens(jql string) ([]token, error) {
	l := &lexer{rest: jql, line: 1, column: 1}
	var all []token
	for {
		t, err := l.next()
		if err != nil {
			return nil, err
		}
		all = append(all, t)
		if t.kind == endToken {
			return all, nil
		}
	}
}

func (l *lexer) next() (token, error) {
	l.skipSpace()
	t := token{line: l.line, column: l.column}
	if l.rest == "" {
		return t, nil
	}
	switch r, _ := utf8.DecodeRuneInString(l.rest); {
	case r == '"' || r == '\'':
		return l.quoted(t, r)
	case strings.ContainsRune("(),[]", r):
		t.kind, t.text = punctuationToken, l.take(1)
	case strings.ContainsRune("=!<>~&|", r):
		return l.operator(t)
	default:
		return l.word(t)
	}
	return t, nil
}

func (l *lexer) skipSpace() {
	for l.rest != "" {
		r, size := utf8.DecodeRuneInString(l.rest)
		if !unicode.IsSpace(r) {
			return
		}
		l.take(size)
	}
}

// take consumes n bytes and keeps count of where it is.
func (l *lexer) take(n int) string {
	taken := l.rest[:n]
	l.rest = l.rest[n:]
	for _, r := range taken {
		l.column++
		if r == '\n' {
			l.line, l.column = l.line+1, 1
		}
	}
	return taken
}

func (l *lexer) operator(t token) (token, error) {
	t.kind = operatorToken
	for _, op := range []string{"!=", "!~", "<=", ">=", "&&", "||", "=", "<", ">", "~", "!", "&", "|"} {
		if strings.HasPrefix(l.rest, op) {
			t.text = l.take(len(op))
			break
		}
	}
	switch t.text {
	case "&&", "&":
		t.text = "and"
	case "||", "|":
		t.text = "or"
	case "!":
		t.text = "not"
	}
	return t, nil
}

// reserved characters need quotes, so that JQL may give them a meaning one day.
const reserved = "+;?*/%^$#@{}`"

func (l *lexer) word(t token) (token, error) {
	n := strings.IndexFunc(l.rest, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("(),[]=!<>~&|\"'"+reserved, r)
	})
	if n == 0 {
		r, _ := utf8.DecodeRuneInString(l.rest)
		return t, badJQL(`The character '%c' is a reserved JQL character. You must enclose it in a string or use the escape '\u%04x' instead. %s`, r, r, t.at())
	}
	if n < 0 {
		n = len(l.rest)
	}
	t.kind = wordToken
	text, err := unescape(l.take(n), t)
	t.text = text
	return t, err
}

func (l *lexer) quoted(t token, quote rune) (token, error) {
	t.kind = textToken
	for n := 1; n < len(l.rest); n++ {
		switch {
		case l.rest[n] == '\\':
			n++
		case l.rest[n] == byte(quote):
			text, err := unescape(l.rest[1:n], t)
			l.take(n + 1)
			t.text = text
			return t, err
		}
	}
	return t, badJQL("The quoted string '%s' has not been completed. %s", l.rest[1:], t.at())
}

// unescape knows the escapes of JQL and refuses all others.
func unescape(raw string, t token) (string, error) {
	var text strings.Builder
	for n := 0; n < len(raw); n++ {
		if raw[n] != '\\' {
			text.WriteByte(raw[n])
			continue
		}
		r, size, ok := escape(raw[n+1:])
		if !ok {
			return "", badJQL(`'\%s' is an illegal JQL escape sequence. The valid escape sequences are \', \", \t, \n, \r, \\, '\ ' and \uXXXX. %s`,
				raw[n+1:min(n+2, len(raw))], t.at())
		}
		text.WriteRune(r)
		n += size
	}
	return text.String(), nil
}

func escape(after string) (r rune, size int, ok bool) {
	if after == "" {
		return 0, 0, false
	}
	switch after[0] {
	case 't':
		return '\t', 1, true
	case 'n':
		return '\n', 1, true
	case 'r':
		return '\r', 1, true
	case '\'', '"', '\\', ' ':
		return rune(after[0]), 1, true
	case 'u':
		if len(after) < 5 {
			return 0, 0, false
		}
		code, err := strconv.ParseUint(after[1:5], 16, 32)
		return rune(code), 5, err == nil
	default:
		return 0, 0, false
	}
}
