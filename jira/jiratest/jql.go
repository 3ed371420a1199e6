package jiratest

import (
	"slices"
	"strings"
)

// query is JQL as it was written: what an issue must meet, and the order.
type query struct {
	where clause // nil: no restriction
	order []sortKey
}

type sortKey struct {
	field      string
	descending bool
}

// clause is a conjunction, a disjunction, a negation or a comparison.
type clause interface{ clause() }

type (
	conjunction []clause
	disjunction []clause
	negation    struct{ of clause }
	// comparison looks at one field: key in (A-1, B-2).
	comparison struct {
		field    string
		operator string // lower case: =, !=, ~, in, not in, is, is not, <
		operands []operand
	}
)

func (conjunction) clause() {}
func (disjunction) clause() {}
func (negation) clause()    {}
func (comparison) clause()  {}

// operand is a value, EMPTY, or a call of a function.
type operand struct {
	text     string
	empty    bool
	function string
	args     []string
}

// parser reads tokens from left to right; the last one is the end.
type parser struct {
	tokens []token
}

func parseJQL(jql string) (query, error) {
	found, err := tokens(jql)
	if err != nil {
		return query{}, err
	}
	p := &parser{found}
	var q query
	if !p.peek().is("order") && p.peek().kind != endToken {
		if q.where, err = p.or(); err != nil {
			return query{}, err
		}
	}
	if q.order, err = p.orderBy(); err != nil {
		return query{}, err
	}
	if t := p.peek(); t.kind != endToken {
		return query{}, badJQL("Expecting either 'OR' or 'AND' but got '%s'. %s", t.text, t.at())
	}
	return q, nil
}

func (p *parser) peek() token { return p.tokens[0] }

func (p *parser) next() token {
	t := p.tokens[0]
	if t.kind != endToken {
		p.tokens = p.tokens[1:]
	}
	return t
}

// accept takes the next token if it is the keyword or sign.
func (p *parser) accept(text string) bool {
	if !p.peek().is(text) {
		return false
	}
	p.next()
	return true
}

func (p *parser) or() (clause, error) {
	first, err := p.and()
	if err != nil || !p.peek().is("or") {
		return first, err
	}
	either := disjunction{first}
	for p.accept("or") {
		more, err := p.and()
		if err != nil {
			return nil, err
		}
		either = append(either, more)
	}
	return either, nil
}

func (p *parser) and() (clause, error) {
	first, err := p.unary()
	if err != nil || !p.peek().is("and") {
		return first, err
	}
	both := conjunction{first}
	for p.accept("and") {
		more, err := p.unary()
		if err != nil {
			return nil, err
		}
		both = append(both, more)
	}
	return both, nil
}

func (p *parser) unary() (clause, error) {
	switch {
	case p.accept("not"):
		inner, err := p.unary()
		return negation{inner}, err
	case p.accept("("):
		inner, err := p.or()
		if err != nil {
			return nil, err
		}
		return inner, p.closing()
	default:
		return p.comparison()
	}
}

func (p *parser) closing() error {
	if p.accept(")") {
		return nil
	}
	if t := p.peek(); t.kind != endToken {
		return badJQL("Expecting ')' but got '%s'. %s", t.text, t.at())
	}
	return badJQL("Expecting ')' before the end of the query.")
}

func (p *parser) comparison() (clause, error) {
	field, err := p.field()
	if err != nil {
		return nil, err
	}
	c := comparison{field: field}
	if c.operator, err = p.operator(); err != nil {
		return nil, err
	}
	if c.operator == "in" || c.operator == "not in" {
		c.operands, err = p.list()
	} else {
		c.operands, err = p.single()
	}
	return c, err
}

// field is a name, in quotes where it has spaces, or cf[10001].
func (p *parser) field() (string, error) {
	t := p.next()
	switch {
	case t.kind == endToken:
		return "", badJQL("Expecting a field name at the end of the query.")
	case t.kind == textToken:
		return t.text, nil
	case t.kind != wordToken:
		return "", badJQL("Expecting a field name but got '%s'. You must surround '%s' in quotation marks to use it as a field name. %s", t.text, t.text, t.at())
	case !t.is("cf") && reservedWord(t.text):
		return "", reservedRefusal(t)
	case !p.accept("["):
		return t.text, nil
	}
	inner := p.next()
	if !p.accept("]") {
		return "", badJQL("Expecting ']' but got '%s'. %s", p.peek().text, p.peek().at())
	}
	return t.text + "[" + inner.text + "]", nil
}

