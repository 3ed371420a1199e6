package planner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// L6: what comments say is there is compared before it is asked for again, and
// the plan says that it did not read it.
func TestWorkThatIsThere(t *testing.T) {
	t.Parallel()
	said := func(key, body string) Issue {
		return Issue{Key: key, Summary: "Explain the desk of " + key, Description: "Clerks ask how the desk works.", Comments: []Comment{{Author: Person{Name: "Noor"}, Body: body}}}
	}
	p := Build(Input{Session: testSession("x"), Issues: []Issue{
		said("PAY-1", "Documented at https://wiki.example/desk"),
		said("PAY-2", "PR pending: https://github.com/acme/desk/pull/7"),
		said("PAY-3", "See https://wiki.example/other for how others do it."),
	}})
	before := strings.Join(p.Before, "\n")
	assert.Contains(t, before, "Whoever reported the tickets reads what comments link to, so that nothing is asked for twice: the page for PAY-1 and the code change for PAY-2.")
	assert.Contains(t, strings.Join(p.Assumptions, "\n"), "what they link to was not read")
	p = Build(Input{Session: testSession("x"), Issues: []Issue{said("PAY-3", "See https://wiki.example/other for how others do it.")}})
	assert.NotContains(t, strings.Join(p.Before, "\n"), "asked for twice")
}
