package confluencetest

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"refine/internal/lazyregexp"
)

// A cqlField is a field of the query language: the operators it takes and what
// they mean.
type cqlField struct {
	operators []string
	test      func(op string, values []string) (predicate, error)
	compare   func(a, b *entry) int // nil: cannot be sorted by
}

var (
	equality = []string{"=", "!=", "in", "not in"}
	ranges   = []string{"=", "!=", ">", ">=", "<", "<="}
)

func fieldNamed(name string) (cqlField, error) {
	if f, ok := cqlFields[strings.ToLower(name)]; ok {
		return f, nil
	}
	return cqlField{}, badCQL("Unsupported CQL field '%s' for this resource", name)
}

var cqlFields = map[string]cqlField{
	"type":     {equality, testType, nil},
	"space":    one(func(e *entry) string { return e.space }),
	"id":       one(func(e *entry) string { return e.page.id }),
	"content":  one(func(e *entry) string { return e.page.id }),
	"parent":   one(func(e *entry) string { return e.parent }),
	"creator":  one(func(e *entry) string { return e.creator.AccountID }),
	"ancestor": anyOf(func(e *entry) []string { return e.ancestors }),
	"label":    anyOf(labelNames),
	"title": {
		append([]string{"~", "!~"}, equality...), testTitle,
		func(a, b *entry) int { return cmp.Compare(strings.ToLower(a.title), strings.ToLower(b.title)) },
	},
	"text":         {[]string{"~", "!~"}, testText, nil},
	"created":      date(func(e *entry) time.Time { return e.created }),
	"lastmodified": date(func(e *entry) time.Time { return e.modified }),
}

func labelNames(e *entry) []string {
	var names []string
	for _, l := range e.labels {
		names = append(names, l.name)
	}
	return names
}

// one is a field with one value.
func one(get func(*entry) string) cqlField {
	return anyOf(func(e *entry) []string { return []string{get(e)} })
}

// anyOf is a field with several values, of which one is enough.
func anyOf(get func(*entry) []string) cqlField {
	return cqlField{operators: equality, test: func(op string, values []string) (predicate, error) {
		return negated(op, func(e *entry) bool {
			return slices.ContainsFunc(get(e), func(v string) bool {
				return slices.ContainsFunc(values, func(w string) bool { return strings.EqualFold(v, w) })
			})
		}), nil
	}}
}

// negated turns the test around for "!=", "!~" and "not in".
func negated(op string, p predicate) predicate {
	if strings.HasPrefix(op, "!") || strings.HasPrefix(op, "not") {
		return func(e *entry) bool { return !p(e) }
	}
	return p
}

// testType knows that all content here is pages.
func testType(op string, values []string) (predicate, error) {
	for _, v := range values {
		if !slices.Contains([]string{"page", "blogpost", "comment", "attachment", "folder", "whiteboard", "database"}, v) {
			return nil, badCQL("The value '%s' is not supported for field 'type'", v)
		}
	}
	return negated(op, func(*entry) bool { return slices.Contains(values, "page") }), nil
}

func testTitle(op string, values []string) (predicate, error) {
	if strings.HasSuffix(op, "~") {
		return negated(op, func(e *entry) bool { return containsWords(strings.ToLower(e.title), values[0]) }), nil
	}
	return one(func(e *entry) string { return e.title }).test(op, values)
}

func testText(op string, values []string) (predicate, error) {
	return negated(op, func(e *entry) bool {
		return containsWords(e.text(), values[0])
	}), nil
}

// containsWords is a poor man's full text search: every word of the query
// stands somewhere in the text; * at the end of a word matches its beginning.
func containsWords(text, query string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(query)) {
		if !strings.Contains(text, strings.Trim(w, `*"`)) {
			return false
		}
	}
	return true
}

func date(get func(*entry) time.Time) cqlField {
	return cqlField{
		operators: ranges,
		compare:   func(a, b *entry) int { return get(a).Compare(get(b)) },
		test: func(op string, values []string) (predicate, error) {
			from, to, err := parseCQLDate(values[0])
			if err != nil {
				return nil, err
			}
			return func(e *entry) bool { return inRange(get(e), op, from, to) }, nil
		},
	}
}

// inRange compares a time with what a literal spans: a day, a minute or, of a
// function, a moment.
func inRange(t time.Time, op string, from, to time.Time) bool {
	switch op {
	case "<":
		return t.Before(from)
	case "<=":
		return t.Before(to)
	case ">":
		return !t.Before(to)
	case ">=":
		return !t.Before(from)
	case "!=":
		return t.Before(from) || !t.Before(to)
	default:
		return !t.Before(from) && t.Before(to)
	}
}

func parseCQLDate(s string) (from, to time.Time, err error) {
	s = strings.ReplaceAll(s, "/", "-")
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil { // a function's value
		return t, t.Add(time.Millisecond), nil
	}
	if t, err := time.Parse("2006-01-02 15:04", s); err == nil {
		return t, t.Add(time.Minute), nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return t, t, badCQL("The date '%s' is not of the form yyyy-MM-dd or yyyy-MM-dd HH:mm", s)
	}
	return t, t.AddDate(0, 0, 1), nil
}

// function evaluates a function to the text its value is compared by.
func (c cqlContext) function(name, arg string) (string, error) {
	day := time.Date(c.now.Year(), c.now.Month(), c.now.Day(), 0, 0, 0, 0, time.UTC)
	starts := map[string]time.Time{
		"now":          c.now,
		"startofday":   day,
		"startofweek":  day.AddDate(0, 0, -int(day.Weekday())),
		"startofmonth": day.AddDate(0, 0, 1-day.Day()),
		"startofyear":  day.AddDate(0, 0, 1-day.YearDay()),
	}
	if strings.EqualFold(name, "currentUser") && arg == "" {
		return c.me.AccountID, nil
	}
	start, ok := starts[strings.ToLower(name)]
	if !ok {
		return "", badCQL("Unknown function '%s'", name)
	}
	moved, err := increment(start, arg)
	return moved.Format(time.RFC3339Nano), err
}

var cqlIncrement = lazyregexp.New(`^([+-]?\d+)([yMwdhm])$`)

// increment moves a time by what a function's argument says: "-4w", "2d".
func increment(t time.Time, by string) (time.Time, error) {
	if by == "" {
		return t, nil
	}
	m := cqlIncrement.FindStringSubmatch(by)
	if m == nil {
		return t, badCQL("The increment '%s' is not of the form -4w", by)
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return t, badCQL("The increment '%s' is too large", by)
	}
	switch m[2] {
	case "y":
		return t.AddDate(n, 0, 0), nil
	case "M":
		return t.AddDate(0, n, 0), nil
	case "w":
		return t.AddDate(0, 0, 7*n), nil
	case "d":
		return t.AddDate(0, 0, n), nil
	case "h":
		return t.Add(time.Duration(n) * time.Hour), nil
	default:
		return t.Add(time.Duration(n) * time.Minute), nil
	}
}
