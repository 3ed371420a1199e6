package main

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/confluence"
	"refine/internal/worker"
	"refine/planner"
)

func TestSummaries(t *testing.T) {
	t.Parallel()
	change := func(kind planner.ChangeKind, s planner.Status) planner.Change {
		return planner.Change{Issue: "PAY-3", Kind: kind, Status: s}
	}
	comment, link := planner.CommentChange, planner.LinkChange
	tests := []struct {
		name    string
		changes []planner.Change
		dryRun  bool
		want    string
	}{
		{"nothing to do", []planner.Change{change(comment, planner.Unchanged)}, false, "0 changes"},
		{"one", []planner.Change{change(comment, planner.Applied)}, false, "1 change"},
		{"a new ticket", []planner.Change{change(comment, planner.Applied), change(link, planner.Applied)}, false, "2 changes (1 comment, 1 link)"},
		{"planned", []planner.Change{change(comment, planner.Planned)}, true, "1 change planned"},
		{"interrupted before the first write", []planner.Change{change(comment, planner.Failed), change(link, planner.Planned)}, false, "0 changes, 2 not made"},
		{"conflict", []planner.Change{change(comment, planner.Conflict)}, true, "0 changes planned, 1 conflict"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, summary(worker.Synced{SyncPlan: planner.SyncPlan{Changes: tt.changes}}, tt.dryRun))
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
	read.Changes = []planner.Change{{Status: planner.Failed}}
	assert.True(t, tells(read, context.Canceled))
}

// A link is told only where it is all there is to tell.
func TestLinksInText(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	syncText(&out, worker.Synced{SyncPlan: planner.SyncPlan{Changes: []planner.Change{
		{Issue: "PAY-3", Kind: planner.CommentChange, Status: planner.Applied, Detail: "decision “A”"},
		{Issue: "PAY-3", Kind: planner.LinkChange, Status: planner.Applied, Detail: "link to “S”"},
		{Issue: "PAY-6", Kind: planner.CommentChange, Status: planner.Unchanged},
		{Issue: "PAY-6", Kind: planner.LinkChange, Status: planner.Applied, Detail: "link to “S”"},
		{Issue: "PAY-7", Kind: planner.CommentChange, Status: planner.Applied, Detail: "decision “B”"},
		{Issue: "PAY-7", Kind: planner.LinkChange, Status: planner.Failed, Detail: "link to “S”", Reason: "403"},
	}}}, false)
	assert.Equal(t, `

PAY-3: comment applied: decision “A”
PAY-6: link applied: link to “S”
PAY-7: comment applied: decision “B”
PAY-7: link failed: link to “S”
  403
4 changes (2 comments, 2 links), 1 not made
`, out.String())
}
