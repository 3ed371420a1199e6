package planner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func asking(n int) (issues []Issue) {
	for i := range n {
		issues = append(issues, Issue{Key: fmt.Sprintf("PAY-%d", i+1), Summary: fmt.Sprintf("Invoice list %d", i+1), Description: "Who may see the export of a colleague?"})
	}
	return issues
}

// One ticket has, several each have; at most five are named.
func TestClosing(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{
		1: "PAY-1 has an unanswered question. Next, the same day: PAY-1 gets an answer to the question.",
		2: "PAY-1 and PAY-2 each have an unanswered question. Next, the same day: PAY-1 and PAY-2 each get an answer to the question.",
		5: "PAY-1, PAY-2, PAY-3, PAY-4 and PAY-5 each have an unanswered question. Next, the same day: PAY-1, PAY-2, PAY-3, PAY-4 and PAY-5 each get an answer to the question.",
	} {
		b := newBuilder(Input{Session: testSession("x"), Issues: asking(n)})
		b.across = nil
		assert.Equal(t, want, b.closing())
	}
	p := Build(Input{Session: testSession("x"), Issues: asking(8)})
	require.Empty(t, Gate(p))
	assert.True(t, strings.HasSuffix(p.Closing, " 2 tickets wait for the next session, PAY-7 first."), p.Closing)
}

// Fewer items need less time, which is said and changes no box.
func TestFewItemsAreStated(t *testing.T) {
	t.Parallel()
	two := Build(Input{Session: testSession("x"), Issues: asking(2)})
	assert.Contains(t, two.Assumptions, "Few items: 2 tickets need less time than a full session; it may end early, once nothing is left to ask.")
	assert.Equal(t, 40, two.Agenda[1].Minutes)
	assert.NotContains(t, strings.Join(Build(Input{Session: testSession("x"), Issues: asking(6)}).Assumptions, "\n"), "Few items")
}

// The same sentence is not said of every ticket that has to wait.
func TestDeferredReasons(t *testing.T) {
	t.Parallel()
	p := Build(Input{Session: testSession("x"), Issues: asking(9)})
	require.Len(t, p.Deferred, 3)
	assert.Contains(t, p.Deferred[0].Reason, "place 7 of 9; the 6 tickets before it fill the 40 minutes")
	assert.Equal(t, "no time left; place 8 of 9", p.Deferred[1].Reason)
	assert.Equal(t, "no time left; place 9 of 9", p.Deferred[2].Reason)
}
