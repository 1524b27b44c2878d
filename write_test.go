package vatesfeed

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/feeds"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed/internal/item"
)

// The plain way to write a feed: all items as gorilla/feeds' types, extended as
// those of the feeds around them are, through encoding/xml and encoding/json.
type (
	plainItem struct {
		*feeds.RssItem
		Creators   []string    `xml:"dc:creator"`
		Categories []string    `xml:"category"`
		Image      *plainImage `xml:"media:content"`
	}
	plainEntry struct {
		*feeds.AtomEntry
		Links      []atomLink      `xml:"link"`
		Authors    []plainAuthor   `xml:"author"`
		Categories []plainCategory `xml:"category"`
		Image      *plainImage     `xml:"media:content"`
	}
	plainImage struct {
		URL    string `xml:"url,attr"`
		Type   string `xml:"type,attr,omitempty"`
		Medium string `xml:"medium,attr"`
		Width  int    `xml:"width,attr,omitempty"`
		Height int    `xml:"height,attr,omitempty"`
		Alt    *plainText
	}
	plainText struct {
		XMLName struct{} `xml:"media:description"`
		Type    string   `xml:"type,attr"`
		Text    string   `xml:",chardata"`
	}
	plainAuthor struct {
		Name string `xml:"name"`
	}
	plainCategory struct {
		Term string `xml:"term,attr"`
	}
)

func plainImageOf(i item.Image) *plainImage {
	if i.URL == "" {
		return nil
	}
	p := &plainImage{URL: i.URL, Type: i.Type, Medium: "image"}
	if i.Width > 0 && i.Height > 0 {
		p.Width, p.Height = i.Width, i.Height
	}
	if i.Alt != "" {
		p.Alt = &plainText{Type: "plain", Text: i.Alt}
	}
	return p
}

// xmlFeed is the feeds.XmlFeed of any root.
type xmlFeed struct{ root any }

func (x xmlFeed) FeedXml() any { return x.root }

// plainItems returns the times and items of a feed.
func plainItems(f *Feed) ([]time.Time, []item.Item) {
	times := f.times()
	items := make([]item.Item, len(times))
	for n := range items {
		f.fill(&items[n], &f.Articles[n], times[n])
	}
	return times, items
}

