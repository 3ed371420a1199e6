package main

import (
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// outliveReaders keeps a pipe that nobody reads any more, as head leaves it, from
// ending the program in the middle of its writes. The signal is taken and not
// ignored, since the commands that a run starts would inherit that.
func outliveReaders() {
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
}

// An unread writer swallows what its reader does not want to hear any more. What
// a run has done does not depend on who listens, and so neither does its exit
// code; a full disk is another matter.
type unread struct{ w io.Writer }

func (u unread) Write(p []byte) (int, error) {
	n, err := u.w.Write(p)
	if errors.Is(err, syscall.EPIPE) {
		return len(p), nil
	}
	return n, err
}
