package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"refine/internal/files"
)

// A source is what the file and the environment say, with the place of every
// key, and what is wrong with its shape. What is wrong is left out of tree, so
// that the rest can be checked as well.
type source struct {
	file   string
	tree   map[string]any
	lines  map[string]int    // of each key of the file
	vars   map[string]string // key to the variable that gives it
	faults []fault
}

// mostFile bounds what is read of a configuration, in bytes. Hundreds of teams
// take a tenth of it.
const mostFile = 4 << 20

// read takes a file apart; no name is an empty file.
func read(file string) (*source, error) {
	s := &source{file: file, tree: map[string]any{}, lines: map[string]int{}, vars: map[string]string{}}
	if file == "" {
		return s, nil
	}
	data, err := files.Read(file, mostFile)
	if err != nil {
		return nil, unreadable(err)
	}
	if err := s.parse(data); err != nil {
		return nil, &Error{Faults: []error{fmt.Errorf("%s: %w", file, err)}}
	}
	s.anchor()
	return s, nil
}

func (s *source) parse(data []byte) error {
	var doc, second yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		return nil // nothing but comments
	} else if err != nil && bytes.Contains(data, []byte("\n\t")) {
		return fmt.Errorf("%w; a line begins with a tab, and YAML indents by spaces", err)
	} else if err != nil {
		return err
	}
	if err := dec.Decode(&second); !errors.Is(err, io.EOF) {
		return errors.New("more than one YAML document")
	}
	root := doc.Content[0]
	if err := sound(root); err != nil {
		return err
	}
	if !s.check(root, reflect.TypeFor[Config](), "") {
		return nil
	}
	return root.Decode(&s.tree)
}

// sound refuses a document that could not be walked: an anchor inside of itself,
// or aliases of aliases that unfold to gigabytes. Wrong types and keys are not
// its business.
func sound(root *yaml.Node) error {
	var any any
	err := root.Decode(&any)
	if _, ok := errors.AsType[*yaml.TypeError](err); ok {
		return nil
	}
	return err
}

// check compares a node with the type that its key has, and takes out of it
// what does not fit. It reports whether the node itself is of use.
func (s *source) check(n *yaml.Node, t reflect.Type, key string) bool {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case n.Tag == "!!null":
		return false // a key without a value is a key that is not given
	case isScalar(t):
		return s.checkScalar(n, t, key)
	case t.Kind() == reflect.Slice && n.Kind == yaml.SequenceNode:
		s.checkList(n, t, key)
	case t.Kind() == reflect.Struct && n.Kind == yaml.MappingNode:
		s.checkMapping(n, t, key)
	default:
		s.fault(n, key, "must be %s, not %s", expected(t), found(n))
		return false
	}
	return true
}

func (s *source) checkScalar(n *yaml.Node, t reflect.Type, key string) bool {
	if n.Kind != yaml.ScalarNode {
		s.fault(n, key, "must be %s, not %s", expected(t), found(n))
		return false
	}
	if msg := scalarFault(t, n.Value); msg != "" {
		s.fault(n, key, "%s", msg)
		return false
	}
	if t.Kind() != reflect.Bool && t.Kind() != reflect.Int {
		n.Tag = "!!str" // as it was typed: 007 is a name, not a number
	}
	return true
}

func (s *source) checkList(n *yaml.Node, t reflect.Type, key string) {
	kept := n.Content[:0:0]
	for i, item := range n.Content {
		at := fmt.Sprintf("%s[%d]", key, i)
		s.lines[at] = item.Line
		if item.Tag == "!!null" {
			s.fault(item, at, "is empty")
		} else if s.check(item, t.Elem(), at) {
			kept = append(kept, item)
		}
	}
	n.Content = kept
}

func (s *source) checkMapping(n *yaml.Node, t reflect.Type, key string) {
	known := keysOf(t)
	var seen []string
	kept := n.Content[:0:0]
	for pair := range slices.Chunk(n.Content, 2) {
		name, value := pair[0], pair[1]
		at := join(key, name.Value)
		switch field, ok := known[name.Value]; {
		case name.Tag == "!!merge":
			if s.check(value, t, key) {
				kept = append(kept, name, value)
			}
		case !ok:
			s.fault(name, at, "unknown key%s", suggestion(name.Value, known))
		case slices.Contains(seen, name.Value):
			s.fault(name, at, "given twice")
		default:
			seen = append(seen, name.Value)
			s.lines[at] = name.Line
			if s.check(value, field, at) {
				kept = append(kept, name, value)
			}
		}
	}
	n.Content = kept
}

func (s *source) fault(n *yaml.Node, key, format string, args ...any) {
	f := about(key, format, args...)
	f.line = n.Line
	f.origin = fmt.Sprintf("%s:%d", s.file, n.Line)
	s.faults = append(s.faults, f)
}

// anchor makes the file names in the file relative to the file.
func (s *source) anchor() {
	dir := filepath.Dir(s.file)
	for _, v := range Variables() {
		parent, last := s.parent(v.Key)
		name, ok := parent[last].(string)
		if ok && namesFile(last) && !filepath.IsAbs(name) {
			parent[last] = filepath.Join(dir, name)
		}
	}
}

func namesFile(key string) bool {
	return strings.HasSuffix(key, "_file") || key == "client_cert" || key == "client_key"
}

// parent is the mapping of the file that holds a key outside of lists, and
// the key's last part; the mapping is nil where the file does not have it.
func (s *source) parent(key string) (map[string]any, string) {
	parts := strings.Split(key, ".")
	m := s.tree
	for _, part := range parts[:len(parts)-1] {
		m, _ = m[part].(map[string]any)
	}
	return m, parts[len(parts)-1]
}

// place says of each fault of a value where the value came from. A key whose
// shape is wrong already has its fault.
func (s *source) place(faults []fault) []fault {
	faults = slices.DeleteFunc(faults, func(f fault) bool {
		return slices.ContainsFunc(s.faults, func(g fault) bool { return g.key == f.key })
	})
	for i, f := range faults {
		if name, ok := s.vars[f.key]; ok {
			faults[i].origin = name
		} else if line := s.lineOf(f.key); line > 0 {
			faults[i].line = line
			faults[i].origin = fmt.Sprintf("%s:%d", s.file, line)
		}
	}
	return faults
}

// lineOf is where the file has the key or, in an entry of a list that lacks it,
// where that entry is; 0 if nowhere. A key outside of lists may as well come
// from the environment: no line of the file lacks it.
func (s *source) lineOf(key string) int {
	for {
		if line, ok := s.lines[key]; ok {
			return line
		}
		parent := key[:max(strings.LastIndex(key, "."), 0)]
		if !strings.Contains(parent, "[") {
			return 0
		}
		key = parent
	}
}

func found(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	return "a single value"
}
