package source

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
)

// TestRich reads feeds whose items have authors, images and texts.
func TestRich(t *testing.T) {
	image := vatesfeed.Image{URL: "https://example.org/k.jpg", Alt: "Kaksi ihmistä", Width: 800, Height: 600, Type: "image/jpeg"}
	for name, test := range map[string]struct {
		feed string
		want vatesfeed.Article
	}{
		"rss": {
			`<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>B</title><link>https://example.org/</link><item><title>T</title><link>https://example.org/a/</link><description>S.</description>
<content:encoded><![CDATA[<p onclick="x">Yksi <a href="b">kaksi</a>.</p><script>x</script>]]></content:encoded>
<dc:creator>Maija Meikäläinen</dc:creator><dc:creator> Matti </dc:creator><pubDate>Mon, 29 Jan 2024 06:00:00 +0200</pubDate>
<media:group><media:content url="https://example.org/v.mp4" type="video/mp4"/><media:content url="/k.jpg" medium="image" type="image/jpeg" width="800" height="600"><media:description>Kaksi
ihmistä</media:description></media:content></media:group></item></channel></rss>`,
			vatesfeed.Article{Title: "T", Summary: "S.", Content: `<p>Yksi <a href="https://example.org/a/b">kaksi</a>.</p>`, Authors: []string{"Maija Meikäläinen", "Matti"}, Image: image},
		},
		"mail address and enclosure": {
			`<rss version="2.0"><channel><title>B</title><link>https://example.org/</link><item><link>https://example.org/a/</link><description>S.</description><author>maija@example.org (Maija Meikäläinen)</author>
<enclosure url="https://example.org/a.mp3" type="audio/mpeg" length="1"/><enclosure url="https://example.org/k.jpg" type="image/jpeg" length="1"/><pubDate>Mon, 29 Jan 2024 06:00:00 +0200</pubDate></item></channel></rss>`,
			vatesfeed.Article{Summary: "S.", Authors: []string{"Maija Meikäläinen"}, Image: vatesfeed.Image{URL: image.URL, Type: image.Type}},
		},
		"thumbnail": {
			`<rss version="2.0"><channel><title>B</title><link>https://example.org/</link><item><link>https://example.org/a/</link><description>S.</description><author>Maija</author>
<media:thumbnail url="https://example.org/k.jpg" width="800" height="600"/><pubDate>Mon, 29 Jan 2024 06:00:00 +0200</pubDate></item></channel></rss>`,
			vatesfeed.Article{Summary: "S.", Authors: []string{"Maija"}, Image: vatesfeed.Image{URL: image.URL, Width: 800, Height: 600}},
		},
		"text only": {
			`<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>B</title><link>https://example.org/</link><item><link>https://example.org/a/</link>
<content:encoded>&lt;p&gt;Yksi.&lt;/p&gt;&lt;p&gt;Kaksi.&lt;/p&gt;</content:encoded><pubDate>Mon, 29 Jan 2024 06:00:00 +0200</pubDate></item></channel></rss>`,
			vatesfeed.Article{Summary: "Yksi.\n\nKaksi.", Content: "<p>Yksi.</p><p>Kaksi.</p>"},
		},
		"atom": {
			`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:x="http://www.w3.org/1999/xhtml"><title>B</title><link href="https://example.org/"/><author><name>All</name></author><entry><title>T</title><link href="https://example.org/a/"/><summary>S.</summary>
<content type="xhtml"><x:div>Yksi <x:a href="b">kaksi</x:a> &lt; 3.</x:div></content><author><name>Maija Meikäläinen</name><uri>https://example.org/maija</uri></author>
<link rel="enclosure" href="/k.jpg" type="image/jpeg"/><published>2024-01-29T06:00:00+02:00</published></entry></feed>`,
			vatesfeed.Article{Title: "T", Summary: "S.", Content: `<div>Yksi <a href="https://example.org/a/b">kaksi</a> &lt; 3.</div>`, Authors: []string{"Maija Meikäläinen"}, Image: vatesfeed.Image{URL: image.URL, Type: image.Type}},
		},
		"json": {
			`{"version":"https://jsonfeed.org/version/1.1","title":"B","home_page_url":"https://example.org/","items":[{"id":"https://example.org/a/","url":"https://example.org/a/","title":"T","summary":"S.","content_html":"<p>Yksi <img src=\"k.png\"></p>",
"image":"/k.jpg","authors":[{"name":"Maija"},{"url":"https://example.org/matti"}],"author":{"name":"Maija"},"date_published":"2024-01-29T06:00:00+02:00"}]}`,
			vatesfeed.Article{Title: "T", Summary: "S.", Content: `<p>Yksi <img src="https://example.org/a/k.png"/></p>`, Authors: []string{"Maija"}, Image: vatesfeed.Image{URL: image.URL}},
		},
		"json, as it should not be": {
			`{"version":"https://jsonfeed.org/version/1.1","home_page_url":"https://example.org/","items":[{"id":"https://example.org/a/","url":"https://example.org/a/","content_text":"S.","image":{"url":1},"banner_image":"/k.jpg","authors":["Maija",{"name":"Bo"},{"name":1},[]],"author":"Maija","_vatesfeed":{"image":1},"date_published":"2024-01-29T06:00:00+02:00"}],"title":"B"}`,
			vatesfeed.Article{Summary: "S.", Authors: []string{"Maija", "Bo"}, Image: vatesfeed.Image{URL: image.URL}},
		},
		"no images": {
			`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><title>B</title><link href="https://example.org/"/><entry><title>T</title><link href="https://example.org/a/"/><summary>S.</summary><author><name>maija@example.org</name></author>
<link rel="enclosure" type="audio/mpeg" href="/a.mp3"/><media:content medium="image" url="https://1.gravatar.com/avatar/x"/><media:group><media:description>D</media:description><media:content type="video/mp4" url="/a.mp4"/></media:group><published>2024-01-29T06:00:00+02:00</published></entry></feed>`,
			vatesfeed.Article{Title: "T", Summary: "S."},
		},
	} {
		t.Run(name, func(t *testing.T) {
			listings, err := new(Client).Read("f", "", strings.NewReader(test.feed))
			require.NoError(t, err)
			require.Len(t, listings[0].Articles, 1)
			test.want.Date = vatesfeed.Date{Year: 2024, Month: 1, Day: 29}
			test.want.Link, test.want.GUID = "https://example.org/a/", "https://example.org/a/"
			test.want.Sections = []string{"B"}
			assert.Empty(t, cmp.Diff(test.want, listings[0].Articles[0]))
			assert.Empty(t, listings[0].Problems)

			// What was read goes through each format and back.
			for _, format := range vatesfeed.Formats() {
				var b strings.Builder
				require.NoError(t, (&vatesfeed.Feed{Articles: listings[0].Articles, PageURL: "https://example.org/"}).Write(&b, format))
				again, err := new(Client).Read("f", "", strings.NewReader(b.String()))
				require.NoError(t, err)
				assert.Empty(t, cmp.Diff(test.want, again[0].Articles[0]), format)
				checkRich(t, b.String(), test.want, format)
			}
		})
	}
}

