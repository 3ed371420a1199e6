package confluence_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/confluencetest"
	"refine/confluence/storage"
	"refine/planner"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// fuzzedPages are what the fuzzing of pages begins with.
func fuzzedPages(f *testing.F) {
	f.Add(confluence.Assemble(firstPage()))
	f.Add(strings.Replace(confluence.Assemble(firstPage()), "Refunds", `<ac:inline-comment-marker ac:ref="1">Refunds</ac:inline-comment-marker>`, 1))
	f.Add(strings.Replace(confluence.Assemble(firstPage()), "Slow", `<ac:inline-comment-marker ac:ref="2">Slow</ac:inline-comment-marker>`, 1))
	f.Add(confluence.Assemble(firstPage()[3:]) + `<p>Dana's</p>` + confluence.Assemble(firstPage()[:3]))
	f.Add(`<h2>PAY-7</h2>` + decided("DECIDED") + `<p>Reason: x</p><ul><li>Decision:</li></ul>`)
	f.Add(`<ac:layout><ac:layout-section><ac:layout-cell><h2>PAY-1 Refunds</h2></ac:layout-cell></ac:layout-section></ac:layout><p>Slow.</p>`)
	f.Add(`<table><tbody><tr><td><h2>PAY-2</h2><ac:task-list><ac:task><ac:task-body>a<ac:task-list><ac:task/></ac:task-list></ac:task-body></ac:task></ac:task-list></td></tr></tbody></table>`)
	f.Add(`<h2>Parking lot</h2><ul><li>Currencies <a href="https://x.example">x</a></li></ul><h2>Discussion questions</h2><p>1. Who?</p><h2>Retrospective</h2><p>Next time:</p><p>less</p>` +
		`<ac:task-list><ac:task><ac:task-body>PAY-1: ask <time datetime="2026-12-01"/> <a href="https://x.example">from 2026-11-10</a></ac:task-body></ac:task></ac:task-list>`)
}

// grown is the body if it is well-formed, or one grown from its bytes and ours.
func grown(body string) string {
	if _, err := storage.Parse(body); err == nil {
		return body
	}
	var pieces []string
	for _, r := range append(firstPage(), nextPage()...) {
		pieces = append(pieces, r.Body)
	}
	return confluencetest.Grow(body[:min(len(body), 500)], pieces...)
}

// FuzzPage holds reading to whatever stands on a page: no panic, and what is
// carried over to the next page is no outcome there.
func FuzzPage(f *testing.F) { // P6 F5
	fuzzedPages(f)
	known, err := confluence.Fingerprints(firstPage())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		body = grown(body)
		out, err := confluence.State{Regions: known}.Outcomes(body, "https://jira.example/browse/")
		if err != nil {
			t.Fatalf("reading a well-formed page: %v", err)
		}
		for _, e := range out.Entries {
			if e.Section != "" {
				require.Contains(t, out.Keys, e.Section, "a section whose ticket nobody reads")
			}
		}
		carried := out.CarryOver(ticket.Date{Year: 2026, Month: 11, Day: 10}, outcome.PageRef{URL: "https://wiki.example/7", Title: "Last"})
		rendered := confluence.Assemble(confluence.Render(planner.Plan{CarryOver: carried}, confluence.Style{}))
		if again, err := (confluence.State{}).Outcomes(rendered, ""); err != nil || len(again.Entries) > 0 {
			t.Fatalf("what was carried over is an outcome of the next page: %v %v", err, again.Entries)
		}
	})
}

// FuzzMerge holds merging to whatever people made of a page: the plan that it was
// written from changes no byte of it; another one leaves a page, loses no
// comment and no block that was not ours, is merged once however often it is
// merged, and ends the same if the run dies before or behind the write.
func FuzzMerge(f *testing.F) { // C3 S5
	fuzzedPages(f)
	first, next := firstPage(), nextPage()[:5] // the parking lot goes
	known, err := confluence.Fingerprints(first)
	if err != nil {
		f.Fatal(err)
	}
	ours := map[string]bool{}
	for _, r := range first {
		if doc, err := storage.Parse(r.Body); err == nil && r.Generated {
			for _, b := range doc.Blocks() {
				ours[storage.Unmarked(b)] = true
			}
		}
	}
	f.Fuzz(func(t *testing.T, body string) {
		body = grown(body)
		before, err := storage.Parse(body)
		require.NoError(t, err)
		merged := func(body string, next []confluence.Region, known ...map[string]string) confluence.Merged {
			m, err := confluence.Merge(body, known, next)
			require.NoError(t, err)
			return m
		}
		require.Equal(t, body, merged(body, first, known).Body, "nothing was new")
		m := merged(body, next, known)
		after, err := storage.Parse(m.Body)
		require.NoError(t, err, m.Body)
		require.Equal(t, inlineComments(before), inlineComments(after), "comments")
		rest := m.Body
		for _, b := range before.Blocks() {
			if ours[storage.Unmarked(b)] {
				continue
			}
			_, behind, stands := strings.Cut(rest, body[b.Start:b.End])
			require.True(t, stands, "%s was lost:\n%s", body[b.Start:b.End], m.Body)
			rest = behind
		}
		require.Equal(t, m.Body, merged(m.Body, next, m.Regions).Body, "a second time")
		if copied(before) { // docs/page.md says which of the two a run that died takes for its own
			return
		}
		require.Equal(t, m.Body, merged(m.Body, next, m.Standing, m.Regions).Body, "died behind the write")
		require.Equal(t, m.Body, merged(body, next, m.Standing, m.Regions).Body, "died before the write")
	})
}

// inlineComments lists the inline comments of a page.
func inlineComments(d *storage.Document) (refs []string) {
	for n := range d.Root.Find("ac:inline-comment-marker") {
		refs = append(refs, n.AttrValue("ac:ref")+" "+n.PlainText())
	}
	return refs
}

// copied reports whether a heading stands on the page twice, as people copy
// sections.
func copied(d *storage.Document) bool {
	seen := map[string]bool{}
	for _, b := range d.Blocks() {
		text := b.PlainText()
		if b.Name == "h2" && seen[text] {
			return true
		}
		seen[text] = seen[text] || b.Name == "h2"
	}
	return false
}
