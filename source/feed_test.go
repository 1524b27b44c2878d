package source

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/samples"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const feedPage = "https://www.vates.fi/blogi?a=1&b=2"

func writeFeed(t testing.TB, articles []vatesfeed.Article, format vatesfeed.Format) []byte {
	var b bytes.Buffer
	f := vatesfeed.Feed{Articles: articles, PageURL: feedPage}
	require.NoError(t, f.Write(&b, format))
	return b.Bytes()
}

// TestOwnFeeds reads back what the project wrote.
func TestOwnFeeds(t *testing.T) {
	want := vatesfeed.Merge(append(samples.Listings(), vatesfeed.Listing{Articles: []vatesfeed.Article{
		{Date: date(2024, 2, 1), Title: "a < b & c", Summary: "<b>x</b> &amp; y\n\n“Toinen” kappale – 👩🏽‍💻", Sections: []string{"A & B", "<C>"}, Link: "https://www.vates.fi/a?b=1&c=2#d"},
		{Date: date(2024, 2, 1), Summary: "Pitkä " + strings.Repeat("sana ", 400) + "loppu.", GUID: "urn:uuid:x", Link: "https://www.vates.fi/b"},
		{Date: date(2024, 2, 1), Title: "Vain otsikko", Link: "https://www.vates.fi/c"},
		{Date: date(2024, 2, 1), Summary: "Ei osiota."},
		{Date: date(1942, 4, 3), Summary: "Vanha."},
	}})...)
	for i := range want {
		want[i].GUID = want[i].ID()
	}
	for _, format := range vatesfeed.Formats() {
		listings, err := readBody("test", writeFeed(t, want, format), "", nil)
		require.NoError(t, err)
		require.Len(t, listings, 1)
		assert.Empty(t, cmp.Diff(want, listings[0].Articles), format)
		assert.Equal(t, "https://www.vates.fi/blogi?a=1&b=2", listings[0].URL)
		assert.Empty(t, listings[0].Section)
	}
}

// TestArchive keeps a feed of what has left the page.
func TestArchive(t *testing.T) {
	page := samples.Listings()
	var archive []byte
	day := func(listings ...vatesfeed.Listing) {
		t.Helper()
		if archive != nil {
			old, err := readBody("all.json", archive, "", nil)
			require.NoError(t, err)
			listings = append(old, listings...)
		}
		articles := vatesfeed.Merge(listings...)
		archive = writeFeed(t, articles, vatesfeed.JSON)
	}
	day(page...)
	first := archive
	day(page...)
	assert.Equal(t, string(first), string(archive), "the second run changes no byte")
	day(page[0])
	assert.Equal(t, string(first), string(archive), "what has left the page stays")

	// A new article of a day that others have, above them, moves none of their
	// times; an old one that gains a link and a title keeps its ID.
	fresh := vatesfeed.Article{Date: date(2024, 1, 29), Summary: "Uusi.", Sections: page[0].Articles[0].Sections}
	changed := page[0]
	changed.Articles = append([]vatesfeed.Article{fresh}, page[0].Articles...)
	changed.Articles[1].Link = "https://www.vates.fi/jarjestot"
	changed.Articles[1].Title = "Nyt on otsikko"
	day(changed)
	before, err := readBody("", first, "", nil)
	require.NoError(t, err)
	after, err := readBody("", archive, "", nil)
	require.NoError(t, err)
	want := append([]vatesfeed.Article{fresh}, before[0].Articles...)
	want[0].GUID = fresh.ID()
	want[1].Link, want[1].Title = changed.Articles[1].Link, changed.Articles[1].Title
	assert.Empty(t, cmp.Diff(want, after[0].Articles))
	assert.Equal(t, strings.Count(string(first), "2024-01-29T06:00:01"), strings.Count(string(archive), "2024-01-29T06:00:01"))
	assert.Equal(t, 1, strings.Count(string(archive), "2024-01-29T06:00:02"))
}

