package vatesfeed

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/feeds"
	"github.com/vatesfeed/vatesfeed/internal/item"
	"github.com/vatesfeed/vatesfeed/internal/text"
)

// DefaultPageURL is the listing page that has all articles.
const DefaultPageURL = "https://www.vates.fi/vates/artikkelit"

const (
	generator = "vatesfeed"
	home      = "https://github.com/vatesfeed/vatesfeed"
	atomNS    = "http://www.w3.org/2005/Atom"
	mediaNS   = "http://search.yahoo.com/mrss/" // Media RSS 1.5.1
)

// A Format is a feed format. Its value is the usual file name extension, without
// the dot.
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

// A Feed is a list of articles and the metadata of their feed. Only Articles is
// required.
type Feed struct {
	// Articles go into the feed in this order: newest first, as Merge and
	// Select return them.
	Articles []Article

	// Sections names the sections that the feed is for. The feed's ID is made of
	// them, and so are its title and description if these are empty. No sections
	// means all. Sections does not filter the articles; use Select for that.
	Sections []string

	// Title and Description default to "Vates – Aluepäättäjille" and a
	// sentence with the sections, in Finnish.
	Title, Description string

	Author   string // defaults to "Vates-säätiö"
	Language string // of the articles, a BCP 47 tag; defaults to "fi"

	// Limit is the largest number of articles to write. 0 means no limit.
	Limit int

	// PageURL is the page that the articles are listed on. It defaults to
	// DefaultPageURL.
	PageURL string

	// SelfURL is the public URL of the feed itself, or empty.
	SelfURL string

	// HubURL is the URL of the WebSub hub that announces changes of the feed (W3C
	// WebSub, section 4), or empty. A hub needs SelfURL.
	HubURL string

	// Stylesheet is the URL of a CSS file for RSS and Atom in browsers, or empty.
	Stylesheet string
}

// title returns the feed's title.
func (f *Feed) title() string { return line(cmp.Or(f.Title, f.defaultTitle())) }

func (f *Feed) defaultTitle() string {
	if len(f.Sections) == 0 {
		return "Vates – Kaikki artikkelit"
	}
	return "Vates – " + strings.Join(f.Sections, ", ")
}

func (f *Feed) description() string {
	description := "Vates-säätiön artikkelit kaikista osioista."
	if n := len(f.Sections); n == 1 {
		description = "Vates-säätiön artikkelit osiosta " + f.Sections[0] + "."
	} else if n > 1 {
		description = "Vates-säätiön artikkelit osioista " + strings.Join(f.Sections[:n-1], ", ") + " ja " + f.Sections[n-1] + "."
	}
	return line(cmp.Or(f.Description, description))
}

func (f *Feed) author() string   { return cmp.Or(clean(f.Author), "Vates-säätiö") }
func (f *Feed) language() string { return cmp.Or(clean(f.Language), "fi") }
func (f *Feed) page() string     { return cmp.Or(clean(f.PageURL), DefaultPageURL) }

// ID returns the feed's ID, a "urn:uuid:…" made of its sections and, if that is
// not the default, its Title. It does not depend on the order of the sections, on
// the articles or on any URL.
func (f *Feed) ID() string {
	keys := []string{"feed"}
	for _, s := range f.Sections {
		keys = append(keys, nameKey(s))
	}
	slices.Sort(keys[1:])
	keys = slices.Compact(keys)
	if f.Title != "" && f.Title != f.defaultTitle() {
		keys = append(keys, "title", f.Title)
	}
	return urn([]byte(strings.Join(keys, "\n")))
}

// Write writes the feed to w in the given format. The bytes depend on the feed
// alone. The error is ErrNoArticles for a feed without articles: it would have no
// time of its last change, and publishers would rather keep the previous feed.
// The error wraps ErrDate if an article has no valid date. Links that are not
// http or https are left out.
//
// The articles have the times that [Times] returns for all of them. Limit does not
// change these.
func (f *Feed) Write(w io.Writer, format Format) error {
	if len(f.Articles) == 0 {
		return ErrNoArticles
	}
	for _, a := range f.Articles {
		if !a.Date.IsValid() {
			return fmt.Errorf("%q: the date %v is %w", a.Headline(), a.Date, ErrDate)
		}
	}
	times := f.times()
	newest := slices.MaxFunc(times, time.Time.Compare)
	items := xmlItems{f: f, w: w, times: times}
	switch format {
	case RSS:
		items.append = (*item.Item).AppendRSS
		return f.writeXML(w, f.rss(newest, items))
	case Atom:
		items.append = (*item.Item).AppendAtom
		return f.writeXML(w, f.atom(newest, items))
	case JSON:
		return f.writeJSON(w, times)
	}
	return fmt.Errorf("no format %q; there are: rss, atom, json", format)
}

