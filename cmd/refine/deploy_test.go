package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"refine/config"
)

// What is deployed is what the program takes: the configuration, the names of the
// variables, the command line.
func TestTheManifestFitsTheProgram(t *testing.T) { // O8
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "deploy", "kubernetes", "cronjob.yaml"))
	require.NoError(t, err)
	var settings struct {
		Data map[string]string `yaml:"data"`
	}
	require.NoError(t, yaml.NewDecoder(strings.NewReader(string(text))).Decode(&settings))
	file := filepath.Join(t.TempDir(), "refine.yaml")
	withToken := strings.Replace(settings.Data["refine.yaml"], "auth:\n", "auth:\n    token: from the secret\n", 1)
	require.NoError(t, os.WriteFile(file, []byte(withToken), 0o600))
	c, err := config.Load(file)
	require.NoError(t, err)
	assert.Equal(t, "Payments", c.Teams[0].Name)

	var environ []string
	for _, name := range regexp.MustCompile(`REFINE_\w+`).FindAllString(string(text), -1) {
		environ = append(environ, name+"=x")
	}
	assert.Len(t, environ, 3)
	assert.Empty(t, new(config.Config).Strays(environ))

	args := regexp.MustCompile(`args: \[(.*)\]`).FindStringSubmatch(string(text))
	require.NotNil(t, args)
	a := newApp(strings.NewReader(""), os.Stdout, os.Stderr)
	root := a.rootCommand()
	root.SetOut(io.Discard)
	root.SetArgs(append(strings.Split(args[1], ", "), "--help"))
	require.NoError(t, root.Execute())
	assert.Equal(t, "/etc/refine/refine.yaml", a.configFile)
}
