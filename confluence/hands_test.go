package confluence_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/storage"
)

const (
	slow  = "<h2>PAY-1 Refunds</h2><p>Slow.</p>"
	lossy = "<h2>PAY-1 Refunds</h2><p>Slow, and lossy.</p>"
)

// nextPage is firstPage once its two tickets and the agenda have changed.
func nextPage() []confluence.Region {
	next := firstPage()
	next[0] = region("agenda", "<h2>Agenda</h2><table><tbody><tr><td>10:30</td></tr></tbody></table>")
	next[1] = region("item/PAY-1", lossy)
	next[3] = region("item/PAY-2", "<h2>PAY-2 Exports</h2><p>Wrong sums.</p>")
	return next
}

// What people do to a page, what the next refresh makes of it, and which regions
// are then theirs. Everything else is held to staying byte by byte. See
// docs/page.md.
func TestWhatPeopleDoToAPage(t *testing.T) { // C3
	t.Parallel()
	marker := func(text string) string {
		return `<ac:inline-comment-marker ac:ref="5b1f">` + text + `</ac:inline-comment-marker>`
	}
	page := func(regions []confluence.Region) string { return confluence.Assemble(regions) }
	all := func(old, new string) func(string) string {
		return func(body string) string { return strings.ReplaceAll(body, old, new) }
	}
	agenda, nextAgenda := firstPage()[0].Body, nextPage()[0].Body
	wrong, sums := firstPage()[3].Body, nextPage()[3].Body
	tests := []struct {
		name   string
		does   func(string) string
		want   func(string) string // of the page as the person left it
		theirs []string
	}{
		{"nothing", all("", ""), func(string) string { return page(nextPage()) }, nil},
		{"renames a heading", all("<h2>Agenda</h2>", "<h2>Our topics</h2>"), replacer(slow, lossy, wrong, sums), []string{"agenda"}},
		{"deletes a heading", all("<h2>PAY-1 Refunds</h2>", ""), replacer(agenda, nextAgenda, wrong, sums), []string{"item/PAY-1"}},
		{"drags a heading away from its text", func(body string) string {
			return strings.Replace(body, "<h2>PAY-1 Refunds</h2>", "", 1) + "<h2>PAY-1 Refunds</h2>"
		}, replacer(agenda, nextAgenda, wrong, sums), []string{"item/PAY-1"}},
		{"drags a whole section to the end", func(body string) string { return strings.Replace(body, slow, "", 1) + slow },
			replacer(agenda, nextAgenda, slow, lossy, wrong, sums), nil},
		{"cuts a section and pastes it into another item's", func(body string) string {
			return strings.Replace(strings.Replace(body, slow, "", 1), "<p>Wrong.</p>", "<p>Wrong.</p>"+slow, 1)
		}, replacer(agenda, nextAgenda, slow, lossy, wrong, sums), nil},
		{"pastes a section into the middle of another", func(body string) string {
			return strings.Replace(strings.Replace(body, slow, "", 1), "<p>Wrong.</p>", slow+"<p>Wrong.</p>", 1)
		}, replacer(agenda, nextAgenda, slow, lossy), []string{"item/PAY-2"}},
		{"copies a section below", func(body string) string { return body + slow },
			func(body string) string {
				return replacer(agenda, nextAgenda, wrong, sums)(strings.Replace(body, slow, lossy, 1))
			}, nil},
		{"copies a section above", func(body string) string { return slow + body },
			func(body string) string {
				return replacer(agenda, nextAgenda, wrong, sums)(strings.Replace(body, slow, lossy, 1))
			}, nil},
		{"drags a section into a column", func(body string) string {
			return strings.Replace(body, slow, "", 1) + `<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><p>mine</p></ac:layout-cell><ac:layout-cell>` + slow + `</ac:layout-cell></ac:layout-section></ac:layout>`
		}, replacer(agenda, nextAgenda, slow, lossy, wrong, sums), nil},
		{"deletes a whole section", func(body string) string { return strings.Replace(body, slow, "", 1) },
			replacer(agenda, nextAgenda, wrong, sums), []string{"item/PAY-1"}},
		{"adds a row to the agenda", all("</tr></tbody>", "</tr><tr><td>11:00 cake</td></tr></tbody>"), replacer(slow, lossy, wrong, sums), []string{"agenda"}},
		{"types a list into the agenda", all("<td>10:00</td>", "<td><p>10:00</p><ul><li>cake</li></ul></td>"), replacer(slow, lossy, wrong, sums), []string{"agenda"}},
		{"replaces a word on the whole page", all("PAY", "BILL"), replacer(agenda, nextAgenda), []string{"item/PAY-1", "item/PAY-2"}},
		{"wraps all of it into two columns", func(body string) string {
			return `<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell>` + body + `</ac:layout-cell><ac:layout-cell><p>mine</p></ac:layout-cell></ac:layout-section></ac:layout>`
		}, replacer(agenda, nextAgenda, slow, lossy, wrong, sums), nil},
		{"wraps a region into a panel", func(body string) string {
			return strings.Replace(body, slow, `<ac:structured-macro ac:name="info"><ac:rich-text-body>`+slow+`</ac:rich-text-body></ac:structured-macro>`, 1)
		}, replacer(agenda, nextAgenda, wrong, sums), []string{"item/PAY-1"}},
		{"types below a region", all(slow, slow+"<p>ask Ivo</p>"), replacer(agenda, nextAgenda, slow, lossy, wrong, sums), nil},
		{"adds empty lines", all("</h2>", "</h2><p />"), func(body string) string {
			body = replacer("<h2>Agenda</h2><p />"+strings.TrimPrefix(agenda, "<h2>Agenda</h2>"), nextAgenda)(body)
			return replacer("<h2>PAY-1 Refunds</h2><p /><p>Slow.</p>", lossy, "<h2>PAY-2 Exports</h2><p /><p>Wrong.</p>", sums)(body)
		}, nil},
		{"comments on a heading that stays", all("PAY-1 Refunds", marker("PAY-1")+" Refunds"), replacer(agenda, nextAgenda,
			"<h2>"+marker("PAY-1")+" Refunds</h2><p>Slow.</p>", "<h2>"+marker("PAY-1")+" Refunds</h2><p>Slow, and lossy.</p>", wrong, sums), nil},
		{"comments on a text that goes", all("Slow.", marker("Slow")+"."), replacer(agenda, nextAgenda, wrong, sums), []string{"item/PAY-1"}},
		{"comments and edits", all("PAY-1 Refunds", marker("PAY-1")+" Refunds, all"), replacer(agenda, nextAgenda, wrong, sums), []string{"item/PAY-1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			body := test.does(page(firstPage()))
			m := merge(t, body, prints(t, firstPage()), nextPage())
			assert.Equal(t, test.want(body), m.Body)
			assert.Equal(t, test.theirs, m.Kept)
			assert.Equal(t, strings.Count(body, "ac:inline-comment-marker"), strings.Count(m.Body, "ac:inline-comment-marker"), "no comment is lost")
			again := merge(t, m.Body, m.Regions, nextPage())
			assert.Equal(t, m.Body, again.Body, "a second refresh finds nothing to do")
			crashed, err := confluence.Merge(m.Body, []map[string]string{m.Standing, m.Regions}, nextPage())
			require.NoError(t, err)
			assert.Equal(t, m.Body, crashed.Body, "nor does one after a crash behind the write")
			before, err := confluence.Merge(body, []map[string]string{m.Standing, m.Regions}, nextPage())
			require.NoError(t, err)
			assert.Equal(t, m.Body, before.Body, "and one after a crash before it does it")
		})
	}
}