func (p *parser) operator() (string, error) {
	t := p.next()
	switch {
	case t.kind == operatorToken && slices.Contains([]string{"=", "!=", "~", "!~", "<", ">", "<=", ">="}, t.text):
		return t.text, nil
	case t.is("in"):
		return "in", nil
	case t.is("not") && p.accept("in"):
		return "not in", nil
	case t.is("is") && p.accept("not"):
		return "is not", nil
	case t.is("is"):
		return "is", nil
	case t.kind == endToken:
		return "", badJQL("Expecting operator before the end of the query. The valid operators are %s.", validOperators)
	default:
		return "", badJQL("Expecting operator but got '%s'. The valid operators are %s. %s", t.text, validOperators, t.at())
	}
}

const validOperators = "'=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'"

func (p *parser) single() ([]operand, error) {
	o, err := p.operand()
	return []operand{o}, err
}

// list is values in parentheses, or one function that returns several.
func (p *parser) list() ([]operand, error) {
	if !p.accept("(") {
		o, err := p.operand()
		if err == nil && o.function == "" {
			return nil, badJQL("Expecting '(' but got '%s'.", o.text)
		}
		return []operand{o}, err
	}
	var operands []operand
	for {
		o, err := p.operand()
		if err != nil {
			return nil, err
		}
		operands = append(operands, o)
		if !p.accept(",") {
			return operands, p.closing()
		}
	}
}

func (p *parser) operand() (operand, error) {
	t := p.next()
	switch {
	case t.kind == endToken:
		return operand{}, badJQL("Expecting either a value, list or function before the end of the query.")
	case t.kind == textToken:
		return operand{text: t.text}, nil
	case t.kind != wordToken:
		return operand{}, badJQL("Expecting either a value, list or function but got '%s'. %s", t.text, t.at())
	case t.is("empty") || t.is("null"):
		return operand{empty: true}, nil
	case p.accept("("):
		args, err := p.arguments()
		return operand{function: t.text, args: args}, err
	case reservedWord(t.text):
		return operand{}, reservedRefusal(t)
	default:
		return operand{text: t.text}, nil
	}
}

func (p *parser) arguments() ([]string, error) {
	var args []string
	for !p.accept(")") {
		t := p.next()
		if t.kind == endToken {
			return nil, badJQL("Expecting ')' before the end of the query.")
		}
		args = append(args, t.text)
		if !p.accept(",") && !p.peek().is(")") {
			return nil, p.closing()
		}
	}
	return args, nil
}

func (p *parser) orderBy() ([]sortKey, error) {
	if !p.accept("order") {
		return nil, nil
	}
	if !p.accept("by") {
		return nil, badJQL("Expecting 'BY' but got '%s'. %s", p.peek().text, p.peek().at())
	}
	var keys []sortKey
	for {
		field, err := p.field()
		if err != nil {
			return nil, err
		}
		key := sortKey{field: field}
		if !p.accept("asc") {
			key.descending = p.accept("desc")
		}
		keys = append(keys, key)
		if !p.accept(",") {
			return keys, nil
		}
	}
}

func reservedRefusal(t token) error {
	return badJQL("'%s' is a reserved JQL word. You must surround it in quotation marks to use it in a query. %s", t.text, t.at())
}

func reservedWord(text string) bool {
	return slices.Contains(reservedWords, strings.ToLower(text))
}

// reservedWords cannot stand in a query without quotes.
var reservedWords = strings.Fields(`
	abort access add after alias all alter and any as asc audit avg before begin between boolean break by byte
	catch cf char character check checkpoint collate collation column commit connect continue count create
	current date decimal declare decrement default defaults define delete delimiter desc difference distinct
	divide do double drop else empty encoding end equals escape exclusive exec execute exists explain false
	fetch file field first float for from function go goto grant greater group having identified if immediate
	in increment index initial inner inout input insert int integer intersect intersection into is isempty
	isnull join last left less like limit lock long max min minus mode modify modulo more multiply next
	noaudit not notin nowait null number object of on option or order outer output power previous prior
	privileges public raise raw remainder rename resource return returns revoke right row rowid rownum rows
	select session set share size sqrt start strict string subtract sum synonym table then to trans
	transaction trigger true uid union unique update user validate values view when whenever where while with`)
