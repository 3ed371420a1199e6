package confluence_test

import (
	"fmt"
	"testing"

	"refine/confluence"
)

// largePage is a page of as many items as asked for, and a next rendering in
// which each of them has changed.
func largePage(items int) (first, next []confluence.Region) {
	for n := range items {
		id := fmt.Sprintf("item/PAY-%d", n)
		body := fmt.Sprintf("<h2>PAY-%d Refunds</h2><p>Slow.</p><ul><li>One</li><li>Two</li></ul>", n)
		first = append(first, region(id, body), room(id+"/text"))
		next = append(next, region(id, body+"<p>Slower.</p>"), room(id+"/text"))
	}
	return first, next
}

func BenchmarkMerge(b *testing.B) {
	for _, items := range []int{10, 100} {
		first, next := largePage(items)
		body := confluence.Assemble(first)
		known, err := confluence.Fingerprints(first)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("items=%d", items), func(b *testing.B) {
			n := 0
			for b.Loop() {
				n++ // a page that was not read before
				if _, err := confluence.Merge(fmt.Sprintf("%s<p>%d</p>", body, n), []map[string]string{known}, next); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
