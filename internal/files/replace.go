package files

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// Write is [Replace], and writes to what is no file, as a pipe or a device: it may have to
// wait for somebody who reads.
func Write(name string, mode os.FileMode, write func(io.Writer) error) error {
	if info, err := os.Stat(name); err != nil || info.Mode().IsRegular() || info.IsDir() {
		return Replace(name, mode, write)
	}
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// Replace writes a file beside the one of that name and puts it into its place: whoever
// reads it reads all of one of them. Of a link the file that it leads to is replaced; what
// is no file stays as it is, with an error.
func Replace(name string, mode os.FileMode, write func(io.Writer) error) error {
	if info, err := os.Stat(name); err == nil {
		if !info.Mode().IsRegular() {
			return &os.PathError{Op: "write", Path: name, Err: errors.New("is not a file")}
		}
		if name, err = filepath.EvalSymlinks(name); err != nil {
			return err
		}
	}
	return replace(name, mode, write)
}

func replace(name string, mode os.FileMode, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".refine-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	err = write(f)
	if err == nil {
		err = f.Chmod(mode)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
