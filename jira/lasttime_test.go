package jira

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

// next is a client of the next run, which knows the memory.
func (w *world) next(t *testing.T, memory string, fields ...FieldName) *Client {
	t.Helper()
	c, err := New(t.Context(), Options{Atlassian: dial(t, w.at), Learn: LearnLater, Memory: memory, Fields: fields})
	require.NoError(t, err)
	return c
}

// The fields are known from the last run, are asked for all the same, and count where they
// mean the same.
func TestFieldsOfTheLastTime(t *testing.T) {
	deployments(t, func(t *testing.T, w *world) {
		memory := filepath.Join(t.TempDir(), "cache", "fields.json")
		first := w.next(t, memory)
		require.Nil(t, first.Remembered())
		require.NoError(t, first.Learn(t.Context()))
		info, err := os.Stat(memory)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode())
		kept, err := os.ReadFile(memory)
		require.NoError(t, err)
		assert.NotContains(t, string(kept), w.at, "no address")

		second := w.next(t, memory)
		guess := second.Remembered()
		require.NotNil(t, guess)
		holds, err := guess.Holds(t.Context())
		require.NoError(t, err)
		assert.True(t, holds)
		assert.Nil(t, second.Remembered(), "nobody guesses what is known")
		want, err := w.BacklogJQL(ticket.BacklogQuery{Flagged: true})
		require.NoError(t, err)
		got, err := guess.BacklogJQL(ticket.BacklogQuery{Flagged: true})
		require.NoError(t, err)
		assert.Equal(t, want, got)
		read, total, _, err := guess.Search(t.Context(), "key = PAY-2", 0)
		require.NoError(t, err)
		require.Equal(t, 1, total)
		assert.InDelta(t, 3, *read[0].StoryPoints, 0)
		again, err := os.ReadFile(memory)
		require.NoError(t, err)
		assert.Equal(t, kept, again, "what stands there is not written again")
		other := w.next(t, memory, FieldName{storyPoints, "Story Points"})
		assert.Nil(t, other.Remembered(), "another configuration")
		require.NoError(t, other.Learn(t.Context()))

		moved := regexp.MustCompile(`customfield_\d+`).ReplaceAll(kept, []byte("customfield_1"))
		require.NoError(t, os.WriteFile(memory, moved, 0o600))
		third := w.next(t, memory)
		guess = third.Remembered()
		require.NotNil(t, guess)
		holds, err = guess.Holds(t.Context())
		require.NoError(t, err)
		assert.False(t, holds, "the site has other fields by now")
		guess = w.next(t, memory).Remembered()
		require.NotNil(t, guess)
		holds, err = guess.Holds(t.Context())
		require.NoError(t, err)
		assert.True(t, holds)
	})
}

// What cannot be read is as good as nothing, what cannot be written is left, and of many
// sites the last ones are kept.
func TestMemoryOfFields(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "cloud", "jira-cloud-v2.json")
	memory := filepath.Join(t.TempDir(), "fields.json")
	require.NoError(t, os.WriteFile(memory, []byte(`[{"site":`), 0o600))
	c := w.next(t, memory)
	assert.Nil(t, c.Remembered())
	require.NoError(t, c.Learn(t.Context()))

	var sites []string
	for n := range 2 * mostSites {
		sites = append(sites, fmt.Sprintf(`{"site":"%d","fields":{}}`, n))
	}
	require.NoError(t, os.WriteFile(memory, []byte("["+strings.Join(sites, ",")+"]"), 0o600))
	require.NoError(t, w.next(t, memory).Learn(t.Context()))
	guess := w.next(t, memory).Remembered()
	require.NotNil(t, guess)
	_, err := guess.Holds(t.Context())
	require.NoError(t, err)
	assert.Len(t, c.lastTimes(), mostSites)

	nowhere := w.next(t, filepath.Join(memory, "below", "a", "file"))
	require.NoError(t, nowhere.Learn(t.Context()))
	assert.Nil(t, nowhere.Remembered())
}
