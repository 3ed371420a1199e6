package planner

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden plans anew")

// L2 L3 L10 L12 L15 L16 L17: what each format makes of the same tickets: times,
// minutes, presenters, order, cited lines, objectives and sizes. What is said of
// a ticket or assumed has tests of its own.
func TestPlansOfFormats(t *testing.T) {
	t.Parallel()
	for _, g := range guidesToTry(t) {
		in := formatInput(g, 0)
		in.Presenters = []string{"Dana", "Ivo", "Mai"}
		in.Objectives = []Objective{{ID: "Q4-1", Text: "A faster list for Android"}, {Text: "A statement of taxes for each payer"}}
		in.Estimation.Past = pastIssues()
		p := Build(in)
		require.Empty(t, Gate(p), g.Name())
		file := filepath.Join("testdata", "plans", strings.TrimSuffix(g.Name(), ".md")+".txt")
		if *update {
			require.NoError(t, os.WriteFile(file, []byte(outline(p)), 0o600))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, string(want), outline(p), "%s; go test ./planner -run TestPlansOfFormats -update", file)
	}
}

// outline is a plan without its sentences.
func outline(p Plan) string {
	var out page
	for _, ph := range p.Agenda {
		out.line("%s-%s %d %s", clock(ph.Start), clock(ph.End), ph.Minutes, ph.Name)
		for _, s := range ph.Items {
			out.line("  %s-%s %d %s %s", clock(s.Start), clock(s.End), s.Minutes, s.Key, s.Presenter)
		}
	}
	out.line("%s", p.throughout("Throughout: "))
	for _, i := range p.Items {
		out.line("%s: %s; serves %s; size %s", i.Issue.Key, i.OrderReason, p.ServesLine(i), i.SizeHint)
	}
	for _, d := range p.Deferred {
		out.line("later %s: %s", d.Key, d.Reason)
	}
	for _, k := range p.KeyPoints {
		out.line("cites: %s", k.Guide)
	}
	return out.String()
}
