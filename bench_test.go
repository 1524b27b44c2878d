package vatesfeed

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/gorilla/feeds"
	"github.com/stretchr/testify/require"
)

// Times are of use only beside those of the same run: BenchmarkParse beside
// BenchmarkScanner, and BenchmarkWrite beside BenchmarkGorilla. See bench/run.

// bigListing returns the longer real page over and over, 1 MB in all, and how
// many articles it has.
func bigListing(b *testing.B) (listing []byte, articles int) {
	page := readFile(b, realPages[1]) + "\n\n"
	listing = bytes.Repeat([]byte(page), 1_000_000/len(page)+1)
	for _, l := range mustParse(b, string(listing)) {
		articles += len(l.Articles)
	}
	return listing, articles
}

// manyArticles returns n different articles made from the real ones, newest
// first.
func manyArticles(b *testing.B, n int) []Article {
	some := realArticles(b)
	articles := make([]Article, n)
	for i := range articles {
		articles[i] = some[i%len(some)]
		articles[i].Date = DateOf(time.Date(2024, 1, 29-i/3, 12, 0, 0, 0, time.UTC))
		articles[i].Summary += fmt.Sprintf(" Numero %d.", i+1)
	}
	return articles
}

// perArticle runs a benchmark that handles so many articles each time, and
// reports what it allocates for one.
func perArticle(b *testing.B, articles int, run func()) {
	var before, after runtime.MemStats
	b.ReportAllocs()
	runtime.ReadMemStats(&before)
	for b.Loop() {
		run()
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/float64(b.N)/float64(articles), "allocs/article")
}

func BenchmarkParse(b *testing.B) {
	listing, articles := bigListing(b)
	b.SetBytes(int64(len(listing)))
	perArticle(b, articles, func() {
		if _, err := Parse("test", bytes.NewReader(listing)); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkArticles(b *testing.B) {
	listing, articles := bigListing(b)
	b.SetBytes(int64(len(listing)))
	perArticle(b, articles, func() {
		for _, err := range Articles("test", bytes.NewReader(listing)) {
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkScanner does the least that reading lines can be.
func BenchmarkScanner(b *testing.B) {
	listing, _ := bigListing(b)
	b.SetBytes(int64(len(listing)))
	b.ReportAllocs()
	for b.Loop() {
		lines := bufio.NewScanner(bytes.NewReader(listing))
		for lines.Scan() {
		}
		if err := lines.Err(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMerge merges two listings that share half of their articles.
func BenchmarkMerge(b *testing.B) {
	articles := manyArticles(b, 1500)
	one := Listing{Articles: slices.Clone(articles[:1000])}
	two := Listing{Articles: slices.Clone(articles[500:])}
	for i := range two.Articles {
		two.Articles[i].Sections = []string{"Blogi"}
	}
	require.Len(b, Merge(one, two), len(articles))
	perArticle(b, len(one.Articles)+len(two.Articles), func() { Merge(one, two) })
}

// BenchmarkWrite writes 1000 articles, which includes making their IDs,
// headlines and times.
func BenchmarkWrite(b *testing.B) {
	feed := Feed{Articles: manyArticles(b, 1000)}
	for _, format := range Formats() {
		b.Run(string(format), func(b *testing.B) {
			b.SetBytes(int64(len(write(b, feed, format))))
			perArticle(b, len(feed.Articles), func() {
				if err := feed.Write(io.Discard, format); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
}

// BenchmarkGorilla writes the items of BenchmarkWrite with gorilla/feeds'
// generic writers. It is given them whole.
func BenchmarkGorilla(b *testing.B) {
	ours := Feed{Articles: manyArticles(b, 1000)}
	times, items := plainItems(&ours)
	feed := feeds.Feed{
		Title:       ours.title(),
		Link:        &feeds.Link{Href: ours.page()},
		Description: ours.description(),
		Id:          ours.ID(),
		Created:     times[0],
	}
	for _, i := range items {
		feed.Add(&feeds.Item{
			Title:       i.Title,
			Link:        &feeds.Link{Href: i.URL},
			Description: i.Text,
			Id:          i.ID,
			Created:     i.Time,
		})
	}
	for _, format := range Formats() {
		write := map[Format]func(io.Writer) error{RSS: feed.WriteRss, Atom: feed.WriteAtom, JSON: feed.WriteJSON}[format]
		b.Run(string(format), func(b *testing.B) {
			var buf bytes.Buffer
			require.NoError(b, write(&buf))
			b.SetBytes(int64(buf.Len()))
			perArticle(b, len(items), func() {
				if err := write(io.Discard); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
}
