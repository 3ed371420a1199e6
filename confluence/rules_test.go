package confluence_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/planner"
	"refine/planner/guide"
	"refine/planner/ready"
)

// L8: an item's rules stand on the page, closed, each with its sentence and what
// shows it.
func TestPageShowsRules(t *testing.T) {
	t.Parallel()
	p := formatPlan(t, guide.BuiltIn(guide.Default))
	p.Items[1].Rules = append(p.Items[1].Rules, ready.Result{Rule: "has-mockup", Sentence: "links a mock-up", Severity: ready.Advice, State: ready.NotMet})
	for product, style := range styles {
		body, text := pageOf(t, p, style)
		assert.Equal(t, len(p.Items)+1, strings.Count(body, `ac:name="expand"`), "%s: one for each item, one for the guide", product)
		for _, want := range []string{
			"Definition of Ready: " + p.Items[0].Rules.String(), "says more than its title (no-description)", "“Customers forget” (description)",
			"leaves no question open (open-question", p.Items[1].Findings[0].Message + " “Invoice export” (summary)",
		} {
			assert.True(t, strings.Contains(text, want) || strings.Contains(body, want), "%s: %s", product, want)
		}
		for _, lozenge := range []string{"Not met", "Advice"} {
			assert.Contains(t, body, `<ac:parameter ac:name="title">`+lozenge+`</ac:parameter>`, product)
		}
		for _, said := range []string{"Nothing was found against: ", "waits for nothing that is not done (dependency: ", "Does not apply, as it holds no user story: atomic, "} {
			assert.Contains(t, text, said, product)
		}
	}
}

// L8 C3: a page that was published before its items had rules gets them with the
// next refresh, and what people wrote stays; where a person has changed the item
// it stays as it is.
func TestOlderPageGetsRules(t *testing.T) {
	t.Parallel()
	p := formatPlan(t, guide.BuiltIn(guide.Default))
	older := p
	older.Items = append([]planner.Item(nil), p.Items...)
	for n := range older.Items {
		older.Items[n].Rules = nil
	}
	style := styles["Cloud"]
	first := confluence.Render(older, style)
	known, edited := prints(t, first), "item/"+p.Items[0].Issue.Key
	for n := range first {
		if first[n].ID == edited {
			first[n].Body = strings.Replace(first[n].Body, "What is missing", "What it lacks, I think", 1)
		}
	}
	body := confluence.Assemble(first)
	next, err := confluence.RenderFor(body, p, style, nil)
	require.NoError(t, err)
	m := merge(t, body, known, next)
	assert.Equal(t, []string{edited}, m.Kept)
	assert.Contains(t, m.Body, "What it lacks, I think")
	assert.Equal(t, len(p.Items)-1, strings.Count(m.Body, "Definition of Ready: "))
}

// What is ours says the same on a page that stands as on a new one, and is not written again;
// tasks of new sections have ids that the page does not have.
func TestRenderForWhatIsKnown(t *testing.T) {
	t.Parallel()
	p := formatPlan(t, guide.BuiltIn(guide.Default))
	for product, style := range styles {
		first := confluence.Render(p, style)
		body := confluence.Assemble(first)
		want, err := confluence.RenderFor(body, p, style, nil)
		require.NoError(t, err)
		got, err := confluence.RenderFor(body, p, style, first)
		require.NoError(t, err)
		assert.Equal(t, want, got, product)
		assert.NotEqual(t, first, got, product)
	}
}
