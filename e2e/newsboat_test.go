package e2e

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // Europe/Helsinki also where no zone database is installed

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestNewsboat subscribes as a reader does, who fetches the feeds again and
// again: every article is there once, with what the page printed of it, and
// what was read stays read.
//
// Newsboat tells articles apart by their GUIDs alone and keeps each in the feed
// that it has fetched last (https://github.com/newsboat/newsboat/issues/898).
// So who subscribes to both RSS and Atom has each article once as well.
func TestNewsboat(t *testing.T) {
	listing, err := os.ReadFile(leaders)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "listing.txt")
	require.NoError(t, os.WriteFile(file, listing, 0o666))
	address := serve(t, "-refresh", "1s", file)
	rss, atom := address+"/aluepaattajille.rss", address+"/aluepaattajille.atom"
	subscribers := map[string]*subscriber{
		"RSS":  subscribe(t, rss),
		"Atom": subscribe(t, atom),
		"both": subscribe(t, rss, atom),
	}

	items := published(t, address, "aluepaattajille")
	checkItems(t, string(listing), items)
	// Newsboat keeps a feed's validators from the second fetch on, and so
	// first sends them with the third.
	for _, fetch := range []string{"first", "second", "third"} {
		for name, s := range subscribers {
			s.newsboat(t, "-x", "reload")
			checkRows(t, s, items, 1, name+", "+fetch+" fetch")
		}
	}

	for _, s := range subscribers {
		s.sqlite(t, "UPDATE rss_item SET unread = 0")
	}
	const title = "Järjestöt uudistusten keskellä"
	untitled := "vaatimustasoa.\n\n\n"
	require.Equal(t, 1, strings.Count(string(listing), untitled))
	changed := strings.Replace(string(listing), untitled, "vaatimustasoa.\n\n"+title+"\n\n", 1)
	header, _ := get(t, rss)
	replace(t, file, changed)
	require.Eventually(t, func() bool {
		now, _ := get(t, rss)
		return now.Get("ETag") != header.Get("ETag")
	}, 30*time.Second, 100*time.Millisecond, "no refresh")

	items = published(t, address, "aluepaattajille")
	checkItems(t, changed, items)
	assert.Equal(t, title, items[0].Title)
	for _, fetch := range []string{"first", "second"} {
		for name, s := range subscribers {
			s.newsboat(t, "-x", "reload")
			checkRows(t, s, items, 0, name+", "+fetch+" fetch after an article gained a title")
		}
	}
}

// TestNewsboatEdits follows a page whose editors mend it, cut it short and close
// it for maintenance. No article that was read turns up as unread again, and a
// new one does.
func TestNewsboatEdits(t *testing.T) {
	b, err := os.ReadFile(leaders)
	require.NoError(t, err)
	listing := string(b)
	file := filepath.Join(t.TempDir(), "listing.txt")
	require.NoError(t, os.WriteFile(file, b, 0o666))
	archive := filepath.Join(t.TempDir(), "all.json")
	edit := func(old, new string) string {
		require.True(t, strings.Contains(listing, old), old)
		listing = strings.Replace(listing, old, new, 1)
		return listing
	}
	feed := filepath.Join(t.TempDir(), "feed.rss")
	// Not http.ServeFile: two edits can be within a second, which is all that
	// Last-Modified can tell apart.
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		b, err := os.ReadFile(feed)
		assert.NoError(t, err)
		w.Write(b)
	}))
	defer server.Close()
	s := subscribe(t, server.URL+"/feed.rss")
	run := func() {
		c := exec.Command(command, "-archive", archive, "-o", feed, file)
		c.Stderr = new(strings.Builder) // what is refused is said there
		c.Run()
		s.newsboat(t, "-x", "reload")
	}
	count := func(where string) string {
		return strings.TrimSpace(s.sqlite(t, "SELECT count(*) AS n FROM rss_item WHERE "+where))
	}
	run()
	assert.Equal(t, `[{"n":47}]`, count("deleted = 0"))
	s.sqlite(t, "UPDATE rss_item SET unread = 0")
	for name, text := range map[string]func() string{
		"a typo":             func() string { return edit("menossa historiallisen suuret", "menossa historialisen suuret") },
		"a longer summary":   func() string { return edit("nostaa vaatimustasoa.", "nostaa vaatimustasoa. Lue koko juttu.") },
		"another title":      func() string { return edit("Tavoitteena yhdistää resurssit", "Tavoite on yhdistää resurssit") },
		"another date":       func() string { return edit("08.06.2023", "09.06.2023") },
		"cut in transit":     func() string { return listing[:5000] },
		"a maintenance page": func() string { return "Huoltokatko\n\n12.03.2024\n\nSivusto on huollossa.\n" },
	} {
		replace(t, file, text())
		run()
		replace(t, file, listing)
		run()
		assert.Equal(t, `[{"n":47}]`, count("deleted = 0"), name)
		assert.Equal(t, `[{"n":0}]`, count("unread = 1"), name)
	}
	replace(t, file, edit("29.01.2024\n", "30.01.2024\n\nAivan uusi kirjoitus.\n\n\n29.01.2024\n"))
	run()
	assert.Equal(t, `[{"n":1}]`, count("unread = 1"))
}

