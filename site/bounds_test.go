package site

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
)

// inSections returns an article in n sections.
func inSections(n int, summary string) vatesfeed.Article {
	a := vatesfeed.Article{Date: vatesfeed.Date{Year: 2024, Month: 1, Day: 29}, Summary: summary}
	for i := range n {
		a.Sections = append(a.Sections, fmt.Sprintf("Osio %d", i))
	}
	return a
}

// TestManySections has more sections than get files. Those with the most
// articles do, and no article is lost.
func TestManySections(t *testing.T) {
	articles := []vatesfeed.Article{inSections(300, "Monessa osiossa.")}
	for i := 200; i < 300; i++ {
		a := inSections(0, fmt.Sprintf("Toinen osiossa %d.", i))
		a.Sections = []string{fmt.Sprintf("Osio %d", i)}
		articles = append(articles, a)
	}
	tree, err := Build(articles, Options{})
	require.NoError(t, err)
	assert.Equal(t, 100, tree.SectionsLeftOut)
	assert.Len(t, tree.Slugs(), 200)
	assert.NotNil(t, tree.File("osio-299.rss"))
	assert.NotNil(t, tree.File("osio-99.rss"))
	assert.Nil(t, tree.File("osio-100.rss"))
	assert.Equal(t, 101, strings.Count(body(t, tree.File("kaikki.rss")), "<item>"))
	assert.Less(t, len(tree.Files), 820)
}

// TestLargeSections has a long article in many sections: all files together
// are a few times as long as the article, however many sections it names.
func TestLargeSections(t *testing.T) {
	text := strings.Repeat("sana ", 1<<19)
	tree, err := Build([]vatesfeed.Article{inSections(32, text)}, Options{})
	require.NoError(t, err)
	assert.Equal(t, 28, tree.SectionsLeftOut)
	var size countWriter
	for _, f := range tree.Files {
		require.NoError(t, f.Write(&size))
	}
	assert.Less(t, int(size), 25*len(text))

	whole := inSections(32, "S.")
	whole.Content = text
	tree, err = Build([]vatesfeed.Article{whole}, Options{})
	require.NoError(t, err)
	assert.Equal(t, 28, tree.SectionsLeftOut, "the whole text counts")

	tree, err = Build([]vatesfeed.Article{inSections(32, text[:1<<17])}, Options{})
	require.NoError(t, err)
	assert.Zero(t, tree.SectionsLeftOut, "a small tree is written whole")
}

// TestManyYears has more years than get pages.
func TestManyYears(t *testing.T) {
	var articles []vatesfeed.Article
	for year := 2100; year > 1950; year-- {
		articles = append(articles, vatesfeed.Article{Date: vatesfeed.Date{Year: year, Month: 1, Day: 1}, Summary: "S."})
	}
	tree, err := Build(articles, Options{})
	require.NoError(t, err)
	assert.Equal(t, 50, tree.YearsLeftOut)
	assert.NotNil(t, tree.File("vuosi-2001.html"))
	assert.Nil(t, tree.File("vuosi-2000.html"))
	assert.Equal(t, 150, strings.Count(body(t, tree.File("kaikki.rss")), "<item>"))
}

// TestLargeFile serves a file that is kept in gzip alone to clients that take
// gzip and to those that do not.
func TestLargeFile(t *testing.T) {
	h := new(Handler)
	tree := publish(t, h, []vatesfeed.Article{inSections(1, strings.Repeat("sana ", 100<<10))}, Options{})
	served := h.published.Load().files["kaikki.rss"]
	assert.Nil(t, served.plain.body)
	address := serveHandler(t, h)
	want := body(t, tree.File("kaikki.rss"))
	resp, got := ask(t, "GET", address+"/kaikki.rss")
	assert.Equal(t, want, got)
	assert.Equal(t, int64(len(want)), resp.ContentLength)
	assert.Empty(t, resp.Header.Get("Content-Encoding"))
	resp, got = ask(t, "GET", address+"/kaikki.rss", "Accept-Encoding", "gzip")
	assert.Equal(t, string(served.gzip.body), got)
	assert.Equal(t, "gzip", resp.Header.Get("Content-Encoding"))
}
