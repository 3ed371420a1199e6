package jiratest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"refine/internal/lazyregexp"
)

// test says whether an issue meets a clause.
type test func(*Issue) bool

func never(*Issue) bool { return false }

// A searcher knows how one kind of field is compared. It never sees the
// negative operators: the evaluator turns them around.
type searcher interface {
	// empty says whether the issue has no value; such an issue meets neither
	// a comparison nor its opposite.
	empty(*evaluator, *Issue) bool
	// supports lists the operators, of = ~ < in is.
	supports() string
	// compile turns one operator and value into a test.
	compile(e *evaluator, field, operator, value string) test
	// call returns the values of a function, false if the field has none of that name.
	call(e *evaluator, function string, args []string) ([]string, bool)
}

// choice is a field whose values are things with names and ids.
type choice struct {
	// values are all the names and ids by which the issue's values are known.
	values func(*evaluator, *Issue) []string
	// known says what the site has; nil takes any value.
	known func(*evaluator, string) bool
	// unknown is how a value that is not known is refused, given value and field.
	unknown string
	// always has a value: EMPTY cannot be asked for.
	always bool
	// emptyName is a value that stands for having none.
	emptyName string
	// position orders values, for < and >; nil if they have no order.
	position  func(*evaluator, string) int
	functions func(e *evaluator, name string, args []string) ([]string, bool)
}

func (c choice) empty(e *evaluator, i *Issue) bool { return len(c.values(e, i)) == 0 }

func (c choice) supports() string {
	operators := "= in"
	if c.position != nil {
		operators += " <"
	}
	if !c.always {
		operators += " is"
	}
	return operators
}

func (c choice) compile(e *evaluator, field, operator, value string) test {
	if c.known != nil && !c.known(e, value) {
		e.unknownValue(cmp.Or(c.unknown, "The value '%s' does not exist for the field '%s'."), value, field)
		return never
	}
	if operator == "=" {
		return func(i *Issue) bool {
			return slices.ContainsFunc(c.values(e, i), func(v string) bool { return strings.EqualFold(v, value) })
		}
	}
	limit := c.position(e, value)
	return func(i *Issue) bool { return ordered(operator, cmp.Compare(c.position(e, c.values(e, i)[0]), limit)) }
}

func (c choice) call(e *evaluator, function string, args []string) ([]string, bool) {
	if c.functions == nil {
		return nil, false
	}
	return c.functions(e, strings.ToLower(function), args)
}

// ordered reads the outcome of a comparison.
func ordered(operator string, compared int) bool {
	switch operator {
	case "<":
		return compared < 0
	case "<=":
		return compared <= 0
	case ">":
		return compared > 0
	case ">=":
		return compared >= 0
	default:
		return compared == 0
	}
}

// words is a field of running text.
type words func(*Issue) string

func (w words) empty(_ *evaluator, i *Issue) bool { return strings.TrimSpace(w(i)) == "" }
func (words) supports() string                    { return "~ is" }

func (words) call(*evaluator, string, []string) ([]string, bool) { return nil, false }

// compile wants every word of the value, or the value as a phrase if it stands
// in quotes of its own; a star at the end stands for any ending.
func (w words) compile(e *evaluator, field, _, value string) test {
	phrase, isPhrase := quotedPhrase(value)
	wanted := splitWords(phrase, true)
	if len(wanted) == 0 {
		e.refuse("The text searcher for field '%s' needs at least one word.", field)
		return never
	}
	return func(i *Issue) bool {
		have := splitWords(w(i), false)
		if isPhrase {
			return hasPhrase(have, wanted)
		}
		return !slices.ContainsFunc(wanted, func(word string) bool { return !hasWord(have, word) })
	}
}

func quotedPhrase(value string) (string, bool) {
	if len(value) > 1 && strings.HasPrefix(value, `"`) && strings.HasSuffix(value, `"`) {
		return value[1 : len(value)-1], true
	}
	return value, false
}

func splitWords(text string, stars bool) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && (r != '*' || !stars)
	})
}

func hasWord(have []string, wanted string) bool {
	stem, any := strings.CutSuffix(wanted, "*")
	return slices.ContainsFunc(have, func(word string) bool {
		return word == wanted || any && strings.HasPrefix(word, stem)
	})
}

func hasPhrase(have, wanted []string) bool {
	for n := range len(have) - len(wanted) + 1 {
		if slices.Equal(have[n:n+len(wanted)], wanted) {
			return true
		}
	}
	return false
}

// number is a field with a quantity.
type number func(*Issue) *float64

func (n number) empty(_ *evaluator, i *Issue) bool { return n(i) == nil }
func (number) supports() string                    { return "= in < is" }

func (number) call(*evaluator, string, []string) ([]string, bool) { return nil, false }

