package storage_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence/storage"
)

func TestSplice(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		edits []storage.Edit
		want  string
	}{
		"none":            {nil, "0123456789"},
		"replace":         {[]storage.Edit{{2, 4, "x"}}, "01x456789"},
		"any order":       {[]storage.Edit{{8, 10, "z"}, {0, 1, ""}}, "1234567z"},
		"insert":          {[]storage.Edit{{0, 0, "<"}, {10, 10, ">"}}, "<0123456789>"},
		"insert in order": {[]storage.Edit{{5, 5, "a"}, {5, 5, "b"}}, "01234ab56789"},
		"touching":        {[]storage.Edit{{4, 6, "b"}, {4, 4, "a"}, {6, 6, "c"}}, "0123abc6789"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := storage.Splice("0123456789", tt.edits)
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestSpliceRefuses(t *testing.T) {
	t.Parallel()
	for name, edits := range map[string][]storage.Edit{
		"before the source": {{-1, 0, ""}},
		"after the source":  {{9, 11, ""}},
		"backwards":         {{5, 4, ""}},
		"overlap":           {{2, 6, ""}, {5, 7, ""}},
		"twice":             {{2, 6, ""}, {2, 6, ""}},
		"insert inside":     {{2, 6, ""}, {4, 4, "x"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := storage.Splice("0123456789", edits)
			require.Error(t, err)
		})
	}
}

// Replacing every element of a page by itself gives the page (C3: what is not
// ours keeps its bytes).
func TestSpliceRealBodies(t *testing.T) {
	t.Parallel()
	for name, doc := range wellFormed(t) {
		var same []storage.Edit
		for _, n := range doc.Blocks() {
			same = append(same, storage.Edit{Start: n.Start, End: n.End, New: doc.Source[n.Start:n.End]})
		}
		got, err := storage.Splice(doc.Source, same)
		require.NoError(t, err, name)
		require.Equal(t, doc.Source, got, name)
	}
}
