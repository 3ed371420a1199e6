package jira

import "fmt"

// SelectionJQL matches what a person's jql does, in its order, within the
// team's own JQL. It is an explicit choice, so finished issues are not left out.
func (c *Client) SelectionJQL(base, jql string) (string, error) {
	clause, _, err := splitOrder(base)
	if err != nil {
		return "", fmt.Errorf("the JQL %q: %w", base, err)
	}
	if clause != "" {
		clause = "(" + clause + ")"
	}
	return within(jql, clause)
}
