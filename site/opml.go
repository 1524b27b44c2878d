package site

import (
	"bytes"
	"encoding/xml"
)

const (
	opmlName = "feeds.opml"
	opmlType = "text/x-opml; charset=utf-8"
)

// opml returns the list of feeds (OPML 2.0, "subscription lists"), which feed
// readers import. It has each channel once, as RSS.
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
	d := document{Version: "2.0", Title: siteTitle}
	for _, c := range t.channels {
		d.Outlines = append(d.Outlines, outline{
			Type:     "rss",
			Text:     c.title(),
			Title:    c.title(),
			XMLURL:   join(base, c.Slug+".rss"),
			HTMLURL:  join(base, c.Slug+".html"),
			Language: "fi",
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