func replacer(pairs ...string) func(string) string { return strings.NewReplacer(pairs...).Replace }

// The new editor rewrites every tag of a page that the old one has saved.
func TestAConvertedPageIsRecognised(t *testing.T) { // C3
	t.Parallel()
	first := firstPage()
	converted := strings.NewReplacer(
		"<table>", `<table data-table-width="760" data-layout="default" ac:local-id="9f"><colgroup><col style="width: 340.0px;" /></colgroup>`,
		"<td>10:00</td>", `<td><p local-id="a1">10:00</p></td>`, "<h2>", `<h2 local-id="b2">`, "<p>", `<p local-id="c3">`, ".</p>", ".</p><p />",
	).Replace(confluence.Assemble(first))
	m := merge(t, converted, prints(t, first), nextPage())
	assert.Empty(t, m.Kept)
	for _, want := range []string{"10:30", "Slow, and lossy.", "Wrong sums."} {
		assert.Contains(t, m.Body, want)
	}
}

func TestExtendOnlyAdds(t *testing.T) { // C4
	t.Parallel()
	first := firstPage()
	next := append([]confluence.Region{region("changed", "<h2>Changed since you read it</h2><p>PAY-1</p>")}, nextPage()...)
	next = append(next[:4:4], append([]confluence.Region{region("item/PAY-3", "<h2>PAY-3 Fees</h2>"), room("item/PAY-3/text")}, next[6:]...)...) // PAY-2 left
	next = append(next, region("deferred", "<h2>Proposed for another session</h2>"))
	body := confluence.Assemble(first)
	m, err := confluence.Extend(body, []map[string]string{prints(t, first)}, next)
	require.NoError(t, err)
	want := strings.Replace(body, "<h2>Parking lot", "<h2>PAY-3 Fees</h2>"+room("").Body+"<h2>Parking lot", 1)
	assert.Equal(t, "<h2>Changed since you read it</h2><p>PAY-1</p>"+want, m.Body)

	next[0] = region("changed", "<h2>Changed since you read it</h2><p>PAY-1, PAY-2</p>")
	again, err := confluence.Extend(m.Body, []map[string]string{m.Regions}, next)
	require.NoError(t, err)
	assert.Equal(t, strings.Replace(m.Body, "<p>PAY-1</p>", "<p>PAY-1, PAY-2</p>", 1), again.Body)
	over, err := confluence.Extend(again.Body, []map[string]string{again.Regions}, next[1:])
	require.NoError(t, err)
	assert.Equal(t, want, over.Body, "nothing has changed after all")
}

