package jira

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/ticket"
)

// A fieldReader reads an issue's fields whose shape differs between sites: a
// number may be text or an option, criteria a list or a document. What it cannot
// read it remembers, so that nobody takes it for absent.
type fieldReader struct {
	fields
	values map[string]json.RawMessage
	unread []ticket.Unread
}

// number is the first number that a meaning's fields hold, nil if there is none.
func (r *fieldReader) number(meaning string) *float64 {
	for _, f := range r.fields[meaning] {
		n, ok := readNumber(r.values[f.ID], deepest)
		if !ok {
			r.miss(f, "a number")
		}
		if n != nil {
			return n
		}
	}
	return nil
}

// plain is the text of a system field.
func (r *fieldReader) plain(id string) string {
	f := field{}
	f.ID = id
	s, ok := readShape(r.values[id], deepest)
	if !ok {
		r.miss(f, "text")
	}
	return s
}

// text is the first text that a meaning's fields hold, empty if there is none.
func (r *fieldReader) text(meaning string) string {
	for _, f := range r.fields[meaning] {
		s, ok := readShape(r.values[f.ID], deepest)
		if !ok {
			r.miss(f, "text")
		}
		if s != "" {
			return s
		}
	}
	return ""
}

func (r *fieldReader) miss(f field, wanted string) {
	r.unread = append(r.unread, ticket.Unread{Field: cmp.Or(f.Name, f.ID), Holds: shapeOf(r.values[f.ID]), Wanted: wanted})
}

// deepest is how far values are nested that are still read.
const deepest = 4

// numeral is a number as people write one, with or without its unit. A comma
// before three digits may stand for thousands, so that is none.
var numeral = lazyregexp.New(`(?i)^([+-]?[0-9]{1,9}(?:\.[0-9]{1,9}|,[0-9]{1,2})?)\s*(?:points?|pts?\.?|sp)?$`)

// readNumber reads a number, text that is one, an option that is called so, or a
// list of one of them. It is nil for a value that is empty; ok is false for any
// other.
func readNumber(raw json.RawMessage, depth int) (n *float64, ok bool) {
	switch kindOf(raw) {
	case 0:
		return nil, true
	case '"':
		text := strings.TrimSpace(as[string](raw))
		m := numeral.FindStringSubmatch(text)
		if m == nil {
			return nil, text == ""
		}
		f, err := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
		return &f, err == nil
	case '{':
		if inner := member(raw, "value", "name"); inner != nil && depth > 0 {
			return readNumber(inner, depth-1)
		}
		return nil, false
	case '[':
		list := as[[]json.RawMessage](raw)
		if len(list) == 1 && depth > 0 {
			return readNumber(list[0], depth-1)
		}
		return nil, len(list) == 0
	}
	n = as[*float64](raw)
	return n, n != nil
}

// saying are what objects call the text that they are there for: options,
// entries of checklists.
var saying = []string{"value", "name", "text", "title", "summary", "label", "description", "content"}

// readShape reads text, a document, an option or an entry of a checklist, or a
// list of them, an entry a line. ok is false where some of it is none of these.
func readShape(raw json.RawMessage, depth int) (text string, ok bool) {
	switch kindOf(raw) {
	case 0:
		return "", true
	case '"':
		return as[string](raw), true
	case '{':
		if doc, ok := documentText(raw); ok {
			return as[string](doc), true
		}
		inner := member(raw, saying...)
		if inner == nil || depth == 0 {
			return "", false
		}
		text, ok = readShape(inner, depth-1)
		if child := member(raw, "child"); child != nil { // of a cascade of options
			rest, readable := readShape(child, depth-1)
			return strings.TrimSpace(text + " – " + rest), ok && readable
		}
		return text, ok
	case '[':
		if depth == 0 {
			return "", false
		}
		return readList(as[[]json.RawMessage](raw), depth-1)
	}
	return "", false
}

func readList(list []json.RawMessage, depth int) (text string, ok bool) {
	var lines []string
	ok = true
	for _, raw := range list {
		line, readable := readShape(raw, depth)
		ok = ok && readable
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if len(list) > 1 && !strings.Contains(line, "\n") && !strings.HasPrefix(line, "* ") {
			line = "* " + line
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n"), ok
}

// shapeOf says what a value is, without telling any of it.
func shapeOf(raw json.RawMessage) string {
	switch kindOf(raw) {
	case '"':
		return "text that is none"
	case '{':
		return "an object"
	case '[':
		list := as[[]json.RawMessage](raw)
		if slices.ContainsFunc(list, func(v json.RawMessage) bool { return kindOf(v) == '{' }) {
			return "a list of objects"
		}
		return "a list"
	case 't', 'f':
		return "true or false"
	}
	return "a number"
}

// kindOf is the byte that tells what a value is, 0 for one that is absent or null.
func kindOf(raw json.RawMessage) byte {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || raw[0] == 'n' {
		return 0
	}
	return raw[0]
}

// as decodes a value of a known shape.
func as[T any](raw json.RawMessage) (v T) {
	if json.Unmarshal(raw, &v) != nil {
		var zero T
		return zero
	}
	return v
}

// member is the first of an object's members of these names that is not empty.
func member(raw json.RawMessage, names ...string) json.RawMessage {
	members := as[map[string]json.RawMessage](raw)
	for _, name := range names {
		if v := members[name]; kindOf(v) != 0 && string(v) != `""` {
			return v
		}
	}
	return nil
}
