package site

import (
	"bytes"
	"context"
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

	"github.com/gofrs/flock"
	"github.com/vatesfeed/vatesfeed/internal/wholefile"
)

// listName is the file in a folder that lists the files that Write has written.
const listName = ".vatesfeed-files"

const listHead = "# Files in this folder that vatesfeed wrote, and may replace and remove.\n"

// lockName is the file in a folder that a process locks while it has the folder
// open.
const lockName = ".vatesfeed-lock"

// A Folder is a folder that a web server serves. Its methods read and write
// nothing outside it, whatever the names and links in it are.
type Folder struct {
	root  *os.Root
	lock  *flock.Flock
	names []string          // of the files that are ours
	slugs map[string]string // see Slugs
}

// OpenFolder opens a folder, and makes it if it does not exist. If another process
// has the folder open, OpenFolder waits until ctx is done.
func OpenFolder(ctx context.Context, dir string) (*Folder, error) {
	if err := wholefile.MkdirAll(dir); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	f := &Folder{root: root, lock: flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o666))}
	if err = f.isOurs(lockName); err == nil {
		err = f.wait(ctx)
	}
	if err == nil {
		err = f.readList()
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// wait waits for the lock.
func (f *Folder) wait(ctx context.Context) error {
	_, err := f.lock.TryLockContext(ctx, 50*time.Millisecond)
	if err != nil && ctx.Err() != nil {
		err = errors.New("another process is writing into it")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", f.root.Name(), err)
	}
	return nil
}

// Close lets other processes open the folder.
func (f *Folder) Close() error {
	return errors.Join(f.lock.Close(), f.root.Close())
}

// Slugs returns the Slugs of the tree that was written last.
func (f *Folder) Slugs() map[string]string { return f.slugs }

// Write puts a tree into the folder. A file whose content stays the same keeps its
// time stamp. Write removes files of an earlier tree that are not in this one. It
// never touches other files: if one has the name of a file of the tree, but other
// content, Write returns an error and writes nothing.
//
// Each file is replaced atomically. Write returns the changes, including those
// before an error.
func (f *Folder) Write(t *Tree) (changes []Change, err error) {
	isNew := make(map[string]bool)
	for _, file := range t.Files {
		st, err := f.root.Lstat(file.Name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			isNew[file.Name] = true
		case err != nil:
			return nil, err
		case !st.Mode().IsRegular(), !slices.Contains(f.names, file.Name) && !f.has(file):
			return nil, fmt.Errorf("%s is there already, and vatesfeed did not write it; move it away, or name another folder", filepath.Join(f.root.Name(), file.Name))
		}
	}
	wholefile.RemoveTemps(f.root)

	// The list first names the files of both trees. If this run is cut short,
	// the next one knows all files that it may have left as ours.
	var names []string
	for _, file := range t.Files {
		names = append(names, file.Name)
	}
	all := slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(f.names), names...))))
	if err := f.writeList(all, t.Slugs()); err != nil {
		return nil, err
	}
	for _, file := range t.Files {
		changed, err := wholefile.WriteIn(f.root, file.Name, file.Write)
		switch {
		case err != nil:
			return changes, err
		case isNew[file.Name]:
			changes = append(changes, Change{"new", file.Name, file.FeedURL})
		case changed:
			changes = append(changes, Change{"changed", file.Name, file.FeedURL})
		}
	}
	for _, name := range all {
		if slices.Contains(names, name) {
			continue
		}
		err := f.root.Remove(name)
		switch {
		case err == nil:
			changes = append(changes, Change{Op: "removed", Name: name})
		case !errors.Is(err, fs.ErrNotExist):
			return changes, err
		}
	}
	return changes, f.writeList(names, t.Slugs())
}

// has reports whether the folder's file of that name has the same content. Then
// the file counts as ours: runs that did not lock the folder may have left it out
// of the list.
func (f *Folder) has(file *File) bool {
	var want bytes.Buffer
	if file.Write(&want) != nil {
		return false
	}
	got, err := f.root.ReadFile(file.Name)
	return err == nil && bytes.Equal(got, want.Bytes())
}

// slugMark begins a line of the list with a section's slug and name.
const slugMark = "# section "

// readList reads the list: the names of our files, and the slugs of sections.
func (f *Folder) readList() error {
	if err := f.isOurs(listName); err != nil {
		return err
	}
	b, err := f.root.ReadFile(listName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	f.slugs = make(map[string]string)
	for line := range strings.Lines(string(b)) {
		name := strings.TrimSpace(line)
		if mark, ok := strings.CutPrefix(name, slugMark); ok {
			if slug, section, ok := strings.Cut(mark, " "); ok {
				f.slugs[section] = slug
			}
		}
		if name == "" || strings.HasPrefix(name, "#") {
			continue
		}
		if name != filepath.Base(name) || strings.ContainsAny(name, `/\:`) || strings.HasPrefix(name, ".") {
			return fmt.Errorf("%s names %q, which is no file of this folder", filepath.Join(f.root.Name(), listName), name)
		}
		f.names = append(f.names, name)
	}
	return nil
}

// isOurs returns an error if a file that only this package uses exists but is not
// regular: a link might lead elsewhere.
func (f *Folder) isOurs(name string) error {
	if st, err := f.root.Lstat(name); err == nil && !st.Mode().IsRegular() {
		return fmt.Errorf("%s is no regular file; remove it", filepath.Join(f.root.Name(), name))
	}
	return nil
}

func (f *Folder) writeList(names []string, slugs map[string]string) error {
	_, err := wholefile.WriteIn(f.root, listName, func(w io.Writer) error {
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
