package jiratest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// evaluator turns a query into a test. It collects everything that is wrong
// with the query's fields and values, as Jira answers them all at once.
type evaluator struct {
	s        *Server
	lenient  bool // values that do not exist match nothing, with a warning
	problems []string
	warnings []string
	depth    int // of filters within filters
}

func (e *evaluator) refuse(format string, args ...any) {
	e.problems = append(e.problems, fmt.Sprintf(format, args...))
}

func (e *evaluator) unknownValue(format, value, field string) {
	message := fmt.Sprintf(format, value, field)
	if e.lenient {
		e.warnings = append(e.warnings, message)
		return
	}
	e.problems = append(e.problems, message)
}

// found is what a query selects, in its order.
type found struct {
	issues   []*Issue
	warnings []string
}

// search runs JQL over the issues the account may see.
func (s *Server) search(jql string, lenient bool, from map[string]*Issue) (found, error) {
	q, err := parseJQL(jql)
	if err != nil {
		return found{}, err
	}
	if s.cloud && q.where == nil {
		return found{}, refuse(http.StatusBadRequest, "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.")
	}
	if s.cloud && len(q.order) > 7 {
		return found{}, refuse(http.StatusBadRequest, "The ORDER BY clause has %d fields, the maximum is 7.", len(q.order))
	}
	e := &evaluator{s: s, lenient: lenient && !s.validating}
	meets := e.compile(q.where, false)
	order := e.order(q.order)
	if len(e.problems) > 0 {
		if s.mostTold > 0 {
			e.problems = e.problems[:min(len(e.problems), s.mostTold)]
		}
		return found{}, &refusal{status: http.StatusBadRequest, messages: e.problems}
	}
	var issues []*Issue
	for _, i := range from {
		if s.visible(i) && meets(i) {
			issues = append(issues, i)
		}
	}
	slices.SortFunc(issues, order)
	return found{issues, e.warnings}, nil
}

// compile pushes a negation down to the comparisons, as Jira does. So it is
// the comparison that decides what becomes of issues without a value.
func (e *evaluator) compile(c clause, negate bool) test {
	switch c := c.(type) {
	case nil:
		return func(*Issue) bool { return true }
	case negation:
		return e.compile(c.of, !negate)
	case conjunction:
		return e.join(c, negate, !negate)
	case disjunction:
		return e.join(c, negate, negate)
	default:
		return e.comparison(c.(comparison), negate)
	}
}

// join wants all of its parts, or any.
func (e *evaluator) join(parts []clause, negate, all bool) test {
	tests := make([]test, len(parts))
	for n, part := range parts {
		tests[n] = e.compile(part, negate)
	}
	return func(i *Issue) bool {
		return slices.ContainsFunc(tests, func(t test) bool { return t(i) != all }) != all
	}
}

// opposites of the operators.
var opposites = map[string]string{
	"=": "!=", "!=": "=", "~": "!~", "!~": "~", "in": "not in", "not in": "in", "is": "is not", "is not": "is",
	"<": ">=", ">=": "<", ">": "<=", "<=": ">",
}

// positive pairs an operator that a searcher knows with whether it is turned around.
func positive(operator string) (string, bool) {
	switch operator {
	case "!=", "!~", "not in", "is not":
		return opposites[operator], true
	default:
		return operator, false
	}
}

func (e *evaluator) comparison(c comparison, negate bool) test {
	if negate {
		c.operator = opposites[c.operator]
	}
	f := e.s.clause(c.field)
	if f == nil || f.search == nil {
		e.refuse("Field '%s' does not exist or you do not have permission to view it.", c.field)
		return never
	}
	operator, turned := positive(c.operator)
	if !e.supported(f, c.operator, operator) {
		return never
	}
	values, wantsEmpty, ok := e.values(f, c)
	if !ok {
		return never
	}
	return e.compare(f, c.field, operator, turned, values, wantsEmpty)
}

// supported refuses operators that the field does not have.
func (e *evaluator) supported(f *field, written, operator string) bool {
	kind := operator
	if strings.ContainsAny(kind, "<>") {
		kind = "<"
	}
	if slices.Contains(strings.Fields(f.search.supports()), kind) {
		return true
	}
	e.refuse("The operator '%s' is not supported by the '%s' field.", written, f.clauses[0])
	return false
}

// values are what the field is compared with, functions called.
func (e *evaluator) values(f *field, c comparison) (values []string, wantsEmpty, ok bool) {
	for _, o := range c.operands {
		switch {
		case o.empty && !e.takesEmpty(f, c):
			return nil, false, false
		case o.empty:
			wantsEmpty = true
		case c.operator == "is" || c.operator == "is not":
			e.refuse("The value '%s' is not supported by the operator '%s': only EMPTY and NULL are.", o.text, c.operator)
			return nil, false, false
		case o.function != "":
			called, known := f.search.call(e, o.function, o.args)
			if !known {
				e.refuse("Unable to find JQL function '%s(%s)'.", o.function, strings.Join(o.args, ", "))
				return nil, false, false
			}
			values = append(values, called...)
		case standsForEmpty(f, o.text):
			wantsEmpty = true
		default:
			values = append(values, o.text)
		}
	}
	return values, wantsEmpty, true
}

func standsForEmpty(f *field, value string) bool {
	c, ok := f.search.(choice)
	return ok && c.emptyName != "" && strings.EqualFold(c.emptyName, value)
}

func (e *evaluator) takesEmpty(f *field, c comparison) bool {
	if slices.Contains(strings.Fields(f.search.supports()), "is") && !strings.ContainsAny(c.operator, "<>") {
		return true
	}
	e.refuse("The field '%s' does not support searching for EMPTY values.", c.field)
	return false
}

func (e *evaluator) compare(f *field, name, operator string, turned bool, values []string, wantsEmpty bool) test {
	if operator == "in" {
		operator = "="
	}
	tests := make([]test, len(values))
	for n, value := range values {
		tests[n] = f.search.compile(e, name, operator, value)
	}
	return func(i *Issue) bool {
		if f.search.empty(e, i) {
			return wantsEmpty && !turned
		}
		met := slices.ContainsFunc(tests, func(t test) bool { return t(i) })
		return met != turned
	}
}

// order sorts by the query's keys. Without any, the newest issue comes first.
func (e *evaluator) order(keys []sortKey) func(a, b *Issue) int {
	if len(keys) == 0 {
		return func(a, b *Issue) int { return byID(b, a) }
	}
	var compares []func(a, b *Issue) int
	for _, key := range keys {
		f := e.s.clause(key.field)
		switch {
		case f == nil:
			e.refuse("Field '%s' does not exist or you do not have permission to view it.", key.field)
			continue
		case f.order == nil:
			e.refuse("Not able to sort using field '%s'.", key.field)
			continue
		case key.descending:
			compares = append(compares, func(a, b *Issue) int { return f.order(e.s, b, a) })
		default:
			compares = append(compares, func(a, b *Issue) int { return f.order(e.s, a, b) })
		}
	}
	return func(a, b *Issue) int {
		for _, compare := range compares {
			if c := compare(a, b); c != 0 {
				return c
			}
		}
		return byID(a, b)
	}
}

// clause finds a field by a name JQL knows it by.
func (s *Server) clause(name string) *field {
	for _, f := range s.fields {
		if slices.ContainsFunc(f.clauses, func(c string) bool { return strings.EqualFold(c, name) }) {
			return f
		}
	}
	return nil
}
