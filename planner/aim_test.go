package planner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func waitingFor(l ...Link) Issue {
	i := clearIssue()
	i.Key, i.Links = "PAY-4", l
	return i
}

func open(key string) Link {
	return Link{Phrase: "is blocked by", Ref: Ref{Key: key, Summary: "Ledger", Status: "Open"}}
}

// L8: before and after: the aim counts what talk can settle, and names the rest.
func TestReadinessBeforeAndAfter(t *testing.T) {
	t.Parallel()
	toSplit := Issue{Key: "PAY-5", Summary: "Refunds", Description: "Payers wait for refunds for weeks. This story is too big."}
	p := Build(Input{Session: testSession("x"), Issues: []Issue{
		clearIssue(), {Key: "PAY-3", Summary: "Tax statement"}, waitingFor(open("OPS-3")), toSplit,
	}})
	require.Empty(t, Gate(p))
	assert.Equal(t, Readiness{Items: 4, Before: 1, Aim: 2, Beyond: []Beyond{
		{"PAY-4", "waits for OPS-3"}, {"PAY-5", "is more than one ticket"},
	}}, p.Ready)
	const line = "1 of 4 ready; the session aims at 2, as PAY-4 waits for OPS-3 and PAY-5 is more than one ticket"
	for _, write := range []func(*strings.Builder) error{
		func(b *strings.Builder) error { return WriteText(b, p) }, func(b *strings.Builder) error { return WriteTagged(b, p) },
		func(b *strings.Builder) error { return WriteMarkdown(b, p) },
	} {
		var b strings.Builder
		require.NoError(t, write(&b))
		assert.Contains(t, strings.ReplaceAll(b.String(), `\`, ""), line)
	}
}

func TestReadinessLine(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "3 of 3 ready", Readiness{Items: 3, Before: 3, Aim: 3}.String())
	assert.Equal(t, "0 of 1 ready; none of the others can become so by talk, as PAY-4 waits for OPS-3",
		Readiness{Items: 1, Beyond: []Beyond{{"PAY-4", "waits for OPS-3"}}}.String())
}

// L9: an item waits for open issues only; what nobody knows is not claimed.
func TestBlockers(t *testing.T) {
	t.Parallel()
	done, unknown := open("OPS-1"), open("OPS-2")
	done.Done, unknown.Status = true, ""
	blocks := open("OPS-9")
	blocks.Phrase = "blocks"
	for _, c := range []struct {
		name    string
		links   []Link
		message string
		ready   bool
	}{
		{"open", []Link{open("OPS-3")}, "is blocked by OPS-3 “Ledger”, which is not done", true},
		{"two open", []Link{open("OPS-3"), open("OPS-4")}, "is blocked by OPS-3 “Ledger” and OPS-4 “Ledger”, which are not done", true},
		{"done", []Link{done}, "", false},
		{"status unknown", []Link{unknown}, "is blocked by OPS-2 “Ledger”; whether that is done is not known here", false},
		{"the other way round", []Link{blocks}, "", false},
	} {
		r := judgedBy(waitingFor(c.links...), ruled())
		assert.Equal(t, !c.ready, r.ready(), c.name)
		assert.Equal(t, c.message != "", r.found(ruleDependency), c.name)
		if c.message != "" {
			assert.Contains(t, messages(r), c.message, c.name)
		}
	}
}

func messages(r *reading) (out []string) {
	for _, f := range r.findings {
		out = append(out, f.Message)
	}
	return out
}

// L9: a text that names a blocker which is done is no finding, and one that
// repeats a link is none beside it.
func TestDependenciesInText(t *testing.T) {
	t.Parallel()
	done := open("OPS-1")
	done.Done = true
	for _, c := range []struct {
		name, text string
		links      []Link
		found      bool
	}{
		{"names an issue", "It depends on OPS-1.", nil, true},
		{"names a done one", "It depends on OPS-1.", []Link{done}, false},
		{"names a done one and another", "It depends on OPS-1 and OPS-2.", []Link{done}, true},
		{"waits for a team", "We are waiting for the API team.", nil, true},
		{"waits for approval", "Still waiting for approval by legal.", nil, true},
		{"a program that waits", "The call hangs while waiting for the response.", nil, false},
		{"nothing", "It depends.", nil, false},
	} {
		i := waitingFor(c.links...)
		i.Description += " " + c.text
		assert.Equal(t, c.found, judgedBy(i, ruled()).found(ruleDependency), c.name)
	}
	i := waitingFor(open("OPS-3"))
	i.Description += " It is blocked by OPS-3."
	n := 0
	for _, f := range judgedBy(i, ruled()).findings {
		if f.Rule == ruleDependency {
			n++
		}
	}
	assert.Equal(t, 1, n)
}

// What the aim leaves out for one reason is named together.
func TestBeyondTheAimTogether(t *testing.T) {
	t.Parallel()
	r := Readiness{Beyond: []Beyond{{"PAY-1", "waits for OPS-3"}, {"PAY-2", "is to wait"}, {"PAY-3", "waits for OPS-3"}, {"PAY-4", "waits for PAY-1"}, {"PAY-5", "is to wait"}}}
	assert.Equal(t, []string{"PAY-1 and PAY-3 wait for OPS-3", "PAY-2 and PAY-5 are each to wait", "PAY-4 waits for PAY-1"}, r.left())
}