// times returns the time of each article that is written.
func (f *Feed) times() []time.Time {
	times := Times(f.Articles)
	if f.Limit > 0 {
		times = times[:min(f.Limit, len(times))]
	}
	return times
}

// Times returns the time of each article in a feed of them: 06:00 in
// Europe/Helsinki on its day. Articles of one day are a second apart, the last of
// them at 06:00:00, so that readers that sort by time keep their order. (If a day
// has more than 64,800 articles, the first of them share a second.)
func Times(articles []Article) []time.Time {
	const last = 18*60*60 - 1 // second of a day after 06:00
	times := make([]time.Time, len(articles))
	below := make(map[Date]int) // articles of the day that come later in the list
	for i := range slices.Backward(articles) {
		day := articles[i].Date
		times[i] = day.at(min(below[day], last))
		below[day]++
	}
	return times
}

// fill makes the item of an article.
func (f *Feed) fill(i *item.Item, a *Article, t time.Time) {
	link := clean(webURL(a.Link))
	i.ID = clean(cmp.Or(a.GUID, link))
	if i.ID == "" {
		i.ID = a.textID()
	}
	i.URL = link
	if i.URL == "" {
		i.URL = itemURL(f.page(), a, i.ID)
	}
	i.Title = clean(a.Headline())
	i.Text = clean(a.Summary)
	i.Content = clean(a.Content)
	i.Image = item.Image{}
	if u := clean(webURL(a.Image.URL)); u != "" {
		i.Image = item.Image{URL: u, Alt: line(a.Image.Alt), Width: max(a.Image.Width, 0), Height: max(a.Image.Height, 0), Type: line(a.Image.Type)}
	}
	i.Time = t
	i.Authors = appendNames(i.Authors[:0], a.Authors)
	i.Sections = appendNames(i.Sections[:0], a.Sections)
}

// appendNames appends the names that are not blank.
func appendNames(to, names []string) []string {
	for _, s := range names {
		if s := line(s); s != "" {
			to = append(to, s)
		}
	}
	return to
}

// webURL returns s if it is an http or https URL, and else "".
func webURL(s string) string {
	if s == "" {
		return ""
	}
	if u, err := url.Parse(s); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return s
}

// ItemURL returns the link of the item of an article that has no Link: the URL of
// the listing's page, with a UUID of the article as the fragment, so that no two
// items of a feed have the same link.
func ItemURL(page string, a Article) string { return itemURL(page, &a, a.ID()) }

// itemURL returns the ItemURL of an article whose ID is known.
func itemURL(page string, a *Article, id string) string {
	page, _, _ = strings.Cut(page, "#")
	fragment, ok := strings.CutPrefix(id, "urn:uuid:")
	if !ok {
		fragment = strings.TrimPrefix(a.textID(), "urn:uuid:")
	}
	return page + "#" + url.PathEscape(clean(fragment)) // a GUID may be anything
}

// line returns s as one line that XML can hold, without characters that change
// the direction of text.
func line(s string) string { return text.Fold(text.Undirected(clean(s))) }

// clean returns s with U+FFFD in place of what XML cannot hold.
func clean(s string) string {
	s, _ = text.Clean(s)
	return s
}

