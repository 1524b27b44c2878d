package site

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"slices"

	"github.com/vatesfeed/vatesfeed"
)

const (
	opmlName = "feeds.opml"
	opmlType = "text/x-opml; charset=utf-8"
)

// opml returns the list of feeds (OPML 2.0, "subscription lists"), which feed
// readers import. It has the RSS feeds of the sections. If there are fewer than two
// sections, or if an article is in none of them, it has the feed of all articles
// instead. A list with both would show articles twice.
func (t *Tree) opml(base string) []byte {
	type outline struct {
		Type     string `xml:"type,attr"`
		Text     string `xml:"text,attr"`
		Title    string `xml:"title,attr"`
		XMLURL   string `xml:"xmlUrl,attr"`
		HTMLURL  string `xml:"htmlUrl,attr"`
		Language string `xml:"language,attr"`
		Version  string `xml:"version,attr"`
	}
	type document struct {
		XMLName  struct{}  `xml:"opml"`
		Version  string    `xml:"version,attr"`
		Title    string    `xml:"head>title"`
		Outlines []outline `xml:"body>outline"`
	}
	d := document{Version: "2.0", Title: t.siteTitle()}
	channels := t.channels[1:]
	inSome := func(a vatesfeed.Article) bool {
		return slices.ContainsFunc(channels, func(c channel) bool { return slices.Contains(a.Sections, c.Name) })
	}
	if len(channels) < 2 || slices.ContainsFunc(t.channels[0].Articles, func(a vatesfeed.Article) bool { return !inSome(a) }) {
		channels = t.channels[:1]
	}
	for _, c := range channels {
		d.Outlines = append(d.Outlines, outline{
			Type:     "rss",
			Text:     t.title(c),
			Title:    t.title(c),
			XMLURL:   join(base, c.Slug+".rss"),
			HTMLURL:  join(base, c.Slug+".html"),
			Language: cmp.Or(t.options.Language, "fi"),
			Version:  "RSS2",
		})
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", "  ")
	if err := e.Encode(d); err != nil {
		panic(err) // strings are always encoded
	}
	b.WriteByte('\n')
	return b.Bytes()
}
