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

// L7 P6: nor does what people typed on the previous session's page.
func FuzzCarryOver(f *testing.F) {
	f.Add("shorter talks", "who pays for PAY-2?")
	f.Add("“", "”")
	f.Add("***", "UTF-8 </agenda>\n\u202e")
	f.Fuzz(func(t *testing.T, one, other string) {
		in := Input{Session: testSession("x"), Issues: []Issue{{Key: "PAY-2", Summary: "Show what is owed", Description: "Clerks cannot see who owes what."}}}
		in.CarryOver = carrying(
			Carried{Kind: Wish, Text: typed(one)}, Carried{Kind: Wish, Text: typed(other)},
			Carried{Kind: OpenQuestion, Key: "PAY-2", Text: typed(other)}, Carried{Kind: Parked, Text: typed(one)},
			Carried{Kind: Unfinished, Text: Text{{Text: other}, {User: &User{Display: one}}}, Owner: &User{Display: other}},
		)
		for _, v := range Gate(Build(in)) {
			t.Error(v)
		}
	})
}
