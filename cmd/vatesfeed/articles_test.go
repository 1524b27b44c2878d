package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A blog is a site whose listing prints no titles. It counts the requests.
type blog struct {
	*httptest.Server
	mux *http.ServeMux

	mu    sync.Mutex
	asked map[string]int
}

func newBlog(t *testing.T, articles int) *blog {
	b := &blog{mux: http.NewServeMux(), asked: make(map[string]int)}
	b.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.mu.Lock()
		b.asked[r.URL.Path]++
		b.mu.Unlock()
		b.mux.ServeHTTP(w, r)
	}))
	t.Cleanup(b.Close)
	b.mux.HandleFunc("/blogi", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<html lang=fi><title>Blogi</title><h1>Blogi</h1><ul>")
		for n := articles; n > 0; n-- {
			day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n)
			fmt.Fprintf(w, "<li><time datetime=%s></time><p>Tiivistelmä numero %d on tässä.</p><a href=/blogi/%d>Lue lisää</a></li>", day.Format(time.DateOnly), n, n)
		}
	})
	b.mux.HandleFunc("/blogi/{n}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		n := r.PathValue("n")
		fmt.Fprintf(w, `<title>Otsikko %s – Blogi</title><meta property="og:site_name" content="Blogi"><meta name="author" content="Maija M."><meta property="og:image" content="/k/%s.jpg">`, n, n)
		fmt.Fprintf(w, "<h1>Otsikko %s</h1><div>%s</div>", n, strings.Repeat("<p>Koko teksti, jossa on monta sanaa, on luettavissa tällä sivulla.</p>", 9))
	})
	return b
}

// askedFor returns how often a path was asked for.
func (b *blog) askedFor(path string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.asked[path]
}

func shortPauses(t *testing.T) {
	pageInterval = time.Millisecond
	t.Cleanup(func() { pageInterval = 0 })
}

// TestArticlesOnce runs the command 30 times with an archive. Each page is asked for
// once, and the feed has what it says.
func TestArticlesOnce(t *testing.T) {
	shortPauses(t)
	b := newBlog(t, 12)
	b.mux.HandleFunc("/blogi/3", http.NotFound)
	dir := t.TempDir()
	archive, feed := filepath.Join(dir, "all.json"), filepath.Join(dir, "feed.rss")
	for n := range 30 {
		status, _, stderr := runs("-archive", archive, "-articles", "title", "-o", feed, b.URL+"/blogi")
		require.Zero(t, status, stderr)
		if n == 0 {
			assert.Equal(t, "vatesfeed: "+b.URL+"/blogi/3: the server says 404 Not Found\n", stderr)
		} else {
			assert.Empty(t, stderr)
		}
	}
	for n := range 12 {
		assert.Equal(t, 1, b.askedFor(fmt.Sprintf("/blogi/%d", n+1)), n+1)
	}
	f := parseFeed(t, feed)
	require.Len(t, f.Items, 12)
	assert.Equal(t, "Otsikko 12", f.Items[0].Title)
	assert.Equal(t, "Maija M.", f.Items[0].Authors[0].Name)
	assert.Equal(t, "Tiivistelmä numero 12 on tässä.", f.Items[0].Description)
	assert.Equal(t, b.URL+"/k/12.jpg", f.Items[0].Extensions["media"]["content"][0].Attrs["url"])
	assert.Empty(t, f.Items[0].Content)
	assert.Equal(t, "Tiivistelmä numero 3 on tässä.", f.Items[9].Title)

	// The text is asked for once more.
	for range 2 {
		status, _, stderr := runs("-archive", archive, "-articles", "full", "-o", feed, b.URL+"/blogi")
		require.Zero(t, status, stderr)
	}
	assert.Equal(t, 2, b.askedFor("/blogi/12"))
	assert.Contains(t, parseFeed(t, feed).Items[0].Content, "<p>Koko teksti, jossa")
}

func parseFeed(t *testing.T, name string) *gofeed.Feed {
	t.Helper()
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	f, err := gofeed.NewParser().ParseString(string(b))
	require.NoError(t, err)
	return f
}

// TestArticlesLimit has more pages than a run may read. The newest go first.
func TestArticlesLimit(t *testing.T) {
	shortPauses(t)
	b := newBlog(t, 5)
	archive := filepath.Join(t.TempDir(), "all.json")
	for n, want := range []int{2, 4, 5, 5} {
		status, stdout, stderr := runs("-archive", archive, "-articles", "title", "-articles-limit", "2", b.URL+"/blogi")
		require.Zero(t, status, stderr)
		assert.Equal(t, want, strings.Count(stdout, "<title>Otsikko"), "run %d", n)
		if n == 0 {
			assert.Contains(t, stdout, "<title>Otsikko 5</title>")
		}
	}
	// Only articles that are written are completed.
	status, stdout, stderr := runs("-articles", "title", "-limit", "1", b.URL+"/blogi")
	require.Zero(t, status, stderr)
	assert.Contains(t, stdout, "<title>Otsikko 5</title>")
	assert.Equal(t, 1, b.askedFor("/blogi/4"))
}

