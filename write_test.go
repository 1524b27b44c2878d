package vatesfeed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/feeds"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The plain way to write a feed: all items as gorilla/feeds' types, extended as
// those of the feeds around them are, through encoding/xml and encoding/json.
type (
	plainItem struct {
		*feeds.RssItem
		Categories []string `xml:"category"`
	}
	plainEntry struct {
		*feeds.AtomEntry
		Links      []atomLink      `xml:"link"`
		Categories []plainCategory `xml:"category"`
	}
	plainCategory struct {
		Term string `xml:"term,attr"`
	}
)

// plainItems returns all items of a feed.
func plainItems(f *Feed) (*output, []item) {
	out := newOutput(nil, f)
	items := make([]item, out.n)
	var days dayCache
	for n := range items {
		out.fill(&items[n], n, &days)
	}
	return out, items
}

func (i *item) wholeTitle() string { return string(i.appendTitle(nil, new([256]string))) }

// plainWrite is Feed.Write in the plain way.
func plainWrite(t testing.TB, f Feed, format Format) string {
	out, items := plainItems(&f)
	var b bytes.Buffer
	switch format {
	case RSS:
		root := f.rss(out)
		var all []*plainItem
		for _, i := range items {
			all = append(all, &plainItem{
				RssItem: &feeds.RssItem{
					Title:       i.wholeTitle(),
					Link:        string(i.link),
					Description: markup(i.summary),
					Guid:        &feeds.RssGuid{Id: string(i.id), IsPermaLink: fmt.Sprint(string(i.id) == string(i.link))},
					PubDate:     i.time.Format(time.RFC1123Z),
				},
				Categories: i.sections,
			})
		}
		root.Channel.Items = all
		require.NoError(t, feeds.WriteXML(xmlFeed{root}, &b))
		b.WriteByte('\n')
	case Atom:
		root := f.atom(out)
		var all []*plainEntry
		for _, i := range items {
			e := &plainEntry{
				AtomEntry: &feeds.AtomEntry{
					Title:     i.wholeTitle(),
					Updated:   i.time.Format(time.RFC3339),
					Published: i.time.Format(time.RFC3339),
					Id:        string(i.id),
					Summary:   &feeds.AtomSummary{Type: "text", Content: i.summary},
				},
				Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: string(i.link)}},
			}
			for _, s := range i.sections {
				e.Categories = append(e.Categories, plainCategory{Term: s})
			}
			all = append(all, e)
		}
		root.Entries = all
		require.NoError(t, feeds.WriteXML(xmlFeed{root}, &b))
		b.WriteByte('\n')
	case JSON:
		feed := f.json()
		for _, i := range items {
			feed.Items = append(feed.Items, &feeds.JSONItem{
				Id:            string(i.id),
				Url:           string(i.link),
				Title:         i.wholeTitle(),
				ContentText:   i.summary,
				PublishedDate: &i.time,
				Tags:          i.sections,
			})
		}
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		require.NoError(t, e.Encode(feed))
	}
	return b.String()
}

func checkPlain(t testing.TB, f Feed) {
	t.Helper()
	for _, format := range Formats() {
		assert.Equal(t, plainWrite(t, f, format), write(t, f, format), format)
	}
}

// TestPlain shows that what is written fast is what gorilla/feeds' types give.
func TestPlain(t *testing.T) {
	all := realArticles(t)
	checkPlain(t, Feed{Articles: all, SelfURL: "https://feeds.example.org/x", HubURL: "https://hub.example.org/"})
	checkPlain(t, Feed{Articles: all[3:4]})
	checkPlain(t, Feed{Articles: all, Limit: 7, Sections: []string{"Aluepäättäjille"}})
	checkPlain(t, Feed{Articles: []Article{
		{Date: Day(2024, 1, 29), Title: "a\tb\r\n\"'&<>\\/\u2028\u2029\u2027\x7f\xff\x00", Summary: "\"\\<p>\n\n&amp;", Sections: []string{"<\"&'>", ""}, Link: "https://x/?a=\"&'<>\\"},
		{Date: Day(1901, 1, 29)},
		{Date: Day(9999, 12, 31), GUID: "x\"&"},
	}})
	for n := range 20 { // buffers of different sizes
		page := "https://x/?" + strings.Repeat("a", n) + "\xe2"
		checkPlain(t, Feed{Articles: []Article{{Date: Day(2024, 1, 29), Summary: "s", GUID: urn}}, PageURL: page})
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("a < b", "\u2028\\\"'\n\n\x00", "<A>", "https://x/?a&b", "urn:x", "", int64(0))
	f.Add("", "s", "", "", "urn:uuid:", "https://x/?aaa\xe2", int64(0))
	f.Fuzz(func(t *testing.T, title, summary, section, link, guid, page string, seconds int64) {
		day := DayOf(time.Unix(seconds%200e9, 0))
		if day.Year() < 1 || day.Year() > 9999 {
			return
		}
		checkPlain(t, Feed{
			Articles: []Article{{Date: day, Title: title, Summary: summary, Sections: []string{section}, Link: link, GUID: guid}},
			PageURL:  page,
		})
	})
}
