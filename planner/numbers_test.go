package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// L14: a comment that counts the same thing otherwise, and what only looks so.
func TestCommentNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		comments   []string
		quotes     []string
	}{
		{"another sum", "It names the late fee of 40 EUR.", []string{"Our terms say a late fee of 25 EUR. Which one is it?"},
			[]string{"It names the late fee of 40 EUR", "Our terms say a late fee of 25 EUR"}},
		{"spelled out", "Each issued invoice is kept for ten years.", []string{"It is eight years for invoices issued from 2025 on."},
			[]string{"Each issued invoice is kept for ten years", "It is eight years for invoices issued from 2025 on"}},
		{"the same number", "It names the late fee of 40 EUR.", []string{"Yes, a late fee of 40 EUR."}, nil},
		{"settled since", "It names the late fee of 40 EUR.", []string{"I read a late fee of 25 EUR.", "Legal says 40 EUR is right."}, nil},
		{"before and after", "It names the late fee of 40 EUR.", []string{"The late fee was raised from 25 EUR to 40 EUR."}, nil},
		{"another thing", "It names the late fee of 40 EUR.", []string{"The licence of the printer is 25 EUR."}, nil},
		{"another unit", "It names the late fee of 40 EUR.", []string{"The late fee is due after 25 days."}, nil},
		{"a question", "It names the late fee of 40 EUR.", []string{"Could the late fee be 25 EUR?"}, nil},
		{"several of its own", "A late fee of 40 EUR, for companies a late fee of 60 EUR.", []string{"The late fee is 25 EUR."}, nil},
	} {
		i := Issue{Key: "PAY-6", Summary: "Reminders", Description: c.text}
		for _, body := range c.comments {
			i.Comments = append(i.Comments, Comment{Author: Person{Name: "Dana"}, Body: body})
		}
		var quotes []string
		for _, f := range read(i).numbers() {
			assert.True(t, f.Blocks, c.name)
			quotes = append(quotes, f.Evidence[0].Quote, f.Evidence[1].Quote)
		}
		assert.Equal(t, c.quotes, quotes, c.name)
	}
}

// A note on two things that do not agree shows both.
func TestContradictionNoteShowsBoth(t *testing.T) {
	t.Parallel()
	p := Build(Input{Session: testSession("x"), Issues: []Issue{{
		Key: "PAY-6", Summary: "Send the second reminder after 14 days", Description: "The second reminder is sent after 10 days.",
	}}})
	require.Empty(t, Gate(p))
	assert.Contains(t, p.Agenda[1].Items[0].Note, "“14 days” (summary) or “10 days” (description)")
}
