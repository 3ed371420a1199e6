package planner

import (
	"os"
	"strings"
	"testing"
)

func TestLook(t *testing.T) {
	which := os.Getenv("LOOK")
	if which == "" {
		t.Skip()
	}
	keys, issues, epicOf := realIssues(t)
	for e := range strings.SplitSeq(which, ",") {
		in := Input{Session: testSession(e)}
		if i, ok := issues[e]; ok {
			in.Epic = &i
		}
		for _, k := range keys {
			if epicOf[k] == e {
				in.Issues = append(in.Issues, issues[k])
			}
		}
		p := Build(in)
		if os.Getenv("TAGGED") != "" {
			WriteTagged(os.Stdout, p)
		} else {
			WriteText(os.Stdout, p)
		}
		for _, v := range Gate(p) {
			t.Error(e, v)
		}
	}
}
