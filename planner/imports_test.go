package planner

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The planner is pure: no network, no files, no log, nothing of ours
// but its own rooms.
func TestImports(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", `{{join .Imports "\n"}}`, "./...").Output()
	require.NoError(t, err)
	for _, path := range strings.Fields(string(out)) {
		for _, no := range []string{"net", "os", "log", "math/rand", "syscall"} {
			assert.False(t, path == no || strings.HasPrefix(path, no+"/"), path)
		}
	}
}
