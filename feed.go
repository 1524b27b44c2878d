package vatesfeed

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/feeds"
	"github.com/vatesfeed/vatesfeed/internal/text"
)

// DefaultPageURL is the listing page that has all articles.
const DefaultPageURL = "https://www.vates.fi/vates/artikkelit"

const (
	author    = "Vates-säätiö"
	generator = "vatesfeed"
	home      = "https://github.com/vatesfeed/vatesfeed"
	language  = "fi"
)

// A Format is one of the formats that a feed can be written in. Its value is
// the usual end of such a feed's file name.
type Format string

const (
	RSS  Format = "rss"  // RSS 2.0, https://www.rssboard.org/rss-specification
	Atom Format = "atom" // Atom 1.0, RFC 4287
	JSON Format = "json" // JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/
)

// Formats returns all formats.
func Formats() []Format { return []Format{RSS, Atom, JSON} }

// MediaType returns the format's media type, with its charset.
func (f Format) MediaType() string {
	switch f {
	case RSS:
		return "application/rss+xml; charset=utf-8"
	case Atom:
		return "application/atom+xml; charset=utf-8"
	case JSON:
		return "application/feed+json; charset=utf-8"
	}
	return ""
}

// A Feed is a list of articles with what a feed says about itself.
type Feed struct {
	// Articles go into the feed in this order: newest first, as Merge and
	// Select return them.
	Articles []Article

	// Sections names the sections that the feed is for, for its title and its
	// ID. Empty means all. It chooses no articles; Select does.
	Sections []string

	// Limit, where it is more than 0, is how many articles to write.
	Limit int

	// PageURL is the page that the articles are listed on. Empty means
	// DefaultPageURL.
	PageURL string

	// SelfURL is the public address of the feed itself, where that is known.
	SelfURL string

	// HubURL is a WebSub hub that announces changes of the feed (W3C WebSub,
	// section 4), if there is one. A hub needs SelfURL.
	HubURL string
}

// Title returns the feed's title, in Finnish.
func (f *Feed) Title() string {
	if len(f.Sections) == 0 {
		return "Vates – Kaikki artikkelit"
	}
	return "Vates – " + text.Fold(clean(strings.Join(f.Sections, ", ")))
}

// Description returns a sentence on what the feed has, in Finnish.
func (f *Feed) Description() string {
	switch len(f.Sections) {
	case 0:
		return "Vates-säätiön artikkelit kaikista osioista."
	case 1:
		return "Vates-säätiön artikkelit osiosta " + text.Fold(clean(f.Sections[0])) + "."
	}
	last := len(f.Sections) - 1
	names := strings.Join(f.Sections[:last], ", ") + " ja " + f.Sections[last]
	return "Vates-säätiön artikkelit osioista " + text.Fold(clean(names)) + "."
}

// ID returns the feed's identity, a "urn:uuid:…" made of its sections in any
// order. It is the same whatever is in the feed and wherever it stands.
func (f *Feed) ID() string {
	keys := []string{"feed"}
	for _, s := range f.Sections {
		keys = append(keys, nameKey(s))
	}
	slices.Sort(keys[1:])
	return "urn:uuid:" + nameUUID(space, strings.Join(slices.Compact(keys), "\n"))
}

// Write writes the feed to w in the given format. The bytes depend on the feed
// alone. A feed without articles is ErrNoArticles: it could not say when it
// last changed, and whoever publishes it would rather keep the one before.
//
// Articles of one day are a second apart, the last at 00:00:00, so that
// readers that sort by time keep their order. The seconds are counted before
// the Limit. (Only of 82,800 articles of one day would some share a second.)
func (f *Feed) Write(w io.Writer, format Format) error {
	if len(f.Articles) == 0 {
		return ErrNoArticles
	}
	var err error
	switch format {
	case RSS:
		err = feeds.WriteXML(xmlFeed{f.rss()}, w)
	case Atom:
		err = feeds.WriteXML(xmlFeed{f.atom()}, w)
	case JSON:
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(f.json())
	default:
		return fmt.Errorf("no format %q; there are: rss, atom, json", format)
	}
	if err == nil {
		_, err = io.WriteString(w, "\n")
	}
	return err
}