// checkItems checks what is published of a listing against its lines, read
// without the help of the command.
func checkItems(t *testing.T, listing string, items []item) {
	t.Helper()
	printed := regexp.MustCompile(`(?m)^\d\d\.\d\d\.\d{4}$`).FindAllString(listing, -1)
	var got []string
	ids, links := map[string]bool{}, map[string]bool{}
	for _, i := range items {
		got = append(got, day(t, i.Published))
		ids[i.ID], links[i.URL] = true, true
		assert.Contains(t, listing, "\n"+strings.TrimSuffix(i.Title, "…"), "a title begins a line")
	}
	assert.Len(t, items, 47)
	assert.Len(t, ids, 47)
	assert.Len(t, links, 47)
	assert.Equal(t, printed, got)
}

// day returns the day in Finland, as the listing prints it.
func day(t *testing.T, date time.Time) string {
	t.Helper()
	helsinki, err := time.LoadLocation("Europe/Helsinki")
	require.NoError(t, err)
	return date.In(helsinki).Format("02.01.2006")
}

// checkRows checks that newsboat has each item once.
func checkRows(t *testing.T, s *subscriber, items []item, unread int, when string) {
	t.Helper()
	type row struct {
		GUID, Title, URL string
		PubDate          int64
		Unread           int
	}
	var rows []row
	out := s.sqlite(t, "SELECT guid, title, url, pubDate, unread FROM rss_item WHERE deleted = 0")
	require.NoError(t, json.Unmarshal([]byte(out), &rows), when)
	var want []row
	for _, i := range items {
		want = append(want, row{GUID: i.ID, Title: i.Title, URL: i.URL, PubDate: i.Published.Unix(), Unread: unread})
	}
	assert.ElementsMatch(t, want, rows, when)
}

// TestNewsboatImport reads the list of feeds with newsboat's import, and then
// the feeds.
func TestNewsboatImport(t *testing.T) {
	address := serve(t, leaders, cooperation)
	s := subscribe(t)
	_, opml := get(t, address+"/feeds.opml")
	file := filepath.Join(s.dir, "feeds.opml")
	require.NoError(t, os.WriteFile(file, opml, 0o666))
	s.newsboat(t, "-i", file)

	urls, err := os.ReadFile(filepath.Join(s.dir, "urls"))
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{
		address + "/aluepaattajille.rss",
		address + "/alueyhteistyo.rss",
	}, strings.Fields(string(urls)))

	s.newsboat(t, "-x", "reload")
	// An article of both sections has the seconds of the feed that was read
	// last.
	items := make(map[string]item)
	for _, slug := range []string{"aluepaattajille", "alueyhteistyo"} {
		for _, i := range published(t, address, slug) {
			if i.Published.Equal(s.published(t, i.ID)) {
				items[i.ID] = i
			}
		}
	}
	assert.Len(t, items, 49)
	checkRows(t, s, slices.Collect(maps.Values(items)), 1, "after the import")
}

// A subscriber is someone who reads feeds with newsboat.
type subscriber struct{ dir string }

// subscribe returns a new subscriber to some feeds.
func subscribe(t *testing.T, feeds ...string) *subscriber {
	t.Helper()
	s := &subscriber{dir: t.TempDir()}
	for name, text := range map[string]string{
		"urls":   strings.Join(feeds, "\n") + "\n",
		"config": "auto-reload no\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o666))
	}
	return s
}

// published returns the time that newsboat has of an item.
func (s *subscriber) published(t *testing.T, id string) time.Time {
	t.Helper()
	out := s.sqlite(t, "SELECT pubDate FROM rss_item WHERE guid = '"+id+"'")
	var rows []struct{ PubDate int64 }
	require.NoError(t, json.Unmarshal([]byte(out), &rows))
	require.Len(t, rows, 1)
	return time.Unix(rows[0].PubDate, 0)
}

// newsboat runs newsboat with the subscriber's files and no others.
func (s *subscriber) newsboat(t *testing.T, args ...string) {
	t.Helper()
	args = append([]string{"-u", "urls", "-c", "cache.db", "-C", "config"}, args...)
	c := exec.CommandContext(t.Context(), program(t, "newsboat", "newsboat"), args...)
	c.Dir = s.dir
	c.Env = []string{"HOME=" + s.dir, "LC_ALL=C.UTF-8"}
	out, err := c.CombinedOutput()
	require.NoError(t, err, "newsboat: %s", out)
}

// sqlite runs a statement on newsboat's database and returns its rows as JSON.
func (s *subscriber) sqlite(t *testing.T, statement string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), program(t, "sqlite3", "sqlite3"), "-json", "cache.db", statement)
	c.Dir = s.dir
	out, err := c.CombinedOutput()
	require.NoError(t, err, "sqlite3: %s", out)
	return string(out)
}

// replace puts a new file in the place of an old one at once, so that no
// refresh reads half of it.
func replace(t *testing.T, file, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(file+".new", []byte(text), 0o666))
	require.NoError(t, os.Rename(file+".new", file))
}
