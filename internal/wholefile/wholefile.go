// Package wholefile replaces files so that a reader, and a crash, find either
// the old content or the new, whole.
package wholefile

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
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
// replaces another takes its permissions, and its owner and group as far as the
// system allows; a symbolic link stays one. What is no regular file, such as a
// device or a pipe, is written to directly. What killed processes left half
// written in the folder an hour ago is removed.
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
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return false, err
	}
	defer root.Close()
	RemoveTemps(root)
	return WriteIn(root, filepath.Base(name), write)
}

// WriteIn is Write for a file of a folder. What has the name there and is no
// regular file is an error; no link is followed.
func WriteIn(root *os.Root, name string, write func(io.Writer) error) (changed bool, err error) {
	old, err := root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return false, err
	case !old.Mode().IsRegular():
		return false, fmt.Errorf("%s is no regular file", filepath.Join(root.Name(), name))
	}
	f, temp, err := createTemp(root)
	if err != nil {
		return false, fmt.Errorf("%s: %w", root.Name(), err)
	}
	defer func() {
		f.Close()
		if !changed {
			root.Remove(temp)
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
		if same, err := sameContent(f, root, name); same || err != nil {
			return false, err
		}
		keepOwner(f, old)
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
	if err := root.Rename(temp, name); err != nil {
		return false, err
	}
	syncDir(root.Name())
	return true, nil
}

// MkdirAll is os.MkdirAll, and makes new folders last through a crash.
func MkdirAll(dir string) error {
	if _, err := os.Stat(dir); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return os.MkdirAll(dir, 0o777)
	}
	parent := filepath.Dir(dir)
	if err := MkdirAll(parent); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	syncDir(parent)
	return nil
}

// oldTemp is when a half written file cannot be one that another process is
// writing.
const oldTemp = time.Hour

// RemoveTemps removes what killed processes left half written in a folder.
func RemoveTemps(root *os.Root) {
	dir, err := root.Open(".")
	if err != nil {
		return
	}
	defer dir.Close()
	entries, _ := dir.ReadDir(-1)
	for _, e := range entries {
		if !IsTemp(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		if st, err := e.Info(); err == nil && time.Since(st.ModTime()) > oldTemp {
			root.Remove(e.Name())
		}
	}
}

// follow returns the file that a symbolic link leads to, even if that does not
// exist yet. Links on the way to it are resolved first: a relative link is
// relative to the folder that it is really in.
func follow(name string) (string, error) {
	for range 40 {
		dir, base := filepath.Split(name)
		dir, err := filepath.EvalSymlinks(cmp.Or(dir, "."))
		if err != nil {
			return name, nil // whoever opens it says what is wrong
		}
		name = filepath.Join(dir, base)
		target, err := os.Readlink(name)
		switch {
		case err != nil:
			return name, nil // no link
		case filepath.IsAbs(target):
			name = target
		default:
			name = dir + string(filepath.Separator) + target
		}
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
func createTemp(root *os.Root) (f *os.File, name string, err error) {
	for try := 0; ; try++ {
		name = fmt.Sprintf("%s%08x%s", tempPrefix, rand.Uint32(), tempSuffix)
		f, err = root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) || try == 100 {
			return f, name, err
		}
	}
}

// sameContent reports whether an open file has the content of a named one.
func sameContent(f *os.File, root *os.Root, name string) (bool, error) {
	old, err := root.Open(name)
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

// syncDir makes what changed in a folder last. Systems that cannot sync folders
// look after that themselves.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		sync(d)
		d.Close()
	}
}
