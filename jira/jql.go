package jira

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"refine/planner/ticket"
)

// open leaves out what is finished, in every language and workflow.
const open = "statusCategory != Done"

// BacklogJQL matches the issues that a team brings. Flagged and labelled issues
// are those that are open, and so are those of a board's backlog, which the clauses
// are within; JQL and filters are taken as they are.
func (c *Client) BacklogJQL(q ticket.BacklogQuery) (string, error) {
	var clauses []string
	if q.Filter != "" {
		clauses = append(clauses, FilterJQL(q.Filter))
	}
	if q.Label != "" {
		clauses = append(clauses, "labels = "+quote(q.Label))
	}
	if q.Flagged {
		f, err := c.fields().one(flagged, "Flagged")
		if err != nil {
			return "", fmt.Errorf("looking for flagged issues: %w", err)
		}
		clauses = append(clauses, f.clause()+" is not EMPTY")
	}
	if q.Label != "" || q.Flagged || q.Board != "" {
		clauses = append(clauses, open)
	}
	return within(q.JQL, strings.Join(clauses, " AND "))
}

// EpicJQL matches the open children of an epic.
func (c *Client) EpicJQL(key string) string { return c.site.epicClause(key) + " AND " + open }

// KeysJQL matches the issues with these keys, whatever their status.
func (c *Client) KeysJQL(keys []string) string { return keysJQL(keys) }

func keysJQL(keys []string) string {
	quoted := make([]string, len(keys))
	for i, k := range keys {
		quoted[i] = quote(k)
	}
	return "key in (" + strings.Join(quoted, ", ") + ")"
}

// within restricts people's own JQL to a clause. Its order is kept.
func within(base, clause string) (string, error) {
	where, order, err := splitOrder(base)
	switch {
	case err != nil:
		return "", fmt.Errorf("the JQL %q: %w", base, err)
	case where == "" && clause == "":
		return "", errors.New("the backlog asks for nothing: set flagged, jql, label, filter or board")
	case where == "":
		where = clause
	case clause != "":
		where = fmt.Sprintf("(%s) AND %s", where, clause)
	}
	return strings.TrimSpace(where + " " + order), nil
}

// ordered adds the order of the backlog to JQL that has none.
func (c *Client) ordered(jql string) (string, error) {
	where, order, err := splitOrder(jql)
	if err != nil {
		return "", fmt.Errorf("the JQL %q: %w", jql, err)
	}
	if order == "" {
		order = c.defaultOrder()
	}
	return strings.TrimSpace(where + " " + order), nil
}

func (c *Client) defaultOrder() string {
	list := c.fields()[rank]
	switch {
	case len(list) == 0:
		return "ORDER BY created ASC"
	case list[0].called("Rank"):
		return "ORDER BY Rank ASC"
	}
	return "ORDER BY " + list[0].clause() + " ASC"
}

// quote writes a value as a JQL string, whatever it contains.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsControl(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// splitOrder cuts ORDER BY off a query. What is left can be put into
// parentheses: quotes and parentheses of its own are closed.
func splitOrder(jql string) (where, order string, err error) {
	jql = strings.TrimSpace(jql)
	depth := 0
	for i := 0; i < len(jql); i++ {
		switch c := jql[i]; {
		case c == '"' || c == '\'':
			end := closing(jql, i)
			if end < 0 {
				return "", "", errors.New("a quotation mark is not closed")
			}
			i = end
		case c == '\\':
			i++ // an escaped character outside of quotes
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth < 0 {
				return "", "", errors.New("a parenthesis is closed that was not opened")
			}
		case depth == 0 && startsOrder(jql, i):
			where, order = strings.TrimSpace(jql[:i]), jql[i:]
			return where, order, errors.Join(whole(where), closed(order))
		}
	}
	if depth > 0 {
		return "", "", errors.New("a parenthesis is not closed")
	}
	return jql, "", whole(jql)
}

// whole refuses an escape without a character, which would take ours.
func whole(where string) error {
	if strings.HasSuffix(where, `\`) {
		return errors.New("it ends with a backslash")
	}
	return nil
}

// closing is the index of the quotation mark that ends the string at start.
func closing(jql string, start int) int {
	for i := start + 1; i < len(jql); i++ {
		switch jql[i] {
		case '\\':
			i++
		case jql[start]:
			return i
		}
	}
	return -1
}

// startsOrder reports whether the words ORDER BY begin at i.
func startsOrder(jql string, i int) bool {
	if i > 0 && !boundary(jql[i-1]) {
		return false
	}
	const word = "order"
	rest := jql[i:]
	if len(rest) < len(word) || !strings.EqualFold(rest[:len(word)], word) {
		return false
	}
	by := strings.TrimLeft(rest[len(word):], " \t\r\n")
	if len(by) == len(rest)-len(word) || len(by) < 2 || !strings.EqualFold(by[:2], "by") {
		return false
	}
	return len(by) == 2 || boundary(by[2])
}

func boundary(c byte) bool { return strings.IndexByte(" \t\r\n()\"'", c) >= 0 }

// closed checks the quotation marks of an order.
func closed(order string) error {
	for i := 0; i < len(order); i++ {
		if order[i] != '"' && order[i] != '\'' {
			continue
		}
		if i = closing(order, i); i < 0 {
			return errors.New("a quotation mark is not closed")
		}
	}
	return nil
}
