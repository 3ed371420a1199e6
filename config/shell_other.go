//go:build !unix

package config

import "os/exec"

// alone does nothing where there are no process groups: the shell alone is
// ended.
func alone(*exec.Cmd) {}
