package site

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
)

func names(t *testing.T, dir string) []string {
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func openFolder(t *testing.T, dir string) *Folder {
	t.Helper()
	f, err := OpenFolder(t.Context(), dir)
	require.NoError(t, err)
	return f
}

// writeFolder writes a tree as a run of the command does.
func writeFolder(t *testing.T, tree *Tree, dir string) ([]Change, error) {
	f, err := OpenFolder(t.Context(), dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Write(tree)
}

func TestWriteFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public", "feeds")
	all := realArticles()
	tree, err := Build(all, Options{BaseURL: base})
	require.NoError(t, err)
	changes, err := writeFolder(t, tree, dir)
	require.NoError(t, err)
	assert.Len(t, changes, len(tree.Files))
	assert.Contains(t, changes, Change{"new", "aluepaattajille.rss", base + "aluepaattajille.rss"})
	for _, f := range tree.Files {
		got, err := os.ReadFile(filepath.Join(dir, f.Name))
		require.NoError(t, err)
		assert.Equal(t, body(t, f), string(got))
	}
	assert.Len(t, names(t, dir), len(tree.Files)+2, "the list and the lock")

	// Nothing changes: no time stamp, either.
	old := time.Now().Add(-time.Hour).Truncate(time.Second)
	feed := filepath.Join(dir, "kaikki.rss")
	require.NoError(t, os.Chtimes(feed, old, old))
	foreign := filepath.Join(dir, "own.txt")
	require.NoError(t, os.WriteFile(foreign, []byte("mine"), 0o600))
	for _, name := range []string{".vatesfeed-01234567.tmp", ".vatesfeed-mine.tmp", ".vatesfeed-89abcdef.tmp"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("hal"), 0o600))
	}
	require.NoError(t, os.Chtimes(filepath.Join(dir, ".vatesfeed-01234567.tmp"), old.Add(-time.Hour), old.Add(-time.Hour)))
	changes, err = writeFolder(t, tree, dir)
	require.NoError(t, err)
	assert.Empty(t, changes)
	st, err := os.Stat(feed)
	require.NoError(t, err)
	assert.Equal(t, old, st.ModTime())
	assert.NotContains(t, names(t, dir), ".vatesfeed-01234567.tmp", "left by a killed run")
	assert.Contains(t, names(t, dir), ".vatesfeed-89abcdef.tmp", "perhaps another run's")
	assert.Contains(t, names(t, dir), ".vatesfeed-mine.tmp", "somebody else's")

	// A section goes: its files go, and no others.
	for i := range all {
		all[i].Sections = slices.DeleteFunc(all[i].Sections, func(s string) bool { return s == "Alueyhteistyö" })
	}
	tree, err = Build(all, Options{BaseURL: base})
	require.NoError(t, err)
	changes, err = writeFolder(t, tree, dir)
	require.NoError(t, err)
	assert.Contains(t, changes, Change{"removed", "alueyhteistyo.rss", ""})
	assert.Contains(t, changes, Change{"changed", "kaikki.rss", base + "kaikki.rss"})
	assert.Contains(t, changes, Change{"changed", "index.html", ""})
	assert.NotContains(t, names(t, dir), "alueyhteistyo.rss")
	got, err := os.ReadFile(foreign)
	require.NoError(t, err)
	assert.Equal(t, "mine", string(got))
}

// TestForeignFiles has files that are not ours, with the names of files of a tree.
func TestForeignFiles(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "index.html"), []byte("mine"), 0o600))
	tree, err := Build(realArticles(), Options{})
	require.NoError(t, err)
	_, err = writeFolder(t, tree, dir)
	assert.EqualError(t, err, filepath.Join(dir, "index.html")+" is there already, and vatesfeed did not write it; move it away, or name another folder")
	assert.Equal(t, []string{lockName, "index.html"}, names(t, dir))

	// A link is no file of ours, wherever it leads.
	links := t.TempDir()
	if err := os.Symlink(filepath.Join(dir, "outside.css"), filepath.Join(links, "style.css")); err == nil {
		_, err = writeFolder(t, tree, links)
		assert.ErrorContains(t, err, "style.css is there already")
		assert.Equal(t, []string{lockName, "index.html"}, names(t, dir))
	}

	// What has the content of the file is ours.
	require.NoError(t, os.WriteFile(filepath.Join(dir, "index.html"), []byte(body(t, tree.File("index.html"))), 0o600))
	_, err = writeFolder(t, tree, dir)
	assert.NoError(t, err)

	for _, list := range []string{"../x", "/etc/passwd", ".hidden", `a\b`, "a/../../b"} {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, listName), []byte("# x\n"+list+"\n"), 0o600))
		_, err = writeFolder(t, tree, dir)
		assert.ErrorContains(t, err, "which is no file of this folder", list)
	}
	_, err = writeFolder(t, tree, filepath.Join(dir, "index.html"))
	assert.Error(t, err)
}

