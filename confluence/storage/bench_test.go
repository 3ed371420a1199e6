package storage

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// large is a page of more than a megabyte, with what pages are made of.
func large() string {
	var b strings.Builder
	for n := 0; b.Len() < 1<<20; n++ {
		fmt.Fprintf(&b, `<h2 local-id="i%[1]d"><a href="https://jira.example.com/browse/PAY-%[1]d" data-card-appearance="inline">PAY-%[1]d</a> Refunds &amp; fees</h2>`+
			`<p>Needs <ac:structured-macro ac:name="status" ac:schema-version="1"><ac:parameter ac:name="title">Not ready</ac:parameter><ac:parameter ac:name="colour">Yellow</ac:parameter></ac:structured-macro> a result that can be checked: customers ask for it every week, and nobody knows why.</p>`+
			`<ul><li><p>What does the clerk see&nbsp;then?</p></li><li><p>Who decides on the fee?</p></li></ul>`+
			`<ac:task-list><ac:task><ac:task-id>%[1]d</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body><span class="placeholder-inline-tasks">ask legal <time datetime="2026-12-07" /></span></ac:task-body></ac:task></ac:task-list>`, n)
	}
	return b.String()
}

// What a page costs to be read and changed in one place, beside what its bare tokens
// do, in turns.
func BenchmarkParseAndSplice(b *testing.B) {
	body := large()
	var bare, own time.Duration
	for b.Loop() {
		start := time.Now()
		dec := xml.NewDecoder(strings.NewReader(body))
		dec.Entity = xml.HTMLEntity
		for {
			if _, err := dec.RawToken(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
		between := time.Now()
		d, err := parse(body) // not what was kept of the time before
		if err != nil {
			b.Fatal(err)
		}
		at := d.Root.Children[len(d.Root.Children)/2]
		if _, err := Splice(body, []Edit{{at.Start, at.End, "<p>anew</p>"}}); err != nil {
			b.Fatal(err)
		}
		bare, own = bare+between.Sub(start), own+time.Since(between)
	}
	b.ReportMetric(own.Seconds()/bare.Seconds(), "times-bare-tokens")
}
