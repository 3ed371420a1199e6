package text

import (
	"strings"
	"testing"
)

// F5: whatever a ticket holds, reading it does not fail, and what is read
// stands in it.
func FuzzBlocks(f *testing.F) {
	for _, texts := range noisy {
		for _, text := range texts {
			f.Add(text)
		}
	}
	f.Add("h3. AC\n|| Step || Expected result ||\n| pay | [it|http://x] is paid |\nGiven a payer\n# When he pays\n1. Then it is paid")
	f.Add("{panel:title=DoD|x=y}a{color:{code}b{code} c}\n```\nd\n``` - *e* _f_ *g _h_* \\\\ !i.png! [^j]\n•k\n")
	f.Add("one\rtwo (three. Four)\r\rAcceptance criteria: five\r* six\x80")
	f.Fuzz(func(t *testing.T, wiki string) {
		d := Read(wiki)
		Listen(d)
		for _, b := range d.Blocks {
			for part := range strings.SplitSeq(b.Text, string(unquotable)) {
				if !d.Holds(part) {
					t.Errorf("%q is not held by %q", part, wiki)
				}
			}
			for _, s := range b.Sentences {
				for n := range len(s.Text) + 1 {
					if q := Clip(s.Text, [2]int{n, n + 1}); !strings.Contains(s.Text, q) || strings.ContainsRune(q, unquotable) {
						t.Errorf("%q is no quote of %q", q, s.Text)
					}
				}
			}
		}
	})
}
