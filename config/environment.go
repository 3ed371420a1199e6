package config

import (
	"reflect"
	"slices"
	"strings"
)

// A Variable is an environment variable and the key that it gives.
type Variable struct{ Name, Key string }

// Variables lists what is read from the environment: REFINE_ and the path of
// every scalar key that is not in a list. Credentials are also known without
// the AUTH in the middle, as REFINE_JIRA_TOKEN. Where a key has two names, the
// first one that is set counts.
func Variables() []Variable {
	return variables(reflect.TypeFor[Config](), "")
}

// A Stray is a variable that looks like one of ours and gives no key.
type Stray struct{ Name, Nearest string }

// Strays lists the variables of an environment, as [os.Environ] gives it, that
// begin with REFINE_ and that nothing reads, each with the name that is nearest.
func (c *Config) Strays(environ []string) (strays []Stray) {
	known := c.named()
	for _, v := range Variables() {
		known = append(known, v.Name)
	}
	for _, pair := range environ {
		name, _, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "REFINE_") && !slices.Contains(known, name) {
			strays = append(strays, Stray{name, nearest(name, known)})
		}
	}
	slices.SortFunc(strays, func(a, b Stray) int { return strings.Compare(a.Name, b.Name) })
	return strays
}

func nearest(name string, known []string) string {
	return slices.MinFunc(known, func(a, b string) int { return edits(name, a) - edits(name, b) })
}

func variables(t reflect.Type, parent string) []Variable {
	var vars []Variable
	for _, f := range reflect.VisibleFields(t) {
		key := join(parent, f.Tag.Get("json"))
		switch {
		case f.Tag.Get("json") == "-" || f.Type.Kind() == reflect.Slice:
		case isScalar(f.Type):
			vars = append(vars, named(key)...)
		default:
			vars = append(vars, variables(f.Type, key)...)
		}
	}
	return vars
}

func named(key string) []Variable {
	name := "REFINE_" + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
	vars := []Variable{{name, key}}
	if short := strings.Replace(name, "_AUTH_", "_", 1); short != name {
		vars = append(vars, Variable{short, key})
	}
	return vars
}

// environment notes which keys the environment gives. A value of the wrong
// shape is a fault and does not hide the file's.
func (s *source) environment(lookup func(string) (string, bool)) {
	for _, v := range Variables() {
		value, ok := lookup(v.Name)
		if _, taken := s.vars[v.Key]; taken || !ok || value == "" {
			continue
		}
		if msg := scalarFault(typeOf(v.Key), value); msg != "" {
			s.faults = append(s.faults, fault{key: v.Key, origin: v.Name, msg: msg})
			continue
		}
		s.vars[v.Key] = v.Name
	}
	s.replaceSecrets("jira.auth", tokenKeys)
	s.replaceSecrets("confluence.auth", tokenKeys)
	s.replaceSecrets("model", modelKeys)
	s.replaceSecrets("health", urlKeys)
	s.replaceSecrets("serve", webhookKeys)
}

// replaceSecrets drops the file's way to a secret if the environment has one:
// they would contradict each other otherwise. keys are the ways there are.
func (s *source) replaceSecrets(parent string, keys []string) {
	given := func(key string) bool { return s.vars[join(parent, key)] != "" }
	if !slices.ContainsFunc(keys, given) {
		return
	}
	for _, key := range keys {
		parent, last := s.parent(join(parent, key))
		delete(parent, last)
	}
}

var (
	tokenKeys = []string{"token", "token_file", "token_command"}
	modelKeys = []string{"key", "key_file", "key_command"}
	urlKeys   = []string{"url", "url_file", "url_command"}

	webhookKeys = []string{"webhook_secret", "webhook_secret_file", "webhook_secret_command"}
)

func typeOf(key string) reflect.Type {
	t := reflect.TypeFor[Config]()
	for part := range strings.SplitSeq(key, ".") {
		t = keysOf(t)[part]
	}
	return t
}
