package draft

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// Read reads a draft that somebody wrote: a model's answer, what an assistant made
// of a brief, a file. What stands around the object, such as a code fence, is no
// part of it; members that are not there are empty, unknown ones are an error.
func Read(text string) (Draft, error) {
	from, to := strings.IndexByte(text, '{'), strings.LastIndexByte(text, '}')
	if from < 0 || to < from {
		return Draft{}, errors.New("it holds no JSON object")
	}
	dec := json.NewDecoder(bytes.NewReader([]byte(text[from : to+1])))
	dec.DisallowUnknownFields()
	var d Draft
	if err := dec.Decode(&d); err != nil {
		return Draft{}, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return Draft{}, errors.New("something follows its JSON object")
	}
	return d, nil
}