// TestArticlesStopped ends a run while it reads pages. The archive has what was read.
func TestArticlesStopped(t *testing.T) {
	shortPauses(t)
	b := newBlog(t, 5)
	ctx, cancel := context.WithCancel(t.Context())
	b.mux.HandleFunc("/blogi/3", func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	dir := t.TempDir()
	file, feed := filepath.Join(dir, "all.json"), filepath.Join(dir, "feed.rss")
	var stderr strings.Builder
	status := run(ctx, []string{"-archive", file, "-articles", "title", "-o", feed, b.URL + "/blogi"}, strings.NewReader(""), &stderr, &stderr)
	assert.Equal(t, 1, status)
	assert.Contains(t, stderr.String(), "interrupted")
	assert.NoFileExists(t, feed)
	articles := archived(t, file)
	assert.Equal(t, "Otsikko 4", articles[1].Title)
	assert.Empty(t, articles[2].Title)
}

// TestArticlesElsewhere has a file as source, whose links lead to the page's site.
func TestArticlesElsewhere(t *testing.T) {
	shortPauses(t)
	b := newBlog(t, 1)
	file := filepath.Join(t.TempDir(), "page.html")
	write(t, file, `<h1>Blogi</h1><ul><li>1.1.2024<p>Yksi.</p><a href="/blogi/1">Lue lisää</a></li><li>2.1.2024<p>Kaksi.</p><a href="http://example.org/">Lue lisää</a></li></ul>`)
	status, stdout, stderr := runs("-v", "-articles", "title", "-page-url", b.URL+"/blogi", file)
	assert.Zero(t, status)
	assert.Contains(t, stdout, "<title>Otsikko 1</title>")
	assert.Equal(t, "vatesfeed: 1 page not read, since http://example.org/ is not on the site of a source; -page-url names another site\n", stderr)

	_, _, stderr = runs("-articles", "title", "-page-url", b.URL+"/blogi", file)
	assert.Empty(t, stderr, "some page is on the site")
	_, _, stderr = runs("-articles", "title", "-page-url", b.URL+"/blogi", "-since", "2024-01-02", file)
	assert.Contains(t, stderr, "1 page not read, since http://example.org/", "none is")
}

// TestArticlesWithoutSources completes an archive that an earlier run has made.
func TestArticlesWithoutSources(t *testing.T) {
	shortPauses(t)
	b := newBlog(t, 1)
	archive := filepath.Join(t.TempDir(), "all.json")
	status, stdout, stderr := runs("-archive", archive, b.URL+"/blogi")
	require.Zero(t, status, stderr)
	assert.NotContains(t, stdout, "Otsikko 1")
	status, stdout, stderr = runs("-archive", archive, "-articles", "full")
	require.Zero(t, status, stderr)
	assert.Contains(t, stdout, "<title>Otsikko 1</title>")
	assert.Contains(t, stdout, "<p>Koko teksti")
	_, stdout, _ = runs("-archive", archive, "-articles", "title")
	assert.Contains(t, stdout, "<title>Otsikko 1</title>")
	assert.NotContains(t, stdout, "<p>Koko teksti", "who asks for titles gets no texts")
}

// TestArticlesServed has a service: it serves the articles at once, and then
// completes them. Without -archive it remembers what it read.
func TestArticlesServed(t *testing.T) {
	shortPauses(t)
	b := newBlog(t, 3)
	ctx, cancel := context.WithCancel(t.Context())
	address, log, status := startServe(t, ctx, "-serve", "127.0.0.1:0", "-refresh", "100ms", "-articles", "title", b.URL+"/blogi")
	require.Eventually(t, func() bool {
		f, err := gofeed.NewParser().ParseURL(address + "/kaikki.rss")
		return err == nil && f.Items[0].Title == "Otsikko 3" && f.Items[2].Title == "Otsikko 1"
	}, 10*time.Second, 10*time.Millisecond)
	go discard(log)
	seen := b.askedFor("/blogi")
	require.Eventually(t, func() bool { return b.askedFor("/blogi") > seen+2 }, 10*time.Second, 10*time.Millisecond)
	for n := range 3 {
		assert.Equal(t, 1, b.askedFor(fmt.Sprintf("/blogi/%d", n+1)))
	}
	cancel()
	assert.Zero(t, <-status)
}

func discard(s *bufio.Scanner) {
	for s.Scan() {
	}
}