// An update that was cut short before its write is made up for.
func TestARegionThatWasOnlyAnnouncedIsInserted(t *testing.T) { // C3 S5
	t.Parallel()
	first := firstPage()
	next := append(append(append([]confluence.Region{}, first[:5]...), region("item/PAY-3", "<h2>PAY-3 Fees</h2><p>Unclear.</p>"), room("item/PAY-3/text")), first[5:]...)
	body := confluence.Assemble(first)
	m, err := confluence.Merge(body, []map[string]string{prints(t, first), prints(t, next)}, next)
	require.NoError(t, err)
	assert.Equal(t, confluence.Assemble(next), m.Body)

	written := strings.Replace(confluence.Assemble(next), "Unclear.", "Unclear, says Dana.", 1)
	m, err = confluence.Merge(written, []map[string]string{prints(t, first), prints(t, next)}, next)
	require.NoError(t, err)
	assert.Equal(t, written, m.Body, "written after all, and then edited: not a second section")
}

// A text that only looks like an outcome is none where it is a copy of ours.
func TestCopiesOfGeneratedTextAreNoOutcomes(t *testing.T) { // S7
	t.Parallel()
	ours := []confluence.Region{region("item/PAY-1", "<h2>PAY-1</h2><p>Decision: as the ticket says</p>")}
	commented := strings.Replace(ours[0].Body, "ticket", `<ac:inline-comment-marker ac:ref="1">ticket</ac:inline-comment-marker>`, 1)
	out, err := confluence.State{Regions: prints(t, ours)}.Outcomes(ours[0].Body+"<h2>PAY-2</h2>"+ours[0].Body+commented, "")
	require.NoError(t, err)
	assert.Empty(t, out.Entries)
}

func TestUnmarkedLeavesOutCommentsAlone(t *testing.T) { // C3
	t.Parallel()
	plain, err := storage.Parse("<p>Slow and lossy</p>")
	require.NoError(t, err)
	marked, err := storage.Parse(`<p>Sl<ac:inline-comment-marker ac:ref="1">ow <strong></strong>and</ac:inline-comment-marker> lossy</p>`)
	require.NoError(t, err)
	assert.Equal(t, storage.Unmarked(plain.Root.Children...), storage.Unmarked(marked.Root.Children...))
	assert.NotEqual(t, storage.Canonical(plain.Root.Children...), storage.Canonical(marked.Root.Children...))
	assert.True(t, marked.Root.Children[0].Marked())
	assert.False(t, plain.Root.Children[0].Marked())
}

// Only the section of the item that may not be shown any more is written anew,
// not that of one whose key begins alike.
func TestExtendHidesOneItem(t *testing.T) { // P7 C4
	t.Parallel()
	page := func(withheld, other string) []confluence.Region {
		return []confluence.Region{region("item/PAY-1", "<h2>"+withheld+"</h2>"), region("item/PAY-12", `<h2>PAY-12</h2><p>`+other+`</p>`)}
	}
	first := page(`Ready<a href="https://jira.example/browse/PAY-1">PAY-1</a> Merger`, "old")
	body := confluence.Assemble(first)
	m, err := confluence.Extend(body, []map[string]string{prints(t, first)}, page("PAY-1", "new"), "PAY-1")
	require.NoError(t, err)
	assert.Equal(t, confluence.Assemble(page("PAY-1", "old")), m.Body)
}
