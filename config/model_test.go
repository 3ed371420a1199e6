package config

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// L13: without a word about it, no model is asked.
func TestNoModelUnlessGiven(t *testing.T) {
	t.Parallel()
	c, err := Load(write(t, least))
	require.NoError(t, err)
	assert.Equal(t, Model{Provider: NoModel, Timeout: 4 * time.Minute, Review: true}, c.Model)
	_, err = c.ModelKey(t.Context())
	assert.EqualError(t, err, "model: key gives nothing")
}

// L13 F4: a model's key is kept like a token.
func TestModelKey(t *testing.T) {
	t.Parallel()
	name := write(t, least+"model: {provider: openai, base_url: 'http://127.0.0.1:8000/v1/', model: m, key_file: model-key}\n")
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(name), "model-key"), []byte("sk-1\n"), 0o600))
	c, err := Load(name)
	require.NoError(t, err)
	assert.Equal(t, "http://127.0.0.1:8000/v1", c.Model.BaseURL)
	key, err := c.ModelKey(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "sk-1", key.Reveal())

	c, err = Load(write(t, least+"model: {provider: anthropic, model: m, key_command: 'echo sk-2; exit 1'}\n"))
	require.NoError(t, err)
	_, err = c.ModelKey(t.Context())
	assert.ErrorContains(t, err, "model: running key_command: exit status 1")
	assert.NotContains(t, err.Error(), "sk-2")
}

func TestModelOfTheEnvironment(t *testing.T) {
	t.Setenv("REFINE_MODEL_PROVIDER", "openai")
	t.Setenv("REFINE_MODEL_MODEL", "m")
	t.Setenv("REFINE_MODEL_KEY", "sk-3")
	c, err := Load(write(t, least+"model: {key_file: absent, timeout: 9s}\n"))
	require.NoError(t, err)
	assert.Equal(t, Model{Provider: OpenAI, Model: "m", Key: c.Model.Key, Timeout: 9 * time.Second, Review: true}, c.Model)
	assert.Equal(t, "sk-3", c.Model.Key.Reveal(), "the environment's key replaces the file's way to one")
}
