//go:build unix

package config

import (
	"os/exec"
	"syscall"
)

// alone gives a command a process group, so that all it has started ends with
// it. Such a group may not ask at a terminal.
func alone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
