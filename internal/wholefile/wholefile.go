// Package wholefile replaces files so that a reader, and a crash, find either
// the old content or the new, whole.
package wholefile

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// The names of files that are being written: hidden, beside their places.
const (
	tempPrefix = ".vatesfeed-"
	tempSuffix = ".tmp"
)

// IsTemp reports whether a file name is one that Write uses for a file that is
// not whole yet. A killed process leaves such files behind.
func IsTemp(name string) bool {
	middle, ok := strings.CutPrefix(name, tempPrefix)
	middle, ok2 := strings.CutSuffix(middle, tempSuffix)
	return ok && ok2 && len(middle) == 8 && strings.Trim(middle, "0123456789abcdef") == ""
}

// sync is (*os.File).Sync, but for tests.
var sync = (*os.File).Sync

// Write replaces the named file with what write writes and reports whether
// that changed it. Where write fails, or where the content is what the file
// has already, the file is left alone, its time stamp included. A file that
// replaces another takes its permissions; a symbolic link stays one. What is
// no regular file, such as a device or a pipe, is written to directly.
func Write(name string, write func(io.Writer) error) (changed bool, err error) {
	if name, err = follow(name); err != nil {
		return false, err
	}
	old, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return false, err
	case old.IsDir():
		return false, fmt.Errorf("%s is a folder, not a file", name)
	case !old.Mode().IsRegular():
		return true, writeDirectly(name, write)
	}

	f, err := createTemp(filepath.Dir(name))
	if err != nil {
		return false, err
	}
	defer func() {
		f.Close()
		if !changed {
			os.Remove(f.Name())
		}
	}()
	w := bufio.NewWriterSize(f, 64<<10)
	if err := write(w); err != nil {
		return false, err
	}
	if err := w.Flush(); err != nil {
		return false, err
	}
	if old != nil {
		if same, err := sameContent(f, name); same || err != nil {
			return false, err
		}
		if err := f.Chmod(old.Mode().Perm()); err != nil {
			return false, err
		}
	}
	if err := sync(f); err != nil {
		return false, err
	}
	if err := f.Close(); err != nil {
		return false, err
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return false, err
	}
	return true, syncDir(filepath.Dir(name))
}

// follow returns the file that a symbolic link leads to, even if that does not
// exist yet.
func follow(name string) (string, error) {
	for range 40 {
		target, err := os.Readlink(name)
		if err != nil {
			return name, nil // no link
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(name), target)
		}
		name = target
	}
	return "", fmt.Errorf("%s: too many symbolic links", name)
}

func writeDirectly(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// createTemp is os.CreateTemp with the permissions that a file usually gets: a
// feed is there for others to read.
func createTemp(dir string) (*os.File, error) {
	for try := 0; ; try++ {
		name := filepath.Join(dir, fmt.Sprintf("%s%08x%s", tempPrefix, rand.Uint32(), tempSuffix))
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) || try == 100 {
			return f, err
		}
	}
}

// sameContent reports whether an open file has the content of a named one.
func sameContent(f *os.File, name string) (bool, error) {
	old, err := os.Open(name)
	if err != nil {
		return false, err
	}
	defer old.Close()
	if a, err := f.Stat(); err != nil {
		return false, err
	} else if b, err := old.Stat(); err != nil || a.Size() != b.Size() {
		return false, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return false, err
	}
	var a, b [32 << 10]byte
	for {
		n, errA := io.ReadFull(f, a[:])
		m, errB := io.ReadFull(old, b[:])
		if !bytes.Equal(a[:n], b[:m]) {
			return false, nil
		}
		if errA != nil || errB != nil {
			if end(errA) && end(errB) {
				return true, nil
			}
			return false, errors.Join(errA, errB)
		}
	}
}

func end(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }

// syncDir makes a rename in a folder last. Systems that cannot sync folders
// look after that themselves.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return nil
	}
	defer d.Close()
	sync(d)
	return nil
}
