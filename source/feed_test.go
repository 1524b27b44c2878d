package source

import (
	"bytes"
	"net/url"
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

func writeFeed(t testing.TB, articles []vatesfeed.Article, format vatesfeed.Format) []byte {
	var b bytes.Buffer
	f := vatesfeed.Feed{Articles: articles, PageURL: "https://www.vates.fi/blogi?a=1&b=2"}
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

func TestForeignFeeds(t *testing.T) {
	day := date(2024, 1, 29)
	for name, test := range map[string]struct {
		feed string
		want []vatesfeed.Article
	}{
		"rss": {`<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel><title>Uutiset</title><link>https://example.org/</link>
			<item><title>Ty` + "\xf6" + ` &amp; el` + "\xe4" + `m` + "\xe4" + `</title><link>https://example.org/1</link><guid>https://example.org/?p=1</guid><pubDate>Sun, 28 Jan 2024 23:30:00 GMT</pubDate>
			<description><![CDATA[<p>Yksi &amp; kaksi.</p><p>Toinen.<script>alert(1)</script></p>]]></description><category>A</category><category>A</category></item>
			<item><title>Paha</title><link>javascript:alert(1)</link><pubDate>Mon, 29 Jan 2024 10:00:00 +0200</pubDate><description>a &amp;lt; b</description></item>
			<item><title>Ei päivää</title></item></channel></rss>`,
			[]vatesfeed.Article{
				{Date: day, Title: "Työ & elämä", Summary: "Yksi & kaksi.\n\nToinen.", Sections: []string{"A"}, Link: "https://example.org/1", GUID: "https://example.org/?p=1"},
				{Date: day, Title: "Paha", Summary: "a < b", Sections: []string{"Uutiset"}},
			}},
		"atom": {`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/x/"><title>Uutiset</title><id>urn:x</id><updated>2024-01-29T10:00:00Z</updated>
			<entry><title type="html">&lt;b&gt;Yksi&lt;/b&gt;</title><id>urn:1</id><updated>2024-01-29T10:00:00Z</updated><link href="1"/><summary type="html">&lt;p&gt;a &amp;amp; b&lt;/p&gt;</summary><category term="T"/></entry>
			<entry><title>Kaksi</title><id>urn:2</id><updated>2024-01-29T10:00:00Z</updated><content type="text">a b</content></entry></feed>`,
			[]vatesfeed.Article{
				{Date: day, Title: "Yksi", Summary: "a & b", Sections: []string{"T"}, Link: "https://example.org/x/1", GUID: "urn:1"},
				{Date: day, Title: "Kaksi", Summary: "a b", Sections: []string{"Uutiset"}, GUID: "urn:2"},
			}},
		"json": {`{"version":"https://jsonfeed.org/version/1","title":"Uutiset","items":[
			{"id":"1","title":"Yksi","content_html":"<p>a &amp; b</p>","date_published":"2024-01-29T10:00:00+02:00","url":"https://example.org/1"},
			{"id":2,"content_text":"a < b\n\nc","date_published":"2024-01-29T10:00:00+02:00"}]}`,
			[]vatesfeed.Article{
				{Date: day, Title: "Yksi", Summary: "a & b", Sections: []string{"Uutiset"}, Link: "https://example.org/1", GUID: "urn:feed:Uutiset#1"},
				{Date: day, Summary: "a < b\n\nc", Sections: []string{"Uutiset"}, GUID: "urn:feed:Uutiset#2"},
			}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readBody("test", []byte(test.feed), "", nil)
			require.NoError(t, err)
			for i := range test.want {
				if test.want[i].GUID == "" {
					test.want[i].GUID = test.want[i].ID()
				}
			}
			assert.Empty(t, cmp.Diff(test.want, got[0].Articles))
			assert.Equal(t, name == "rss", len(got[0].Problems) == 1)
		})
	}
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

// TestFeedLinks reads links that are relative, tracked, or only a permalink.
func TestFeedLinks(t *testing.T) {
	got, err := readBody("test", []byte(`<rss version="2.0"><channel><title>X</title><link>https://example.org/x/</link>
		<item><title>A</title><link>/a</link><pubDate>Mon, 29 Jan 2024 10:00:00 +0200</pubDate></item>
		<item><title>B</title><guid>https://example.org/b</guid><pubDate>Mon, 29 Jan 2024 10:00:00 +0200</pubDate></item>
		<item><title>C</title><link>https://example.org/c?utm_source=rss</link><guid isPermaLink="false">7</guid><pubDate>Mon, 29 Jan 2024 10:00:00 +0200</pubDate></item></channel></rss>`), "", nil)
	require.NoError(t, err)
	var links []string
	for _, a := range got[0].Articles {
		links = append(links, a.Link)
	}
	assert.Equal(t, []string{"https://example.org/a", "https://example.org/b", "https://example.org/c"}, links)
	assert.Equal(t, "https://example.org/x/#7", got[0].Articles[2].GUID)
}

// TestEntityBomb has XML whose entities would unfold to gigabytes.
func TestEntityBomb(t *testing.T) {
	bomb := `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">` + strings.Repeat(`<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">`, 20) + `]><rss version="2.0"><channel><title>X</title><item><title>&b;</title><pubDate>Mon, 29 Jan 2024 10:00:00 +0200</pubDate></item></channel></rss>`
	listings, err := readBody("test", []byte(bomb), "", nil)
	if err == nil {
		assert.Less(t, len(listings[0].Articles[0].Title), 1000)
	}
}

func FuzzReadBody(f *testing.F) {
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
				return
			}
			want[i].GUID = want[i].ID()
			if u, err := url.Parse(want[i].GUID); err == nil && u.String() != want[i].GUID {
				return // gofeed reads the IDs of Atom feeds as addresses
			}
		}
		for _, format := range vatesfeed.Formats() {
			again, err := readBody("again", writeFeed(t, want, format), "", nil)
			require.NoError(t, err)
			got := again[0].Articles
			require.Equal(t, len(want), len(got))
			for i := range got {
				assert.Equal(t, want[i].ID(), got[i].ID())
				assert.Equal(t, want[i].Date, got[i].Date)
				assert.Equal(t, want[i].Summary, got[i].Summary)
				assert.Equal(t, want[i].Headline(), got[i].Headline())
			}
		}
	})
}