// checkRich reads a feed of one item with gofeed.
func checkRich(t *testing.T, feed string, want vatesfeed.Article, format vatesfeed.Format) {
	f, err := gofeed.NewParser().ParseString(feed)
	require.NoError(t, err)
	item := f.Items[0]
	if want.Content != "" {
		assert.Equal(t, want.Content, item.Content, format)
	}
	var authors []string
	for _, a := range item.Authors {
		authors = append(authors, a.Name)
	}
	if format == vatesfeed.RSS && item.DublinCoreExt != nil {
		authors = item.DublinCoreExt.Creator // of which gofeed has only the first among Authors
	}
	assert.Equal(t, want.Authors, authors, format)
	got := ""
	if format == vatesfeed.JSON && item.Image != nil {
		got = item.Image.URL
	} else if media := item.Extensions["media"]["content"]; len(media) > 0 {
		got = media[0].Attrs["url"]
		if alt := media[0].Children["description"]; len(alt) > 0 {
			assert.Equal(t, want.Image.Alt, alt[0].Value)
		}
	}
	assert.Equal(t, want.Image.URL, got, format)
}

// TestManyAuthors has more authors than an article may have.
func TestManyAuthors(t *testing.T) {
	const feed = `<rss version="2.0"><channel><item><guid>a</guid><description>S.</description><pubDate>Mon, 29 Jan 2024 06:00:00 +0200</pubDate>%s</item></channel></rss>`
	var authors strings.Builder
	for n := range 2 * MaxAuthors {
		fmt.Fprintf(&authors, "<author>Maija %d</author>", n)
	}
	listings, err := new(Client).Read("f", "", strings.NewReader(fmt.Sprintf(feed, authors.String())))
	require.NoError(t, err)
	assert.Len(t, listings[0].Articles[0].Authors, MaxAuthors)
	require.Len(t, listings[0].Problems, 1)
	assert.ErrorIs(t, listings[0].Problems[0], vatesfeed.ErrTooLong)
}

// TestManyTexts has a feed whose texts have more elements than there is room for.
func TestManyTexts(t *testing.T) {
	var formatting, items strings.Builder
	for i := range 300 {
		fmt.Fprintf(&formatting, "&lt;b a=%d>", i)
	}
	for i := range 20 {
		fmt.Fprintf(&items, `<item><guid>%d</guid><description>S.</description><pubDate>Mon, 29 Jan 2024 06:00:00 +0200</pubDate><content:encoded>&lt;div>%s&lt;/div>%s</content:encoded></item>`, i, formatting.String(), strings.Repeat("&lt;p>x", 150))
	}
	listings, err := new(Client).Read("f", "", strings.NewReader(`<rss version="2.0"><channel>`+items.String()+`</channel></rss>`))
	require.NoError(t, err)
	l := listings[0]
	require.Len(t, l.Articles, 20)
	assert.Positive(t, len(l.Articles[0].Content))
	assert.Zero(t, len(l.Articles[19].Content))
	require.NotEmpty(t, l.Problems)
	assert.ErrorContains(t, l.Problems[len(l.Problems)-1], "the content of item 20 is left out: the feed's texts are too large")
}