// TestFolderSlugs adds a section with the slug of an older one, which must keep its
// URL, and a section whose name is longer than a file name may be.
func TestFolderSlugs(t *testing.T) {
	dir := t.TempDir()
	put := func(sections ...string) *Tree {
		f := openFolder(t, dir)
		before := f.Slugs()
		require.NoError(t, f.Close())
		var articles []vatesfeed.Article
		for _, s := range sections {
			articles = append(articles, vatesfeed.Article{Date: vatesfeed.Date{Year: 2024, Month: 1, Day: 1}, Summary: s, Sections: []string{s}})
		}
		tree, err := Build(articles, Options{Slugs: before})
		require.NoError(t, err)
		_, err = writeFolder(t, tree, dir)
		require.NoError(t, err)
		return tree
	}
	put("Ä # x")
	tree := put("A # x", "Ä # x", strings.Repeat("x", 300))
	assert.Equal(t, "a-x", tree.Slugs()["Ä # x"])
	assert.NotEqual(t, "a-x", tree.Slugs()["A # x"])
	assert.Equal(t, tree.Slugs(), put("A # x", strings.Repeat("x", 300), "Ä # x").Slugs())
}

// TestFolderEscape has a list and links in the folder that lead elsewhere.
// Nothing is written there.
func TestFolderEscape(t *testing.T) {
	tree, err := Build(realArticles(), Options{})
	require.NoError(t, err)
	section := "Aluepäättäjille"
	for _, slug := range []string{"aluepaattajille/../../pwn", "aluepaattajille-../pwn", "aluepaattajille-x", "vuosi-2024", "index"} {
		above := t.TempDir()
		dir := filepath.Join(above, "public")
		require.NoError(t, os.Mkdir(dir, 0o777))
		require.NoError(t, os.WriteFile(filepath.Join(dir, listName), []byte(slugMark+slug+" "+section+"\n"), 0o600))
		f := openFolder(t, dir)
		tree, err := Build(realArticles(), Options{Slugs: f.Slugs()})
		require.NoError(t, err)
		assert.Equal(t, "aluepaattajille", tree.Slugs()[section], slug)
		_, err = f.Write(tree)
		require.NoError(t, err)
		require.NoError(t, f.Close())
		assert.Equal(t, []string{"public"}, names(t, above))
	}
	for _, name := range []string{listName, lockName, "kaikki.rss"} {
		dir, outside := t.TempDir(), filepath.Join(t.TempDir(), "outside")
		require.NoError(t, os.WriteFile(outside, []byte("theirs"), 0o600))
		if err := os.Symlink(outside, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
		_, err := writeFolder(t, tree, dir)
		assert.Error(t, err, name)
		got, err := os.ReadFile(outside)
		require.NoError(t, err)
		assert.Equal(t, "theirs", string(got), name)
	}
}

// TestFolderLock has two processes write different trees into a folder at once.
func TestFolderLock(t *testing.T) {
	dir := t.TempDir()
	f := openFolder(t, dir)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := OpenFolder(ctx, dir)
	assert.EqualError(t, err, dir+": another process is writing into it")
	require.NoError(t, f.Close())

	var runs sync.WaitGroup
	for i := range 4 {
		runs.Go(func() {
			tree, err := Build([]vatesfeed.Article{inSections(i+1, "S.")}, Options{})
			if assert.NoError(t, err) {
				_, err = writeFolder(t, tree, dir)
				assert.NoError(t, err)
			}
		})
	}
	runs.Wait()
	tree, err := Build(realArticles(), Options{})
	require.NoError(t, err)
	_, err = writeFolder(t, tree, dir)
	require.NoError(t, err)
	assert.Len(t, names(t, dir), len(tree.Files)+2, "no file is left that nobody owns")
}

// TestFolderRepair finds files of ours that the list does not have.
func TestFolderRepair(t *testing.T) {
	dir := t.TempDir()
	tree, err := Build(realArticles(), Options{})
	require.NoError(t, err)
	_, err = writeFolder(t, tree, dir)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, listName), []byte(listHead), 0o600))
	changes, err := writeFolder(t, tree, dir)
	require.NoError(t, err)
	assert.Empty(t, changes)
	list, err := os.ReadFile(filepath.Join(dir, listName))
	require.NoError(t, err)
	assert.Contains(t, string(list), "\nkaikki.rss\n")
}
