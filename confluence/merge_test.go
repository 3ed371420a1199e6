package confluence_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
)

func region(id, body string) confluence.Region {
	return confluence.Region{ID: id, Body: body, Generated: true}
}

func room(id string) confluence.Region {
	return confluence.Region{ID: id, Body: "<p><ac:placeholder>Type here</ac:placeholder></p>"}
}

func firstPage() []confluence.Region {
	return []confluence.Region{
		region("agenda", "<h2>Agenda</h2><table><tbody><tr><td>10:00</td></tr></tbody></table>"),
		region("item/PAY-1", "<h2>PAY-1 Refunds</h2><p>Slow.</p>"), room("item/PAY-1/text"),
		region("item/PAY-2", "<h2>PAY-2 Exports</h2><p>Wrong.</p>"), room("item/PAY-2/text"),
		region("parking", "<h2>Parking lot</h2>"), room("parking/text"),
	}
}

func prints(t *testing.T, regions []confluence.Region) map[string]string {
	t.Helper()
	p, err := confluence.Fingerprints(regions)
	require.NoError(t, err)
	return p
}

func merge(t *testing.T, body string, known map[string]string, next []confluence.Region) confluence.Merged {
	t.Helper()
	m, err := confluence.Merge(body, []map[string]string{known}, next)
	require.NoError(t, err)
	return m
}

func TestMergeOfAnUnchangedPlanChangesNoByte(t *testing.T) { // C3
	t.Parallel()
	first := firstPage()
	// as Cloud stores it: ids, attributes, empty paragraphs
	body := strings.NewReplacer("<h2>", `<h2 local-id="x1">`, "<table>", `<table data-layout="default" ac:local-id="t">`,
		"<td>10:00</td>", "<td><p>10:00</p></td>", "</p><h2", "</p><p /><h2").Replace(confluence.Assemble(first))
	m := merge(t, body, prints(t, first), first)
	assert.Equal(t, body, m.Body)
	assert.Empty(t, m.Kept)
	assert.Equal(t, prints(t, first), m.Regions)
}

func TestMergeRefreshesOnlyWhatNobodyTouched(t *testing.T) { // C3
	t.Parallel()
	first, next := firstPage(), firstPage()
	next[0] = region("agenda", "<h2>Agenda</h2><table><tbody><tr><td>10:30</td></tr></tbody></table>")
	next[1] = region("item/PAY-1", "<h2>PAY-1 Refunds</h2><p>Slow, and lossy.</p>")
	body := confluence.Assemble(first)
	body = strings.Replace(body, "<td>10:00</td>", "<td>10:00 bring cake</td>", 1)
	body = strings.Replace(body, "<ac:placeholder>Type here</ac:placeholder>", "Decision: refund at once", 1)

	m := merge(t, body, prints(t, first), next)
	assert.Equal(t, strings.Replace(body, "<p>Slow.</p>", "<p>Slow, and lossy.</p>", 1), m.Body)
	assert.Equal(t, []string{"agenda"}, m.Kept)

	again := merge(t, m.Body, m.Regions, next)
	assert.Equal(t, m.Body, again.Body)
}

func TestMergeFollowsAMovedSection(t *testing.T) { // C3
	t.Parallel()
	first, next := firstPage(), firstPage()
	next[1] = region("item/PAY-1", "<h2>PAY-1 Refunds</h2><p>Slow, and lossy.</p>")
	moved := confluence.Assemble([]confluence.Region{first[0], first[3], first[4], first[5], first[6], first[1], first[2]})
	m := merge(t, moved, prints(t, first), next)
	assert.Equal(t, strings.Replace(moved, "<p>Slow.</p>", "<p>Slow, and lossy.</p>", 1), m.Body)
}

func TestMergeInsertsANewItemBeforeWhatFollows(t *testing.T) { // C3
	t.Parallel()
	first := firstPage()
	added := []confluence.Region{region("item/PAY-3", "<h2>PAY-3 Fees</h2><p>Unclear.</p>"), room("item/PAY-3/text")}
	next := append(append(append([]confluence.Region{}, first[:5]...), added...), first[5:]...)
	m := merge(t, confluence.Assemble(first), prints(t, first), next)
	assert.Equal(t, confluence.Assemble(next), m.Body)
}

