package config

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type schema struct {
	Type                 string
	Description          string
	Properties           map[string]schema
	Items                *schema
	Enum                 []string
	Required             []string
	AdditionalProperties *bool
}

// The schema has every key of the file and no other, all of them described.
func TestSchema(t *testing.T) {
	t.Parallel()
	text, err := Schema()
	require.NoError(t, err)
	var s schema
	require.NoError(t, json.Unmarshal(text, &s))
	compare(t, s, reflect.TypeFor[Config](), "")
	assert.Equal(t, []string{"name"}, s.Properties["teams"].Items.Required)
	assert.Equal(t, "string", s.Properties["http"].Properties["timeout"].Type)
	assert.Equal(t, "string", s.Properties["jira"].Properties["auth"].Properties["token"].Type)
	rule := s.Properties["teams"].Items.Properties["ready"].Properties["rules"].Items.Properties
	assert.Equal(t, severities, rule["severity"].Enum)
	assert.Equal(t, ruleTexts, rule["in"].Enum)
	assert.ElementsMatch(t, FieldNames, s.Properties["fields"].Items.Properties["name"].Enum)
}

func compare(t *testing.T, s schema, typ reflect.Type, key string) {
	if isScalar(typ) {
		if !strings.HasSuffix(key, "[]") { // a word of a list is described by its list
			assert.NotEmpty(t, s.Description, key)
		}
		return
	}
	if typ.Kind() == reflect.Slice {
		require.NotNil(t, s.Items, key)
		compare(t, *s.Items, typ.Elem(), key+"[]")
		return
	}
	require.NotNil(t, s.AdditionalProperties, key)
	assert.False(t, *s.AdditionalProperties, key)
	known := keysOf(typ)
	assert.Len(t, s.Properties, len(known), key)
	for name, of := range known {
		require.Contains(t, s.Properties, name, key)
		compare(t, s.Properties[name], of, join(key, name))
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(least)
	f.Add(Example)
	f.Add("a: &a [*a]")
	f.Add("jira: &j {<<: *j}")
	f.Fuzz(func(t *testing.T, text string) {
		s, _ := read("")
		s.file = FileName
		if s.parse([]byte(text)) == nil && len(s.faults) == 0 {
			_, err := s.decode()
			require.NoError(t, err, "what has the right shape can be decoded")
		}
	})
}
