// Package files reads what a setting names. Whatever stands behind the name, a
// read ends within a time and an amount of memory that the caller can count on.
package files

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// patience is how long a file may take. One is there at once; a pipe has what a
// command writes, as a shell's <(command) does, or nobody at its other end.
const patience = 5 * time.Second

// Read returns what a file holds, at most the given number of bytes. Links are
// followed: that is how a cluster mounts its secrets. Errors name the file and
// quote nothing of it.
func Read(name string, most int) ([]byte, error) { return readWithin(name, most, patience) }

func readWithin(name string, most int, patience time.Duration) ([]byte, error) {
	type result struct {
		data []byte
		err  error
	}
	// Opening a pipe that nobody writes to waits as well, and can only be left
	// behind.
	done := make(chan result, 1)
	go func() {
		data, err := read(name, most)
		done <- result{data, err}
	}()
	select {
	case r := <-done:
		return r.data, r.err
	case <-time.After(patience):
		return nil, fmt.Errorf("%s: nothing more came for %v: is it a pipe that nobody writes to?", name, patience)
	}
}

func read(name string, most int) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, fmt.Errorf("%s is a folder, not a file", name)
	case info.Size() > int64(most):
		return nil, tooLarge(name, most)
	}
	data, err := io.ReadAll(io.LimitReader(f, int64(most)+1))
	if len(data) > most {
		return nil, errors.Join(tooLarge(name, most), err)
	}
	return data, err
}

func tooLarge(name string, most int) error {
	return fmt.Errorf("%s holds more than %d KiB", name, most>>10)
}