func TestMergeKeepsTheSectionOfAnItemThatLeft(t *testing.T) { // C3
	t.Parallel()
	first := firstPage()
	next := append(append([]confluence.Region{}, first[:1]...), first[3:]...)
	body := strings.Replace(confluence.Assemble(first), "<ac:placeholder>Type here</ac:placeholder>", "Decision: refund at once", 1)
	m := merge(t, body, prints(t, first), next)
	assert.Contains(t, m.Body, "Decision: refund at once")
	assert.Contains(t, m.Body, "<h2>PAY-1</h2>")
	assert.NotContains(t, m.Body, "Refunds", "it was not read: its key alone (A5, P7)")
	assert.NotContains(t, m.Body, "<p>Slow.</p>")
	assert.Contains(t, m.Body, "no longer part of the session")

	again := merge(t, m.Body, m.Regions, next)
	assert.Equal(t, m.Body, again.Body)

	back := merge(t, m.Body, m.Regions, first)
	assert.Equal(t, body, back.Body, "an item that comes back finds its section")
}

func TestMergeLeavesWhatPeopleDeletedDeleted(t *testing.T) { // C3
	t.Parallel()
	first := firstPage()
	m := merge(t, confluence.Assemble(first[1:]), prints(t, first), first)
	assert.Equal(t, confluence.Assemble(first[1:]), m.Body)
	assert.Equal(t, []string{"agenda"}, m.Kept)
}

func TestMergeWithoutMemoryAddsNothing(t *testing.T) { // C3
	t.Parallel()
	body := "<p>All of this is a person's.</p>"
	m, err := confluence.Merge(body, nil, firstPage())
	require.NoError(t, err)
	assert.Equal(t, body, m.Body)
}

func TestMergeKnowsAnInterruptedUpdate(t *testing.T) { // C3
	t.Parallel()
	first, second, third := firstPage(), firstPage(), firstPage()
	second[1] = region("item/PAY-1", "<h2>PAY-1 Refunds</h2><p>Two.</p>")
	third[1] = region("item/PAY-1", "<h2>PAY-1 Refunds</h2><p>Three.</p>")
	m, err := confluence.Merge(confluence.Assemble(second), []map[string]string{prints(t, first), prints(t, second)}, third)
	require.NoError(t, err)
	assert.Equal(t, confluence.Assemble(third), m.Body)
	assert.Empty(t, m.Kept)
}

func TestMergeRefusesABrokenBody(t *testing.T) {
	t.Parallel()
	_, err := confluence.Merge("<p>unclosed", nil, firstPage())
	assert.ErrorContains(t, err, "the page's body")
}

func TestMergeLeavesARegionAloneThatSpansColumns(t *testing.T) { // C3
	t.Parallel()
	one := []confluence.Region{region("item/PAY-1", "<h2>PAY-1 A</h2><p>old</p>")}
	two := []confluence.Region{region("item/PAY-1", "<h2>PAY-1 A</h2><p>new</p>")}
	body := `<h2>PAY-1 A</h2><ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><p>old</p></ac:layout-cell><ac:layout-cell><p>mine</p></ac:layout-cell></ac:layout-section></ac:layout>`
	m := merge(t, body, prints(t, one), two)
	assert.Equal(t, body, m.Body)
	assert.Equal(t, []string{"item/PAY-1"}, m.Kept)
}

func TestMergeDoesNotBringBackWhatAPersonTookOver(t *testing.T) { // C3
	t.Parallel()
	first := firstPage()
	without := append(append([]confluence.Region{}, first[:1]...), first[3:]...)
	body := strings.Replace(confluence.Assemble(first), "<p>Slow.</p>", "<p>Slow, says Dana.</p>", 1)
	left := merge(t, body, prints(t, first), without)
	assert.Equal(t, body, left.Body)
	back := merge(t, left.Body, left.Regions, first)
	assert.Equal(t, body, back.Body, "not a second section")
}

func TestMergeKeepsAHighlight(t *testing.T) { // C3
	t.Parallel()
	first, next := firstPage(), firstPage()
	next[1] = region("item/PAY-1", "<h2>PAY-1 Refunds</h2><p>Slow, and lossy.</p>")
	body := strings.Replace(confluence.Assemble(first), "<p>Slow.</p>", `<p><span style="background-color: yellow;">Slow.</span></p>`, 1)
	assert.Equal(t, body, merge(t, body, prints(t, first), next).Body)
}

// A ticket says again what it said when somebody copied its section.
func TestARegionIsNotMistakenForACopyOfWhatItSaid(t *testing.T) { // C3
	t.Parallel()
	first, next := firstPage(), nextPage()
	copied := merge(t, confluence.Assemble(first)+slow, prints(t, first), next)
	require.Equal(t, confluence.Assemble(next)+slow, copied.Body)
	back := merge(t, copied.Body, copied.Regions, first)
	assert.Equal(t, confluence.Assemble(first)+slow, back.Body)
	assert.Empty(t, back.Kept)
}
