package files

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadIsBounded(t *testing.T) { // A18
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	write := func(name string, size int) {
		require.NoError(t, os.WriteFile(at(name), []byte(strings.Repeat("x", size)), 0o600))
	}
	write("small", 3)
	write("full", 4<<10)
	write("large", 4<<10+1)
	require.NoError(t, os.Symlink(at("small"), at("link")))
	require.NoError(t, os.Symlink(at("loop"), at("loop")))
	require.NoError(t, syscall.Mkfifo(at("pipe"), 0o600))
	for name, fails := range map[string]string{
		at("small"):     "",
		at("full"):      "",
		at("link"):      "",
		at("large"):     "large holds more than 4 KiB",
		at("pipe"):      "pipe: nothing more came for 50ms: is it a pipe that nobody writes to?",
		at("loop"):      "too many levels of symbolic links",
		at("absent"):    "no such file",
		dir:             " is a folder, not a file",
		"/dev/zero":     "/dev/zero holds more than 4 KiB",
		at("small/sub"): "not a directory",
		"":              "no such file",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := readWithin(name, 4<<10, 50*time.Millisecond)
			if fails == "" {
				require.NoError(t, err)
				assert.NotEmpty(t, data)
				return
			}
			assert.ErrorContains(t, err, fails)
			assert.Nil(t, data)
		})
	}
}

// A shell's <(command) is a pipe that somebody writes to.
func TestReadTakesWhatAPipeHolds(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe")
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	go func() {
		if f, err := os.OpenFile(pipe, os.O_WRONLY, 0); err == nil {
			f.WriteString("a token\n")
			f.Close()
		}
	}()
	data, err := Read(pipe, 1<<10)
	require.NoError(t, err)
	assert.Equal(t, "a token\n", string(data))
}
