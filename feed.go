package vatesfeed

import (
	"bytes"
	"cmp"
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
	atomNS    = "http://www.w3.org/2005/Atom"
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
	return nameUUID(strings.Join(slices.Compact(keys), "\n")).urn()
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
	out := newOutput(w, f)
	switch format {
	case RSS:
		return out.xml(f.rss(out))
	case Atom:
		return out.xml(f.atom(out))
	case JSON:
		return out.json(f.json())
	}
	return fmt.Errorf("no format %q; there are: rss, atom, json", format)
}

// The types below are those of gorilla/feeds with what these lack. Embedding
// keeps their elements, and a field of the same XML name, being less deep,
// takes the place of theirs (see encoding/xml on embedded structs):
//
//   - a channel has links to itself and to a hub, for which RSS borrows Atom's,
//     and an author that is a name, for which it borrows Dublin Core's, since
//     its own is a mail address;
//   - an Atom feed has a language, several links and a generator;
//   - items and entries are written one at a time (see output), with any number
//     of categories, which in Atom are attributes (RFC 4287, section 4.2.2) and
//     not text, and with a guid that says whether it is a permalink.
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
		Items   any        `xml:"item"`
	}
	atomFeed struct {
		*feeds.AtomFeed
		Lang      string      `xml:"xml:lang,attr"`
		Generator atomProgram `xml:"generator"`
		Links     []atomLink  `xml:"link"`
		Entries   any         `xml:"entry"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomProgram struct {
		URI  string `xml:"uri,attr"`
		Name string `xml:",chardata"`
	}
)

// xmlFeed is the feeds.XmlFeed of any of these.
type xmlFeed struct{ root any }

func (x xmlFeed) FeedXml() any { return x.root }

func (f *Feed) rss(out *output) *rssRoot {
	changed := out.lastChange().Format(time.RFC1123Z)
	return &rssRoot{
		Version: "2.0",
		AtomNS:  atomNS,
		DCNS:    "http://purl.org/dc/elements/1.1/",
		Channel: &rssChannel{
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
			Items:   xmlItems{out, appendRSS},
		},
	}
}

func (f *Feed) atom(out *output) *atomFeed {
	return &atomFeed{
		AtomFeed: &feeds.AtomFeed{
			Xmlns:    atomNS,
			Title:    f.Title(),
			Id:       f.ID(),
			Updated:  out.lastChange().Format(time.RFC3339),
			Subtitle: f.Description(),
			Author:   &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: author}},
		},
		Lang:      language,
		Generator: atomProgram{URI: home, Name: generator},
		Links:     append([]atomLink{{Rel: "alternate", Type: "text/html", Href: f.page()}}, f.links(Atom)...),
		Entries:   xmlItems{out, appendAtom},
	}
}

// json returns the feed without its items.
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
	return cmp.Or(clean(f.PageURL), DefaultPageURL)
}

// ItemURL returns where an item that has no page of its own leads to: the
// listing's page, with a UUID of the article as the fragment, so that no two
// items of a feed have the same link.
func ItemURL(page string, a Article) string {
	return string(appendItemURL(nil, page, &a, []byte(a.ID())))
}

// appendItemURL appends the ItemURL of an article whose ID is known.
func appendItemURL(b []byte, page string, a *Article, id []byte) []byte {
	page, _, _ = strings.Cut(page, "#")
	b = append(append(b, page...), '#')
	fragment, ok := bytes.CutPrefix(id, []byte(urn))
	switch {
	case !ok:
		return a.textID().appendText(b)
	case a.GUID != "":
		return append(b, url.PathEscape(clean(string(fragment)))...) // it may be anything
	}
	return append(b, fragment...)
}
