package config

import (
	"encoding"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// keysOf maps the keys of a struct to the types of their values.
func keysOf(t reflect.Type) map[string]reflect.Type {
	keys := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		if name := f.Tag.Get("json"); name != "-" {
			keys[name] = f.Type
		}
	}
	return keys
}

// isScalar reports whether a value of type t is one word of text in the file.
func isScalar(t reflect.Type) bool {
	if reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return true
	}
	return t.Kind() != reflect.Struct && t.Kind() != reflect.Slice
}

// expected names, for people, what a value of type t looks like.
func expected(t reflect.Type) string {
	switch {
	case t.Kind() == reflect.Slice:
		return "a list"
	case !isScalar(t):
		return "a mapping"
	}
	return "a single value"
}

func join(parent, key string) string {
	if parent == "" {
		return key
	}
	return parent + "." + key
}

// suggestion names the known key that was probably meant, if one is near.
func suggestion(key string, known map[string]reflect.Type) string {
	return meant(key, slices.Sorted(maps.Keys(known)))
}

// meant names the known word that was probably meant, else all of them.
func meant(key string, known []string) string {
	best, distance := "", 3 // three wrong letters are another word
	for _, k := range known {
		if d := edits(strings.ToLower(key), k); d < distance {
			best, distance = k, d
		}
	}
	if best == "" {
		return "; known here: " + strings.Join(known, ", ")
	}
	return "; did you mean " + best + "?"
}

// edits counts the letters to insert, delete or replace to make b of a.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}
