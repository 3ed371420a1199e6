package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// L12: a team's guide is found beside the configuration, and read as it is.
func TestGuideFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "refine.yaml")
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	write("refine.yaml", least+"teams: [{name: A, session: {guide_file: our.md}}, {name: B}, {name: C, session: {format: weekly}}]\n")
	c, err := Load(file)
	require.NoError(t, err)
	a, b := c.Teams[0], c.Teams[1]

	_, err = a.Guide()
	assert.ErrorContains(t, err, "team A: reading the guide")

	write("our.md", "## Talk (10 min)\r\n")
	text, err := a.Guide()
	require.NoError(t, err)
	assert.Equal(t, "## Talk (10 min)\r\n", text)
	text, err = b.Guide()
	require.NoError(t, err)
	assert.Empty(t, text)
	assert.Equal(t, []time.Duration{0, 90 * time.Minute, 45 * time.Minute},
		[]time.Duration{a.Session.Duration, b.Session.Duration, c.Teams[2].Session.Duration})

	write("our.md", strings.Repeat("x", mostGuide+1))
	_, err = a.Guide()
	assert.ErrorContains(t, err, "has more than 64 KiB")

	require.NoError(t, os.Remove(filepath.Join(dir, "our.md")))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "our.md"), 0o700))
	_, err = a.Guide()
	assert.ErrorContains(t, err, "is no file")

	outside := filepath.Join(t.TempDir(), "secret.md")
	require.NoError(t, os.WriteFile(outside, []byte("## Talk (10 min)"), 0o600))
	require.NoError(t, os.Remove(filepath.Join(dir, "our.md")))
	require.NoError(t, os.Symlink(outside, filepath.Join(dir, "our.md")))
	_, err = a.Guide()
	assert.ErrorContains(t, err, "escapes")
}
