package site

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

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
// new, and whole. WriteFolder returns the changes, also those before an error.
func (t *Tree) WriteFolder(dir string) (changes []Change, err error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	ours, _, err := readList(dir)
	if err != nil {
		return nil, err
	}
	isNew := make(map[string]bool)
	for _, f := range t.Files {
		st, err := os.Lstat(filepath.Join(dir, f.Name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			isNew[f.Name] = true
		case err != nil:
			return nil, err
		case !slices.Contains(ours, f.Name) || !st.Mode().IsRegular():
			return nil, fmt.Errorf("%s is there already, and vatesfeed did not write it; move it away, or name another folder", filepath.Join(dir, f.Name))
		}
	}
	if err := removeTemps(dir); err != nil {
		return nil, err
	}

	// The list has every file that is or will be there, so that a run that
	// is cut short leaves none that the next one would not know as ours.
	var names []string
	for _, f := range t.Files {
		names = append(names, f.Name)
	}
	all := slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(ours), names...))))
	if err := writeList(dir, all, t.Slugs()); err != nil {
		return nil, err
	}
	for _, f := range t.Files {
		changed, err := wholefile.Write(filepath.Join(dir, f.Name), f.Write)
		switch {
		case err != nil:
			return changes, err
		case isNew[f.Name]:
			changes = append(changes, Change{"new", f.Name, f.FeedURL})
		case changed:
			changes = append(changes, Change{"changed", f.Name, f.FeedURL})
		}
	}
	for _, name := range ours {
		if slices.Contains(names, name) {
			continue
		}
		err := os.Remove(filepath.Join(dir, name))
		switch {
		case err == nil:
			changes = append(changes, Change{Op: "removed", Name: name})
		case !errors.Is(err, fs.ErrNotExist):
			return changes, err
		}
	}
	return changes, writeList(dir, names, t.Slugs())
}

// FolderSlugs returns the Slugs of the tree that WriteFolder wrote last into a
// folder.
func FolderSlugs(dir string) (map[string]string, error) {
	_, slugs, err := readList(dir)
	return slugs, err
}

// slugMark begins a line of the list that says whose files have which name.
const slugMark = "# section "

// readList returns the names of the files in a folder that are ours, and what
// the files of sections are called.
func readList(dir string) (names []string, slugs map[string]string, err error) {
	b, err := os.ReadFile(filepath.Join(dir, listName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	} else if err != nil {
		return nil, nil, err
	}
	slugs = make(map[string]string)
	for line := range strings.Lines(string(b)) {
		name := strings.TrimSpace(line)
		if mark, ok := strings.CutPrefix(name, slugMark); ok {
			if slug, section, ok := strings.Cut(mark, " "); ok {
				slugs[section] = slug
			}
		}
		if name == "" || strings.HasPrefix(name, "#") {
			continue
		}
		if name != filepath.Base(name) || strings.ContainsAny(name, `/\:`) || strings.HasPrefix(name, ".") {
			return nil, nil, fmt.Errorf("%s names %q, which is no file of this folder", filepath.Join(dir, listName), name)
		}
		names = append(names, name)
	}
	return names, slugs, nil
}

func writeList(dir string, names []string, slugs map[string]string) error {
	_, err := wholefile.Write(filepath.Join(dir, listName), func(w io.Writer) error {
		var b strings.Builder
		b.WriteString(listHead)
		for _, section := range slices.Sorted(maps.Keys(slugs)) {
			b.WriteString(slugMark + slugs[section] + " " + section + "\n")
		}
		b.WriteString(strings.Join(names, "\n") + "\n")
		_, err := io.WriteString(w, b.String())
		return err
	})
	return err
}

// oldTemp is when a half written file cannot be one that another run is writing.
const oldTemp = time.Hour

// removeTemps removes what killed runs have left half written.
func removeTemps(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !wholefile.IsTemp(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		if st, err := e.Info(); err == nil && time.Since(st.ModTime()) > oldTemp {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}
