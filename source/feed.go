package source

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"github.com/vatesfeed/vatesfeed/internal/safehtml"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
)

// A feed holds what all formats have, as written in the document.
type feed struct {
	title  markup
	home   string // the URL of the site
	self   string // the URL of the feed
	own    bool   // whether this module wrote it
	items  []feedItem
	broken error // why the document could not be read to its end, or nil
}

// A feedItem is an item of RSS or of a JSON Feed, or an entry of Atom.
type feedItem struct {
	line       int // in the document; 0 if unknown
	id         string
	link       string
	title      markup
	summary    markup
	content    markup
	authors    []string
	image      vatesfeed.Image // its URL may be relative
	dates      [dateKinds]string
	categories []string
	err        error // why it could not be read, or nil
}

// The dates that an item may have. The first that can be read is the article's.
const (
	datePublished = iota
	dateCreated
	dateUpdated
	dateKinds
)

// markup is a text that is either plain or HTML.
type markup struct {
	s    string
	html bool
}

// paragraphs returns the text in the form of summaries.
func (m markup) paragraphs() string {
	if m.html {
		return htmltext.Text(m.s)
	}
	return plainText(m.s)
}

// line returns the text in the form of titles.
func (m markup) line() string {
	s := m.s
	if m.html {
		s = htmltext.Text(s)
	}
	s, _ = text.Line(s)
	return s
}

// addImage sets the item's image, unless it has one. The portrait of a writer is none.
func (item *feedItem) addImage(i vatesfeed.Image) {
	if item.image.URL == "" && !strings.Contains(i.URL, ".gravatar.com/") {
		item.image = i
	}
}

var errNoDate = errors.New("no date")

// readFeed reads a feed as one listing. Its articles have the IDs of the feed's
// items. From a feed that this module wrote, it restores the articles that the
// feed was written from.
func readFeed(name string, body []byte, contentType string, pageURL *url.URL) ([]vatesfeed.Listing, error) {
	body, problems, err := decodeFeed(name, body, contentType)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var f *feed
	if bytes.HasPrefix(trimStart(body), []byte("{")) {
		f, err = readJSON(body)
	} else {
		f = readXML(body)
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	case f.broken != nil && len(f.items) == 0:
		return nil, fmt.Errorf("%s: the feed is broken: %w", name, f.broken)
	}

	c := converter{feed: f, name: name, base: f.base(pageURL), shared: make(map[string]bool)}
	c.listing.Heading = f.title.line()
	c.listing.URL = c.link(f.home)
	c.listing.Problems = problems
	if !f.own { // an item of ours without a category has no section
		c.listing.Site, c.section = c.listing.Heading, c.listing.Heading
	}
	texts := make(map[string]string)
	for _, item := range f.items {
		text := strings.Join(item.dates[:], " ") + "\n" + item.title.s + "\n" + item.summary.s
		for _, id := range []string{item.guid(), c.link(item.link)} {
			if before, ok := texts[id]; ok && before != text {
				c.shared[id] = true
			}
			texts[id] = text
		}
	}
	for i, item := range f.items {
		c.add(i+1, item)
	}
	slices.SortStableFunc(c.listing.Problems, func(a, b *vatesfeed.ParseError) int { return a.Line - b.Line })
	if f.broken != nil {
		c.problem(feedItem{}, "", fmt.Errorf("the feed is broken after item %d: %w", len(f.items), f.broken))
	}
	if len(c.listing.Articles) == 0 {
		err = fmt.Errorf("%s: %w: the feed has no item with a date", name, vatesfeed.ErrNoArticles)
	}
	return []vatesfeed.Listing{c.listing}, err
}

// base returns what the links of the feed are relative to, or nil.
func (f *feed) base(pageURL *url.URL) *url.URL {
	for _, s := range []string{f.home, f.self} {
		if u, err := url.Parse(strings.TrimSpace(s)); err == nil && weburl.Is(u) {
			return u
		}
	}
	return pageURL
}

// A converter makes a listing of a feed.
type converter struct {
	*feed
	name    string
	base    *url.URL
	shared  map[string]bool // IDs and links that several different items have
	section string          // of items without categories
	parts   int             // of the texts so far
	listing vatesfeed.Listing
}

func (c *converter) problem(item feedItem, lost string, err error) {
	c.listing.Problems = append(c.listing.Problems, &vatesfeed.ParseError{Name: c.name, Line: item.line, Err: err, Text: strings.TrimSpace(lost)})
}