// The types below add to those of gorilla/feeds. Embedding keeps the elements of
// the latter. A field with the same XML name replaces theirs, since it is less
// deep (see encoding/xml on embedded structs). The additions are:
//
//   - An RSS channel has links to itself and to a hub, with Atom's element, and
//     an author's name, with Dublin Core's element, since RSS's own takes a mail
//     address.
//   - An Atom feed has a language, several links and a generator.
//   - Items may have a picture, with Media RSS's element.
//   - Items and entries are written one at a time. They have any number of
//     categories, which in Atom are attributes (RFC 4287, section 4.2.2) and not
//     text. A guid states whether it is a permalink.
type (
	rssRoot struct {
		XMLName   struct{} `xml:"rss"`
		Version   string   `xml:"version,attr"`
		AtomNS    string   `xml:"xmlns:atom,attr"`
		DCNS      string   `xml:"xmlns:dc,attr"`
		ContentNS string   `xml:"xmlns:content,attr,omitempty"`
		MediaNS   string   `xml:"xmlns:media,attr,omitempty"`
		Channel   *rssChannel
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
		MediaNS   string      `xml:"xmlns:media,attr,omitempty"`
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

// namespace returns a namespace if one of the articles needs it, and else "".
func (f *Feed) namespace(uri string, needs func(Article) bool) string {
	if slices.ContainsFunc(f.Articles, needs) {
		return uri
	}
	return ""
}

func hasImage(a Article) bool { return webURL(a.Image.URL) != "" }

func (f *Feed) rss(newest time.Time, items any) *rssRoot {
	changed := newest.Format(time.RFC1123Z)
	return &rssRoot{
		Version:   "2.0",
		AtomNS:    atomNS,
		DCNS:      "http://purl.org/dc/elements/1.1/",
		ContentNS: f.namespace("http://purl.org/rss/1.0/modules/content/", func(a Article) bool { return a.Content != "" }),
		MediaNS:   f.namespace(mediaNS, hasImage),
		Channel: &rssChannel{
			RssFeed: &feeds.RssFeed{
				Title:         item.RSSText(f.title()),
				Link:          f.page(),
				Description:   item.RSSText(f.description()),
				Language:      f.language(),
				PubDate:       changed,
				LastBuildDate: changed,
				Generator:     generator + " " + home,
			},
			Creator: f.author(),
			Links:   f.links(RSS),
			Items:   items,
		},
	}
}

func (f *Feed) atom(newest time.Time, entries any) *atomFeed {
	return &atomFeed{
		AtomFeed: &feeds.AtomFeed{
			Xmlns:    atomNS,
			Title:    f.title(),
			Id:       f.ID(),
			Updated:  newest.Format(time.RFC3339),
			Subtitle: f.description(),
			Author:   &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: f.author()}},
		},
		Lang:      f.language(),
		MediaNS:   f.namespace(mediaNS, hasImage),
		Generator: atomProgram{URI: home, Name: generator},
		Links:     append([]atomLink{{Rel: "alternate", Type: "text/html", Href: f.page()}}, f.links(Atom)...),
		Entries:   entries,
	}
}

// json returns the feed without its items.
func (f *Feed) json() *feeds.JSONFeed {
	feed := &feeds.JSONFeed{
		Version:     "https://jsonfeed.org/version/1.1",
		Title:       f.title(),
		Language:    f.language(),
		HomePageUrl: f.page(),
		FeedUrl:     f.SelfURL,
		Description: f.description(),
		UserComment: "Made by " + generator + ", " + home,
		Authors:     []*feeds.JSONAuthor{{Name: f.author()}},
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

// Items are written one at a time while the feed around them is encoded. That
// takes a fraction of the time, and no memory for all of them at once. The tests
// compare the bytes with those of encoding/xml and encoding/json.

const flushAt = 32 << 10 // bytes

// writeXML does what feeds.WriteXML does, and adds the stylesheet.
func (f *Feed) writeXML(w io.Writer, root any) error {
	head := strings.TrimSuffix(xml.Header, "\n")
	if f.Stylesheet != "" {
		head += "\n<?xml-stylesheet type=\"text/css\" href=\"" + html.EscapeString(clean(f.Stylesheet)) + "\"?>\n"
	}
	if _, err := io.WriteString(w, head); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(root); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// xmlItems takes the place of a feed's items. Encoding it writes them directly to
// the encoder's writer.
type xmlItems struct {
	f      *Feed
	w      io.Writer
	times  []time.Time
	append func(*item.Item, []byte) []byte
}

func (x xmlItems) MarshalXML(e *xml.Encoder, _ xml.StartElement) error {
	if err := e.Flush(); err != nil {
		return err
	}
	return x.f.writeItems(x.w, x.times, x.append)
}

// writeJSON writes the feed as JSON.
func (f *Feed) writeJSON(w io.Writer, times []time.Time) error {
	var head strings.Builder
	e := json.NewEncoder(&head)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(f.json()); err != nil {
		return err
	}
	const end = "\n}\n" // of the feed; items is its last field
	if _, err := io.WriteString(w, strings.TrimSuffix(head.String(), end)+",\n  \"items\": ["); err != nil {
		return err
	}
	n := 0
	err := f.writeItems(w, times, func(i *item.Item, b []byte) []byte {
		if n++; n > 1 {
			b = append(b, ',')
		}
		return i.AppendJSON(b)
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n  ]"+end)
	return err
}

func (f *Feed) writeItems(w io.Writer, times []time.Time, append func(*item.Item, []byte) []byte) error {
	b := make([]byte, 0, flushAt+flushAt/4)
	var i item.Item
	for n, t := range times {
		f.fill(&i, &f.Articles[n], t)
		if b = append(&i, b); len(b) >= flushAt || n == len(times)-1 {
			if _, err := w.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	return nil
}