// The types below are those of gorilla/feeds with what these lack. Embedding
// keeps their elements, and a field of the same XML name, being less deep,
// takes the place of theirs (see encoding/xml on embedded structs):
//
//   - an item and an entry have any number of categories, and Atom's are
//     attributes (RFC 4287, section 4.2.2) and not text;
//   - a channel has links to itself and to a hub, for which RSS borrows Atom's,
//     and an author that is a name, for which it borrows Dublin Core's, since
//     its own is a mail address;
//   - an Atom feed has a language, several links and a generator.
type (
	rssRoot struct {
		XMLName struct{} `xml:"rss"`
		Version string   `xml:"version,attr"`
		AtomNS  string   `xml:"xmlns:atom,attr"`
		DCNS    string   `xml:"xmlns:dc,attr"`
		Channel *rssChannel
	}
	rssChannel struct {
		*feeds.RssFeed
		Creator string     `xml:"dc:creator"`
		Links   []atomLink `xml:"atom:link"`
		Items   []*rssItem `xml:"item"`
	}
	rssItem struct {
		*feeds.RssItem
		Categories []string `xml:"category"`
	}

	atomFeed struct {
		*feeds.AtomFeed
		Lang      string       `xml:"xml:lang,attr"`
		Generator atomProgram  `xml:"generator"`
		Links     []atomLink   `xml:"link"`
		Entries   []*atomEntry `xml:"entry"`
	}
	atomEntry struct {
		*feeds.AtomEntry
		Links      []atomLink     `xml:"link"`
		Categories []atomCategory `xml:"category"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomCategory struct {
		Term string `xml:"term,attr"`
	}
	atomProgram struct {
		URI  string `xml:"uri,attr"`
		Name string `xml:",chardata"`
	}
)

// xmlFeed is the feeds.XmlFeed of any of these.
type xmlFeed struct{ root any }

func (x xmlFeed) FeedXml() any { return x.root }

func (f *Feed) rss() *rssRoot {
	items := f.items()
	changed := lastChange(items).Format(time.RFC1123Z)
	c := &rssChannel{
		RssFeed: &feeds.RssFeed{
			Title:         f.Title(),
			Link:          f.page(),
			Description:   f.Description(),
			Language:      language,
			PubDate:       changed,
			LastBuildDate: changed,
			Generator:     generator + " " + home,
		},
		Creator: author,
		Links:   f.links(RSS),
	}
	for _, i := range items {
		c.Items = append(c.Items, &rssItem{
			RssItem: &feeds.RssItem{
				Title:       i.title,
				Link:        i.link,
				Description: markup(i.summary),
				Guid:        &feeds.RssGuid{Id: i.id, IsPermaLink: fmt.Sprint(i.id == i.link)},
				PubDate:     i.time.Format(time.RFC1123Z),
			},
			Categories: i.sections,
		})
	}
	return &rssRoot{
		Version: "2.0",
		AtomNS:  "http://www.w3.org/2005/Atom",
		DCNS:    "http://purl.org/dc/elements/1.1/",
		Channel: c,
	}
}

func (f *Feed) atom() *atomFeed {
	items := f.items()
	feed := &atomFeed{
		AtomFeed: &feeds.AtomFeed{
			Xmlns:    "http://www.w3.org/2005/Atom",
			Title:    f.Title(),
			Id:       f.ID(),
			Updated:  lastChange(items).Format(time.RFC3339),
			Subtitle: f.Description(),
			Author:   &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: author}},
		},
		Lang:      language,
		Generator: atomProgram{URI: home, Name: generator},
		Links:     append([]atomLink{{Rel: "alternate", Type: "text/html", Href: f.page()}}, f.links(Atom)...),
	}
	for _, i := range items {
		e := &atomEntry{
			AtomEntry: &feeds.AtomEntry{
				Title:     i.title,
				Updated:   i.time.Format(time.RFC3339),
				Published: i.time.Format(time.RFC3339),
				Id:        i.id,
				Summary:   &feeds.AtomSummary{Type: "text", Content: i.summary},
			},
			Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: i.link}},
		}
		for _, s := range i.sections {
			e.Categories = append(e.Categories, atomCategory{Term: s})
		}
		feed.Entries = append(feed.Entries, e)
	}
	return feed
}

func (f *Feed) json() *feeds.JSONFeed {
	feed := &feeds.JSONFeed{
		Version:     "https://jsonfeed.org/version/1.1",
		Title:       f.Title(),
		Language:    language,
		HomePageUrl: f.page(),
		FeedUrl:     f.SelfURL,
		Description: f.Description(),
		UserComment: "Made by " + generator + ", " + home,
		Authors:     []*feeds.JSONAuthor{{Name: author}},
	}
	if f.HubURL != "" {
		feed.Hubs = []*feeds.JSONHub{{Type: "WebSub", Url: f.HubURL}}
	}
	for _, i := range f.items() {
		feed.Items = append(feed.Items, &feeds.JSONItem{
			Id:            i.id,
			Url:           i.link,
			Title:         i.title,
			ContentText:   i.summary,
			PublishedDate: &i.time,
			Tags:          i.sections,
		})
	}
	return feed
}

// links returns a feed's links to itself and to its hub.
func (f *Feed) links(format Format) []atomLink {
	var links []atomLink
	if f.SelfURL != "" {
		mediaType, _, _ := strings.Cut(format.MediaType(), ";")
		links = append(links, atomLink{Rel: "self", Type: mediaType, Href: f.SelfURL})
	}
	if f.HubURL != "" {
		links = append(links, atomLink{Rel: "hub", Href: f.HubURL})
	}
	return links
}

func (f *Feed) page() string {
	if f.PageURL == "" {
		return DefaultPageURL
	}
	return f.PageURL
}

// An item is an article in the words of a feed.
type item struct {
	id, title, summary, link string
	sections                 []string
	time                     time.Time
}

func (f *Feed) items() []item {
	times := itemTimes(f.Articles)
	n := len(f.Articles)
	if f.Limit > 0 {
		n = min(n, f.Limit)
	}
	items := make([]item, n)
	for i, a := range f.Articles[:n] {
		items[i] = item{
			id:      clean(a.ID()),
			title:   clean(a.Headline()),
			summary: clean(a.Summary),
			link:    clean(a.Link),
			time:    times[i],
		}
		if a.Link == "" {
			items[i].link = ItemURL(f.page(), a)
		}
		for _, s := range a.Sections {
			if s := text.Fold(clean(s)); s != "" {
				items[i].sections = append(items[i].sections, s)
			}
		}
	}
	return items
}

// lastChange returns the time of the newest item.
func lastChange(items []item) time.Time {
	return slices.MaxFunc(items, func(a, b item) int { return a.time.Compare(b.time) }).time
}

// ItemURL returns where an item that has no page of its own leads to: the
// listing's page, with a UUID of the article as the fragment, so that no two
// items of a feed have the same link.
func ItemURL(page string, a Article) string {
	page, _, _ = strings.Cut(page, "#")
	uuid, ok := strings.CutPrefix(a.ID(), "urn:uuid:")
	if !ok {
		uuid = a.textID()
	}
	return page + "#" + url.PathEscape(clean(uuid))
}

// itemTimes returns the time that each article is published under.
func itemTimes(articles []Article) []time.Time {
	const shortest = 23 * 60 * 60 // seconds in the day that summer time begins
	times := make([]time.Time, len(articles))
	later := make(map[time.Time]int) // articles of the day that come later in the list
	for i := len(articles) - 1; i >= 0; i-- {
		day := DayOf(articles[i].Date)
		t := day.Add(time.Duration(min(later[day], shortest-1)) * time.Second)
		if _, offset := t.Zone(); offset%60 != 0 {
			// Before 1921 Helsinki's offset had seconds, which no feed can write.
			t = t.In(time.FixedZone("", offset-offset%60+60))
		}
		times[i] = t
		later[day]++
	}
	return times
}

// clean returns s without what may not stand in a feed.
func clean(s string) string {
	s, _ = text.Clean(s)
	return s
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// markup returns a text as the HTML that RSS readers take a description for.
func markup(s string) string {
	s = escaper.Replace(s)
	if !strings.Contains(s, "\n\n") {
		return s
	}
	return "<p>" + strings.ReplaceAll(s, "\n\n", "</p>\n\n<p>") + "</p>"
}
