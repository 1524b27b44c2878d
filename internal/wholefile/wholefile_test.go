package wholefile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func content(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// names returns the names of all files in a folder.
func names(t *testing.T, dir string) []string {
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "feed.rss")
	check := func(wantChanged bool, s string) {
		t.Helper()
		changed, err := Write(name, content(s))
		require.NoError(t, err)
		assert.Equal(t, wantChanged, changed)
		got, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.Equal(t, s, string(got))
		assert.Equal(t, []string{"feed.rss"}, names(t, dir))
	}
	check(true, "one")
	if runtime.GOOS != "windows" {
		require.NoError(t, os.Chmod(name, 0o640))
	}
	old := time.Now().Add(-time.Hour).Truncate(time.Second)
	require.NoError(t, os.Chtimes(name, old, old))
	check(false, "one")
	st, err := os.Stat(name)
	require.NoError(t, err)
	assert.Equal(t, old, st.ModTime())
	check(true, "two")
	check(true, "longer than before")
	check(true, "")
	if runtime.GOOS != "windows" {
		st, err = os.Stat(name)
		require.NoError(t, err)
		assert.Equal(t, fs.FileMode(0o640), st.Mode().Perm())
	}

	broken := errors.New("broken")
	changed, err := Write(name, func(w io.Writer) error {
		io.WriteString(w, "half")
		return broken
	})
	assert.False(t, changed)
	assert.ErrorIs(t, err, broken)
	check(false, "")
}

func TestWriteSymlink(t *testing.T) {
	dir, link := t.TempDir(), filepath.Join(t.TempDir(), "link")
	name := filepath.Join(dir, "feed.rss")
	require.NoError(t, os.WriteFile(name, []byte("one"), 0o600))
	if err := os.Symlink(name, link); err != nil {
		t.Skip(err)
	}
	_, err := Write(link, content("two"))
	require.NoError(t, err)
	got, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, "two", string(got))
	require.NoError(t, os.Remove(name))
	_, err = Write(link, content("three"))
	require.NoError(t, err)
	got, err = os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, "three", string(got))
	target, err := os.Readlink(link)
	require.NoError(t, err)
	assert.Equal(t, name, target)
}

func TestWriteErrors(t *testing.T) {
	dir := t.TempDir()
	_, err := Write(dir, content("x"))
	assert.ErrorContains(t, err, "is a folder, not a file")
	_, err = Write(filepath.Join(dir, "no", "feed.rss"), content("x"))
	assert.ErrorIs(t, err, fs.ErrNotExist)
	assert.Empty(t, names(t, dir))
}

func TestWriteDevice(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip(err)
	}
	_, err := Write("/dev/null", content("x"))
	assert.NoError(t, err)
	_, err = Write("/dev/full", content("x"))
	assert.ErrorContains(t, err, "no space left")
}

// TestWriteRelease writes through a relative link in a folder that is a link
// itself, as tools leave it that deploy each release into a folder of its own.
func TestWriteRelease(t *testing.T) {
	dir := t.TempDir()
	for _, d := range []string{"releases/1", "releases/shared", "shared"} {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, d), 0o777))
	}
	if err := os.Symlink(filepath.Join("releases", "1"), filepath.Join(dir, "current")); err != nil {
		t.Skip(err)
	}
	require.NoError(t, os.Symlink(filepath.Join("..", "shared", "feed.rss"), filepath.Join(dir, "releases", "1", "feed.rss")))
	for _, s := range []string{"one", "two"} {
		_, err := Write(filepath.Join(dir, "current", "feed.rss"), content(s))
		require.NoError(t, err)
		got, err := os.ReadFile(filepath.Join(dir, "releases", "shared", "feed.rss"))
		require.NoError(t, err)
		assert.Equal(t, s, string(got))
	}
	assert.Empty(t, names(t, filepath.Join(dir, "shared")))
}