// plainWrite is Feed.Write in the plain way.
func plainWrite(t testing.TB, f Feed, format Format) string {
	times, items := plainItems(&f)
	newest := slices.MaxFunc(times, time.Time.Compare)
	var b bytes.Buffer
	switch format {
	case RSS:
		root := f.rss(newest, nil)
		var all []*plainItem
		for _, i := range items {
			p := &plainItem{
				RssItem: &feeds.RssItem{
					Title:       item.RSSText(i.Title),
					Link:        i.URL,
					Description: item.HTML(i.Text),
					Guid:        &feeds.RssGuid{Id: i.ID, IsPermaLink: fmt.Sprint(i.ID == i.URL)},
					PubDate:     i.Time.Format(time.RFC1123Z),
				},
				Creators:   i.Authors,
				Categories: i.Sections,
				Image:      plainImageOf(i.Image),
			}
			if i.Content != "" {
				p.Content = &feeds.RssContent{Content: i.Content}
			}
			all = append(all, p)
		}
		root.Channel.Items = all
		require.NoError(t, feeds.WriteXML(xmlFeed{root}, &b))
		b.WriteByte('\n')
	case Atom:
		root := f.atom(newest, nil)
		var all []*plainEntry
		for _, i := range items {
			e := &plainEntry{
				AtomEntry: &feeds.AtomEntry{
					Title:     i.Title,
					Updated:   i.Time.Format(time.RFC3339),
					Published: i.Time.Format(time.RFC3339),
					Id:        i.ID,
				},
				Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: i.URL}},
				Image: plainImageOf(i.Image),
			}
			if i.Content != "" {
				e.Content = &feeds.AtomContent{Type: "html", Content: i.Content}
			}
			if i.Text != "" {
				e.Summary = &feeds.AtomSummary{Type: "text", Content: i.Text}
			}
			for _, s := range i.Authors {
				e.Authors = append(e.Authors, plainAuthor{s})
			}
			for _, s := range i.Sections {
				e.Categories = append(e.Categories, plainCategory{Term: s})
			}
			all = append(all, e)
		}
		root.Entries = all
		require.NoError(t, feeds.WriteXML(xmlFeed{root}, &b))
		b.WriteByte('\n')
	case JSON:
		type plainJSONItem struct {
			*feeds.JSONItem
			Extension map[string]any `json:"_vatesfeed,omitempty"`
		}
		feed := struct {
			*feeds.JSONFeed
			Items []plainJSONItem `json:"items"`
		}{JSONFeed: f.json()}
		for _, i := range items {
			item := plainJSONItem{JSONItem: &feeds.JSONItem{
				Id:            i.ID,
				Url:           i.URL,
				Title:         i.Title,
				ContentHTML:   i.Content,
				ContentText:   cmp.Or(i.Text, i.Title),
				Image:         i.Image.URL,
				PublishedDate: &i.Time,
				Tags:          i.Sections,
			}}
			for _, s := range i.Authors {
				item.Authors = append(item.Authors, &feeds.JSONAuthor{Name: s})
			}
			item.Extension = make(map[string]any)
			if i.Content != "" {
				item.ContentText, item.Summary = "", i.Text
			} else if i.Text == "" {
				item.Extension["no_text"] = true
			}
			if i.Image.URL != "" && (i.Image.Alt != "" || i.Image.Width != 0 || i.Image.Height != 0 || i.Image.Type != "") {
				item.Extension["image"] = i.Image
			}
			feed.Items = append(feed.Items, item)
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
		{Date: Date{2024, 1, 29}, Title: "a\tb\r\n\"'&<>\\/\u2028\u2029\u2027\x7f\xff\x00", Summary: "\"\\<p>\n\n&amp;", Sections: []string{"<\"&'>", ""}, Link: "https://x/?a=\"&'<>\\"},
		{Date: Date{1901, 1, 29}},
		{Date: Date{2024, 1, 29}, Summary: "s", Authors: []string{"Maija <\"&", " ", "Matti"}, Sections: []string{"A"}},
		{Date: Date{9999, 12, 31}, GUID: "x\"&"},
		{Date: Date{2024, 1, 29}, Title: "T", Summary: "s", Content: "<p>\"]]>&amp;'\x00\u2028</p>", Image: Image{URL: "https://x/?a&b", Alt: "\"<&'>", Width: 3, Height: 2, Type: "image/png"}},
		{Date: Date{2024, 1, 29}, Content: "<p>c</p>", Image: Image{URL: "https://x/", Width: 3}},
		{Date: Date{2024, 1, 29}, Summary: "s", Image: Image{URL: "https://x/"}},
		{Date: Date{2024, 1, 29}, Summary: "s", Image: Image{URL: "ftp://x/", Alt: "none"}},
	}})
	for n := range 20 { // buffers of different sizes
		page := "https://x/?" + strings.Repeat("a", n) + "\xe2"
		checkPlain(t, Feed{Articles: []Article{{Date: Date{2024, 1, 29}, Summary: "s", GUID: "urn:uuid:"}}, PageURL: page})
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("a < b", "\u2028\\\"'\n\n\x00", "<A>", "https://x/?a&b", "urn:x", "", "<p>]]></p>", "\"x\"", int64(0))
	f.Add("", "s", "", "", "urn:uuid:", "https://x/?aaa\xe2", "", "", int64(0))
	f.Add("a <b &lt;", "s", "", "", "", "", "c", "", int64(0))
	f.Fuzz(func(t *testing.T, title, summary, section, link, guid, page, content, alt string, seconds int64) {
		day := DateOf(time.Unix(seconds%200e9, 0))
		if !day.IsValid() {
			return
		}
		checkPlain(t, Feed{
			Articles: []Article{{Date: day, Title: title, Summary: summary, Sections: []string{section}, Link: link, GUID: guid, Content: content, Image: Image{URL: page, Alt: alt, Width: int(seconds), Height: 1}}},
			PageURL:  page,
		})
	})
}
