package page

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed/internal/samples"
	"golang.org/x/net/html"
)

// bigPage returns a page of 500 entries.
func bigPage(b *testing.B) []byte {
	listings := samples.Listings()
	articles := listings[len(listings)-1].Articles
	var entries strings.Builder
	for i := range 500 {
		a := articles[i%len(articles)]
		form := shapes[0].entry
		if a.Title == "" {
			form = strings.ReplaceAll(shapes[0].untitled, "%[4]s", "%[4]s%.0[3]s")
		}
		date := a.Date.Time().AddDate(0, 0, -i).Format("02.01.2006")
		fmt.Fprintf(&entries, form+"\n", date, html.EscapeString(a.Summary), html.EscapeString(a.Title), fmt.Sprintf("/artikkelit/%d", i))
	}
	return fmt.Appendf(nil, around, "Artikkelit", "Blogi", entries.String())
}

// BenchmarkParse is of use only beside BenchmarkHTMLParse. See bench/run.
func BenchmarkParse(b *testing.B) {
	page := bigPage(b)
	listings, err := Parse("test", page, address)
	require.NoError(b, err)
	require.Len(b, listings, 1)
	require.Len(b, listings[0].Articles, 500)
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("test", page, address); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkHTMLParse makes the page's tree and reads nothing in it.
func BenchmarkHTMLParse(b *testing.B) {
	page := bigPage(b)
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := html.Parse(bytes.NewReader(page)); err != nil {
			b.Fatal(err)
		}
	}
}
