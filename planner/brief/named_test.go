package brief_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/brief"
	"refine/planner/ticket"
)

// L14: a thing that two titles name and nothing else speaks of is told, once for two
// tickets; what a link joins, another ticket or the epic speaks of, is not.
func TestNamed(t *testing.T) {
	t.Parallel()
	titled := func(key, title string) ticket.Issue {
		i := described(key, "A reader renews a loan.")
		i.Summary = title
		return i
	}
	first, second := titled("LIB-1", "Upgrade CXF of RenewalService for faster loans"), titled("LIB-2", "RenewalService needs an upgrade to CXF 3, loans are slow")
	linked, third := first, described("LIB-3", "A reader keeps a card for CXF.")
	linked.Links = []ticket.Link{link("relates to", "LIB-2", "Open")}
	both := []brief.Named{{Name: "CXF", Keys: []string{"LIB-1", "LIB-2"}}}
	for name, c := range map[string]struct {
		issues []ticket.Issue
		want   []brief.Named
	}{
		"two titles":             {[]ticket.Issue{first, second}, both},
		"one version":            {[]ticket.Issue{titled("LIB-1", "Upgrade RenewalService to CXF 3.1.7 for faster loans"), titled("LIB-2", "RenewalService needs an upgrade, CXF  3.1.7.")}, []brief.Named{{Name: "CXF 3.1.7", Same: true, Keys: both[0].Keys}}},
		"a link joins them":      {[]ticket.Issue{linked, second}, nil},
		"a third speaks of one":  {[]ticket.Issue{first, second, third}, []brief.Named{{Name: "RenewalService", Keys: both[0].Keys}}},
		"the name alone":         {[]ticket.Issue{titled("LIB-1", "CXF on the desk"), titled("LIB-2", "Logs of CXF")}, nil},
		"a name of too many":     {[]ticket.Issue{titled("LIB-1", "iOS cards"), titled("LIB-2", "iOS loans")}, nil},
		"a word that is no name": {[]ticket.Issue{titled("LIB-1", "Cards for readers"), titled("LIB-2", "Cards for schools")}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, made(c.issues...).Named)
		})
	}
}
