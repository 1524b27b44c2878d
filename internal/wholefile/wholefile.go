// Package wholefile replaces files atomically: at any time, also after a crash, a
// file has either all of its old content or all of its new content.
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

// The names of temporary files. They are hidden, in the folders of the files that
// they will replace.
const (
	tempPrefix = ".vatesfeed-"
	tempSuffix = ".tmp"
)

// IsTemp reports whether a file name is that of a temporary file of Write. A
// killed process leaves such files behind.
func IsTemp(name string) bool {
	middle, ok := strings.CutPrefix(name, tempPrefix)
	middle, ok2 := strings.CutSuffix(middle, tempSuffix)
	return ok && ok2 && len(middle) == 8 && strings.Trim(middle, "0123456789abcdef") == ""
}

// sync is a variable so that tests can replace it.
var sync = (*os.File).Sync

// Write replaces the content of the named file with what write writes, and
// reports whether that changed it. If write fails, or if the content is the same,
// the file keeps its content and its time stamp.
//
// The file keeps its permissions, and its owner and group as far as the system
// allows. A symbolic link is followed, and stays. A file that is not regular, such
// as a device or a pipe, is written to directly. Write also removes the temporary
// files in the folder that killed processes left there over an hour ago.
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

// WriteIn is Write for a file in root, but follows no symbolic links and removes
// no temporary files. If the name is that of something other than a regular file,
// it returns an error.
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

// MkdirAll is os.MkdirAll, and makes sure that new folders survive a crash.
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

// oldTemp is the age from which on no process can still be writing a temporary
// file.
const oldTemp = time.Hour

// RemoveTemps removes the temporary files that killed processes left in a folder.
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

// follow returns the target of a symbolic link, which need not exist yet. Links
// among the parent folders are resolved first, since a relative link is relative
// to the real folder that it is in.
func follow(name string) (string, error) {
	for range 40 {
		dir, base := filepath.Split(name)
		dir, err := filepath.EvalSymlinks(cmp.Or(dir, "."))
		if err != nil {
			return name, nil // opening the file returns the error
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

// createTemp is os.CreateTemp with the usual permissions of a new file: other
// users must be able to read a feed.
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

// syncDir makes sure that the changes in a folder survive a crash. It ignores
// errors, since systems that cannot sync folders do that by themselves.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		sync(d)
		d.Close()
	}
}