// add adds the nth item to the listing, as an article or a problem.
func (c *converter) add(n int, item feedItem) {
	a := vatesfeed.Article{Title: item.title.line(), Summary: item.summary.paragraphs(), Link: c.link(item.link)}
	if a.Summary == "" && !c.own {
		a.Summary = item.content.paragraphs()
	}
	var err error
	a.Date, err = item.date()
	if item.err != nil || a.Date.IsZero() {
		c.problem(item, a.Title+"\n\n"+a.Summary, fmt.Errorf("item %d %w", n, cmp.Or(item.err, err)))
		return
	}
	if err != nil {
		c.problem(item, "", fmt.Errorf("item %d %w; it has another, %v", n, err, a.Date))
	}
	if _, bad := text.Clean(item.title.s + item.summary.s + item.content.s); bad > 0 {
		c.problem(item, "", fmt.Errorf("something in item %d is %w, and replaced by U+FFFD", n, vatesfeed.ErrEncoding))
	}
	a.Sections = distinct(item.categories)
	if len(a.Sections) == 0 && c.section != "" {
		c.listing.Section = c.section
		a.Sections = []string{c.section}
	}
	a.GUID = c.guid(item, a)
	a.Authors = distinct(item.authors)
	if len(a.Authors) > MaxAuthors {
		a.Authors = a.Authors[:MaxAuthors]
		c.problem(item, "", fmt.Errorf("authors of item %d are left out, since the list of them is %w: at most %d", n, vatesfeed.ErrTooLong, MaxAuthors))
	}
	a.Image = c.image(item.image)
	c.addContent(n, item, &a)

	// Our feeds have a made-up link or title if the article has none.
	if c.own {
		bare := a
		bare.Title = ""
		if a.Summary != "" && a.Title == bare.Headline() {
			a.Title = ""
		}
		bare = a
		bare.Link = ""
		if a.Link == vatesfeed.ItemURL(a.Link, bare) {
			a.Link = ""
		}
	}
	c.listing.Articles = append(c.listing.Articles, a)
}

// image returns an image with an absolute URL, or none.
func (c *converter) image(i vatesfeed.Image) vatesfeed.Image {
	if i.URL = c.link(i.URL); i.URL == "" {
		return vatesfeed.Image{}
	}
	i.Alt, _ = text.Line(i.Alt)
	i.Width, i.Height = max(i.Width, 0), max(i.Height, 0)
	return i
}

// addContent adds the content of the nth item to its article, if that is HTML.
func (c *converter) addContent(n int, item feedItem, a *vatesfeed.Article) {
	if !item.content.html {
		return
	}
	base := c.base
	if u, err := url.Parse(a.Link); err == nil && a.Link != "" {
		base = u
	}
	var err error
	c.parts += htmltext.Parts([]byte(item.content.s), safehtml.MaxParts)
	if c.parts > maxParts {
		err = fmt.Errorf("the feed's texts are %w: over %d elements, texts and attributes", ErrTooLarge, maxParts)
	} else {
		a.Content, err = safehtml.Clean(base, item.content.s)
	}
	if err != nil {
		c.problem(item, "", fmt.Errorf("the content of item %d is left out: %w", n, err))
	}
}

// distinct returns the names that are not blank, each once.
func distinct(all []string) (names []string) {
	met := make(map[string]bool)
	for _, s := range all {
		if s, _ = text.Line(s); s != "" && !met[s] {
			names = append(names, s)
			met[s] = true
		}
	}
	return names
}

// guid returns the item's ID as it is written.
func (item *feedItem) guid() string {
	id, _ := text.Clean(item.id)
	return strings.TrimSpace(id)
}

// guid returns the GUID of an item's article: the item's ID, else its link, else a
// UUID of the date and text. It skips an ID or a link that different items of the
// feed share.
func (c *converter) guid(item feedItem, a vatesfeed.Article) string {
	id := item.guid()
	switch {
	case id == "" || c.shared[id] && !c.own:
	case c.own || strings.Contains(id, ":"):
		return id
	default: // such as "1", which is unique in this feed only
		feed := cmp.Or(c.link(c.self), c.listing.URL, "urn:feed:"+url.PathEscape(c.listing.Heading))
		return feed + "#" + url.PathEscape(id)
	}
	if a.Link != "" && a.Link != c.listing.URL && !c.shared[a.Link] {
		return a.Link
	}
	return vatesfeed.Article{Date: a.Date, Summary: a.Title + "\n\n" + a.Summary}.ID()
}

// link returns a link in the form of articles.
func (c *converter) link(ref string) string {
	if c.own || ref == "" {
		return webAddress(ref)
	}
	return weburl.Absolute(c.base, ref)
}

// date returns the day of an item: the first of its dates that can be read. The
// error is that of the first date that cannot; then the day is from another date,
// or zero.
func (item *feedItem) date() (day vatesfeed.Date, err error) {
	for _, s := range item.dates {
		if strings.TrimSpace(s) == "" {
			continue
		}
		day, bad := parseDate(s)
		if err == nil {
			err = bad
		}
		if bad == nil {
			return day, err
		}
	}
	if err == nil {
		err = fmt.Errorf("has %w", errNoDate)
	}
	return vatesfeed.Date{}, err
}

var blankLine = regexp.MustCompile(`\n[^\S\n]*\n`)

// plainText returns a plain text in the form of summaries.
func plainText(s string) string {
	var paragraphs []string
	for _, p := range blankLine.Split(s, -1) {
		if p, _ := text.Line(p); p != "" {
			paragraphs = append(paragraphs, p)
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// webAddress returns s if it is an http or https URL, and else "". It removes a
// user name and password.
func webAddress(s string) string {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	switch {
	case err != nil || !weburl.Is(u):
		return ""
	case u.User != nil:
		u.User = nil
		return u.String()
	}
	return s
}