// TestFeedEncodings reads feeds that are not plain UTF-8.
func TestFeedEncodings(t *testing.T) {
	const feed = `<rss version="2.0"><channel><title>Työ</title><item><title>Työ</title><pubDate>Mon, 29 Jan 2024 10:00:00 +0200</pubDate><description>&lt;html&gt; ja päivä</description></item></channel></rss>`
	for name, body := range map[string][]byte{
		"mark":            []byte("\ufeff" + feed),
		"Windows-1252":    encode(t, feed, charmap.Windows1252.NewEncoder()),
		"declared":        encode(t, `<?xml version="1.0" encoding="ISO-8859-1"?>`+feed, charmap.ISO8859_1.NewEncoder()),
		"UTF-16":          encode(t, `<?xml version="1.0" encoding="utf-16"?>`+feed, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()),
		"a long comment":  []byte("<?xml version='1.0'?><!--" + strings.Repeat("x", 5000) + "-->" + feed),
		"quotes HTML":     []byte(strings.Replace(feed, "&lt;html&gt;", "<![CDATA[<html lang='fi'><body>]]>", 1)),
		"with a doctype":  []byte(`<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x "y">]>` + feed),
		"JSON and a mark": []byte("\ufeff" + `{"version":"https://jsonfeed.org/version/1.1","title":"Työ","items":[{"id":"1","title":"Työ","content_text":"<html lang=\"fi\"> ja päivä","date_published":"2024-01-29T10:00:00+02:00"}]}`),
	} {
		for _, contentType := range []string{"", "application/rss+xml", "text/html"} {
			got, err := readBody("test", body, contentType, nil)
			require.NoError(t, err, name)
			assert.Equal(t, "Työ", got[0].Articles[0].Title, name)
			assert.Contains(t, got[0].Articles[0].Summary, "ja päivä", name)
		}
	}
	latin := encode(t, feed, charmap.ISO8859_15.NewEncoder())
	got, err := readBody("test", latin, "application/rss+xml; charset=iso-8859-15", nil)
	require.NoError(t, err)
	assert.Equal(t, "Työ", got[0].Articles[0].Title)
}

// TestEntityBomb has XML whose entities would unfold to gigabytes.
func TestEntityBomb(t *testing.T) {
	bomb := `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">` + strings.Repeat(`<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">`, 20) + `]><rss version="2.0"><channel><title>X</title><item><title>&b;</title><pubDate>Mon, 29 Jan 2024 10:00:00 +0200</pubDate></item></channel></rss>`
	listings, err := readBody("test", []byte(bomb), "", nil)
	if err == nil {
		assert.Less(t, len(listings[0].Articles[0].Title), 1000)
	}
}

// TestNested has elements that nest deeper than any stack goes.
func TestNested(t *testing.T) {
	const deep = 2_000_000
	listings, err := readBody("test", []byte(`<rss version="2.0"><channel><item><title>X</title><pubDate>29 Jan 2024</pubDate>`+
		strings.Repeat("<x:a>", deep)+strings.Repeat("</x:a>", deep)+`<description>text</description></item></channel></rss>`), "", nil)
	require.NoError(t, err)
	require.Len(t, listings[0].Articles, 1)
	assert.Equal(t, "text", listings[0].Articles[0].Summary)
	_, err = readBody("test", []byte(`{"version":"https://jsonfeed.org/version/1.1","items":`+strings.Repeat("[", deep)), "", nil)
	assert.ErrorContains(t, err, "test: the feed is broken: ")

	// What is deep within a text is not lost, either.
	const some = 1000
	listings, err = readBody("test", []byte(`<rss version="2.0"><channel><item><pubDate>29 Jan 2024</pubDate><description>`+
		strings.Repeat("<div>", some)+"text"+strings.Repeat("</div>", some)+`</description></item></channel></rss>`), "", nil)
	require.NoError(t, err)
	assert.Equal(t, "text", listings[0].Articles[0].Summary)
}

func FuzzReadBody(f *testing.F) {
	for _, name := range fixtures(f) {
		body, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(body, "")
	}
	for _, format := range vatesfeed.Formats() {
		f.Add(writeFeed(f, samples.Listings()[0].Articles[:2], format), "")
	}
	f.Add([]byte(listing), "text/plain; charset=utf-16")
	f.Add([]byte(htmlPage), "text/html; charset=koi8-r")
	f.Add([]byte("\xff\xfe1\x00.\x00"), "")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		listings, err := readBody("test", body, contentType, nil)
		if err != nil {
			assert.True(t, strings.HasPrefix(err.Error(), "test:"), err.Error())
			return
		}
		// Whatever was read can be written, and read again as the same.
		want := vatesfeed.Merge(listings...)
		for i := range want {
			if want[i].Date.Year > 9998 {
				return // which no feed can say of a page's articles
			}
			want[i].GUID = want[i].ID()
		}
		for _, format := range vatesfeed.Formats() {
			again, err := readBody("again", writeFeed(t, want, format), "", nil)
			require.NoError(t, err)
			got := again[0].Articles
			require.Equal(t, len(want), len(got))
			for i := range got {
				assert.Equal(t, want[i].ID(), got[i].ID())
				assert.Equal(t, want[i].Date, got[i].Date)
				if want[i].Link != vatesfeed.ItemURL(feedPage, want[i]) { // which says no more than none
					assert.Equal(t, want[i].Link, got[i].Link)
				}
				assert.Equal(t, want[i].Summary, got[i].Summary)
				assert.Equal(t, want[i].Headline(), got[i].Headline())
			}
		}
	})
}
