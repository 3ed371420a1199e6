package confluence_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// S7 S11 A2 A3: what somebody in a hurry typed, and where it went at first: nowhere,
// or to the wrong ticket.
func TestTypedInAHurry(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		key, heading, markup string
		want                 []string
	}{
		"two lines below the form's own": {"PAY-2", "Decisions", `<p>use CSV</p><p>keep it for a year</p>`, []string{"decision PAY-2 use CSV", "decision PAY-2 keep it for a year"}},
		"a heading of key and part":      {"PAY-2", "Acceptance criteria", `<h3>PAY-3 decisions</h3><p>use CSV</p>`, []string{"decision PAY-3 use CSV"}},
		"a key as a heading of its own":  {"PAY-2", "Decisions", `<h4>PAY-3</h4><p>use CSV</p>`, []string{"decision PAY-3 use CSV"}},
		"keys alone say nothing":         {"PAY-2", "Decisions", `<ul><li>PAY-3:</li></ul>`, []string{"listed PAY-2 PAY-3:"}},
		"a tick that is typed":           {"PAY-2", "Action items", `<p>[x] ask legal</p>`, []string{"action PAY-2 ask legal"}},
		"a tick in a typed box":          {"PAY-2", "Action items", `<p>[✓] ask legal</p>`, []string{"action PAY-2 ask legal"}},
		"columns that are words": {"PAY-2", "Action items", `<table><tbody><tr><th>Action</th><th>Owner</th><th>Due</th></tr><tr><td>ask legal</td><td>Noor</td><td>next Friday</td></tr></tbody></table>`,
			[]string{"action PAY-2 ask legal – Noor – next Friday"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onBoth(t, func(t *testing.T, page written) {
				assert.Equal(t, c.want, page.under(t, c.key, c.heading, c.markup).read(t))
			})
		})
	}
}

// S11: on Data Center the form begins with a lozenge; what is typed below that line,
// and not on it, stands in the same place.
func TestTypedBelowTheLozenge(t *testing.T) {
	t.Parallel()
	const hint = `<ac:placeholder>Type what was decided, and why</ac:placeholder></p>`
	page := publishedPage(t, styles["Data Center"], linkedPlan(t)).with(t, hint, hint+`<p>use CSV</p><p>keep it for a year</p><p>ask nobody</p>`)
	key := page.read(t)
	assert.Len(t, key, 3)
	for _, line := range key {
		assert.Contains(t, line, "decision PAY-", line)
	}
}
