package files_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/files"
)

func says(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// A file is there whole or as it was, a link stays one, and what is no file is written to.
func TestReplace(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	real, link := filepath.Join(dir, "real"), filepath.Join(dir, "link")
	require.NoError(t, files.Replace(real, 0o600, says("old")))
	require.NoError(t, os.Symlink(real, link))
	require.NoError(t, files.Replace(link, 0o600, says("new")))
	got, err := os.ReadFile(real)
	require.NoError(t, err)
	assert.Equal(t, "new", string(got))
	info, err := os.Lstat(link)
	require.NoError(t, err)
	assert.NotZero(t, info.Mode()&os.ModeSymlink, "it is still a link")

	broken := errors.New("no more")
	require.ErrorIs(t, files.Replace(real, 0o600, func(io.Writer) error { return broken }), broken)
	got, err = os.ReadFile(real)
	require.NoError(t, err)
	assert.Equal(t, "new", string(got))
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, left, 2, "nothing half-written stays")

	require.NoError(t, files.Write(os.DevNull, 0o600, says("gone")))
	assert.ErrorContains(t, files.Replace(os.DevNull, 0o600, says("gone")), "is not a file", "nor does anybody wait at a pipe")
	info, err = os.Stat(os.DevNull)
	require.NoError(t, err)
	assert.False(t, info.Mode().IsRegular(), "a device stays one")
	assert.ErrorContains(t, files.Write(dir, 0o600, says("x")), "is not a file")
	require.NoError(t, files.Write(real, 0o600, says("by the other name")))
}
