package jira

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"refine/planner/ticket"
)

// An Exported issue was read from a file, not from a site.
type Exported struct {
	ticket.Issue
	Line int // where it begins; the issue's key where it has none
}

// ReadExport reads issues as the REST API writes them: one object a line, a list
// of them, or answers of a search, in either version of the API. Fields without
// a name of their own are found by the names that an answer lists (expand=names)
// and by configured; x_story_points, x_acceptance_criteria, x_business_value and
// so on stand for what a source calls otherwise.
//
// An error comes with the line that it is about. What can be read after it
// follows.
func ReadExport(r io.Reader, configured []FieldName) iter.Seq2[Exported, error] {
	return func(yield func(Exported, error) bool) {
		x := &export{configured: configured, yield: yield}
		split := splitter{in: bufio.NewReader(r)}
		split.take = func(line int, raw []byte, err error) bool {
			if err != nil {
				return yield(Exported{Line: line}, err)
			}
			return x.value(line, raw)
		}
		split.run()
	}
}

// An export is a file that is being read.
type export struct {
	configured []FieldName
	yield      func(Exported, error) bool
}

// An entry is an issue, or a page of a search's result.
type entry struct {
	exportedIssue
	Names  map[string]string `json:"names"` // of the fields, by id
	Issues view              `json:"issues"`
}

// A view is a value that is decoded later, as long as the text it came from
// stands: the pages of a search may be large.
type view []byte

func (v *view) UnmarshalJSON(raw []byte) error {
	*v = raw
	return nil
}

// An exportedIssue is an issue without its id, which sources write in several
// ways and a file has no use for.
type exportedIssue struct {
	Key    string                     `json:"key"`
	Fields map[string]json.RawMessage `json:"fields"`
}

// unlike says why a value is no entry, without the names of our types.
func unlike(err error) error {
	if bad, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		_, name, _ := strings.Cut(bad.Field, ".") // what holds the key has no name in the file
		a := "a"
		if strings.HasPrefix(bad.Value, "a") || strings.HasPrefix(bad.Value, "o") { // array, object
			a = "an"
		}
		return fmt.Errorf("not an issue: %s is %s %s", cmp.Or(name, bad.Field, "it"), a, bad.Value)
	}
	return notAnIssue(err)
}

// value reads one entry that begins on a line. It reports whether to go on.
func (x *export) value(line int, raw []byte) bool {
	var e entry
	if err := json.Unmarshal(raw, &e); err != nil {
		return x.yield(Exported{Line: line}, unlike(err))
	}
	fs := x.fields(e.Names)
	if e.Issues == nil {
		return x.yield(fs.exported(e.exportedIssue, line))
	}
	return x.page(line, e.Issues, fs)
}

// page reads the issues of a search's answer one by one.
func (x *export) page(line int, list view, fs fields) bool {
	dec := json.NewDecoder(bytes.NewReader(list))
	if token, err := dec.Token(); err != nil || token != json.Delim('[') {
		return x.yield(Exported{Line: line}, errors.New("not an issue: its issues are no list"))
	}
	for dec.More() {
		var i exportedIssue
		if err := dec.Decode(&i); err != nil { // of another shape: the text as a whole was valid
			if !x.yield(Exported{Line: line}, unlike(err)) {
				return false
			}
			continue
		}
		if !x.yield(fs.exported(i, line)) {
			return false
		}
	}
	return true
}

// exported translates an issue of a file.
func (fs fields) exported(i exportedIssue, line int) (Exported, error) {
	if i.Key == "" {
		i.Key = strconv.Itoa(line)
	}
	version2(i.Fields)
	out := Exported{Issue: fs.issue(issue{Key: i.Key, Fields: i.Fields}, ""), Line: line}
	switch {
	case i.Fields == nil:
		return out, errors.New("not an issue: it has no fields")
	case out.Summary == "":
		return out, fmt.Errorf("%s has no summary; was it read with its fields?", i.Key)
	}
	return out, nil
}

// exported are the meanings that a file's fields are looked for.
var exported = append([]string{acceptanceCriteria}, counted...)

// fields finds the fields of a meaning by their names, as far as a file has them.
func (x *export) fields(names map[string]string) fields {
	out := fields{}
	var list []field
	for id, name := range names {
		f := field{}
		f.ID, f.Name, f.Custom = id, name, true
		list = append(list, f)
	}
	for _, meaning := range exported {
		out[meaning] = sorted(slices.DeleteFunc(slices.Clone(list), func(f field) bool { return !defaults[meaning](f) }))
	}
	for _, want := range x.configured {
		f := field{}
		f.ID = want.Field
		if i := slices.IndexFunc(list, func(f field) bool { return f.called(want.Field) }); i >= 0 {
			f = list[i]
		}
		out[want.Name] = []field{f}
	}
	for _, meaning := range exported {
		f := field{}
		f.ID = "x_" + meaning
		out[meaning] = append(out[meaning], f)
	}
	return out
}

// version2 gives an issue's fields the shapes that a site's version 2 has: text
// instead of documents, and the time that some sources call otherwise.
func version2(values map[string]json.RawMessage) {
	for name, raw := range values {
		if text, ok := documentText(raw); ok {
			values[name] = text
		}
	}
	if raw, ok := values["comment"]; ok && bytes.Contains(raw, []byte(`"doc"`)) {
		values["comment"] = plainComments(raw)
	}
	if _, ok := values["created"]; !ok {
		if t, err := time.Parse("2006-01-02 15:04:05.999999", get[string](values, "x_created")); err == nil {
			values["created"], _ = json.Marshal(t)
		}
	}
}

// plainComments makes text of the documents that comments are.
func plainComments(raw json.RawMessage) json.RawMessage {
	var page map[string]json.RawMessage
	var comments []map[string]json.RawMessage
	if json.Unmarshal(raw, &page) != nil || json.Unmarshal(page["comments"], &comments) != nil {
		return raw
	}
	for _, c := range comments {
		if text, ok := documentText(c["body"]); ok {
			c["body"] = text
		}
	}
	var err error
	if page["comments"], err = json.Marshal(comments); err != nil {
		return raw
	}
	out, err := json.Marshal(page)
	if err != nil {
		return raw
	}
	return out
}
