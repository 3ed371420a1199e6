package confluence_test

import (
	"testing"

	"refine/confluence"
	"refine/confluence/storage"
	"refine/planner"
)

// FuzzPage holds reading and merging to whatever stands on a page: no panic, a
// body that is well-formed stays so, and a second merge finds nothing to do.
func FuzzPage(f *testing.F) { // C3 F5
	first := firstPage()
	f.Add(confluence.Assemble(first))
	f.Add(`<h2>PAY-7</h2>` + decided("DECIDED") + `<p>Reason: x</p><ul><li>Decision:</li></ul>`)
	f.Add(`<ac:layout><ac:layout-section><ac:layout-cell><h2>PAY-1 Refunds</h2></ac:layout-cell></ac:layout-section></ac:layout><p>Slow.</p>`)
	f.Add(`<table><tbody><tr><td><h2>PAY-2</h2><ac:task-list><ac:task><ac:task-body>a<ac:task-list><ac:task/></ac:task-list></ac:task-body></ac:task></ac:task-list></td></tr></tbody></table>`)
	f.Add(`<h2>Parking lot</h2><ul><li>Currencies <a href="https://x.example">x</a></li></ul><h2>Discussion questions</h2><p>1. Who?</p><h2>Retrospective</h2><p>Next time:</p><p>less</p>` +
		`<ac:task-list><ac:task><ac:task-body>PAY-1: ask <time datetime="2026-12-01"/> <a href="https://x.example">from 2026-11-10</a></ac:task-body></ac:task></ac:task-list>`)
	known, err := confluence.Fingerprints(first)
	if err != nil {
		f.Fatal(err)
	}
	next := firstPage()
	next[1] = region("item/PAY-1", "<h2>PAY-1 Refunds</h2><p>Slow, and lossy.</p>")
	next = next[:5]
	f.Fuzz(func(t *testing.T, body string) {
		if _, err := storage.Parse(body); err != nil {
			return
		}
		out, err := confluence.ReadOutcomes(body, []map[string]string{known}, "https://jira.example/browse/")
		if err != nil {
			t.Fatalf("reading a well-formed page: %v", err)
		}
		carried := out.CarryOver(planner.Date{Year: 2026, Month: 11, Day: 10}, planner.PageRef{URL: "https://wiki.example/7", Title: "Last"})
		rendered := confluence.Assemble(confluence.Render(planner.Plan{CarryOver: carried}, confluence.Style{}))
		if again, err := confluence.ReadOutcomes(rendered, nil, ""); err != nil || len(again.Entries) > 0 {
			t.Fatalf("what was carried over is an outcome of the next page: %v %v", err, again.Entries)
		}
		m, err := confluence.Merge(body, []map[string]string{known}, next)
		if err != nil {
			t.Fatalf("merging: %v", err)
		}
		if _, err := storage.Parse(m.Body); err != nil {
			t.Fatalf("merging broke the page: %v\n%s", err, m.Body)
		}
		again, err := confluence.Merge(m.Body, []map[string]string{m.Regions}, next)
		if err != nil || again.Body != m.Body {
			t.Fatalf("a second merge changes the page again: %v\n%s\n%s", err, m.Body, again.Body)
		}
	})
}
