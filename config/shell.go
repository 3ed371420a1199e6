package config

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"time"

	"github.com/mattn/go-isatty"
)

// runShell gives what the command prints, if it ends within the time. What it
// says on stderr is shown to the person who waits for it, and never becomes part
// of an error.
func runShell(ctx context.Context, command string, patience time.Duration) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	shell, flag := "sh", "-c"
	if runtime.GOOS == "windows" {
		shell, flag = "cmd", "/C"
	}
	out := &bounded{full: cancel}
	cmd := exec.CommandContext(ctx, shell, flag, command)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, out, os.Stderr
	cmd.WaitDelay = time.Second // what it started may hold the pipe open
	if !isatty.IsTerminal(os.Stdin.Fd()) {
		alone(cmd)
	}
	err := cmd.Run()
	switch {
	case out.overflowed:
		return "", fmt.Errorf("it printed more than %d KiB", mostSecret>>10)
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return "", fmt.Errorf("not done after %v", patience)
	}
	return out.text.String(), err
}

// A bounded buffer takes as much as a secret may have, then no more.
type bounded struct {
	text       bytes.Buffer
	overflowed bool
	full       func() // called when no more is taken
}

var errFull = errors.New("no more is taken")

func (b *bounded) Write(p []byte) (int, error) {
	if b.text.Len()+len(p) > mostSecret {
		b.overflowed = true
		b.full()
		return 0, errFull
	}
	return b.text.Write(p)
}
