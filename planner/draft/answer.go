package draft

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Read reads a draft that somebody wrote: a model's answer, what an assistant made
// of a brief, a file. What stands around the object, such as a code fence, is no
// part of it; members that are not there are empty, unknown ones are an error. An
// error says where the text is wrong, by line and column.
func Read(text string) (Draft, error) {
	object, err := jsonObject(text)
	if err != nil {
		return Draft{}, err
	}
	dec := json.NewDecoder(bytes.NewReader(object))
	dec.DisallowUnknownFields()
	var d Draft
	if err := dec.Decode(&d); err != nil {
		return Draft{}, at(text, object, dec.InputOffset(), err)
	}
	end := dec.InputOffset()
	if _, err := dec.Token(); err != io.EOF {
		return Draft{}, at(text, object, end, errors.New("something follows its JSON object"))
	}
	return d, nil
}

// jsonObject is the part of a text from its first brace to its last.
func jsonObject(text string) ([]byte, error) {
	from, to := strings.IndexByte(text, '{'), strings.LastIndexByte(text, '}')
	if from < 0 || to < from {
		return nil, errors.New("it holds no JSON object")
	}
	return []byte(text[from : to+1]), nil
}

// at says where in a text its object is wrong. What the decoder says in terms of Go
// is said in those of JSON.
func at(text string, object []byte, offset int64, err error) error {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = syntax.Offset
	}
	if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		offset, err = kind.Offset, fmt.Errorf("%s must not be a %s", kind.Field, kind.Value)
	}
	if _, name, unknown := strings.Cut(err.Error(), "unknown field "); unknown {
		if n := bytes.Index(object, []byte(name)); n >= 0 { // the decoder stands behind its object
			offset = int64(n) + 1
		}
	}
	before := text[:strings.IndexByte(text, '{')+int(min(offset, int64(len(object))))]
	line := strings.Count(before, "\n") + 1
	column := len([]rune(before[strings.LastIndexByte(before, '\n')+1:]))
	return fmt.Errorf("line %d, column %d: %s", line, column, strings.TrimPrefix(err.Error(), "json: "))
}
