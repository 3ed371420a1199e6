package serve

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// room bounds the pages of the store's file, as a disk does that has no more of them.
func (b *bench) room(t *testing.T, pages string) {
	t.Helper()
	require.NoError(t, b.store.within(t.Context(), func(q queries, _ insert) error {
		return q.query(t.Context(), "PRAGMA max_page_count = "+pages, func(scan func(...any) error) error {
			var now int
			return scan(&now)
		})
	}))
}

// A store that takes no more is said once, and nothing that came meanwhile is lost
// when there is room again.
func TestAStoreWithoutRoom(t *testing.T) { // O2
	t.Parallel()
	b := newBench(t, weekly(t))
	b.now = time.Date(2026, time.November, 29, 0, 0, 0, 0, time.UTC)
	b.passes(t)
	b.room(t, "1")                        // no more than it has
	for _, size := range []int{1000, 1} { // what it has left within its pages
		var err error
		for n := 0; err == nil; n++ {
			err = b.store.note(t.Context(), strings.Repeat("7", size+n), 0)
		}
		require.ErrorContains(t, err, "full")
	}
	b.now = b.now.Add(36 * time.Hour)
	for range 3 {
		require.ErrorContains(t, b.tick(t.Context()), "full")
	}
	assert.Equal(t, 1, strings.Count(b.log.String(), "the store cannot be used"))
	assert.Contains(t, b.log.String(), "look whether its disk is full")

	b.room(t, "1000000")
	b.probe(t.Context())
	assert.Equal(t, 1, strings.Count(b.log.String(), "the store can be used again"))
	assert.Contains(t, b.passes(t), "publish Pay 12-01 10:00")
	assert.NotContains(t, b.passes(t), "publish Pay 12-01 10:00")
}

// A folder that may not be written to is no store, and said to be none.
func TestAStoreInAFolderToRead(t *testing.T) { // O2
	t.Parallel()
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	b := newBench(t)
	dir := t.TempDir()
	require.NoError(t, os.Chmod(dir, 0o500))
	b.Store = "sqlite:" + dir + "/store.db"
	_, err := b.open(t.Context())
	require.ErrorContains(t, err, "unable to open database file")
}
