package confluencetest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// cql is a query in Confluence's query language, ready to be asked.
type cql struct {
	where func(*entry) bool // nil: everything
	order []ordering
}

// An ordering is one key of ORDER BY.
type ordering struct {
	compare    func(a, b *entry) int
	descending bool
}

func (q *cql) match(e *entry) bool { return q.where == nil || q.where(e) }

// sort orders what was found; without ORDER BY the service orders by relevance,
// here by age.
func (q *cql) sort(found []entry) {
	slices.SortStableFunc(found, func(a, b entry) int {
		for _, o := range q.order {
			c := o.compare(&a, &b)
			if o.descending {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return 0
	})
}

// A cqlError is a query that cannot be evaluated.
type cqlError struct{ msg string }

func (e *cqlError) Error() string { return "Could not parse cql : " + e.msg }

func badCQL(format string, args ...any) error { return &cqlError{fmt.Sprintf(format, args...)} }

// cqlContext is what the functions of the language refer to.
type cqlContext struct {
	now time.Time
	me  *User
}

// parseCQL reads a query. What it cannot evaluate is an error, never an empty
// result.
func parseCQL(query string, ctx cqlContext) (*cql, error) {
	tokens, err := lexCQL(query)
	if err != nil {
		return nil, err
	}
	p := &cqlParser{tokens: tokens, ctx: ctx}
	q := &cql{}
	if !p.peek("order") {
		if q.where, err = p.or(); err != nil {
			return nil, err
		}
	}
	if p.accept("order") {
		if q.order, err = p.orderBy(); err != nil {
			return nil, err
		}
	}
	if !p.atEnd() {
		return nil, badCQL("unexpected '%s'", p.next().text)
	}
	return q, nil
}

// cqlParser is a recursive descent over the tokens:
//
//	or := and {OR and}; and := not {AND not}; not := [NOT] ( '(' or ')' | clause )
type cqlParser struct {
	tokens []token
	ctx    cqlContext
}

type predicate = func(*entry) bool

func (p *cqlParser) or() (predicate, error) {
	left, err := p.and()
	for err == nil && p.accept("or") {
		var right predicate
		if right, err = p.and(); err == nil {
			l := left
			left = func(e *entry) bool { return l(e) || right(e) }
		}
	}
	return left, err
}

func (p *cqlParser) and() (predicate, error) {
	left, err := p.not()
	for err == nil && p.accept("and") {
		var right predicate
		if right, err = p.not(); err == nil {
			l := left
			left = func(e *entry) bool { return l(e) && right(e) }
		}
	}
	return left, err
}

func (p *cqlParser) not() (predicate, error) {
	if p.accept("not") {
		inner, err := p.not()
		return func(e *entry) bool { return !inner(e) }, err
	}
	if !p.accept("(") {
		return p.clause()
	}
	inner, err := p.or()
	if err == nil && !p.accept(")") {
		err = badCQL("expecting ')' but got '%s'", p.next().text)
	}
	return inner, err
}

// clause is: field operator value, or field [NOT] IN ( value, … ).
func (p *cqlParser) clause() (predicate, error) {
	name := p.next()
	if name.kind != word {
		return nil, badCQL("expecting a field but got '%s'", name.text)
	}
	f, err := fieldNamed(name.text)
	if err != nil {
		return nil, err
	}
	op := p.operator()
	if !slices.Contains(f.operators, op) {
		return nil, badCQL("Operator '%s' is not supported for field '%s'", op, name.text)
	}
	values, err := p.values(op == "in" || op == "not in")
	if err != nil {
		return nil, err
	}
	return f.test(op, values)
}

func (p *cqlParser) operator() string {
	op := strings.ToLower(p.next().text)
	if op == "not" && p.accept("in") {
		return "not in"
	}
	return op
}

func (p *cqlParser) values(list bool) ([]string, error) {
	if !list {
		v, err := p.value()
		return []string{v}, err
	}
	if !p.accept("(") {
		return nil, badCQL("expecting '(' but got '%s'", p.next().text)
	}
	var values []string
	for {
		v, err := p.value()
		if err != nil {
			return nil, err
		}
		values = append(values, v)
		if p.accept(")") {
			return values, nil
		}
		if !p.accept(",") {
			return nil, badCQL("expecting ')' but got '%s'", p.next().text)
		}
	}
}

// value is a string, a bare word, or a function.
func (p *cqlParser) value() (string, error) {
	t := p.next()
	switch {
	case t.kind == quoted:
		return t.text, nil
	case t.kind != word:
		return "", badCQL("expecting a value but got '%s'", t.text)
	case !p.accept("("):
		return t.text, nil
	}
	var arg string
	if !p.peek(")") {
		arg = p.next().text
	}
	if !p.accept(")") {
		return "", badCQL("expecting ')' but got '%s'", p.next().text)
	}
	return p.ctx.function(t.text, arg)
}

func (p *cqlParser) orderBy() ([]ordering, error) {
	if !p.accept("by") {
		return nil, badCQL("expecting 'by' but got '%s'", p.next().text)
	}
	var order []ordering
	for {
		name := p.next().text
		f, err := fieldNamed(name)
		if err != nil {
			return nil, err
		}
		if f.compare == nil {
			return nil, badCQL("Sorting by field '%s' is not supported", name)
		}
		o := ordering{compare: f.compare, descending: p.accept("desc")}
		if !o.descending {
			p.accept("asc")
		}
		order = append(order, o)
		if !p.accept(",") {
			return order, nil
		}
	}
}

func (p *cqlParser) atEnd() bool { return len(p.tokens) == 0 }

// peek reports whether the next token is that key word or sign.
func (p *cqlParser) peek(text string) bool {
	return !p.atEnd() && p.tokens[0].kind != quoted && strings.EqualFold(p.tokens[0].text, text)
}

func (p *cqlParser) accept(text string) bool {
	if !p.peek(text) {
		return false
	}
	p.tokens = p.tokens[1:]
	return true
}

func (p *cqlParser) next() token {
	if p.atEnd() {
		return token{sign, "<EOF>"}
	}
	t := p.tokens[0]
	p.tokens = p.tokens[1:]
	return t
}

type tokenKind int

const (
	word tokenKind = iota
	quoted
	sign
)

type token struct {
	kind tokenKind
	text string
}

func lexCQL(s string) ([]token, error) {
	var tokens []token
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		t, rest, err := lexOne(s)
		if err != nil {
			return nil, err
		}
		tokens, s = append(tokens, t), rest
	}
	return tokens, nil
}

func lexOne(s string) (t token, rest string, err error) {
	switch c := s[0]; {
	case c == '"' || c == '\'':
		return lexQuoted(s)
	case strings.HasPrefix(s, "!=") || strings.HasPrefix(s, "!~") || strings.HasPrefix(s, ">=") || strings.HasPrefix(s, "<="):
		return token{sign, s[:2]}, s[2:], nil
	case strings.IndexByte("=~<>(),", c) >= 0:
		return token{sign, s[:1]}, s[1:], nil
	}
	n := strings.IndexAny(s, " \t\r\n\"'=~<>(),!")
	if n < 0 {
		n = len(s)
	}
	if n == 0 {
		return token{}, "", badCQL("unexpected '%s'", s[:1])
	}
	return token{word, s[:n]}, s[n:], nil
}

func lexQuoted(s string) (token, string, error) {
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		case s[i] == s[0]:
			return token{quoted, b.String()}, s[i+1:], nil
		default:
			b.WriteByte(s[i])
		}
	}
	return token{}, "", badCQL("a string is not closed: %s", cmp.Or(s[1:], "<EOF>"))
}
