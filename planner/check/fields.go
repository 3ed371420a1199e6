package check

import (
	"fmt"
	"strings"

	"refine/planner/draft"
	"refine/planner/ticket"
)

// fields wants "KEY is High" to be true of that ticket wherever the value is one
// that priorities or statuses of the session have.
func (k *knowledge) fields(l draft.Line, _ part) string {
	text := draft.Outside(l.Text)
	for _, span := range ticket.KeySpans(text) {
		key, value := text[span[0]:span[1]], valueAfter(text[span[1]:])
		t := k.Brief.Ticket(key)
		if t == nil || value == "" {
			continue
		}
		for _, name := range []string{"priority", "status"} {
			values, _ := fieldValues(t.Issue, name)
			if k.isValue(name, value) && !strings.EqualFold(strings.Join(values, ""), value) {
				return fmt.Sprintf("the %s of %s is %s, not %s", name, key, orNone(values), value)
			}
		}
	}
	return ""
}

// valueAfter is the word that a text says a key is.
func valueAfter(rest string) string {
	rest, ok := strings.CutPrefix(rest, " is ")
	if !ok {
		return ""
	}
	value, _, _ := strings.Cut(rest, " ")
	return strings.TrimRight(value, ".,;:")
}

// isValue reports whether a field of some ticket has the value.
func (k *knowledge) isValue(name, value string) bool {
	for t := range k.tickets() {
		values, _ := fieldValues(t.Issue, name)
		if len(values) == 1 && strings.EqualFold(values[0], value) {
			return true
		}
	}
	return false
}
