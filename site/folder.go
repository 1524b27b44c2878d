package site

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/wholefile"
)

// listName is the file in a folder that lists the files that are ours.
const listName = ".vatesfeed-files"

const listHead = "# Files in this folder that vatesfeed wrote, and may replace and remove.\n"

// WriteFolder puts the tree into a folder, which it makes if need be. A file
// whose content stays the same is left alone, its time stamp included. Files
// of an earlier tree that are not in this one are removed. Other files are
// never touched: one that stands where a file of the tree should go is an
// error, before anything is written.
//
// Each file is replaced at once, so that at any moment each is either old or
// new, and whole. WriteFolder returns a line for each change.
func (t *Tree) WriteFolder(dir string) (changes []string, err error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	ours, err := readList(dir)
	if err != nil {
		return nil, err
	}
	for _, f := range t.Files {
		old, err := os.ReadFile(filepath.Join(dir, f.Name))
		if err == nil && !slices.Contains(ours, f.Name) && !bytes.Equal(old, f.Body) {
			return nil, fmt.Errorf("%s is there already, and vatesfeed did not write it; move it away, or name another folder", filepath.Join(dir, f.Name))
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	if err := removeTemps(dir); err != nil {
		return nil, err
	}

	// The list has every file that is or will be there, so that a run that
	// is cut short leaves none that the next one would not know as ours.
	names := t.Names()
	all := slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(ours), names...))))
	if err := writeList(dir, all); err != nil {
		return nil, err
	}
	for _, f := range t.Files {
		_, err := os.Stat(filepath.Join(dir, f.Name))
		isNew := errors.Is(err, fs.ErrNotExist)
		changed, err := wholefile.Write(filepath.Join(dir, f.Name), func(w io.Writer) error {
			_, err := w.Write(f.Body)
			return err
		})
		switch {
		case err != nil:
			return changes, err
		case isNew:
			changes = append(changes, "new "+f.Name)
		case changed:
			changes = append(changes, "changed "+f.Name)
		}
	}
	for _, name := range ours {
		if slices.Contains(names, name) {
			continue
		}
		err := os.Remove(filepath.Join(dir, name))
		switch {
		case err == nil:
			changes = append(changes, "removed "+name)
		case !errors.Is(err, fs.ErrNotExist):
			return changes, err
		}
	}
	return changes, writeList(dir, names)
}

// readList returns the names of the files in a folder that are ours.
func readList(dir string) ([]string, error) {
	b, err := os.ReadFile(filepath.Join(dir, listName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	var names []string
	for line := range strings.Lines(string(b)) {
		name := strings.TrimSpace(line)
		if name == "" || strings.HasPrefix(name, "#") {
			continue
		}
		if name != filepath.Base(name) || strings.ContainsAny(name, `/\:`) || strings.HasPrefix(name, ".") {
			return nil, fmt.Errorf("%s names %q, which is no file of this folder", filepath.Join(dir, listName), name)
		}
		names = append(names, name)
	}
	return names, nil
}

func writeList(dir string, names []string) error {
	_, err := wholefile.Write(filepath.Join(dir, listName), func(w io.Writer) error {
		_, err := io.WriteString(w, listHead+strings.Join(names, "\n")+"\n")
		return err
	})
	return err
}

// removeTemps removes what killed runs have left half written.
func removeTemps(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if wholefile.IsTemp(e.Name()) && e.Type().IsRegular() {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}