// TestWriteOwner keeps the owner of a file that another user replaces.
func TestWriteOwner(t *testing.T) {
	name := filepath.Join(t.TempDir(), "feed.rss")
	require.NoError(t, os.WriteFile(name, []byte("one"), 0o640))
	if err := os.Chown(name, 12345, 23456); err != nil {
		t.Skip(err)
	}
	_, err := Write(name, content("two"))
	require.NoError(t, err)
	st, err := os.Stat(name)
	require.NoError(t, err)
	owner := reflect.Indirect(reflect.ValueOf(st.Sys()))
	assert.EqualValues(t, 12345, owner.FieldByName("Uid").Uint())
	assert.EqualValues(t, 23456, owner.FieldByName("Gid").Uint())
}

// TestWriteIn does not leave the folder, by a name or by a link.
func TestWriteIn(t *testing.T) {
	dir, outside := t.TempDir(), filepath.Join(t.TempDir(), "outside")
	require.NoError(t, os.WriteFile(outside, []byte("theirs"), 0o600))
	root, err := os.OpenRoot(dir)
	require.NoError(t, err)
	defer root.Close()
	_, err = WriteIn(root, filepath.Join("..", "outside"), content("ours"))
	assert.Error(t, err)
	if os.Symlink(outside, filepath.Join(dir, "link")) == nil {
		_, err = WriteIn(root, "link", content("ours"))
		assert.ErrorContains(t, err, "is no regular file")
	}
	got, err := os.ReadFile(outside)
	require.NoError(t, err)
	assert.Equal(t, "theirs", string(got))
}

// TestRemoveTemps removes what a killed process left, and nothing else.
func TestRemoveTemps(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{".vatesfeed-01234567.tmp", ".vatesfeed-mine.tmp", "old.tmp"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), nil, 0o600))
		old := time.Now().Add(-2 * oldTemp)
		require.NoError(t, os.Chtimes(filepath.Join(dir, name), old, old))
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, ".vatesfeed-89abcdef.tmp"), nil, 0o600))
	_, err := Write(filepath.Join(dir, "feed.rss"), content("x"))
	require.NoError(t, err)
	assert.Equal(t, []string{".vatesfeed-89abcdef.tmp", ".vatesfeed-mine.tmp", "feed.rss", "old.tmp"}, names(t, dir))
}

func TestMkdirAll(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, MkdirAll(filepath.Join(dir, "a", "b", "c")))
	require.NoError(t, MkdirAll(filepath.Join(dir, "a", "b", "c")))
	assert.DirExists(t, filepath.Join(dir, "a", "b", "c"))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "f"), nil, 0o600))
	assert.Error(t, MkdirAll(filepath.Join(dir, "f")))
	assert.Error(t, MkdirAll(filepath.Join(dir, "f", "g")))
}

func TestIsTemp(t *testing.T) {
	root, err := os.OpenRoot(t.TempDir())
	require.NoError(t, err)
	defer root.Close()
	f, name, err := createTemp(root)
	require.NoError(t, err)
	defer f.Close()
	assert.True(t, IsTemp(name))
	assert.False(t, IsTemp("feed.rss"))
	assert.False(t, IsTemp(".vatesfeed-mine.tmp"))
}

// TestSync writes to the disk first the file, while the old one is in place, and
// then the folder, which has the new one.
func TestSync(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "feed.rss")
	require.NoError(t, os.WriteFile(name, []byte("old"), 0o600))
	var synced []string
	fail := errors.New("the disk is full")
	var fails error
	sync = func(f *os.File) error {
		kind := "other"
		if f.Name() == dir {
			kind = "folder"
		} else if b, err := os.ReadFile(f.Name()); err == nil && string(b) == "new" {
			kind = "new"
		}
		inPlace, err := os.ReadFile(name)
		require.NoError(t, err)
		synced = append(synced, kind+" while "+string(inPlace))
		return fails
	}
	defer func() { sync = (*os.File).Sync }()

	fails = fail
	changed, err := Write(name, content("new"))
	assert.False(t, changed)
	assert.ErrorIs(t, err, fail)
	assert.Equal(t, []string{"new while old"}, synced)
	assert.Equal(t, []string{"feed.rss"}, names(t, dir))

	fails, synced = nil, nil
	changed, err = Write(name, content("new"))
	assert.True(t, changed)
	assert.NoError(t, err)
	assert.Equal(t, []string{"new while old", "folder while new"}, synced)
}
