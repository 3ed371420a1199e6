package confluence_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
)

// S11: of what was said before, the lines are known as ours that still stand on the page.
func TestWhatWasSaidIsKnownWhileItStands(t *testing.T) {
	t.Parallel()
	const was, is = "<p>The gap is that nobody knows the fee.</p>", "<p>The gap is that no one decides the fee.</p>"
	said := func(written, body string, before map[string]string) map[string]string {
		return saidOf(t, []confluence.Region{{ID: "item/PAY-2", Body: written, Generated: true}}, body, before)
	}
	before, now := said(was, was, nil), said(is, is, nil)
	assert.NotEqual(t, before, now)
	assert.Equal(t, before, said(was, was, before), "nothing is written anew")
	assert.Equal(t, now, said(is, is, before), "it is gone")
	assert.Greater(t, len(said(is, was+is, before)["item/PAY-2"]), len(now["item/PAY-2"]), "people kept it")
}

// saidOf is what is remembered of a page's lines.
func saidOf(t testing.TB, regions []confluence.Region, body string, before map[string]string) map[string]string {
	t.Helper()
	lines, err := confluence.LinesOf(regions, confluence.Lines{})
	require.NoError(t, err)
	all, err := lines.Said(body, before)
	require.NoError(t, err)
	return all
}
