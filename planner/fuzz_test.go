package planner

import "testing"

// L7 F5: no ticket's text makes a plan that its own gate refuses.
func FuzzBuild(f *testing.F) {
	f.Add("Retry failed payments three times", "Retry up to 5 times, e.g. on timeouts (see [log|http://x]).\n* etc.", "Can we wait for it?", 2)
	f.Add(`</ac:structured-macro><script>alert(1)</script> {color:red}[~admin] ]]> & "x"`, "“", "???", 1)
	f.Add("“”", "{code}x{code}", "", 3)
	f.Add("", "As a user I want TBD", "not sure whether to %s %d", 5)
	f.Fuzz(func(t *testing.T, summary, description, comment string, n int) {
		in := Input{Session: testSession("x"), Epic: &Issue{Key: "PAY-1", Summary: comment, Description: description}}
		for _, key := range []string{"PAY-2", "PAY-3", "PAY-4", "PAY-5"}[:min(max(n, 1), 4)] {
			in.Issues = append(in.Issues, Issue{
				Key: key, Summary: summary, Description: description, Comments: []Comment{{Body: comment}},
				Links: []Link{{Phrase: "is blocked by", Ref: Ref{Key: "PAY-9", Summary: summary}}},
			})
		}
		for _, v := range Gate(Build(in)) {
			t.Error(v)
		}
	})
}
