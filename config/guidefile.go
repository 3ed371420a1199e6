package config

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// mostGuide bounds what is read of a guide, in bytes.
const mostGuide = 64 << 10

// Guide reads the team's own guide; without a guide_file it is empty.
func (t Team) Guide() (string, error) {
	if t.Session.GuideFile == "" {
		return "", nil
	}
	text, err := readGuide(t.Session.GuideFile)
	if err != nil {
		return "", t.GuideError(fmt.Errorf("reading the guide: %w", err))
	}
	return text, nil
}

// GuideError says that a team's guide_file is of no use, with each of its faults.
func (t Team) GuideError(err error) error {
	faults := []error{err}
	if all, ok := err.(interface{ Unwrap() []error }); ok {
		faults = all.Unwrap()
	}
	for i, f := range faults {
		faults[i] = fmt.Errorf("team %s: %w", t.Name, f)
	}
	return &Error{Faults: faults, Remedy: "correct the file that session.guide_file names, or leave it out and choose a format"}
}

// readGuide reads a file of its folder, which a link in it does not leave.
func readGuide(name string) (string, error) {
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return "", err
	}
	defer root.Close()
	info, err := root.Stat(filepath.Base(name))
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("%s is no file", name) // a pipe would be waited for
	}
	f, err := root.Open(filepath.Base(name))
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostGuide+1))
	if len(text) > mostGuide {
		return "", fmt.Errorf("%s has more than %d KiB", name, mostGuide>>10)
	}
	return string(text), err
}
