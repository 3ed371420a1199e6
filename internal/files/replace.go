package files

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// Replace writes a file beside the one of that name and puts it into its place: whoever
// reads it reads all of one of them. Of a link the file that it leads to is replaced; what
// is no file, as a pipe or a device, is written to.
func Replace(name string, mode os.FileMode, write func(io.Writer) error) error {
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return &os.PathError{Op: "write", Path: name, Err: errors.New("is a folder, not a file")}
	case err == nil && !info.Mode().IsRegular():
		return into(name, write)
	case err == nil:
		if name, err = filepath.EvalSymlinks(name); err != nil {
			return err
		}
	}
	return replace(name, mode, write)
}

// into writes to what is there.
func into(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
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