func (n number) compile(e *evaluator, field, operator, value string) test {
	limit, err := strconv.ParseFloat(value, 64)
	if err != nil {
		e.refuse("'%s' is an invalid numeric value for field '%s'.", value, field)
		return never
	}
	return func(i *Issue) bool { return ordered(operator, cmp.Compare(*n(i), limit)) }
}

// moment is a field with a date and maybe a time.
type moment func(*Issue) time.Time

func (m moment) empty(_ *evaluator, i *Issue) bool { return m(i).IsZero() }
func (moment) supports() string                    { return "= in < is" }

func (m moment) compile(e *evaluator, field, operator, value string) test {
	limit, ok := e.date(value)
	if !ok {
		e.refuse("Date value '%s' for field '%s' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.", value, field)
		return never
	}
	return func(i *Issue) bool { return ordered(operator, m(i).Compare(limit)) }
}

// call computes now() and the starts and ends of days, weeks, months, years.
func (moment) call(e *evaluator, function string, args []string) ([]string, bool) {
	at := e.s.now()
	if len(args) > 0 {
		moved, ok := shift(at, strings.Trim(args[0], `"`))
		if !ok {
			return nil, false
		}
		at = moved
	}
	edge, ok := calendarEdge(strings.ToLower(function), at)
	return []string{edge.Format(time.RFC3339Nano)}, ok
}

func calendarEdge(function string, at time.Time) (time.Time, bool) {
	year, month, day := at.Date()
	midnight := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	weekday := int(at.Weekday())
	switch function {
	case "now":
		return at, true
	case "startofday":
		return midnight(year, month, day), true
	case "endofday":
		return midnight(year, month, day+1).Add(-time.Millisecond), true
	case "startofweek":
		return midnight(year, month, day-weekday), true
	case "endofweek":
		return midnight(year, month, day-weekday+7).Add(-time.Millisecond), true
	case "startofmonth":
		return midnight(year, month, 1), true
	case "endofmonth":
		return midnight(year, month+1, 1).Add(-time.Millisecond), true
	case "startofyear":
		return midnight(year, 1, 1), true
	case "endofyear":
		return midnight(year+1, 1, 1).Add(-time.Millisecond), true
	default:
		return time.Time{}, false
	}
}

// date reads a date, or a period counted from now.
func (e *evaluator) date(value string) (time.Time, bool) {
	for _, layout := range []string{time.DateOnly, "2006/01/02", "2006-01-02 15:04", "2006/01/02 15:04", time.RFC3339Nano} {
		if at, err := time.Parse(layout, value); err == nil {
			return at, true
		}
	}
	return shift(e.s.now(), value)
}

var (
	period     = lazyregexp.New(`^([+-]?)((?:\d+[yMwdhm]\s*)+)$`)
	periodPart = lazyregexp.New(`(\d+)([yMwdhm])`)
)

// shift moves a moment by a period such as -7d or 4w 2d.
func shift(at time.Time, text string) (time.Time, bool) {
	found := period.FindStringSubmatch(strings.TrimSpace(text))
	if found == nil {
		return time.Time{}, false
	}
	for _, part := range periodPart.FindAllStringSubmatch(found[2], -1) {
		n, err := strconv.Atoi(part[1])
		if err != nil {
			return time.Time{}, false
		}
		if found[1] == "-" {
			n = -n
		}
		at = shiftBy(at, n, part[2])
	}
	return at, true
}

func shiftBy(at time.Time, n int, unit string) time.Time {
	switch unit {
	case "y":
		return at.AddDate(n, 0, 0)
	case "M":
		return at.AddDate(0, n, 0)
	case "w":
		return at.AddDate(0, 0, 7*n)
	case "d":
		return at.AddDate(0, 0, n)
	case "h":
		return at.Add(time.Duration(n) * time.Hour)
	default:
		return at.Add(time.Duration(n) * time.Minute)
	}
}

// savedFilter is the field that stands for a whole query.
type savedFilter struct{}

func (savedFilter) empty(*evaluator, *Issue) bool { return false }
func (savedFilter) supports() string              { return "= in" }

func (savedFilter) call(*evaluator, string, []string) ([]string, bool) { return nil, false }

func (savedFilter) compile(e *evaluator, field, _, value string) test {
	found, ok := named(e.s.filters, func(f filter) Named { return Named{f.ID, f.Name} }, value)
	if !ok {
		e.unknownValue("The value '%s' does not exist for the field '%s'.", value, field)
		return never
	}
	if e.depth++; e.depth > 10 {
		e.refuse("Field '%s' contains a cyclic reference to filter '%s'.", field, value)
		return never
	}
	defer func() { e.depth-- }()
	q, err := parseJQL(found.JQL)
	if err != nil {
		e.refuse("%s", fmt.Sprintf("The filter '%s' cannot be read.", value))
		return never
	}
	return e.compile(q.where, false)
}
