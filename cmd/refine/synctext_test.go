package main

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/confluence"
	"refine/internal/worker"
	"refine/planner/outcome"
)

func TestSummaries(t *testing.T) {
	t.Parallel()
	change := func(kind outcome.ChangeKind, s outcome.Status) outcome.Change {
		return outcome.Change{Issue: "PAY-3", Kind: kind, Status: s}
	}
	comment, link := outcome.CommentChange, outcome.LinkChange
	tests := []struct {
		name    string
		changes []outcome.Change
		dryRun  bool
		want    string
	}{
		{"nothing to do", []outcome.Change{change(comment, outcome.Unchanged)}, false, "0 changes"},
		{"one", []outcome.Change{change(comment, outcome.Applied)}, false, "1 change"},
		{"a new ticket", []outcome.Change{change(comment, outcome.Applied), change(link, outcome.Applied)}, false, "2 changes (1 comment, 1 link to the page)"},
		{"planned", []outcome.Change{change(comment, outcome.Planned)}, true, "1 change planned"},
		{"interrupted before the first write", []outcome.Change{change(comment, outcome.Failed), change(link, outcome.Planned)}, false, "0 changes, 2 not made"},
		{"conflict", []outcome.Change{change(comment, outcome.Conflict)}, true, "0 changes planned, 1 conflict"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, summary(worker.Synced{SyncPlan: outcome.SyncPlan{Changes: tt.changes}}, tt.dryRun))
		})
	}
}

// A sync that was interrupted while it read must not look like an idle one.
func TestWhatIsTooLittleForAResult(t *testing.T) {
	t.Parallel()
	read := worker.Synced{Page: confluence.Page{ID: "1"}}
	assert.True(t, tells(read, nil))
	assert.False(t, tells(read, context.Canceled))
	assert.False(t, tells(worker.Synced{}, nil))
	read.Changes = []outcome.Change{{Status: outcome.Failed}}
	assert.True(t, tells(read, context.Canceled))
}

// Of an item that may not be shown any more its key is told, and not its title (P7).
func TestWithheldItemsInText(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	hidden := worker.Synced{Hidden: map[string]string{"PAY-6": "Mail the customer", "PAY-3": ""}}
	syncText(&out, hidden, true)
	assert.Contains(t, out.String(), "PAY-3: may not be shown any more; of what refine wrote the page keeps its key alone\nPAY-6: may")
	assert.NotContains(t, out.String(), "Mail")
	assert.Equal(t, []string{"PAY-3", "PAY-6"}, resultOf(hidden, true, 0).Withheld)
}

// A link is told only where it is all there is to tell.
func TestLinksInText(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	syncText(&out, worker.Synced{SyncPlan: outcome.SyncPlan{Changes: []outcome.Change{
		{Issue: "PAY-3", Kind: outcome.CommentChange, Status: outcome.Applied, Detail: "decision “A”"},
		{Issue: "PAY-3", Kind: outcome.LinkChange, Status: outcome.Applied, Detail: "link to “S”"},
		{Issue: "PAY-6", Kind: outcome.CommentChange, Status: outcome.Unchanged},
		{Issue: "PAY-6", Kind: outcome.LinkChange, Status: outcome.Applied, Detail: "link to “S”"},
		{Issue: "PAY-7", Kind: outcome.CommentChange, Status: outcome.Applied, Detail: "decision “B”"},
		{Issue: "PAY-7", Kind: outcome.LinkChange, Status: outcome.Failed, Detail: "link to “S”", Reason: "403"},
	}}}, false)
	assert.Equal(t, `

PAY-3: comment applied: decision “A”
PAY-6: link applied: link to “S”
PAY-7: comment applied: decision “B”
PAY-7: link failed: link to “S”
  403
4 changes (2 comments, 2 links to the page), 1 not made
`, out.String())
}
